package crosswalk

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/beevik/etree"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// lifeCycle is category 2: the version, and who made, published and paid for
// the output.
func (l *lomReader) lifeCycle(e *etree.Element) {
	for _, s := range l.strings(first(e, "version")) {
		if value := collapse(deepText(s)); l.out.Version == "" || l.out.Version == value {
			l.out.Version = l.text(s)
			l.lang(s)
		}
	}
	for _, c := range all(e, "contribute") {
		l.contribute(c)
	}
}

// contribute reads who did what, and when: an author's date is that of
// making, a publisher's that of publication.
func (l *lomReader) contribute(e *etree.Element) {
	role, label := l.role(first(e, "role"))
	switch date := first(e, "date", "dateTime"); role {
	case model.Author:
		l.date(date, &l.out.Created)
	case "publisher":
		l.date(date, &l.out.Issued)
	}
	for _, entity := range all(e, "entity") {
		l.entity(entity, model.Contribution{Role: role, Label: label})
	}
}

// role takes the role of a contribution. One that the model does not know is a
// contributor's, with its name for a label.
func (l *lomReader) role(e *etree.Element) (model.Role, model.Text) {
	if e == nil {
		return "contributor", nil
	}
	t := lomTermOf(e)
	for _, info := range roleRows {
		// An initiator need not be a funder, whom the card shows.
		if c, ok := lomRoles[info.Role]; ok && info.Role != "funder" && t.is(c) {
			l.concept(e, c)
			return info.Role, nil
		}
	}
	if t.is(lomUnknownRole) {
		l.concept(e, lomUnknownRole)
		return "contributor", nil
	}
	name, initiator := t.name(), lomRoles["funder"]
	if t.is(initiator) {
		l.concept(e, initiator)
		name = model.NewText("fr", cmp.Or(t.label, initiator.label))
	} else if name != nil && inVocabulary(cmp.Or(t.iri, scolomfr), "003") {
		l.take(e) // the name is the label of the concept
	}
	return "contributor", name
}

var lomUnknownRole = concept{scolomfr + "unknown", "inconnu"}

// entity reads an agent, a vCard or else a name, and adds it under its role.
// The card says a role that ScoLOMFR has no concept of.
func (l *lomReader) entity(e *etree.Element, c model.Contribution) {
	l.take(e)
	card := cardReader{lomReader: l, e: e}
	c.Agent = card.read()
	if said := roleNamed(card.role); said != "" && (c.Role == "contributor" || said == c.Role) {
		if c.Role = said; c.Label.String() == lomRoles[said].label {
			c.Label = nil
		}
	} else if card.role != "" {
		c.Label = model.Text{{Lang: language.Und, Value: card.role}}
	}
	switch a := &c.Agent; {
	case a.Name == "":
		if a.Email+a.Homepage != "" || len(a.Identifiers)+len(a.Affiliations) > 0 || card.award != nil {
			l.lose(e, nameless)
		}
	case c.Role == "contact-person":
		l.out.Contacts = append(l.out.Contacts, c.Agent)
	case card.award != nil:
		card.award.Funder = c.Agent
		l.out.Funding = append(l.out.Funding, *card.award)
	case c.Role == "publisher" && l.out.Publisher.IsZero():
		l.out.Publisher = c.Agent
	default:
		l.contribution(c)
	}
}

// loseCards lists the agents of what the model has no place for.
func (l *lomReader) loseCards(e *etree.Element) {
	for _, entity := range all(e, "entity") {
		var told []string
		for _, line := range parseVCard(deepText(entity)) {
			switch {
			case line.empty(), line.name == "BEGIN", line.name == "END", line.name == "VERSION":
			default:
				told = append(told, line.told())
			}
		}
		if told != nil {
			l.take(entity)
			l.remains(entity, strings.Join(told, " "), nil)
		}
	}
}

// roleNamed returns the role that people call so, in French or English, "" if
// none is.
func roleNamed(name string) model.Role {
	for _, info := range roleRows {
		if name != "" && (strings.EqualFold(name, info.French) || strings.EqualFold(name, info.English)) {
			return info.Role
		}
	}
	return ""
}

