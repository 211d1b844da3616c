package dcat

import (
	"cmp"
	"context"
	"io"
	"strconv"
	"sync"

	"github.com/gtnum/gtnum/model"
)

// Options of an export. The zero Options are the whole catalogue as Turtle in
// the profile "dcat-ap".
type Options struct {
	// Syntax to write.
	Syntax Syntax
	// Profile to write for; the zero Profile is [DCATAP].
	Profile Profile
	// Page restricts the export to a page; nil is the whole catalogue.
	Page *Page
}

// A Page is a part of a catalogue: the records that come after an id. Each
// page is a graph of its own, with all labels that its records need, and says
// where the next one is.
type Page struct {
	// After is the id that the page's records come after, "" for the first
	// page.
	After string
	// Size is how many records the page has at most.
	Size int
	// URL returns the absolute address of the page after an id; nil writes no
	// links to other pages.
	URL func(after string) string
}

// Export writes the catalogue of a source as one RDF document. It holds a
// few records at a time, however many there are. The same records give the
// same bytes.
//
// After an error the document is incomplete: it does not parse, or in Turtle and
// N-Triples, which are made of statements, ends early.
func Export(ctx context.Context, w io.Writer, src Source, o Options) error {
	c, err := src.Catalogue(ctx)
	if err != nil {
		return err
	}
	g := newGraph(ctx, NewEncoder(w, o.Syntax), src, o.profile())
	defer g.release()
	if err := g.write(c, o.Page); err != nil {
		return err
	}
	return g.Close()
}

// ExportRecord writes the description of one record as a document of its
// own. src serves to describe the series that the record is of. Where it is
// nil, the document hangs on the record alone, as a record of OAI-PMH must,
// and is of one data set: it names the series, as what the record is a part
// of.
func ExportRecord(ctx context.Context, w io.Writer, src Source, r model.Record, o Options) error {
	g := newGraph(ctx, NewEncoder(w, o.Syntax), src, o.profile())
	defer g.release()
	e := entry{r, r.IRI()}
	g.seen[described{e.iri, class(r.Output)}] = true
	g.Begin(e.iri)
	g.is(class(r.Output))
	g.output(e)
	g.End()
	return g.Close()
}

func (o *Options) profile() *Profile {
	if o.Profile.Name == "" {
		return defaultProfile()
	}
	return &o.Profile
}

var defaultProfile = sync.OnceValue(func() *Profile {
	p := DCATAP()
	return &p
})

// chunk is how many records are at hand at a time. Those of a chunk stand
// together by their classes, which makes the documents readable.
const chunk = 128

// write writes the records of a page, or all. The catalogue's node begins
// anew for each chunk. Records that the profile hides count in a page, so
// that the pages of all profiles are the same.
func (g *graph) write(c *model.Catalogue, p *Page) error {
	after, size := "", -1
	if p != nil {
		after, size = p.After, p.Size
	}
	g.Begin(CatalogueIRI(c))
	g.heading(c)
	n, last, more := 0, "", false
	records := make([]model.Record, 0, chunk)
	for r, err := range g.src.Records(g.ctx, after) {
		if err := cmp.Or(err, g.Err()); err != nil {
			return err
		}
		if more = n == size; more {
			break
		}
		n, last = n+1, r.Output.ID
		if g.hides(r) {
			continue
		}
		if len(records) == chunk {
			g.members(records)
			g.End()
			g.Begin(CatalogueIRI(c))
			records = records[:0]
		}
		records = append(records, r)
	}
	g.members(records)
	g.End()
	if p == nil || p.URL == nil || !more && after == "" {
		return nil
	}
	return g.view(p, last, more)
}

func (g *graph) hides(r model.Record) bool {
	return g.profile.HideWithdrawn && r.Output.Status == model.Withdrawn
}

// view writes the links of a page, unless it is the only one, in both vocabularies of Hydra that portals
// know: PartialCollectionView and the older PagedCollection.
func (g *graph) view(p *Page, last string, more bool) error {
	g.Begin(p.URL(p.After))
	g.is(nsHydra+"PartialCollectionView", nsHydra+"PagedCollection")
	g.link(nsHydra+"first", p.URL(""))
	g.link(nsHydra+"firstPage", p.URL(""))
	if more {
		g.link(nsHydra+"next", p.URL(last))
		g.link(nsHydra+"nextPage", p.URL(last))
	}
	if err := g.count(nsHydra + "totalItems"); err != nil {
		return err
	}
	g.End()
	return g.Err()
}

// count writes how many records there are, where the source knows.
func (g *graph) count(p string) error {
	counter, ok := g.src.(Counter)
	if !ok {
		return nil
	}
	n, err := counter.Count(g.ctx)
	if err != nil {
		return err
	}
	g.Predicate(p)
	g.Typed(strconv.Itoa(n), xsdInteger)
	return nil
}
