package model

import (
	"encoding/json"
	"reflect"
)

// AgentKind tells persons from organisations.
type AgentKind string

// The kinds of agents.
const (
	Person       AgentKind = "person"
	Organisation AgentKind = "organisation"
)

// Agent is a person or an organisation. One with an ID and no Name is a
// reference to the agent of that id in [Catalogue.Agents]; in files it is
// written as the id alone.
type Agent struct {
	// ID names the agent within the catalogue.
	ID string `json:"id,omitzero"`
	// Kind of the agent.
	Kind AgentKind `json:"kind,omitzero"`
	// Name as printed: "Julien Netter", "Circeft-Escol".
	Name string `json:"name,omitzero"`
	// GivenName and FamilyName of a person, where the source tells them
	// apart.
	GivenName string `json:"givenName,omitzero"`
	// FamilyName of a person.
	FamilyName string `json:"familyName,omitzero"`
	// Identifiers of the agent: ORCID, ISNI, IdRef, ROR.
	Identifiers []Identifier `json:"identifiers,omitzero"`
	// Email address.
	Email string `json:"email,omitzero"`
	// Homepage of the agent.
	Homepage string `json:"homepage,omitzero"`
	// Type of an organisation: an IRI of the ADMS publisher types, such as
	// http://purl.org/adms/publishertype/NationalAuthority.
	Type string `json:"type,omitzero"`
	// Affiliations of a person.
	Affiliations []Agent `json:"affiliations,omitzero"`
	// PartOf are the organisations that this one is a part of: a joint research
	// unit has several.
	PartOf Wholes `json:"partOf,omitzero"`
}

// Wholes are what an organisation is a part of. Files write one without a list
// around it.
type Wholes []Agent

// MarshalJSON writes one agent as itself, several as a list.
func (w Wholes) MarshalJSON() ([]byte, error) {
	if len(w) == 1 {
		return marshalPlain(w[0])
	}
	return marshalPlain([]Agent(w))
}

// UnmarshalJSON reads an agent or a list.
func (w *Wholes) UnmarshalJSON(b []byte) error {
	if *w = nil; string(b) == "null" {
		return nil
	}
	if len(b) > 0 && b[0] == '[' {
		return unmarshalStrict(b, (*[]Agent)(w))
	}
	*w = make(Wholes, 1)
	return json.Unmarshal(b, &(*w)[0])
}

// IsReference reports whether the agent only names one of the catalogue.
func (a Agent) IsReference() bool { return a.ID != "" && a.Name == "" && a.Kind == "" }

// isBare reports whether the agent has nothing but an id.
func (a Agent) isBare() bool {
	a.ID = ""
	return reflect.ValueOf(a).IsZero()
}

// IsZero reports whether the agent says nothing.
func (a Agent) IsZero() bool { return a.ID == "" && a.Name == "" }

// Identifier returns the agent's first identifier of a scheme.
func (a Agent) Identifier(s Scheme) (Identifier, bool) {
	for _, id := range a.Identifiers {
		if id.Scheme == s {
			return id, true
		}
	}
	return Identifier{}, false
}

// Inverted returns the name as catalogues sort it, "Family, Given", where the
// two are known apart; else the name as printed.
func (a Agent) Inverted() string {
	if a.FamilyName != "" && a.GivenName != "" {
		return a.FamilyName + ", " + a.GivenName
	}
	return a.Name
}

type agentFields Agent // without the methods

// MarshalJSON writes a reference as its id alone.
func (a Agent) MarshalJSON() ([]byte, error) {
	if a.IsReference() {
		return marshalPlain(a.ID)
	}
	return marshalPlain(agentFields(a))
}

// UnmarshalJSON reads an id or an object.
func (a *Agent) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*a = Agent{}
		return json.Unmarshal(b, &a.ID)
	}
	return unmarshalStrict(b, (*agentFields)(a))
}

func (AgentKind) known() []string { return []string{string(Person), string(Organisation)} }
