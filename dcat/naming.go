package dcat

import "github.com/gtnum/gtnum/model"

// A naming gives IRIs to the agents of a node that only their names tell apart:
// the IRI of the node and the slug of the name. Nobody can tell whether two
// records that print the same name mean the same person.
//
// All names of a node are met before the first is written. Where two have one
// slug, the one that is first in the order of the alphabet gets it, the other one
// its digest as well: what an agent is called hangs on no order.
type naming struct {
	scope  string         // IRI of the node
	names  []named        // in the order that they were met in
	byName map[string]int // where it stands there
	byIRI  map[string]int // in names, by the IRI that has no digest
	next   int            // where the name may stand that is asked for next: behind the last one
}

type named struct{ name, iri string }

func newNaming() naming {
	return naming{byName: make(map[string]int), byIRI: make(map[string]int)}
}

// enter begins a node.
func (n *naming) enter(scope string) {
	n.scope = scope
	clear(n.byName)
	clear(n.byIRI)
	n.names = n.names[:0]
}

// meet names an agent that is to be written, and those that it is of. One of the
// catalogue's list has names of its own.
func (g *graph) meet(a *model.Agent) {
	if a.ID != "" {
		return
	}
	if _, met := g.byName[a.Name]; !met && a.Name != "" && !g.identified(a) {
		g.nameOf(a.Name, true)
	}
	g.meetAll(a.Affiliations)
	g.meetAll(a.PartOf)
}

// identified reports whether an identifier of an agent has an address.
func (g *graph) identified(a *model.Agent) bool {
	for _, id := range a.Identifiers {
		if len(id.AppendURL(g.scratch[:0])) > 0 {
			return true
		}
	}
	return false
}

func (g *graph) meetAll(agents []model.Agent) {
	for i := range agents {
		g.meet(&agents[i])
	}
}

func (g *graph) meetBy(contributions []model.Contribution) {
	for i := range contributions {
		g.meet(&contributions[i].Agent)
		g.meetAll(contributions[i].Affiliations)
	}
}

// nameOf returns the IRI of a name that is new. One that is given can be taken
// back as long as nothing is written.
func (g *graph) nameOf(name string, early bool) string {
	n := &g.naming
	g.scratch = appendSlug(append(append(g.scratch[:0], n.scope...), "#agent-"...), name)
	iri := string(g.scratch)
	i, taken := n.byIRI[iri]
	switch {
	case !taken:
		n.byIRI[iri] = len(n.names)
	case early && name < n.names[i].name:
		n.byIRI[iri] = len(n.names)
		n.names[i].iri += "-" + digest(n.names[i].name)
	default:
		iri += "-" + digest(name)
	}
	n.byName[name] = len(n.names)
	n.names = append(n.names, named{name, iri})
	return iri
}

// nameAgent returns the IRI of an agent: by its id in the catalogue, by its
// own identifier, or by its name within what names it.
func (g *graph) nameAgent(c *model.Catalogue, scope string, a *model.Agent) string {
	if a.ID != "" {
		return agentIRI(c, a.ID)
	}
	for _, id := range a.Identifiers {
		if u := id.URL(); u != "" {
			return u
		}
	}
	if g.scope != scope {
		g.enter(scope)
	}
	if g.next >= len(g.names) || g.names[g.next].name != a.Name {
		i, met := g.byName[a.Name]
		if !met {
			return g.nameOf(a.Name, false)
		}
		g.next = i
	}
	g.next++
	return g.names[g.next-1].iri
}

func allReferences(agents []model.Agent) bool {
	for i := range agents {
		if !agents[i].IsReference() {
			return false
		}
	}
	return true
}
