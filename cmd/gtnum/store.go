package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/store"
)

// storeFlags name a store.
type storeFlags struct {
	db, read string
	waiting  func(db string) // says that the store cannot be opened yet
}

func (f *storeFlags) add(cmd *cobra.Command, l lang) {
	f.waiting = func(db string) {
		fmt.Fprintf(cmd.ErrOrStderr(), l.say("gtnum: une première importation a %s pour elle\u00a0; on attend qu’elle finisse\n", "gtnum: a first import has %s for itself; waiting for its end\n"), db)
	}
	cmd.Flags().StringVar(&f.db, "db", "", l.say("`entrepôt` : un fichier SQLite, ou postgres://…", "`store`: a SQLite file, or postgres://…"))
}

// open opens the store; create makes one where there is none.
func (f storeFlags) open(ctx context.Context, create bool) (*store.Store, error) {
	if f.db == "" {
		return nil, usageError{say.Errorf("il manque --db\u00a0: un fichier SQLite, ou postgres://…", "--db is missing: a SQLite file, or postgres://…")}
	}
	if info, err := os.Stat(f.db); err == nil && info.IsDir() {
		return nil, say.Errorf("entrepôt %s\u00a0: %v", "store %s: %v", f.db, sysErr(syscall.EISDIR))
	}
	return store.Open(ctx, f.db, store.Options{Create: create, Read: f.read, Formats: formats(), Waiting: func() { f.waiting(f.db) }})
}

// served is what a server serves.
type served struct {
	site  func(f serveFlags, report func(error)) (http.Handler, error)
	close func() error
}

// source returns what the flags and arguments name.
func (f serveFlags) source(ctx context.Context, files []string) (served, error) {
	switch {
	case f.store.db == "" && f.store.read != "":
		return served{}, usageError{say.Errorf("--db-read va avec --db\u00a0: les importations et l’horloge ont besoin du serveur principal", "--db-read goes with --db: imports and the clock need the primary")}
	case f.store.db == "":
		cats, err := servable(ctx, files)
		return served{func(f serveFlags, report func(error)) (http.Handler, error) { return newSite(cats, f, report) }, func() error { return nil }}, err
	case len(files) > 0:
		return served{}, usageError{say.Errorf("servez soit %s, soit l’entrepôt %s ; gtnum import met l’un dans l’autre", "serve either %s or the store %s; gtnum import brings one into the other", files[0], f.store.db)}
	}
	s, err := f.store.open(ctx, false)
	if err != nil {
		return served{}, err
	}
	if _, err := s.Catalogues(ctx); err != nil { // headings, which stay in memory
		return served{}, errors.Join(err, s.Close())
	}
	boundMemory(44, 400) // some thirty harvesters at once have half of it in use
	return served{func(f serveFlags, report func(error)) (http.Handler, error) { return newStoreSite(s, f, report) }, s.Close}, nil
}

// boundMemory has the collector of garbage work as hard as it takes to keep to
// some MiB, or to four times what is in use now if that is more, and before that
// only where garbage is some percent of what is in use. GOMEMLIMIT and GOGC say
// otherwise.
func boundMemory(mebibytes int64, percent int) {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	debug.SetMemoryLimit(max(mebibytes<<20, 4*int64(m.HeapAlloc)))
	debug.SetGCPercent(percent)
}

// newStoreSite is the whole server of a store.
func newStoreSite(s *store.Store, f serveFlags, report func(error)) (http.Handler, error) {
	oai := &storeOAI{store: s, flags: f, report: report}
	counts := func(ctx context.Context) ([]catalogueCounts, error) { return storeCounts(ctx, s) }
	return f.mux(oai, s.Source(), counts), nil
}

// storeCounts are the headings of a store; the last has the counts of all.
func storeCounts(ctx context.Context, s *store.Store) ([]catalogueCounts, error) {
	cats, err := s.Catalogues(ctx)
	if err != nil || len(cats) == 0 {
		return nil, err
	}
	list := make([]catalogueCounts, len(cats))
	for i, c := range cats {
		list[i].heading = c
	}
	kinds := map[model.Kind]int{}
	for _, k := range model.Kinds() {
		if kinds[k.Kind], err = s.Live(ctx, "type:"+string(k.Kind)); err != nil {
			return nil, err
		}
	}
	list[len(list)-1].kinds = kinds
	return list, nil
}

// storeOAI serves a store over OAI-PMH. What Identify says comes from the
// headings, so it looks now and then whether those have changed.
type storeOAI struct {
	store  *store.Store
	flags  serveFlags
	report func(error)

	mu       sync.Mutex
	provider http.Handler
	headings []*model.Catalogue // that provider was made of
	checked  time.Time
}

func (o *storeOAI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p, err := o.current(r.Context())
	if err != nil {
		if r.Context().Err() == nil { // else nobody waits for the answer
			o.report(err)
		}
		w.Header().Set("Retry-After", "30")
		http.Error(w, "the repository cannot answer now", http.StatusServiceUnavailable)
		return
	}
	p.ServeHTTP(w, r)
}

// current returns the provider of the headings as they are.
func (o *storeOAI) current(ctx context.Context) (http.Handler, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.provider != nil && time.Since(o.checked) < time.Second {
		return o.provider, nil
	}
	cats, err := o.store.Catalogues(ctx)
	if err != nil {
		return nil, err
	}
	o.checked = time.Now()
	if o.provider != nil && slices.Equal(cats, o.headings) { // not read again
		return o.provider, nil
	}
	p, err := o.flags.provider(o.store, withSample(ctx, o.store, cats), o.report)
	if err == nil {
		o.provider, o.headings = p, cats
	}
	return p, err
}

// withSample gives a catalogue an output, so that Identify can tell how
// identifiers look.
func withSample(ctx context.Context, s *store.Store, cats []*model.Catalogue) []*model.Catalogue {
	for rec, err := range s.Records(ctx, oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			break
		}
		cats = slices.Clone(cats)
		for i, c := range cats {
			if !rec.Deleted && c.ID == rec.Value.Catalogue.ID {
				with := *c
				with.Outputs = []model.Output{*rec.Value.Output}
				cats[i] = &with
				return cats
			}
		}
	}
	return cats
}
