package crosswalk

import (
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// lomIdentifier writes an identifier with the name of its catalogue, none
// where there is no entry.
func (w *writer) lomIdentifier(catalog string, entry ...string) {
	if len(entry) == 0 || entry[0] == "" {
		return
	}
	w.start("lom:identifier")
	w.text("lom:catalog", catalog)
	w.concat("lom:entry", entry...)
	w.end("lom:identifier")
}

// lomCatalog names a scheme as the portals do.
func lomCatalog(s model.Scheme) string {
	switch s {
	case model.ARK:
		return "ark"
	case model.Local:
		return "local"
	}
	return schemeOf(s).Name
}

// lomStrings writes an element with a string for each language.
func (w *writer) lomStrings(name string, t model.Text) {
	w.wrap(name, func() {
		for _, s := range t {
			if s.Value != "" {
				w.lomString(s.Lang, s.Value)
			}
		}
	})
}

// lomPlain writes an element with a string of no language.
func (w *writer) lomPlain(name, s string) {
	if s == "" {
		return
	}
	w.start(name)
	w.text("lom:string", s)
	w.end(name)
}

func (w *writer) lomString(tag language.Tag, parts ...string) {
	w.start("lom:string", attr{"language", lomLanguage(tag)})
	w.add(parts...)
	w.close("lom:string")
}

// lomConcept writes a value of a vocabulary of LOM's, in the order of the
// reference example.
func (w *writer) lomConcept(name string, c concept) {
	w.start(name)
	w.text("lom:source", lomSource)
	w.text("lom:label", c.label)
	w.text("lom:value", c.iri)
	w.end(name)
}

// lomfrConcept writes a value of a vocabulary that LOMFR added.
func (w *writer) lomfrConcept(name string, c concept) {
	w.start(name)
	w.text("lomfr:label", c.label)
	w.text("lomfr:value", c.iri)
	w.end(name)
}

func (w *writer) lomDate(d model.Date) {
	if d.Year() == 0 { // none, or the year that LOM has no place for
		return
	}
	w.start("lom:date")
	w.day("lom:dateTime", d)
	w.end("lom:date")
}
