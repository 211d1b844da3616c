package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
)

// ImportOptions say how catalogues are imported. The zero value works.
type ImportOptions struct {
	// DryRun undoes everything in the end.
	DryRun bool
	// Exclusive keeps all others from the store until the import has ended, if
	// it is the first one into a SQLite file and nobody else has that open: it
	// takes a quarter less of the processor's time then, and half of the
	// disk's room. It is ignored otherwise. Meanwhile Open waits, and methods
	// of this Store fail.
	Exclusive bool
	// Source names where the catalogues come from, for the history.
	Source string
	// Progress, if not nil, is told now and then how many records were seen.
	Progress func(records int)
	// Changed, if not nil, is told of each change.
	Changed func(Change)
}

// Report says what an import did.
type Report struct {
	// Created, Changed, Deleted and Restored count the records that got the
	// Datestamp, Unchanged those that kept theirs.
	Created, Changed, Deleted, Restored, Unchanged int
	// Datestamp of what the import changed.
	Datestamp time.Time
}

// ChangeKind says what happened to a record.
type ChangeKind string

// The kinds of changes.
const (
	Created  ChangeKind = "created"
	Changed  ChangeKind = "changed"
	Deleted  ChangeKind = "deleted"
	Restored ChangeKind = "restored"
)

// Change is what happened to a record.
type Change struct {
	ID   string
	Kind ChangeKind
	// Fields are the keys of the output that differ, in ascending order, if
	// it was Changed; none if only what it refers to differs.
	Fields []string
}

// Import brings catalogues into the store, in one transaction: what they hold
// is compared with what is there. Records that are the same keep their
// datestamp; those that differ, those that are new and those that were deleted
// and are back get a new one. Records that are missing are deleted if the
// import speaks for their group: one that a heading describes, or none if some
// output of the catalogue has no group or the heading describes none.
//
// A record differs if its output does, or its group, the agents it refers to
// or what of the catalogue's heading is served with every record.
//
// Problems of the catalogues are all told, joined in the error, and leave the
// store as it was; so does an error of the database and the end of the
// context. References to outputs that are neither among them nor in the store
// are problems, too. Other imports wait for this one.
func (s *Store) Import(ctx context.Context, opts ImportOptions, catalogues ...*model.Stream) (Report, error) {
	if opts.Exclusive && !opts.DryRun {
		defer s.exclude(ctx)()
	}
	w, err := s.begin(ctx)
	if err != nil {
		return Report{}, err
	}
	defer w.rollback()
	im := &importer{writer: w, opts: opts}
	im.report.Datestamp = time.Unix(w.at, 0).UTC()
	if err := im.start(ctx); err != nil {
		return Report{}, err
	}
	if err := im.catalogues(ctx, catalogues); err != nil {
		return Report{}, err
	}
	if im.problems.list == nil {
		if err := im.sweep(ctx); err != nil {
			return Report{}, err
		}
	}
	if err := im.dangling(ctx); err != nil {
		return Report{}, err
	}
	if err := im.problems.err(); err != nil {
		return Report{}, err
	}
	if opts.DryRun {
		return im.report, nil
	}
	if w.dirty {
		if err := im.log(ctx); err != nil {
			return Report{}, err
		}
	}
	return im.report, w.commit(ctx)
}

// importer is an import under way.
type importer struct {
	*writer
	opts     ImportOptions
	state    *state
	report   Report
	problems problems
	scopes   []*scope
	batches  int64
	done     int
	refs     int64 // references from output to output that are to be looked up
}

// scope is what an import has to say of one catalogue, in how many files it
// may come.
type scope struct {
	id     string
	spoken map[string]bool // groups that the import speaks for
	flat   bool            // whether it speaks for outputs without group
	met    map[string]int  // records that were there, by group

	old, now      *model.Catalogue // headings before and after the import; old is nil at first
	before, after *contexts        // of them
	oldRules      string           // by which those that are there were judged
	rules         bool             // whether they are those of this program
	same          bool             // whether all records mean the same under both headings
}

func (im *importer) scope(id string) *scope {
	for _, sc := range im.scopes {
		if sc.id == id {
			return sc
		}
	}
	old := im.state.headings[id]
	sc := &scope{id: id, spoken: map[string]bool{}, met: map[string]int{}, old: old, now: old, oldRules: im.state.rulesOf[id]}
	im.scopes = append(im.scopes, sc)
	return sc
}

// problems are what is wrong with the catalogues.
type problems struct {
	list []error
	more int
}

// maxProblems bounds memory: nobody reads more.
const maxProblems = 10_000

func (p *problems) add(err error) {
	if len(p.list) < maxProblems {
		p.list = append(p.list, err)
	} else {
		p.more++
	}
}

func (p *problems) err() error {
	if p.more > 0 {
		p.list = append(p.list, say.Errorf("et %d de plus", "and %d more", p.more))
	}
	return errors.Join(p.list...)
}

// start reads what is known and makes room for what is seen.
func (im *importer) start(ctx context.Context) (err error) {
	if im.state, err = im.s.loadState(ctx, im.tx, false); err != nil {
		return im.s.explain(err)
	}
	for _, text := range []string{
		"CREATE {table} seen (id {text} PRIMARY KEY, batch BIGINT) {clustered}", "DELETE FROM seen",
		"CREATE {table} refs (n BIGINT PRIMARY KEY, target {text}, place TEXT) {clustered}", "DELETE FROM refs",
	} {
		if _, err := im.tx.ExecContext(ctx, im.s.dialect.temporary.Replace(text)); err != nil {
			return im.s.explain(err)
		}
	}
	return nil
}

