package dcat

import (
	"slices"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// agents writes who made the output, who publishes it and who answers for it.
func (g *graph) agents(r model.Record) {
	o := r.Output
	g.agentsOf(creator, r, o.By(model.Author))
	g.agentsOf(publisher, r, agentList(o.Publisher))
	for _, as := range g.profile.Roles {
		for _, c := range o.Contributions {
			if slices.Contains(as.Roles, c.Role) {
				g.agent(as.Property, r.Catalogue, r.IRI(), c.Agent)
			}
		}
	}
	for _, c := range o.Contacts {
		g.contact(contactPoint, r.Catalogue, r.IRI(), c)
	}
	for _, c := range o.Contributions {
		g.attribution(attributed, r.Catalogue, r.IRI(), c)
	}
	for _, f := range o.Funding {
		g.funding(r, f)
	}
}

func agentList(a model.Agent) []model.Agent {
	if a.IsZero() {
		return nil
	}
	return []model.Agent{a}
}

func (g *graph) agentsOf(p string, r model.Record, agents []model.Agent) {
	for _, a := range agents {
		g.agent(p, r.Catalogue, r.IRI(), a)
	}
}

// agent writes an agent as object. scope is the node that an agent without an
// identifier is known in.
func (g *graph) agent(p string, c *model.Catalogue, scope string, a model.Agent) {
	a = c.Agent(a)
	iri := nameAgent(c, scope, a)
	if a.Name == "" || !absolute(iri) {
		return
	}
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
	g.documents(homepage, model.Link{URL: a.Homepage})
	if absolute(a.Type) {
		g.Predicate(type_)
		g.concept(publisherType(a.Type))
	}
	for _, aff := range a.Affiliations {
		g.agent(memberOf, c, scope, aff)
	}
	if a.PartOf != nil {
		g.agent(nsORG+"subOrganizationOf", c, scope, *a.PartOf)
	}
}

// nameAgent returns the IRI of an agent: by its id in the catalogue, by its
// own identifier, or by its name within what names it. Nobody can tell
// whether two records that print the same name mean the same person.
func nameAgent(c *model.Catalogue, scope string, a model.Agent) string {
	if a.ID != "" {
		return agentIRI(c, a.ID)
	}
	for _, id := range a.Identifiers {
		if u := id.URL(); u != "" {
			return u
		}
	}
	return scope + "#agent-" + slug(a.Name)
}

// agentIdentifier is the address of an identifier, or "scheme:value".
func agentIdentifier(id model.Identifier) string {
	if u := id.URL(); u != "" {
		return u
	}
	return id.String()
}

// contact writes a vCard.
func (g *graph) contact(p string, c *model.Catalogue, scope string, a model.Agent) {
	a = c.Agent(a)
	iri := scope + "#contact-" + slug(a.Name)
	if a.ID != "" {
		iri = agentIRI(c, a.ID) + "#contact"
	}
	if a.Name == "" || !absolute(iri) {
		return
	}
	class := nsVCard + "Organization"
	if a.Kind == model.Person {
		class = nsVCard + "Individual"
	}
	g.Predicate(p)
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
	g.node("http://id.loc.gov/vocabulary/relators/"+role.MARC, nsDCAT+"Role", func() {})
	for _, a := range by.Affiliations {
		g.agent(nsORG+"organization", c, scope, a)
	}
	g.End()
}

// funding writes a grant and who gave it.
func (g *graph) funding(r model.Record, f model.Funding) {
	iri := f.URI
	if !absolute(iri) {
		iri = r.IRI() + "#funding-" + slug(strings.TrimSpace(r.Catalogue.Agent(f.Funder).Name+" "+f.Award))
	}
	g.Predicate(nsSchema + "funding")
	g.node(iri, nsSchema+"Grant", func() {
		g.text(nsSchema+"name", f.Title)
		g.plain(nsSchema+"alternateName", f.Acronym)
		g.plain(nsSchema+"identifier", f.Award)
		g.agent(nsSchema+"funder", r.Catalogue, r.IRI(), f.Funder)
		g.plain(nsSchema+"isPartOf", f.Programme)
	})
}

// publisherTypes are the ADMS publisher types, version 1.0.
var publisherTypes = []euCode{
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
