package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"strings"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
)

// Verify checks that the store is what its imports made of it: that SQLite
// finds its file sound; that every record and revision can be read; that a record
// is in the lists that it belongs to, and in no other; that what is kept of it in
// a format is what the format writes; that counts are true; that everything has
// the datestamp of the import that made it, which the clock has reached; that no
// revision is missing. It calls found for each thing that is wrong and returns
// the number of records that it has seen. It reads one snapshot, while the store
// is served.
func (s *Store) Verify(ctx context.Context, found func(problem error)) (records int, err error) {
	if s.dialect == onSQLite {
		if err := s.verifyFile(ctx, found); err != nil {
			return 0, err
		}
	}
	err = s.read(ctx, func(tx *sql.Tx, st *state) error {
		v := &verifier{s: s, st: st, found: found, lists: map[listKey]int64{}, groups: map[groupKey]int64{}}
		// Method expressions, since Go 1.26.8 keeps the receiver of method values
		// such as v.records on the stack, where a closure on the heap points to it.
		for _, check := range []func(*verifier, context.Context, *sql.Tx) error{
			(*verifier).records, (*verifier).history, (*verifier).renderings, (*verifier).members, (*verifier).counts, (*verifier).times,
		} {
			if err := check(v, ctx, tx); err != nil {
				return err
			}
		}
		records = v.n
		return nil
	})
	return records, err
}

// verifyFile lets SQLite look at every page.
func (s *Store) verifyFile(ctx context.Context, found func(error)) error {
	rows, err := s.pools.read.QueryContext(ctx, "PRAGMA integrity_check")
	if err != nil {
		return s.explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return s.explain(err)
		}
		if line != "ok" {
			found(say.Errorf("le fichier\u00a0: %s", "the file: %s", line))
		}
	}
	return s.explain(rows.Err())
}

type verifier struct {
	s      *Store
	st     *state
	found  func(error)
	n      int
	lists  map[listKey]int64  // as records have it
	groups map[groupKey]int64 // likewise

	rendered int // records that say that they have a rendering
}

func (v *verifier) report(fr, en string, args ...any) { v.found(say.Errorf(fr, en, args...)) }

// records looks at every record by itself.
func (v *verifier) records(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, "SELECT "+storedColumns+", payload FROM records", func(rows *sql.Rows) error {
		var r stored
		var payload string
		if err := r.scan(withPayload{rows, &payload}); err != nil {
			return err
		}
		v.n++
		v.record(&r, payload)
		if r.rendered != "" {
			v.rendered++
		}
		for spec := range within(r.sets) {
			v.lists[listKey{spec, r.datestamp, r.formats}]++
		}
		if r.standing != gone {
			v.groups[groupKey{r.catalogue, r.group}]++
		}
		return nil
	})
}

// withPayload scans one column more.
type withPayload struct {
	scanner
	payload *string
}

func (w withPayload) Scan(dest ...any) error { return w.scanner.Scan(append(dest, w.payload)...) }

func (v *verifier) record(r *stored, payload string) {
	if r.standing == gone {
		if payload != "" || r.formats != everyFormat {
			v.report("notice %s\u00a0: elle n’est plus là, mais il en reste quelque chose", "record %s: it is gone, but something of it is left", r.id)
		}
		return
	}
	rec, err := v.st.value(&row{id: r.id, catalogue: r.catalogue, payload: payload})
	if err != nil {
		v.found(err)
		return
	}
	if rec.Output.ID != r.id || rec.Output.Group != r.group || standingOf(rec.Output.Status) != r.standing {
		v.report("notice %s\u00a0: sa ligne et son texte ne s’accordent pas", "record %s: its row and its text do not agree", r.id)
	}
	if r.standing != live || v.st.rulesOf[r.catalogue] != v.s.rules() {
		return
	}
	if sets := strings.Join(v.s.opts.Sets(rec), " "); sets != r.sets {
		v.report("notice %s\u00a0: elle est dans les ensembles « %s », mais devrait être dans « %s »", "record %s: it is in the sets %q, but belongs to %q", r.id, r.sets, sets)
	}
	if formats := v.s.accepted(rec); formats != r.formats {
		v.report("notice %s\u00a0: ses formats sont %b, mais devraient être %b", "record %s: its formats are %b, but ought to be %b", r.id, r.formats, formats)
	}
}

