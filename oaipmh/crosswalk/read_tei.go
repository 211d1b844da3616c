package crosswalk

import (
	"slices"

	"github.com/beevik/etree"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// readTEI reads HAL's AOfr TEI: a biblFull that describes the deposit, whose
// sourceDesc says what was deposited, and in the back the structures and
// projects that it refers to.
func readTEI(r *reader, root *etree.Element) {
	t := &teiReader{reader: r, orgs: map[string]*etree.Element{}}
	for _, list := range all(first(root, "text", "back"), "listOrg") {
		t.attr(list, "type")
		for _, org := range all(list, "org") {
			t.orgs["#"+t.attr(org, "id")] = org
		}
	}
	bibl := first(root, "text", "body", "listBibl", "biblFull")
	if bibl == nil {
		return
	}
	t.classes(first(bibl, "profileDesc"))
	t.derived(first(bibl, "notesStmt"))
	t.titleStmt(first(bibl, "titleStmt"))
	t.publication(first(bibl, "publicationStmt"))
	t.source(first(bibl, "sourceDesc"))
	t.editions(first(bibl, "editionStmt"))
	t.profile(first(bibl, "profileDesc"))
	t.repeated(first(bibl, "titleStmt"), first(bibl, "sourceDesc", "biblStruct", "analytic"))
	t.export(first(root, "teiHeader", "fileDesc"))
}

type teiReader struct {
	*reader
	orgs       map[string]*etree.Element // by "#" and their xml:id
	structured int                       // organisations that were described
	untitled   bool                      // a note says that the title is none
}

// export reads past what every export says of itself. Its licence is that of
// the description: where the deposit has none of its own, it must not be taken
// for one.
func (t *teiReader) export(e *etree.Element) {
	for _, l := range all(first(e, "publicationStmt", "availability"), "licence") {
		target := l.SelectAttrValue("target", "")
		if t.out.Licence != "" && model.ParseLicence(target) == t.out.Licence {
			t.take(l)
			t.attr(l, "target")
			continue
		}
		t.lose(l, text("licence de la notice, non de ce qu’elle décrit", "licence of the description, not of what it describes"))
	}
}

// derived reads the note that goes with a label made by rule, so that it is not
// taken for a title.
func (t *teiReader) derived(e *etree.Element) {
	for _, note := range all(e, "note") {
		if collapse(deepText(note)) == derivedTitleNote.In(language.French) {
			t.whole(note)
			t.untitled = true
		}
	}
}

// titleStmt reads titles, authors and funders.
func (t *teiReader) titleStmt(e *etree.Element) {
	for _, title := range all(e, "title") {
		if t.untitled {
			t.lose(title, text("une étiquette faite par règle, pas un titre", "a label made by rule, no title"))
			continue
		}
		if title.SelectAttrValue("type", "") == "sub" {
			t.attr(title, "type")
			t.add(&t.out.Subtitle, t.langString(title), " – ")
			continue
		}
		t.title(title)
	}
	for _, a := range all(e, "author") {
		t.author(a)
	}
	for _, f := range all(e, "funder") {
		t.funder(f)
	}
}

// publication reads what HAL calls the deposit, and its licence.
func (t *teiReader) publication(e *etree.Element) {
	for _, id := range all(e, "idno") {
		switch id.SelectAttrValue("type", "") {
		case "halId":
			t.attr(id, "type")
			t.identifier(id, model.HAL, &t.out.Identifiers)
		case "halUri":
			t.attr(id, "type")
			t.address(id, t.text(id))
		}
	}
	for _, l := range all(first(e, "availability"), "licence") {
		t.licence(l)
	}
}

// licenceOfHAL returns the licence of one of HAL's addresses. They name no
// version, except those of one that there is only one of.
func licenceOfHAL(target string) model.Licence {
	if target == "http://creativecommons.org/choose/mark/" {
		return "CC-PDM-1.0"
	}
	return model.ParseLicence(target)
}

// licence reads the licence of the deposit: the page that a reference within
// it names is more exact than the target, which HAL draws from a list.
func (t *teiReader) licence(e *etree.Element) {
	target := e.SelectAttrValue("target", "")
	l := licenceOfHAL(target)
	if ref := first(e, "ref"); ref != nil {
		if exact := model.ParseLicence(ref.SelectAttrValue("target", "")); isLicence(exact) {
			t.attr(ref, "target")
			l = exact
		}
	}
	if !isLicence(l) {
		t.statement(e)
		return
	}
	if licenceOfHAL(target) == l || teiLicences[l] == target {
		t.attr(e, "target")
	}
	switch {
	case t.out.Licence == "":
		t.out.Licence = l
		t.take(e) // its text is the name of the target
		return
	case t.out.Licence != l:
		t.lose(e, text("une deuxième licence", "a second licence"))
		return
	}
	t.statement(e)
}

// editions reads the version, its dates and files, and the other versions.
func (t *teiReader) editions(e *etree.Element) {
	for _, ed := range all(e, "edition") {
		if ed.SelectAttrValue("type", "") == "current" || len(all(e, "edition")) == 1 {
			t.edition(ed)
		}
	}
	for _, ed := range all(e, "edition") {
		if ed.SelectAttrValue("type", "") != "current" {
			t.otherEdition(ed)
		}
	}
}

func (t *teiReader) edition(e *etree.Element) {
	if e.SelectAttrValue("type", "") == "current" {
		t.attr(e, "type")
	}
	t.out.Version = t.attr(e, "n")
	for _, d := range all(e, "date") {
		switch d.SelectAttrValue("type", "") {
		case "whenProduced":
			t.attr(d, "type")
			t.produced(d)
		case "whenWritten":
			t.attr(d, "type")
			t.date(d, &t.out.Created)
		case "whenEndEmbargoed":
			t.attr(d, "type")
			t.date(d, &t.out.Available)
		}
	}
	for _, ref := range all(e, "ref") {
		t.ref(ref, all(e, "ref"))
	}
	t.access()
}

// produced is the date of publication where the source says none that is more
// exact: HAL computes it from the others.
func (t *teiReader) produced(e *etree.Element) {
	d, err := parseDate(t.text(e))
	if err != nil {
		t.lose(e, why(err))
		return
	}
	if t.out.Issued.IsZero() {
		t.out.Issued = d
	} else if !t.out.Issued.Time().Equal(d.Time()) {
		t.lose(e, detailed("la source indique", "the source says", t.out.Issued.String()))
	}
}

// ref reads a file, an annex or a link. The first of HAL's files stands there
// twice: under its name, and under an address that shows it.
func (t *teiReader) ref(e *etree.Element, siblings []*etree.Element) {
	kind := e.SelectAttrValue("type", "")
	target := t.web(e, e.SelectAttrValue("target", ""))
	switch {
	case target == "":
		return
	case kind == "file" && e.SelectAttr("n") == nil && slices.ContainsFunc(siblings, isNumberedFile):
		t.lose(e, text("une autre adresse du fichier", "another address of the file"))
		return
	case kind == "file" || kind == "annex":
		t.attr(e, "type")
		t.attr(e, "n")
		f := model.File{URL: target, MediaType: mediaTypeOf(target), Title: t.label(first(e, "desc"))}
		if f.MediaType != "" {
			t.derive("files.mediaType", "Le type suit l’extension du nom de fichier.", "The media type follows from the file name's extension.")
		}
		t.out.Files = append(t.out.Files, f)
	case slices.ContainsFunc(t.out.Files, func(f model.File) bool { return f.URL == target }):
		t.attr(e, "type") // HAL knows its own file as one elsewhere
	default:
		t.attr(e, "type")
		t.link(e, model.Link{URL: target, Kind: kind})
	}
	t.attr(e, "target")
	if d := first(e, "date"); d != nil && d.SelectAttrValue("notBefore", "") == t.out.Available.String() {
		t.attr(d, "notBefore")
	}
}

func isNumberedFile(e *etree.Element) bool {
	return e.SelectAttrValue("type", "") == "file" && e.SelectAttr("n") != nil
}

// access follows from the files: HAL shows a file to everyone once its embargo
// is over. Where there is no file, the publication may be open elsewhere.
func (t *teiReader) access() {
	now := t.asOf()
	if len(t.out.Files) == 0 || !halPage(&t.out) || now.IsZero() {
		return
	}
	t.out.Access = model.Open
	if t.out.Available.Time().After(now) {
		t.out.Access = model.Embargoed
	}
	t.derive("access", "HAL montre un fichier, après son embargo s’il y en a un.", "HAL shows a file, after its embargo if there is one.")
}

// otherEdition reads another version of the deposit as a relation to it.
func (t *teiReader) otherEdition(e *etree.Element) {
	id, ok := t.out.Identifier(model.HAL)
	n := e.SelectAttrValue("n", "")
	if !ok || n == t.out.Version {
		return
	}
	deposit, _ := model.HALVersion(id)
	other, err := model.NewIdentifier(model.HAL, deposit+n)
	if err != nil {
		return
	}
	t.attr(e, "n")
	rel := model.Relation{Type: "isNewVersionOf", Identifier: other}
	if newer(n, t.out.Version) {
		rel.Type = "isPreviousVersionOf"
	}
	t.out.Relations = append(t.out.Relations, rel)
}

// newer compares versions such as "v2" and "v10".
func newer(a, b string) bool { return len(a) > len(b) || len(a) == len(b) && a > b }
