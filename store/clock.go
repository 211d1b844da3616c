package store

import (
	"context"
	"database/sql"
	"time"
)

// Why no harvester loses a change.
//
// The row of table clock holds an instant, at, in whole seconds. It is the
// promise itself: every change that is committed after this row was read has
// a datestamp at or after it. Two things write it, and neither lowers it:
//
//   - A beat raises it to the present, unless somebody holds the row.
//   - A change holds the row from before its first write to its commit. Its
//     datestamp is the present or at, whichever is later, and becomes the
//     row's new at.
//
// So take a change with datestamp d that commits after some reader saw the
// row with the value v. The row was written before the reader's snapshot by a
// transaction T that committed v; the change locked the row after T's commit
// (before it, T could not have written), so it saw v or more, and d >= v. No
// clock of any machine is compared with that of another: one that steps back
// or is wrong makes d equal to at, not less.
//
// While a change is under way nobody can raise the row, so what readers vouch
// for stands still until it commits: the price of an import that takes a
// minute is a responseDate that is a minute old. Importers wait for each
// other.
//
// Readers vouch for the second before at, so that nothing is ever published
// with a datestamp at or before a responseDate that was given.
//
// A standby replays commits in the order of the primary. If it shows v, it
// has replayed T and all that had locked the row before T; what it has still
// to replay locked the row later, and the argument above holds with "commits"
// read as "is replayed". So each server vouches for the replay of the very
// database that it reads: the row is read from there, in the same snapshot as
// the records, never from the primary. With synchronous replication or
// without, a promoted standby goes on from what it has replayed, which is all
// that it vouched for.
//
// Two servers behind one address may read from standbys that are apart. A
// harvester that takes its mark from one and its list from the other would
// lose what the first had vouched for and the second has not replayed. So
// servers that read from standbys vouch for Options.Lag less, and refuse
// (ErrBehind, to harvesters a 503 with Retry-After) when theirs is more than
// that behind what they saw on the primary at their last beat.
//
// In one process nothing is read from a state older than what the process has
// vouched for, however the connections of a pool are spread over hosts: read
// compares, and refuses.

// AsOf returns an instant such that every change that becomes visible after
// the call has a later datestamp: see the top of clock.go.
func (s *Store) AsOf(ctx context.Context) (time.Time, error) {
	s.beat(ctx)
	var at int64
	err := s.read(ctx, func(tx *sql.Tx, _ *state) error {
		return s.row(ctx, tx, "SELECT at FROM clock").Scan(&at)
	})
	if err != nil {
		return time.Time{}, err
	}
	if s.lag() > 0 && s.primary.Load()-at > s.lag() {
		return time.Time{}, ErrBehind
	}
	asOf := s.vouchFor(at)
	for {
		last := s.vouched.Load()
		if asOf <= last {
			return time.Unix(last, 0).UTC(), nil
		}
		if s.vouched.CompareAndSwap(last, asOf) {
			return time.Unix(asOf, 0).UTC(), nil
		}
	}
}

// vouchFor returns what can be vouched for where the clock's row says at.
func (s *Store) vouchFor(at int64) int64 { return at - 1 - s.lag() }

func (s *Store) lag() int64 { return int64(s.opts.Lag / time.Second) }

// beat raises the clock's row to the present, at most once a second. That it
// cannot, because an import holds the row, the file cannot be written or the
// primary is gone, is no error: what is vouched for then stands still.
func (s *Store) beat(ctx context.Context) {
	now := s.opts.Now().Unix()
	last := s.lastBeat.Load()
	if now <= last || !s.lastBeat.CompareAndSwap(last, now) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if _, err := s.exec(ctx, s.pools.beat, s.dialect.beat, now, now); err != nil || s.lag() == 0 {
		return
	}
	var at int64
	if s.pools.beat.QueryRowContext(ctx, "SELECT at FROM clock").Scan(&at) == nil {
		s.primary.Store(at)
	}
}
