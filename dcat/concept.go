package dcat

import (
	"cmp"
	"mime"
	"strings"

	"github.com/gtnum/gtnum/internal/eu"
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

func euConcept(table string, c eu.Concept, class string) concept {
	scheme := eu.Authority + table
	return concept{iri: scheme + "/" + c.Code, class: class, scheme: scheme, french: c.French, english: c.English}
}

// The concepts that records name, made once.
var (
	accessConcepts    = make(map[model.Access]concept)
	frequencyConcepts = make(map[model.Frequency]concept)
	fileTypeConcepts  = make(map[string]concept) // by media type
	themeConcepts     = make(map[string]concept) // by IRI
)

func init() {
	for _, a := range model.Accesses() {
		if c, ok := eu.AccessRights.Find(a.EU); ok {
			c.French = cmp.Or(c.French, accessFrench[c.Code])
			accessConcepts[a.Access] = euConcept("access-right", c, nsDCT+"RightsStatement")
		}
	}
	for _, f := range model.Frequencies() {
		frequencyConcepts[f.Frequency] = euConcept("frequency", eu.Concept{Code: f.EU, French: f.French, English: f.English}, nsDCT+"Frequency")
	}
	for m, t := range eu.FileTypes {
		c := euConcept("file-type", t, nsDCT+"MediaTypeOrExtent")
		c.label = t.English
		fileTypeConcepts[m] = c
	}
	for _, t := range eu.Themes {
		c := euConcept("data-theme", t, "")
		themeConcepts[c.iri] = c
	}
}

// accessFrench are the labels that the EU table of access rights has not.
var accessFrench = map[string]string{"NON_PUBLIC": "non public", "PUBLIC": "public", "RESTRICTED": "restreint"}

// themeConcept returns the concept of a theme's IRI: an EU theme with its
// labels, any other as it is.
func themeConcept(iri string) concept {
	if c, ok := themeConcepts[iri]; ok {
		return c
	}
	return concept{iri: iri, french: iri, english: iri}
}

// baseType is a media type without its parameters, "" for what is none, such as
// "csv": an address made of it would name nothing.
func baseType(mediaType string) string {
	base, _, err := mime.ParseMediaType(mediaType)
	if err != nil || strings.Count(base, "/") != 1 {
		return ""
	}
	return base
}

// withdrawn is the status of what was taken back, of a data set or a
// distribution.
func withdrawn(table string) concept {
	return euConcept(table, eu.Concept{Code: "WITHDRAWN", French: "retiré", English: "withdrawn"}, "")
}
