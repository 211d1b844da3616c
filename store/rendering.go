package store

import (
	"context"
	"errors"
	"iter"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// A store keeps what the first of its formats writes of each record, oai_dc as a
// rule, which most harvesters ask for: a list copies it in a third of the time
// that it takes to read the record and to write it anew.
//
// An import writes a rendering with each record, in the same transaction. What
// a record takes from its catalogue's heading is no different: a heading that
// changes it changes the record, see contexts. What a newer program would write
// otherwise it does not use, as it knows by the format's Revision; the next
// import that meets the record writes it anew, and until then the list is made
// from the records. The same goes for a record that the format fails for.

// rendering is what is kept of a record.
type rendering struct {
	format, provenance, metadata string
}

const renderingColumns = "id, format, catalogue, standing, sets, provenance, metadata"

// keepable returns the format that is kept and its name, which no other format or
// revision has; nil for none. It is one that accepts every record and says when
// it changes.
func keepable(formats []oaipmh.Format[model.Record]) (f *oaipmh.Format[model.Record], name string) {
	if len(formats) == 0 || formats[0].Revision == "" || formats[0].Accepts != nil {
		return nil, ""
	}
	f = &formats[0]
	return f, f.Prefix + " " + f.Revision
}

// render returns what is to be kept of a record.
func (s *Store) render(rec model.Record) rendering {
	r := rendering{format: s.keeps}
	if s.kept == nil || rec.Output.Status == model.Withdrawn {
		return r
	}
	metadata, err := s.kept.Render(rec)
	if err == nil { // or else lists try again, and tell
		r.metadata = metadata.String()
	}
	r.provenance = string(crosswalk.Provenance(rec))
	return r
}

// stale reports whether this program keeps something else of a record.
func (s *Store) stale(r *stored) bool { return s.kept != nil && r.rendered != s.keeps }

// keep writes the renderings of changes. What there was is deleted first, not
// overwritten: so those of one import, which harvesters ask for together, lie
// together in the file.
func (w *writer) keep(ctx context.Context, changes []change) error {
	var old []string
	var rows []any
	for i := range changes {
		c := &changes[i]
		if c.old != nil && c.old.rendered != "" {
			old = append(old, c.id)
		}
		if c.rendered != "" {
			rows = append(rows, c.id, c.rendered, c.catalogue, c.standing, c.sets, c.rendering.provenance, c.rendering.metadata)
		}
	}
	err := in(old, func(list string, args []any) error {
		return w.exec(ctx, "DELETE FROM renderings WHERE id IN "+list, args...)
	})
	if err != nil {
		return err
	}
	_, err = w.insert(ctx, w.s.dialect.insert+"renderings ("+renderingColumns+")", 7, "", rows)
	return err
}

// renderings reads what is kept of records. Those that have none are there, too.
var renderings = &content{
	table: "renderings", columns: listColumns + ", coalesce(r.format, ''), coalesce(r.provenance, ''), coalesce(r.metadata, '')", batch: page,
	fields: func(r *row) []any { return append(r.listFields(), &r.format, &r.provenance, &r.metadata) },
	record: (*state).record,
}

// RenderedRecords yields the records of a selection after a key with what is kept
// of them, in the first of Options.Formats.
func (s *Store) RenderedRecords(ctx context.Context, metadataPrefix string, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Record[model.Record], error] {
	if s.kept == nil || metadataPrefix != s.kept.Prefix {
		return func(yield func(oaipmh.Record[model.Record], error) bool) {
			yield(oaipmh.Record[model.Record]{}, errors.ErrUnsupported)
		}
	}
	return s.list(ctx, sel, after, renderings)
}
