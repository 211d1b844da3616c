package oaipmh_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gtnum/gtnum/oaipmh"
)

// TestMemoryAgainstPlainSlice compares lists and counts with a slice that is
// filtered and sorted each time, over thousands of random changes.
func TestMemoryAgainstPlainSlice(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	m := &oaipmh.Memory[book]{Formats: []oaipmh.Format[book]{shelved}}
	plain := map[string]oaipmh.Record[book]{}
	for i := range 6000 {
		id := fmt.Sprintf("oai:books.example:%d", rng.IntN(2500))
		r := oaipmh.Record[book]{Header: oaipmh.Header{Identifier: id, Datestamp: day(rng.IntN(20))}}
		r.Value = book{Title: fmt.Sprint(i), Shelf: []string{"", "a"}[rng.IntN(2)]}
		r.Sets = [][]string{nil, {"a"}, {"a:b", "c"}, {"a:b:c", "a"}}[rng.IntN(4)]
		if rng.IntN(4) == 0 {
			r.Deleted, r.Value = true, book{}
		}
		if err := m.Put(r); err != nil {
			t.Fatal(err)
		}
		plain[id] = r
		if i%500 == 0 {
			compareMemory(t, rng, m, plain)
		}
	}
	if m.Len() != len(plain) {
		t.Errorf("Len is %d, want %d", m.Len(), len(plain))
	}
	for id := range plain {
		delete(plain, id)
		if err := m.Delete(id); err != nil {
			t.Fatal(err)
		}
		if r, err := m.Record(t.Context(), id); err != nil || !r.Deleted || r.Value != (book{}) {
			t.Fatalf("a deleted record is %+v, %v", r, err)
		}
	}
}

func compareMemory(t *testing.T, rng *rand.Rand, m *oaipmh.Memory[book], plain map[string]oaipmh.Record[book]) {
	t.Helper()
	for range 20 {
		sel := oaipmh.Selection{Set: []string{"", "a", "a:b", "a:b:c", "c", "none"}[rng.IntN(6)], MetadataPrefix: []string{"", "shelf"}[rng.IntN(2)]}
		if rng.IntN(2) == 0 {
			sel.From = day(rng.IntN(20))
		}
		if rng.IntN(2) == 0 {
			sel.Until = day(rng.IntN(20))
		}
		var after oaipmh.Key
		if rng.IntN(2) == 0 {
			after = oaipmh.Key{Datestamp: day(rng.IntN(20)), Identifier: fmt.Sprintf("oai:books.example:%d", rng.IntN(2500))}
		}
		want, total := plainList(plain, sel, after)
		var got []oaipmh.Record[book]
		for r, err := range m.Records(t.Context(), sel, after) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, r)
		}
		if !reflect.DeepEqual(want, got) {
			t.Fatalf("%+v after %v (-want +got):\n%s", sel, after, cmp.Diff(want, got))
		}
		if n, err := m.Count(t.Context(), sel); n != total || err != nil {
			t.Fatalf("%+v: Count is %d, %v; want %d", sel, n, err, total)
		}
	}
}

// plainList is the obvious way to make a list.
func plainList(plain map[string]oaipmh.Record[book], sel oaipmh.Selection, after oaipmh.Key) (list []oaipmh.Record[book], total int) {
	for _, r := range plain {
		in := sel.Set == "" || slices.ContainsFunc(r.Sets, func(s string) bool { return s == sel.Set || strings.HasPrefix(s, sel.Set+":") })
		if !in || r.Datestamp.Before(sel.From) || !sel.Until.IsZero() && r.Datestamp.After(sel.Until) {
			continue
		}
		if sel.MetadataPrefix == "shelf" && !r.Deleted && r.Value.Shelf == "" {
			continue
		}
		total++
		if r.Key().Compare(after) > 0 {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b oaipmh.Record[book]) int { return a.Key().Compare(b.Key()) })
	return list, total
}