// cardReader reads a vCard.
type cardReader struct {
	*lomReader
	e     *etree.Element
	agent model.Agent
	orgs  []vCardLine
	names vCardLine // family name, given name
	role  string
	award *model.Funding
}

// read returns the agent of the card. Text that is no card is a name.
func (c *cardReader) read() model.Agent {
	lines := parseVCard(deepText(c.e))
	if lines == nil {
		return model.Agent{Name: collapse(deepText(c.e))}
	}
	for _, line := range lines {
		if read, ok := cardLines[line.name]; !line.empty() && (!ok || !read(c, line)) {
			c.remains(c.e, line.told(), nil)
		}
	}
	c.name()
	c.organisations()
	return c.agent
}

// cardLines read the properties; false for one that is not taken.
var cardLines = map[string]func(*cardReader, vCardLine) bool{
	"BEGIN":   cardPlumbing,
	"VERSION": cardPlumbing,
	"PRODID":  cardPlumbing,
	"CLASS":   cardPlumbing,
	"REV":     cardPlumbing,
	"END":     cardPlumbing,
	"KIND":    (*cardReader).kind,
	"FN":      func(c *cardReader, l vCardLine) bool { return once(&c.agent.Name, l.value()) },
	"N":       (*cardReader).parts,
	"ORG":     func(c *cardReader, l vCardLine) bool { c.orgs = append(c.orgs, l); return true },
	"ROLE":    func(c *cardReader, l vCardLine) bool { return once(&c.role, l.value()) },
	"EMAIL":   (*cardReader).email,
	"URL":     (*cardReader).page,
	"UID":     (*cardReader).page,
	"NOTE":    (*cardReader).note,
}

func cardPlumbing(*cardReader, vCardLine) bool { return true }

// once sets a field that has no value yet; false if it has another.
func once(dst *string, value string) bool {
	if *dst == "" {
		*dst = value
	}
	return *dst == value
}

func (c *cardReader) kind(l vCardLine) bool {
	for kind, name := range vCardKinds {
		if strings.EqualFold(l.value(), name) {
			c.agent.Kind = cmp.Or(c.agent.Kind, kind)
			return c.agent.Kind == kind
		}
	}
	return l.value() == ""
}

func (c *cardReader) parts(l vCardLine) bool {
	if c.names.name != "" {
		return false
	}
	c.names = l
	for i := 2; i < len(l.parts); i++ { // further names, and titles
		if further := l.part(i); further != "" && further != l.part(1) {
			return false
		}
	}
	return true
}

func (c *cardReader) email(l vCardLine) bool {
	return once(&c.agent.Email, strings.TrimPrefix(l.value(), "mailto:"))
}

// page reads an address: of an identifier that resolves, else the homepage.
func (c *cardReader) page(l vCardLine) bool {
	address := l.value()
	if !isWeb(address) {
		return address == ""
	}
	for _, scheme := range []model.Scheme{model.ORCID, model.IdRef, model.ISNI, model.ROR} {
		if id, err := model.NewIdentifier(scheme, address); err == nil {
			c.agent.Identifiers = appendNew(c.agent.Identifiers, id)
			return true
		}
	}
	return once(&c.agent.Homepage, address)
}

var cardNote = regexp.MustCompile(`^([A-Z][A-Z-]*)=(.+)$`)

// note reads what ScoLOMFR keeps in notes, "SIREN=110043015", and what the
// model knows of an award. Others are for people.
func (c *cardReader) note(l vCardLine) bool {
	m := cardNote.FindStringSubmatch(l.value())
	if m == nil {
		return false
	}
	if field := awardFields[m[1]]; field != nil && roleNamed(c.role) == "funder" {
		if c.award == nil {
			c.award = &model.Funding{}
		}
		return field(c.award, m[2])
	}
	scheme, ok := schemeNamed(m[1])
	if !ok {
		return false
	}
	id, err := model.NewIdentifier(scheme, m[2])
	if err != nil {
		c.remains(c.e, l.line, why(err))
		return true
	}
	c.agent.Identifiers = appendNew(c.agent.Identifiers, id)
	return true
}

