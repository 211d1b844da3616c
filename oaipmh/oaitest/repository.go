package oaitest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gtnum/gtnum/oaipmh"
)

// Run tests a repository against the contract of [oaipmh.Repository], and of
// [oaipmh.Counter], [oaipmh.HeaderLister], [oaipmh.RenderedLister] and
// [oaipmh.Timekeeper] if it is one. The repository that
// newRepository returns should hold some records: deleted ones, several of one
// datestamp, and several sets if it has sets; an empty one fails. Nothing must
// change it while the test runs. The formats are those that it will be served
// in; oai_dc is added if it is not among them.
func Run[R any](t *testing.T, newRepository func() oaipmh.Repository[R], formats ...oaipmh.Format[R]) {
	t.Helper()
	s := newSuite(t.Context(), newRepository(), formats)
	for _, c := range s.clauses() {
		t.Run(c.name, func(t *testing.T) {
			for _, err := range c.check() {
				t.Error(err)
			}
		})
	}
}

// suite examines one repository.
type suite[R any] struct {
	ctx     context.Context
	repo    oaipmh.Repository[R]
	formats []oaipmh.Format[R]
	all     []oaipmh.Record[R] // the whole list
	allErr  error
	noSets  bool // so that nobody asks for one
}

// problems collects what is wrong.
type problems []error

func (p *problems) add(format string, args ...any) {
	if len(*p) < 10 { // more say nothing new
		*p = append(*p, fmt.Errorf(format, args...))
	}
}

type suiteClause struct {
	name  string
	check func() problems
}

func newSuite[R any](ctx context.Context, repo oaipmh.Repository[R], formats []oaipmh.Format[R]) *suite[R] {
	s := &suite[R]{ctx: ctx, repo: repo, formats: formats}
	s.all, s.allErr = s.list(oaipmh.Selection{}, oaipmh.Key{})
	_, err := s.sets("")
	s.noSets = errors.Is(err, oaipmh.ErrNoSets)
	return s
}

func (s *suite[R]) clauses() []suiteClause {
	return []suiteClause{
		{"the whole list is in order and each header is sound", s.checkOrder},
		{"a list goes on after any key", s.checkAfter},
		{"a list stops when it is told to", s.checkStop},
		{"from and until are included", s.checkWindows},
		{"a set holds the records of its parts", s.checkSelections},
		{"a list in a format holds what the format accepts", s.checkFormats},
		{"metadata, and what is about them, are well-formed", s.checkMetadata},
		{"Record returns what Records yields", s.checkRecord},
		{"Record of what never was is ErrNotFound", s.checkNotFound},
		{"sets are in order, with their parents, and hold all that records name", s.checkSets},
		{"Count agrees with Records", s.checkCount},
		{"Headers agrees with Records", s.checkHeaders},
		{"RenderedRecords agrees with Records", s.checkRendered},
		{"AsOf never goes back and keeps its promise", s.checkAsOf},
		{"a context that is done ends a list with an error", s.checkContext},
		{"goroutines see the same", s.checkConcurrent},
		{"served over OAI-PMH it passes as a black box", s.checkServed},
	}
}

// list collects a list; it fails on one that does not end.
func (s *suite[R]) list(sel oaipmh.Selection, after oaipmh.Key) (list []oaipmh.Record[R], err error) {
	for r, err := range s.repo.Records(s.ctx, sel, after) {
		if err != nil {
			return list, err
		}
		list = append(list, r)
		if len(list) > 1_000_000 {
			return list, errors.New("more than a million records: test with fewer")
		}
	}
	return list, nil
}

// keys tells the headers of a list, with the sets in order, as repositories may
// name them in any.
func keys[R any](list []oaipmh.Record[R]) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.Datestamp.UTC().Format(time.RFC3339Nano) + " " + r.Identifier
		if r.Deleted {
			out[i] += " deleted"
		}
		if len(r.Sets) > 0 {
			out[i] += " in " + strings.Join(slices.Sorted(slices.Values(r.Sets)), " ")
		}
	}
	return out
}

var setSpec = regexp.MustCompile(`^[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*$`)

