package store

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
)

// apply compares a batch with what is there and writes what differs.
func (p *part) apply(ctx context.Context, b *itemBatch) error {
	p.batches++
	if b.err != nil {
		p.problems.add(b.err)
	}
	items, err := p.admit(ctx, b.items)
	if err != nil {
		return err
	}
	if err := p.refer(ctx, items); err != nil {
		return err
	}
	known, err := p.lookup(ctx, items)
	if err != nil {
		return err
	}
	if items, err = p.see(ctx, items, known); err != nil {
		return err
	}
	items = slices.DeleteFunc(items, func(it *item) bool { return p.untouched(it, known[it.id]) })
	p.decodeAll(items)
	payloads, err := p.payloads(ctx, items, known)
	if err != nil {
		return err
	}
	var changes []change
	for _, it := range items {
		if it.err != nil {
			if err := p.refuse(ctx, it); err != nil {
				return err
			}
			continue
		}
		if c, ok := p.compare(it, known[it.id], payloads[it.id]); ok {
			changes = append(changes, c)
		}
	}
	return p.save(ctx, changes)
}

// admit returns the items that can be looked up, each id once, and tells of
// the others.
func (p *part) admit(ctx context.Context, list []item) ([]*item, error) {
	items := make([]*item, 0, len(list))
	ids := make(map[string]bool, len(list))
	for i := range list {
		it := &list[i]
		switch {
		case it.err != nil:
			if err := p.refuse(ctx, it); err != nil {
				return nil, err
			}
		case ids[it.id]:
			p.twice(it.id)
		default:
			ids[it.id] = true
			items = append(items, it)
		}
	}
	return items, ctx.Err()
}

func (p *part) twice(id string) {
	p.problems.add(say.Errorf("catalogue %s\u00a0: deux productions ont l’identifiant « %s »", "catalogue %s: two outputs have the id %q", p.id, id))
}

// lookup reads the rows that are there of some items.
func (p *part) lookup(ctx context.Context, items []*item) (map[string]*stored, error) {
	ids := make([]string, len(items))
	for i, it := range items {
		ids[i] = it.id
	}
	known := make(map[string]*stored, len(items))
	err := in(ids, func(list string, args []any) error {
		rows, err := p.query(ctx, "SELECT "+storedColumns+" FROM records WHERE id IN "+list, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			r := &stored{}
			if err := r.scan(rows); err != nil {
				return err
			}
			known[r.id] = r
		}
		return rows.Err()
	})
	return known, p.s.explain(err)
}

// see notes which of the records that are there were met, and returns the
// items without those that were met before.
func (p *part) see(ctx context.Context, items []*item, known map[string]*stored) ([]*item, error) {
	var ids []string
	again := map[string]bool{}
	for _, it := range items {
		r := known[it.id]
		switch {
		case r == nil:
		case r.version == p.version:
			again[it.id] = true
		default:
			ids = append(ids, it.id)
		}
	}
	rows := make([]any, 0, 2*len(ids))
	for _, id := range ids {
		rows = append(rows, id, p.batches)
	}
	n, err := p.insert(ctx, "INSERT INTO seen (id, batch)", 2, " ON CONFLICT (id) DO NOTHING", rows)
	if err == nil && int(n) < len(ids) {
		err = p.seenBefore(ctx, ids, again)
	}
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(items, func(it *item) bool {
		if again[it.id] {
			p.twice(it.id)
			return true
		}
		p.meet(known[it.id])
		return false
	}), nil
}

// meet counts a record that is there and was met.
func (p *part) meet(r *stored) {
	if r == nil || r.standing == gone || r.catalogue != p.id {
		return
	}
	p.met[r.group]++
}

// seenBefore adds those ids that an earlier batch had.
func (p *part) seenBefore(ctx context.Context, ids []string, again map[string]bool) error {
	return in(ids, func(list string, args []any) error {
		rows, err := p.query(ctx, "SELECT id FROM seen WHERE id IN "+list+" AND batch <> ?", append(args, p.batches)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			again[id] = true
		}
		return rows.Err()
	})
}

// untouched reports whether an item is what is there, by its text alone.
func (p *part) untouched(it *item, old *stored) bool {
	if !p.same || old == nil || old.catalogue != p.id || string(old.source) != string(it.source[:]) || it.raw.Text == nil || p.s.stale(old) {
		return false
	}
	p.flat = p.flat || old.group == ""
	p.report.Unchanged++
	return true
}

// decodeAll reads and renders items on all processors.
func (p *part) decodeAll(items []*item) {
	n := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for part := range slices.Chunk(items, max(1, (len(items)+n-1)/n)) {
		wg.Go(func() {
			for _, it := range part {
				it.decode()
				it.render(p)
			}
		})
	}
	wg.Wait()
}

