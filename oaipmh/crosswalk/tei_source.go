package crosswalk

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// sourceDesc says what the description is of: titles and authors again, as HAL
// reads them in both places, what it appeared in and its identifiers.
func (t *teiWriter) sourceDesc() {
	o := t.r.Output
	t.start("sourceDesc")
	t.start("biblStruct")
	t.wrap("analytic", t.titlesAndAuthors)
	t.wrap("monogr", t.monogr)
	for _, id := range o.Identifiers {
		t.publicationID(id)
	}
	if o.URL != "" && !halPage(o) {
		t.empty("ref", attr{"type", "publisher"}, target(o.URL))
	}
	for _, l := range o.Links {
		t.link(l)
	}
	for _, rel := range o.Relations {
		t.relatedItem(rel)
	}
	if o.Series != "" {
		t.relatedItem(model.Relation{Type: "isPartOf", Output: o.Series, Kind: "dataset"})
	}
	t.end("biblStruct")
	t.recording()
	t.end("sourceDesc")
}

// publicationID writes an identifier with its scheme, those of HAL apart.
func (t *teiWriter) publicationID(id model.Identifier) {
	switch scheme, value, ok := strings.Cut(id.Value, ":"); {
	case id.Scheme == model.HAL:
	case id.Scheme == model.ISBN && t.r.Output.Container == nil: // in monogr
	case id.Scheme == model.Local && ok && scheme != "" && value != "":
		t.text("idno", value, attr{"type", scheme})
	default:
		t.text("idno", id.Value, attr{"type", string(id.Scheme)})
	}
}

func (t *teiWriter) link(l model.Link) {
	attrs := []attr{{"type", cmp.Or(token(l.Kind), "seeAlso")}, target(l.URL)}
	if title := l.Title.String(); title != "" {
		t.text("ref", title, attrs...)
		return
	}
	t.empty("ref", attrs...)
}

// token makes a word of a text, for attributes that are one.
func token(s string) string { return strings.Join(strings.Fields(s), "-") }

// relatedItem writes a relation by its name in DataCite, as HAL does.
func (t *teiWriter) relatedItem(rel model.Relation) {
	address := rel.URL
	switch {
	case rel.Output != "":
		address = t.r.Catalogue.Base + "records/" + rel.Output
	case !rel.Identifier.IsZero():
		address = cmp.Or(rel.Identifier.URL(), rel.Identifier.String())
	}
	if address == "" {
		return
	}
	general := kindOf(rel.Kind).DataCite
	if rel.Kind == "" {
		general = "Other"
	}
	attrs := []attr{{"type", rel.Type.Info().DataCite}, {"subtype", general}, target(address)}
	if title := rel.Title.String(); title != "" {
		t.text("relatedItem", title, attrs...)
		return
	}
	t.empty("relatedItem", attrs...)
}

// monogr writes the journal, book and conference.
func (t *teiWriter) monogr() {
	o := t.r.Output
	c := cmp.Or(o.Container, &model.Container{})
	for _, id := range slices.Concat(c.Identifiers, ownISBN(o)) {
		if id.Scheme == model.ISSN || id.Scheme == model.ISBN {
			t.text("idno", id.Value, attr{"type", string(id.Scheme)})
		}
	}
	if len(c.Title) > 0 {
		t.langString("title", c.Title[0], attr{"level", teiLevel(c)})
	}
	t.meeting()
	for _, a := range c.Editors {
		t.text("editor", t.r.Agent(a).Name)
	}
	t.wrap("imprint", func() { t.imprint(c) })
	for _, contribution := range o.Contributions {
		t.authority(contribution)
	}
}

// teiLevel tells journals from books, by their number where their kind is not
// known; it is "" for what neither tells.
func teiLevel(c *model.Container) string {
	numbered := func(scheme model.Scheme) bool {
		return slices.ContainsFunc(c.Identifiers, func(id model.Identifier) bool { return id.Scheme == scheme })
	}
	switch {
	case c.Kind == "journal" || c.Kind == "" && numbered(model.ISSN) && !numbered(model.ISBN):
		return "j"
	case c.Kind != "" || numbered(model.ISBN):
		return "m"
	}
	return ""
}

// ownISBN are the numbers of an output that is in no other book.
func ownISBN(o *model.Output) (numbers []model.Identifier) {
	for _, id := range o.Identifiers {
		if id.Scheme == model.ISBN && o.Container == nil {
			numbers = append(numbers, id)
		}
	}
	return numbers
}

func (t *teiWriter) imprint(c *model.Container) {
	o := t.r.Output
	t.text("publisher", c.Publisher)
	if p := t.r.Agent(o.Publisher).Name; p != c.Publisher {
		t.text("publisher", p)
	}
	for _, contribution := range o.Contributions {
		if contribution.Role == "publisher" {
			t.text("publisher", t.r.Agent(contribution.Agent).Name)
		}
	}
	t.text("biblScope", c.Volume, attr{"unit", "volume"})
	t.text("biblScope", c.Issue, attr{"unit", "issue"})
	t.text("biblScope", c.Pages, attr{"unit", "pp"})
	dateType := "datePub"
	if kindOf(o.Kind).HAL == "THESE" || kindOf(o.Kind).HAL == "MEM" {
		dateType = "dateDefended"
	}
	t.day("date", o.Issued, attr{"type", dateType})
}

func (t *teiWriter) meeting() {
	c := t.r.Output.Conference
	if c == nil {
		return
	}
	t.start("meeting")
	if len(c.Title) > 0 {
		t.langString("title", c.Title[0])
	}
	t.day("date", c.Period.Start, attr{"type", "start"})
	t.day("date", c.Period.End, attr{"type", "end"})
	t.text("settlement", c.Place)
	if c.Country != "" {
		t.empty("country", attr{"key", c.Country})
	}
	t.end("meeting")
}

// authority writes the institution and supervisors of a thesis.
func (t *teiWriter) authority(c model.Contribution) {
	a := t.r.Agent(c.Agent)
	if teiPlace(t.r.Output, c, a) != inAuthorities {
		return
	}
	kind := "supervisor"
	if c.Role == "hosting-institution" {
		kind = "institution"
	}
	t.text("authority", a.Name, attr{"type", kind})
}

// recording says how long a recording lasts.
func (t *teiWriter) recording() {
	o := t.r.Output
	if o.Duration <= 0 {
		return
	}
	kind := "video"
	if o.Kind == "sound" {
		kind = "audio"
	}
	t.start("recordingStmt")
	t.empty("recording", attr{"type", kind}, attr{"dur", o.Duration.String()})
	t.end("recordingStmt")
}
