package dcat

import (
	"strings"
	"sync"

	"github.com/gtnum/gtnum/model"
)

// agents returns the agents that a property leads to.
func (rd *reader) agents(n *node, iri string) (agents []model.Agent) {
	for _, a := range n.nodes(iri) {
		agents = append(agents, rd.agent(a))
	}
	return agents
}

// agent returns the agent of a node. One of the catalogue's own ids is a
// reference; what is said of it goes to the catalogue's agents.
func (rd *reader) agent(n *node) model.Agent {
	id, own := strings.CutPrefix(n.term.Value, rd.cat.Base+"agents/")
	if !own || n.term.Kind != KindIRI || strings.Contains(id, "#") {
		return rd.agentFields(n)
	}
	if !rd.agentSeen[id] {
		rd.agentSeen[id] = true
		a := rd.agentFields(n)
		a.ID = id
		rd.cat.Agents = append(rd.cat.Agents, a)
	}
	return model.Agent{ID: id}
}

// agentFields reads a node once, however many name it. An agent that is a part
// of itself is so by its name alone.
func (rd *reader) agentFields(n *node) model.Agent {
	if a, ok := rd.agentsRead[n.term]; ok {
		return a
	}
	a := model.Agent{
		Kind:       agentKind(n),
		Name:       n.string(name_),
		GivenName:  n.string(givenName),
		FamilyName: n.string(familyName),
		Email:      strings.TrimPrefix(n.iri(mbox), "mailto:"),
		Homepage:   firstURL(n.links(homepage)),
	}
	for _, v := range n.values(identifier) {
		a.Identifiers = appendAgentIdentifier(a.Identifiers, v.Value)
	}
	for _, v := range n.values(sameAs) {
		a.Identifiers = appendAgentIdentifier(a.Identifiers, v.Value)
	}
	if n.term.Kind == KindIRI {
		a.Identifiers = appendAgentIdentifier(a.Identifiers, n.term.Value)
	}
	for _, t := range n.nodes(type_) {
		t.known()
		rd.of(admsAgent + "1.0").known()
		a.Type = t.term.Value
	}
	rd.agentsRead[n.term] = a
	a.Affiliations = rd.agents(n, memberOf)
	a.PartOf = rd.agents(n, nsORG+"subOrganizationOf")
	rd.agentsRead[n.term] = a
	return a
}

func agentKind(n *node) model.AgentKind {
	n.is(nsFOAF + "Agent")
	switch {
	case n.is(nsFOAF + "Person"):
		return model.Person
	case n.is(nsFOAF+"Organization") || n.is(nsORG+"Organization"):
		return model.Organisation
	}
	return ""
}

// appendAgentIdentifier adds an identifier of an agent, if it is one and new.
func appendAgentIdentifier(ids []model.Identifier, s string) []model.Identifier {
	id, ok := parseAgentIdentifier(s)
	if !ok {
		return ids
	}
	for _, old := range ids {
		if old == id {
			return ids
		}
	}
	return append(ids, id)
}

// parseAgentIdentifier reads an address that a scheme of agents gives, or
// "scheme:value".
func parseAgentIdentifier(s string) (model.Identifier, bool) {
	if strings.Contains(s, "://") {
		for i := range identifierSchemes {
			info := &identifierSchemes[i]
			if !info.Agent {
				continue
			}
			if id, err := model.NewIdentifier(info.Scheme, s); err == nil && id.URL() == s {
				return id, true
			}
		}
		return model.Identifier{}, false
	}
	id, err := model.ParseIdentifier(s)
	return id, err == nil
}

func firstURL(links []model.Link) string {
	if len(links) == 0 {
		return ""
	}
	return links[0].URL
}

// contacts returns the vCards that a property leads to.
func (rd *reader) contacts(n *node, iri string) (contacts []model.Agent) {
	for _, c := range n.nodes(iri) {
		a := rd.contact(c)
		id, own := strings.CutPrefix(c.term.Value, rd.cat.Base+"agents/")
		if id, card := strings.CutSuffix(id, "#contact"); own && card {
			if rd.cards[id].Name == "" {
				rd.cards[id] = a
			}
			a = model.Agent{ID: id}
		}
		contacts = append(contacts, a)
	}
	return contacts
}

func (rd *reader) contact(c *node) model.Agent {
	a := model.Agent{Kind: model.Organisation, Name: c.string(nsVCard + "fn"), Homepage: c.iri(nsVCard + "hasURL")}
	if c.is(nsVCard + "Individual") {
		a.Kind = model.Person
	}
	c.is(nsVCard + "Organization")
	a.Email = strings.TrimPrefix(c.iri(nsVCard+"hasEmail"), "mailto:")
	for _, v := range c.values(nsVCard + "hasUID") {
		a.Identifiers = appendAgentIdentifier(a.Identifiers, v.Value)
	}
	return a
}

// contributions returns who did what: from qualified attributions, in their
// order, or from creators and contributors where there are none.
func (rd *reader) contributions(n *node, as [3]string) (by []model.Contribution) {
	for _, q := range n.nodes(as[0]) {
		q.is(as[1])
		c := model.Contribution{Role: roleOf(q), Label: q.text(comment), Affiliations: rd.agents(q, nsORG+"organization")}
		for _, r := range q.nodes(as[2]) {
			r.known()
		}
		for _, a := range rd.agents(q, provAgent) {
			c.Agent = a
			by = append(by, c)
		}
	}
	return by
}

// roleOf returns the role of an attribution: by its label, which is this
// package's, else by the MARC relator that it names.
func roleOf(q *node) model.Role {
	labels := q.text(label)
	for _, info := range roleTable {
		for _, s := range labels {
			if s.Value == info.English {
				return info.Role
			}
		}
	}
	for _, v := range q.values(hadRole) {
		for _, info := range roleTable {
			if strings.HasSuffix(v.Value, "/"+info.MARC) || strings.HasSuffix(v.Value, "/"+info.GeoDCAT) {
				return info.Role
			}
		}
	}
	return "other"
}

// Tables of the model, copied once.
var (
	roleTable         = model.Roles()
	identifierSchemes = model.Schemes()
	rolesOnce         = sync.OnceValue(geoRoles)
)

// people reads the contributions of an output.
func (rd *reader) people(n *node, o *model.Output) {
	o.Contributions = rd.contributions(n, attributed)
	creators, others := rd.agents(n, creator), rd.agents(n, contributor)
	for _, p := range rolesOnce() {
		n.values(p.Property)
	}
	if len(o.Contributions) == 0 {
		for _, a := range creators {
			o.Contributions = append(o.Contributions, model.Contribution{Agent: a, Role: model.Author})
		}
		for _, a := range others {
			o.Contributions = append(o.Contributions, model.Contribution{Agent: a, Role: "contributor"})
		}
	}
	for _, a := range rd.agents(n, publisher) {
		o.Publisher = a
	}
	o.Contacts = rd.contacts(n, contactPoint)
	for _, g := range n.nodes(nsSchema + "funding") {
		o.Funding = append(o.Funding, rd.funding(g))
	}
}

func (rd *reader) funding(g *node) model.Funding {
	g.is(nsSchema + "Grant")
	f := model.Funding{
		Title:     g.text(nsSchema + "name"),
		Acronym:   g.string(nsSchema + "alternateName"),
		Award:     g.string(nsSchema + "identifier"),
		Programme: g.string(nsSchema + "isPartOf"),
	}
	if !strings.Contains(g.term.Value, "#funding-") {
		f.URI = g.term.Value
	}
	for _, a := range rd.agents(g, nsSchema+"funder") {
		f.Funder = a
	}
	return f
}