func (s *suite[R]) checkOrder() (p problems) {
	if s.allErr != nil {
		p.add("Records: %v", s.allErr)
	}
	if len(s.all) < 3 {
		p.add("the repository holds %d records; a test needs some more", len(s.all))
	}
	seen := map[string]bool{}
	for i, r := range s.all {
		if i > 0 && s.all[i-1].Key().Compare(r.Key()) >= 0 {
			p.add("%v comes before %v: the order is datestamp, then identifier", s.all[i-1].Key(), r.Key())
		}
		if seen[r.Identifier] {
			p.add("%s comes twice", r.Identifier)
		}
		seen[r.Identifier] = true
		if u, err := url.Parse(r.Identifier); err != nil || !u.IsAbs() {
			p.add("identifier %q is not a URI", r.Identifier)
		}
		if r.Datestamp.Nanosecond() != 0 || r.Datestamp.IsZero() {
			p.add("%s: datestamp %v is not a whole second", r.Identifier, r.Datestamp)
		}
		for _, spec := range r.Sets {
			if !setSpec.MatchString(spec) {
				p.add("%s: %q is not a setSpec", r.Identifier, spec)
			}
		}
	}
	return p
}

// compare checks a list against what filtering the whole list gives.
func (s *suite[R]) compare(p *problems, sel oaipmh.Selection, after oaipmh.Key) {
	got, err := s.list(sel, after)
	if err != nil {
		p.add("Records(%s, after %v): %v", describe(sel), after, err)
		return
	}
	want := s.filter(sel, after)
	if !slices.Equal(keys(got), keys(want)) {
		p.add("Records(%s, after %v) yields %s; want %s", describe(sel), after, summary(keys(got)), summary(keys(want)))
	}
}

func (s *suite[R]) filter(sel oaipmh.Selection, after oaipmh.Key) (list []oaipmh.Record[R]) {
	for _, r := range s.all {
		if r.Key().Compare(after) > 0 && matches(sel, &r.Header) {
			list = append(list, r)
		}
	}
	return list
}

// matches is the plain statement of what a selection holds.
func matches(sel oaipmh.Selection, h *oaipmh.Header) bool {
	return !h.Datestamp.Before(sel.From) &&
		(sel.Until.IsZero() || !h.Datestamp.After(sel.Until)) &&
		(sel.Set == "" || slices.ContainsFunc(h.Sets, func(s string) bool { return s == sel.Set || strings.HasPrefix(s, sel.Set+":") }))
}

func describe(sel oaipmh.Selection) string {
	return strings.NewReplacer("0001-01-01 00:00:00 +0000 UTC", "-").Replace(fmt.Sprintf("%+v", sel))
}

func summary(list []string) string {
	if len(list) <= 6 {
		return fmt.Sprintf("%d %q", len(list), list)
	}
	return fmt.Sprintf("%d %q … %q", len(list), list[:3], list[len(list)-3:])
}

// some yields up to n of a list, spread over it, the first and last included.
func some[T any](list []T, n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		step := max(1, (len(list)-1)/n)
		for i := 0; i < len(list); i += step {
			if !yield(list[i]) {
				return
			}
		}
		if len(list) > 0 && (len(list)-1)%step != 0 {
			yield(list[len(list)-1])
		}
	}
}

func (s *suite[R]) checkAfter() (p problems) {
	for r := range some(s.all, 20) {
		s.compare(&p, oaipmh.Selection{}, r.Key())
		s.compare(&p, oaipmh.Selection{}, oaipmh.Key{Datestamp: r.Datestamp})                           // before all of that second
		s.compare(&p, oaipmh.Selection{}, oaipmh.Key{Datestamp: r.Datestamp, Identifier: "\U0010FFFF"}) // after all of it
		s.compare(&p, oaipmh.Selection{From: r.Datestamp.Add(time.Second)}, r.Key())
	}
	return p
}

func (s *suite[R]) checkStop() (p problems) {
	for range 100 { // leaks of cursors show
		n := 0
		for _, err := range s.repo.Records(s.ctx, oaipmh.Selection{}, oaipmh.Key{}) {
			if err != nil {
				p.add("Records: %v", err)
			}
			if n++; n == 2 {
				break
			}
		}
		for range s.repo.Sets(s.ctx, "") {
			break
		}
	}
	return p
}

