//go:build interop && linux

package store

import (
	"context"
	"database/sql"
	"fmt"
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
		oaitest.RunChanges(t, func(now func() time.Time) oaitest.Subject[model.Record] {
			return newSubject(t, pg.next(t), now)
		})
	})
}
