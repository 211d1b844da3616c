package crosswalk

import (
	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/model"
)

func (k *kernelReader) creator(e *etree.Element) {
	k.contributes(e, model.Contribution{Agent: k.agent(e, "creatorName"), Role: model.Author})
}

// contributor reads a contributor. Those to be asked about the output are
// contacts.
func (k *kernelReader) contributor(e *etree.Element) {
	kind := e.SelectAttrValue("contributorType", "")
	a := k.agent(e, "contributorName")
	role, known := roleOfDataCite(kind)
	if known {
		k.attr(e, "contributorType")
	}
	if kind == "ContactPerson" && a.Name != "" {
		k.out.Contacts = append(k.out.Contacts, a)
		return
	}
	k.contributes(e, model.Contribution{Agent: a, Role: role})
}

// contributes adds a contributor. Of one without a name, what else is said is
// listed.
func (k *kernelReader) contributes(e *etree.Element, c model.Contribution) {
	if c.Agent.Name == "" && !isUnknown(collapse(deepText(e))) {
		k.lose(e, nameless)
	}
	k.contribution(c)
}

// agent reads a name with its identifiers and affiliations.
func (k *kernelReader) agent(e *etree.Element, name string) model.Agent {
	var a model.Agent
	if n := first(e, name); n != nil {
		a.Name = k.text(n)
		if kind, ok := nameTypes[n.SelectAttrValue("nameType", "")]; ok {
			k.attr(n, "nameType")
			a.Kind = kind
		}
	}
	if isUnknown(a.Name) {
		return model.Agent{}
	}
	a.GivenName, a.FamilyName = k.text(first(e, "givenName")), k.text(first(e, "familyName"))
	k.straighten(&a)
	for _, id := range all(e, "nameIdentifier") {
		k.nameIdentifier(id, &a)
	}
	for _, affiliation := range all(e, "affiliation") {
		k.affiliation(affiliation, &a)
	}
	return a
}

var nameTypes = map[string]model.AgentKind{"Personal": model.Person, "Organizational": model.Organisation}

// straighten writes the name of a person given name first. A name that is not
// that of its parts stays as it is.
func (r *reader) straighten(a *model.Agent) {
	if a.GivenName != "" && a.FamilyName != "" {
		a.Kind = model.Person
		if a.Name == a.Inverted() || a.Name == a.FamilyName+" "+a.GivenName {
			a.Name = a.GivenName + " " + a.FamilyName
		}
		return
	}
	if family, given, ok := inverted(a.Name); ok && a.Kind != model.Organisation {
		if a.Kind == "" {
			r.derive("contributions.agent.kind", "Un nom avec une virgule est celui d’une personne, nom de famille d’abord.", "A name with one comma is a person's, family name first.")
		}
		a.Kind, a.Name, a.GivenName, a.FamilyName = model.Person, given+" "+family, given, family
	}
}

func (k *kernelReader) nameIdentifier(e *etree.Element, a *model.Agent) {
	name := k.attr(e, "nameIdentifierScheme")
	k.attr(e, "schemeURI") // which the scheme tells
	if id, ok := k.named(e, name, k.text(e)); ok {
		a.Identifiers = appendNew(a.Identifiers, id)
	}
}

func (k *kernelReader) affiliation(e *etree.Element, a *model.Agent) {
	org := model.Agent{Kind: model.Organisation, Name: k.text(e)}
	if value := e.SelectAttrValue("affiliationIdentifier", ""); value != "" {
		if id, ok := k.named(e, e.SelectAttrValue("affiliationIdentifierScheme", "ROR"), value); ok {
			k.attr(e, "affiliationIdentifier")
			k.attr(e, "affiliationIdentifierScheme")
			k.attr(e, "schemeURI")
			org.Identifiers = []model.Identifier{id}
		}
	}
	if org.Name != "" {
		a.Affiliations = append(a.Affiliations, org)
	}
}

func (k *kernelReader) publishedBy(e *etree.Element) {
	k.publisher(e)
	value := e.SelectAttrValue("publisherIdentifier", "")
	scheme := e.SelectAttrValue("publisherIdentifierScheme", "")
	if value == "" || scheme == "" || k.out.Publisher.Name != collapse(deepText(e)) {
		return
	}
	if id, ok := k.named(e, scheme, value); ok {
		k.attr(e, "publisherIdentifier")
		k.attr(e, "publisherIdentifierScheme")
		k.attr(e, "schemeURI")
		k.out.Publisher.Kind, k.out.Publisher.Identifiers = model.Organisation, []model.Identifier{id}
	}
}
