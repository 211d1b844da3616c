package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// Source returns the store as what package dcat exports and serves. It is a
// dcat.Counter and a dcat.Versioner. The first catalogue's heading, by id, is
// that of all.
func (s *Store) Source() dcat.Source { return &source{s} }

type source struct{ s *Store }

// errEmpty says that there is nothing to export.
var errEmpty = say.Errorf("l’entrepôt n’a pas encore de catalogue", "store: it holds no catalogue yet")

func (s *source) Catalogue(ctx context.Context) (*model.Catalogue, error) {
	list, err := s.s.Catalogues(ctx)
	if err == nil && len(list) == 0 {
		err = errEmpty
	}
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// Count returns the number of records, withdrawn ones included.
func (s *source) Count(ctx context.Context) (n int, err error) {
	err = s.s.read(ctx, func(tx *sql.Tx, _ *state) error {
		return s.s.row(ctx, tx, "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM group_counts").Scan(&n)
	})
	return n, err
}

// Version is the number of the last import that changed something.
func (s *source) Version(ctx context.Context) (version string, modified time.Time, err error) {
	err = s.s.read(ctx, func(_ *sql.Tx, st *state) error {
		version, modified = fmt.Sprintf("%d-%d", st.version, st.changed.Unix()), st.changed
		return nil
	})
	return version, modified, err
}

func (s *source) Record(ctx context.Context, id string) (rec model.Record, err error) {
	err = s.s.read(ctx, func(tx *sql.Tx, st *state) error {
		r, err := s.s.find(ctx, tx, id)
		if errors.Is(err, oaipmh.ErrNotFound) || r.standing == gone {
			return fmt.Errorf("store: %.200q: %w", id, dcat.ErrNotFound)
		}
		if err != nil {
			return err
		}
		rec, err = st.value(&r)
		return err
	})
	return rec, err
}

func (s *source) Records(ctx context.Context, after string) iter.Seq2[model.Record, error] {
	return func(yield func(model.Record, error) bool) {
		rows := make([]row, 0, halfPage)
		for more := isText(after); more; {
			var st *state
			err := s.s.read(ctx, func(tx *sql.Tx, now *state) (err error) {
				st = now
				rows, err = s.s.present(ctx, tx, after, rows[:0])
				return err
			})
			for i := 0; i < len(rows) && err == nil; i++ {
				var rec model.Record
				if rec, err = st.value(&rows[i]); err == nil && !yield(rec, nil) {
					return
				}
				after = rows[i].id
			}
			if err != nil {
				yield(model.Record{}, s.s.explain(err))
				return
			}
			more = len(rows) == halfPage
		}
	}
}

// present reads the next rows that are not gone, by id.
func (s *Store) present(ctx context.Context, tx *sql.Tx, after string, rows []row) ([]row, error) {
	text := fmt.Sprintf("SELECT "+rowColumns+" FROM records r WHERE r.id > ? AND r.standing <> 2 ORDER BY r.id LIMIT %d", halfPage)
	found, err := s.query(ctx, tx, text, after)
	if err != nil {
		return rows, err
	}
	return appendRows(rows, found, (*row).fields)
}
