package store

import (
	"context"
	"database/sql"
)

// exclude has the first import into a SQLite file write every page once, to
// its place, not to the log first and from there to its place: what is undone
// if it fails is the length of the file. With such a journal readers wait for
// the writer, so the file goes back to the log in the end; who opens a file
// that was left without one brings it back, too. It is left as it is where
// somebody else has it open, or something was imported already.
func (s *Store) exclude(ctx context.Context) (end func()) {
	end = func() {}
	var version int64
	if s.dialect != onSQLite || s.pools.write.QueryRowContext(ctx, "SELECT version FROM clock").Scan(&version) != nil || version > 0 {
		return end
	}
	for _, db := range []*sql.DB{s.pools.read, s.pools.beat} {
		db.SetMaxIdleConns(0) // closes them
	}
	end = func() {
		s.journal(context.WithoutCancel(ctx), "WAL")
		s.pools.read.SetMaxIdleConns(readers)
		s.pools.beat.SetMaxIdleConns(1)
	}
	s.journal(ctx, "DELETE")
	return end
}

// journal sets how SQLite undoes what is not committed. That it cannot, since
// others have the file open, changes nothing.
func (s *Store) journal(ctx context.Context, mode string) {
	var got string
	s.pools.write.QueryRowContext(ctx, "PRAGMA journal_mode = "+mode).Scan(&got)
}
