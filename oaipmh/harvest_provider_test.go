package oaipmh

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestHarvestFollowsProvider: a harvester that follows the specification, full
// list first and then what changed since, ends with exactly what a Provider
// holds, while records change between any two records that it reads, answers
// break off, tokens are refused, and it is itself stopped and resumed.
func TestHarvestFollowsProvider(t *testing.T) {
	for seed := range uint64(100) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { followProvider(t, seed) })
	}
}

func followProvider(t *testing.T, seed uint64) {
	dice := clientDice(seed)
	now := clientEpoch
	repo := &Memory[int]{Now: func() time.Time { return now }}
	want := make(map[string]string)
	change := func() {
		now = now.Add(time.Duration(dice(3)) * time.Second)
		id := fmt.Sprint("oai:x:", dice(40))
		if _, there := want[id]; there && dice(4) == 0 {
			if err := repo.Delete(id); err != nil {
				t.Fatal(err)
			}
			want[id] = ""
			return
		}
		v := dice(1 << 30)
		if err := repo.Put(Record[int]{Header: Header{Identifier: id}, Value: v}); err != nil {
			t.Fatal(err)
		}
		want[id] = fmt.Sprintf(`<n xmlns="u:n">%d</n>`, v)
	}
	for range dice(60) {
		change()
	}
	c := startProvider(t, repo, 1+dice(9), dice)

	have := make(map[string]string)
	h := &Harvest{Selection: Selection{MetadataPrefix: "n"}}
	for round := range 4 {
		for !h.Done {
			for rec, err := range c.Harvest(t.Context(), h) {
				if err != nil {
					t.Fatal(err)
				}
				have[rec.Identifier] = string(rec.Value)
				if round < 3 && dice(3) == 0 {
					change()
				}
				if dice(10) == 0 {
					break
				}
			}
			saved, err := json.Marshal(h)
			if err != nil {
				t.Fatal(err)
			}
			h = new(Harvest)
			if err := json.Unmarshal(saved, h); err != nil {
				t.Fatal(err)
			}
		}
		h = h.Next()
	}
	if !maps.Equal(have, want) {
		t.Errorf("have %v\nwant %v", have, want)
	}
}

// startProvider serves a repository, badly, and returns a client of it.
func startProvider(t *testing.T, repo *Memory[int], pageSize int, dice func(int) int) *Client {
	t.Helper()
	format := Format[int]{Prefix: "n", Schema: "http://example.org/n.xsd", Namespace: "u:n", Append: func(dst []byte, n int) ([]byte, error) {
		return fmt.Appendf(dst, `<n xmlns="u:n">%d</n>`, n), nil
	}}
	dc := DublinCore(func(n int) []Element { return []Element{{Name: "title", Value: fmt.Sprint(n)}} })
	p, err := NewProvider(repo, Options{Name: "Test", BaseURL: "http://example.org/oai", AdminEmails: []string{"a@example.org"}, PageSize: pageSize}, dc, format)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		roll := dice(20)
		if strings.Contains(r.URL.RawQuery, "resumptionToken") && roll == 0 {
			io.WriteString(w, clientEnvelope(`<error code="badResumptionToken"/>`))
			return
		}
		if roll > 3 {
			p.ServeHTTP(w, r)
			return
		}
		r.Header.Del("Accept-Encoding")
		answer := httptest.NewRecorder()
		p.ServeHTTP(answer, r)
		w.Write(answer.Body.Bytes()[:dice(answer.Body.Len())])
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(server.Close)
	return &Client{BaseURL: server.URL, Retries: 20, sleep: func(ctx context.Context, d time.Duration) error { return ctx.Err() }}
}
