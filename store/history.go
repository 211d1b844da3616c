package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// Revision is what a record was from one datestamp to the next.
type Revision struct {
	// Number counts from 1.
	Number int
	// Datestamp that it was published with.
	Datestamp time.Time
	// Kind says what happened.
	Kind ChangeKind
	// Fields are the keys of the output that differ from the revision before,
	// if it was Changed or Restored.
	Fields []string
	// Payload is the output as JSON, empty if it was gone from its catalogue.
	Payload string
	// Source is where the import that made it took it from.
	Source string

	standing standing
}

// History returns the revisions of a record, the first one first. The record
// is named by the output's id or by its OAI identifier.
func (s *Store) History(ctx context.Context, id string) (list []Revision, err error) {
	err = s.read(ctx, func(tx *sql.Tx, st *state) error {
		id := strings.TrimPrefix(id, "oai:"+st.domain()+":")
		if !isText(id) {
			return errNoRecord(id)
		}
		list, err = s.revisions(ctx, tx, id)
		return err
	})
	return list, err
}

func errNoRecord(id string) error { return fmt.Errorf("store: %.200q: %w", id, oaipmh.ErrNotFound) }

func (s *Store) revisions(ctx context.Context, tx *sql.Tx, id string) (list []Revision, err error) {
	const columns = "h.revision, h.datestamp, h.standing, h.payload, coalesce(i.source, '')"
	const from = " AS h LEFT JOIN imports AS i ON i.version = h.version WHERE h.id = ?"
	rows, err := s.query(ctx, tx, "SELECT "+columns+" FROM history"+from+" UNION ALL SELECT "+columns+" FROM records"+from+" ORDER BY 1", id, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r Revision
		var at int64
		if err := rows.Scan(&r.Number, &at, &r.standing, &r.Payload, &r.Source); err != nil {
			return nil, err
		}
		r.Datestamp = time.Unix(at, 0).UTC()
		r.compare(list)
		list = append(list, r)
	}
	if len(list) == 0 {
		return nil, errors.Join(rows.Err(), errNoRecord(id))
	}
	return list, rows.Err()
}

// compare finds out what happened since the revisions before.
func (r *Revision) compare(before []Revision) {
	switch {
	case r.standing != live:
		r.Kind = Deleted
		return
	case len(before) == 0:
		r.Kind = Created
		return
	case before[len(before)-1].standing != live:
		r.Kind = Restored
	default:
		r.Kind = Changed
	}
	for i := len(before) - 1; i >= 0; i-- { // a tombstone may have no payload
		if before[i].Payload != "" {
			r.Fields = differing(before[i].Payload, r.Payload)
			return
		}
	}
}