// log writes the import down.
func (im *importer) log(ctx context.Context) error {
	r := &im.report
	source := strings.ToValidUTF8(strings.ReplaceAll(im.opts.Source, "\x00", ""), "\uFFFD") // a file may have any name
	return im.exec(ctx, "INSERT INTO imports (version, at, source, created, changed, deleted, restored) VALUES (?, ?, ?, ?, ?, ?, ?)",
		im.version, im.at, source, r.Created, r.Changed, r.Deleted, r.Restored)
}

// catalogues imports the headings, then the outputs, which are judged by what
// all the headings say together.
func (im *importer) catalogues(ctx context.Context, streams []*model.Stream) error {
	parts := make([]*part, 0, len(streams))
	var headings []*model.Catalogue
	for _, stream := range streams {
		heading := stream.Catalogue()
		if !im.sound(heading) {
			continue
		}
		sc := im.scope(heading.ID)
		sc.add(heading)
		im.state.headings[sc.id] = sc.now
		im.state.ids = slices.Sorted(maps.Keys(im.state.headings))
		parts = append(parts, &part{im, sc, stream})
		headings = append(headings, heading)
	}
	for _, p := range model.SharedIDs(headings...) { // headings alone, without outputs
		im.problems.add(&model.LoadError{Problems: []model.Problem{p}})
	}
	for _, sc := range im.scopes {
		if err := im.head(ctx, sc); err != nil {
			return err
		}
	}
	for _, p := range parts {
		if err := p.outputs(ctx); err != nil {
			return err
		}
	}
	return nil
}

// outputs imports those of one file.
func (p *part) outputs(ctx context.Context) error {
	for b := range p.read(ctx, p.stream) {
		if err := p.apply(ctx, b); err != nil {
			return err
		}
		p.done += len(b.items)
		if p.opts.Progress != nil {
			p.opts.Progress(p.done)
		}
	}
	return ctx.Err()
}

// sound reports whether a heading can be stored, and says why not.
func (im *importer) sound(heading *model.Catalogue) bool {
	before := len(im.problems.list)
	for _, p := range heading.Validate() {
		if p.Severity == model.Error {
			im.problems.add(&model.LoadError{Problems: []model.Problem{p}})
		}
	}
	if have, want := heading.Domain(), im.state.domain(); want != "" && have != want {
		im.problems.add(say.Errorf("le catalogue %s est de %s, mais l’entrepôt est de %s, dont sont tous ses identifiants OAI\u00a0; importez-le dans un autre",
			"catalogue %s is of %s, but the store is of %s, of which all its OAI identifiers are: import it into another one", heading.ID, have, want))
	}
	return len(im.problems.list) == before
}

// part is one file of an import.
type part struct {
	*importer
	*scope
	stream *model.Stream
}

// add notes the heading of one file.
func (sc *scope) add(heading *model.Catalogue) {
	sc.now = merge(heading, sc.now)
	for _, g := range heading.Groups {
		sc.spoken[g.ID] = true
	}
	sc.flat = sc.flat || len(heading.Groups) == 0
}

// head compares the heading of a catalogue with what is there and stores it.
func (im *importer) head(ctx context.Context, sc *scope) error {
	sc.after = newContexts(sc.now)
	sc.rules = sc.oldRules == im.s.rules()
	if sc.old != nil {
		sc.before = newContexts(sc.old)
		sc.same = sc.rules && sc.before.same(sc.after)
	}
	text, err := json.Marshal(sc.now)
	if err != nil {
		return err
	}
	if sc.old != nil && sc.rules {
		if was, err := json.Marshal(sc.old); err == nil && string(was) == string(text) {
			return nil
		}
	}
	im.dirty = true
	return im.exec(ctx, "INSERT INTO catalogues (id, rules, heading) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET rules = excluded.rules, heading = excluded.heading",
		sc.id, im.s.rules(), string(text))
}

// merge is a heading with what it does not speak of taken from the one that
// was there: other groups, and agents and sources that their outputs name.
func merge(now, old *model.Catalogue) *model.Catalogue {
	if old == nil {
		return now
	}
	c := *now
	c.Groups = union(now.Groups, old.Groups, func(g model.Group) string { return g.ID })
	c.Agents = union(now.Agents, old.Agents, func(a model.Agent) string { return a.ID })
	c.Sources = union(now.Sources, old.Sources, func(s model.Source) string { return s.ID })
	return &c
}

// union is a list and what only the other holds, that by key.
func union[T any](first, second []T, key func(T) string) []T {
	known := map[string]bool{}
	for _, v := range first {
		known[key(v)] = true
	}
	rest := slices.DeleteFunc(slices.Clone(second), func(v T) bool { return known[key(v)] })
	slices.SortFunc(rest, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	return slices.Concat(first, rest)
}

// rulesVersion grows when sets or formats of a record are found otherwise.
const rulesVersion = "1"

// rules names what sets and formats were found by.
func (s *Store) rules() string {
	names := []string{rulesVersion}
	for _, f := range s.choosy {
		names = append(names, f.Prefix)
	}
	return strings.Join(names, " ")
}