// standingOf is that of an output which its catalogue has.
func standingOf(s model.Status) standing {
	if s == model.Withdrawn {
		return withdrawn
	}
	return live
}

// history looks at every earlier revision by itself. Nothing reads more of one
// than its keys, so that one with a value that is refused by now, such as a year
// 0000, is as sound as it was.
func (v *verifier) history(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, "SELECT id, revision, standing, payload FROM history", func(rows *sql.Rows) error {
		var r stored
		var payload string
		if err := rows.Scan(&r.id, &r.revision, &r.standing, &payload); err != nil {
			return err
		}
		ok := r.standing == gone && payload == ""
		if r.standing != gone {
			var o struct {
				ID     string
				Status model.Status
			}
			err := json.Unmarshal([]byte(payload), &o)
			ok = err == nil && o.ID == r.id && standingOf(o.Status) == r.standing
		}
		if !ok {
			v.report("notice %s\u00a0: le texte de sa révision %d n’est pas ce qu’il était", "record %s: the text of its revision %d is not what it was", r.id, r.revision)
		}
		return nil
	})
}

// renderings compares what is kept with what would be.
func (v *verifier) renderings(ctx context.Context, tx *sql.Tx) error {
	n := 0
	err := each(ctx, tx, "SELECT x.id, x.format, x.catalogue, x.standing, x.sets, x.provenance, x.metadata,"+
		" coalesce(r.rendered, ''), coalesce(r.catalogue, ''), coalesce(r.standing, -1), coalesce(r.sets, ''), coalesce(r.payload, '')"+
		" FROM renderings x LEFT JOIN records r ON r.id = x.id", func(rows *sql.Rows) error {
		var kept, is row
		err := rows.Scan(&kept.id, &kept.format, &kept.catalogue, &kept.standing, &kept.sets, &kept.provenance, &kept.metadata,
			&is.format, &is.catalogue, &is.standing, &is.sets, &is.payload)
		if err != nil {
			return err
		}
		n++
		is.id = kept.id
		if is.standing == live && is.format == v.s.keeps {
			if rec, err := v.st.value(&is); err == nil { // or else records has told
				is.rendering = v.s.render(rec)
			}
		} else {
			is.provenance, is.metadata = kept.provenance, kept.metadata
		}
		is.payload = ""
		if is != kept {
			v.report("notice %s\u00a0: ce qui en est gardé en %s n’est pas ce qu’elle est", "record %s: what is kept of it in %s is not what it is", kept.id, kept.format)
		}
		return nil
	})
	if n != v.rendered {
		v.report("il y a %d notices gardées dans un format, il devrait y en avoir %d", "there are %d records kept in a format, there ought to be %d", n, v.rendered)
	}
	return err
}

// members looks whether every row of a list is that of a record.
func (v *verifier) members(ctx context.Context, tx *sql.Tx) error {
	seen := map[listKey]int64{}
	err := each(ctx, tx, "SELECT l.spec, l.bucket, l.datestamp, l.formats, l.id, coalesce(r.datestamp, -1), coalesce(r.formats, -1), coalesce(r.sets, '')"+
		" FROM record_sets l LEFT JOIN records r ON r.id = l.id", func(rows *sql.Rows) error {
		var key listKey
		var r stored
		var bucket int64
		if err := rows.Scan(&key.spec, &bucket, &key.datestamp, &key.formats, &r.id, &r.datestamp, &r.formats, &r.sets); err != nil {
			return err
		}
		seen[key]++
		v.member(key, bucket, &r)
		return nil
	})
	for key, n := range v.lists {
		if seen[key] != n {
			v.report("liste « %s » de %d\u00a0: elle a %d notices, mais devrait en avoir %d", "list %q of %d: it has %d records, but ought to have %d", key.spec, key.datestamp, seen[key], n)
		}
	}
	return err
}

