package store

import (
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"

	"github.com/gtnum/gtnum/model"
)

// digest is a fingerprint of a text.
type digest [16]byte

func digestOf(text []byte) digest {
	sum := sha256.Sum256(text)
	return digest(sum[:16])
}

func digestJSON(v any) digest {
	text, _ := json.Marshal(v) // model values always can
	return digestOf(text)
}

// contexts are fingerprints of what records take from a heading, so that a
// change there reaches the records that it is about, and only those.
type contexts struct {
	common digest            // what every record takes
	groups map[string]digest // by id
	agents map[string]digest
}

func newContexts(c *model.Catalogue) *contexts {
	x := &contexts{groups: map[string]digest{}, agents: map[string]digest{}}
	x.common = x.of(c, []any{c.ID, c.Base, c.Title, c.Languages, c.Licence, c.Programme, c.Sources}, c.Publisher, c.Programme.Coordinator)
	for i := range c.Groups {
		g := &c.Groups[i]
		agents := slices.Concat(g.Laboratories, g.Academies, g.Supporters)
		for _, m := range g.Contributions {
			agents = append(append(agents, m.Agent), m.Affiliations...)
		}
		x.groups[g.ID] = x.of(c, g, agents...)
	}
	for i := range c.Agents {
		a := &c.Agents[i]
		x.agents[a.ID] = x.of(c, a, *a)
	}
	return x
}

// of is the fingerprint of a value with the agents that it names, those that
// these are of or a part of, and so on.
func (x *contexts) of(c *model.Catalogue, v any, agents ...model.Agent) digest {
	all := []any{v}
	ids := appendReferences(nil, agents)
	for i := 0; i < len(ids); i++ {
		if slices.Contains(ids[:i], ids[i]) {
			continue
		}
		a := c.Agent(model.Agent{ID: ids[i]})
		all = append(all, a)
		ids = appendReferences(appendReferences(ids, a.Affiliations), a.PartOf)
	}
	return digestJSON(all)
}

// same reports whether no record can tell one from the other.
func (x *contexts) same(y *contexts) bool {
	return x.common == y.common && maps.Equal(x.groups, y.groups) && maps.Equal(x.agents, y.agents)
}

// sameFor reports whether an output takes the same from both.
func (x *contexts) sameFor(y *contexts, o *model.Output) bool {
	if x.common != y.common || x.groups[o.Group] != y.groups[o.Group] {
		return false
	}
	for _, a := range references(o) {
		if x.agents[a] != y.agents[a] {
			return false
		}
	}
	return true
}

// references are the ids of the agents that an output names, and of its
// publisher's and contacts'.
func references(o *model.Output) (ids []string) {
	add := func(list ...model.Agent) { ids = appendReferences(ids, list) }
	add(o.Publisher)
	add(o.Contacts...)
	for _, c := range o.Contributions {
		add(c.Agent)
		add(c.Affiliations...)
	}
	for _, f := range o.Funding {
		add(f.Funder)
	}
	if o.Container != nil {
		add(o.Container.Editors...)
	}
	return ids
}

func appendReferences(ids []string, list []model.Agent) []string {
	for _, a := range list {
		if a.IsReference() {
			ids = append(ids, a.ID)
		}
		ids = appendReferences(ids, a.Affiliations)
		ids = appendReferences(ids, a.PartOf)
	}
	return ids
}
