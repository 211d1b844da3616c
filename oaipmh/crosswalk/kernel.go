package crosswalk

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// kernel writes what DataCite's metadata schema 4 and OpenAIRE's guidelines
// for literature repositories 4 have in common: the latter took over elements
// of kernel 4.1, with vocabularies that have not grown since.
type kernel struct {
	writer
	r        model.Record
	openaire bool // as in OpenAIRE's copy
}

// titles writes the title in its main language, then the others as its
// translations, subtitles and alternative titles. Where there is none, the
// label made by rule stands in: in square brackets, as cataloguers mark a
// title that they supplied, and of type "Other".
func (k *kernel) titles() {
	o := k.r.Output
	if title, derived := o.DisplayTitle(); derived {
		for _, s := range title {
			k.start("title", attr{"titleType", "Other"}, lang(s.Lang))
			k.add("[", s.Value, "]")
			k.close("title")
		}
	}
	for i, s := range o.Title {
		if i == 0 {
			k.langString("title", s)
		} else {
			k.langString("title", s, attr{"titleType", "TranslatedTitle"})
		}
	}
	k.texts("title", o.Subtitle, attr{"titleType", "Subtitle"})
	for _, t := range o.AlternativeTitles {
		k.texts("title", t, attr{"titleType", "AlternativeTitle"})
	}
}

// creators writes the authors, in their order.
func (k *kernel) creators() {
	for _, c := range k.r.Output.Contributions {
		if c.Role != model.Author || !hasName(k.r.Agent(c.Agent)) {
			continue
		}
		k.start("creator")
		k.agent("creatorName", c.Agent, c.Affiliations)
		k.end("creator")
	}
}

// contributors writes who else had a hand in the output, whom to ask about it
// and the group that it comes from.
func (k *kernel) contributors() {
	o := k.r.Output
	for _, c := range o.Contributions {
		k.contributor(contributorType(c.Role, k.openaire), c.Agent, c.Affiliations)
	}
	for _, a := range o.Contacts {
		k.contributor("ContactPerson", a, nil)
	}
	if group := k.r.Group(); group != nil {
		k.contributor("ResearchGroup", model.Agent{Kind: model.Organisation, Name: group.Title.String()}, nil)
	}
}

// contributor writes nothing for a role that has an element of its own.
func (k *kernel) contributor(contributorType string, a model.Agent, affiliations []model.Agent) {
	if contributorType == "" || !hasName(k.r.Agent(a)) {
		return
	}
	k.start("contributor", attr{"contributorType", contributorType})
	k.agent("contributorName", a, affiliations)
	k.end("contributor")
}

func contributorType(r model.Role, openaire bool) string {
	t := roleOf(r).DataCite
	if openaire && t == "Translator" { // since kernel 4.6
		return "Other"
	}
	return t
}

// agent writes the name of an agent, its identifiers and its affiliations.
func (k *kernel) agent(name string, a model.Agent, affiliations []model.Agent) {
	a = k.r.Agent(a)
	k.writer.agent(name, a, attr{"nameType", nameType(a)})
	k.text("givenName", a.GivenName)
	k.text("familyName", a.FamilyName)
	for _, id := range a.Identifiers {
		k.inline("nameIdentifier", func() { k.agentIdentifier(id) },
			attr{"nameIdentifierScheme", schemeOf(id.Scheme).name}, attr{"schemeURI", schemeURIs[id.Scheme]})
	}
	if len(affiliations) == 0 {
		affiliations = a.Affiliations
	}
	for _, affiliation := range affiliations {
		affiliation = k.r.Agent(affiliation)
		if k.openaire {
			k.text("affiliation", affiliation.Name)
		} else {
			k.organisation("affiliation", affiliation.Name, affiliation)
		}
	}
}

// organisation writes the name of one, with its ROR if it has one: both
// affiliation and publisher have attributes for it, called after them.
func (k *kernel) organisation(element, name string, a model.Agent) {
	ror, ok := a.Identifier(model.ROR)
	if !ok || name == "" {
		k.text(element, name)
		return
	}
	k.open(element, nil)
	k.raw(" ")
	k.raw(element)
	k.raw(`Identifier="https://ror.org/`)
	k.buf = oaipmh.AppendAttr(k.buf, ror.Value)
	k.raw(`" `)
	k.raw(element)
	k.raw(`IdentifierScheme="ROR" schemeURI="https://ror.org">`)
	k.add(name)
	k.close(element)
}

