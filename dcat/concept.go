package dcat

import (
	"strings"

	"github.com/gtnum/gtnum/model"
)

// A concept is one entry of a controlled vocabulary, with what portals want
// to find beside it in the same document: its classes, its labels and the
// scheme that it is of.
type concept struct {
	iri             string
	class           string // beside skos:Concept
	scheme          string // IRI of its scheme
	french, english string
	label           string // rdfs:label beside, for readers who know no SKOS
}

// schemes are the titles of the concept schemes that documents name.
var schemes = map[string][2]string{
	euAuthority + "access-right":             {"Droits d’accès", "Access right"},
	euAuthority + "data-theme":               {"Thèmes de données", "Data theme"},
	euAuthority + "dataset-status":           {"États des jeux de données", "Dataset status"},
	euAuthority + "distribution-status":      {"États des distributions", "Distribution status"},
	euAuthority + "file-type":                {"Types de fichiers", "File type"},
	euAuthority + "frequency":                {"Fréquences", "Frequency"},
	euAuthority + "language":                 {"Langues", "Language"},
	coarScheme:                               {"Types de ressources COAR", "COAR resource types"},
	"http://purl.org/adms/publishertype/1.0": {"Types d’organismes ADMS", "ADMS publisher types"},
}

// concept writes a concept as object, described where the document meets it
// first.
func (g *graph) concept(c concept) {
	g.node(c.iri, nsSKOS+"Concept", func() {
		if c.class != "" {
			g.IRI(c.class)
		}
		g.labels(prefLabel, c.french, c.english)
		if c.label != "" {
			g.Predicate(label)
			g.Literal(c.label, "")
		}
		if c.scheme != "" {
			g.Predicate(inScheme)
			g.scheme(c.scheme)
		}
	})
}

func (g *graph) scheme(iri string) {
	g.node(iri, nsSKOS+"ConceptScheme", func() {
		if t, ok := schemes[iri]; ok {
			g.labels(title, t[0], t[1])
		}
	})
}

func euConcept(table, code, class, french, english string) concept {
	return concept{iri: euAuthority + table + "/" + code, class: class, scheme: euAuthority + table, french: french, english: english}
}

//go:generate go run vocab_table.go filetypes-skos.rdf data-theme-skos.rdf

// The concepts that records name, made once.
var (
	accessConcepts    = make(map[model.Access]concept)
	frequencyConcepts = make(map[model.Frequency]concept)
	fileTypeConcepts  = make(map[string]concept) // by media type
	themeConcepts     = make(map[string]concept) // by IRI
)

func init() {
	for _, a := range model.Accesses() {
		for _, r := range euAccessRights {
			if r.code == a.EU {
				accessConcepts[a.Access] = euConcept("access-right", a.EU, nsDCT+"RightsStatement", r.french, r.english)
			}
		}
	}
	for _, f := range model.Frequencies() {
		frequencyConcepts[f.Frequency] = euConcept("frequency", f.EU, nsDCT+"Frequency", f.French, f.English)
	}
	for m, t := range euFileTypes {
		c := euConcept("file-type", t.code, nsDCT+"MediaTypeOrExtent", t.label, t.label)
		c.label = t.label
		fileTypeConcepts[m] = c
	}
	for _, t := range euThemes {
		c := euConcept("data-theme", t.code, "", t.french, t.english)
		themeConcepts[c.iri] = c
	}
}

// themeConcept returns the concept of a theme's IRI: an EU theme with its
// labels, any other as it is.
func themeConcept(iri string) concept {
	if c, ok := themeConcepts[iri]; ok {
		return c
	}
	return concept{iri: iri, french: iri, english: iri}
}

// baseType is a media type without its parameters.
func baseType(mediaType string) string {
	base, _, _ := strings.Cut(mediaType, ";")
	return strings.ToLower(strings.TrimSpace(base))
}

// withdrawn is the status of what was taken back, of a data set or a
// distribution.
func withdrawn(table string) concept {
	return euConcept(table, "WITHDRAWN", "", "retiré", "withdrawn")
}

// A euCode is a row of an EU authority table with its labels.
type euCode struct{ code, french, english string }

// A euFileType is a row of the EU authority table "file-type". Its labels
// are the same in every language.
type euFileType struct{ code, label string }

// euAccessRights is the EU authority table "access-right".
var euAccessRights = []euCode{
	{"NON_PUBLIC", "non public", "non-public"},
	{"PUBLIC", "public", "public"},
	{"RESTRICTED", "restreint", "restricted"},
}
