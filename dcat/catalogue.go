package dcat

import (
	"github.com/gtnum/gtnum/model"
)

// heading writes what is known of the catalogue itself, as the open node.
func (g *graph) heading(c *model.Catalogue) {
	iri := CatalogueIRI(c)
	g.is(nsDCAT + "Catalog")
	g.text(title, c.Title)
	g.text(description, c.Description)
	g.date(issued, c.Issued)
	g.date(modified, c.Modified)
	g.languages(c.Languages)
	g.enter(iri)
	g.meet(&c.Publisher)
	g.agent(publisher, c, iri, c.Publisher)
	g.contacts(c, iri, c.Contacts)
	if c.Licence != "" {
		g.licence(license, c.Licence)
		g.rightsStatement(iri+"#rights", descriptionsOnly)
	}
	g.documents(homepage, nsFOAF+"Document", model.Link{URL: c.Homepage})
	g.Predicate(themeTaxonomy)
	g.scheme(euAuthority + "data-theme")
	g.projects(c)
}

var descriptionsOnly = model.Text{
	model.NewText("fr", "La licence du catalogue porte sur les descriptions, non sur ce qu’elles décrivent.")[0],
	model.NewText("en", "The licence of the catalogue covers the descriptions, not what they describe.")[0],
}

// projects writes the programme and the groups that the catalogue is of.
func (g *graph) projects(c *model.Catalogue) {
	if len(c.Groups) == 0 && c.Programme.ID == "" {
		return
	}
	g.Predicate(nsDCT + "relation")
	if c.Programme.ID != "" {
		g.programme(c)
	}
	for i := range c.Groups {
		g.group(c, &c.Groups[i])
	}
}

func programmeIRI(c *model.Catalogue) string { return c.Base + "programmes/" + c.Programme.ID }

// programme writes the funding frame of the groups as object.
func (g *graph) programme(c *model.Catalogue) {
	p := c.Programme
	iri := programmeIRI(c)
	g.node(iri, nsFOAF+"Project", func() {
		g.IRI(nsPROV + "Activity")
		g.text(title, p.Title)
		g.text(label, p.Title)
		g.plain(alternative, p.Acronym)
		g.text(description, p.Description)
		g.agent(fundedBy, c, iri, p.Coordinator)
		g.pages(p.Links)
	})
}

// project writes a group as object: the project that an output came from. The
// catalogue says more of it.
func (g *graph) project(c *model.Catalogue, grp *model.Group) {
	g.node(groupIRI(c, grp.ID), nsFOAF+"Project", func() { g.groupName(grp) })
}

func (g *graph) groupName(grp *model.Group) {
	g.IRI(nsPROV + "Activity")
	g.text(title, grp.Title)
	g.text(label, grp.Title)
	g.plain(alternative, grp.Acronym)
}

// group writes all of a group as object.
func (g *graph) group(c *model.Catalogue, grp *model.Group) {
	iri := groupIRI(c, grp.ID)
	g.node(iri, nsFOAF+"Project", func() {
		g.groupName(grp)
		g.text(nsDCT+"abstract", grp.Question)
		g.text(description, grp.Description)
		g.date(issued, grp.Issued)
		g.period(temporal, grp.Period)
		g.enter(iri)
		g.meetAll(grp.Laboratories)
		g.meetAll(grp.Academies)
		g.meetAll(grp.Supporters)
		g.meetBy(grp.Contributions)
		for _, a := range grp.Laboratories {
			g.agent(wasAssociatedWith, c, iri, a)
		}
		for _, a := range grp.Academies {
			g.agent(contributor, c, iri, a)
		}
		for _, a := range grp.Supporters {
			g.agent(fundedBy, c, iri, a)
		}
		for _, by := range grp.Contributions {
			g.attribution(associated, c, iri, by)
		}
		g.pages(grp.Links)
		g.axes(c, grp.ID, grp.Axes)
		if c.Programme.ID != "" {
			g.Predicate(isPartOf)
			g.programme(c)
		}
	})
}

// members writes records as the catalogue's, as predicates of the open node:
// data sets, other resources, and the descriptions of data sets.
func (g *graph) members(records []model.Record) {
	g.each(dataset, records, isDataset, g.member)
	g.each(resourceOf, records, isNoDataset, g.member)
	g.each(record, records, isDataset, func(r model.Record) { g.IRI(recordIRI(r.IRI())) })
}

func isNoDataset(o *model.Output) bool { return !isDataset(o) }

func (g *graph) each(p string, records []model.Record, of func(*model.Output) bool, write func(model.Record)) {
	for _, r := range records {
		if of(r.Output) {
			g.Predicate(p)
			write(r)
		}
	}
}
