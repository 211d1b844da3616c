package dcat

import (
	"github.com/gtnum/gtnum/model"
)

// An entry is a record with its IRI, which much of its description hangs on.
type entry struct {
	model.Record
	iri string
}

// member writes a record as object: a dcat:Dataset, a dcat:DatasetSeries or,
// for what DCAT has no class of its own, a dcat:Resource.
func (g *graph) member(r model.Record) {
	e := entry{r, r.IRI()}
	if !isSeries(r.Output) { // a series may stand inside a record
		g.record = e.iri
		clear(g.local)
	}
	g.node(e.iri, class(r.Output), func() { g.output(e) })
}

func (g *graph) output(r entry) {
	o, iri := r.Output, r.iri
	if isSeries(o) {
		g.IRI(nsDCAT + "DatasetSeries")
	}
	g.plain(identifier, iri)
	g.titles(r)
	g.abstract(r)
	g.identifiers(iri, o.Identifiers)
	g.documents(landingPage, nsFOAF+"Document", model.Link{URL: o.URL})
	g.documents(page, nsFOAF+"Document", linksOf(o.Links, "documentation", true)...)
	g.pages(linksOf(o.Links, "documentation", false))
	g.dates(o)
	g.languages(o.Languages)
	g.plain(version, o.Version)
	g.kind(o)
	g.keywords(o.Subjects)
	g.themes(o)
	g.subjects(r)
	g.agents(r)
	g.licence(license, o.Licence)
	g.rightsStatement(iri+"#rights", o.Rights)
	g.accessRights(o.Access)
	g.coverage(iri, o)
	g.documents(conformsTo, nsDCT+"Standard", o.ConformsTo...)
	g.series(r)
	g.origin(r)
	g.relations(r)
	g.appearance(r)
	if o.Status == model.Withdrawn {
		g.Predicate(status)
		g.concept(withdrawn("dataset-status"))
	}
	g.distributions(r)
	g.description(r)
	if g.profile.Extra != nil {
		g.profile.Extra(g.Encoder, r.Record)
	}
}

func isSeries(o *model.Output) bool { return o.Kind == "dataset-series" }

// isDataset reports whether DCAT has a class for the output: series are data
// sets too.
func isDataset(o *model.Output) bool { return isSeries(o) || o.IsDataset() }

func class(o *model.Output) string {
	if isDataset(o) {
		return nsDCAT + "Dataset"
	}
	return nsDCAT + "Resource"
}

// titles writes the title, or the label made by rule where there is none:
// DCAT-AP demands one, and CKAN drops the whole catalogue for a data set
// without.
func (g *graph) titles(r entry) {
	t, _ := r.Output.DisplayTitle()
	g.text(title, t)
	g.text(nsSchema+"alternativeHeadline", r.Output.Subtitle)
	for _, t := range r.Output.AlternativeTitles {
		g.text(alternative, t)
	}
}

// abstract writes the abstract. A data set without one gets a sentence made
// by rule, as DCAT-AP demands; it is marked in the provenance.
func (g *graph) abstract(r entry) {
	if len(r.Output.Abstract) > 0 || !isDataset(r.Output) {
		g.text(description, r.Output.Abstract)
		return
	}
	g.text(description, derivedDescription(r.Record))
}

// identifiers writes further identifiers. Their nodes are IRIs, since CKAN
// stumbles over blank ones.
func (g *graph) identifiers(rec string, ids []model.Identifier) {
	for _, id := range ids {
		iri := identifierIRI(rec, id)
		if !absolute(iri) {
			continue
		}
		g.Predicate(admsIdentifier)
		g.node(iri, nsADMS+"Identifier", func() {
			g.plain(notation, id.Value)
			g.plain(schemaAgency, id.Scheme.Info().Name)
			if id.Derived {
				g.labels(comment, derivedIdentifier[0], derivedIdentifier[1])
			}
		})
	}
}

// linksOf returns the links that are of a kind, or those that are not.
func linksOf(links []model.Link, kind string, of bool) []model.Link {
	var out []model.Link
	for _, l := range links {
		if (l.Kind == kind) == of {
			out = append(out, l)
		}
	}
	return out
}

// pages writes what is on the web about the output and is no documentation.
func (g *graph) pages(links []model.Link) {
	for _, l := range links {
		if absolute(l.URL) {
			g.Predicate(seeAlso)
			g.node(l.URL, nsFOAF+"Document", func() {
				g.text(title, l.Title)
				g.plain(nsSchema+"genre", l.Kind)
			})
		}
	}
}

func (g *graph) dates(o *model.Output) {
	g.date(created, o.Created)
	g.date(dateAccepted, o.Accepted)
	g.date(issued, o.Issued)
	g.date(modified, o.Modified)
	g.date(available, o.Available)
	if o.Duration > 0 {
		g.Predicate(nsSchema + "duration")
		g.Typed(o.Duration.String(), xsdDuration)
	}
}

// kind writes the COAR resource type. The class says already what is a data
// set, and DCAT-AP wants none but its own data set types there.
func (g *graph) kind(o *model.Output) {
	if info := o.Kind.Info(); !isDataset(o) && o.Kind != "" {
		g.Predicate(type_)
		g.concept(concept{iri: info.COAR, scheme: coarScheme, french: info.French, english: info.English})
	}
	if o.Education != nil {
		g.vocabulary(nsSchema+"learningResourceType", o.Education.ResourceTypes)
		g.vocabulary(audience, o.Education.Audience)
		g.vocabulary(educationLevel, o.Education.Levels)
	}
}

func (g *graph) vocabulary(p string, concepts []model.Concept) {
	for _, c := range concepts {
		g.termOf(p, c.IRI, c.Label, "")
	}
}

// termOf writes a concept of a vocabulary that the catalogue itself names.
func (g *graph) termOf(p, iri string, name model.Text, scheme string) {
	if !absolute(iri) {
		return
	}
	g.Predicate(p)
	if len(name) == 0 {
		g.IRI(iri)
		return
	}
	g.node(iri, nsSKOS+"Concept", func() {
		g.text(prefLabel, name)
		g.link(inScheme, scheme)
	})
}

func (g *graph) keywords(subjects []model.Subject) {
	for _, s := range subjects {
		g.text(keyword, s.Label)
	}
}

func (g *graph) themes(o *model.Output) {
	if len(o.Themes) == 0 {
		g.Predicate(theme)
		g.concept(themeConcept(euAuthority + "data-theme/EDUC"))
	}
	for _, t := range o.Themes {
		if absolute(t) {
			g.Predicate(theme)
			g.concept(themeConcept(t))
		}
	}
}

// subjects writes the terms of classifications and the axes of the group.
func (g *graph) subjects(r entry) {
	for _, s := range r.Output.Subjects {
		g.termOf(subject, s.IRI, s.Label, s.Scheme)
	}
	g.axes(r.Catalogue, r.Output.Group, r.Axes())
}

// axes writes axes of a group as the subjects that they are.
func (g *graph) axes(c *model.Catalogue, group string, axes []model.Axis) {
	for _, a := range axes {
		g.Predicate(subject)
		g.node(axisIRI(c, group, a.ID), nsSKOS+"Concept", func() {
			g.text(prefLabel, a.Title)
			g.text(definition, a.Description)
		})
	}
}