func (v *verifier) member(key listKey, bucket int64, r *stored) {
	belongs := false
	for spec := range within(r.sets) {
		belongs = belongs || spec == key.spec
	}
	if !belongs || r.datestamp != key.datestamp || r.formats != key.formats || bucket != bucketOf(r.id, v.s.buckets) {
		v.report("liste « %s »\u00a0: la notice %s y est autrement qu’elle n’est", "list %q: record %s stands in it as it is not", key.spec, r.id)
	}
}

// counts compares what is counted with what was found.
func (v *verifier) counts(ctx context.Context, tx *sql.Tx) error {
	lists, groups := map[listKey]int64{}, map[groupKey]int64{}
	err := each(ctx, tx, "SELECT spec, datestamp, formats, n FROM set_counts", func(rows *sql.Rows) error {
		var key listKey
		var n int64
		err := rows.Scan(&key.spec, &key.datestamp, &key.formats, &n)
		lists[key] = n
		return err
	})
	if err != nil {
		return err
	}
	err = each(ctx, tx, "SELECT catalogue, grp, n FROM group_counts", func(rows *sql.Rows) error {
		var key groupKey
		var n int64
		err := rows.Scan(&key.catalogue, &key.group, &n)
		groups[key] = n
		return err
	})
	if !maps.Equal(lists, v.lists) {
		v.report("les comptes des listes ne sont pas ceux des notices", "the counts of lists are not those of the records")
	}
	if !maps.Equal(groups, v.groups) {
		v.report("les comptes des groupes ne sont pas ceux des notices", "the counts of groups are not those of the records")
	}
	return err
}

// times looks for what cannot be yet, for what no import made, and for revisions
// that are not there.
func (v *verifier) times(ctx context.Context, tx *sql.Tx) error {
	for _, check := range []struct{ fr, en, text string }{
		{"%d notices ont une date que l’horloge n’a pas atteinte", "%d records have a datestamp that the clock has not reached",
			"SELECT count(*) FROM records, clock WHERE records.datestamp > clock.at OR records.version > clock.version"},
		{"%d notices ou révisions sont d’un import qui n’est pas noté, ou l’est à une autre date", "%d records or revisions are of an import that is not noted, or at another time",
			"SELECT count(*) FROM (SELECT version, datestamp FROM records UNION ALL SELECT version, datestamp FROM history) AS r" +
				" LEFT JOIN imports i ON i.version = r.version WHERE i.at IS NULL OR i.at <> r.datestamp"},
		{"%d horloges ne sont pas celles du dernier import", "%d clocks are not that of the last import",
			"SELECT count(*) FROM clock WHERE id <> 1 OR at < changed OR version <> (SELECT coalesce(max(version), 0) FROM imports)" +
				" OR changed <> (SELECT coalesce(max(at), 0) FROM imports)"},
		{"il manque une révision à %d notices", "%d records lack a revision",
			"SELECT count(*) FROM records r WHERE r.revision - 1 <> (SELECT count(*) FROM history h WHERE h.id = r.id AND h.revision < r.revision)"},
		{"%d révisions sont sans notice, ou plus récentes que la suivante", "%d revisions are of no record, or younger than the next",
			"SELECT count(*) FROM history h LEFT JOIN records r ON r.id = h.id WHERE r.id IS NULL OR h.datestamp > r.datestamp OR h.revision >= r.revision"},
	} {
		var n int
		if err := tx.QueryRowContext(ctx, check.text).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			v.report(check.fr, check.en, n)
		}
	}
	return nil
}

// each runs a query and calls f for every row.
func each(ctx context.Context, tx *sql.Tx, text string, f func(*sql.Rows) error) error {
	rows, err := tx.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
