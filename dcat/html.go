package dcat

import (
	"embed"
	"html/template"
	"io"
	"net/url"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/gtnum/gtnum/model"
)

//go:embed html/*.html
var htmlFiles embed.FS

var htmlPages = template.Must(template.New("").ParseFS(htmlFiles, "html/*.html"))

// A view is what a page shows, in the reader's language.
type view struct {
	r         *request
	src       Source
	Lang      string
	Title     string
	TitleLang string // of the title, where it is not the page's
	Catalogue *model.Catalogue
	Record    *model.Record
	Records   []model.Record
	Next      string
	First     string
	Total     int
	JSONLD    template.JS
}

// cataloguePage writes the list of a page's records for people.
func (h *Handler) cataloguePage(w io.Writer, r *request, c *model.Catalogue, p *Page) error {
	v := h.view(r, c)
	v.setTitle(c.Title)
	for rec, err := range h.Source.Records(r.Context(), p.After) {
		if err != nil {
			return err
		}
		if len(v.Records) == p.Size {
			v.Next = p.URL(v.Records[p.Size-1].Output.ID)
			break
		}
		v.Records = append(v.Records, rec)
	}
	if p.After != "" {
		v.First = p.URL("")
	}
	if counter, ok := h.Source.(Counter); ok {
		n, err := counter.Count(r.Context())
		if err != nil {
			return err
		}
		v.Total = n
	}
	o := append(object{{"@context", "https://schema.org/"}}, schemaCatalogue(c)...)
	b, err := indented(o)
	v.JSONLD = template.JS(b)
	if err != nil {
		return err
	}
	return htmlPages.ExecuteTemplate(w, "catalogue.html", v)
}

// recordPage writes one record for people, with its schema.org description
// for search engines.
func (h *Handler) recordPage(w io.Writer, r *request, rec model.Record) error {
	v := h.view(r, rec.Catalogue)
	t, _ := rec.Output.DisplayTitle()
	v.setTitle(t)
	v.Record = &rec
	b, err := SchemaOrg(rec)
	if err != nil {
		return err
	}
	v.JSONLD = template.JS(b)
	return htmlPages.ExecuteTemplate(w, "record.html", v)
}

func (h *Handler) view(r *request, c *model.Catalogue) *view {
	return &view{r: r, src: h.Source, Lang: r.lang(), Catalogue: c}
}

func (v *view) setTitle(t model.Text) { v.Title, v.TitleLang = v.pick(t) }

// pick returns a text in the reader's language, or in its main one with the
// tag of that.
func (v *view) pick(t model.Text) (text, lang string) {
	want := language.Make(v.Lang)
	if s, ok := t.Get(want); ok {
		return s, ""
	}
	if len(t) == 0 {
		return "", ""
	}
	if t[0].Lang == language.Und {
		return t[0].Value, ""
	}
	return t[0].Value, t[0].Lang.String()
}

// L returns the French or the English of a page's own words.
func (v *view) L(french, english string) string {
	if v.Lang == "en" {
		return english
	}
	return french
}

// Text returns a text with its language, as HTML.
func (v *view) Text(t model.Text) template.HTML {
	s, lang := v.pick(t)
	s = template.HTMLEscapeString(s)
	if lang != "" {
		s = `<span lang="` + template.HTMLEscapeString(lang) + `">` + s + `</span>`
	}
	return template.HTML(s)
}

// TitleOf returns a record's title, or the label made by rule.
func (v *view) TitleOf(r model.Record) template.HTML {
	t, _ := r.Output.DisplayTitle()
	return v.Text(t)
}

// Derived reports whether the title was made by rule.
func (v *view) Derived(r model.Record) bool { return len(r.Output.Title) == 0 }

// Description returns the abstract; for a data set without one, what its RDF
// says.
func (v *view) Description(r model.Record) template.HTML {
	if len(r.Output.Abstract) == 0 && isDataset(r.Output) {
		return v.Text(derivedDescription(r))
	}
	return v.Text(r.Output.Abstract)
}

// Kind returns the label of a kind.
func (v *view) Kind(k model.Kind) string {
	info := k.Info()
	return v.L(info.French, info.English)
}

// Licence returns the label of a licence.
func (v *view) Licence(l model.Licence) string {
	info := l.Info()
	return v.L(info.French, info.English)
}

// Access returns the label of an access right.
func (v *view) Access(a model.Access) string {
	info := a.Info()
	return v.L(info.French, info.English)
}

// Role returns the label of a role.
func (v *view) Role(r model.Role) string {
	info := r.Info()
	return v.L(info.French, info.English)
}

// Relation returns the label of a relation.
func (v *view) Relation(t model.RelationType) string {
	info := t.Info()
	return v.L(info.French, info.English)
}

// TargetTitle returns the title of a relation's other side: as the relation
// has it, as the catalogue has it, or its address.
func (v *view) TargetTitle(rel model.Relation) template.HTML {
	if len(rel.Title) > 0 {
		return v.Text(rel.Title)
	}
	if rel.Output != "" {
		if other, err := v.src.Record(v.r.Context(), rel.Output); err == nil {
			return v.TitleOf(other)
		}
	}
	return template.HTML(template.HTMLEscapeString(v.Target(rel)))
}

// Target returns the address of a relation's other side: the page here for an
// output of the catalogue.
func (v *view) Target(rel model.Relation) string {
	if rel.Output != "" {
		return v.RecordURL(rel.Output)
	}
	return relationTarget(*v.Record, rel)
}

// Language returns the name of a language.
func (v *view) Language(t language.Tag) string {
	return display.Languages(language.Make(v.Lang)).Name(t)
}

// Agent returns an agent with its reference resolved.
func (v *view) Agent(a model.Agent) model.Agent { return v.Catalogue.Agent(a) }

// RecordURL returns the address of a record's page here.
func (v *view) RecordURL(id string) string { return v.r.address("/records/"+id, "", "") }

// URL returns the address of a path here.
func (v *view) URL(path string) string { return v.r.address(path, "", "") }

// Canonical is the address of the page without what only tells how to show
// it.
func (v *view) Canonical() string {
	s := v.r.base + (&url.URL{Path: v.r.path}).EscapedPath()
	if after := v.r.URL.Query().Get("after"); after != "" {
		s += "?after=" + url.QueryEscape(after)
	}
	return s
}

// Other is the address of the same page in the other language.
func (v *view) Other() string {
	q := v.r.URL.Query()
	q.Set("lang", v.L("en", "fr"))
	return v.r.base + v.r.URL.EscapedPath() + "?" + q.Encode()
}

// Suffixes are the other ways to have the page.
func (v *view) Suffixes() []alternate {
	var as []alternate
	for _, s := range Syntaxes() {
		as = append(as, alternate{s.names(), s.MediaType(), v.r.address(v.r.path+s.Ext(), "after", v.r.URL.Query().Get("after"))})
	}
	return as
}

type alternate struct{ Name, MediaType, URL string }

func (s Syntax) names() string { return [...]string{"Turtle", "RDF/XML", "N-Triples", "JSON-LD"}[s] }
