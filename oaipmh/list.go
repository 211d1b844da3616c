package oaipmh

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/gtnum/gtnum/internal/say"
)

// Why a harvest is complete.
//
// A harvester asks for a full list, follows its tokens to the end, and then
// asks for what changed from the responseDate that it was given. Let A(i) be
// what asOf returned before page i was read. Three things hold:
//
//  1. What becomes visible after asOf has a datestamp at or after A(i): a
//     Timekeeper promises it.
//  2. Lists are in the order of (datestamp, identifier), and a page starts
//     after the key that the token carries, not at a number. So a record that
//     does not change is met exactly once, whatever else comes and goes.
//  3. A record that changes gets a new key with a datestamp at or after A(i).
//     If that key is after the cursor, the rest of the list meets it.
//     If it is not, its datestamp lies between A(i) and the cursor's.
//
// The last case is the only loss, and it happens only if a cursor reaches the
// second that was still open, or beyond. The harvester gets the record later
// if the next list starts at A(i) or before. One that uses the responseDate of
// the first page does that by itself; for one that uses the last page's, the
// token carries the first such A(i) as its bound, and no later page of the
// list has a responseDate after it. So every responseDate of every page is a
// promise that can be kept: all that has an earlier datestamp has been sent,
// or will be before the list ends.
//
// Deletions are changes, since tombstones stay in the list. A list bounded by
// until may lose a record that moves out of the window; it is then in the
// window of a later list.

// resume takes the place of the list from the request's token.
func (a *answer[R]) resume() {
	t, err := a.p.keys.parse(a.req.token)
	if err == nil && t.verb == a.req.verb.name {
		a.format = a.p.format(t.sel.MetadataPrefix)
		if a.format == nil && t.verb != "ListSets" {
			err = errToken
		}
	} else {
		err = errToken
	}
	if _, n := a.req.args.get("metadataPrefix"); n > 0 && (err != nil || a.req.sel.MetadataPrefix != t.sel.MetadataPrefix) {
		a.faults.add(BadArgument, "a resumptionToken stands alone, without metadataPrefix")
	}
	if a.faults != nil {
		return
	}
	if err != nil {
		a.faults.add(BadResumptionToken, "%s is no resumptionToken for this request; start the list again", quote(a.req.token))
		return
	}
	a.from = *t
	a.req.sel = t.sel
	if !t.bound.IsZero() && t.bound.Before(a.asOf) {
		a.asOf = t.bound
	}
}

// listRecords answers ListRecords and ListIdentifiers: one page.
func (a *answer[R]) listRecords(ctx context.Context, dst []byte) ([]byte, error) {
	if a.req.sel.Set != "" && !a.req.resumed {
		if err := a.checkSets(ctx); err != nil {
			return dst, err
		}
	}
	dst = append(dst, '<')
	dst = append(dst, a.req.verb.name...)
	dst = append(dst, ">\n"...)
	dst, next, err := a.page(ctx, dst)
	if err != nil {
		return dst, err
	}
	if next.cursor == a.from.cursor {
		return dst, fault(NoRecordsMatch, "no record matches the request")
	}
	dst, err = a.appendToken(ctx, dst, next)
	dst = append(dst, "</"...)
	dst = append(dst, a.req.verb.name...)
	return append(dst, ">\n"...), err
}

// page appends the records of a page and returns where the next one starts.
// It renders one record more than it keeps, so that a token is given only if
// there is something behind it.
func (a *answer[R]) page(ctx context.Context, dst []byte) ([]byte, token, error) {
	next := a.from
	next.verb, next.sel = a.req.verb.name, a.req.sel
	more, start, left := false, len(dst), 0
	for e, err := range a.listed(ctx) {
		if err != nil {
			return dst, next, err
		}
		key := e.Key()
		if key.Compare(next.after) <= 0 {
			return dst, next, say.Errorf("entrepôt\u00a0: %v ne vient pas après %v", "repository: %v does not come after %v", key, next.after)
		}
		mark, full := len(dst), next.cursor-a.from.cursor >= a.p.opts.PageSize || len(dst)-start > maxPageBytes
		if dst, err = a.appendListed(dst, e); err == nil {
			if more = full; more {
				dst = dst[:mark]
				break
			}
			next.cursor++
		} else if !errors.Is(err, ErrCannotDisseminate) {
			a.p.report(ctx, &RecordError{e.Identifier, a.format.Prefix, err})
			left++
		}
		next.after = key
	}
	next.total -= left
	if !more {
		next.after = Key{}
	} else if next.bound.IsZero() && !next.after.Datestamp.Before(a.asOf) {
		next.bound = a.asOf
	}
	return dst, next, ctx.Err()
}

// listed yields the records of the list from its cursor on, with what Memory
// knows of its own.
func (a *answer[R]) listed(ctx context.Context) iter.Seq2[*entry[R], error] {
	if m, ok := a.p.repo.(*Memory[R]); ok {
		return m.entries(ctx, a.selection(), a.from.after)
	}
	return func(yield func(*entry[R], error) bool) {
		var e entry[R] // one for the whole page, as its address escapes
		for rec, err := range a.records(ctx) {
			e.Record = rec
			if !yield(&e, err) {
				return
			}
		}
	}
}

