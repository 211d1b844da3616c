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
			w.lomLifeCycle(r)
			w.lomMeta(r, "SCOLOMFRv"+version)
			w.lomTechnical(r.Output)
			w.lomEducational(r.Output.Education)
			w.lomRights(r.Output)
			w.lomRelations(r)
			w.lomAnnotation(r)
			w.lomClassifications(r.Output)
			w.end("lom:lom")
			return w.buf, nil
		},
	}
}

// lomGeneral is category 1: what the output is. A title is mandatory, so that
// a label made by rule stands in where there is none; lomAnnotation says so.
func (w *writer) lomGeneral(r model.Record) {
	o := r.Output
	w.start("lom:general")
	for _, id := range o.Identifiers {
		w.lomIdentifier(lomCatalog(id.Scheme), id.Value)
	}
	w.lomIdentifier("URL", cmp.Or(o.URL, r.IRI()))
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
	if label, ok := lomTypes[kindOf(o.Kind).DCMI]; ok {
		w.lomConcept("lomfr:documentType", "lomfr", concept{"http://purl.org/dc/dcmitype/" + kindOf(o.Kind).DCMI, label})
	}
	if c, ok := lomGenre(o.Kind); ok {
		w.lomConcept("scolomfr:generalResourceType", "scolomfr", c)
	}
	w.end("lom:general")
}

// lomTitle writes the one title element, which has room for a string a
// language: the subtitle goes with the title.
func (w *writer) lomTitle(o *model.Output) {
	title, derived := o.DisplayTitle()
	title = slices.Clone(title)
	for i, s := range title {
		if derived {
			title[i].Value = "[" + s.Value + "]"
		}
		if subtitle := exactly(o.Subtitle, s.Lang); subtitle != "" {
			title[i].Value += " : " + subtitle
		}
	}
	w.lomStrings("lom:title", title)
}

func (w *writer) lomCoverage(o *model.Output) {
	for _, p := range o.Spatial {
		w.lomStrings("lom:coverage", p.Label)
	}
	for _, p := range o.Temporal {
		w.lomStrings("lom:coverage", model.NewText("und", p.String()))
	}
}

