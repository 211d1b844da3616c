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

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// Records yields the records of a selection after a key.
func (s *Store) Records(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[model.Record], error] {
	return s.list(ctx, sel, after, records)
}

// Headers yields the headers of what Records yields, without the records that
// the format does not accept. It is errors.ErrUnsupported where Count is.
func (s *Store) Headers(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Header, error] {
	return func(yield func(oaipmh.Header, error) bool) {
		for rec, err := range s.list(ctx, sel, after, headers) {
			if !yield(rec.Header, err) {
				return
			}
		}
	}
}

// list yields records, each with what is asked for of it.
func (s *Store) list(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key, what *content) iter.Seq2[oaipmh.Record[model.Record], error] {
	return func(yield func(oaipmh.Record[model.Record], error) bool) {
		q := newList(s, sel, after, what)
		rows := make([]row, 0, what.batch)
		for q.more {
			var st *state
			err := s.read(ctx, func(tx *sql.Tx, now *state) (err error) {
				st = now
				rows, err = q.next(ctx, tx, st, rows[:0])
				return err
			})
			for i := 0; i < len(rows) && err == nil; i++ {
				var rec oaipmh.Record[model.Record]
				if rec, err = q.what.record(st, &rows[i]); err == nil && !yield(rec, nil) {
					return
				}
			}
			if err != nil {
				yield(oaipmh.Record[model.Record]{}, s.explain(err))
				return
			}
		}
	}
}

// list is a list that is being read, batch by batch.
type list struct {
	s           *Store
	what        *content
	set, prefix string
	from, until int64
	id          string // after which it goes on, of datestamp from
	more        bool   // false once it is at its end
}

const (
	never   = -1 << 62
	forever = 1 << 62
)

// content is what a list is to read of its records. Of one whose row is missing,
// which no import does, the catalogue is empty.
type content struct {
	// table is r in columns, what they are scanned into in fields.
	table, columns string
	fields         func(*row) []any
	// batch is how many records are read at once. No connection is held while
	// they are used, so that a slow reader hinders nobody.
	batch  int
	record func(*state, *row) (oaipmh.Record[model.Record], error)
}

const (
	listColumns = "l.id, l.datestamp, coalesce(r.catalogue, ''), coalesce(r.sets, ''), coalesce(r.standing, 0)"
	// A Provider's usual page, and the one more that it looks at, are one batch
	// or two.
	page     = 201
	halfPage = 101
)

func (r *row) listFields() []any {
	return []any{&r.id, &r.datestamp, &r.catalogue, &r.sets, &r.standing}
}

// records reads what it takes to make a record, which is much.
var records = &content{
	table: "records", columns: listColumns + ", coalesce(r.payload, '')", batch: halfPage,
	fields: (*row).fields,
	record: (*state).record,
}

// headers reads no more than a header.
var headers = &content{
	table: "records", columns: listColumns, batch: page,
	fields: (*row).listFields,
	record: func(st *state, r *row) (rec oaipmh.Record[model.Record], err error) {
		rec.Header, err = st.header(r)
		return rec, err
	},
}

func newList(s *Store, sel oaipmh.Selection, after oaipmh.Key, what *content) *list {
	q := &list{s: s, what: what, set: sel.Set, prefix: sel.MetadataPrefix, more: isText(sel.Set) && isText(after.Identifier)}
	first := oaipmh.Key{Datestamp: sel.From}
	if after.Compare(first) > 0 {
		first = after
		q.id = after.Identifier
	}
	q.from, q.until = bounds(first.Datestamp, sel.Until)
	if first.Datestamp.Nanosecond() > 0 {
		q.id = "" // of a second that is over
	}
	return q
}

// bounds are the seconds from one instant, rounded up, until another.
func bounds(from, until time.Time) (first, last int64) {
	first, last = never, forever
	if !from.IsZero() {
		first = from.Add(time.Second - 1).Unix()
	}
	if !until.IsZero() {
		last = until.Unix()
	}
	return first, last
}

// next reads the next rows.
func (q *list) next(ctx context.Context, tx *sql.Tx, st *state, rows []row) ([]row, error) {
	rows, err := q.read(ctx, tx, st, rows)
	if err == nil && q.lacks(rows) {
		q.what = records
		rows, err = q.read(ctx, tx, st, rows[:0])
	}
	q.more = len(rows) == q.what.batch
	if err == nil && len(rows) > 0 {
		last := &rows[len(rows)-1]
		q.from, q.id = last.datestamp, "oai:"+st.domain()+":"+last.id
	}
	return rows, err
}

// lacks reports whether some of the rows have not the rendering that they were
// read for.
func (q *list) lacks(rows []row) bool {
	return q.what == renderings && slices.ContainsFunc(rows, func(r row) bool {
		return r.standing == live && (r.format != q.s.keeps || r.metadata == "") // of a tombstone nothing is kept
	})
}

// read reads rows from where the list is.
func (q *list) read(ctx context.Context, tx *sql.Tx, st *state, rows []row) ([]row, error) {
	id := strings.TrimPrefix(q.id, "oai:"+st.domain()+":")
	if id == q.id {
		id = q.beside("oai:" + st.domain() + ":")
	}
	mask := int64(0)
	if bit := q.s.bit(q.prefix); bit >= 0 && st.rules {
		mask = 1 << bit
	} else if q.prefix != "" && q.what == headers {
		return rows, errors.ErrUnsupported // records can be asked, headers cannot
	}
	text, args := q.s.listQuery(q.what, mask, q.set, q.from, id, q.until)
	found, err := q.s.query(ctx, tx, text, args...)
	if err != nil {
		return rows, err
	}
	return appendRows(rows, found, q.what.fields)
}

// beside returns what stands for a key's identifier that has not the prefix of
// all: before every id, or after.
func (q *list) beside(prefix string) string {
	if q.id > prefix {
		return "\U0010FFFF"
	}
	return ""
}

// listQuery returns the query of a list's next batch.
func (s *Store) listQuery(what *content, mask int64, set string, from int64, id string, until int64) (string, []any) {
	accepted := ""
	if mask != 0 {
		accepted = " AND (l.formats & ?) <> 0"
	}
	join := " LEFT JOIN " + what.table + " r ON r.id = l.id"
	const where = " FROM record_sets l%s WHERE l.spec = ? AND l.bucket = %d AND (l.datestamp, l.id) > (?, ?) AND l.datestamp <= ?"
	args := func() []any {
		list := []any{set, from, id, until}
		if mask != 0 {
			list = append(list, mask)
		}
		return list
	}
	if s.buckets == 1 {
		return fmt.Sprintf("SELECT "+what.columns+where+accepted+" ORDER BY l.datestamp, l.id LIMIT %d", join, 0, what.batch), args()
	}
	var parts []string
	var all []any
	for b := range s.buckets {
		part := fmt.Sprintf("SELECT l.datestamp, l.id"+where+accepted+" ORDER BY l.datestamp, l.id LIMIT %d", "", b, what.batch)
		parts = append(parts, "SELECT * FROM ("+part+fmt.Sprintf(") AS b%d", b))
		all = append(all, args()...)
	}
	text := fmt.Sprintf("SELECT "+what.columns+" FROM (SELECT datestamp, id FROM (%s) AS u ORDER BY datestamp, id LIMIT %d) AS l"+
		join+" ORDER BY l.datestamp, l.id", strings.Join(parts, " UNION ALL "), what.batch)
	return text, all
}
