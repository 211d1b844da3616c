package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// row is a record as it is stored.
type row struct {
	id, catalogue, sets, payload string
	datestamp                    int64
	standing                     standing
	rendering
}

// The columns of a row, in the order of fields.
const rowColumns = "r.id, r.datestamp, r.catalogue, r.sets, r.standing, r.payload"

func (r *row) fields() []any { return append(r.listFields(), &r.payload) }

// appendRows scans what a query found, into fields of rows.
func appendRows(rows []row, found *sql.Rows, fields func(*row) []any) ([]row, error) {
	defer found.Close()
	for found.Next() {
		rows = append(rows, row{})
		if err := found.Scan(fields(&rows[len(rows)-1])...); err != nil {
			return rows, err
		}
	}
	return rows, found.Err()
}

// header returns the header of a row.
func (st *state) header(r *row) (h oaipmh.Header, err error) {
	heading := st.headings[r.catalogue]
	if heading == nil {
		return h, errNoCatalogue(r)
	}
	h = oaipmh.Header{
		Identifier: "oai:" + heading.Domain() + ":" + r.id,
		Datestamp:  time.Unix(r.datestamp, 0).UTC(),
		Deleted:    r.standing != live,
	}
	if r.sets != "" {
		h.Sets = strings.Split(r.sets, " ")
	}
	return h, nil
}

// record returns the record of a row, with what is kept of it or else with its
// value.
func (st *state) record(r *row) (rec oaipmh.Record[model.Record], err error) {
	if rec.Header, err = st.header(r); err != nil || rec.Deleted {
		return rec, err
	}
	if r.metadata != "" {
		prefix, _, _ := strings.Cut(r.format, " ")
		rec.Rendered = []oaipmh.Rendered{oaipmh.Trusted(prefix, r.metadata)}
		rec.About = crosswalk.AboutWith([]byte(r.provenance), st.headings[r.catalogue])
		return rec, nil
	}
	if rec.Value, err = st.value(r); err != nil {
		return rec, err
	}
	rec.About = crosswalk.About(rec.Value)
	return rec, nil
}

func errNoCatalogue(r *row) error {
	return say.Errorf("%v\u00a0: la notice %s est du catalogue « %s », qui n’y est pas", "%v: record %s is of catalogue %q, which is not there", ErrCorrupt, r.id, r.catalogue)
}

// value returns what the payload of a row says. The record changed when the
// store says so, not when its catalogue did, unless the output has a datestamp of
// its own: some formats tell it, and harvesters that have the record are not told
// of another.
func (st *state) value(r *row) (model.Record, error) {
	rec := model.Record{Catalogue: st.headings[r.catalogue]}
	if rec.Catalogue == nil {
		return rec, errNoCatalogue(r)
	}
	var err error
	if rec.Output, err = model.ParseOutput(r.payload); err != nil {
		return rec, say.Errorf("%v\u00a0: notice %s\u00a0: %v", "%v: record %s: %v", ErrCorrupt, r.id, err)
	}
	if rec.Output.Datestamp.IsZero() && r.datestamp != 0 {
		rec.Output.Datestamp = model.NewDate(time.Unix(r.datestamp, 0), model.Instant)
	}
	return rec, nil
}

// Record returns the record of an OAI identifier.
func (s *Store) Record(ctx context.Context, identifier string) (rec oaipmh.Record[model.Record], err error) {
	err = s.read(ctx, func(tx *sql.Tx, st *state) error {
		id, ok := strings.CutPrefix(identifier, "oai:"+st.domain()+":")
		if !ok {
			return fmt.Errorf("store: %.200q: %w", identifier, oaipmh.ErrNotFound)
		}
		var r row
		if r, err = s.find(ctx, tx, id); err != nil {
			return err
		}
		rec, err = st.record(&r)
		return err
	})
	return rec, err
}

// find returns the row of an output's id.
func (s *Store) find(ctx context.Context, tx *sql.Tx, id string) (r row, err error) {
	err = sql.ErrNoRows
	if isText(id) {
		err = s.row(ctx, tx, "SELECT "+rowColumns+" FROM records r WHERE r.id = ?", id).Scan(r.fields()...)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("store: %.200q: %w", id, oaipmh.ErrNotFound)
	}
	return r, err
}

// isText reports whether a string can be one of a database.
func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// bit is the place of a format in bit sets, -1 if it accepts every record.
func (s *Store) bit(prefix string) int {
	return slices.IndexFunc(s.choosy, func(f oaipmh.Format[model.Record]) bool { return f.Prefix == prefix })
}

// Count returns the number of records of a selection. It is
// errors.ErrUnsupported for a format that refuses records if some catalogue
// was imported by a program with other formats.
func (s *Store) Count(ctx context.Context, sel oaipmh.Selection) (n int, err error) {
	if !isText(sel.Set) {
		return 0, nil
	}
	from, until := bounds(sel.From, sel.Until)
	text := "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM set_counts WHERE spec = ? AND datestamp >= ? AND datestamp <= ?"
	args := []any{sel.Set, from, until}
	err = s.read(ctx, func(tx *sql.Tx, st *state) error {
		if sel.MetadataPrefix != "" {
			bit := s.bit(sel.MetadataPrefix)
			if bit < 0 || !st.rules {
				return errors.ErrUnsupported
			}
			text += " AND (formats & ?) <> 0"
			args = append(args, int64(1)<<bit)
		}
		return s.row(ctx, tx, text, args...).Scan(&n)
	})
	return n, err
}

// Live returns the number of records of a set that are not deleted; of all if
// the setSpec is empty.
func (s *Store) Live(ctx context.Context, spec string) (n int, err error) {
	if !isText(spec) {
		return 0, nil
	}
	err = s.read(ctx, func(tx *sql.Tx, _ *state) error {
		return s.row(ctx, tx, "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM set_counts WHERE spec = ? AND (formats & ?) <> 0", spec, int64(liveBit)).Scan(&n)
	})
	return n, err
}

// Sets yields the sets after a setSpec.
func (s *Store) Sets(ctx context.Context, after string) iter.Seq2[oaipmh.Set, error] {
	return func(yield func(oaipmh.Set, error) bool) {
		var sets []oaipmh.Set
		err := s.read(ctx, func(_ *sql.Tx, st *state) error {
			sets = st.sets
			return nil
		})
		if err == nil && sets == nil {
			err = oaipmh.ErrNoSets
		}
		if err != nil {
			yield(oaipmh.Set{}, err)
			return
		}
		for _, set := range sets {
			if set.Spec > after && !yield(set, nil) {
				return
			}
		}
	}
}
