package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

const firstQuery = "/oai?verb=ListRecords&metadataPrefix=oai_dc"

// be is what the process does that this program starts for each of its own
// servers.
func be(name, dir string) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	base := "http://" + l.Addr().String()
	var handler http.Handler
	first := base + firstQuery
	switch name {
	case "gtnum":
		handler, err = ours(base, dir, false)
	case "rendered":
		handler, err = ours(base, dir, true)
	case static:
		handler, err = files(dir)
		first = base + "/" + fileName("")
	case "million":
		handler, err = many(base)
	}
	if err != nil {
		return err
	}
	fmt.Println(first)
	return http.Serve(l, handler)
}

// ours serves the catalogue, as gtnum serve does if it is rendered before, but
// for the about containers, which the others do not have.
func ours(base, dir string, rendered bool) (http.Handler, error) {
	n := 0
	for _, err := range readRecords(dir) {
		if err != nil {
			return nil, err
		}
		n++
	}
	formats := crosswalk.Formats(crosswalk.Options{})
	repo := &oaipmh.Memory[model.Record]{Formats: formats}
	if rendered {
		repo.Render = formats[:1]
	}
	for r := range catalogue(n).Records() {
		rec := crosswalk.Record(r)
		rec.About = nil
		if err := repo.Put(rec); err != nil {
			return nil, err
		}
	}
	return provider(repo, base, formats)
}

func many(base string) (http.Handler, error) {
	repo, formats, err := manyRecords(1_000_000)
	if err != nil {
		return nil, err
	}
	return provider(repo, base, formats)
}

func provider[R any](repo *oaipmh.Memory[R], base string, formats []oaipmh.Format[R]) (http.Handler, error) {
	return oaipmh.NewProvider(repo, oaipmh.Options{
		Name: "bench", BaseURL: base + "/oai", AdminEmails: []string{"bench@example.org"}, PageSize: pageSize,
		Report: func(_ context.Context, err error) { fmt.Fprintln(os.Stderr, err) },
	}, formats...)
}

// files serves the pages that ours would, from files. It harvests them first.
func files(dir string) (http.Handler, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	base := "http://" + l.Addr().String()
	handler, err := ours(base, dir, true)
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: handler}
	go server.Serve(l)
	defer server.Close()
	for next, name := base+firstQuery, fileName(""); next != ""; {
		page, err := fetch(http.DefaultClient, next, nil)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, name), page, 0o644); err != nil {
			return nil, err
		}
		name, next = fileName(tokenOf(page)), following(next, page)
	}
	return http.FileServer(http.Dir(dir)), nil
}

// fileName is the name of the page that a token leads to.
func fileName(token string) string {
	h := fnv.New64a()
	h.Write([]byte(strings.TrimSpace(token)))
	return fmt.Sprintf("%016x.xml", h.Sum64())
}
