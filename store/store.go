package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// ErrNoStore says that nothing was ever imported into what an address names.
var ErrNoStore = say.Errorf("il n’y a pas d’entrepôt", "there is no store")

// ErrCorrupt says that a file is damaged, or is no store at all.
var ErrCorrupt = say.Errorf("le fichier est endommagé, ou n’est pas un entrepôt", "the file is damaged or no store")

// ErrNewer says that a store was made by a newer program than this one.
var ErrNewer = say.Errorf("l’entrepôt est d’un programme plus récent", "the store is of a newer program")

// ErrBehind says that the database read from is behind what has been vouched
// for already: a replica that lags. It passes.
var ErrBehind = say.Errorf("la base où lire est en retard", "the database that is read from lags behind")

// Options say how a store is opened. The zero value works.
type Options struct {
	// Create makes a store where there is none.
	Create bool
	// Read is the address of a streaming standby of PostgreSQL to read from;
	// several hosts may be named in it. Empty is the store's own address.
	Read string
	// Lag is how far standbys behind one address may be apart from each
	// other; what is vouched for is that much older. Without Read it is
	// zero; with it, 30 seconds if zero. It is in whole seconds.
	Lag time.Duration
	// Now is the clock, time.Now if nil. It may step back.
	Now func() time.Time
	// Sets finds the setSpecs of a record, in ascending order:
	// crosswalk.SetSpecs if nil.
	Sets func(model.Record) []string
	// Formats are those that records are served in: lists and counts in those
	// that refuse records are indexed, and what the first one writes is kept
	// with the records, if it has a Revision and refuses none. That one must not
	// tell a record's datestamp, which it does not have yet when an import
	// writes it. crosswalk.Formats if nil.
	Formats []oaipmh.Format[model.Record]
	// Buckets is the number of parts that each list of a new store is kept
	// in, 1 if zero. Databases that split tables by ranges spread a list over
	// that many places; SQLite and one PostgreSQL want 1. There are 500 at most.
	Buckets int
	// Waiting, if not nil, is called once if Open has waited for a second,
	// since an import has the file for itself.
	Waiting func()

	synchronous string // of SQLite; tests need not wait for the disk
}

// maxBuckets are as many queries as SQLite makes one list of.
const maxBuckets = 500

func (o *Options) setDefaults() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sets == nil {
		o.Sets = crosswalk.SetSpecs
	}
	if o.Formats == nil {
		o.Formats = crosswalk.Formats(crosswalk.Options{})
	}
	if o.Read != "" && o.Lag == 0 {
		o.Lag = 30 * time.Second
	}
	if o.synchronous == "" {
		o.synchronous = "FULL"
	}
	o.Buckets = max(o.Buckets, 1)
}

// Store is catalogues in a database. It is an oaipmh.Repository, Counter and
// Timekeeper, and safe for concurrent use.
type Store struct {
	address string
	dialect *dialect
	opts    Options
	pools   pools
	choosy  []oaipmh.Format[model.Record] // formats that refuse records, by prefix
	kept    *oaipmh.Format[model.Record]  // format that is kept, nil for none: see rendering.go
	keeps   string                        // its name
	buckets int

	lastBeat atomic.Int64 // see clock.go
	primary  atomic.Int64
	vouched  atomic.Int64

	mu    sync.Mutex
	state *state // as of the version last read
}

// Open opens a store: the path of a SQLite file, or a postgres:// address. It
// waits while an import has the file for itself: see ImportOptions.Exclusive.
func Open(ctx context.Context, address string, opts Options) (*Store, error) {
	opts.setDefaults()
	s := &Store{address: address, dialect: onSQLite, opts: opts, choosy: choosy(opts.Formats)}
	s.kept, s.keeps = keepable(opts.Formats)
	s.vouched.Store(-1 << 62)
	s.lastBeat.Store(-1 << 62)
	s.primary.Store(-1 << 62)
	if len(s.choosy) > 62 {
		return nil, say.Errorf("entrepôt\u00a0: %d formats refusent des notices, 62 au plus peuvent être indexés", "store: %d formats refuse records; at most 62 can be indexed", len(s.choosy))
	}
	if opts.Buckets > maxBuckets {
		return nil, say.Errorf("entrepôt\u00a0: ses listes ne peuvent avoir %d parties, mais %d au plus", "store: its lists cannot have %d parts, but at most %d", opts.Buckets, maxBuckets)
	}
	var err error
	if isPostgres(address) {
		s.dialect = onPostgres
		s.pools, err = openPostgres(address, opts.Read)
	} else if opts.Read != "" {
		return nil, say.Errorf("seul PostgreSQL a des répliques où lire", "store: only PostgreSQL has standbys to read from")
	} else {
		s.pools, err = openSQLite(address, &s.opts)
	}
	if err != nil {
		return nil, err
	}
	for since := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if err = s.prepare(ctx); !busy(err) || ctx.Err() != nil {
			break
		}
		if opts.Waiting != nil && time.Since(since) > time.Second {
			opts.Waiting()
			opts.Waiting = nil
		}
	}
	if err != nil {
		return nil, errors.Join(s.explain(err), s.pools.close())
	}
	return s, nil
}

// Close closes the store's connections.
func (s *Store) Close() error { return s.pools.close() }

// String returns the store's address without its password.
func (s *Store) String() string { return redacted(s.address) }

