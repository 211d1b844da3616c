package crosswalk

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/model"
)

// relates reads a relation of category 7: the licence, a standard, what the
// output appeared in, or another resource.
func (l *lomReader) relates(e *etree.Element) {
	kind := first(e, "kind")
	if kind == nil || l.licensed(e) {
		return
	}
	term := lomTermOf(kind)
	resources := all(e, "resource")
	if term.is(lomRelations["conformsTo"]) {
		l.concept(kind, lomRelations["conformsTo"])
		for _, resource := range resources {
			l.standard(resource)
		}
		return
	}
	relation, ok := lomRelationOf(term)
	if !ok {
		return
	}
	l.concept(kind, cmp.Or(lomExact[relation], lomRelation(relation)))
	if strings.EqualFold(term.word, lomIsBasedOn) {
		l.take(kind)
	}
	for _, resource := range resources {
		l.resource(resource, relation)
	}
}

// lomRelationOf is the relation that a term stands for.
func lomRelationOf(t lomTerm) (model.RelationType, bool) {
	for relation, c := range lomExact {
		if t.is(c) {
			return relation, true
		}
	}
	switch {
	case t.is(lomRelations["relation"]):
		return "relation", true
	case strings.EqualFold(t.word, lomIsBasedOn):
		return "isDerivedFrom", true
	}
	for _, info := range relationRows { // the first of those that share a term
		if t.is(lomRelations[info.DCTerms]) {
			return info.Type, true
		}
	}
	return "", false
}

// lomIsBasedOn is LOM's word for source.
const lomIsBasedOn = "isBasedOn"

// licensed reads a relation to a licence, and reports whether it is one.
func (l *lomReader) licensed(e *etree.Element) bool {
	kind := first(e, "kind")
	if kind == nil || !lomTermOf(kind).is(lomHasLicence) {
		return false
	}
	entry := first(e, "resource", "identifier", "entry")
	if entry == nil {
		return true
	}
	if licence, ok := licenceOfAddress(collapse(deepText(entry))); ok || l.out.Licence == "" && isLicence(licence) {
		l.concept(kind, lomHasLicence)
		l.page(first(e, "resource", "identifier"))
		l.setLicence(entry, licence)
	}
	return true
}

// page takes an identifier that is an address.
func (l *lomReader) page(id *etree.Element) {
	l.take(first(id, "entry"))
	if catalog := first(id, "catalog"); catalog != nil && (lomCatalogued(l.peek(catalog)) == "" || strings.EqualFold(l.peek(catalog), "URL")) {
		l.take(catalog)
	}
}

// standard reads what the output conforms to.
func (l *lomReader) standard(resource *etree.Element) {
	for _, id := range all(resource, "identifier") {
		if entry := first(id, "entry"); entry != nil && isWeb(collapse(deepText(entry))) {
			l.page(id)
			if u := l.web(entry, l.text(entry)); u != "" {
				l.out.ConformsTo = append(l.out.ConformsTo, model.Link{URL: u, Title: l.label(first(resource, "description"))})
			}
		}
	}
}

// resource reads the other end of a relation: by its first identifier that
// tells what it is, else, of what the output is a part of, by its name.
func (l *lomReader) resource(resource *etree.Element, relation model.RelationType) {
	description := first(resource, "description")
	for _, id := range all(resource, "identifier") {
		rel, ok := l.target(id)
		if !ok {
			continue
		}
		l.take(id)
		switch scheme := rel.Identifier.Scheme; {
		case relation == "isPartOf" && (scheme == model.ISSN || scheme == model.ISBN) && l.out.Container == nil:
			c := l.container()
			c.Identifiers = append(c.Identifiers, rel.Identifier)
			l.cited(description, c)
		case relation == "relation" && rel.URL != "": // a page is all that is known of it
			if u, err := model.NormalizeURL(rel.URL); err == nil {
				l.link(description, model.Link{URL: u, Title: l.label(description)})
			}
		default:
			rel.Type, rel.Title = relation, l.label(description)
			l.relation(description, rel)
		}
		return
	}
	if len(all(resource, "identifier")) > 0 || relation != "isPartOf" || l.conference(description) {
		return
	}
	if l.out.Container == nil {
		l.cited(description, l.container())
	}
}

// target is what an identifier names, not taken yet.
func (l *lomReader) target(id *etree.Element) (model.Relation, bool) {
	entry := first(id, "entry")
	if entry == nil {
		return model.Relation{}, false
	}
	value, name := collapse(deepText(entry)), ""
	if catalog := first(id, "catalog"); catalog != nil {
		name = lomCatalogued(collapse(deepText(catalog)))
	}
	if isWeb(value) && (name == "" || strings.EqualFold(name, "URL")) {
		return l.relationTo(entry, value)
	}
	known, ok := l.named(entry, name, value)
	return model.Relation{Identifier: known}, ok
}

var (
	// lomVolume are volume, issue and pages behind a title, as our writer puts
	// them.
	lomVolume = regexp.MustCompile(`^(.+?), (?:(\S+) )?\(([^()]+)\)(?:, ([^,]+))?$`)
	lomPages  = regexp.MustCompile(`^(.+?)(?:, (\d\S*))?, (\d+[-–]\d+)$`)
	// lomHeld are place, country and time behind the name of a conference.
	lomHeld = regexp.MustCompile(`^(.+), ([^,]+), ([A-Z]{2}), (\S+/\S+)$`)
)

