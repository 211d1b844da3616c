package store

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

func asOf(t testing.TB, s *Store) time.Time {
	t.Helper()
	at, err := s.AsOf(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestClockThatStepsBack(t *testing.T) {
	c := &clock{time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}
	s := open(t, "", Options{Now: c.now})
	load(t, s, small("a"))
	c.tick()
	vouched := asOf(t, s)
	if want := c.Add(-time.Second); !vouched.Equal(want) {
		t.Errorf("vouched for %v, want the second before the present, %v", vouched, want)
	}
	c.Time = c.Add(-time.Hour)
	if r := load(t, s, small("ab")); !r.Datestamp.After(vouched) {
		t.Errorf("published with datestamp %v after vouching for %v", r.Datestamp, vouched)
	}
	if again := asOf(t, s); again.Before(vouched) {
		t.Errorf("vouches for %v after %v", again, vouched)
	}
}

// Another process vouches, while this one is in the middle of an import.
func TestNothingIsVouchedForDuringAnImport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	testVouching(t, file)
}

func testVouching(t *testing.T, address string) {
	c := &clock{time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}
	importer, server := open(t, address, Options{Now: c.now}), open(t, address, Options{Now: c.now})
	load(t, importer, small("a"))
	c.tick()
	before := asOf(t, server)
	w, err := importer.begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer w.rollback()
	c.Time = c.Add(time.Hour)
	if during := asOf(t, server); during.After(before) {
		t.Errorf("vouches for %v while a change of %v is under way", during, time.Unix(w.at, 0).UTC())
	}
	w.rollback()
	c.tick()
	if after := asOf(t, server); !after.Equal(c.Add(-time.Second)) {
		t.Errorf("vouches for %v at %v", after, c.Time)
	}
}

// Several importers, whose clocks disagree by minutes and jump, and several
// servers: what a server finds new has a later datestamp than all that any
// server vouched for before the server did not find it.
func TestConcurrentImporters(t *testing.T) {
	testImporters(t, filepath.Join(t.TempDir(), "store.db"), "", 8)
}

// Servers read from a standby if one is given.
func testImporters(t *testing.T, address, read string, rounds int) {
	start := time.Now()
	jumpy := func(seed uint64) func() time.Time {
		var mu sync.Mutex
		rng := rand.New(rand.NewPCG(seed, 1))
		return func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return start.Add(time.Since(start)*1000 + time.Duration(rng.IntN(600)-300)*time.Second)
		}
	}
	open(t, address, Options{})
	var writers, readers sync.WaitGroup
	done := make(chan struct{})
	for i := range 3 {
		s := open(t, address, Options{Now: jumpy(uint64(i))})
		writers.Go(func() {
			for n := range rounds {
				cat := small("")
				cat.ID, cat.Groups = fmt.Sprintf("c%d", i), nil
				for j := range 5 {
					cat.Outputs = append(cat.Outputs, model.Output{ID: fmt.Sprintf("c%d-%d", i, j), Kind: "text", Version: fmt.Sprint(n)})
				}
				if _, err := s.Import(t.Context(), ImportOptions{}, streamOf(t, cat)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	var shared vouchers
	for i := range 3 {
		s := open(t, address, Options{Now: jumpy(100 + uint64(i)), Read: read, Lag: lagOf(read)})
		readers.Go(func() { shared.watch(t, s, done) })
	}
	writers.Wait()
	close(done)
	readers.Wait()
	if shared.seen < 10 {
		t.Errorf("only %d changes were seen under way: that is no test", shared.seen)
	}
}

// lagOf is a Lag that clocks which run a thousand times too fast can bear.
func lagOf(read string) time.Duration {
	if read == "" {
		return 0
	}
	return 24 * time.Hour
}

// Requests of one server at once: that one vouches for more must not make
// another's snapshot, begun before, one that lags.
func TestRequestsAtOnceAreNotBehindEachOther(t *testing.T) {
	start := time.Now()
	s := open(t, "", Options{Now: func() time.Time { return start.Add(10_000 * time.Since(start)) }})
	load(t, s, small("abAB"))
	var requests sync.WaitGroup
	for range 8 {
		requests.Go(func() {
			for range 200 {
				if _, err := s.AsOf(t.Context()); err != nil {
					t.Error(err)
					return
				}
				for _, err := range s.Records(t.Context(), oaipmh.Selection{}, oaipmh.Key{}) {
					if err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	requests.Wait()
}

// vouchers are servers that compare what they vouch for with what comes.
type vouchers struct {
	mu   sync.Mutex
	most time.Time // that any has vouched for
	seen int
}

func (v *vouchers) watch(t *testing.T, s *Store, done chan struct{}) {
	have := map[string]string{}
	for {
		// What any server has vouched for by now must not come later to
		// this one, whose snapshot begins after.
		at, err := s.AsOf(t.Context())
		if err != nil {
			t.Error(err)
			return
		}
		v.mu.Lock()
		if at.After(v.most) {
			v.most = at
		}
		most := v.most
		v.mu.Unlock()
		for rec, err := range s.Records(t.Context(), oaipmh.Selection{}, oaipmh.Key{}) {
			if err != nil {
				t.Error(err)
				return
			}
			have[rec.Identifier+rec.Value.Output.Version] = ""
		}
		// All that comes from here on is later than most.
		for rec, err := range s.Records(t.Context(), oaipmh.Selection{}, oaipmh.Key{}) {
			if err != nil {
				t.Error(err)
				return
			}
			key := rec.Identifier + rec.Value.Output.Version
			if _, ok := have[key]; !ok {
				if v.note(); !rec.Datestamp.After(most) {
					t.Errorf("%s comes with datestamp %v after %v was vouched for", key, rec.Datestamp, most)
				}
			}
		}
		select {
		case <-done:
			return
		default:
		}
	}
}

func (v *vouchers) note() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.seen++
}
