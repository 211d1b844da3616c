package oaitest

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// Subject is a repository that a test can change: what [RunChanges] needs of
// an embedder.
type Subject[R any] struct {
	// Repository is empty at first.
	Repository oaipmh.Repository[R]
	// Put creates a record, changes it or brings it back after its deletion;
	// it must give it a new datestamp. The revision is to be found again in
	// the record's value.
	Put func(ctx context.Context, identifier string, revision int, sets []string) error
	// Delete withdraws a record that is there and not deleted. What remains
	// keeps its sets.
	Delete func(ctx context.Context, identifier string) error
	// Revision returns the revision that a value was put with.
	Revision func(R) int
	// Close, if not nil, is called when the subject is no longer needed.
	Close func() error
}

var (
	interleavings = flag.Int("oaitest.interleavings", 300, "the number of random interleavings that RunChanges tries")
	seed          = flag.Uint64("oaitest.seed", 1, "the seed of the first of them")
)

// RunChanges proves that no harvester loses anything: random programs of
// insertions, changes, deletions, undeletions, changes of sets, steps of the
// clock, also back, and requests of several harvesters at once run on fresh
// repositories. A harvester takes a full list, then lists from the
// responseDate that it was given; in the end it must hold exactly what the
// repository holds, and Record must return it. On the way no list may skip or
// repeat a record that does not change, no page may be empty, and every size
// must be true.
//
// newSubject makes a repository that takes its time from now, if it can. A
// program that fails is shrunk to a short one and printed.
//
// The flags -oaitest.interleavings and -oaitest.seed say how many and which.
func RunChanges[R any](t *testing.T, newSubject func(now func() time.Time) Subject[R]) {
	t.Helper()
	n := *interleavings
	if testing.Short() {
		n = min(n, 50)
	}
	if err := tryPrograms(t.Context(), newSubject, *seed, n); err != nil {
		t.Error(err)
	}
}

func tryPrograms[R any](ctx context.Context, newSubject func(now func() time.Time) Subject[R], seed uint64, n int) error {
	for i := range uint64(n) {
		p := newProgram(seed + i)
		err := run(ctx, newSubject, p)
		if err == nil {
			continue
		}
		p, err = shrink(p, err, func(p program) error { return run(ctx, newSubject, p) })
		return fmt.Errorf("seed %d: %w\nafter\n%s", seed+i, err, p)
	}
	return ctx.Err()
}

// program is what happens to a repository and who harvests it meanwhile.
type program struct {
	harvesters []plan
	ops        []op
}

// op is one event. Its fields are used as kind says.
type op struct {
	kind opKind
	id   int
	sets []string
	by   time.Duration
}

type opKind string

const (
	put    opKind = "put"
	remove opKind = "delete"
	tick   opKind = "clock"
	step   opKind = "harvester"
)

// plan is how a harvester works.
type plan struct {
	verb     string
	set      string
	pageSize int
	// mark is which responseDate the next list starts from.
	mark markRule
}

type markRule string

const (
	firstPage markRule = "the first page's responseDate"
	lastPage  markRule = "the last page's responseDate"
	identify  markRule = "the responseDate of an Identify before the list"
	window    markRule = "windows up to a second before the present"
)

func newProgram(seed uint64) program {
	rng := rand.New(rand.NewPCG(seed, 0))
	p := program{}
	for range 1 + rng.IntN(3) {
		p.harvesters = append(p.harvesters, plan{
			verb:     pick(rng, "ListRecords", "ListRecords", "ListIdentifiers"),
			set:      pick(rng, "", "", "a", "a:b"),
			pageSize: 1 + rng.IntN(4),
			mark:     pick(rng, firstPage, lastPage, lastPage, identify, window),
		})
	}
	for range 10 + rng.IntN(60) {
		o := op{kind: pick(rng, put, put, put, remove, tick, step, step, step), id: rng.IntN(8)}
		switch o.kind {
		case put:
			o.sets = pick(rng, nil, nil, []string{"a"}, []string{"a:b"}, []string{"a:b", "c"}, []string{"c"})
		case tick:
			o.by = pick(rng, 300*time.Millisecond, time.Second, time.Second, 2*time.Second, -300*time.Millisecond, -3*time.Second)
		case step:
			o.id %= len(p.harvesters)
		}
		p.ops = append(p.ops, o)
	}
	return p
}

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }

// String tells the program line by line.
func (p program) String() string {
	var b strings.Builder
	for i, h := range p.harvesters {
		fmt.Fprintf(&b, "harvester %d: %s, set %q, page size %d, goes on from %s\n", i, h.verb, h.set, h.pageSize, h.mark)
	}
	for i, o := range p.ops {
		fmt.Fprintf(&b, "%3d. %s ", i+1, o.kind)
		switch o.kind {
		case put:
			fmt.Fprintf(&b, "%s in sets %q\n", identifier(o.id), o.sets)
		case remove:
			fmt.Fprintf(&b, "%s\n", identifier(o.id))
		case tick:
			fmt.Fprintf(&b, "%+v\n", o.by)
		case step:
			fmt.Fprintf(&b, "%d asks\n", o.id)
		}
	}
	return b.String()
}

func identifier(n int) string { return fmt.Sprintf("oai:oaitest.example:%d", n) }

// shrink leaves out events for as long as the program fails.
func shrink(p program, err error, run func(program) error) (program, error) {
	for size := len(p.ops) / 2; size > 0; {
		smaller := false
		for at := 0; at+size <= len(p.ops); {
			q := program{p.harvesters, slices.Delete(slices.Clone(p.ops), at, at+size)}
			if e := run(q); e != nil {
				p, err, smaller = q, e, true
			} else {
				at += size
			}
		}
		if !smaller {
			size /= 2
		}
		size = min(size, len(p.ops))
	}
	return p, err
}
