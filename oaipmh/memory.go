package oaipmh

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Memory is a [Repository] in memory, for catalogues that fit there: a million
// records do. It is a [Counter] and a [Timekeeper]. The zero Memory is empty
// and ready; it is safe for concurrent use, but its fields must be set before
// the first record.
type Memory[R any] struct {
	// Now is the clock that gives datestamps, time.Now if nil. It may step
	// back: datestamps never fall behind what a response has vouched for.
	Now func() time.Time
	// Formats are the formats, at most 64, by which lists and counts are
	// indexed. Those with an Accepts function need it: lists in such a format
	// that is not there are right too, but take longer.
	Formats []Format[R]
	// Render are the formats in which Put renders a record, for all answers:
	// these are made several times as fast, and the memory of the text, with
	// the header before it, is the price. A record that cannot be rendered is
	// kept without.
	Render []Format[R]

	mu      sync.RWMutex
	records map[string]*entry[R]
	sets    map[string]*memorySet[R] // "" holds every record
	specs   []string                 // of sets, sorted, without ""
	vouched time.Time                // what AsOf returned last
	rooms   sync.Pool                // for the batches that lists are read in
}

// A list is read in batches, the first a small one: many readers want no more
// than one record.
const minBatch, maxBatch = 32, 256

type memorySet[R any] struct {
	Set
	sorted sorted[R]
}

// Put stores a record in place of the one that had its identifier, or brings
// a deleted one back. The zero Datestamp means now; one that is given is kept
// unless a response has already promised that nothing older would come. The
// record's slices must not be changed afterwards.
//
// It returns an error, and stores nothing, if the identifier is not a URI, a
// setSpec is not one or the Datestamp has no year of four digits.
func (m *Memory[R]) Put(rec Record[R]) error {
	if !isURI(rec.Identifier) {
		return fmt.Errorf("oaipmh: identifier %q is not a URI", rec.Identifier)
	}
	if year := rec.Datestamp.UTC().Year(); year < 1 || year > 9999 {
		return fmt.Errorf("oaipmh: record %s: datestamp of the year %d", rec.Identifier, year)
	}
	for _, spec := range rec.Sets {
		if !setPattern.MatchString(spec) {
			return fmt.Errorf("oaipmh: record %s: %q is not a setSpec", rec.Identifier, spec)
		}
	}
	e := &entry[R]{Record: rec}
	for i := range m.Formats {
		if m.Formats[i].admits(&rec) == nil {
			e.formats |= 1 << i
		}
	}
	e.Rendered = m.render(&rec)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(e)
	return nil
}

// render returns what the record carries, and what it does not in the formats
// of Render. What goes wrong here does so again when the provider tries, and
// is reported there.
func (m *Memory[R]) render(rec *Record[R]) []Rendered {
	if len(m.Render) == 0 || rec.Deleted {
		return rec.Rendered
	}
	all := slices.Clone(rec.Rendered)
	for i := range m.Render {
		f := &m.Render[i]
		if rec.carried(f.Prefix) != "" {
			continue
		}
		if r, err := f.Render(rec.Value); err == nil {
			all = append(all, r)
		}
	}
	return all
}

// begin makes the texts with which answers begin the record, now that its
// datestamp is known. What the record carries becomes a part of them, not to
// be in memory twice.
func (m *Memory[R]) begin(e *entry[R]) {
	if len(m.Render) == 0 || e.Deleted {
		return
	}
	start := appendStart(make([]byte, 0, 512), &e.Header)
	for i := range e.Rendered {
		r := &e.Rendered[i]
		if slices.ContainsFunc(m.Render, func(f Format[R]) bool { return f.Prefix == r.prefix }) {
			begun := string(start) + r.xml
			e.begun = append(e.begun, Rendered{r.prefix, begun})
			r.xml = begun[len(start):]
		}
	}
}

// Delete withdraws a record: its header stays, with a new datestamp and the
// sets that it had. It returns an error that is ErrNotFound if there never was
// such a record, and does nothing if it is deleted already.
func (m *Memory[R]) Delete(identifier string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	old, ok := m.records[identifier]
	if !ok {
		return fmt.Errorf("oaipmh: %s: %w", identifier, ErrNotFound)
	}
	if old.Deleted {
		return nil
	}
	var gone Record[R]
	gone.Header = Header{Identifier: identifier, Sets: old.Sets, Deleted: true}
	m.put(&entry[R]{Record: gone, formats: ^uint64(0)})
	return nil
}

// PutSet describes a set. Sets that records name need not be described, but
// have no better name than their setSpec then.
func (m *Memory[R]) PutSet(s Set) error {
	if !setPattern.MatchString(s.Spec) {
		return fmt.Errorf("oaipmh: %q is not a setSpec", s.Spec)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.set(s.Spec).Set = s
	return nil
}

// Len returns the number of records, deleted ones included.
func (m *Memory[R]) Len() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.records)
}

func (m *Memory[R]) put(e *entry[R]) {
	if e.Datestamp.IsZero() {
		e.Datestamp = m.now()
	}
	if e.Datestamp.Before(m.vouched) {
		e.Datestamp = m.vouched
	}
	e.Datestamp = e.Datestamp.UTC().Truncate(time.Second)
	m.begin(e)
	if old := m.records[e.Identifier]; old != nil {
		for spec := range within(old.Sets) {
			m.set(spec).sorted.remove(old)
		}
	}
	if m.records == nil {
		m.records = map[string]*entry[R]{}
	}
	m.records[e.Identifier] = e
	for spec := range within(e.Sets) {
		m.set(spec).sorted.insert(e, len(m.Formats))
	}
}