func nameType(a model.Agent) string {
	switch a.Kind {
	case model.Person:
		return "Personal"
	case model.Organisation:
		return "Organizational"
	}
	return ""
}

var schemeURIs = map[model.Scheme]string{
	model.ORCID: "https://orcid.org", model.ROR: "https://ror.org", model.ISNI: "https://isni.org", model.IdRef: "https://www.idref.fr",
}

// agentIdentifier adds an identifier as DataCite's manual writes it: ORCID and
// ROR as addresses, the others bare.
func (k *kernel) agentIdentifier(id model.Identifier) {
	if id.Scheme == model.ORCID || id.Scheme == model.ROR {
		k.address(id)
	} else {
		k.add(id.Value)
	}
}

// primary is the one identifier of the format: what resolves for ever if
// there is such a one, else an address.
func primary(r model.Record) (scheme, value string) {
	o := r.Output
	for _, scheme := range [...]model.Scheme{model.DOI, model.Handle, model.ARK, model.URN} {
		if id, ok := o.Identifier(scheme); ok {
			return schemeOf(scheme).DataCite, id.Value
		}
	}
	if o.URL != "" {
		return "URL", o.URL
	}
	return "URL", cmp.Or(firstAddress(o), r.IRI())
}

// alternateIdentifiers writes the names of the output that are not its primary
// one.
func (k *kernel) alternateIdentifiers(value string) {
	o := k.r.Output
	if o.URL != value {
		k.text("alternateIdentifier", o.URL, attr{"alternateIdentifierType", "URL"})
	}
	for _, id := range o.Identifiers {
		if id.Value != value {
			k.text("alternateIdentifier", id.Value, attr{"alternateIdentifierType", schemeOf(id.Scheme).name})
		}
	}
}

// relatedIdentifiers writes the outputs that this one is related to, and the
// pages about it.
func (k *kernel) relatedIdentifiers() {
	o := k.r.Output
	for _, rel := range o.Relations {
		k.relatedIdentifier(rel)
	}
	for _, l := range o.Links {
		k.relatedIdentifier(model.Relation{Type: "isDescribedBy", URL: l.URL})
	}
	if o.Series != "" {
		k.relatedIdentifier(model.Relation{Type: "isPartOf", Output: o.Series})
	}
	for _, l := range o.ConformsTo {
		k.relatedIdentifier(model.Relation{Type: "conformsTo", URL: l.URL})
	}
}

func (k *kernel) relatedIdentifier(rel model.Relation) {
	relationType := k.relationType(rel.Type)
	if relationType == "" {
		return
	}
	general := attr{}
	if rel.Kind != "" && !k.openaire {
		general = attr{"resourceTypeGeneral", kindOf(rel.Kind).DataCite}
	}
	information := attr{}
	if relationType == "Other" {
		information = attr{"relationTypeInformation", string(rel.Type)}
	}
	scheme, value := "URL", rel.URL
	switch {
	case rel.Output != "":
		value = k.r.Catalogue.Base + "records/" + rel.Output
	case !rel.Identifier.IsZero():
		scheme, value = relatedName(rel.Identifier)
	}
	k.text("relatedIdentifier", value, general, attr{"relatedIdentifierType", scheme}, attr{"relationType", relationType}, information)
}

// relatedName is an identifier of something related, with its type in DataCite's
// vocabulary: what the vocabulary lacks is named by its address. Both are "" for
// what has none.
func relatedName(id model.Identifier) (scheme, value string) {
	info := schemeOf(id.Scheme)
	if id.Scheme == model.Local {
		name, value, _ := strings.Cut(id.Value, ":")
		if scheme = relatedTypes[name]; scheme == "" {
			return "", ""
		}
		return scheme, value
	}
	if typed := info.DataCite; typed != "" && typed != "URL" && !info.Agent {
		return typed, id.Value
	}
	if address := id.URL(); address != "" {
		return "URL", address
	}
	return "", ""
}

// relatedTypes are the types of identifiers that the model has no scheme for,
// by the names that Read keeps them under.
var relatedTypes = map[string]string{
	"arxiv": "arXiv", "bibcode": "bibcode", "ean13": "EAN13", "igsn": "IGSN", "istc": "ISTC", "lsid": "LSID", "pmid": "PMID", "upc": "UPC",
}

