// Package eu holds authority tables of the Publications Office of the European
// Union: the codes that DCAT-AP wants for themes, file types, access rights,
// frequencies, languages and licences, with their French and English labels.
//
//	t, ok := eu.Themes.Find("EDUC") // {EDUC Éducation, culture et sport Education, culture and sport}
//	iri := eu.Authority + "data-theme/" + t.Code
//
// The tables are © European Union, reused under CC BY 4.0. "go generate" makes
// them anew from what the Publications Office publishes, or from the files of a
// folder that EU_TABLES names: access-right.rdf, data-theme.rdf and so on, or
// .ttl.
package eu

import (
	"cmp"
	"slices"
)

//go:generate go run ./renew $EU_TABLES

// Authority is what the IRIs of tables begin with. A table's name follows, and
// for a concept "/" and its code.
const Authority = "http://publications.europa.eu/resource/authority/"

// A Concept is a row of a table. Where a table has no French labels, French is
// empty.
type Concept struct{ Code, French, English string }

// A Table is an authority table, in the order of its codes. Codes that are
// deprecated are not in it.
type Table []Concept

// Find returns the row of a code.
func (t Table) Find(code string) (Concept, bool) {
	i, ok := slices.BinarySearchFunc(t, code, func(c Concept, code string) int { return cmp.Compare(c.Code, code) })
	if !ok {
		return Concept{}, false
	}
	return t[i], true
}
