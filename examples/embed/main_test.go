package main

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/oaitest"
)

// shelf is a repository of a stranger's own making: a sorted slice, and the
// three methods.
type shelf []oaipmh.Record[Thesis]

func newShelf() shelf {
	var s shelf
	for i := range 12 {
		s = append(s, oaipmh.Record[Thesis]{
			Header: oaipmh.Header{
				Identifier: fmt.Sprintf("oai:theses.example.org:%d", i),
				Datestamp:  time.Date(2023, 5, 1+i/3, 0, 0, 0, 0, time.UTC),
				Sets:       []string{fmt.Sprintf("year:%d", 2020+i%3)},
				Deleted:    i%5 == 4,
			},
		})
		if !s[i].Deleted {
			s[i].Value = Thesis{fmt.Sprint(i), "L'école <à> distance", "Ada", fmt.Sprint(2020 + i%3)}
		}
	}
	slices.SortFunc(s, func(a, b oaipmh.Record[Thesis]) int { return a.Key().Compare(b.Key()) })
	return s
}

func (s shelf) Record(_ context.Context, identifier string) (oaipmh.Record[Thesis], error) {
	for _, r := range s {
		if r.Identifier == identifier {
			return r, nil
		}
	}
	return oaipmh.Record[Thesis]{}, oaipmh.ErrNotFound
}

func (s shelf) Records(_ context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[Thesis], error] {
	return func(yield func(oaipmh.Record[Thesis], error) bool) {
		for _, r := range s {
			if r.Key().Compare(after) > 0 && sel.Matches(r.Header) && !yield(r, nil) {
				return
			}
		}
	}
}

func (s shelf) Sets(_ context.Context, after string) iter.Seq2[oaipmh.Set, error] {
	return func(yield func(oaipmh.Set, error) bool) {
		for _, spec := range []string{"year", "year:2020", "year:2021", "year:2022"} {
			if cmp.Compare(spec, after) > 0 && !yield(oaipmh.Set{Spec: spec, Name: spec}, nil) {
				return
			}
		}
	}
}

func TestAStrangersRepositoryConforms(t *testing.T) {
	oaitest.Run(t, func() oaipmh.Repository[Thesis] { return newShelf() }, dublinCore)
}

func TestAStrangersEndpointConforms(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	server.Start()
	defer server.Close()
	provider, err := oaipmh.NewProvider(newShelf(), oaipmh.Options{
		Name: "Theses", BaseURL: server.URL + "/oai", AdminEmails: []string{"oai@example.org"}, PageSize: 5,
	}, dublinCore)
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = provider
	findings, err := oaitest.Check(t.Context(), server.URL+"/oai")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}