// within yields the sets that a record of some setSpecs is in, each once:
// those, what they are part of, and "", the whole.
func within(specs []string) iter.Seq[string] {
	if len(specs) == 0 {
		return func(yield func(string) bool) { yield("") }
	}
	all := map[string]bool{"": true}
	for _, spec := range specs {
		for i := range len(spec) {
			if spec[i] == ':' {
				all[spec[:i]] = true
			}
		}
		all[spec] = true
	}
	return maps.Keys(all)
}

// set returns the set of a setSpec, a new one and those that it is part of if
// need be.
func (m *Memory[R]) set(spec string) *memorySet[R] {
	if s := m.sets[spec]; s != nil {
		return s
	}
	if m.sets == nil {
		m.sets = map[string]*memorySet[R]{}
	}
	s := &memorySet[R]{Set: Set{Spec: spec, Name: spec}}
	m.sets[spec] = s
	if spec == "" {
		return s
	}
	if i := strings.LastIndexByte(spec, ':'); i > 0 {
		m.set(spec[:i])
	}
	at, _ := slices.BinarySearch(m.specs, spec)
	m.specs = slices.Insert(m.specs, at, spec)
	return s
}

func (m *Memory[R]) now() time.Time {
	if m.Now != nil {
		return m.Now()
	}
	return time.Now()
}

// AsOf returns the present: a change is visible at once, and gets a datestamp
// that is not earlier.
func (m *Memory[R]) AsOf(context.Context) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now := m.now().UTC().Truncate(time.Second); now.After(m.vouched) {
		m.vouched = now
	}
	return m.vouched, nil
}

// Record returns the record of an identifier.
func (m *Memory[R]) Record(_ context.Context, identifier string) (Record[R], error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	e, ok := m.records[identifier]
	if !ok {
		return Record[R]{}, fmt.Errorf("oaipmh: %s: %w", identifier, ErrNotFound)
	}
	return e.Record, nil
}

// Records yields the records of a selection after a key. It holds no lock
// while it yields, so a long walk hinders nobody and sees changes ahead of it.
func (m *Memory[R]) Records(ctx context.Context, sel Selection, after Key) iter.Seq2[Record[R], error] {
	return func(yield func(Record[R], error) bool) {
		for e, err := range m.entries(ctx, sel, after) {
			if err != nil {
				yield(Record[R]{}, err)
				return
			}
			if !yield(e.Record, nil) {
				return
			}
		}
	}
}

// entries is Records with what else is known of them.
func (m *Memory[R]) entries(ctx context.Context, sel Selection, after Key) iter.Seq2[*entry[R], error] {
	return func(yield func(*entry[R], error) bool) {
		first, end := bounds(sel)
		if after.Compare(first) < 0 {
			after = first
		}
		room, _ := m.rooms.Get().(*[maxBatch]*entry[R])
		if room == nil {
			room = new([maxBatch]*entry[R])
		}
		defer func() {
			clear(room[:]) // it must not keep records alive
			m.rooms.Put(room)
		}()
		for size := minBatch; ; size = maxBatch {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			batch := m.read(room[:0:size], sel, after, end)
			for i := range batch {
				if !yield(batch[i], nil) {
					return
				}
			}
			if len(batch) < cap(batch) {
				return
			}
			after = batch[len(batch)-1].Key()
		}
	}
}

func (m *Memory[R]) read(batch []*entry[R], sel Selection, after, end Key) []*entry[R] {
	m.mu.RLock()
	defer m.mu.RUnlock()
	s := m.sets[sel.Set]
	if s == nil {
		return batch
	}
	return s.sorted.next(batch, after, end, m.formatIndex(sel.MetadataPrefix))
}

// bounds returns the key before the first and behind the last that a selection
// may hold; no bound is the zero Key.
func bounds(sel Selection) (first, end Key) {
	first.Datestamp = sel.From
	if !sel.Until.IsZero() {
		end.Datestamp = sel.Until.Add(1)
	}
	return first, end
}

// formatIndex returns the place of a format in Formats, -1 if it is not there.
func (m *Memory[R]) formatIndex(prefix string) int {
	return slices.IndexFunc(m.Formats, func(f Format[R]) bool { return f.Prefix == prefix })
}

// Count returns the number of records of a selection.
func (m *Memory[R]) Count(_ context.Context, sel Selection) (int, error) {
	format := m.formatIndex(sel.MetadataPrefix)
	if format < 0 && sel.MetadataPrefix != "" {
		return 0, errors.ErrUnsupported
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	s := m.sets[sel.Set]
	if s == nil {
		return 0, nil
	}
	first, end := bounds(sel)
	if end == (Key{}) {
		end.Datestamp = time.Unix(1<<40, 0)
	}
	return max(0, s.sorted.rank(end, format)-s.sorted.rank(first, format)), nil
}

// Sets yields the sets, described or not, after a setSpec.
func (m *Memory[R]) Sets(_ context.Context, after string) iter.Seq2[Set, error] {
	return func(yield func(Set, error) bool) {
		none := after == ""
		for batch := m.setsAfter(after); len(batch) > 0; batch = m.setsAfter(after) {
			none = false
			for _, s := range batch {
				if !yield(s, nil) {
					return
				}
			}
			after = batch[len(batch)-1].Spec
		}
		if none {
			yield(Set{}, ErrNoSets)
		}
	}
}

// setsAfter returns the next few sets.
func (m *Memory[R]) setsAfter(after string) (sets []Set) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	at, found := slices.BinarySearch(m.specs, after)
	if found {
		at++
	}
	for _, spec := range m.specs[at:min(at+32, len(m.specs))] {
		sets = append(sets, m.sets[spec].Set)
	}
	return sets
}
