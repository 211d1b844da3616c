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

// batch is how many records are read at once: half a Provider's usual page
// and the one more that it looks at. No connection is held while they are
// used, so that a slow reader hinders nobody.
const batch = 201

// row is a record as it is stored.
type row struct {
	id, catalogue, sets, payload string
	datestamp                    int64
	standing                     standing
	rendering
}

// The columns of a row, in the order of scan.
const rowColumns = "r.id, r.catalogue, r.sets, r.payload, r.datestamp, r.standing"

func (r *row) scan(from scanner) error {
	return from.Scan(&r.id, &r.catalogue, &r.sets, &r.payload, &r.datestamp, &r.standing)
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

// value returns what the payload of a row says.
func (st *state) value(r *row) (model.Record, error) {
	rec := model.Record{Catalogue: st.headings[r.catalogue]}
	if rec.Catalogue == nil {
		return rec, errNoCatalogue(r)
	}
	var err error
	if rec.Output, err = model.ParseOutput(r.payload); err != nil {
		return rec, say.Errorf("%v\u00a0: notice %s\u00a0: %v", "%v: record %s: %v", ErrCorrupt, r.id, err)
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
		err = r.scan(s.row(ctx, tx, "SELECT "+rowColumns+" FROM records r WHERE r.id = ?", id))
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("store: %.200q: %w", id, oaipmh.ErrNotFound)
	}
	return r, err
}

// isText reports whether a string can be one of a database.
func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

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
		rows := make([]row, 0, batch)
		for more := isText(sel.Set) && isText(after.Identifier); more; {
			var st *state
			err := s.read(ctx, func(tx *sql.Tx, now *state) (err error) {
				st = now
				rows, err = q.next(ctx, tx, st, rows[:0])
				return err
			})
			for i := 0; i < len(rows) && err == nil; i++ {
				var rec oaipmh.Record[model.Record]
				if rec, err = what.record(st, &rows[i]); err == nil && !yield(rec, nil) {
					return
				}
			}
			if err != nil {
				yield(oaipmh.Record[model.Record]{}, s.explain(err))
				return
			}
			more = len(rows) == batch
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
}

const (
	never   = -1 << 62
	forever = 1 << 62
)

// content is what a list is to read of records.
type content struct {
	columns, table string
	scan           func(*row, scanner) error
	record         func(*state, *row) (oaipmh.Record[model.Record], error)
}

var records = &content{rowColumns, "records", (*row).scan, (*state).record}

var headers = &content{
	"r.id, r.catalogue, r.sets, r.datestamp, r.standing", "records",
	func(r *row, from scanner) error {
		return from.Scan(&r.id, &r.catalogue, &r.sets, &r.datestamp, &r.standing)
	},
	func(st *state, r *row) (rec oaipmh.Record[model.Record], err error) {
		rec.Header, err = st.header(r)
		return rec, err
	},
}

func newList(s *Store, sel oaipmh.Selection, after oaipmh.Key, what *content) *list {
	q := &list{s: s, what: what, set: sel.Set, prefix: sel.MetadataPrefix, from: never}
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
	rows, err := q.read(ctx, tx, st, q.what, rows)
	if err == nil && q.lacks(rows) {
		rows, err = q.read(ctx, tx, st, records, rows[:0])
	}
	if err == nil && len(rows) > 0 {
		last := &rows[len(rows)-1]
		q.from, q.id = last.datestamp, "oai:"+st.domain()+":"+last.id
	}
	return rows, err
}

// lacks reports whether some of the rows have not the rendering that they were
// read for.
func (q *list) lacks(rows []row) bool {
	keeps := q.s.keeps()
	for i := range rows {
		if r := &rows[i]; q.what == renderings && (r.format != keeps || r.standing == live && r.metadata == "") {
			return true
		}
	}
	return false
}

// read reads rows from where the list is.
func (q *list) read(ctx context.Context, tx *sql.Tx, st *state, what *content, rows []row) ([]row, error) {
	id := strings.TrimPrefix(q.id, "oai:"+st.domain()+":")
	if id == q.id {
		id = q.beside("oai:" + st.domain() + ":")
	}
	mask := int64(0)
	if bit := q.s.bit(q.prefix); bit >= 0 && st.rules {
		mask = 1 << bit
	} else if q.prefix != "" && what == headers {
		return rows, errors.ErrUnsupported // records can be asked, headers cannot
	}
	text, args := q.s.listQuery(what, mask, q.set, q.from, id, q.until)
	found, err := q.s.query(ctx, tx, text, args...)
	if err != nil {
		return rows, err
	}
	defer found.Close()
	for found.Next() {
		var r row
		if err := what.scan(&r, found); err != nil {
			return rows, err
		}
		rows = append(rows, r)
	}
	return rows, found.Err()
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
		return fmt.Sprintf("SELECT "+what.columns+where+accepted+" ORDER BY l.datestamp, l.id LIMIT %d", join, 0, batch), args()
	}
	var parts []string
	var all []any
	for b := range s.buckets {
		part := fmt.Sprintf("SELECT l.datestamp, l.id"+where+accepted+" ORDER BY l.datestamp, l.id LIMIT %d", "", b, batch)
		parts = append(parts, "SELECT * FROM ("+part+fmt.Sprintf(") AS b%d", b))
		all = append(all, args()...)
	}
	text := fmt.Sprintf("SELECT "+what.columns+" FROM (SELECT datestamp, id FROM (%s) AS u ORDER BY datestamp, id LIMIT %d) AS l"+
		join+" ORDER BY l.datestamp, l.id", strings.Join(parts, " UNION ALL "), batch)
	return text, all
}

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
