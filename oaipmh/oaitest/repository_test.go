package oaitest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// odd is a format that refuses even numbers.
var odd = oaipmh.Format[int]{
	Prefix: "odd", Schema: "https://oaitest.example/odd.xsd", Namespace: "https://oaitest.example/odd",
	Accepts: func(n int) bool { return n%2 == 1 },
	Append: func(dst []byte, n int) ([]byte, error) {
		if n%2 == 0 {
			return dst, oaipmh.ErrCannotDisseminate
		}
		return fmt.Appendf(dst, `<odd xmlns="https://oaitest.example/odd">%d</odd>`, n), nil
	},
}

func numbers() *oaipmh.Memory[int] {
	m := &oaipmh.Memory[int]{Formats: []oaipmh.Format[int]{odd}}
	for i := range 300 {
		r := oaipmh.Record[int]{Header: oaipmh.Header{
			Identifier: fmt.Sprintf("oai:oaitest.example:%dn", i*7%300),
			Datestamp:  time.Date(2023, 5, 12, 8, 0, i/3, 0, time.UTC),
			Sets:       [][]string{nil, {"a"}, {"a:b"}, {"a:b:c", "d"}}[i%4],
			Deleted:    i%5 == 0,
		}, Value: i}
		if r.Deleted {
			r.Value = 0
		}
		if err := m.Put(r); err != nil {
			panic(err)
		}
	}
	return m
}

func TestMemoryKeepsTheContract(t *testing.T) {
	Run(t, func() oaipmh.Repository[int] { return numbers() }, odd)
}

// TestHeaderListerKeepsTheContract serves ListIdentifiers from headers where
// the repository can tell, and from records where it cannot.
func TestHeaderListerKeepsTheContract(t *testing.T) {
	even := odd
	even.Prefix, even.Namespace = "even", "https://oaitest.example/even"
	even.Accepts = func(n int) bool { return n%2 == 0 }
	Run(t, func() oaipmh.Repository[int] { return broken{Memory: numbers()} }, odd, even)
}

func TestRenderedListerKeepsTheContract(t *testing.T) {
	Run(t, func() oaipmh.Repository[int] { return broken{Memory: numbers(), kept: func(n int) int { return n }} }, odd)
}

// broken breaks the contract in one place.
type broken struct {
	*oaipmh.Memory[int]
	records func(sel oaipmh.Selection, after oaipmh.Key) (oaipmh.Selection, oaipmh.Key)
	change  func(*oaipmh.Record[int])
	record  func(id string) (oaipmh.Record[int], error)
	sets    func(after string) iter.Seq2[oaipmh.Set, error]
	count   func(n int) int
	asOf    func() time.Time
	headers func(*oaipmh.Header) bool
	kept    func(n int) int // value whose metadata is kept; nil keeps none

	lists   func(ctx context.Context, sel oaipmh.Selection, r *oaipmh.Record[int]) bool // of Records
	renders func(sel oaipmh.Selection, r *oaipmh.Record[int]) bool                      // of RenderedRecords
	asked   func(id string) string                                                      // of Record
	answers func(*oaipmh.Record[int])                                                   // of Record
	after   func(spec string) string                                                    // of Sets
	set     func(*oaipmh.Set)
}

