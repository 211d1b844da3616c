package oaitest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// plainList is the least that a repository can be: a list in order, without
// sets. It takes no notice of one that is asked for, as nobody does.
type plainList []oaipmh.Record[*string]

func (l plainList) Record(_ context.Context, id string) (oaipmh.Record[*string], error) {
	for _, r := range l {
		if r.Identifier == id {
			return r, nil
		}
	}
	return oaipmh.Record[*string]{}, fmt.Errorf("%q: %w", id, oaipmh.ErrNotFound)
}

func (l plainList) Records(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[*string], error] {
	return func(yield func(oaipmh.Record[*string], error) bool) {
		for _, r := range l {
			if err := ctx.Err(); err != nil {
				yield(oaipmh.Record[*string]{}, err)
				return
			}
			if sel.Set = ""; sel.Matches(r.Header) && r.Key().Compare(after) > 0 && !yield(r, nil) {
				return
			}
		}
	}
}

func (l plainList) Sets(context.Context, string) iter.Seq2[oaipmh.Set, error] {
	return func(yield func(oaipmh.Set, error) bool) { yield(oaipmh.Set{}, oaipmh.ErrNoSets) }
}

// openTransaction is a repository whose clock stands while a transaction is
// open: it has records that are younger. It tells the sets of a record in any
// order, keeps some of its metadata, and leaves out what a format refuses.
type openTransaction struct {
	plainList
	clock time.Time
	title oaipmh.Format[*string]
}

func (o openTransaction) AsOf(context.Context) (time.Time, error) { return o.clock, nil }

func (o openTransaction) Count(_ context.Context, sel oaipmh.Selection) (n int, err error) {
	if sel.MetadataPrefix != "" {
		return 0, errors.ErrUnsupported
	}
	for _, r := range o.plainList {
		if sel.Matches(r.Header) {
			n++
		}
	}
	return n, nil
}

func (o openTransaction) Record(ctx context.Context, id string) (oaipmh.Record[*string], error) {
	r, err := o.plainList.Record(ctx, id)
	r.Sets = slices.Clone(r.Sets)
	slices.Reverse(r.Sets)
	return r, err
}

func (o openTransaction) Records(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[*string], error] {
	return func(yield func(oaipmh.Record[*string], error) bool) {
		for r, err := range o.plainList.Records(ctx, sel, after) {
			if err == nil && (!sel.Matches(r.Header) || !r.Deleted && sel.MetadataPrefix != "" && !o.title.Accepts(r.Value)) {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func (o openTransaction) RenderedRecords(ctx context.Context, prefix string, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[*string], error] {
	return func(yield func(oaipmh.Record[*string], error) bool) {
		if prefix != o.title.Prefix {
			yield(oaipmh.Record[*string]{}, errors.ErrUnsupported)
			return
		}
		n := 0
		for r, err := range o.Records(ctx, sel, after) {
			if n++; err == nil && !r.Deleted && n%2 == 0 {
				if kept, err := o.title.Render(r.Value); err == nil {
					r.Value, r.Rendered = nil, []oaipmh.Rendered{kept}
				}
			} else if r.Value != nil {
				copied := *r.Value
				r.Value = &copied
			}
			r.Sets, r.About = append([]string{}, r.Sets...), [][]byte{}
			r.Datestamp = r.Datestamp.In(time.FixedZone("", 7200))
			if !yield(r, err) {
				return
			}
		}
	}
}

func (o openTransaction) Sets(_ context.Context, after string) iter.Seq2[oaipmh.Set, error] {
	return func(yield func(oaipmh.Set, error) bool) {
		for _, spec := range []string{"a", "a!", "a:b", "b"} {
			if spec > after && !yield(oaipmh.Set{Spec: spec, Name: spec}, nil) {
				return
			}
		}
	}
}

func titled(refused string) oaipmh.Format[*string] {
	return oaipmh.Format[*string]{
		Prefix: "oai_dc", Schema: "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", Namespace: "http://www.openarchives.org/OAI/2.0/oai_dc/",
		Accepts: func(title *string) bool { return refused == "" || !strings.Contains(*title, refused) },
		Append: func(dst []byte, title *string) ([]byte, error) {
			return fmt.Appendf(dst, `<dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"><title>%s</title></dc>`, *title), nil
		},
	}
}

// What keeps the contract in other ways than Memory does must pass.
func TestWhatKeepsTheContractPasses(t *testing.T) {
	type record = oaipmh.Record[*string]
	type formats = []oaipmh.Format[*string]
	noon := time.Date(2023, 5, 12, 12, 0, 0, 0, time.UTC)
	list := func(n int, change func(i int, r *record)) (l plainList) {
		for i := range n {
			title := fmt.Sprint("Title ", i)
			r := record{Header: oaipmh.Header{Identifier: fmt.Sprintf("oai:oaitest.example:%04dé", i), Datestamp: noon}, Value: &title}
			if change(i, &r); r.Deleted {
				r.Value = nil
			}
			l = append(l, r)
		}
		return l
	}
	days := list(40, func(i int, r *record) {
		r.Datestamp, r.Deleted = time.Date(2023, 5, 1+i/5, 0, 0, 0, 0, time.UTC), i%7 == 3
	})
	young := list(50, func(i int, r *record) {
		r.Datestamp, r.Deleted = noon.Add(time.Duration(i/2)*time.Minute), i%11 == 0
		r.Sets = [][]string{nil, {"a:b", "b"}, {"a"}, {"a!"}}[i%4]
	})
	for name, c := range map[string]struct {
		repo    oaipmh.Repository[*string]
		formats formats
	}{
		"no sets, days":                         {days, formats{titled("")}},
		"no format":                             {days, nil},
		"a choosy format":                       {days, formats{titled("3")}},
		"a format that accepts nothing":         {days, formats{titled("T")}},
		"tombstones alone":                      {list(30, func(_ int, r *record) { r.Deleted = true }), formats{titled("3")}},
		"three records":                         {list(3, func(int, *record) {}), formats{titled("")}},
		"an open transaction":                   {openTransaction{young, noon.Add(10 * time.Minute), titled("3")}, formats{titled("3")}},
		"an open transaction before everything": {openTransaction{young, noon, titled("")}, formats{titled("")}},
		"a replica that lags":                   {openTransaction{young, noon.Add(time.Hour), titled("")}, formats{titled("")}},
	} {
		t.Run(name, func(t *testing.T) {
			Run(t, func() oaipmh.Repository[*string] { return c.repo }, c.formats...)
		})
	}
}
