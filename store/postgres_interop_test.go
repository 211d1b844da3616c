//go:build interop && linux

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh/oaitest"
)

// schemas gives each store of a test a schema of its own in one database.
type schemas struct {
	url string
	n   atomic.Int64
}

func (s *schemas) next(t testing.TB) string {
	name := fmt.Sprintf("s%d", s.n.Add(1))
	db, err := sql.Open("pgx", s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	return s.url + "&search_path=" + name
}

func TestInteropPostgres(t *testing.T) {
	pg := &schemas{url: interop.Postgres(t)}
	for _, buckets := range []int{1, 4} {
		t.Run(fmt.Sprintf("conformance, %d buckets", buckets), func(t *testing.T) {
			testConformance(t, filled(t, pg.next(t), buckets))
		})
	}
	t.Run("changes are never lost", func(t *testing.T) {
		interleavings(t, "60")
		oaitest.RunChanges(t, func(now func() time.Time) oaitest.Subject[model.Record] {
			return newSubject(t, pg.next(t), now)
		})
	})
	t.Run("nothing is vouched for during an import", func(t *testing.T) { testVouching(t, pg.next(t)) })
	t.Run("concurrent importers", func(t *testing.T) { testImporters(t, pg.next(t), "", 30) })
	t.Run("references", func(t *testing.T) { testReferences(t, func() string { return pg.next(t) }) })
	t.Run("backup", func(t *testing.T) { testBackup(t, filled(t, pg.next(t), 4)) })
	t.Run("several make it at once", func(t *testing.T) {
		for range 5 {
			address := pg.next(t)
			var all sync.WaitGroup
			for range 6 {
				all.Go(func() {
					s, err := Open(t.Context(), address, Options{Create: true})
					if err != nil {
						t.Error(err)
						return
					}
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}
	})
	t.Run("a source that is no text", func(t *testing.T) { testAnySource(t, pg.next(t)) })
	t.Run("verify", func(t *testing.T) { sound(t, filled(t, pg.next(t), 4)) })
}

func TestInteropStandby(t *testing.T) {
	pair := interop.PostgresPair(t)
	c := &clock{time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}
	importer := open(t, pair.Primary, Options{Now: c.now})
	load(t, importer, small("a"))
	waitFor(t, "the standby has the store", func() bool {
		db, err := sql.Open("pgx", pair.Standby)
		if err != nil {
			return false
		}
		defer db.Close()
		var n int
		return db.QueryRow("SELECT count(*) FROM records").Scan(&n) == nil && n == 1
	})
	const lag = 10 * time.Second
	server := open(t, pair.Both(), Options{Now: c.now, Read: pair.Standby, Lag: lag})

	c.Time = c.Add(time.Minute)
	waitFor(t, "the standby's clock follows the primary's", func() bool {
		at, err := server.AsOf(t.Context())
		c.tick()
		return err == nil && c.Sub(at) < lag+10*time.Second
	})
	pair.Pause(t)
	before := asOf(t, server)
	load(t, importer, small("ab"))
	c.tick()
	if during := asOf(t, server); during.After(before.Add(2 * time.Second)) {
		t.Errorf("vouches for %v, before the pause for %v, though the standby does not replay", during, before)
	}
	if n := len(snapshot(t, server)); n != 1 {
		t.Errorf("the paused standby shows %d records", n)
	}
	c.Time = c.Add(2 * lag)
	if _, err := server.AsOf(t.Context()); !errors.Is(err, ErrBehind) {
		t.Errorf("a standby that is too far behind: %v", err)
	}
	pair.Resume(t)
	waitFor(t, "the standby catches up", func() bool {
		c.tick()
		_, err := server.AsOf(t.Context())
		return err == nil && len(snapshot(t, server)) == 2
	})
	vouched := asOf(t, server)

	pair.KillPrimary(t)
	if n := len(snapshot(t, server)); n != 2 {
		t.Errorf("without a primary it shows %d records", n)
	}
	c.Time = c.Add(-time.Hour) // the standby's machine has another clock
	pair.Promote(t)
	promoted := open(t, pair.Standby, Options{Now: c.now})
	load(t, promoted, small("abc"))
	for id, rec := range snapshot(t, server) {
		if id == "oai:small.example.org:low-c" && !rec.Datestamp.After(vouched) {
			t.Errorf("published with datestamp %v after vouching for %v", rec.Datestamp, vouched)
		}
	}
	if n := len(snapshot(t, server)); n != 3 {
		t.Errorf("after the promotion it shows %d records", n)
	}
	sound(t, promoted)
}

func TestInteropImportersAndStandby(t *testing.T) {
	pair := interop.PostgresPair(t)
	open(t, pair.Primary, Options{})
	time.Sleep(time.Second)
	testImporters(t, pair.Primary, pair.Standby, 60)
}

func waitFor(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("in 20 seconds it does not come to pass that %s", what)
		}
	}
}
