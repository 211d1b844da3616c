package crosswalk

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/model"
)

// author reads a contributor: HAL calls them all authors, and their roles by
// MARC relator codes, with "crp" for the author who answers letters.
func (t *teiReader) author(e *etree.Element) {
	c := model.Contribution{Agent: t.agent(e), Role: model.Author}
	switch code := t.attr(e, "role"); code {
	case "", "aut":
	case "crp":
		c.Label = correspondingAuthor
	default:
		if role, ok := roleOfMARC(code); ok {
			c.Role = role
		} else {
			c.Role, c.Label = "other", model.NewText("und", code)
		}
	}
	for _, a := range all(e, "affiliation") {
		c.Affiliations = append(c.Affiliations, t.structures(a)...)
	}
	if c.Agent.IsZero() {
		t.lose(e, nameless)
		return
	}
	t.out.Contributions = append(t.out.Contributions, c)
}

// roleOfMARC returns the role of a MARC relator code: the first of the table.
func roleOfMARC(code string) (model.Role, bool) {
	for _, info := range roleRows {
		if info.MARC == code {
			return info.Role, true
		}
	}
	return "", false
}

func (t *teiReader) agent(e *etree.Element) model.Agent {
	var a model.Agent
	if p := first(e, "persName"); p != nil {
		a = t.person(p)
	}
	for _, org := range all(e, "orgName") {
		t.orgName(org, &a)
	}
	for _, mail := range all(e, "email") {
		if kind := mail.SelectAttrValue("type", ""); kind == "" && a.Email == "" {
			a.Email = t.text(mail)
		}
	}
	for _, p := range all(e, "ptr") {
		if a.Homepage == "" && p.SelectAttrValue("type", "") == "url" {
			t.attr(p, "type")
			a.Homepage = t.attr(p, "target")
		}
	}
	for _, id := range all(e, "idno") {
		t.agentID(id, &a)
	}
	return a
}

// person reads a name. One without forename was not told apart into the two.
func (t *teiReader) person(e *etree.Element) model.Agent {
	var given []string
	for _, f := range all(e, "forename") {
		t.attr(f, "type")
		if s := t.text(f); s != "" {
			given = append(given, s)
		}
	}
	family := t.text(first(e, "surname"))
	a := model.Agent{Kind: model.Person, GivenName: strings.Join(given, " "), FamilyName: family}
	a.Name = strings.TrimSpace(a.GivenName + " " + family)
	if a.GivenName == "" {
		a.FamilyName = ""
	}
	return a
}

// orgName reads the organisation that an author is, or with a reference the
// one that employs them.
func (t *teiReader) orgName(e *etree.Element, a *model.Agent) {
	if e.SelectAttr("ref") != nil {
		a.Affiliations = append(a.Affiliations, t.structures(e)...)
		return
	}
	name := t.text(e)
	if a.Name == "" {
		a.Kind, a.Name = model.Organisation, name
	} else if name != "" {
		a.Affiliations = append(a.Affiliations, model.Agent{Kind: model.Organisation, Name: name})
	}
}

// agentSchemes are the types of idno, in lower case, that the model knows of
// agents.
var agentSchemes = map[string]model.Scheme{
	"orcid": model.ORCID, "idref": model.IdRef, "isni": model.ISNI, "ror": model.ROR, "siren": model.SIREN,
}

// agentID reads an identifier of a person or structure. An idHAL in letters is
// kept as it stands; its number and that of the form of the name are HAL's
// own keys.
func (t *teiReader) agentID(e *etree.Element, a *model.Agent) {
	kind := e.SelectAttrValue("type", "")
	if scheme, ok := agentSchemes[strings.ToLower(kind)]; ok {
		t.attr(e, "type")
		t.identifier(e, scheme, &a.Identifiers)
		return
	}
	if kind == "idhal" && e.SelectAttrValue("notation", "string") == "string" {
		t.attr(e, "type")
		t.attr(e, "notation")
		t.local("idhal", e, &a.Identifiers)
	}
}

// structures resolves the organisations that an element refers to. A reference
// that leads nowhere stays, and is listed.
func (t *teiReader) structures(e *etree.Element) []model.Agent {
	var agents []model.Agent
	refs := strings.Fields(e.SelectAttrValue("ref", ""))
	for _, ref := range refs {
		if org, ok := t.orgs[ref]; ok {
			if a := t.structure(org, nil); a.Name != "" {
				agents = append(agents, a)
			}
		}
	}
	if len(agents) == len(refs) {
		t.attr(e, "ref")
	}
	return agents
}

