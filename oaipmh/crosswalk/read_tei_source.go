package crosswalk

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/model"
)

// source reads what was deposited: the journal, book or conference that it
// appeared in, its identifiers elsewhere, and the places of an image.
func (t *teiReader) source(e *etree.Element) {
	bibl := first(e, "biblStruct")
	if bibl == nil {
		return
	}
	t.monogr(first(bibl, "monogr"))
	for _, id := range all(bibl, "idno") {
		t.publicationID(id)
	}
	for _, ref := range all(bibl, "ref") {
		t.sourceRef(ref)
	}
	for _, item := range all(bibl, "relatedItem") {
		t.relatedItem(item)
	}
	for _, rec := range all(first(e, "recordingStmt"), "recording") {
		t.recording(rec)
	}
}

// publicationID reads an identifier of the publication; one that the model has
// no scheme for, such as PubMed's, is kept with its type.
func (t *teiReader) publicationID(e *etree.Element) {
	kind := t.attr(e, "type")
	switch scheme := model.Scheme(kind); {
	case kind == "":
	case scheme.Info().DataCite != "" || scheme == model.Local:
		t.identifier(e, scheme, &t.out.Identifiers)
	default:
		t.local(kind, e, &t.out.Identifiers)
	}
}

// sourceRef reads a link, whose address is its target or its text. Where the
// output has no page in HAL, its publisher's is the one that presents it.
func (t *teiReader) sourceRef(e *etree.Element) {
	kind := t.attr(e, "type")
	address := t.attr(e, "target")
	var title model.Text
	if address == "" {
		address = t.text(e)
	} else {
		title = t.label(e)
	}
	switch u, err := model.NormalizeURL(address); {
	case address == "":
	case err != nil:
		t.lose(e, noAddress)
	case kind == "publisher" && t.out.URL == "":
		t.out.URL = u
	default:
		t.link(e, model.Link{URL: u, Kind: kind, Title: title})
	}
}

// relatedItem reads a relation: HAL takes its types from DataCite.
func (t *teiReader) relatedItem(e *etree.Element) {
	address := t.attr(e, "target")
	if address == "" {
		return
	}
	var rel model.Relation
	if id, ok := schemeOfBare(address); ok {
		rel.Identifier = id
	} else if rel, ok = t.relationTo(e, address); !ok {
		return
	}
	rel.Type, rel.Title = "relation", t.label(e)
	if kind, ok := relationOf(e.SelectAttrValue("type", "")); ok {
		t.attr(e, "type")
		rel.Type = kind
	}
	if kind, ok := kindOfGeneral(e.SelectAttrValue("subtype", "")); ok {
		t.attr(e, "subtype")
		rel.Kind = kind
	}
	t.out.Relations = append(t.out.Relations, rel)
}

// recording reads how long a recording lasts.
func (t *teiReader) recording(e *etree.Element) {
	t.attr(e, "type") // the typology says as much
	var d model.Duration
	if d.UnmarshalText([]byte(e.SelectAttrValue("dur", ""))) == nil {
		t.attr(e, "dur")
		t.out.Duration = d
	}
}

func (t *teiReader) monogr(e *etree.Element) {
	if e == nil {
		return
	}
	c := &model.Container{}
	for _, title := range all(e, "title") {
		t.containerTitle(title, c)
	}
	for _, id := range all(e, "idno") {
		t.containerID(id, c)
	}
	for _, ed := range all(e, "editor") {
		t.scientificEditor(ed, c)
	}
	t.imprint(first(e, "imprint"), c)
	if known(c) {
		t.out.Container = c
	}
	for _, m := range all(e, "meeting") {
		t.meeting(m)
	}
	for _, a := range all(e, "authority") {
		t.authority(a)
	}
	t.scene(e)
}

// known reports whether a container has a name. Where it has none, the rest
// is about the output itself: a book's pages are no place in another.
func known(c *model.Container) bool { return len(c.Title)+len(c.Identifiers) > 0 }

// scientificEditor reads an editor of the book that holds the output, or of
// the book that it is.
func (t *teiReader) scientificEditor(e *etree.Element, c *model.Container) {
	a := model.Agent{Name: t.text(e)}
	switch {
	case a.Name == "":
	case known(c):
		c.Editors = append(c.Editors, a)
	default:
		t.out.Contributions = append(t.out.Contributions, model.Contribution{Agent: a, Role: "editor"})
	}
}

var levels = map[string]model.Kind{"j": "journal", "m": "book"}

// containerTitle reads the title of a journal or book.
func (t *teiReader) containerTitle(e *etree.Element, c *model.Container) {
	if len(c.Title) > 0 {
		t.lose(e, detailed("le titre de la revue ou de l’ouvrage est déjà connu", "the title of the container is known", c.Title.String()))
		return
	}
	if kind, ok := levels[e.SelectAttrValue("level", "")]; ok {
		t.attr(e, "level")
		c.Kind = kind
	}
	c.Title = t.label(e)
}

