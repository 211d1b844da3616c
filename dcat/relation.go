package dcat

import (
	"github.com/gtnum/gtnum/model"
)

// relations writes what the output is to others, and the journal, book or
// channel that it appeared in.
func (g *graph) relations(r entry) {
	done := make(map[string]bool)
	for i, rel := range r.Output.Relations {
		p := relationProperty(rel.Type)
		if done[p] {
			continue
		}
		done[p] = true
		for _, other := range r.Output.Relations[i:] {
			if relationProperty(other.Type) == p {
				g.relation(p, r, other)
			}
		}
		switch p {
		case isPartOf:
			g.wholes(r)
		case hasPart:
			g.parts(r.Output)
		}
	}
	if !done[isPartOf] {
		g.wholes(r)
	}
	if !done[hasPart] {
		g.parts(r.Output)
	}
}

// wholes writes what the output is a part of: a journal, book or channel, and
// the series where nobody can describe it, see [graph.series].
func (g *graph) wholes(r entry) {
	g.container(r)
	if g.src == nil {
		g.link(isPartOf, seriesIRI(r.Record))
	}
}

// parts writes the documentation of a data set as parts of it, where the
// profile wants that.
func (g *graph) parts(o *model.Output) {
	if g.profile.DocumentationParts && isDataset(o) {
		for _, l := range linksOf(o.Links, "documentation", true) {
			g.link(hasPart, l.URL)
		}
	}
}

// relationProperty is the property that says a relation, or the nearest more
// general one. DCAT-AP lets dct:hasVersion and dct:source lead to nothing but
// data sets that the same document describes, which no page of a catalogue
// can promise: the one is said from the other side, the other by PROV.
func relationProperty(t model.RelationType) string {
	switch term := t.Info().DCTerms; term {
	case "hasVersion":
		return nsDCT + "relation"
	case "source":
		return wasDerivedFrom
	default:
		return nsDCT + term
	}
}

func (g *graph) relation(p string, r entry, rel model.Relation) {
	iri := relationTarget(r.Record, rel)
	if !absolute(iri) {
		return
	}
	g.Predicate(p)
	inverse := rel.Type.Info().DCTerms == "hasVersion"
	if len(rel.Title) == 0 && !inverse {
		g.IRI(iri)
		return
	}
	g.Begin(iri)
	g.text(label, rel.Title)
	if inverse {
		g.link(nsDCT+"isVersionOf", r.iri)
	}
	g.End()
}

// relationTarget names the other side of a relation.
func relationTarget(r model.Record, rel model.Relation) string {
	switch {
	case rel.Output != "":
		return model.Record{Catalogue: r.Catalogue, Output: &model.Output{ID: rel.Output}}.IRI()
	case !rel.Identifier.IsZero():
		return identifierIRI(r.IRI(), rel.Identifier)
	}
	return rel.URL
}

func (g *graph) container(r entry) {
	c := r.Output.Container
	if c == nil {
		return
	}
	iri := c.URL
	for _, id := range c.Identifiers {
		if iri == "" {
			iri = identifierIRI(r.iri, id)
		}
	}
	if !absolute(iri) {
		iri = r.iri + "#container"
	}
	g.Predicate(isPartOf)
	g.node(iri, resource, func() {
		g.text(title, c.Title)
		for _, id := range c.Identifiers {
			g.plain(identifier, agentIdentifier(id))
		}
		if c.Kind != "" {
			info := c.Kind.Info()
			g.Predicate(type_)
			g.concept(concept{iri: info.COAR, scheme: coarScheme, french: info.French, english: info.English})
		}
		g.plain("http://purl.org/dc/elements/1.1/publisher", c.Publisher)
	})
}

// appearance writes where in its container the output stands.
func (g *graph) appearance(r entry) {
	c := r.Output.Container
	if c == nil {
		return
	}
	g.plain(nsSchema+"volumeNumber", c.Volume)
	g.plain(nsSchema+"issueNumber", c.Issue)
	g.plain(nsSchema+"pagination", c.Pages)
}
