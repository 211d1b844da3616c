package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
)

// pending are rows of record_sets that wait for more: a row is written fast
// where its neighbour was written just before.
type pending struct {
	lists map[string][]listRow
	n     int
}

// listRow is a row of one list, whose values are boxed once for all lists of
// a record.
type listRow struct {
	key     listPlace
	columns [4]any // bucket, datestamp, id, formats
}

type listPlace struct {
	bucket, datestamp int64
	id                string
}

func (r listRow) compare(o listRow) int {
	return cmp.Or(cmp.Compare(r.key.bucket, o.key.bucket), cmp.Compare(r.key.datestamp, o.key.datestamp), strings.Compare(r.key.id, o.key.id))
}

// manyRows are as many as wait for each other.
const manyRows = 20_000

func (p *pending) add(r *stored, bucket int64) {
	if p.lists == nil {
		p.lists = map[string][]listRow{}
	}
	id := strings.Clone(r.id) // not to keep the text that it is a part of
	row := listRow{listPlace{bucket, r.datestamp, id}, [4]any{bucket, r.datestamp, id, r.formats}}
	for spec := range within(r.sets) {
		p.lists[spec] = append(p.lists[spec], row)
		p.n++
	}
}

// enlist writes the rows that wait, in the order of their key, if they are so
// many.
func (w *writer) enlist(ctx context.Context, many int) error {
	p := &w.pending
	if p.n < many {
		return nil
	}
	const head = "record_sets (spec, bucket, datestamp, id, formats)"
	args := make([]any, 0, 5*chunk)
	for _, spec := range slices.Sorted(maps.Keys(p.lists)) {
		rows := p.lists[spec]
		if !slices.IsSortedFunc(rows, listRow.compare) {
			slices.SortFunc(rows, listRow.compare)
		}
		var boxed any = spec
		for _, r := range rows {
			args = append(append(args, boxed), r.columns[:]...)
			if len(args) == cap(args) {
				if _, err := w.insert(ctx, w.s.dialect.insert+head, 5, "", args); err != nil {
					return err
				}
				args = args[:0]
			}
		}
		p.lists[spec] = rows[:0]
	}
	p.n = 0
	_, err := w.insert(ctx, w.s.dialect.insert+head, 5, "", args)
	return err
}
