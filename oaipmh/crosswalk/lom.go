package crosswalk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// defaultScoLOMFR is the version that the ministry's portals harvest in 2026.
const defaultScoLOMFR = "8.0"

// lom is ScoLOMFR, the profile of LOM (IEEE 1484.12.3) in which the portals of
// the French school system harvest: values of vocabularies as IRIs, each after
// its source and label, contributors as vCards.
func lom(opts *Options) oaipmh.Format[model.Record] {
	version := cmp.Or(opts.ScoLOMFR, defaultScoLOMFR)
	schema := "https://www.reseau-canope.fr/scolomfr/xsd/" + version + "/lax/scolomfr.xsd"
	root := `<lom:lom xmlns:lom="http://ltsc.ieee.org/xsd/LOM"` +
		` xmlns:lomfr="http://www.lom-fr.fr/xsd/LOMFR"` +
		` xmlns:scolomfr="http://www.lom-fr.fr/xsd/SCOLOMFR"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
		` xsi:schemaLocation="http://ltsc.ieee.org/xsd/LOM ` + schema + `">`
	return oaipmh.Format[model.Record]{
		Prefix:    "lom",
		Schema:    schema,
		Namespace: "http://ltsc.ieee.org/xsd/LOM",
		Append: func(dst []byte, r model.Record) ([]byte, error) {
			w := writer{buf: dst}
			w.raw(root)
			w.lomGeneral(r)
			w.wrap("lom:lifeCycle", func() { w.lomLifeCycle(r) })
			w.lomMeta(r, version)
			w.wrap("lom:technical", func() { w.lomTechnical(r.Output) })
			w.lomEducational(r.Output.Education)
			w.wrap("lom:rights", func() { w.lomRights(r.Output) })
			w.lomRelations(r)
			w.lomAnnotation(r)
			w.lomClassifications(r.Output)
			w.end("lom:lom")
			return w.buf, nil
		},
	}
}

// lomGeneral is category 1: what the output is.
func (w *writer) lomGeneral(r model.Record) {
	o := r.Output
	w.start("lom:general")
	for _, id := range o.Identifiers {
		w.lomIdentifier(lomCatalog(id.Scheme), id.Value)
	}
	if o.URL != "" {
		w.lomIdentifier("URL", o.URL)
	} else {
		w.lomIdentifier("URL", r.Catalogue.Base, "records/", o.ID)
	}
	w.lomTitle(o)
	for _, tag := range o.Languages {
		w.text("lom:language", lomLanguage(tag))
	}
	w.lomStrings("lom:description", o.Abstract)
	for _, s := range o.Subjects {
		if s.IRI == "" && s.Scheme == "" {
			w.lomStrings("lom:keyword", s.Label)
		}
	}
	w.lomCoverage(o)
	if c, ok := lomTypes[kindOf(o.Kind).DCMI]; ok {
		w.lomfrConcept("lomfr:documentType", c)
	}
	if c, ok := lomGenre(o.Kind); ok {
		w.start("scolomfr:generalResourceType")
		w.text("scolomfr:label", c.label)
		w.text("scolomfr:value", c.iri)
		w.end("scolomfr:generalResourceType")
	}
	w.end("lom:general")
}

// lomTitle writes the one title, which has room for a string a language: the
// subtitle goes with it. A title is mandatory, so that the label made by rule
// stands in where there is none, in square brackets; lomAnnotation says so.
func (w *writer) lomTitle(o *model.Output) {
	title, derived := o.DisplayTitle()
	w.start("lom:title")
	for _, s := range title {
		subtitle := exactly(o.Subtitle, s.Lang)
		switch {
		case derived:
			w.lomString(s.Lang, "[", s.Value, "]")
		case subtitle != "":
			w.lomString(s.Lang, s.Value, " : ", subtitle)
		default:
			w.lomString(s.Lang, s.Value)
		}
	}
	for _, s := range o.Subtitle {
		if derived || exactly(title, s.Lang) == "" {
			w.lomString(s.Lang, s.Value)
		}
	}
	w.end("lom:title")
}

func (w *writer) lomCoverage(o *model.Output) {
	for _, p := range o.Spatial {
		w.lomStrings("lom:coverage", p.Label)
	}
	for _, p := range o.Temporal {
		w.wrap("lom:coverage", func() {
			w.inline("lom:string", func() { w.period(p, "..") })
		})
	}
}

// lomLifeCycle is category 2: the version, and who made, published and paid for
// the output.
func (w *writer) lomLifeCycle(r model.Record) {
	o := r.Output
	w.lomPlain("lom:version", o.Version)
	for _, c := range o.Contributions {
		w.lomContribute(r, c, lomContributed(o, c.Role))
	}
	w.lomDated(r, model.Author)
	w.lomPublished(r)
	for _, a := range o.Contacts {
		w.lomContribute(r, model.Contribution{Agent: a, Role: "contact-person"}, model.Date{})
	}
	for _, f := range o.Funding {
		w.lomContribute(r, model.Contribution{Agent: f.Funder, Role: "funder"}, model.Date{},
			attr{"PROGRAMME", f.Programme}, attr{"AWARD", f.Award}, attr{"ACRONYM", f.Acronym},
			attr{"PROJECT", f.Title.In(language.French)}, attr{"AWARDURI", f.URI})
	}
}

// lomContributed is the date of a contribution, where the model knows it: an
// author's when the output was made, a publisher's when it came out.
func lomContributed(o *model.Output, role model.Role) model.Date {
	switch role {
	case model.Author:
		return o.Created
	case "publisher":
		return o.Issued
	}
	return model.Date{}
}

// lomPublished writes the publisher, whose date is the only place for the date
// of publication.
func (w *writer) lomPublished(r model.Record) {
	o := r.Output
	if p := r.Agent(o.Publisher); hasName(p) {
		w.lomContribute(r, model.Contribution{Agent: p, Role: "publisher"}, o.Issued)
		return
	}
	w.lomDated(r, "publisher")
}

// lomDated writes when the output was made, or published, where nobody knows by
// whom.
func (w *writer) lomDated(r model.Record, role model.Role) {
	date := lomContributed(r.Output, role)
	known := func(c model.Contribution) bool { return c.Role == role && hasName(r.Agent(c.Agent)) }
	if date.Year() == 0 || slices.ContainsFunc(r.Output.Contributions, known) {
		return
	}
	w.start("lom:contribute")
	w.lomConcept("lom:role", lomRoles[role])
	w.lomDate(date)
	w.end("lom:contribute")
}

// lomContribute writes who did what, and when. The card says of the role what
// its concept does not.
func (w *writer) lomContribute(r model.Record, c model.Contribution, date model.Date, notes ...attr) {
	a := r.Agent(c.Agent)
	if !hasName(a) {
		return
	}
	affiliations := c.Affiliations
	if len(affiliations) == 0 {
		affiliations = a.Affiliations
	}
	role, exact := lomRoles[c.Role]
	if !exact {
		role = lomRoles["contributor"]
	}
	w.start("lom:contribute")
	w.lomConcept("lom:role", role)
	words := c.Label.In(language.French)
	if words == "" && (!exact || c.Role == "funder") { // an initiator need not be one
		words = roleOf(c.Role).French
	}
	w.vCard("lom:entity", r, a, affiliations, words, notes...)
	w.lomDate(date)
	w.end("lom:contribute")
}

// lomMeta is category 3: the description itself.
func (w *writer) lomMeta(r model.Record, version string) {
	c := r.Catalogue
	w.start("lom:metaMetadata")
	w.lomIdentifier("OAI", "oai:", c.Domain(), ":", r.Output.ID)
	if p := r.Agent(c.Publisher); hasName(p) {
		w.start("lom:contribute")
		w.lomConcept("lom:role", lomCreator)
		w.vCard("lom:entity", r, p, nil, "")
		w.lomDate(model.NewDate(r.Datestamp(), model.Day))
		w.end("lom:contribute")
	}
	w.concat("lom:metadataSchema", "SCOLOMFRv", version)
	if len(c.Languages) > 0 {
		w.text("lom:language", lomLanguage(c.Languages[0]))
	}
	w.end("lom:metaMetadata")
}

// lomTechnical is category 4: what can be downloaded. It has room for one
// size, which says nothing where there are several files.
func (w *writer) lomTechnical(o *model.Output) {
	first := len(w.buf)
	for _, f := range o.Files {
		mediaType, _, _ := strings.Cut(f.MediaType, ";")
		if mediaType = strings.TrimSpace(mediaType); mediaType != "" {
			mark := len(w.buf)
			w.concat("lom:format", "http://purl.org/NET/mediatypes/", mediaType)
			w.forget(first, mark)
		}
	}
	if len(o.Files) == 1 && o.Files[0].Size > 0 {
		w.start("lom:size")
		w.buf = strconv.AppendInt(w.buf, o.Files[0].Size, 10)
		w.close("lom:size")
	}
	for _, f := range o.Files {
		w.text("lom:location", f.URL)
	}
	if len(o.Files) == 0 {
		w.text("lom:location", o.URL)
	}
	if o.Duration > 0 {
		w.start("lom:duration")
		w.text("lom:duration", o.Duration.String())
		w.end("lom:duration")
	}
}

// lomEducational is category 5. Its vocabularies take ScoLOMFR's concepts
// alone, and detailed levels have their place in a classification.
func (w *writer) lomEducational(e *model.Education) {
	if e == nil {
		return
	}
	w.start("lom:educational")
	for _, c := range e.ResourceTypes {
		w.lomChosen("lom:learningResourceType", "010", c)
	}
	for _, c := range e.Audience {
		w.lomChosen("lom:intendedEndUserRole", "011", c)
	}
	for _, c := range e.Levels {
		w.lomChosen("lom:context", "012", c)
	}
	w.lomStrings("lom:description", e.Description)
	for _, c := range e.Activities {
		if inVocabulary(c.IRI, "019") {
			w.lomfrConcept("lomfr:activity", concept{c.IRI, c.Label.In(language.French)})
		}
	}
	w.end("lom:educational")
}

// lomChosen writes a concept if it is of a vocabulary.
func (w *writer) lomChosen(name, vocabulary string, c model.Concept) {
	if inVocabulary(c.IRI, vocabulary) {
		w.lomConcept(name, concept{c.IRI, c.Label.In(language.French)})
	}
}

// lomRights is category 6. What is open costs nothing; whether rights are
// reserved follows from the licence alone.
func (w *writer) lomRights(o *model.Output) {
	if o.Access == model.Open {
		w.lomConcept("lom:cost", lomFree)
	}
	if o.Licence != "" {
		reserved := lomReserved
		if publicDomain[o.Licence] {
			reserved = lomUnreserved
		}
		w.lomConcept("lom:copyrightAndOtherRestrictions", reserved)
	}
	w.lomStrings("lom:description", o.Rights)
	if l := licenceOf(o.Licence); l.IRI != "" {
		w.lomNamed("lom:description", l.French, l.English, l.IRI)
	}
	if a := accessOf(o.Access); a.Access != "" {
		w.lomNamed("lom:description", a.French, a.English, a.COAR)
	}
	if o.Access == model.Embargoed && !o.Available.IsZero() {
		day := o.Available.Day()
		w.start("lom:description")
		w.lomString(language.French, "fin de l’embargo : ", day)
		w.lomString(language.English, "end of the embargo: ", day)
		w.end("lom:description")
	}
}

// lomNamed writes a name in both languages with the address that it stands
// for, that alone if it has no other name.
func (w *writer) lomNamed(name, french, english, address string) {
	if french == address {
		w.lomPlain(name, address)
		return
	}
	w.start(name)
	w.lomString(language.French, french, " <", address, ">")
	w.lomString(language.English, english, " <", address, ">")
	w.end(name)
}
