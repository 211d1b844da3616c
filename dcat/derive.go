package dcat

import (
	"github.com/gtnum/gtnum/model"

	"golang.org/x/text/language"
)

// What is made by rule where DCAT-AP demands something that nobody stated. It
// is always marked: a dct:provenance statement of the record says so.

// derivedDescription is a sentence for a data set without a description.
func derivedDescription(r model.Record) model.Text {
	french, english := "Jeu de données", "Data set"
	if isSeries(r.Output) {
		french, english = "Série de jeux de données", "Data set series"
	}
	if grp := r.Group(); grp != nil {
		name := grp.Acronym
		if name == "" {
			name = grp.Title.String()
		}
		french += " du groupe " + name
		english += " of the group " + name
	}
	return model.Text{
		{Lang: language.French, Value: french + ". La source n’en donne pas de description ; cette phrase est composée par règle."},
		{Lang: language.English, Value: english + ". The source gives no description of it; this sentence is made by rule."},
	}
}

// derivations returns what was derived in a record, by the field: by the
// catalogue's own account, and by this package.
func derivations(r model.Record) []model.Derivation {
	ds := append([]model.Derivation(nil), r.Output.Provenance.Derived...)
	if len(r.Output.Title) == 0 {
		ds = append(ds, derivedTitle)
	}
	if len(r.Output.Abstract) == 0 && isDataset(r.Output) {
		ds = append(ds, derivedAbstract)
	}
	return ds
}

// derivedIdentifier is what the node of a derived identifier says of it.
var derivedIdentifier = [2]string{"identifiant déduit par règle d’une adresse", "identifier that follows by rule from an address"}

var (
	derivedTitle = model.Derivation{Field: "title", Rule: model.Text{
		{Lang: language.French, Value: "Aucune source ne donne de titre : ce libellé est composé par règle du genre, de la plateforme et de l’identifiant."},
		{Lang: language.English, Value: "No source gives a title: this label is made by rule of the kind, the platform and the identifier."},
	}}
	derivedAbstract = model.Derivation{Field: "abstract", Rule: model.Text{
		{Lang: language.French, Value: "Aucune source ne donne de description : cette phrase est composée par règle."},
		{Lang: language.English, Value: "No source gives a description: this sentence is made by rule."},
	}}
)

// origin writes the project that the output came from, the statements of
// provenance and what it was derived from.
func (g *graph) origin(r entry) {
	if grp := r.Group(); grp != nil {
		g.Predicate(wasGeneratedBy)
		g.project(r.Catalogue, grp)
	}
	all := derivations(r.Record)
	iris := irisOf(r.iri+"#derived-", all, func(d *model.Derivation) (own, name string) { return "", d.Field })
	for i, d := range all {
		g.Predicate(provenance)
		g.node(iris[i], nsDCT+"ProvenanceStatement", func() {
			g.plain(identifier, d.Field)
			g.text(label, d.Rule)
		})
	}
}

// description writes the description of the record itself: when it changed,
// what it was made from, who may use it. For data sets it is a
// dcat:CatalogRecord; DCAT-AP has none for others.
func (g *graph) description(r entry) {
	g.Predicate(isPrimaryTopicOf)
	g.node(recordIRI(r.iri), recordClass(r.Output), func() {
		g.link(primaryTopic, r.iri)
		if d := r.Datestamp(); !d.IsZero() {
			g.Predicate(modified)
			g.Typed(d.Format("2006-01-02T15:04:05Z"), xsdDateTime)
		}
		g.languages(r.Catalogue.Languages)
		g.Predicate(conformsTo)
		g.node(g.profile.Standard, nsDCT+"Standard", func() {
			g.plain(title, g.profile.Title)
		})
		g.licence(license, r.Catalogue.Licence)
		g.source(r)
		for _, o := range r.Output.Provenance.Origins {
			g.harvested(o)
		}
	})
}

func recordIRI(rec string) string { return rec + "#record" }

func recordClass(o *model.Output) string {
	if isDataset(o) {
		return nsDCAT + "CatalogRecord"
	}
	return nsFOAF + "Document"
}

// source writes the document that the description was made from.
func (g *graph) source(r entry) {
	for _, s := range r.Catalogue.Sources {
		if s.ID == r.Output.Provenance.Source {
			g.Predicate(primarySource)
			g.node(sourceIRI(r.Catalogue, s.ID), nsFOAF+"Document", func() {
				g.text(title, s.Title)
				g.date(issued, s.Issued)
				g.text(comment, s.Note)
				g.link(page, s.URL)
			})
		}
	}
}

// harvested writes a repository's record that the description came from.
func (g *graph) harvested(o model.Origin) {
	if !absolute(o.Identifier) {
		return
	}
	g.Predicate(wasDerivedFrom)
	g.node(o.Identifier, nsPROV+"Entity", func() {
		g.plain(identifier, o.Identifier)
		g.date(modified, o.Datestamp)
		g.link(nsPROV+"atLocation", o.BaseURL)
		g.link(conformsTo, o.MetadataNamespace)
		g.date(generatedAt, o.Harvested)
	})
}
