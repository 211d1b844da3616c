package oaitest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// world is a repository under change, what is known to be true of it, and
// those who harvest it.
type world[R any] struct {
	ctx        context.Context
	subject    Subject[R]
	now        time.Time
	turn       int // counts changes
	truth      map[string]*truth
	harvesters []*harvester
}

// truth is what a record is.
type truth struct {
	state
	turn int // of its last change
}

// state is what a harvester can know of a record.
type state struct {
	revision int
	deleted  bool
	sets     []string
}

func (s state) equal(o state) bool {
	sorted := func(sets []string) []string { return slices.Sorted(slices.Values(sets)) } // they may be named in any order
	return s.revision == o.revision && s.deleted == o.deleted && slices.Equal(sorted(s.sets), sorted(o.sets))
}

// run returns the first thing that goes wrong.
func run[R any](ctx context.Context, newSubject func(now func() time.Time) Subject[R], p program) (err error) {
	w := &world[R]{ctx: ctx, truth: map[string]*truth{}, now: time.Date(2023, 5, 12, 8, 0, 0, 0, time.UTC)}
	w.subject = newSubject(func() time.Time { return w.now })
	if w.subject.Close != nil {
		defer func() { err = errors.Join(err, w.subject.Close()) }()
	}
	for _, plan := range p.harvesters {
		h, err := w.newHarvester(plan)
		if err != nil {
			return err
		}
		w.harvesters = append(w.harvesters, h)
	}
	for i, o := range p.ops {
		if err := w.do(o); err != nil {
			return fmt.Errorf("event %d: %w", i+1, err)
		}
	}
	return w.settle()
}

func (w *world[R]) newHarvester(p plan) (*harvester, error) {
	revision := oaipmh.Format[R]{
		Prefix:    "revision",
		Schema:    "https://oaitest.example/revision.xsd",
		Namespace: "https://oaitest.example/revision",
		Append: func(dst []byte, r R) ([]byte, error) {
			return fmt.Appendf(dst, `<r xmlns="https://oaitest.example/revision">%d</r>`, w.subject.Revision(r)), nil
		},
	}
	provider, err := oaipmh.NewProvider(w.subject.Repository, oaipmh.Options{
		Name: "oaitest", BaseURL: "https://oaitest.example/oai", AdminEmails: []string{"oai@oaitest.example"},
		PageSize: p.pageSize, Now: func() time.Time { return w.now },
	}, withDublinCore([]oaipmh.Format[R]{revision})...)
	return &harvester{plan: p, handler: provider, have: map[string]state{}}, err
}

func (w *world[R]) do(o op) error {
	switch o.kind {
	case tick:
		w.now = w.now.Add(o.by)
		return nil
	case step:
		return w.step(w.harvesters[o.id])
	}
	id := identifier(o.id)
	t := w.truth[id]
	if o.kind == remove {
		if t == nil || t.deleted {
			return nil
		}
		w.turn++
		t.turn, t.deleted, t.revision = w.turn, true, 0
		return w.subject.Delete(w.ctx, id)
	}
	w.turn++
	w.truth[id] = &truth{state{w.turn, false, o.sets}, w.turn}
	return w.subject.Put(w.ctx, id, w.turn, o.sets)
}

// step lets a harvester make one request and judges the answer.
func (w *world[R]) step(h *harvester) error {
	if !h.active {
		h.turn = w.turn
	}
	done, err := h.step(w.ctx, w.turn)
	if err != nil {
		return fmt.Errorf("%s of page size %d: %w", h.verb, h.pageSize, err)
	}
	for id, n := range h.met {
		switch t := w.truth[id]; {
		case t == nil:
			return fmt.Errorf("%s was never put", id)
		case n > 1 && t.turn <= h.turn:
			return fmt.Errorf("a list repeats %s, which did not change", id)
		}
	}
	if !done || !h.full {
		return nil
	}
	for id, t := range w.truth {
		if t.turn <= h.turn && h.met[id] == 0 && h.selects(t.sets) {
			return fmt.Errorf("a full list lacks %s, which did not change", id)
		}
	}
	return nil
}

// settle lets every harvester finish its list and take one more, and compares
// what it has.
func (w *world[R]) settle() error {
	w.now = w.now.Add(time.Hour)
	for i, h := range w.harvesters {
		if err := w.closeWindow(h); err != nil {
			return err
		}
		for lists := 0; lists < 2 || h.active; {
			if err := w.step(h); err != nil {
				return fmt.Errorf("in the end: harvester %d: %w", i, err)
			}
			if !h.active {
				lists++
			}
		}
		for id, t := range w.truth {
			got, ok := h.have[id]
			if !h.selects(t.sets) {
				continue // gone to another set, of which OAI-PMH tells nothing
			}
			want := t.state
			if h.verb == "ListIdentifiers" {
				want.revision = 0
			}
			if !ok || !got.equal(want) {
				return fmt.Errorf("in the end harvester %d has of %s %+v (%t), the repository %+v", i, id, got, ok, want)
			}
		}
	}
	return w.lookUp()
}

// lookUp compares what is to be had of each record by itself: some harvesters
// list headers and then ask for one record after the other.
func (w *world[R]) lookUp() error {
	for id, t := range w.truth {
		rec, err := w.subject.Repository.Record(w.ctx, id)
		if err != nil {
			return fmt.Errorf("in the end Record(%s): %w", id, err)
		}
		got := state{deleted: rec.Deleted, sets: rec.Sets}
		if !rec.Deleted {
			got.revision = w.subject.Revision(rec.Value)
		}
		if !got.equal(t.state) {
			return fmt.Errorf("in the end Record(%s) is %+v, the record %+v", id, got, t.state)
		}
	}
	return nil
}

// closeWindow lets a harvester of windows, who stops a second before the
// present, take that second too where the repository has a clock of its own,
// which the hour that passed does not move.
func (w *world[R]) closeWindow(h *harvester) error {
	if h.mark != window {
		return nil
	}
	p, err := h.ask(w.ctx, url.Values{"verb": {"Identify"}})
	if err == nil && p.Date != w.now.Format(stamp) {
		h.last = true
	}
	return err
}
