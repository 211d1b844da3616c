package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// newSite is the whole server of loaded catalogues: OAI-PMH, DCAT and a page
// for people. Report is told of what went wrong that no client is told of.
func newSite(cats []*model.Catalogue, f serveFlags, report func(error)) (http.Handler, error) {
	src, err := dcat.NewSource(cats...) // which tells where an id is given twice
	if err != nil {
		return nil, err
	}
	repo, err := crosswalk.Catalogue(formats(), cats...)
	if err != nil {
		return nil, err
	}
	oai, err := f.provider(repo, cats, report)
	if err != nil {
		return nil, err
	}
	return f.mux(oai, src, func(context.Context) ([]catalogueCounts, error) { return countAll(cats), nil }), nil
}

// mux puts the parts of a server at their addresses.
func (f serveFlags) mux(oai http.Handler, src dcat.Source, counts func(context.Context) ([]catalogueCounts, error)) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/oai", oai)
	mux.Handle("/", &dcat.Handler{Source: src, BaseURL: f.baseURL, PageSize: f.pageSize})
	mux.Handle("GET /{$}", &home{counts: counts, baseURL: f.baseURL})
	return mux
}

// provider serves a repository of what some catalogues hold.
func (f serveFlags) provider(repo oaipmh.Repository[model.Record], cats []*model.Catalogue, report func(error)) (http.Handler, error) {
	return oaipmh.NewProvider(repo, oaipmh.Options{
		Name:         cmp.Or(f.identify.Name, repositoryName(cats)),
		BaseURL:      f.baseURL + "/oai",
		AdminEmails:  f.emails(cats),
		Descriptions: append(crosswalk.Descriptions(cats...), f.identify.descriptions()...),
		Keys:         f.keys,
		PageSize:     f.pageSize,
		// More at once would take more memory and not a moment less.
		MaxConcurrent: max(8, 4*runtime.GOMAXPROCS(0)),
		Report:        func(_ context.Context, err error) { report(err) },
	}, formats()...)
}

func repositoryName(cats []*model.Catalogue) string {
	if len(cats) == 0 {
		return "gtnum" // a store before its first import
	}
	names := make([]string, len(cats))
	for i, c := range cats {
		names[i] = c.Title.String()
	}
	return strings.Join(names, " – ")
}

// emails are those of the flag and of the file, else of the catalogues' contacts
// where they are sound, else the role address that RFC 2142 keeps for who runs a
// web server.
func (f serveFlags) emails(cats []*model.Catalogue) []string {
	if given := slices.Concat(f.adminEmails, f.identify.AdminEmails); len(given) > 0 {
		return given
	}
	var emails []string
	for _, c := range cats {
		for _, a := range c.Contacts {
			if email := c.Agent(a).Email; isEmail(email) {
				emails = append(emails, email)
			}
		}
	}
	if len(emails) > 0 {
		return emails
	}
	u, _ := url.Parse(f.baseURL)
	host := u.Hostname()
	if !strings.Contains(host, ".") || strings.Trim(host, "0123456789.") == "" || strings.Contains(host, ":") {
		host = "localhost.localdomain" // an address of e-mail wants a domain
	}
	return []string{fmt.Sprintf("webmaster@%s", host)}
}
