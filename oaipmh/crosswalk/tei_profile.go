package crosswalk

import (
	"cmp"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// profileDesc writes languages, keywords, classifications and abstracts.
func (t *teiWriter) profileDesc() {
	o := t.r.Output
	if len(o.Languages) > 0 && isoLanguage(o.Languages[0]) != "" { // there is room for one
		t.start("langUsage")
		t.empty("language", attr{"ident", isoLanguage(o.Languages[0])})
		t.end("langUsage")
	}
	t.start("textClass")
	t.keywords()
	for _, s := range o.Subjects {
		t.class(s)
	}
	info := kindOf(o.Kind)
	t.text("classCode", info.English, attr{"scheme", "halTypology"}, attr{"n", info.HAL})
	t.end("textClass")
	for _, s := range o.Abstract {
		t.start("abstract", anyLang(s.Lang))
		t.text("p", s.Value)
		t.end("abstract")
	}
	t.wrap("particDesc", t.consortia)
}

// anyLang is an xml:lang where the schema demands one.
func anyLang(tag language.Tag) attr { return attr{"xml:lang", tag.String()} }

// keywords writes a term for each language of those that are free.
func (t *teiWriter) keywords() {
	before := len(t.buf)
	t.start("keywords", attr{"scheme", "author"})
	inside := len(t.buf)
	for _, s := range t.r.Output.Subjects {
		if s.Scheme == "" && s.IRI == "" {
			for _, label := range s.Label {
				t.text("term", label.Value, anyLang(label.Lang))
			}
		}
	}
	if len(t.buf) == inside {
		t.buf = t.buf[:before]
		return
	}
	t.end("keywords")
}

// teiSchemes are the classifications that the schema knows; any other is a
// "classification".
var teiSchemes = []string{"acm", "acm2012", "mesh", "jel", "vocinrae"}

func (t *teiWriter) class(s model.Subject) {
	if s.Scheme == "" && s.IRI == "" {
		return
	}
	scheme := "classification"
	switch {
	case s.Scheme == "hal-domain":
		scheme = "halDomain"
	case slices.Contains(teiSchemes, s.Scheme):
		scheme = s.Scheme
	}
	attrs := []attr{{"scheme", scheme}, {"n", cmp.Or(s.Code, s.IRI)}}
	if len(s.Label) == 0 {
		t.empty("classCode", attrs...)
		return
	}
	t.langString("classCode", s.Label[0], attrs...)
}

// consortia writes the groups that had a hand in the output, and the one that
// it comes from.
func (t *teiWriter) consortia() {
	o := t.r.Output
	if g := t.r.Group(); g != nil {
		t.text("org", g.Title.String(), attr{"type", "consortium"})
	}
	for _, c := range o.Contributions {
		if a := t.r.Agent(c.Agent); teiPlace(o, c, a) == inConsortia {
			t.text("org", a.Name, attr{"type", "consortium"})
		}
	}
}

// org returns the number of an organisation, which is described in the back:
// "localStruct-1", as deposits name what HAL's register may not know.
func (t *teiWriter) org(a model.Agent) int {
	for i, known := range t.orgs {
		if known.Name == a.Name && slices.Equal(known.Identifiers, a.Identifiers) {
			return i + 1
		}
	}
	t.orgs = append(t.orgs, a)
	return len(t.orgs)
}

// numbered begins a tag with an attribute that ends in a number.
func (t *teiWriter) numbered(name, attrName, prefix string, n int, attrs ...attr) {
	t.open(name, attrs)
	t.buf = append(t.buf, ' ')
	t.buf = append(t.buf, attrName...)
	t.buf = append(t.buf, `="`...)
	t.buf = append(t.buf, prefix...)
	t.buf = strconv.AppendInt(t.buf, int64(n), 10)
	t.buf = append(t.buf, '"')
}

// teiProjects are the types of projects that HAL knows, by their funders.
var teiProjects = map[string]string{
	"Agence nationale de la recherche": "anrProject", "ANR": "anrProject",
	"European Commission": "europeanProject", "Commission européenne": "europeanProject",
}

// funder writes a project of a funder whom HAL knows as a reference, any other
// fund in words.
func (t *teiWriter) funder(f model.Funding) {
	name := t.r.Agent(f.Funder).Name
	if teiProjects[name] != "" && f.Award != "" {
		t.projects = append(t.projects, f)
		t.numbered("funder", "ref", "#localProject-", len(t.projects))
		t.raw("/>")
		return
	}
	t.inline("funder", func() {
		at := len(t.buf)
		for _, part := range [...]string{name, f.Programme, f.Award, f.Acronym, f.Title.String()} {
			t.item(at, part)
		}
	})
}

// back describes the organisations and projects that were referred to.
func (t *teiWriter) back() {
	t.wrapIn("structures", func() {
		for i := 0; i < len(t.orgs); i++ { // a whole joins the list by its part
			t.structure(i)
		}
	})
	t.wrapIn("projects", func() {
		for i, f := range t.projects {
			t.projectOrg(i, f)
		}
	})
}

// wrapIn writes a list of organisations, none if it is empty.
func (t *teiWriter) wrapIn(kind string, body func()) {
	before := len(t.buf)
	t.start("listOrg", attr{"type", kind})
	inside := len(t.buf)
	body()
	if len(t.buf) == inside {
		t.buf = t.buf[:before]
		return
	}
	t.end("listOrg")
}

// structure writes an organisation. HAL wants a type: a part of another is a
// laboratory, one by itself an institution.
func (t *teiWriter) structure(i int) {
	a := t.orgs[i]
	kind := "institution"
	if len(a.PartOf) > 0 {
		kind = "laboratory"
	}
	t.numbered("org", "xml:id", "localStruct-", i+1, attr{"type", kind})
	t.raw(">")
	for _, id := range a.Identifiers {
		t.agentID(id, false)
	}
	t.text("orgName", a.Name)
	if a.Homepage != "" {
		t.start("desc")
		t.text("ref", a.Homepage, attr{"type", "url"})
		t.end("desc")
	}
	t.wrap("listRelation", func() {
		for _, whole := range a.PartOf {
			t.numbered("relation", "active", "#localStruct-", t.org(t.r.Agent(whole)), attr{"type", "direct"})
			t.raw("/>")
		}
	})
	t.end("org")
}

func (t *teiWriter) projectOrg(i int, f model.Funding) {
	kind := teiProjects[t.r.Agent(f.Funder).Name]
	number := "number"
	if kind == "anrProject" {
		number = "anr"
	}
	t.numbered("org", "xml:id", "localProject-", i+1, attr{"type", kind})
	t.raw(">")
	t.text("idno", f.Award, attr{"type", number})
	t.text("idno", f.Programme, attr{"type", "program"})
	t.text("orgName", f.Acronym)
	t.text("desc", f.Title.String())
	t.end("org")
}
