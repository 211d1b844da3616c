package dcat

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// agents writes who made the output, who publishes it and who answers for it.
func (g *graph) agents(r entry) {
	o := r.Output
	g.enter(r.iri)
	g.meetBy(o.Contributions)
	g.meet(&o.Publisher)
	for i := range o.Funding {
		g.meet(&o.Funding[i].Funder)
	}
	g.agentsBy(creator, r, []model.Role{model.Author})
	g.agent(publisher, r.Catalogue, r.iri, o.Publisher)
	for _, as := range g.profile.Roles {
		g.agentsBy(as.Property, r, as.Roles)
	}
	g.contacts(r.Catalogue, r.iri, o.Contacts)
	for _, c := range o.Contributions {
		g.attribution(attributed, r.Catalogue, r.iri, c)
	}
	g.funding(r)
}

// agentsBy writes the agents of some roles.
func (g *graph) agentsBy(p string, r entry, roles []model.Role) {
	last, in := model.Role(""), slices.Contains(roles, "") // most do what the one before did
	for i := range r.Output.Contributions {
		c := &r.Output.Contributions[i]
		if c.Role != last {
			last, in = c.Role, slices.Contains(roles, c.Role)
		}
		if in {
			g.agent(p, r.Catalogue, r.iri, c.Agent)
		}
	}
}

// agent writes an agent as object. scope is the node that an agent without an
// identifier is known in.
func (g *graph) agent(p string, c *model.Catalogue, scope string, a model.Agent) {
	a = c.Agent(a)
	if a.Name == "" {
		return
	}
	iri := g.nameAgent(c, scope, &a)
	g.Predicate(p)
	g.node(iri, agentClass(a.Kind), func() { g.agentFields(c, scope, iri, a) })
}

func agentClass(k model.AgentKind) string {
	switch k {
	case model.Person:
		return nsFOAF + "Person"
	case model.Organisation:
		return nsFOAF + "Organization"
	}
	return nsFOAF + "Agent"
}

func (g *graph) agentFields(c *model.Catalogue, scope, iri string, a model.Agent) {
	g.plain(name_, a.Name)
	g.plain(givenName, a.GivenName)
	g.plain(familyName, a.FamilyName)
	for _, id := range a.Identifiers {
		g.plain(identifier, agentIdentifier(id))
	}
	for _, id := range a.Identifiers {
		if u := id.URL(); u != iri {
			g.link(sameAs, u)
		}
	}
	if a.Email != "" {
		g.link(mbox, "mailto:"+a.Email)
	}
	g.documents(homepage, nsFOAF+"Document", model.Link{URL: a.Homepage})
	if absolute(a.Type) {
		g.Predicate(type_)
		g.concept(publisherType(a.Type))
	}
	if a.ID != "" && !(allReferences(a.Affiliations) && allReferences(a.PartOf)) {
		defer func(outer naming) { g.naming = outer }(g.naming)
		scope, g.naming = iri, newNaming()
		g.enter(scope)
		g.meetAll(a.Affiliations)
		g.meetAll(a.PartOf)
	}
	for _, aff := range a.Affiliations {
		g.agent(memberOf, c, scope, aff)
	}
	for _, whole := range a.PartOf {
		g.agent(nsORG+"subOrganizationOf", c, scope, whole)
	}
}

// agentIdentifier is the address of an identifier, or "scheme:value".
func agentIdentifier(id model.Identifier) string {
	if u := id.URL(); u != "" {
		return u
	}
	return id.String()
}

// contacts writes vCards.
func (g *graph) contacts(c *model.Catalogue, scope string, list []model.Agent) {
	iris := irisOf(scope+"#contact-", list, func(a *model.Agent) (own, name string) {
		if a.ID != "" {
			return agentIRI(c, a.ID) + "#contact", ""
		}
		return "", a.Name
	})
	for i, a := range list {
		g.contact(iris[i], c.Agent(a))
	}
}

