package main

import (
	"bytes"
	"context"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// stopAfter cancels a harvest after a number of lines.
type stopAfter struct {
	bytes.Buffer
	lines int
	stop  func()
}

func (w *stopAfter) Write(p []byte) (int, error) {
	if w.lines--; w.lines == 0 {
		w.stop()
	}
	return w.Buffer.Write(p)
}

func TestHarvest(t *testing.T) {
	now := time.Date(2023, 5, 17, 10, 0, 0, 0, time.UTC)
	repo := &oaipmh.Memory[string]{Now: func() time.Time { return now }}
	put := func(id, title string) {
		t.Helper()
		now = now.Add(time.Hour)
		if err := repo.Put(oaipmh.Record[string]{Header: oaipmh.Header{Identifier: "oai:x:" + id}, Value: title}); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		put(id, "Title of "+id)
	}
	provider, err := oaipmh.NewProvider(repo, oaipmh.Options{
		Name: "Test", BaseURL: "http://example.org/oai", AdminEmails: []string{"oai@example.org"}, PageSize: 2,
	}, oaipmh.DublinCore(func(s string) []oaipmh.Element { return []oaipmh.Element{{Name: "title", Value: s}} }))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(provider)
	defer server.Close()
	client := &oaipmh.Client{BaseURL: server.URL}
	file := filepath.Join(t.TempDir(), "state.json")

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	first := &stopAfter{lines: 2, stop: cancel}
	if err := harvest(ctx, client, file, first); err == nil {
		t.Error("an interrupted harvest says nothing")
	}
	want := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	}
	want(first.String(), "oai:x:a\tTitle of a\noai:x:b\tTitle of b\n")

	var second bytes.Buffer
	if err := harvest(t.Context(), client, file, &second); err != nil {
		t.Fatal(err)
	}
	want(second.String(), "oai:x:c\tTitle of c\noai:x:d\tTitle of d\noai:x:e\tTitle of e\n")

	now = now.Add(time.Hour)
	if err := repo.Delete("oai:x:b"); err != nil {
		t.Fatal(err)
	}
	put("a", "New title of a")
	var third bytes.Buffer
	if err := harvest(t.Context(), client, file, &third); err != nil {
		t.Fatal(err)
	}
	want(third.String(), "oai:x:e\tTitle of e\noai:x:b\twithdrawn\noai:x:a\tNew title of a\n")
}