// lomLifeCycle is category 2: the version, and who made, published and paid for
// it.
func (w *writer) lomLifeCycle(r model.Record) {
	o := r.Output
	if o.Version == "" && len(o.Contributions)+len(o.Contacts)+len(o.Funding) == 0 && o.Publisher.IsZero() && o.Issued.IsZero() {
		return
	}
	w.start("lom:lifeCycle")
	if o.Version != "" {
		w.lomStrings("lom:version", model.NewText("und", o.Version))
	}
	for _, c := range o.Contributions {
		w.lomContribute(r, c, lomContributed(o, c.Role))
	}
	w.lomPublished(r)
	for _, a := range o.Contacts {
		w.lomContribute(r, model.Contribution{Agent: a, Role: "contact-person"}, model.Date{})
	}
	for _, f := range o.Funding {
		label := "financeur"
		if award := join(f.Programme, f.Award, f.Acronym, f.Title.In(language.French)); award != "" {
			label += " (" + award + ")"
		}
		w.lomContribute(r, model.Contribution{Agent: f.Funder, Role: "funder", Label: model.NewText("fr", label)}, model.Date{})
	}
	w.end("lom:lifeCycle")
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
// of publication: it is there even if nobody knows the publisher.
func (w *writer) lomPublished(r model.Record) {
	o := r.Output
	if p := r.Agent(o.Publisher); !p.IsZero() {
		w.lomContribute(r, model.Contribution{Agent: p, Role: "publisher"}, o.Issued)
		return
	}
	if !o.Issued.IsZero() && len(o.By("publisher")) == 0 {
		w.start("lom:contribute")
		w.lomConcept("lom:role", "lom", lomRoles["publisher"])
		w.lomDate(o.Issued)
		w.end("lom:contribute")
	}
}

func (w *writer) lomContribute(r model.Record, c model.Contribution, date model.Date) {
	a := r.Agent(c.Agent)
	if a.IsZero() {
		return
	}
	affiliations := c.Affiliations
	if len(affiliations) == 0 {
		affiliations = a.Affiliations
	}
	affiliations = resolved(r, affiliations)
	role, words := lomRole(c)
	w.start("lom:contribute")
	w.lomConcept("lom:role", "lom", role)
	w.text("lom:entity", vCard(a, affiliations, words))
	w.lomDate(date)
	w.end("lom:contribute")
}

// lomRole returns the concept of a role, and the role in words where they say
// more: a role without a concept is a contributor's.
func lomRole(c model.Contribution) (role concept, words string) {
	role, exact := lomRoles[c.Role]
	if !exact {
		role, words = lomRoles["contributor"], c.Role.Info().French
	}
	return role, cmp.Or(c.Label.In(language.French), words)
}

// resolved returns agents with the references among them resolved.
func resolved(r model.Record, agents []model.Agent) []model.Agent {
	out := make([]model.Agent, len(agents))
	for i, a := range agents {
		out[i] = r.Agent(a)
	}
	return out
}

// lomMeta is category 3: the description itself.
func (w *writer) lomMeta(r model.Record, schema string) {
	c := r.Catalogue
	w.start("lom:metaMetadata")
	w.lomIdentifier("OAI", r.OAIIdentifier())
	if p := r.Agent(c.Publisher); !p.IsZero() {
		w.start("lom:contribute")
		w.lomConcept("lom:role", "lom", lomCreator)
		w.text("lom:entity", vCard(p, nil, ""))
		w.lomDate(model.NewDate(r.Datestamp(), model.Day))
		w.end("lom:contribute")
	}
	w.text("lom:metadataSchema", schema)
	if len(c.Languages) > 0 {
		w.text("lom:language", lomLanguage(c.Languages[0]))
	}
	w.end("lom:metaMetadata")
}

// lomTechnical is category 4: what can be downloaded. It has room for one
// size, which says nothing where there are several files.
func (w *writer) lomTechnical(o *model.Output) {
	if len(o.Files) == 0 && o.URL == "" && o.Duration <= 0 {
		return
	}
	w.start("lom:technical")
	for _, mediaType := range mediaTypes(o.Files) {
		w.text("lom:format", "http://purl.org/NET/mediatypes/"+mediaType)
	}
	if len(o.Files) == 1 && o.Files[0].Size > 0 {
		w.text("lom:size", strconv.FormatInt(o.Files[0].Size, 10))
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
	w.end("lom:technical")
}

// mediaTypes returns each media type of the files once, without parameters.
func mediaTypes(files []model.File) []string {
	var types []string
	for _, f := range files {
		t, _, _ := strings.Cut(f.MediaType, ";")
		if t = strings.TrimSpace(t); t != "" && !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return types
}

// lomEducational is category 5. Its vocabularies take ScoLOMFR's concepts
// alone, and detailed levels have their place in a classification.
func (w *writer) lomEducational(e *model.Education) {
	if e == nil {
		return
	}
	w.start("lom:educational")
	w.lomConcepts("lom:learningResourceType", "lom", "010", e.ResourceTypes)
	w.lomConcepts("lom:intendedEndUserRole", "lom", "011", e.Audience)
	w.lomConcepts("lom:context", "lom", "012", e.Levels)
	w.lomStrings("lom:description", e.Description)
	w.lomConcepts("lomfr:activity", "lomfr", "019", e.Activities)
	w.end("lom:educational")
}

// lomRights is category 6. What is open costs nothing; whether rights are
// reserved follows from the licence alone.
func (w *writer) lomRights(o *model.Output) {
	if o.Access == "" && o.Licence == "" && len(o.Rights) == 0 {
		return
	}
	w.start("lom:rights")
	if o.Access == model.Open {
		w.lomConcept("lom:cost", "lom", lomFree)
	}
	if o.Licence != "" {
		reserved := lomReserved
		if publicDomain[o.Licence] {
			reserved = lomUnreserved
		}
		w.lomConcept("lom:copyrightAndOtherRestrictions", "lom", reserved)
	}
	w.lomStrings("lom:description", o.Rights)
	if l := licenceOf(o.Licence); l.IRI != "" {
		w.lomStrings("lom:description", text(named(l.French, l.IRI), named(l.English, l.IRI)))
	}
	if a := accessOf(o.Access); a.Access != "" {
		w.lomStrings("lom:description", text(named(a.French, a.COAR), named(a.English, a.COAR)))
	}
	if o.Access == model.Embargoed && !o.Available.IsZero() {
		day := o.Available.Day()
		w.lomStrings("lom:description", text("fin de l’embargo : "+day, "end of the embargo: "+day))
	}
	w.end("lom:rights")
}

// named writes a name and the address that it stands for, once if they are
// the same.
func named(name, address string) string {
	if name == "" || name == address {
		return address
	}
	return name + " <" + address + ">"
}

// lomRelations is category 7: the licence, what the output appeared in, its
// group, the standards that it follows, the outputs that it is related to and
// further pages.
func (w *writer) lomRelations(r model.Record) {
	o := r.Output
	if iri := licenceOf(o.Licence).IRI; iri != "" {
		w.lomRelation(lomHasLicence, "URL", iri, nil)
	}
	if c := o.Container; c != nil {
		catalog, entry := "URL", c.URL
		if len(c.Identifiers) > 0 {
			catalog, entry = lomCatalog(c.Identifiers[0].Scheme), c.Identifiers[0].Value
		}
		w.lomRelation(lomRelations["isPartOf"], catalog, entry, containerTitle(c))
	}
	if c := o.Conference; c != nil {
		w.lomRelation(lomRelations["isPartOf"], "", "", conferenceTitle(c))
	}
	if o.Series != "" {
		w.lomRelation(lomRelations["isPartOf"], "URL", r.Catalogue.Base+"records/"+o.Series, nil)
	}
	if g := r.Group(); g != nil {
		w.lomRelation(lomRelations["isPartOf"], "", "", g.Title)
	}
	for _, l := range o.ConformsTo {
		w.lomRelation(lomRelations["conformsTo"], "URL", l.URL, l.Title)
	}
	for _, rel := range o.Relations {
		if rel.Identifier.IsZero() {
			address := rel.URL
			if rel.Output != "" {
				address = r.Catalogue.Base + "records/" + rel.Output
			}
			w.lomRelation(lomRelation(rel.Type), "URL", address, rel.Title)
			continue
		}
		w.lomRelation(lomRelation(rel.Type), lomCatalog(rel.Identifier.Scheme), rel.Identifier.Value, rel.Title)
	}
	for _, l := range o.Links {
		w.lomRelation(lomRelations["relation"], "URL", l.URL, l.Title)
	}
}

// containerTitle is a container with its volume, issue and pages.
func containerTitle(c *model.Container) model.Text {
	volume := c.Volume
	if c.Issue != "" {
		volume = strings.TrimSpace(volume + " (" + c.Issue + ")")
	}
	title := slices.Clone(c.Title)
	for i := range title {
		title[i].Value = join(title[i].Value, volume, c.Pages)
	}
	return title
}

// join joins what is not empty by commas.
func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// conferenceTitle is a conference with its place and time.
func conferenceTitle(c *model.Conference) model.Text {
	period := ""
	if c.Period != (model.Period{}) {
		period = c.Period.String()
	}
	title := slices.Clone(c.Title)
	for i := range title {
		title[i].Value = join(title[i].Value, c.Place, c.Country, period)
	}
	return title
}

func (w *writer) lomRelation(kind concept, catalog, entry string, title model.Text) {
	w.start("lom:relation")
	w.lomConcept("lom:kind", "lom", kind)
	w.start("lom:resource")
	w.lomIdentifier(catalog, entry)
	w.lomStrings("lom:description", title)
	w.end("lom:resource")
	w.end("lom:relation")
}

// lomAnnotation is category 8: it says that the title is none, where a label
// made by rule stands in for it.
func (w *writer) lomAnnotation(r model.Record) {
	if _, derived := r.Output.DisplayTitle(); !derived {
		return
	}
	w.start("lom:annotation")
	if p := r.Agent(r.Catalogue.Publisher); !p.IsZero() {
		w.text("lom:entity", vCard(p, nil, ""))
	}
	w.lomDate(model.NewDate(r.Datestamp(), model.Day))
	w.lomStrings("lom:description", derivedTitleNote)
	w.end("lom:annotation")
}

// lomClassifications is category 9: terms of classifications, and detailed
// levels of education.
func (w *writer) lomClassifications(o *model.Output) {
	for _, s := range o.Subjects {
		switch {
		case strings.HasPrefix(s.IRI, scolomfr+"scolomfr-voc-015-"):
			w.lomClassification(lomSubject, lomSource+" ; scolomfr-voc-015 ; Domaine d'enseignement", s.IRI, s.Label)
		case s.IRI != "" || s.Scheme != "":
			w.lomClassification(lomDiscipline, s.Scheme, cmp.Or(s.IRI, s.Code), s.Label)
		}
	}
	if o.Education == nil {
		return
	}
	for _, c := range o.Education.Levels {
		if strings.HasPrefix(c.IRI, scolomfr+"scolomfr-voc-022-") {
			w.lomClassification(lomLevel, lomSource+" ; scolomfr-voc-022 ; Niveau éducatif détaillé", c.IRI, c.Label)
		}
	}
}

func (w *writer) lomClassification(purpose concept, source, id string, label model.Text) {
	w.start("lom:classification")
	w.lomConcept("lom:purpose", "lom", purpose)
	w.start("lom:taxonPath")
	w.lomStrings("lom:source", model.NewText("und", source))
	w.start("lom:taxon")
	w.text("lom:id", id)
	w.lomStrings("lom:entry", label)
	w.end("lom:taxon")
	w.end("lom:taxonPath")
	w.end("lom:classification")
}

// lomIdentifier writes an identifier with the name of its catalogue, none
// where there is no entry.
func (w *writer) lomIdentifier(catalog, entry string) {
	if entry == "" {
		return
	}
	w.start("lom:identifier")
	w.text("lom:catalog", catalog)
	w.text("lom:entry", entry)
	w.end("lom:identifier")
}

// lomCatalog names a scheme as the portals do.
func lomCatalog(s model.Scheme) string {
	switch s {
	case model.ARK:
		return "ark"
	case model.Local:
		return "local"
	}
	return s.Info().Name
}

// lomStrings writes an element with a string for each language.
func (w *writer) lomStrings(name string, t model.Text) {
	if !slices.ContainsFunc(t, func(s model.LangString) bool { return s.Value != "" }) {
		return
	}
	w.start(name)
	for _, s := range t {
		w.text("lom:string", s.Value, attr{"language", lomLanguage(s.Lang)})
	}
	w.end(name)
}

// lomLanguage is the IRI of a language in ISO 639-2: scolomfr-voc-001. It is
// "" for one that is not said.
func lomLanguage(tag language.Tag) string {
	if tag == language.Und {
		return ""
	}
	return "http://id.loc.gov/vocabulary/iso639-2/" + model.LanguageOf(tag).ISO2
}

// lomConcept writes a value of a vocabulary. LOM's own elements name its
// source before it; the order is that of the reference example.
func (w *writer) lomConcept(name, prefix string, c concept) {
	w.start(name)
	if prefix == "lom" {
		w.text("lom:source", lomSource)
	}
	w.text(prefix+":label", c.label)
	w.text(prefix+":value", c.iri)
	w.end(name)
}

// lomConcepts writes the concepts that are of a vocabulary of ScoLOMFR's: its
// elements take no others.
func (w *writer) lomConcepts(name, prefix, vocabulary string, list []model.Concept) {
	for _, c := range list {
		if inVocabulary(c.IRI, vocabulary) {
			w.lomConcept(name, prefix, concept{c.IRI, c.Label.In(language.French)})
		}
	}
}

func (w *writer) lomDate(d model.Date) {
	if d.IsZero() {
		return
	}
	w.start("lom:date")
	w.text("lom:dateTime", d.Day())
	w.end("lom:date")
}