// payloads reads what records of some items are.
func (p *part) payloads(ctx context.Context, items []*item, known map[string]*stored) (map[string]string, error) {
	var ids []string
	for _, it := range items {
		if r := known[it.id]; r != nil && r.standing != gone {
			ids = append(ids, it.id)
		}
	}
	return p.payloadsOf(ctx, ids)
}

func (w *writer) payloadsOf(ctx context.Context, ids []string) (map[string]string, error) {
	payloads := make(map[string]string, len(ids))
	err := in(ids, func(list string, args []any) error {
		rows, err := w.query(ctx, "SELECT id, payload FROM records WHERE id IN "+list, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, payload string
			if err := rows.Scan(&id, &payload); err != nil {
				return err
			}
			payloads[id] = payload
		}
		return rows.Err()
	})
	return payloads, w.s.explain(err)
}

// compare returns what is to be written of an item, if anything is.
func (p *part) compare(it *item, old *stored, oldPayload string) (change, bool) {
	p.flat = p.flat || it.output.Group == ""
	c := change{old: old, oldPayload: oldPayload, payload: it.payload, rendering: it.rendering}
	c.stored = p.judge(it)
	if old != nil && old.standing != gone && old.catalogue != p.id {
		p.problems.add(say.Errorf("catalogue %s\u00a0: la production « %s » est déjà du catalogue %s\u00a0; enlevez-la d’abord de celui-là", "catalogue %s: output %q is one of catalogue %s already: remove it from that one first", p.id, it.id, old.catalogue))
		return c, false
	}
	if old != nil && c.standing == withdrawn {
		c.sets = old.sets // a tombstone stays where the record was
	}
	kind, fields := p.kind(it, &c)
	if kind == "" {
		p.report.Unchanged++
		c.quiet = true
		return c, string(old.source) != string(c.source) || old.formats != c.formats || old.standing != c.standing || p.s.stale(old)
	}
	p.tell(kind, it.id, fields)
	return c, true
}

// kind says what a change is to harvesters, "" for none.
func (p *part) kind(it *item, c *change) (ChangeKind, []string) {
	switch wasLive := c.old != nil && c.old.standing == live; {
	case !wasLive && c.standing == live && c.old == nil:
		return Created, nil
	case !wasLive && c.standing == live:
		return Restored, nil
	case wasLive && c.standing == withdrawn, c.old == nil:
		return Deleted, nil
	case !wasLive:
		return "", nil
	}
	fields, same := p.fields(it, c.oldPayload)
	if same && p.alike(c.old, &c.stored) && p.sameContext(it.output) {
		return "", nil
	}
	return Changed, fields
}

// judge finds what harvesters may ask of a record.
func (p *part) judge(it *item) stored {
	rec := model.Record{Catalogue: p.now, Output: it.output}
	r := stored{
		id: it.id, catalogue: p.id, group: it.output.Group,
		formats: everyFormat,
		sets:    strings.Join(p.s.opts.Sets(rec), " "),
		source:  it.source[:],
	}
	if it.output.Status == model.Withdrawn {
		r.standing = withdrawn
		return r
	}
	r.formats = p.s.accepted(rec)
	return r
}

// accepted is the bit set of the choosy formats that accept a live record.
func (s *Store) accepted(rec model.Record) int64 {
	formats := int64(liveBit)
	for i := range s.choosy {
		if s.choosy[i].Accepts(rec) {
			formats |= 1 << i
		}
	}
	return formats
}

func (p *part) sameContext(o *model.Output) bool {
	return p.before == nil || p.before.sameFor(p.after, o)
}

// alike reports whether harvesters find a record where it was: in the same
// sets, and in the same formats of those that both programs know.
func (p *part) alike(old, now *stored) bool {
	if old.sets != now.sets {
		return false
	}
	if p.rules {
		return old.formats == now.formats
	}
	for i, prefix := range strings.Fields(p.oldRules) {
		bit := p.s.bit(prefix)
		if i > 0 && bit >= 0 && (old.formats>>(i-1))&1 != (now.formats>>bit)&1 {
			return false
		}
	}
	return true
}

// fields returns the keys in which two outputs differ, and whether there are
// none.
func (p *part) fields(it *item, oldPayload string) (fields []string, same bool) {
	if oldPayload == it.payload {
		return nil, true
	}
	if was, err := model.ParseOutput(oldPayload); err == nil && payloadOf(was) == payloadOf(it.output) {
		return nil, true
	}
	if p.opts.Changed == nil {
		return nil, false
	}
	return differing(oldPayload, it.payload), false
}

// differing returns the keys in which two objects differ, in ascending order.
func differing(a, b string) (keys []string) {
	var x, y map[string]json.RawMessage
	if cmp.Or(json.Unmarshal([]byte(a), &x), json.Unmarshal([]byte(b), &y)) != nil {
		return nil
	}
	for key, value := range x {
		if string(y[key]) != string(value) {
			keys = append(keys, key)
		}
		delete(y, key)
	}
	keys = slices.AppendSeq(keys, maps.Keys(y))
	slices.Sort(keys)
	return keys
}