// awardFields are the notes on an award in a funder's card; false for one that
// has another value already.
var awardFields = map[string]func(*model.Funding, string) bool{
	"PROGRAMME": func(f *model.Funding, s string) bool { return once(&f.Programme, s) },
	"AWARD":     func(f *model.Funding, s string) bool { return once(&f.Award, s) },
	"ACRONYM":   func(f *model.Funding, s string) bool { return once(&f.Acronym, s) },
	"PROJECT": func(f *model.Funding, s string) bool {
		if f.Title == nil {
			f.Title = model.NewText("und", s)
		}
		return f.Title.String() == s
	},
	"AWARDURI": func(f *model.Funding, s string) bool { return once(&f.URI, s) },
}

// name puts the names in order. ScoLOMFR's manual writes the given name under
// FN and the family name under N.
func (c *cardReader) name() {
	a, family, given := &c.agent, c.names.part(0), c.names.part(1)
	rest, ends := strings.CutSuffix(a.Name, " "+family)
	switch {
	case a.Kind == model.Organisation || family == "":
		if !strings.Contains(a.Name, family) || !strings.Contains(a.Name, given) {
			c.remains(c.e, c.names.line, nil)
		}
	case given != "":
		a.FamilyName, a.GivenName = family, given
		if whole := given + " " + family; a.Name == "" || strings.HasPrefix(a.Name, whole+";") { // UNIT's have the given name again
			a.Name = whole
		}
	case a.Name == "":
		a.Name = family
	case ends:
		a.FamilyName, a.GivenName = family, rest
	case !strings.Contains(strings.ToLower(a.Name), strings.ToLower(family)):
		a.FamilyName, a.GivenName = family, a.Name
		a.Name += " " + family
		c.derive("contributions.agent.name", "Le prénom est dans FN et le nom dans N, comme dans le manuel de ScoLOMFR.", "FN holds the given name and N the family name, as in ScoLOMFR's manual.")
	}
}

// organisations reads where a person works. The card of an organisation names
// it again.
func (c *cardReader) organisations() {
	a := &c.agent
	if a.Name == "" && len(c.orgs) > 0 {
		a.Name, a.Kind = c.orgs[0].value(), model.Organisation
	}
	altid, first := "", 0 // of the affiliation before
	for _, line := range c.orgs {
		org := organisationOf(line)
		switch {
		case org.Name == "":
		case a.Kind != model.Person && (org.Name == a.Name || line.value() == a.Name):
			a.Kind, a.Name = model.Organisation, org.Name
			for _, whole := range org.PartOf {
				a.PartOf = join(a.PartOf, whole)
			}
		case a.Kind == model.Organisation:
			a.PartOf = join(a.PartOf, org)
		case altid != "" && line.altid == altid:
			a.Affiliations = append(a.Affiliations[:first], join(a.Affiliations[first:], org)...)
		default:
			altid, first = line.altid, len(a.Affiliations)
			a.Affiliations = append(a.Affiliations, org)
		}
	}
	if a.Kind != model.Organisation {
		c.straighten(a)
	}
}

// join adds a body to others; one of them may be it, as a part of something
// else.
func join(bodies model.Wholes, org model.Agent) model.Wholes {
	for i := range bodies {
		if known := &bodies[i]; known.Name == org.Name {
			for _, whole := range org.PartOf {
				known.PartOf = join(known.PartOf, whole)
			}
			return bodies
		}
	}
	return append(bodies, org)
}

// organisationOf reads a body and the units in it, the largest first.
func organisationOf(line vCardLine) (org model.Agent) {
	for i := range line.parts {
		name := line.part(i)
		if name == "" {
			continue
		}
		whole := org
		org = model.Agent{Kind: model.Organisation, Name: name}
		if whole.Name != "" {
			org.PartOf = model.Wholes{whole}
		}
	}
	return org
}