// RenderedRecords lists records without their values, with what is kept of them.
func (b broken) RenderedRecords(ctx context.Context, prefix string, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[int], error] {
	return func(yield func(oaipmh.Record[int], error) bool) {
		if b.kept == nil || prefix != odd.Prefix {
			yield(oaipmh.Record[int]{}, errors.ErrUnsupported)
			return
		}
		for r, err := range b.Memory.Records(ctx, sel, after) {
			if b.renders != nil && !b.renders(sel, &r) {
				continue
			}
			if kept, err := odd.Render(b.kept(r.Value)); err == nil && !r.Deleted {
				r.Value, r.Rendered = 0, []oaipmh.Rendered{kept}
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// Headers lists all headers that b.headers lets through, by Memory's index of
// formats.
func (b broken) Headers(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Header, error] {
	return func(yield func(oaipmh.Header, error) bool) {
		if sel.MetadataPrefix == "even" {
			yield(oaipmh.Header{}, errors.ErrUnsupported)
			return
		}
		for r, err := range b.Memory.Records(ctx, sel, after) {
			if (b.headers == nil || b.headers(&r.Header)) && !yield(r.Header, err) {
				return
			}
		}
	}
}

func (b broken) Records(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[int], error] {
	if b.records != nil {
		sel, after = b.records(sel, after)
	}
	return func(yield func(oaipmh.Record[int], error) bool) {
		from := ctx
		if b.lists != nil {
			from = context.WithoutCancel(ctx)
		}
		for r, err := range b.Memory.Records(from, sel, after) {
			if b.change != nil {
				b.change(&r)
			}
			if b.lists != nil && !b.lists(ctx, sel, &r) {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func (b broken) Record(ctx context.Context, id string) (oaipmh.Record[int], error) {
	if b.record != nil {
		return b.record(id)
	}
	if b.asked != nil {
		id = b.asked(id)
	}
	r, err := b.Memory.Record(ctx, id)
	if b.answers != nil {
		b.answers(&r)
	}
	return r, err
}

func (b broken) Sets(ctx context.Context, after string) iter.Seq2[oaipmh.Set, error] {
	if b.sets != nil {
		return b.sets(after)
	}
	if b.after != nil {
		after = b.after(after)
	}
	return func(yield func(oaipmh.Set, error) bool) {
		for s, err := range b.Memory.Sets(ctx, after) {
			if b.set != nil {
				b.set(&s)
			}
			if !yield(s, err) {
				return
			}
		}
	}
}

func (b broken) Count(ctx context.Context, sel oaipmh.Selection) (int, error) {
	n, err := b.Memory.Count(ctx, sel)
	if b.count != nil {
		n = b.count(n)
	}
	return n, err
}

func (b broken) AsOf(ctx context.Context) (time.Time, error) {
	if b.asOf != nil {
		return b.asOf(), nil
	}
	return b.Memory.AsOf(ctx)
}

func TestRunFindsFaults(t *testing.T) {
	back := time.Now()
	type record = oaipmh.Record[int]
	type selection = oaipmh.Selection
	const good = 201 // a value that format odd accepts
	specs := []string{"a", "a:b", "a:b:c", "d"}
	var begun sync.Map // contexts under which a list began
	tests := map[string]struct {
		broken broken
		clause string // the beginning of its name
	}{
		"it ignores the key": {broken{records: func(sel oaipmh.Selection, _ oaipmh.Key) (oaipmh.Selection, oaipmh.Key) {
			return sel, oaipmh.Key{}
		}}, "a list goes on"},
		"until is not included": {broken{records: func(sel oaipmh.Selection, k oaipmh.Key) (oaipmh.Selection, oaipmh.Key) {
			if !sel.Until.IsZero() {
				sel.Until = sel.Until.Add(-time.Second)
			}
			return sel, k
		}}, "from and until"},
		"from is not included": {broken{records: func(sel oaipmh.Selection, k oaipmh.Key) (oaipmh.Selection, oaipmh.Key) {
			if !sel.From.IsZero() {
				sel.From = sel.From.Add(time.Second)
			}
			return sel, k
		}}, "from and until"},
		"an unknown set is everything": {broken{records: func(sel oaipmh.Selection, k oaipmh.Key) (oaipmh.Selection, oaipmh.Key) {
			if strings.HasPrefix(sel.Set, "no-such") {
				sel.Set = ""
			}
			return sel, k
		}}, "a set holds"},
		"a fraction of a second":   {broken{change: func(r *oaipmh.Record[int]) { r.Datestamp = r.Datestamp.Add(1) }}, "the whole list"},
		"a space in identifiers":   {broken{change: func(r *oaipmh.Record[int]) { r.Identifier = "no uri" + r.Identifier }}, "the whole list"},
		"a set that is not listed": {broken{change: func(r *oaipmh.Record[int]) { r.Sets = []string{"z"} }}, "sets are"},
		"no error for the unknown": {broken{record: func(string) (r oaipmh.Record[int], err error) { return r, nil }}, "Record of what never was"},
		"another record":           {broken{record: func(string) (r oaipmh.Record[int], err error) { return r, nil }}, "Record returns"},
		"sets out of order": {broken{sets: func(string) iter.Seq2[oaipmh.Set, error] {
			return func(yield func(oaipmh.Set, error) bool) {
				_ = yield(oaipmh.Set{Spec: "b"}, nil) && yield(oaipmh.Set{Spec: "a:c"}, nil)
			}
		}}, "sets are"},
		"no sets, but records in them": {broken{sets: func(string) iter.Seq2[oaipmh.Set, error] {
			return func(yield func(oaipmh.Set, error) bool) { yield(oaipmh.Set{}, oaipmh.ErrNoSets) }
		}}, "sets are"},
		"an estimate":                             {broken{count: func(n int) int { return n + n/100 }}, "Count agrees"},
		"headers of another list":                 {broken{headers: func(h *oaipmh.Header) bool { return !h.Deleted }}, "Headers agrees"},
		"headers without the first":               {broken{headers: func(h *oaipmh.Header) bool { return h.Identifier != "oai:oaitest.example:0n" }}, "Headers agrees"},
		"metadata of another":                     {broken{kept: func(n int) int { return n + 2 }}, "RenderedRecords agrees"},
		"a list that breaks off without an error": {broken{lists: func(ctx context.Context, _ selection, _ *record) bool { return ctx.Err() == nil }}, "a context"},
		"a list that breaks off in the middle": {broken{lists: func(ctx context.Context, _ selection, _ *record) bool {
			if ctx.Err() == nil {
				begun.Store(ctx, true)
				return true
			}
			_, ok := begun.Load(ctx)
			return !ok
		}}, "a context"},
		"a format without tombstones": {broken{lists: func(_ context.Context, sel selection, r *record) bool { return sel.MetadataPrefix == "" || !r.Deleted }}, "a list in a format"},
		"a format without a record it accepts": {broken{lists: func(_ context.Context, sel selection, r *record) bool {
			return sel.MetadataPrefix == "" || r.Value != good
		}}, "a list in a format"},
		"what is kept, without tombstones": {broken{kept: func(n int) int { return n }, renders: func(sel selection, r *record) bool { return sel.MetadataPrefix == "" || !r.Deleted }}, "RenderedRecords agrees"},
		"what is kept, without a record":   {broken{kept: func(n int) int { return n }, renders: func(sel selection, r *record) bool { return sel.MetadataPrefix == "" || r.Value != good }}, "RenderedRecords agrees"},
		"a record of another datestamp":    {broken{answers: func(r *record) { r.Datestamp = r.Datestamp.Add(time.Second) }}, "Record returns"},
		"a record of another value":        {broken{answers: func(r *record) { r.Value += 2 }}, "Record returns"},
		"a record with more about it":      {broken{answers: func(r *record) { r.About = [][]byte{oaipmh.Rights("https://oaitest.example/")} }}, "Record returns"},
		"an identifier in any case":        {broken{asked: strings.ToLower}, "Record of what never was"},
		"an identifier cut short":          {broken{asked: func(id string) string { return strings.TrimSuffix(id, "n") + "n" }}, "Record of what never was"},
		"an identifier with a blank":       {broken{asked: strings.TrimSpace}, "Record of what never was"},
		"half an element about a record":   {broken{change: func(r *record) { r.About = [][]byte{[]byte("<a")} }}, "metadata"},
		"half an element of metadata":      {broken{change: func(r *record) { r.Rendered = []oaipmh.Rendered{oaipmh.Trusted(odd.Prefix, "<a>")} }}, "metadata"},
		"half a description":               {broken{set: func(s *oaipmh.Set) { s.Descriptions = [][]byte{[]byte("<a")} }}, "sets are"},
		"a set without a name":             {broken{set: func(s *oaipmh.Set) { s.Name = "" }}, "sets are"},
		"sets from the beginning after none": {broken{after: func(spec string) string {
			if !slices.Contains(specs, spec) {
				return ""
			}
			return spec
		}}, "sets are"},
		"a set in any case": {broken{records: func(sel selection, k oaipmh.Key) (selection, oaipmh.Key) {
			sel.Set = strings.ToLower(sel.Set)
			return sel, k
		}}, "a set holds"},
		"a set by a wildcard": {broken{records: func(sel selection, k oaipmh.Key) (selection, oaipmh.Key) {
			sel.Set = strings.ReplaceAll(sel.Set, "_", "a")
			return sel, k
		}}, "a set holds"},
		"a clock that goes back": {broken{asOf: func() time.Time {
			back = back.Add(-time.Second)
			return back
		}}, "AsOf never"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.broken.Memory = numbers()
			s := newSuite(t.Context(), tt.broken, []oaipmh.Format[int]{odd})
			for _, c := range s.clauses() {
				if !strings.HasPrefix(c.name, tt.clause) {
					continue
				}
				found := c.check()
				if len(found) == 0 {
					t.Errorf("%q finds nothing", c.name)
				}
				for _, err := range found {
					t.Log(err)
				}
				return
			}
			t.Fatalf("no clause %q", tt.clause)
		})
	}
}

// Records may carry a format that would refuse them.
func TestPrerenderedKeepsTheContract(t *testing.T) {
	carried := oaipmh.Prerendered[int]("carried", "https://oaitest.example/carried.xsd", "https://oaitest.example/carried")
	m := &oaipmh.Memory[int]{Formats: []oaipmh.Format[int]{odd, carried}}
	for r, err := range numbers().Records(t.Context(), oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			t.Fatal(err)
		}
		if !r.Deleted && r.Value%3 == 0 {
			r.Rendered = []oaipmh.Rendered{oaipmh.Trusted(carried.Prefix, `<c xmlns="https://oaitest.example/carried"/>`)}
		}
		if err := m.Put(r); err != nil {
			t.Fatal(err)
		}
	}
	Run(t, func() oaipmh.Repository[int] { return m }, odd, carried)
}

func TestAnEmptyRepositoryIsNoTest(t *testing.T) {
	s := newSuite(t.Context(), &oaipmh.Memory[int]{}, nil)
	if len(s.checkOrder()) == 0 {
		t.Error("an empty repository passes")
	}
}