// records yields the records of the list from its cursor on, with what it takes
// to answer: their headers alone for ListIdentifiers, and their metadata where
// that is kept, if the repository can list those.
func (a *answer[R]) records(ctx context.Context) iter.Seq2[Record[R], error] {
	records := a.p.repo.Records(ctx, a.selection(), a.from.after)
	headers, _ := a.p.repo.(HeaderLister)
	kept, _ := a.p.repo.(RenderedLister[R])
	switch {
	case a.req.verb.name == "ListIdentifiers" && headers != nil:
		a.admitted = true
		return orElse(headed[R](headers.Headers(ctx, a.selection(), a.from.after)), func(yield func(Record[R], error) bool) {
			a.admitted = false
			records(yield)
		})
	case a.req.verb.name == "ListRecords" && kept != nil:
		return orElse(kept.RenderedRecords(ctx, a.format.Prefix, a.selection(), a.from.after), records)
	}
	return records
}

// headed yields records that are their headers.
func headed[R any](list iter.Seq2[Header, error]) iter.Seq2[Record[R], error] {
	return func(yield func(Record[R], error) bool) {
		for h, err := range list {
			if !yield(Record[R]{Header: h}, err) {
				return
			}
		}
	}
}

// orElse yields the first sequence, the second one where that is unsupported.
func orElse[T any](first, second iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range first {
			if errors.Is(err, errors.ErrUnsupported) {
				second(yield)
				return
			}
			if !yield(v, err) {
				return
			}
		}
	}
}

// selection is what the repository is asked for. It hears of the format only
// if that is choosy.
func (a *answer[R]) selection() Selection {
	sel := a.req.sel
	if a.format.Accepts == nil {
		sel.MetadataPrefix = ""
	}
	return sel
}

// appendToken appends the resumptionToken element of a page, if it needs one.
func (a *answer[R]) appendToken(ctx context.Context, dst []byte, next token) ([]byte, error) {
	more := next.after != Key{}
	if !more && a.from.cursor == 0 {
		return dst, nil // the list is complete in one page
	}
	if a.from.cursor == 0 {
		total, err := a.count(ctx)
		if err != nil {
			return dst, err
		}
		next.total += total
	}
	// A list that grew or shrank on the way says what came.
	next.total = max(next.total, next.cursor)
	if !more {
		next.total = next.cursor
	}
	return a.p.appendToken(dst, next, a.from.cursor, more), nil
}

// count returns the size of the complete list.
func (a *answer[R]) count(ctx context.Context) (n int, err error) {
	if c, ok := a.p.repo.(Counter); ok {
		n, err := c.Count(ctx, a.selection())
		if !errors.Is(err, errors.ErrUnsupported) {
			return n, err
		}
	}
	var rec Record[R]
	for r, err := range a.p.repo.Records(ctx, a.selection(), Key{}) {
		if err != nil {
			return 0, err
		}
		if rec = r; !errors.Is(a.format.admits(&rec), ErrCannotDisseminate) {
			n++
		}
	}
	return n, ctx.Err()
}

// appendToken appends a resumptionToken element, the empty one if the list
// ends here. Every one carries cursor and completeListSize, as data.europa.eu
// fails without.
func (p *Provider[R]) appendToken(dst []byte, next token, cursor int, more bool) []byte {
	dst = fmt.Appendf(dst, `<resumptionToken completeListSize="%d" cursor="%d">`, next.total, cursor)
	if more {
		dst = p.keys.append(dst, &next)
	}
	return append(dst, "</resumptionToken>\n"...)
}

// listSets answers ListSets: one page.
func (a *answer[R]) listSets(ctx context.Context, dst []byte) ([]byte, error) {
	next := a.from
	next.verb = a.req.verb.name
	more := false
	dst = append(dst, "<ListSets>\n"...)
	for set, err := range a.p.repo.Sets(ctx, a.from.after.Identifier) {
		if errors.Is(err, ErrNoSets) {
			break
		}
		if err != nil {
			return dst, err
		}
		if set.Spec <= next.after.Identifier {
			return dst, say.Errorf("entrepôt\u00a0: l’ensemble %q ne vient pas après %q", "repository: set %q does not come after %q", set.Spec, next.after.Identifier)
		}
		if more = next.cursor-a.from.cursor == a.p.opts.PageSize; more {
			break
		}
		dst = a.appendSet(ctx, dst, &set)
		next.cursor++
		next.after.Identifier = set.Spec
	}
	if next.cursor == a.from.cursor {
		return dst, fault(NoSetHierarchy, "the repository has no sets")
	}
	if more && a.from.cursor == 0 {
		for _, err := range a.p.repo.Sets(ctx, "") {
			if err != nil {
				return dst, err
			}
			next.total++
		}
	}
	if !more {
		next.total = next.cursor
	}
	if more || a.from.cursor > 0 {
		dst = a.p.appendToken(dst, next, a.from.cursor, more)
	}
	return append(dst, "</ListSets>\n"...), nil
}

// appendListed appends a record, in ListIdentifiers its header.
func (a *answer[R]) appendListed(dst []byte, e *entry[R]) ([]byte, error) {
	if a.req.verb.name != "ListIdentifiers" {
		return a.appendRecord(dst, e)
	}
	if !a.admitted {
		if err := a.format.admits(&e.Record); err != nil {
			return dst, err
		}
	}
	return appendHeader(dst, &e.Header), nil
}

// appendDate appends a UTC time to the second.
func appendDate(dst []byte, t time.Time) []byte {
	return t.UTC().AppendFormat(dst, time.RFC3339) // the layout that is fast
}
