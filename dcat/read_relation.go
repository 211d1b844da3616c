package dcat

import (
	"slices"

	"github.com/gtnum/gtnum/model"
)

// relationTypes are the properties of relations, each with the first type
// that is written so.
var relationTypes = func() (types []model.RelationInfo) {
	seen := make(map[string]bool)
	for _, t := range model.RelationTypes() {
		if p := relationProperty(t.Type); !seen[p] && p != nsDCT+"relation" {
			seen[p] = true
			types = append(types, t)
		}
	}
	return append(types, model.RelationType("relation").Info())
}()

func (rd *reader) relations(n *node, o *model.Output) {
	done := make(map[string]bool)
	for i := range n.props {
		p := n.props[i].iri
		for _, t := range relationTypes {
			if relationProperty(t.Type) == p && !done[p] {
				done[p] = true
				rd.relationsOf(n, o, p, t.Type)
			}
		}
	}
	if c := o.Container; c != nil {
		c.Volume, c.Issue, c.Pages = n.string(nsSchema+"volumeNumber"), n.string(nsSchema+"issueNumber"), n.string(nsSchema+"pagination")
	}
}

func (rd *reader) relationsOf(n *node, o *model.Output, p string, t model.RelationType) {
	for _, other := range n.nodes(p) {
		if p == isPartOf && other.is(resource) {
			o.Container = rd.container(other, n.term.Value)
			continue
		}
		if p == hasPart && isDocumentation(o, other.term.Value) {
			continue // for udata, see Profile.DocumentationParts
		}
		rel := model.Relation{Type: t, Title: other.text(label)}
		if slices.Contains(other.values(nsDCT+"isVersionOf"), n.term) {
			rel.Type = "hasVersion"
		}
		iri := other.term.Value
		if id, own := rd.outputID(iri); own {
			rel.Output = id
		} else if id, ok := identifierOf("", iri); ok {
			rel.Identifier = id
		} else {
			rel.URL = iri
		}
		o.Relations = append(o.Relations, rel)
	}
}

func isDocumentation(o *model.Output, page string) bool {
	return slices.ContainsFunc(o.Links, func(l model.Link) bool { return l.Kind == "documentation" && l.URL == page })
}

func (rd *reader) container(n *node, rec string) *model.Container {
	c := &model.Container{Title: n.text(title), URL: n.term.Value, Publisher: n.string("http://purl.org/dc/elements/1.1/publisher")}
	for _, v := range n.values(identifier) {
		id, ok := identifierOf("", v.Value)
		if !ok {
			var err error
			id, err = model.ParseIdentifier(v.Value)
			ok = err == nil
		}
		if ok {
			c.Identifiers = append(c.Identifiers, id)
			if identifierIRI(rec, id) == c.URL {
				c.URL = ""
			}
		}
	}
	if c.URL == rec+"#container" {
		c.URL = ""
	}
	for _, t := range n.nodes(type_) {
		c.Kind, _ = rd.coarKind(t)
	}
	return c
}
