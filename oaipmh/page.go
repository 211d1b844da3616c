package oaipmh

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/beevik/etree"
	"golang.org/x/text/language"
)

// pageSizeHTML is the number of records of a page for people. Tokens do not
// hold it, so both kinds of pages honour each other's.
const pageSizeHTML = 25

//go:embed page/page.html
var pageHTML string

//go:embed page/page.css
var pageCSS string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"css":   func() template.CSS { return template.CSS(pageCSS) },
	"isURL": func(s string) bool { return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") },
	"dict3": func(v *view, b, c any) any { return struct{ V, B, C any }{v, b, c} },
}).Parse(pageHTML))

// acceptsHTML reports whether a request is one of a browser. Java clients ask
// for text/html by default, but no harvester for application/xhtml+xml too.
func acceptsHTML(h http.Header) bool {
	q := qualities(h.Values("Accept"))
	return q["text/html"] > 0 && q["application/xhtml+xml"] > 0
}

// servePage answers a person's browser: the same answer, as a page to read,
// with links to follow. Beside the arguments of the protocol it knows lang,
// and takes an empty argument, as forms send them, for none.
func (p *Provider[R]) servePage(w http.ResponseWriter, r *http.Request, args arguments) {
	lang, chosen := pageLanguage(r.Header, args)
	args = slices.DeleteFunc(args, func(a argument) bool { return a.name == "lang" || a.value == "" })
	if len(args) == 0 {
		args = arguments{{"verb", "Identify"}}
	}
	buf := buffers.Get().(*[]byte)
	defer func() { putBuffer(buf) }()
	people := *p
	people.opts.PageSize = min(p.opts.PageSize, pageSizeHTML)
	if !people.fill(w, r, buf, args) {
		return
	}
	v := view{Lang: lang, Chosen: chosen, T: pageTexts[lang], Name: p.opts.Name, BaseURL: p.opts.BaseURL, args: args}
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(*buf); err != nil {
		p.report(r.Context(), err)
		http.Error(w, "this answer cannot be shown as a page", http.StatusInternalServerError)
		return
	}
	v.read(doc.Root())
	v.asked = p.asked(args)
	if v.Verb() == "GetRecord" {
		v.XML = string(*buf)
	}
	v.Formats = p.formatNames(r.Context(), v.asked["identifier"])
	v.Sets, v.SetNames = p.setNames(r)
	if set := v.Arg("set"); set != "" && len(v.Sets) > 0 && !slices.Contains(v.Sets, set) {
		v.Sets = append(v.Sets, set) // so that the form keeps it
	}
	var page bytes.Buffer
	if err := pageTemplate.Execute(&page, &v); err != nil {
		p.report(r.Context(), err)
		http.Error(w, "this answer cannot be shown as a page", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=UTF-8")
	h.Set("Content-Language", lang)
	h.Set("Vary", "Accept, Accept-Language, Accept-Encoding")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	send(w, r, page.Bytes(), v.status(), "")
}

// pageLanguage returns the language of a page: what lang says, else the one
// that the browser prefers.
func pageLanguage(h http.Header, args arguments) (lang string, chosen bool) {
	if lang, _ := args.get("lang"); lang == "fr" || lang == "en" {
		return lang, true
	}
	_, i := language.MatchStrings(pageLanguages, h.Values("Accept-Language")...)
	return [...]string{"fr", "en"}[i], false
}

// pageLanguages are those of pages, the default first.
var pageLanguages = language.NewMatcher([]language.Tag{language.French, language.English})

// formatNames returns the prefixes of all formats, or of those that express the
// record of an identifier.
func (p *Provider[R]) formatNames(ctx context.Context, identifier string) (names []string) {
	rec := Record[R]{Header: Header{Deleted: true}} // which any format expresses
	if identifier != "" {
		found, err := p.repo.Record(ctx, identifier)
		if err != nil {
			return nil
		}
		rec = found
	}
	for i := range p.formats {
		if _, err := render(&p.formats[i], nil, &rec); err == nil {
			names = append(names, p.formats[i].Prefix)
		}
	}
	return names
}

// maxSetsHTML is how many sets a form offers to choose from.
const maxSetsHTML = 200

func (p *Provider[R]) setNames(r *http.Request) (specs []string, names map[string]string) {
	names = map[string]string{}
	for set, err := range p.repo.Sets(r.Context(), "") {
		if err != nil && !errors.Is(err, ErrNoSets) {
			p.report(r.Context(), err)
		}
		if err != nil || len(specs) == maxSetsHTML {
			break
		}
		specs = append(specs, set.Spec)
		names[set.Spec] = set.Name
	}
	return specs, names
}

// view is what the template shows.
type view struct {
	Lang          string
	Chosen        bool // by the argument lang
	T             map[string]string
	Name, BaseURL string
	Formats, Sets []string
	SetNames      map[string]string
	args          arguments

	Date    string // responseDate
	Faults  []*etree.Element
	Body    *etree.Element // of the verb
	Records []*etree.Element
	Token   *etree.Element
	XML     string            // of one record, as harvesters get it
	asked   map[string]string // arguments, also those that a token holds
}

// asked returns the arguments of a request, for a token those of its list.
func (p *Provider[R]) asked(args arguments) map[string]string {
	m := map[string]string{}
	for _, a := range args {
		m[a.name] = a.value
		if a.name == "from" || a.name == "until" {
			m[a.name] = a.value[:min(len(a.value), len(dayLayout))] // forms have no more
		}
	}
	if t, err := p.keys.parse(m["resumptionToken"]); err == nil {
		m["metadataPrefix"], m["set"] = t.sel.MetadataPrefix, t.sel.Set
		for name, date := range map[string]time.Time{"from": t.sel.From, "until": t.sel.Until} {
			if !date.IsZero() {
				m[name] = date.Format(dayLayout)
			}
		}
	}
	return m
}

func (v *view) read(root *etree.Element) {
	for _, e := range root.ChildElements() {
		switch e.Tag {
		case "responseDate":
			v.Date = e.Text()
		case "request":
		case "error":
			v.Faults = append(v.Faults, e)
		default:
			v.Body = e
		}
	}
	if v.Body == nil {
		return
	}
	for _, e := range v.Body.ChildElements() {
		switch e.Tag {
		case "record", "header":
			v.Records = append(v.Records, e)
		case "resumptionToken":
			v.Token = e
		}
	}
}

// status is that of the page: a browser, and what it may have for a cache,
// should know a missing record from one that is there.
func (v *view) status() int {
	for _, f := range v.Faults {
		switch Code(f.SelectAttrValue("code", "")) {
		case IDDoesNotExist, NoRecordsMatch, NoSetHierarchy, NoMetadataFormats, CannotDisseminateFormat:
		default:
			return http.StatusBadRequest
		}
	}
	if v.Faults != nil {
		return http.StatusNotFound
	}
	return http.StatusOK
}

// Verb is the verb that was answered, empty for faults.
func (v *view) Verb() string {
	if v.Body == nil {
		return ""
	}
	return v.Body.Tag
}

// Arg returns an argument of the request, or of its token.
func (v *view) Arg(name string) string { return v.asked[name] }

// Link returns an address of this provider, in the language that was chosen.
func (v *view) Link(args ...string) template.URL {
	if v.Chosen {
		args = append(args, "lang", v.Lang)
	}
	return pageLink(args...)
}

// In returns the address of this page in another language.
func (v *view) In(lang string) template.URL {
	var args []string
	for _, a := range v.args {
		args = append(args, a.name, a.value)
	}
	return pageLink(append(args, "lang", lang)...)
}

// Title is the heading of the page.
func (v *view) Title() string {
	switch {
	case v.Faults != nil:
		return v.T["error"]
	case v.Verb() == "GetRecord":
		return v.RecordTitle(v.Records[0])
	}
	return v.T[v.Verb()]
}

// RecordTitle is a title found in the metadata of a record, else its
// identifier.
func (v *view) RecordTitle(record *etree.Element) string {
	return strings.TrimSpace(v.TitleElement(record).Text())
}

// TitleElement holds what RecordTitle is. TEI has the identifier for the title
// of the description, and LOM's titles hold strings.
func (v *view) TitleElement(record *etree.Element) *etree.Element {
	id := v.Header(record).SelectElement("identifier")
	if m := record.SelectElement("metadata"); m != nil {
		for _, t := range m.FindElements(".//title") {
			if s := t.SelectElement("string"); s != nil {
				t = s
			}
			if title := strings.TrimSpace(t.Text()); title != "" && title != id.Text() {
				return t
			}
		}
	}
	return id
}

// Header is the header of a record, or that which is one.
func (v *view) Header(record *etree.Element) *etree.Element {
	if h := record.SelectElement("header"); h != nil {
		return h
	}
	return record
}

// Deleted reports whether a record is withdrawn.
func (v *view) Deleted(record *etree.Element) bool {
	return v.Header(record).SelectAttr("status") != nil
}

// SetName is the name of a set, if it is known.
func (v *view) SetName(spec string) string {
	if name := v.SetNames[spec]; name != "" {
		return name
	}
	return spec
}

// Label names an element of metadata: Dublin Core in words, others as they
// are.
func (v *view) Label(e *etree.Element) string {
	if l := v.T["dc:"+e.Tag]; l != "" && e.NamespaceURI() == "http://purl.org/dc/elements/1.1/" {
		return l
	}
	return e.Tag
}

// Language is the xml:lang of an element.
func (v *view) Language(e *etree.Element) string { return e.SelectAttrValue("xml:lang", "") }

// Attributes are those of an element that say something, as text.
func (v *view) Attributes(e *etree.Element) string {
	var parts []string
	for _, a := range e.Attr {
		if a.Space != "xmlns" && a.Space != "xsi" && a.Space != "xml" && a.Key != "xmlns" {
			parts = append(parts, a.Key+" = "+a.Value)
		}
	}
	return strings.Join(parts, ", ")
}

// Range says which part of a list the page holds.
func (v *view) Range() (r struct{ First, Last, Total int }) {
	n := len(v.Records)
	if v.Verb() == "ListSets" {
		n = len(v.Body.SelectElements("set"))
	}
	r.First, r.Last, r.Total = 1, n, n
	if v.Token != nil {
		cursor, _ := strconv.Atoi(v.Token.SelectAttrValue("cursor", "0"))
		r.First, r.Last = cursor+1, cursor+n
		r.Total, _ = strconv.Atoi(v.Token.SelectAttrValue("completeListSize", "0"))
	}
	return r
}

// Format is the metadataPrefix of what is shown.
func (v *view) Format() string { return v.Arg("metadataPrefix") }

// pageLink returns a query of names and values in turn.
func pageLink(args ...string) template.URL {
	var b strings.Builder
	for i := 0; i+1 < len(args); i += 2 {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(args[i]) + "=" + url.QueryEscape(args[i+1]))
	}
	return template.URL("?" + b.String())
}