func (t *teiReader) containerID(e *etree.Element, c *model.Container) {
	switch e.SelectAttrValue("type", "") {
	case "issn", "eissn":
		t.attr(e, "type")
		t.identifier(e, model.ISSN, &c.Identifiers)
	case "isbn":
		t.attr(e, "type")
		if len(c.Title) == 0 { // the number of the output itself
			t.identifier(e, model.ISBN, &t.out.Identifiers)
			return
		}
		t.identifier(e, model.ISBN, &c.Identifiers)
	case "localRef":
		t.attr(e, "type")
		t.local("localRef", e, &t.out.Identifiers)
	}
}

// imprint reads who published it, where in a volume, and when.
func (t *teiReader) imprint(e *etree.Element, c *model.Container) {
	for _, p := range all(e, "publisher") {
		t.publisher(p, c)
	}
	for _, scope := range all(e, "biblScope") {
		t.scope(scope, c)
	}
	for _, kind := range []string{"datePub", "dateDefended", "dateEpub"} { // the most exact first
		for _, d := range all(e, "date") {
			if d.SelectAttrValue("type", "") == kind {
				t.attr(d, "type")
				t.date(d, &t.out.Issued)
			}
		}
	}
}

// publisher reads who published the container, or the output where it is in
// none. A second one is a contributor.
func (t *teiReader) publisher(e *etree.Element, c *model.Container) {
	a := model.Agent{Name: t.text(e)}
	switch {
	case a.Name == "":
	case known(c) && c.Publisher == "":
		c.Publisher = a.Name
	case !known(c) && t.out.Publisher.IsZero():
		t.out.Publisher = a
	default:
		t.out.Contributions = append(t.out.Contributions, model.Contribution{Agent: a, Role: "publisher"})
	}
}

func (t *teiReader) scope(e *etree.Element, c *model.Container) {
	if !known(c) {
		return
	}
	fields := map[string]*string{"volume": &c.Volume, "issue": &c.Issue, "pp": &c.Pages}
	if dst, ok := fields[e.SelectAttrValue("unit", "")]; ok && *dst == "" {
		t.attr(e, "unit")
		*dst = t.text(e)
	}
}

func (t *teiReader) meeting(e *etree.Element) {
	if t.out.Conference != nil {
		return // listed
	}
	c := &model.Conference{Title: t.label(first(e, "title")), Place: t.text(first(e, "settlement"))}
	if country := first(e, "country"); country != nil {
		c.Country = t.attr(country, "key")
		t.text(country)
	}
	for _, d := range all(e, "date") {
		switch d.SelectAttrValue("type", "") {
		case "start":
			t.attr(d, "type")
			t.date(d, &c.Period.Start)
		case "end":
			t.attr(d, "type")
			t.date(d, &c.Period.End)
		}
	}
	t.out.Conference = c
}

// authority reads the institution and the people of a thesis.
func (t *teiReader) authority(e *etree.Element) {
	c := model.Contribution{Agent: model.Agent{Kind: model.Person}}
	switch e.SelectAttrValue("type", "") {
	case "institution":
		c.Agent.Kind = model.Organisation
		c.Role, c.Label = "hosting-institution", text("établissement de soutenance", "degree-granting institution")
	case "supervisor":
		c.Role = "supervisor"
	case "jury":
		c.Role, c.Label = "other", text("membre du jury", "member of the jury")
	default:
		return
	}
	t.attr(e, "type")
	if c.Agent.Name = t.text(e); c.Agent.Name != "" {
		t.out.Contributions = append(t.out.Contributions, c)
	}
}

// scene reads the place that an image shows. Of any other document HAL does
// not say what the place is.
func (t *teiReader) scene(e *etree.Element) {
	if t.out.Kind != "image" && t.out.Kind != "map" {
		return
	}
	var parts []string
	for _, name := range []string{"settlement", "country"} {
		if s := t.text(first(e, name)); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) > 0 {
		t.out.Spatial = append(t.out.Spatial, model.Place{Label: model.NewText("und", strings.Join(parts, ", "))})
	}
}

// repeated takes what the source says again of titles and authors, as far as
// it is the same.
func (t *teiReader) repeated(titles, analytic *etree.Element) {
	if titles == nil || analytic == nil {
		return
	}
	known := map[string]bool{}
	for _, e := range titles.ChildElements() {
		known[fingerprint(e)] = true
	}
	for _, e := range analytic.ChildElements() {
		if known[fingerprint(e)] {
			t.whole(e)
		}
	}
}

// fingerprint is the same for elements that say the same.
func fingerprint(e *etree.Element) string {
	var b strings.Builder
	writeFingerprint(&b, e)
	return b.String()
}

func writeFingerprint(b *strings.Builder, e *etree.Element) {
	b.WriteString("<" + e.Tag)
	for _, a := range e.Attr {
		b.WriteString(" " + a.Key + "=" + a.Value)
	}
	b.WriteString(">" + collapse(ownText(e)))
	for _, child := range e.ChildElements() {
		writeFingerprint(b, child)
	}
	b.WriteString("</>")
}
