package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// writer is a transaction that changes records. It holds the clock's row from
// its beginning: see clock.go.
type writer struct {
	s       *Store
	tx      *sql.Tx
	at      int64 // datestamp of what it changes
	version int64 // of the store when it commits
	buckets int

	statements map[string]*sql.Stmt
	lists      map[listKey]int64  // what to add to set_counts
	groups     map[groupKey]int64 // what to add to group_counts
	pending    pending
	dirty      bool
}

type listKey struct {
	spec               string
	datestamp, formats int64
}

type groupKey struct{ catalogue, group string }

// begin starts a transaction once no other changes the store.
func (s *Store) begin(ctx context.Context) (*writer, error) {
	w := &writer{s: s, statements: map[string]*sql.Stmt{}, lists: map[listKey]int64{}, groups: map[groupKey]int64{}}
	for {
		var err error
		if w.tx, err = s.pools.write.BeginTx(ctx, nil); err == nil {
			break
		}
		if !busy(err) || ctx.Err() != nil {
			return nil, s.explain(err)
		}
		// Another process writes: it may take minutes.
		time.Sleep(20 * time.Millisecond)
	}
	if err := w.tx.QueryRowContext(ctx, s.dialect.lockClock).Scan(&w.at, &w.version, &w.buckets); err != nil {
		w.rollback()
		return nil, s.explain(err)
	}
	if err := w.current(ctx); err != nil {
		w.rollback()
		return nil, s.explain(err)
	}
	w.at = max(w.at, s.opts.Now().Unix())
	w.version++
	return w, nil
}

// current refuses to write to a store that a newer program has upgraded since it
// was opened: what that keeps with the records would not follow them.
func (w *writer) current(ctx context.Context) error {
	scripts, err := migrations()
	if err != nil {
		return err
	}
	have, err := w.s.schemaVersion(ctx, w.tx)
	if err == nil && have > len(scripts) {
		err = errNewer(have, len(scripts))
	}
	return err
}

func (w *writer) rollback() { w.tx.Rollback() }

// commit publishes what was written. Where nothing was, it changes nothing.
func (w *writer) commit(ctx context.Context) error {
	if !w.dirty {
		w.rollback()
		return nil
	}
	if err := w.enlist(ctx, 1); err != nil {
		return err
	}
	if err := w.flushCounts(ctx); err != nil {
		return err
	}
	if err := w.exec(ctx, "UPDATE clock SET at = ?, version = ?, changed = ? WHERE id = 1", w.at, w.version, w.at); err != nil {
		return err
	}
	return w.s.explain(w.tx.Commit())
}

// statement prepares a statement once a transaction.
func (w *writer) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if stmt := w.statements[text]; stmt != nil {
		return stmt, nil
	}
	stmt, err := w.tx.PrepareContext(ctx, w.s.dialect.sql(text))
	if err != nil {
		return nil, w.s.explain(err)
	}
	w.statements[text] = stmt
	return stmt, nil
}

func (w *writer) exec(ctx context.Context, text string, args ...any) error {
	_, err := w.execCount(ctx, text, args...)
	return err
}

func (w *writer) execCount(ctx context.Context, text string, args ...any) (int64, error) {
	stmt, err := w.statement(ctx, text)
	if err != nil {
		return 0, err
	}
	res, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, w.s.explain(err)
	}
	n, err := res.RowsAffected()
	return n, err
}

func (w *writer) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := w.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	return rows, w.s.explain(err)
}

// chunk is the number of rows of one statement.
const chunk = 64

// insert writes rows, many a statement; tail ends the statement. It returns
// the number of rows that were written.
func (w *writer) insert(ctx context.Context, head string, columns int, tail string, args []any) (written int64, err error) {
	one := "(" + strings.TrimSuffix(strings.Repeat("?,", columns), ",") + ")"
	for len(args) > 0 {
		n := min(chunk, len(args)/columns)
		text := head + " VALUES " + strings.TrimSuffix(strings.Repeat(one+",", n), ",") + tail
		m, err := w.execCount(ctx, text, args[:n*columns]...)
		if err != nil {
			return written, err
		}
		written += m
		args = args[n*columns:]
	}
	return written, nil
}

// in calls f with chunks of ids, padded to whole ones by repeating the last so
// that few statements are prepared.
func in(ids []string, f func(list string, args []any) error) error {
	for len(ids) > 0 {
		n := min(chunk, len(ids))
		args := make([]any, chunk)
		for i := range args {
			args[i] = ids[min(i, n-1)]
		}
		ids = ids[n:]
		if err := f("("+strings.TrimSuffix(strings.Repeat("?,", chunk), ",")+")", args); err != nil {
			return err
		}
	}
	return nil
}

// flushCounts adds up what the lists and groups gained and lost.
func (w *writer) flushCounts(ctx context.Context) error {
	var lists, groups []any
	for key, n := range w.lists {
		if n != 0 {
			lists = append(lists, key.spec, key.datestamp, key.formats, n)
		}
	}
	for key, n := range w.groups {
		if n != 0 {
			groups = append(groups, key.catalogue, key.group, n)
		}
	}
	if _, err := w.insert(ctx, "INSERT INTO set_counts (spec, datestamp, formats, n)", 4,
		" ON CONFLICT (spec, datestamp, formats) DO UPDATE SET n = set_counts.n + excluded.n", lists); err != nil {
		return err
	}
	if _, err := w.insert(ctx, "INSERT INTO group_counts (catalogue, grp, n)", 3,
		" ON CONFLICT (catalogue, grp) DO UPDATE SET n = group_counts.n + excluded.n", groups); err != nil {
		return err
	}
	for _, table := range []string{"set_counts", "group_counts"} {
		if err := w.exec(ctx, fmt.Sprintf("DELETE FROM %s WHERE n = 0", table)); err != nil {
			return err
		}
	}
	return nil
}