// relationType is "" for a relation that the vocabulary has no word for.
func (k *kernel) relationType(t model.RelationType) string {
	name := relationInfo(t).DataCite
	if !k.openaire {
		return name
	}
	switch name { // since kernel 4.6 and 4.7
	case "IsTranslationOf":
		return "IsVersionOf"
	case "HasTranslation":
		return "HasVersion"
	case "Other":
		return ""
	}
	return name
}

// dates writes every date that is known, without time of day, as OpenAIRE
// wants it.
func (k *kernel) dates() {
	o := k.r.Output
	dates := [...]struct {
		dateType string
		date     model.Date
	}{{"Issued", o.Issued}, {"Created", o.Created}, {"Accepted", o.Accepted}, {"Available", o.Available}, {"Updated", o.Modified}}
	for _, d := range dates {
		k.day("date", d.date, attr{"dateType", d.dateType})
	}
	if !k.openaire { // since kernel 4.6
		for _, p := range o.Temporal {
			k.inline("date", func() { k.period(p, "") }, attr{"dateType", "Coverage"})
		}
	}
}

// subjects writes keywords, and terms of classifications with what names them.
func (k *kernel) subjects() {
	for _, s := range k.r.Output.Subjects {
		scheme, uri := s.Scheme, ""
		if strings.Contains(scheme, "://") {
			scheme, uri = "", s.Scheme
		}
		attrs := [...]attr{{"subjectScheme", scheme}, {"schemeURI", uri}, {"valueURI", s.IRI}, {"classificationCode", s.Code}}
		kept := attrs[:]
		if k.openaire { // since kernel 4.4
			kept = attrs[:3]
		}
		if len(s.Label) == 0 {
			k.text("subject", cmp.Or(s.Code, s.IRI), kept...)
		}
		k.texts("subject", s.Label, kept...)
	}
}

// geoLocations writes the places that the output is about.
func (k *kernel) geoLocations() {
	for _, p := range k.r.Output.Spatial {
		k.start("geoLocation")
		k.text("geoLocationPlace", cmp.Or(p.Label.String(), p.IRI))
		k.geoLocationBox(p.Box)
		k.end("geoLocation")
	}
}

func (k *kernel) geoLocationBox(b model.Box) {
	if b == (model.Box{}) {
		return
	}
	k.start("geoLocationBox")
	k.degrees("westBoundLongitude", b.West)
	k.degrees("eastBoundLongitude", b.East)
	k.degrees("southBoundLatitude", b.South)
	k.degrees("northBoundLatitude", b.North)
	k.end("geoLocationBox")
}

func (k *kernel) degrees(name string, x float64) {
	k.text(name, strconv.FormatFloat(x, 'f', -1, 64))
}

// fundingReferences writes who paid, and for what, as far as it is known.
func (k *kernel) fundingReferences() {
	for _, f := range k.r.Output.Funding {
		k.fundingReference(f)
	}
	for _, c := range k.r.Output.Contributions {
		if c.Role == "funder" {
			k.fundingReference(model.Funding{Funder: c.Agent})
		}
	}
}

func (k *kernel) fundingReference(f model.Funding) {
	funder := k.r.Agent(f.Funder)
	if funder.Name == "" {
		return
	}
	k.start("fundingReference")
	k.text("funderName", funder.Name)
	k.funderIdentifier(funder)
	if k.openaire {
		k.text("fundingStream", f.Programme)
	}
	k.text("awardNumber", cmp.Or(f.Award, f.URI), attr{"awardURI", f.URI})
	k.inline("awardTitle", func() {
		at := len(k.buf)
		k.item(at, f.Acronym)
		k.item(at, f.Title.String())
	})
	k.end("fundingReference")
}

// funderIdentifier writes the one identifier that there is room for: a kind
// that the vocabulary knows, else whichever comes first.
func (k *kernel) funderIdentifier(funder model.Agent) {
	if len(funder.Identifiers) == 0 {
		return
	}
	id, kind := funder.Identifiers[0], "Other"
	for _, scheme := range [...]model.Scheme{model.ISNI, model.ROR} {
		if known, ok := funder.Identifier(scheme); ok {
			id, kind = known, schemeOf(scheme).DataCite
		}
	}
	uri := schemeURIs[id.Scheme]
	if k.openaire {
		uri = ""
	}
	k.inline("funderIdentifier", func() { k.agentIdentifier(id) }, attr{"funderIdentifierType", kind}, attr{"schemeURI", uri})
}