func (s *suite[R]) checkWindows() (p problems) {
	for r := range some(s.all, 10) {
		at := r.Datestamp
		for _, sel := range []oaipmh.Selection{
			{From: at}, {Until: at}, {From: at, Until: at}, {From: at.Add(time.Second)}, {Until: at.Add(-time.Second)},
			{From: at.Add(-time.Second), Until: at.Add(time.Second)}, {From: at.In(time.FixedZone("", 3600)), Until: at.In(time.FixedZone("", 3600))},
		} {
			s.compare(&p, sel, oaipmh.Key{})
			s.compare(&p, sel, r.Key())
		}
	}
	return p
}

// specs returns the setSpecs that records name and what those are part of.
func (s *suite[R]) specs() []string {
	all := map[string]bool{}
	for _, r := range s.all {
		for _, spec := range r.Sets {
			for i := range spec {
				if spec[i] == ':' {
					all[spec[:i]] = true
				}
			}
			all[spec] = true
		}
	}
	list := make([]string, 0, len(all))
	for spec := range all {
		list = append(list, spec)
	}
	slices.Sort(list)
	return list
}

func (s *suite[R]) checkSelections() (p problems) {
	specs := s.specs()
	if !s.noSets {
		specs = append(specs, "no-such-set-31415")
	}
	for spec := range some(specs, 10) {
		for _, other := range near(spec) {
			if setSpec.MatchString(other) {
				s.compare(&p, oaipmh.Selection{Set: other}, oaipmh.Key{})
			}
		}
	}
	for spec := range some(specs, 20) {
		s.compare(&p, oaipmh.Selection{Set: spec}, oaipmh.Key{})
		for r := range some(s.all, 3) {
			s.compare(&p, oaipmh.Selection{Set: spec, From: r.Datestamp}, oaipmh.Key{})
			s.compare(&p, oaipmh.Selection{Set: spec, Until: r.Datestamp}, r.Key())
		}
	}
	return p
}

// near are names that are almost one: cut short, in the other case, with a
// wildcard of SQL, with a blank behind.
func near(name string) []string {
	_, size := utf8.DecodeLastRuneInString(name)
	head, last := name[:len(name)-size], name[len(name)-size:]
	other := strings.ToUpper(last)
	if other == last {
		other = strings.ToLower(last)
	}
	return []string{head, head + other, head + "_", name + " "}
}

// checkFormats lists in each format that refuses something. What it refuses may
// be left out.
func (s *suite[R]) checkFormats() (p problems) {
	for i := range s.formats {
		if s.formats[i].Accepts == nil {
			continue
		}
		s.inFormat(s.someSpecs(), &s.formats[i], func(sel oaipmh.Selection, refused map[string]bool) {
			got, err := s.list(sel, oaipmh.Key{})
			if err != nil {
				p.add("Records(%s): %v", describe(sel), err)
			}
			if got, want := keys(without(got, refused)), keys(without(s.filter(sel, oaipmh.Key{}), refused)); !slices.Equal(got, want) {
				p.add("Records(%s) yields of what the format accepts %s; want %s", describe(sel), summary(got), summary(want))
			}
		})
	}
	return p
}

// without are the records of a list that are not among some.
func without[R any](list []oaipmh.Record[R], refused map[string]bool) []oaipmh.Record[R] {
	return slices.DeleteFunc(slices.Clone(list), func(r oaipmh.Record[R]) bool { return refused[r.Identifier] })
}

// metadata of a record in a format, as answers hold it.
func metadata[R any](format *oaipmh.Format[R], r *oaipmh.Record[R]) (string, error) {
	if i := carried(r, format.Prefix); i >= 0 {
		return r.Rendered[i].String(), nil
	}
	rendered, err := format.Render(r.Value)
	return rendered.String(), err
}

// carried is the place of a format among what a record carries, -1 for none.
func carried[R any](r *oaipmh.Record[R], prefix string) int {
	return slices.IndexFunc(r.Rendered, func(m oaipmh.Rendered) bool { return m.Prefix() == prefix })
}

func (s *suite[R]) checkMetadata() (p problems) {
	for r := range some(s.all, 200) {
		for _, about := range r.About {
			if _, err := oaipmh.NewRendered("about", string(about)); err != nil {
				p.add("%s: about: %v", r.Identifier, err)
			}
		}
		for i := range s.formats {
			if r.Deleted {
				break
			}
			text, err := metadata(&s.formats[i], &r)
			if err == nil {
				_, err = oaipmh.NewRendered(s.formats[i].Prefix, text)
			}
			if err != nil && !errors.Is(err, oaipmh.ErrCannotDisseminate) {
				p.add("%s in %s: %v", r.Identifier, s.formats[i].Prefix, err)
			}
		}
	}
	return p
}

