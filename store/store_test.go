package store

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
	"github.com/gtnum/gtnum/oaipmh/oaitest"
)

// open opens a store for a test, a new SQLite file if no address is given.
func open(t testing.TB, address string, opts Options) *Store {
	t.Helper()
	opts.Create = true
	opts.synchronous = "OFF"
	if address == "" {
		address = filepath.Join(t.TempDir(), "store.db")
	}
	s, err := Open(t.Context(), address, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// streamOf is a catalogue as a file would bring it.
func streamOf(t testing.TB, cat *model.Catalogue) *model.Stream {
	t.Helper()
	var b strings.Builder
	if err := cat.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	s, err := model.NewStream(strings.NewReader(b.String()), cat.ID+".json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// load imports catalogues, which must work.
func load(t testing.TB, s *Store, cats ...*model.Catalogue) Report {
	t.Helper()
	streams := make([]*model.Stream, len(cats))
	for i, cat := range cats {
		streams[i] = streamOf(t, cat)
	}
	report, err := s.Import(t.Context(), ImportOptions{}, streams...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// clock is one that a test sets.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func (c *clock) tick() { c.Time = c.Add(time.Second) }

// filled is a store with what a conformance test needs: several revisions,
// datestamps and sets, and deletions.
func filled(t testing.TB, address string, buckets int) *Store {
	t.Helper()
	c := &clock{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	s := open(t, address, Options{Now: c.now, Buckets: buckets})
	for revision := range 3 {
		cat := generate.Catalogue(generate.Options{Records: 230, Seed: 7, Revision: revision})
		cat.Outputs = slices.DeleteFunc(cat.Outputs, func(o model.Output) bool { return revision == 2 && strings.HasSuffix(o.ID, "7") })
		load(t, s, cat)
		c.Time = c.Add(time.Hour)
	}
	return s
}

func TestConformance(t *testing.T) {
	for _, buckets := range []int{1, 4} {
		t.Run(fmt.Sprintf("%d buckets", buckets), func(t *testing.T) {
			testConformance(t, filled(t, "", buckets))
		})
	}
}

func testConformance(t *testing.T, s *Store) {
	oaitest.Run(t, func() oaipmh.Repository[model.Record] { return s }, crosswalk.Formats(crosswalk.Options{})...)
}

// interleavings sets how many RunChanges tries, unless the command line does:
// a store is slower than memory, and slower still under the race detector.
func interleavings(t *testing.T, n string) {
	f := flag.Lookup("oaitest.interleavings")
	if was := f.Value.String(); was == f.DefValue {
		flag.Set(f.Name, n)
		t.Cleanup(func() { flag.Set(f.Name, was) })
	}
}

func TestChangesAreNeverLost(t *testing.T) {
	interleavings(t, "100")
	oaitest.RunChanges(t, func(now func() time.Time) oaitest.Subject[model.Record] {
		return newSubject(t, filepath.Join(t.TempDir(), "store.db"), now)
	})
}

// newSubject is an empty store that a test changes record by record.
func newSubject(t testing.TB, address string, now func() time.Time) oaitest.Subject[model.Record] {
	s, err := Open(t.Context(), address, Options{Create: true, Now: now, synchronous: "OFF"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.describe(t.Context(), &model.Catalogue{ID: "oaitest", Base: "https://oaitest.example/", Title: model.NewText("fr", "Essai")}); err != nil {
		t.Fatal(err)
	}
	return oaitest.Subject[model.Record]{
		Repository: s,
		Put: func(ctx context.Context, id string, revision int, sets []string) error {
			o := &model.Output{ID: strings.TrimPrefix(id, "oai:oaitest.example:"), Kind: "text", Version: fmt.Sprint(revision)}
			return s.put(ctx, o, strings.Join(sets, " "))
		},
		Delete: func(ctx context.Context, id string) error {
			return s.put(ctx, &model.Output{ID: strings.TrimPrefix(id, "oai:oaitest.example:"), Status: model.Withdrawn}, "")
		},
		Revision: func(r model.Record) (n int) {
			fmt.Sscan(r.Output.Version, &n)
			return n
		},
		Close: s.Close,
	}
}

// describe stores a heading.
func (s *Store) describe(ctx context.Context, cat *model.Catalogue) error {
	text, err := json.Marshal(cat)
	if err != nil {
		return err
	}
	w, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer w.rollback()
	w.dirty = true
	if err := w.exec(ctx, "INSERT INTO catalogues (id, rules, heading) VALUES (?, ?, ?)", cat.ID, s.rules(), string(text)); err != nil {
		return err
	}
	return w.commit(ctx)
}

// put changes one record, or withdraws it.
func (s *Store) put(ctx context.Context, o *model.Output, sets string) error {
	w, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer w.rollback()
	p := &part{importer: &importer{writer: w}}
	it := &item{id: o.ID, output: o}
	known, err := p.lookup(ctx, []*item{it})
	if err != nil {
		return err
	}
	c := change{old: known[o.ID], payload: payloadOf(o)}
	c.stored = stored{id: o.ID, catalogue: "oaitest", sets: sets, formats: everyFormat | liveBit, source: []byte{}}
	c.rendering = s.render(model.Record{Catalogue: &model.Catalogue{}, Output: o})
	if o.Status == model.Withdrawn {
		c = s.buried(c.old, "")
	}
	if err := w.save(ctx, []change{c}); err != nil {
		return err
	}
	return w.commit(ctx)
}
