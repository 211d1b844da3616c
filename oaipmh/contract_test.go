package oaipmh_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/oaitest"
)

func TestLibraryKeepsTheContract(t *testing.T) {
	oaitest.Run(t, func() oaipmh.Repository[book] { return library(t, 30) }, dc, shelved)
}

// TestHarvestWhileWriting harvests by HTTP, by several harvesters at once,
// while other goroutines put and delete; then one list of what changed must
// complete what each has.
func TestHarvestWhileWriting(t *testing.T) {
	m := &oaipmh.Memory[book]{}
	server := httptest.NewServer(provider(t, m, func(o *oaipmh.Options) { o.PageSize = 7 }))
	defer server.Close()
	var writers, harvesters sync.WaitGroup
	for w := range 2 {
		writers.Go(func() {
			for i := range 400 {
				id := fmt.Sprintf("oai:books.example:%d", (i*7+w)%100)
				if i%5 == 4 {
					m.Delete(id) // which may never have been
					continue
				}
				r := oaipmh.Record[book]{Header: oaipmh.Header{Identifier: id, Sets: []string{fmt.Sprintf("s:%d", i%3)}}, Value: book{Title: fmt.Sprint(i)}}
				if err := m.Put(r); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 3 {
		harvesters.Go(func() {
			have := map[string]string{}
			var sel oaipmh.Selection
			sel.MetadataPrefix = "oai_dc"
			client := &oaipmh.Client{BaseURL: server.URL}
			for range 3 {
				now, err := m.AsOf(t.Context()) // what a response vouches for
				if err != nil {
					t.Error(err)
					return
				}
				harvestInto(t, client, sel, have)
				sel.From = now
			}
			writers.Wait()
			harvestInto(t, client, sel, have)
			compareState(t, m, have)
		})
	}
	harvesters.Wait()
}

func harvestInto(t *testing.T, client *oaipmh.Client, sel oaipmh.Selection, have map[string]string) {
	for r, err := range client.Records(t.Context(), sel) {
		if errors.Is(err, &oaipmh.Error{Code: oaipmh.NoRecordsMatch}) {
			return
		}
		if err != nil {
			t.Error(err)
			return
		}
		have[r.Identifier] = fmt.Sprint(r.Deleted, r.Sets, string(r.Value))
	}
}

func compareState(t *testing.T, m *oaipmh.Memory[book], have map[string]string) {
	n := 0
	for r, err := range m.Records(context.Background(), oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			t.Error(err)
			return
		}
		n++
		metadata := ""
		if !r.Deleted {
			b, _ := dc.Append(nil, r.Value)
			metadata = string(b)
		}
		if want := fmt.Sprint(r.Deleted, r.Sets, metadata); have[r.Identifier] != want {
			t.Errorf("%s: a harvester has %s, the repository %s", r.Identifier, have[r.Identifier], want)
		}
	}
	if n != len(have) {
		t.Errorf("a harvester has %d records, the repository %d", len(have), n)
	}
}