func (s *suite[R]) checkRecord() (p problems) {
	var deleted []oaipmh.Record[R]
	for _, r := range s.all {
		if r.Deleted {
			deleted = append(deleted, r)
		}
	}
	for _, r := range slices.Concat(slices.Collect(some(s.all, 50)), slices.Collect(some(deleted, 10))) {
		got, err := s.repo.Record(s.ctx, r.Identifier)
		if err != nil {
			p.add("Record(%s): %v", r.Identifier, err)
			continue
		}
		if h := keys([]oaipmh.Record[R]{got, r}); h[0] != h[1] {
			p.add("Record(%s) has the header %q, Records yields %q", r.Identifier, h[0], h[1])
		}
		compareRecord(&p, "Record", s.formats, &got, &r)
	}
	return p
}

// compareRecord compares what answers in some formats hold of a record with what
// Records yields.
func compareRecord[R any](p *problems, from string, formats []oaipmh.Format[R], got, want *oaipmh.Record[R]) {
	if got.Deleted || want.Deleted {
		return
	}
	if !slices.EqualFunc(got.About, want.About, bytes.Equal) {
		p.add("%s says about the metadata of %s %q, Records yields %q", from, want.Identifier, got.About, want.About)
	}
	for i := range formats {
		a, errA := metadata(&formats[i], got)
		b, errB := metadata(&formats[i], want)
		if a != b || (errA == nil) != (errB == nil) {
			p.add("%s has of %s in %s %q, %v; Records yields %q, %v", from, want.Identifier, formats[i].Prefix, a, errA, b, errB)
		}
	}
}

func (s *suite[R]) checkNotFound() (p problems) {
	for _, id := range []string{"oai:example.invalid:no-such-record", "", "'; --", "\x00", strings.Repeat("é", 50_000)} {
		if _, err := s.repo.Record(s.ctx, id); !errors.Is(err, oaipmh.ErrNotFound) {
			p.add("Record(%.40q) returns %v, not ErrNotFound", id, err)
		}
	}
	all := map[string]bool{}
	for _, r := range s.all {
		all[r.Identifier] = true
	}
	for r := range some(s.all, 10) {
		for _, id := range near(r.Identifier) {
			if all[id] {
				continue
			}
			if _, err := s.repo.Record(s.ctx, id); !errors.Is(err, oaipmh.ErrNotFound) {
				p.add("Record(%.40q) returns %v, not ErrNotFound: no record has exactly that identifier", id, err)
			}
		}
	}
	return p
}

func (s *suite[R]) sets(after string) (list []string, err error) {
	for set, err := range s.repo.Sets(s.ctx, after) {
		if err != nil {
			return list, err
		}
		list = append(list, set.Spec)
	}
	return list, nil
}

func (s *suite[R]) checkSets() (p problems) {
	list, err := s.sets("")
	named := s.specs()
	if errors.Is(err, oaipmh.ErrNoSets) && len(list) == 0 {
		if len(named) > 0 {
			p.add("Sets yields ErrNoSets, but records name %q", named)
		}
		return p
	}
	if err != nil {
		p.add("Sets: %v", err)
	}
	for i, spec := range list {
		if !setSpec.MatchString(spec) {
			p.add("%q is not a setSpec", spec)
		}
		if i > 0 && list[i-1] >= spec {
			p.add("set %q comes before %q: the order is that of the bytes", list[i-1], spec)
		}
		if j := strings.LastIndexByte(spec, ':'); j > 0 && !slices.Contains(list, spec[:j]) {
			p.add("set %q is listed without %q, of which it is a part", spec, spec[:j])
		}
	}
	for _, spec := range named {
		if !slices.Contains(list, spec) {
			p.add("records are in set %q, which is not listed", spec)
		}
	}
	for spec := range some(list, 10) {
		i := slices.Index(list, spec)
		if got, err := s.sets(spec); err != nil || !slices.Equal(got, list[i+1:]) {
			p.add("Sets after %q yields %s, %v; want %s", spec, summary(got), err, summary(list[i+1:]))
		}
		between := spec + "!" // a set that went since the page before
		at, listed := slices.BinarySearch(list, between)
		if listed {
			continue
		}
		if got, err := s.sets(between); err != nil || !slices.Equal(got, list[at:]) {
			p.add("Sets after %q, which is no set, yields %s, %v; want %s", between, summary(got), err, summary(list[at:]))
		}
	}
	for set, err := range s.repo.Sets(s.ctx, "") {
		if err == nil && set.Name == "" {
			p.add("set %q has no name", set.Spec)
		}
		for _, d := range set.Descriptions {
			if _, err := oaipmh.NewRendered("setDescription", string(d)); err != nil {
				p.add("set %q: description: %v", set.Spec, err)
			}
		}
	}
	return p
}