func TestMemoryDatestamps(t *testing.T) {
	now := day(10).Add(300 * time.Millisecond)
	m := &oaipmh.Memory[book]{Now: func() time.Time { return now }}
	put := func(given time.Time) time.Time {
		t.Helper()
		const id = "oai:books.example:1"
		if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: id, Datestamp: given}}); err != nil {
			t.Fatal(err)
		}
		r, err := m.Record(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return r.Datestamp
	}
	if got := put(time.Time{}); got != day(10) {
		t.Errorf("none given: %v, want the clock's whole second %v", got, day(10))
	}
	paris := time.FixedZone("", 7200)
	if got := put(day(1).In(paris)); got != day(1) {
		t.Errorf("given before any response: %v, want it kept, in UTC", got)
	}
	if _, err := m.AsOf(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := put(day(1)); got != day(10) {
		t.Errorf("given, but older than a response: %v, want the response's date %v", got, day(10))
	}
	now = day(5)
	if got := put(time.Time{}); got != day(10) {
		t.Errorf("the clock stepped back: %v, want the response's date %v", got, day(10))
	}
	if got, _ := m.AsOf(t.Context()); got != day(10) {
		t.Errorf("the clock stepped back: AsOf is %v, want %v", got, day(10))
	}
	if got := put(day(20)); got != day(20) {
		t.Errorf("given, in the future: %v, want it kept", got)
	}
}

func TestMemoryRefuses(t *testing.T) {
	m := &oaipmh.Memory[book]{}
	if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: "a b"}}); err == nil {
		t.Error("an identifier that is no URI was stored")
	}
	for _, year := range []int{0, 10_000} { // databases have infinity
		if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: "oai:x:1", Datestamp: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)}}); err == nil {
			t.Errorf("Put takes a datestamp of the year %d", year)
		}
	}
	if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: "oai:x:1", Sets: []string{"a:"}}}); err == nil {
		t.Error("a setSpec that is none was stored")
	}
	if err := m.PutSet(oaipmh.Set{Spec: "a b"}); err == nil {
		t.Error("a set whose setSpec is none was stored")
	}
	if err := m.Delete("oai:x:1"); !errors.Is(err, oaipmh.ErrNotFound) {
		t.Errorf("deleting what never was: %v, want ErrNotFound", err)
	}
	if m.Len() != 0 {
		t.Errorf("Len is %d", m.Len())
	}
}

func TestMemoryDeletingTwiceKeepsTheDatestamp(t *testing.T) {
	m := library(t, 1)
	for range 2 {
		if err := m.Delete("oai:books.example:0001"); err != nil {
			t.Fatal(err)
		}
		m.Now = func() time.Time { return day(40) }
	}
	if r, _ := m.Record(t.Context(), "oai:books.example:0001"); r.Datestamp != day(31) {
		t.Errorf("datestamp %v, want that of the first deletion %v", r.Datestamp, day(31))
	}
}

func TestMemoryListsManySets(t *testing.T) {
	m := &oaipmh.Memory[book]{}
	for i := range 100 {
		if err := m.PutSet(oaipmh.Set{Spec: fmt.Sprintf("s%03d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, after := range []string{"", "s000", "s031", "s098", "s099", "t"} {
		n := 0
		for s, err := range m.Sets(t.Context(), after) {
			if err != nil || s.Spec <= after {
				t.Fatalf("after %q: %q, %v", after, s.Spec, err)
			}
			n++
		}
		want := map[string]int{"": 100, "s000": 99, "s031": 68, "s098": 1}[after]
		if n != want {
			t.Errorf("after %q: %d sets, want %d", after, n, want)
		}
	}
}

func TestMemorySets(t *testing.T) {
	m := library(t, 2)
	if err := m.PutSet(oaipmh.Set{Spec: "b:c", Name: "C"}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for s, err := range m.Sets(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s.Spec+"="+s.Name)
	}
	if want := "b=b b:c=C shelf=shelf shelf:a=shelf:a"; strings.Join(got, " ") != want {
		t.Errorf("sets are %v, want %s", got, want)
	}
}

// TestMemoryRendersOnce proves that answers copy what Put has rendered, that it
// goes with the version that it was made of, and that a record which cannot be
// rendered is there all the same, and reported.
func TestMemoryRendersOnce(t *testing.T) {
	calls := 0
	counted := dc
	counted.Append = func(dst []byte, b book) ([]byte, error) {
		if calls++; b.Title == "broken" {
			return dst, errors.New("no title")
		}
		return dc.Append(dst, b)
	}
	m := &oaipmh.Memory[book]{Render: []oaipmh.Format[book]{counted}}
	put := func(id, title string) {
		if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: "oai:books.example:" + id}, Value: book{Title: title}}); err != nil {
			t.Fatal(err)
		}
	}
	var rep reports
	h := provider(t, m, func(o *oaipmh.Options) { o.Report = rep.add }, counted)
	put("1", "old")
	put("1", "new")
	put("2", "broken")
	put("3", "gone")
	if err := m.Delete("oai:books.example:3"); err != nil {
		t.Fatal(err)
	}
	calls = 0
	for range 2 {
		r := get(t, h, "verb=ListRecords&metadataPrefix=oai_dc")
		if len(r.Records) != 2 || !strings.Contains(r.Records[0].Metadata.Inner, "new") || r.Records[1].Metadata != nil {
			t.Fatalf("got %+v, want the new version and the tombstone", r.Records)
		}
	}
	if calls != 2 || len(rep.errs) != 2 {
		t.Errorf("%d records rendered and %d reported by two answers, want the broken one in each", calls, len(rep.errs))
	}
}

