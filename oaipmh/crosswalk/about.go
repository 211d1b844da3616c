package crosswalk

import (
	"time"

	"github.com/gtnum/gtnum/model"
)

// About returns the containers that go with a record: where it was harvested
// from, then the licence of its description. A reader that looks at the first
// alone learns the origin.
func About(r model.Record) [][]byte {
	var about [][]byte
	if p := provenance(r.Output.Provenance.Origins); p != nil {
		about = append(about, p)
	}
	if l := rights(r.Catalogue); l != nil {
		about = append(about, l)
	}
	return about
}

const provenanceRoot = `<provenance xmlns="http://www.openarchives.org/OAI/2.0/provenance"` +
	` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
	` xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/provenance http://www.openarchives.org/OAI/2.0/provenance.xsd">`

// provenance is the container of the guideline "XML Schema to hold provenance
// information": each origin holds the one before it. It is nil if nothing was
// harvested.
func provenance(origins []model.Origin) []byte {
	if len(origins) == 0 || !whole(origins[0]) {
		return nil
	}
	var w writer
	w.raw(provenanceRoot)
	w.origin(origins)
	w.end("provenance")
	return w.buf
}

func (w *writer) origin(origins []model.Origin) {
	if len(origins) == 0 || !whole(origins[0]) {
		return
	}
	o := origins[0]
	altered := "false"
	if o.Altered {
		altered = "true"
	}
	w.start("originDescription", attr{"harvestDate", o.Harvested.Time().Format(time.RFC3339)}, attr{"altered", altered})
	w.text("baseURL", o.BaseURL)
	w.text("identifier", o.Identifier)
	w.text("datestamp", o.Datestamp.String())
	w.text("metadataNamespace", o.MetadataNamespace)
	w.origin(origins[1:])
	w.end("originDescription")
}

// whole reports whether an origin says all that the container demands.
func whole(o model.Origin) bool {
	return o.BaseURL != "" && o.Identifier != "" && o.MetadataNamespace != "" &&
		!o.Harvested.IsZero() && o.Datestamp.Precision() >= model.Day
}

const rightsRoot = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
	` xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/rights/`

// rights is the container of the guideline "Conveying rights expressions about
// metadata": the licence of the catalogue's descriptions, nil if it has none.
func rights(c *model.Catalogue) []byte {
	iri := licenceOf(c.Licence).IRI
	if iri == "" {
		return nil
	}
	var w writer
	w.raw(`<rights xmlns="http://www.openarchives.org/OAI/2.0/rights/"` + rightsRoot + ` http://www.openarchives.org/OAI/2.0/rights.xsd">`)
	w.empty("rightsReference", attr{"ref", iri})
	w.end("rights")
	return w.buf
}

// Descriptions returns the containers of Identify that some catalogues tell:
// the licence of the descriptions that they hold.
func Descriptions(catalogues ...*model.Catalogue) [][]byte {
	var out [][]byte
	seen := map[string]bool{}
	for _, c := range catalogues {
		l := rights(c)
		if l == nil || seen[string(l)] {
			continue
		}
		seen[string(l)] = true
		var w writer
		w.raw(`<rightsManifest xmlns="http://www.openarchives.org/OAI/2.0/rights/"` + rightsRoot + ` http://www.openarchives.org/OAI/2.0/rightsManifest.xsd" appliesTo="http://www.openarchives.org/OAI/2.0/entity#metadata">`)
		w.raw("\n" + string(l))
		w.end("rightsManifest")
		out = append(out, w.buf)
	}
	return out
}
