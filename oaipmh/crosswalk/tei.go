package crosswalk

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// xmlTEI is AOfr, HAL's profile of TEI: the format of HAL's own OAI server and
// of its deposits, valid against HALSpecification.rng.
func xmlTEI(*Options) oaipmh.Format[model.Record] {
	return oaipmh.Format[model.Record]{
		Prefix:    "xml-tei",
		Schema:    teiSchema,
		Namespace: nsTEI,
		Append:    appendTEI,
	}
}

const (
	teiSchema = "http://api.archives-ouvertes.fr/documents/aofr-sword.xsd"

	teiRoot = `<TEI xmlns="` + nsTEI + `"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
		` xsi:schemaLocation="` + nsTEI + ` ` + teiSchema + `">`
)

func appendTEI(dst []byte, r model.Record) ([]byte, error) {
	t := teiWriter{writer: writer{buf: dst}, r: r}
	t.raw(teiRoot)
	t.header()
	t.start("text")
	t.start("body")
	t.start("listBibl")
	t.start("biblFull")
	t.wrap("titleStmt", t.titleStmt)
	t.start("editionStmt")
	t.edition()
	t.end("editionStmt")
	t.wrap("publicationStmt", t.publicationStmt)
	t.wrap("notesStmt", t.notes)
	t.sourceDesc()
	t.wrap("profileDesc", t.profileDesc)
	t.end("biblFull")
	t.end("listBibl")
	t.end("body")
	t.wrap("back", t.back)
	t.end("text")
	t.end("TEI")
	return t.buf, nil
}

type teiWriter struct {
	writer
	r        model.Record
	orgs     []model.Agent // organisations that were referred to
	projects []model.Funding
}

// header says who made the description, when, and under which licence.
func (t *teiWriter) header() {
	c := t.r.Catalogue
	t.start("teiHeader")
	t.start("fileDesc")
	t.start("titleStmt")
	t.concat("title", "oai:", c.Domain(), ":", t.r.Output.ID)
	t.end("titleStmt")
	t.start("publicationStmt")
	t.text("distributor", t.r.Agent(c.Publisher).Name)
	t.availability(c.Licence, nil)
	t.raw("\n<date when=\"")
	t.buf = t.r.Datestamp().AppendFormat(t.buf, time.RFC3339)
	t.raw("\"/>")
	t.end("publicationStmt")
	t.wrap("sourceDesc", func() { t.text("p", c.Title.String()) })
	t.end("fileDesc")
	t.end("teiHeader")
}

// titleStmt writes titles, who made the output, and who paid. HAL demands a
// title: where there is none, the label made by rule stands in, in square
// brackets, and a note says so.
func (t *teiWriter) titleStmt() {
	t.titlesAndAuthors()
	for _, f := range t.r.Output.Funding {
		t.funder(f)
	}
}

func (t *teiWriter) titlesAndAuthors() {
	o := t.r.Output
	title, derived := o.DisplayTitle()
	for _, s := range title {
		if derived {
			s.Value = "[" + s.Value + "]"
		}
		t.langString("title", s)
	}
	for _, alternative := range o.AlternativeTitles {
		t.texts("title", alternative)
	}
	t.texts("title", o.Subtitle, attr{"type", "sub"})
	for _, c := range o.Contributions {
		if teiPlace(o, c, t.r.Agent(c.Agent)) == inAuthors {
			t.author(c)
		}
	}
}

// Where AOfr has a place for a contributor.
const (
	inAuthors = iota
	inConsortia
	inAuthorities // institution and supervisors of a thesis
	inImprint
)

func teiPlace(o *model.Output, c model.Contribution, a model.Agent) int {
	thesis := kindOf(o.Kind).Broader == "thesis" || o.Kind == "thesis"
	switch {
	case c.Role == "publisher":
		return inImprint
	case thesis && (c.Role == "supervisor" || c.Role == "hosting-institution"):
		return inAuthorities
	case a.Kind == model.Organisation && c.Role == "research-group":
		return inConsortia
	}
	return inAuthors
}

// author writes a contributor with the MARC code of the role, as HAL does; the
// author who answers letters is "crp".
func (t *teiWriter) author(c model.Contribution) {
	a := t.r.Agent(c.Agent)
	if !hasName(a) {
		return
	}
	role := cmp.Or(roleOf(c.Role).MARC, "ctb")
	if c.Role == model.Author && c.Label.In(language.French) == correspondingAuthor.In(language.French) {
		role = "crp"
	}
	t.start("author", attr{"role", role})
	if a.Kind != model.Organisation {
		t.person(a)
	}
	t.text("email", a.Email)
	if a.Homepage != "" {
		t.empty("ptr", attr{"type", "url"}, target(a.Homepage))
	}
	for _, id := range a.Identifiers {
		t.agentID(id, true)
	}
	if a.Kind == model.Organisation {
		t.text("orgName", a.Name)
	}
	affiliations := c.Affiliations
	if len(affiliations) == 0 {
		affiliations = a.Affiliations
	}
	for _, affiliation := range affiliations {
		if affiliation = t.r.Agent(affiliation); affiliation.Name != "" {
			t.numbered("affiliation", "ref", "#localStruct-", t.org(affiliation))
			t.raw("/>")
		}
	}
	t.end("author")
}

// correspondingAuthor is what HAL's role "crp" says of an author.
var correspondingAuthor = text("auteur correspondant", "corresponding author")

// person writes a name. AOfr demands forename and surname: a name that was not
// told apart into the two is a surname with an empty forename.
func (t *teiWriter) person(a model.Agent) {
	t.start("persName")
	if a.GivenName == "" || a.FamilyName == "" {
		t.empty("forename")
		t.text("surname", cmp.Or(a.Name, a.FamilyName, a.GivenName))
	} else {
		t.text("forename", a.GivenName, attr{"type", "first"})
		t.text("surname", a.FamilyName)
	}
	t.end("persName")
}

// agentTypes are HAL's names of identifiers: of persons as addresses, of
// structures bare.
var agentTypes = map[model.Scheme]struct{ person, structure string }{
	model.ORCID: {"ORCID", "ORCID"}, model.IdRef: {"IDREF", "IdRef"}, model.ISNI: {"ISNI", "ISNI"},
	model.ROR: {"ROR", "ROR"}, model.SIREN: {"SIREN", "SIREN"},
}

func (t *teiWriter) agentID(id model.Identifier, person bool) {
	names, known := agentTypes[id.Scheme]
	idhal, isHAL := strings.CutPrefix(id.Value, "idhal:")
	switch {
	case known && person:
		t.inline("idno", func() { t.personID(id) }, attr{"type", names.person})
	case known:
		t.text("idno", id.Value, attr{"type", names.structure})
	case id.Scheme == model.Local && isHAL:
		t.text("idno", idhal, attr{"type", "idhal"}, attr{"notation", "string"})
	}
}

// personID adds an identifier as HAL has those of people: as its address.
func (t *teiWriter) personID(id model.Identifier) {
	switch id.Scheme {
	case model.IdRef:
		t.add("https://www.idref.fr/", id.Value)
	case model.SIREN:
		t.add(id.Value)
	default:
		t.address(id)
	}
}

// edition writes the version, its dates and files.
func (t *teiWriter) edition() {
	o := t.r.Output
	t.start("edition", attr{"n", teiVersion(o)}, attr{"type", "current"})
	t.day("date", o.Created, attr{"type", "whenWritten"})
	t.day("date", o.Issued, attr{"type", "whenProduced"})
	t.day("date", o.Available, attr{"type", "whenEndEmbargoed"})
	for i, f := range o.Files {
		t.numbered("ref", "n", "", i+1, attr{"type", "file"}, target(f.URL))
		t.raw(">")
		if !o.Available.IsZero() {
			t.empty("date", attr{"notBefore", o.Available.Day()})
		}
		t.text("desc", f.Title.String())
		t.end("ref")
	}
	t.end("edition")
}

// teiVersion is the version of HAL's deposit, else the publisher's.
func teiVersion(o *model.Output) string {
	if id, ok := o.Identifier(model.HAL); ok {
		if _, n := model.HALVersion(id); n > 0 {
			return "v" + strconv.Itoa(n)
		}
	}
	return o.Version
}

// publicationStmt writes HAL's deposit and the licence.
func (t *teiWriter) publicationStmt() {
	o := t.r.Output
	if id, ok := o.Identifier(model.HAL); ok {
		deposit, _ := model.HALVersion(id)
		t.text("idno", deposit, attr{"type", "halId"})
		if halPage(o) {
			t.text("idno", o.URL, attr{"type", "halUri"})
		}
	}
	t.availability(o.Licence, o.Rights)
}

// halPage reports whether the page of the output is that of its deposit in HAL,
// on any portal.
func halPage(o *model.Output) bool {
	id, ok := o.Identifier(model.HAL)
	deposit, _ := model.HALVersion(id)
	return ok && strings.Contains(o.URL, "/"+deposit)
}

// teiLicences are HAL's addresses of licences; the schema knows no others.
var teiLicences = map[model.Licence]string{
	"CC-BY-4.0": "http://creativecommons.org/licenses/by/4.0/", "CC-BY-3.0": "http://creativecommons.org/licenses/by/",
	"CC-BY-SA-4.0": "http://creativecommons.org/licenses/by-sa/", "CC-BY-SA-3.0": "http://creativecommons.org/licenses/by-sa/",
	"CC-BY-NC-4.0": "http://creativecommons.org/licenses/by-nc/", "CC-BY-ND-4.0": "http://creativecommons.org/licenses/by-nd/",
	"CC-BY-NC-SA-4.0": "http://creativecommons.org/licenses/by-nc-sa/", "CC-BY-NC-ND-4.0": "http://creativecommons.org/licenses/by-nc-nd/",
	"CC0-1.0": "http://creativecommons.org/publicdomain/zero/1.0/", "CC-PDM-1.0": "http://creativecommons.org/choose/mark/",
	"etalab-2.0": "http://hal.archives-ouvertes.fr/licences/etalab/", "etalab-1.0": "http://hal.archives-ouvertes.fr/licences/etalab/",
}

// isHALLicence reports whether an address is one of HAL's, as a harvested
// record may have it: they name no version.
func isHALLicence(address string) bool {
	switch address {
	case "http://hal.archives-ouvertes.fr/licences/copyright/", "http://hal.archives-ouvertes.fr/licences/publicDomain/":
		return true
	}
	for _, known := range teiLicences {
		if address == known {
			return true
		}
	}
	return false
}

// availability writes a licence with its exact address beside HAL's, and
// statements of rights.
func (t *teiWriter) availability(l model.Licence, rights model.Text) {
	t.wrap("availability", func() {
		if l != "" {
			t.licence(l)
		}
		for _, s := range rights {
			t.text("licence", s.Value)
		}
	})
}

func (t *teiWriter) licence(l model.Licence) {
	info := licenceOf(l)
	if isHALLicence(info.IRI) {
		t.empty("licence", target(info.IRI))
		return
	}
	t.start("licence", attr{"target", teiLicences[info.SPDX]})
	t.buf = oaipmh.AppendText(t.buf, info.English)
	t.empty("ref", target(info.IRI))
	t.end("licence")
}

// target is an attribute for an address, in which the schema allows no blank.
func target(address string) attr {
	if strings.ContainsFunc(address, unicode.IsSpace) {
		address = strings.Join(strings.Fields(address), "%20")
	}
	return attr{"target", address}
}

// notes say what the title is where there is none.
func (t *teiWriter) notes() {
	if len(t.r.Output.Title) == 0 {
		t.text("note", derivedTitleNote.In(language.French), attr{"type", "commentary"})
	}
}
