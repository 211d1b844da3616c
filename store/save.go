package store

import (
	"context"
	"hash/fnv"
	"iter"
	"slices"
	"strings"
)

// stored is what a record's row says beside its payload.
type stored struct {
	id, catalogue, group string
	revision, version    int64
	datestamp            int64
	standing             standing
	formats              int64
	sets                 string
	source               []byte
	rendered             string // format of its rendering, empty if it has none
}

// standing says whether a record is one.
type standing int64

const (
	live      standing = iota
	withdrawn          // by its catalogue, which still has it
	gone               // from its catalogue
)

// everyFormat is the bit set of a tombstone, which lists in every format hold;
// liveBit is one more bit of a record that is live.
const (
	everyFormat = 1<<62 - 1
	liveBit     = 1 << 62
)

const storedColumns = "id, catalogue, grp, revision, version, datestamp, standing, formats, sets, source, rendered"

func (r *stored) scan(from scanner) error {
	return from.Scan(&r.id, &r.catalogue, &r.group, &r.revision, &r.version, &r.datestamp, &r.standing, &r.formats, &r.sets, &r.source, &r.rendered)
}

// change is a row to be written over what is there, if anything is.
type change struct {
	stored
	payload    string
	rendering  rendering
	old        *stored
	oldPayload string
	// quiet says that harvesters need not hear of it: the datestamp stays.
	quiet bool
}

// moves reports whether a change concerns lists or counts.
func (c *change) moves() bool {
	return !c.quiet || c.old.sets != c.sets || c.old.formats != c.formats || c.old.group != c.group || (c.old.standing == gone) != (c.standing == gone)
}

// save writes changes.
func (w *writer) save(ctx context.Context, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	w.dirty = true
	var created, changed, history []any
	for i := range changes {
		c := &changes[i]
		w.stamp(c)
		c.rendered = c.rendering.format
		if c.old != nil {
			if c.moves() {
				if err := w.unlist(ctx, c.old); err != nil {
					return err
				}
			}
			if !c.quiet {
				history = append(history, c.id, c.old.revision, c.old.version, c.old.datestamp, c.old.standing, c.oldPayload)
			}
		}
		records := &created
		if c.old != nil {
			records = &changed
		}
		*records = append(*records, c.id, c.catalogue, c.group, c.revision, c.version, c.datestamp, c.standing, c.formats, c.sets, c.source, c.rendered, c.payload)
		if c.moves() {
			w.pending.add(&c.stored, w.bucket(c.id))
			w.tally(&c.stored, +1)
		}
	}
	const columns = "records (" + storedColumns + ", payload)"
	const update = " ON CONFLICT (id) DO UPDATE SET catalogue = excluded.catalogue, grp = excluded.grp, revision = excluded.revision," +
		" version = excluded.version, datestamp = excluded.datestamp, standing = excluded.standing, formats = excluded.formats," +
		" sets = excluded.sets, source = excluded.source, rendered = excluded.rendered, payload = excluded.payload"
	// Nothing is written after an error: a full disk may have ended the
	// transaction already, and what follows would be one of its own.
	for _, rows := range []struct {
		head    string
		columns int
		tail    string
		args    []any
	}{
		{w.s.dialect.insert + "history (id, revision, version, datestamp, standing, payload)", 6, "", history},
		{w.s.dialect.insert + columns, 12, "", created},
		{"INSERT INTO " + columns, 12, update, changed},
	} {
		if _, err := w.insert(ctx, rows.head, rows.columns, rows.tail, rows.args); err != nil {
			return err
		}
	}
	if err := w.keep(ctx, changes); err != nil {
		return err
	}
	return w.enlist(ctx, manyRows)
}

// stamp gives a change its place in time.
func (w *writer) stamp(c *change) {
	switch {
	case c.quiet:
		c.revision, c.version, c.datestamp = c.old.revision, c.old.version, c.old.datestamp
		return
	case c.old != nil:
		c.revision = c.old.revision + 1
	default:
		c.revision = 1
	}
	c.version, c.datestamp = w.version, w.at
}

// unlist takes a record out of all lists.
func (w *writer) unlist(ctx context.Context, r *stored) error {
	for spec := range within(r.sets) {
		if err := w.exec(ctx, "DELETE FROM record_sets WHERE spec = ? AND bucket = ? AND datestamp = ? AND id = ?", spec, w.bucket(r.id), r.datestamp, r.id); err != nil {
			return err
		}
	}
	w.tally(r, -1)
	return nil
}

// tally counts a record in, or out.
func (w *writer) tally(r *stored, n int64) {
	for spec := range within(r.sets) {
		w.lists[listKey{spec, r.datestamp, r.formats}] += n
	}
	if r.standing != gone {
		w.groups[groupKey{r.catalogue, r.group}] += n
	}
}

func (w *writer) bucket(id string) int64 { return bucketOf(id, w.buckets) }

// bucketOf is the part of its lists that a record is in.
func bucketOf(id string, buckets int) int64 {
	if buckets == 1 {
		return 0
	}
	h := fnv.New32a()
	h.Write([]byte(id))
	return int64(h.Sum32() % uint32(buckets))
}

// within yields the lists that a record of some sets is in: the whole, those
// sets and all that they are parts of, each once.
func within(sets string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield("") || sets == "" {
			return
		}
		var parents []string // of those that were yielded
		list := strings.Split(sets, " ")
		for _, spec := range list {
			for i := range len(spec) {
				if spec[i] != ':' || slices.Contains(parents, spec[:i]) || slices.Contains(list, spec[:i]) {
					continue
				}
				parents = append(parents, spec[:i])
				if !yield(spec[:i]) {
					return
				}
			}
			if !yield(spec) {
				return
			}
		}
	}
}