// cited reads the title of a container, and what else its citation tells.
func (l *lomReader) cited(description *etree.Element, c *model.Container) {
	for _, s := range l.strings(description) {
		title := model.LangString{Lang: l.lang(s), Value: l.text(s)}
		if m := lomVolume.FindStringSubmatch(title.Value); m != nil {
			title.Value, c.Volume, c.Issue, c.Pages = m[1], m[2], m[3], m[4]
			l.deriveCitation()
		} else if m := lomPages.FindStringSubmatch(title.Value); m != nil {
			title.Value, c.Volume, c.Pages = m[1], m[2], m[3]
			l.deriveCitation()
		}
		l.add(&c.Title, title, " – ")
	}
	if len(c.Title) == 0 && len(c.Identifiers) == 0 {
		l.out.Container = nil
	}
}

func (l *lomReader) deriveCitation() {
	l.derive("container", "Volume, numéro et pages sont lus dans la référence.", "Volume, issue and pages are read from the citation.")
}

// conference reads a name with a place, a country and a time behind it, and
// reports whether it is one.
func (l *lomReader) conference(description *etree.Element) bool {
	var c model.Conference
	for _, s := range l.strings(description) {
		m := lomHeld.FindStringSubmatch(collapse(deepText(s)))
		if m == nil || l.out.Conference != nil {
			return false
		}
		period, ok := parsePeriod(m[4])
		if !ok {
			return false
		}
		c.Place, c.Country, c.Period = m[2], m[3], period
		l.add(&c.Title, model.LangString{Lang: l.lang(s), Value: m[1]}, " – ")
	}
	if len(c.Title) == 0 {
		return false
	}
	l.take(description)
	l.out.Conference = &c
	l.derive("conference", "Lieu, pays et dates sont lus dans le nom du colloque.", "Place, country and time are read from the conference's name.")
	return true
}

// classification reads category 9: detailed levels of education, and terms of
// classifications. Of a path its last term is taken, which its vocabulary has
// below the others.
func (l *lomReader) classification(e *etree.Element) {
	purpose := first(e, "purpose")
	t := lomTerm{}
	if purpose != nil {
		t = lomTermOf(purpose)
	}
	for _, path := range all(e, "taxonPath") {
		taxons := all(path, "taxon")
		if len(taxons) == 0 {
			continue
		}
		leaf := taxons[len(taxons)-1]
		id := lomIRI(l.peek(first(leaf, "id")))
		if id == "" && t.is(lomLevel) {
			id = l.levelNamed(first(leaf, "entry"))
		}
		switch {
		case inVocabulary(id, "022") && strings.Contains(id, "-voc-022-"):
			l.level(path, leaf, id)
		case purpose == nil || t.is(lomDiscipline) || t.is(lomSubject) || t.is(lomIdea):
			l.classified(path, leaf, id)
		default:
			continue
		}
		for _, c := range []concept{lomLevel, lomDiscipline, lomSubject, lomIdea} {
			if t.is(c) {
				l.concept(purpose, c)
			}
		}
		for _, broader := range taxons[:len(taxons)-1] {
			l.loseNamed(broader, first(broader, "entry"), first(broader, "id"), text("le dernier terme du chemin, plus précis, est gardé", "the last term of the path, more exact, is kept"))
		}
	}
}

var lomIdea = concept{scolomfr + "idea", "idée"}

// levelNamed is the IRI of the detailed level that an entry names.
func (l *lomReader) levelNamed(entry *etree.Element) string {
	for _, s := range l.strings(entry) {
		if level, ok := lomChosen(lomTerm{label: l.peek(s)}, "022"); ok {
			return level.IRI
		}
	}
	return ""
}

func (l *lomReader) level(path, leaf *etree.Element, id string) {
	l.text(first(leaf, "id"))
	l.vocabulary(path, "022")
	if l.out.Education == nil {
		l.out.Education = &model.Education{}
	}
	l.out.Education.Levels = append(l.out.Education.Levels, model.Concept{IRI: id, Label: l.label(first(leaf, "entry"))})
}

func (l *lomReader) classified(path, leaf *etree.Element, id string) {
	s := model.Subject{Label: l.label(first(leaf, "entry"))}
	if isWeb(id) {
		s.IRI = id
	} else {
		s.Code = id
	}
	l.text(first(leaf, "id"))
	if !inVocabulary(id, "015") || !l.vocabulary(path, "015") {
		s.Scheme = l.label(first(path, "source")).String()
	}
	if len(s.Label) > 0 || id != "" {
		l.out.Subjects = append(l.out.Subjects, s)
	}
}

// vocabulary takes the source of a path where it names a vocabulary of
// ScoLOMFR's that the terms themselves tell.
func (l *lomReader) vocabulary(path *etree.Element, number string) bool {
	source := first(path, "source")
	if source != nil && !strings.Contains(l.peek(source), "scolomfr-voc-"+number) {
		return false
	}
	l.label(source)
	return true
}
