package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// newSite is the whole server: OAI-PMH, DCAT and a page for people. Report is
// told of what went wrong that no client is told of.
func newSite(cats []*model.Catalogue, f serveFlags, report func(error)) (http.Handler, error) {
	oai, err := newOAI(cats, f, report)
	if err != nil {
		return nil, err
	}
	portal, err := newPortal(cats, f)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/oai", oai)
	mux.Handle("/", portal)
	mux.Handle("GET /{$}", &home{cats: cats, baseURL: f.baseURL})
	return mux, nil
}

func newOAI(cats []*model.Catalogue, f serveFlags, report func(error)) (http.Handler, error) {
	formats := formats()
	repo, err := crosswalk.Catalogue(formats, cats...)
	if err != nil {
		return nil, err
	}
	return oaipmh.NewProvider(repo, oaipmh.Options{
		Name:         repositoryName(cats),
		BaseURL:      f.baseURL + "/oai",
		AdminEmails:  f.emails(cats),
		Descriptions: crosswalk.Descriptions(cats...),
		PageSize:     f.pageSize,
		Report:       func(_ context.Context, err error) { report(err) },
	}, formats...)
}

func repositoryName(cats []*model.Catalogue) string {
	names := make([]string, len(cats))
	for i, c := range cats {
		names[i] = c.Title.String()
	}
	return strings.Join(names, " – ")
}

// emails are those of the flag, else of the catalogues' contacts, else the
// role address that RFC 2142 keeps for who runs a web server.
func (f serveFlags) emails(cats []*model.Catalogue) []string {
	if len(f.adminEmails) > 0 {
		return f.adminEmails
	}
	var emails []string
	for _, c := range cats {
		for _, a := range c.Contacts {
			if email := c.Agent(a).Email; email != "" {
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