func choosy(formats []oaipmh.Format[model.Record]) []oaipmh.Format[model.Record] {
	list := slices.DeleteFunc(slices.Clone(formats), func(f oaipmh.Format[model.Record]) bool { return f.Accepts == nil })
	slices.SortFunc(list, func(a, b oaipmh.Format[model.Record]) int { return strings.Compare(a.Prefix, b.Prefix) })
	return list
}

// state is what is read once a version: the headings.
type state struct {
	version  int64
	changed  time.Time
	rules    bool              // whether all records were judged by the rules of this program
	rulesOf  map[string]string // by catalogue
	ids      []string
	headings map[string]*model.Catalogue
	sets     []oaipmh.Set
}

// domain is that of the OAI identifiers of all records.
func (st *state) domain() string {
	for _, id := range st.ids {
		return st.headings[id].Domain()
	}
	return ""
}

func (st *state) catalogues() []*model.Catalogue {
	list := make([]*model.Catalogue, len(st.ids))
	for i, id := range st.ids {
		list[i] = st.headings[id]
	}
	return list
}

// Catalogues returns the headings of the store's catalogues, without outputs,
// in the order of their ids.
func (s *Store) Catalogues(ctx context.Context) (list []*model.Catalogue, err error) {
	err = s.read(ctx, func(_ *sql.Tx, st *state) error {
		list = st.catalogues()
		return nil
	})
	return list, err
}

// read runs queries on one snapshot of the database, with the state that
// belongs to it.
func (s *Store) read(ctx context.Context, f func(*sql.Tx, *state) error) error {
	vouched := s.vouched.Load() // before the snapshot, which may be older than what is vouched for meanwhile
	tx, err := s.pools.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: s.dialect.snapshot})
	if err != nil {
		return s.explain(err)
	}
	defer tx.Rollback()
	var at, version, changed int64
	row := s.row(ctx, tx, "SELECT at, version, changed FROM clock")
	if err := row.Scan(&at, &version, &changed); err != nil {
		return s.explain(err)
	}
	if s.vouchFor(at) < vouched {
		return ErrBehind
	}
	st, err := s.stateAt(ctx, tx, version, changed)
	if err != nil {
		return s.explain(err)
	}
	return s.explain(f(tx, st))
}

// stateAt returns the state of a version, from memory if it was the last one.
func (s *Store) stateAt(ctx context.Context, tx *sql.Tx, version, changed int64) (*state, error) {
	s.mu.Lock()
	st := s.state
	s.mu.Unlock()
	if st != nil && st.version == version {
		return st, nil
	}
	st, err := s.loadState(ctx, tx, true)
	if err != nil {
		return nil, err
	}
	st.version, st.changed = version, time.Unix(changed, 0).UTC()
	s.mu.Lock()
	s.state = st
	s.mu.Unlock()
	return st, nil
}

// loadState reads the headings and, if asked, the sets.
func (s *Store) loadState(ctx context.Context, tx *sql.Tx, sets bool) (*state, error) {
	st := &state{rules: true, rulesOf: map[string]string{}, headings: map[string]*model.Catalogue{}}
	rows, err := tx.QueryContext(ctx, "SELECT id, rules, heading FROM catalogues ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, rules, heading string
		if err := rows.Scan(&id, &rules, &heading); err != nil {
			return nil, err
		}
		if st.headings[id], err = parseHeading(heading); err != nil {
			return nil, say.Errorf("%v\u00a0: en-tête du catalogue %s\u00a0: %v", "%v: heading of catalogue %s: %v", ErrCorrupt, id, err)
		}
		st.ids = append(st.ids, id)
		st.rulesOf[id] = rules
		st.rules = st.rules && rules == s.rules()
	}
	if err := rows.Err(); err != nil || !sets {
		return st, err
	}
	st.sets, err = s.loadSets(ctx, tx, st)
	return st, err
}

// loadSets returns the sets that headings describe and those that records are
// in.
func (s *Store) loadSets(ctx context.Context, tx *sql.Tx, st *state) ([]oaipmh.Set, error) {
	specs, err := s.specs(ctx, tx)
	if err != nil || len(st.ids) == 0 {
		return nil, err
	}
	sets := map[string]oaipmh.Set{}
	var kinds []model.Kind
	for _, spec := range specs {
		sets[spec] = oaipmh.Set{Spec: spec, Name: spec}
		if kind, ok := strings.CutPrefix(spec, "type:"); ok {
			kinds = append(kinds, model.Kind(kind))
		}
	}
	for _, set := range crosswalk.Sets(kinds, st.catalogues()...) {
		sets[set.Spec] = set
	}
	list := slices.Collect(maps.Values(sets))
	slices.SortFunc(list, func(a, b oaipmh.Set) int { return strings.Compare(a.Spec, b.Spec) })
	return list, nil
}

// specs returns the sets that records are in.
func (s *Store) specs(ctx context.Context, tx *sql.Tx) (list []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT DISTINCT spec FROM set_counts WHERE spec <> ''")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var spec string
		if err := rows.Scan(&spec); err != nil {
			return nil, err
		}
		list = append(list, spec)
	}
	return list, rows.Err()
}

// query runs a statement within a transaction of the read pool, on its own
// connection: to wait for a second one while holding the first would be a
// deadlock once all do.
func (s *Store) query(ctx context.Context, tx *sql.Tx, text string, args ...any) (*sql.Rows, error) {
	return tx.QueryContext(ctx, s.dialect.sql(text), args...)
}

func (s *Store) row(ctx context.Context, tx *sql.Tx, text string, args ...any) scanner {
	return tx.QueryRowContext(ctx, s.dialect.sql(text), args...)
}

type scanner interface{ Scan(dest ...any) error }
