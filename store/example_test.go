package store_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/store"
)

// A catalogue is imported, and imported again without one of its outputs: who
// harvested it learns that the output is gone.
func Example() {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	s, err := store.Open(ctx, filepath.Join(dir, "catalogue.db"), store.Options{Create: true})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	const catalogue = `{"id": "demo", "base": "https://example.org/", "title": {"fr": "Démo"}, "modified": "2026-01-02",
		"outputs": [{"id": "a", "kind": "text"}, {"id": "b", "kind": "video"}]}`
	for _, text := range []string{catalogue, strings.Replace(catalogue, `, {"id": "b", "kind": "video"}`, "", 1)} {
		file, err := model.NewStream(strings.NewReader(text), "catalogue.json")
		if err != nil {
			log.Fatal(err)
		}
		report, err := s.Import(ctx, store.ImportOptions{}, file)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(report.Created, "created,", report.Deleted, "deleted,", report.Unchanged, "unchanged")
	}
	for rec, err := range s.Records(ctx, oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(rec.Identifier, rec.Deleted)
	}
	// Output:
	// 2 created, 0 deleted, 0 unchanged
	// 0 created, 1 deleted, 1 unchanged
	// oai:example.org:a false
	// oai:example.org:b true
}