func (g *graph) contact(iri string, a model.Agent) {
	if a.Name == "" || !absolute(iri) {
		return
	}
	class := nsVCard + "Organization"
	if a.Kind == model.Person {
		class = nsVCard + "Individual"
	}
	g.Predicate(contactPoint)
	g.node(iri, class, func() {
		g.plain(nsVCard+"fn", a.Name)
		if a.Email != "" {
			g.link(nsVCard+"hasEmail", "mailto:"+a.Email)
		}
		g.link(nsVCard+"hasURL", a.Homepage)
		for _, id := range a.Identifiers {
			g.link(nsVCard+"hasUID", id.URL())
		}
	})
}

// What PROV calls a contribution: to a thing that was made, to a project.
var (
	attributed = [3]string{qualifiedAttribution, nsPROV + "Attribution", hadRole}
	associated = [3]string{qualifiedAssociation, nsPROV + "Association", provHadRole}
)

// relators are the MARC relators of the roles.
var relators = func() map[model.Role]string {
	m := make(map[model.Role]string)
	for _, r := range model.Roles() {
		m[r.Role] = "http://id.loc.gov/vocabulary/relators/" + r.MARC
	}
	return m
}()

// attribution writes what an agent did, with the role.
func (g *graph) attribution(as [3]string, c *model.Catalogue, scope string, by model.Contribution) {
	if c.Agent(by.Agent).Name == "" {
		return
	}
	role := by.Role.Info()
	g.Predicate(as[0])
	g.BeginBlank("")
	g.is(as[1])
	g.labels(label, role.French, role.English)
	g.text(comment, by.Label)
	g.agent(provAgent, c, scope, by.Agent)
	g.Predicate(as[2])
	g.node(cmp.Or(relators[by.Role], relators["other"]), nsDCAT+"Role", func() {})
	for _, a := range by.Affiliations {
		g.agent(nsORG+"organization", c, scope, a)
	}
	g.End()
}

// funding writes grants and who gave them.
func (g *graph) funding(r entry) {
	iris := irisOf(r.iri+"#funding-", r.Output.Funding, func(f *model.Funding) (own, name string) {
		return f.URI, strings.TrimSpace(r.Agent(f.Funder).Name + " " + f.Award)
	})
	for i, f := range r.Output.Funding {
		g.Predicate(nsSchema + "funding")
		g.node(iris[i], nsSchema+"Grant", func() {
			g.text(nsSchema+"name", f.Title)
			g.plain(nsSchema+"alternateName", f.Acronym)
			g.plain(nsSchema+"identifier", f.Award)
			g.agent(nsSchema+"funder", r.Catalogue, r.iri, f.Funder)
			g.plain(nsSchema+"isPartOf", f.Programme)
		})
	}
}

// publisherTypes are the ADMS publisher types, version 1.0.
var publisherTypes = []struct{ code, french, english string }{
	{"Academia-ScientificOrganisation", "Établissement d’enseignement ou de recherche", "Academia/Scientific organisation"},
	{"Company", "Entreprise", "Company"},
	{"IndustryConsortium", "Groupement d’entreprises", "Industry consortium"},
	{"LocalAuthority", "Collectivité locale", "Local Authority"},
	{"NationalAuthority", "Autorité nationale", "National authority"},
	{"NonGovernmentalOrganisation", "Organisation non gouvernementale", "Non-Governmental Organisation"},
	{"NonProfitOrganisation", "Organisme sans but lucratif", "Non-Profit Organisation"},
	{"PrivateIndividual(s)", "Particulier", "Private Individual(s)"},
	{"RegionalAuthority", "Collectivité régionale", "Regional authority"},
	{"StandardisationBody", "Organisme de normalisation", "Standardisation body"},
	{"SupraNationalAuthority", "Autorité supranationale", "Supra-national authority"},
}

func publisherType(iri string) concept {
	for _, t := range publisherTypes {
		if iri == admsAgent+t.code {
			return concept{iri: iri, scheme: admsAgent + "1.0", french: t.french, english: t.english}
		}
	}
	return concept{iri: iri, french: iri, english: iri}
}