// maxStructures of a record, counted as often as they are described: each can
// be a part of several, which can be parts of the same.
const maxStructures = 1000

// structure reads an organisation with those that it is directly a part of.
// Parts are those that led here, as some descriptions go in circles.
func (t *teiReader) structure(e *etree.Element, parts []*etree.Element) model.Agent {
	a := model.Agent{Kind: model.Organisation}
	t.structured++
	for _, n := range all(e, "orgName") {
		if n.SelectAttrValue("type", "") == "" && a.Name == "" {
			a.Name = t.text(n)
		}
	}
	for _, id := range all(e, "idno") {
		t.agentID(id, &a)
	}
	if ref := first(e, "desc", "ref"); ref != nil && ref.SelectAttrValue("type", "") == "url" {
		t.attr(ref, "type")
		a.Homepage = t.text(ref)
	}
	for _, rel := range all(first(e, "listRelation"), "relation") {
		parent := t.orgs[rel.SelectAttrValue("active", "")]
		direct := rel.SelectAttrValue("type", "direct") == "direct"
		if parent == nil || !direct || parent == e || slices.Contains(parts, parent) || t.structured > maxStructures {
			continue
		}
		if whole := t.structure(parent, append(parts[:len(parts):len(parts)], e)); whole.Name != "" {
			t.attr(rel, "active")
			t.attr(rel, "type")
			a.PartOf = append(a.PartOf, whole)
		}
	}
	t.indirect(e)
	return a
}

// indirect takes the relations of an organisation that follow from others: to
// what its wholes are a part of.
func (t *teiReader) indirect(e *etree.Element) {
	above := map[*etree.Element]bool{}
	t.climb(e, above)
	for _, rel := range all(first(e, "listRelation"), "relation") {
		if rel.SelectAttrValue("type", "") == "indirect" && above[t.orgs[rel.SelectAttrValue("active", "")]] {
			t.attr(rel, "active")
			t.attr(rel, "type")
		}
	}
}

// climb marks the organisations that one is a part of, by way of others too.
func (t *teiReader) climb(e *etree.Element, above map[*etree.Element]bool) {
	for _, rel := range all(first(e, "listRelation"), "relation") {
		whole := t.orgs[rel.SelectAttrValue("active", "")]
		if whole != nil && !above[whole] && rel.SelectAttrValue("type", "direct") == "direct" {
			above[whole] = true
			t.climb(whole, above)
		}
	}
}

// projectFunders are who pays for the types of projects that HAL knows.
var projectFunders = map[string]model.Agent{
	"anrProject":      {Kind: model.Organisation, Name: "Agence nationale de la recherche"},
	"europeanProject": {Kind: model.Organisation, Name: "European Commission"},
}

// funder reads a project by reference, or a funder as printed.
func (t *teiReader) funder(e *etree.Element) {
	ref := e.SelectAttrValue("ref", "")
	if org := t.orgs[ref]; org != nil {
		t.attr(e, "ref")
		t.out.Funding = append(t.out.Funding, t.project(org))
		return
	}
	if name := t.text(e); name != "" {
		t.out.Funding = append(t.out.Funding, model.Funding{Funder: model.Agent{Name: name}})
	}
}

func (t *teiReader) project(e *etree.Element) model.Funding {
	var f model.Funding
	if funder, ok := projectFunders[e.SelectAttrValue("type", "")]; ok {
		t.attr(e, "type")
		f.Funder = funder
	}
	for _, id := range all(e, "idno") {
		switch kind := id.SelectAttrValue("type", ""); kind {
		case "anr", "number":
			t.attr(id, "type")
			t.only(id, t.text(id), &f.Award)
		case "program":
			t.attr(id, "type")
			t.only(id, t.text(id), &f.Programme)
		}
	}
	if name := first(e, "orgName"); name != nil {
		f.Acronym = t.text(name)
	}
	if desc := first(e, "desc"); desc != nil && len(desc.ChildElements()) == 0 {
		f.Title = t.label(desc)
	}
	return f
}