// tell counts a change and reports it.
func (im *importer) tell(kind ChangeKind, id string, fields []string) {
	switch kind {
	case Created:
		im.report.Created++
	case Changed:
		im.report.Changed++
	case Deleted:
		im.report.Deleted++
	case Restored:
		im.report.Restored++
	}
	if im.opts.Changed != nil {
		im.opts.Changed(Change{id, kind, fields})
	}
}

// sweep looks at the records that the import did not bring. It deletes those
// that it speaks for; the others are published anew if they mean something
// else under the catalogue's new heading, and judged by the rules of this
// program.
func (im *importer) sweep(ctx context.Context) error {
	for _, sc := range im.scopes {
		p := &part{importer: im, scope: sc}
		missing, err := im.missing(ctx, sc)
		more := missing || sc.old != nil && !sc.same
		for after := ""; more && err == nil; more = after != "" {
			var unseen []*stored
			if unseen, after, err = im.unseen(ctx, sc, after); err == nil {
				err = p.sweepOut(ctx, unseen)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sweepOut deletes or follows some records that were not met.
func (p *part) sweepOut(ctx context.Context, unseen []*stored) error {
	ids := make([]string, len(unseen))
	for i, r := range unseen {
		ids[i] = r.id
	}
	payloads, err := p.payloadsOf(ctx, ids)
	if err != nil {
		return err
	}
	var changes []change
	for _, r := range unseen {
		if p.speaksFor(r.group) {
			c := p.s.buried(r, payloads[r.id])
			if !c.quiet {
				p.tell(Deleted, r.id, nil)
			}
			changes = append(changes, c)
			continue
		}
		c, changed, err := p.follow(r, payloads[r.id])
		if err != nil {
			return err
		}
		if !changed {
			continue
		}
		if !c.quiet {
			p.tell(Changed, r.id, nil)
		}
		changes = append(changes, c)
	}
	return p.save(ctx, changes)
}

// follow returns the change of a record whose output stays as it is under a
// heading, or by rules, that may not.
func (p *part) follow(r *stored, payload string) (c change, changed bool, err error) {
	if r.standing != live || p.before == nil {
		return c, false, nil
	}
	rec, err := p.state.value(&row{id: r.id, catalogue: r.catalogue, payload: payload})
	if err != nil {
		return c, false, err
	}
	same := p.before.sameFor(p.after, rec.Output)
	if same && p.rules {
		return c, false, nil
	}
	c = change{old: r, oldPayload: payload, payload: payload, rendering: p.s.render(rec)}
	c.stored = p.judge(&item{id: r.id, output: rec.Output})
	c.source = r.source
	c.quiet = same && p.alike(r, &c.stored)
	return c, !c.quiet || r.formats != c.formats, nil
}

// missing reports whether there are fewer records of the groups that the
// import speaks for than before it, without looking at them.
func (im *importer) missing(ctx context.Context, sc *scope) (bool, error) {
	rows, err := im.query(ctx, "SELECT grp, n FROM group_counts WHERE catalogue = ?", sc.id)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	missing := false
	for rows.Next() {
		var group string
		var n int
		if err := rows.Scan(&group, &n); err != nil {
			return false, im.s.explain(err)
		}
		missing = missing || sc.speaksFor(group) && n > sc.met[group]
	}
	return missing, im.s.explain(rows.Err())
}

func (sc *scope) speaksFor(group string) bool {
	return sc.spoken[group] || group == "" && sc.flat
}

// unseen reads some of the records that were not met, and where to go on.
func (im *importer) unseen(ctx context.Context, sc *scope, after string) (list []*stored, next string, err error) {
	rows, err := im.query(ctx, "SELECT "+storedColumns+" FROM records r WHERE r.id > ? AND r.catalogue = ? AND r.standing <> 2 AND r.version <> ?"+
		" AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.id = r.id) ORDER BY r.id LIMIT 256", after, sc.id, im.version)
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	for rows.Next() {
		r := &stored{}
		if err := r.scan(rows); err != nil {
			return nil, "", im.s.explain(err)
		}
		if list = append(list, r); len(list) == 256 {
			next = r.id
		}
	}
	return list, next, im.s.explain(rows.Err())
}

// buried is the change of a record into a tombstone, which keeps its sets.
func (s *Store) buried(r *stored, payload string) change {
	c := change{old: r, oldPayload: payload, stored: *r, rendering: rendering{format: s.keeps}}
	c.standing, c.formats, c.source = gone, everyFormat, []byte{}
	c.quiet = r.standing == withdrawn // harvesters know
	return c
}
