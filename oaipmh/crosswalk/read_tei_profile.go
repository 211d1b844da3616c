package crosswalk

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/model"
)

// typologies are the types of HAL's deposits. Where several kinds share one,
// it is the most general that is sure.
var typologies = map[string]model.Kind{
	"ART": "journal-article", "COMM": "conference-output", "POSTER": "conference-poster",
	"PROCEEDINGS": "conference-proceedings", "OUV": "book", "DOUV": "book", "COUV": "book-part",
	"ISSUE": "journal", "REPORT": "report", "THESE": "doctoral-thesis", "ETABTHESE": "doctoral-thesis",
	"HDR": "thesis", "MEM": "master-thesis", "LECTURE": "lecture", "BLOG": "blog-post", "IMG": "image",
	"MAP": "map", "VIDEO": "video", "SON": "sound", "SOFTWARE": "software", "UNDEFINED": "preprint",
	"TRAD": "text", "NOTICE": "text", "CREPORT": "report", "OTHERREPORT": "report", "OTHER": "other",
}

// classes reads the typology, which tells how to read the rest, and the terms
// of classifications.
func (t *teiReader) classes(e *etree.Element) {
	codes := all(first(e, "textClass"), "classCode")
	typology := ""
	for _, c := range codes {
		if c.SelectAttrValue("scheme", "") == "halTypology" {
			typology = c.SelectAttrValue("n", "")
		}
	}
	for _, c := range codes {
		switch scheme := c.SelectAttrValue("scheme", ""); scheme {
		case "halTypology", "halOldTypology", "halTreeTypology":
			t.typology(c, typology)
		case "halDomain":
			t.class(c, "hal-domain")
		default:
			t.class(c, scheme)
		}
	}
}

// typology reads the type of the deposit, which HAL says three times.
func (t *teiReader) typology(e *etree.Element, typology string) {
	kind, known := typologies[typology]
	if !known || e.SelectAttrValue("n", "") != typology {
		return
	}
	t.whole(e)
	t.out.Kind = kind
}

func (t *teiReader) class(e *etree.Element, scheme string) {
	t.attr(e, "scheme")
	s := model.Subject{Scheme: scheme, Code: t.attr(e, "n"), Label: t.label(e)}
	if strings.Contains(s.Code, "://") {
		s.Code, s.IRI = "", s.Code
		if scheme == "classification" { // which says no more than that it is one
			s.Scheme = ""
		}
	}
	if s.IRI+s.Code != "" || len(s.Label) > 0 {
		t.out.Subjects = append(t.out.Subjects, s)
	}
}

// profile reads languages, keywords, abstracts and consortia.
func (t *teiReader) profile(e *etree.Element) {
	for _, l := range all(first(e, "langUsage"), "language") {
		if ident := t.attr(l, "ident"); ident != "" {
			t.language(l, ident)
			t.take(l) // its text is the name of the language
		}
	}
	for _, k := range all(first(e, "textClass"), "keywords") {
		t.attr(k, "scheme")
		for _, term := range all(k, "term") {
			if label := t.label(term); label != nil {
				t.out.Subjects = append(t.out.Subjects, model.Subject{Label: label})
			}
		}
	}
	for _, a := range all(e, "abstract") {
		t.abstract(model.LangString{Lang: t.lang(a), Value: t.paragraphs(a)})
	}
	for _, org := range all(first(e, "particDesc"), "org") {
		t.consortium(org)
	}
}

// paragraphs takes a text with its paragraphs, a blank line between them.
func (t *teiReader) paragraphs(e *etree.Element) string {
	parts := []string{collapse(ownText(e))}
	for _, p := range e.ChildElements() {
		parts = append(parts, collapse(deepText(p)))
	}
	t.take(e)
	return strings.TrimSpace(strings.Join(parts, "\n\n"))
}

func (t *teiReader) consortium(e *etree.Element) {
	if e.SelectAttrValue("type", "") != "consortium" {
		return
	}
	t.attr(e, "type")
	if name := t.text(e); name != "" {
		t.out.Contributions = append(t.out.Contributions, model.Contribution{
			Agent: model.Agent{Kind: model.Organisation, Name: name}, Role: "research-group", Label: text("consortium", "consortium")})
	}
}