func (s *suite[R]) checkCount() (p problems) {
	c, ok := s.repo.(oaipmh.Counter)
	if !ok {
		return nil
	}
	s.selections(s.specs(), func(sel oaipmh.Selection, refused map[string]bool) {
		want := len(without(s.filter(sel, oaipmh.Key{}), refused))
		got, err := c.Count(s.ctx, sel)
		if errors.Is(err, errors.ErrUnsupported) && sel.MetadataPrefix != "" {
			return
		}
		if err != nil || got != want {
			p.add("Count(%s) returns %d, %v; want %d", describe(sel), got, err, want)
		}
	})
	return p
}

func (s *suite[R]) checkHeaders() (p problems) {
	l, ok := s.repo.(oaipmh.HeaderLister)
	if !ok {
		return nil
	}
	s.selections(s.someSpecs(), func(sel oaipmh.Selection, refused map[string]bool) {
		for _, after := range s.starts() {
			want := keys(without(s.filter(sel, after), refused))
			var got []oaipmh.Record[R]
			for h, err := range l.Headers(s.ctx, sel, after) {
				if errors.Is(err, errors.ErrUnsupported) && sel.MetadataPrefix != "" && got == nil {
					return
				}
				if err != nil {
					p.add("Headers(%s): %v", describe(sel), err)
				}
				got = append(got, oaipmh.Record[R]{Header: h})
			}
			if !slices.Equal(keys(got), want) {
				p.add("Headers(%s, after %v) yields %s; want %s", describe(sel), after, summary(keys(got)), summary(want))
			}
		}
	})
	return p
}

// starts are where lists go on, the beginning included.
func (s *suite[R]) starts() []oaipmh.Key {
	keys := []oaipmh.Key{{}}
	for r := range some(s.all, 2) {
		keys = append(keys, r.Key())
	}
	return keys
}

// checkRendered compares what is kept of records with what the format writes:
// a record that comes with neither metadata nor its value differs, too.
func (s *suite[R]) checkRendered() (p problems) {
	l, ok := s.repo.(oaipmh.RenderedLister[R])
	if !ok {
		return nil
	}
	for _, format := range s.formats {
		s.inFormat(s.someSpecs(), &format, func(sel oaipmh.Selection, refused map[string]bool) {
			for _, after := range s.starts() {
				var got []oaipmh.Record[R]
				for rec, err := range l.RenderedRecords(s.ctx, format.Prefix, sel, after) {
					if errors.Is(err, errors.ErrUnsupported) && got == nil {
						return
					}
					if err != nil {
						p.add("RenderedRecords(%s, %s): %v", format.Prefix, describe(sel), err)
					}
					got = append(got, rec)
				}
				got, want := without(got, refused), without(s.filter(sel, after), refused)
				if !slices.Equal(keys(got), keys(want)) {
					p.add("RenderedRecords(%s, %s, after %v) yields %s; want %s", format.Prefix, describe(sel), after, summary(keys(got)), summary(keys(want)))
					continue
				}
				for i := range want {
					compareRecord(&p, "RenderedRecords", []oaipmh.Format[R]{format}, &got[i], &want[i])
				}
			}
		})
	}
	return p
}

// someSpecs are a few sets, for checks that read lists to their end.
func (s *suite[R]) someSpecs() []string { return slices.Collect(some(s.specs(), 4)) }