// TestMemoryRenderChangesNoByte compares the answers, and what is reported, of
// two repositories that differ in Render alone.
func TestMemoryRenderChangesNoByte(t *testing.T) {
	formats := []oaipmh.Format[book]{dc, shelved, raw}
	carried, err := oaipmh.NewRendered("raw", `<a xmlns="https://books.example/raw">é</a>`)
	if err != nil {
		t.Fatal(err)
	}
	fill := func(render []oaipmh.Format[book]) *oaipmh.Memory[book] {
		m := &oaipmh.Memory[book]{Now: func() time.Time { return day(20) }, Render: render}
		for i, r := range []oaipmh.Record[book]{
			{Value: book{Title: "<&>", Shelf: "a"}, Rendered: []oaipmh.Rendered{carried}},
			{Value: book{Title: "T"}, About: [][]byte{[]byte(`<a xmlns="urn:a"/>`), []byte(`<b xmlns="urn:b"/>`)}},
			{Value: book{Title: "T"}, About: [][]byte{[]byte("broken")}},
			{Header: oaipmh.Header{Datestamp: day(2).Add(1e9 / 2).In(time.FixedZone("", 7200)), Sets: []string{"a:b", "c"}}, Rendered: []oaipmh.Rendered{carried}},
			{Header: oaipmh.Header{Deleted: true, Sets: []string{"c"}}, Rendered: []oaipmh.Rendered{carried}},
			{Value: book{Title: "gone"}},
		} {
			r.Identifier = fmt.Sprintf("oai:books.example:a&'%d", i)
			if err := m.Put(r); err != nil {
				t.Fatal(err)
			}
		}
		changed, err := m.Record(t.Context(), "oai:books.example:a&'0")
		if err != nil {
			t.Fatal(err)
		}
		changed.Datestamp, changed.Sets = day(21), []string{"d"}
		if err := errors.Join(m.Put(changed), m.Delete("oai:books.example:a&'5")); err != nil {
			t.Fatal(err)
		}
		return m
	}
	var plain, rendered reports
	want := provider(t, fill(nil), func(o *oaipmh.Options) { o.Report = plain.add }, formats...)
	got := provider(t, fill(formats), func(o *oaipmh.Options) { o.Report = rendered.add }, formats...)
	for _, f := range formats {
		queries := []string{"verb=ListRecords", "verb=ListRecords&set=d", "verb=ListIdentifiers"}
		for i := range 6 {
			queries = append(queries, fmt.Sprintf("verb=GetRecord&identifier=oai:books.example:a%%26%%27%d", i))
		}
		for _, q := range queries {
			req := httptest.NewRequest("GET", "/oai?"+q+"&metadataPrefix="+f.Prefix, nil)
			w, g := httptest.NewRecorder(), httptest.NewRecorder()
			want.ServeHTTP(w, req)
			got.ServeHTTP(g, req)
			if diff := cmp.Diff(w.Body.String(), g.Body.String()); diff != "" {
				t.Errorf("%s in %s (-plain +rendered):\n%s", q, f.Prefix, diff)
			}
		}
	}
	if w, g := fmt.Sprint(plain.errs), fmt.Sprint(rendered.errs); w != g || len(plain.errs) == 0 {
		t.Errorf("reported %s, want %s", g, w)
	}
}
