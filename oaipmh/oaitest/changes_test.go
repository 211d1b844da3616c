package oaitest

import (
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// memory is a subject that keeps revisions in memory.
func memory(now func() time.Time) Subject[int] {
	m := &oaipmh.Memory[int]{Now: now}
	return Subject[int]{
		Repository: m,
		Put: func(_ context.Context, id string, revision int, sets []string) error {
			return m.Put(oaipmh.Record[int]{Header: oaipmh.Header{Identifier: id, Sets: sets}, Value: revision})
		},
		Delete:   func(_ context.Context, id string) error { return m.Delete(id) },
		Revision: func(r int) int { return r },
	}
}

func TestMemoryLosesNothing(t *testing.T) { RunChanges(t, memory) }

// TestMemoryOfAClockOfItsOwnLosesNothing is for repositories that take their
// time from a database.
func TestMemoryOfAClockOfItsOwnLosesNothing(t *testing.T) {
	RunChanges(t, func(func() time.Time) Subject[int] { return memory(nil) })
}

// TestRunChangesFindsFaults breaks the promises of a repository one by one.
func TestRunChangesFindsFaults(t *testing.T) {
	tests := map[string]func(oaipmh.Repository[int], Subject[int]) Subject[int]{
		"it says nothing of its clock, which steps back": func(r oaipmh.Repository[int], s Subject[int]) Subject[int] {
			s.Repository = struct{ oaipmh.Repository[int] }{r}
			return s
		},
		"it vouches for a second that is not over": func(r oaipmh.Repository[int], s Subject[int]) Subject[int] {
			s.Repository = hasty{r}
			return s
		},
		"it forgets deletions": func(r oaipmh.Repository[int], s Subject[int]) Subject[int] {
			s.Repository = forgetful{r, r.(oaipmh.Timekeeper)}
			return s
		},
		"deletions keep the datestamp": func(r oaipmh.Repository[int], s Subject[int]) Subject[int] {
			s.Repository = lateDelete{r, r.(oaipmh.Timekeeper)}
			return s
		},
		"deletions leave all sets": func(r oaipmh.Repository[int], s Subject[int]) Subject[int] {
			m := r.(*oaipmh.Memory[int])
			s.Delete = func(_ context.Context, id string) error {
				return m.Put(oaipmh.Record[int]{Header: oaipmh.Header{Identifier: id, Deleted: true}})
			}
			return s
		},
		"it pages by datestamp alone": func(r oaipmh.Repository[int], s Subject[int]) Subject[int] {
			s.Repository = secondwise{r, r.(oaipmh.Timekeeper)}
			return s
		},
		"one record by itself is as it was at first": func(r oaipmh.Repository[int], s Subject[int]) Subject[int] {
			s.Repository = cached{r.(*oaipmh.Memory[int]), map[string]oaipmh.Record[int]{}}
			put := s.Put
			s.Put = func(ctx context.Context, id string, revision int, sets []string) error {
				err := put(ctx, id, revision, sets)
				_, _ = s.Repository.Record(ctx, id)
				return err
			}
			return s
		},
		"it counts too many": func(r oaipmh.Repository[int], s Subject[int]) Subject[int] {
			s.Repository = generous{r, r.(oaipmh.Timekeeper)}
			return s
		},
	}
	for name, breakIt := range tests {
		t.Run(name, func(t *testing.T) {
			err := tryPrograms(t.Context(), func(now func() time.Time) Subject[int] {
				s := memory(now)
				return breakIt(s.Repository, s)
			}, 1, 2000)
			if err == nil {
				t.Fatal("no interleaving finds it")
			}
			t.Log(err)
		})
	}
}

type hasty struct{ oaipmh.Repository[int] }

func (h hasty) AsOf(ctx context.Context) (time.Time, error) {
	t, err := h.Repository.(oaipmh.Timekeeper).AsOf(ctx)
	return t.Add(time.Second), err
}

type forgetful struct {
	oaipmh.Repository[int]
	oaipmh.Timekeeper
}

func (f forgetful) Records(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[int], error] {
	return func(yield func(oaipmh.Record[int], error) bool) {
		for r, err := range f.Repository.Records(ctx, sel, after) {
			if !r.Deleted && !yield(r, err) {
				return
			}
		}
	}
}

// lateDelete shows deletions with a datestamp of an hour before.
type lateDelete struct {
	oaipmh.Repository[int]
	oaipmh.Timekeeper
}

func (l lateDelete) Records(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[int], error] {
	return func(yield func(oaipmh.Record[int], error) bool) {
		var all []oaipmh.Record[int]
		for r := range l.Repository.Records(ctx, oaipmh.Selection{Set: sel.Set}, oaipmh.Key{}) {
			if r.Deleted {
				r.Datestamp = r.Datestamp.Add(-time.Hour)
			}
			if r.Key().Compare(after) > 0 && matches(sel, &r.Header) {
				all = append(all, r)
			}
		}
		slices.SortFunc(all, func(a, b oaipmh.Record[int]) int { return a.Key().Compare(b.Key()) })
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

type secondwise struct {
	oaipmh.Repository[int]
	oaipmh.Timekeeper
}

func (s secondwise) Records(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[int], error] {
	after.Identifier = "\U0010FFFF"
	return s.Repository.Records(ctx, sel, after)
}

type cached struct {
	*oaipmh.Memory[int]
	known map[string]oaipmh.Record[int]
}

func (c cached) Record(ctx context.Context, id string) (oaipmh.Record[int], error) {
	if r, ok := c.known[id]; ok {
		return r, nil
	}
	r, err := c.Memory.Record(ctx, id)
	if err == nil {
		c.known[id] = r
	}
	return r, err
}

type generous struct {
	oaipmh.Repository[int]
	oaipmh.Timekeeper
}

func (g generous) Count(ctx context.Context, sel oaipmh.Selection) (int, error) {
	n, err := g.Repository.(oaipmh.Counter).Count(ctx, sel)
	return n + 1, err
}