// selections calls f with the windows of sets in all formats, and in each that
// refuses something, with the records that it refuses.
func (s *suite[R]) selections(specs []string, f func(sel oaipmh.Selection, refused map[string]bool)) {
	s.windows(specs, func(sel oaipmh.Selection) { f(sel, nil) })
	for i := range s.formats {
		if s.formats[i].Accepts != nil {
			s.inFormat(specs, &s.formats[i], f)
		}
	}
}

// inFormat calls f with the windows of sets in a format, and the records that it
// refuses. A repository hears of those formats alone that refuse something.
func (s *suite[R]) inFormat(specs []string, format *oaipmh.Format[R], f func(sel oaipmh.Selection, refused map[string]bool)) {
	refused := s.refused(format)
	s.windows(specs, func(sel oaipmh.Selection) {
		if format.Accepts != nil {
			sel.MetadataPrefix = format.Prefix
		}
		f(sel, refused)
	})
}

// windows calls f with selections of sets, of all and of none, whole and in some
// windows.
func (s *suite[R]) windows(specs []string, f func(sel oaipmh.Selection)) {
	specs = append(specs, "")
	if !s.noSets {
		specs = append(specs, "no-such-set-31415")
	}
	for _, spec := range specs {
		f(oaipmh.Selection{Set: spec})
		for r := range some(s.all, 4) {
			f(oaipmh.Selection{Set: spec, From: r.Datestamp})
			f(oaipmh.Selection{Set: spec, Until: r.Datestamp})
			f(oaipmh.Selection{Set: spec, From: r.Datestamp, Until: r.Datestamp})
		}
	}
}

// refused are the live records that neither carry a format nor are accepted by
// it.
func (s *suite[R]) refused(format *oaipmh.Format[R]) map[string]bool {
	refused := map[string]bool{}
	for i := range s.all {
		r := &s.all[i]
		if !r.Deleted && format.Accepts != nil && carried(r, format.Prefix) < 0 && !format.Accepts(r.Value) {
			refused[r.Identifier] = true
		}
	}
	return refused
}

func (s *suite[R]) checkAsOf() (p problems) {
	k, ok := s.repo.(oaipmh.Timekeeper)
	if !ok {
		return nil
	}
	var last time.Time
	for range 20 {
		now, err := k.AsOf(s.ctx)
		if err != nil {
			p.add("AsOf: %v", err)
			return p
		}
		if now.Before(last) {
			p.add("AsOf returns %v after %v", now, last)
		}
		last = now
	}
	if now := time.Now().Add(24 * time.Hour); last.After(now) {
		p.add("AsOf returns %v, which is to come", last)
	}
	return p
}

func (s *suite[R]) checkContext() (p problems) {
	for _, at := range []int{0, 1} { // records before the context is done
		ctx, cancel := context.WithCancel(s.ctx)
		n, ended := 0, false
		if at == 0 {
			cancel()
		}
		for _, err := range s.repo.Records(ctx, oaipmh.Selection{}, oaipmh.Key{}) {
			if err != nil {
				ended = true
				break
			}
			if n++; n == at {
				cancel()
			}
		}
		cancel()
		switch {
		case ended:
		case n < len(s.all):
			p.add("Records yields %d of %d records and no error although its context is done: a list that breaks off must not look complete", n, len(s.all))
		case n > 1000:
			p.add("Records yields %d records and no error although its context is done", n)
		}
	}
	return p
}

func (s *suite[R]) checkConcurrent() (p problems) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range 4 {
		wg.Go(func() {
			got, err := s.list(oaipmh.Selection{}, oaipmh.Key{})
			for r := range some(got, 10) {
				if _, e := s.repo.Record(s.ctx, r.Identifier); e != nil {
					err = e
				}
			}
			if err != nil || !slices.Equal(keys(got), keys(s.all)) {
				mu.Lock()
				defer mu.Unlock()
				p.add("at the same time as others Records yields %s, %v", summary(keys(got)), err)
			}
		})
	}
	wg.Wait()
	return p
}

// withDublinCore returns the formats with oai_dc among them.
func withDublinCore[R any](formats []oaipmh.Format[R]) []oaipmh.Format[R] {
	if slices.ContainsFunc(formats, func(f oaipmh.Format[R]) bool { return f.Prefix == "oai_dc" }) {
		return formats
	}
	return append(slices.Clone(formats), oaipmh.DublinCore(func(R) []oaipmh.Element { return nil }))
}
