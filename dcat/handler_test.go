package dcat

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/gtnum/gtnum/model"
)

func handler(t testing.TB, pageSize int) *Handler {
	return &Handler{Source: source(t, load(t, "testdata/filled.yaml")), BaseURL: "https://example.org/gtnum", PageSize: pageSize}
}

// get asks a handler; headers are pairs of name and value.
func get(t testing.TB, h http.Handler, target string, headers ...string) *http.Response {
	t.Helper()
	return ask(h, http.MethodGet, target, headers...)
}

func ask(h http.Handler, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func text(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const (
	firefox = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
	java    = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
)

func TestHandlerNegotiates(t *testing.T) {
	h := handler(t, 0)
	for name, c := range map[string]struct{ path, accept, want string }{
		"no Accept: Turtle":            {"/catalog", "", "text/turtle; charset=utf-8"},
		"anything: Turtle":             {"/catalog", "*/*", "text/turtle; charset=utf-8"},
		"a browser gets a page":        {"/catalog", firefox, "text/html; charset=utf-8"},
		"Java's default is no browser": {"/catalog", java, "text/turtle; charset=utf-8"},
		"nothing but HTML: a page":     {"/catalog", "text/html", "text/html; charset=utf-8"},
		"RDF/XML":                      {"/catalog", "application/rdf+xml", "application/rdf+xml; charset=utf-8"},
		"JSON-LD":                      {"/catalog", "application/ld+json", "application/ld+json; charset=utf-8"},
		"plain JSON means JSON-LD":     {"/catalog", "application/json", "application/ld+json; charset=utf-8"},
		"N-Triples":                    {"/catalog", "application/n-triples", "application/n-triples; charset=utf-8"},
		"the higher q wins":            {"/catalog", "text/turtle;q=0.3, application/rdf+xml;q=0.7", "application/rdf+xml; charset=utf-8"},
		"q=0 is never":                 {"/catalog", "text/turtle;q=0, */*;q=0.1", "application/rdf+xml; charset=utf-8"},
		"RDF before HTML where the client prefers it": {"/catalog", "text/turtle, text/html;q=0.5, application/xhtml+xml;q=0.5", "text/turtle; charset=utf-8"},
		"a suffix wins over Accept":                   {"/catalog.rdf", firefox, "application/rdf+xml; charset=utf-8"},
		"a record too":                                {"/records/article", "application/ld+json", "application/ld+json; charset=utf-8"},
		"a record by suffix":                          {"/records/article.nt", "", "application/n-triples; charset=utf-8"},
		"schema.org by suffix":                        {"/records/enquete-2021.schema.json", "", "application/ld+json; charset=utf-8"},
		"HTML by suffix":                              {"/records/article.html", "", "text/html; charset=utf-8"},
		"VoID":                                        {"/.well-known/void", "", "text/turtle; charset=utf-8"},
		"sitemap":                                     {"/sitemap.xml", "image/png", "application/xml; charset=utf-8"},
		"a media type with parameters is the media type": {"/catalog", `application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"`, "application/ld+json; charset=utf-8"},
	} {
		t.Run(name, func(t *testing.T) {
			var headers []string
			if c.accept != "" {
				headers = []string{"Accept", c.accept}
			}
			for _, method := range []string{"GET", "HEAD"} {
				res := ask(h, method, c.path, headers...)
				if got := res.Header.Get("Content-Type"); res.StatusCode != 200 || got != c.want {
					t.Errorf("%s: %d %q, want 200 %q", method, res.StatusCode, got, c.want)
				}
				if b := text(t, res); (b == "") != (method == "HEAD") {
					t.Errorf("%s: body of %d bytes", method, len(b))
				}
			}
		})
	}
}

func TestHandlerErrors(t *testing.T) {
	h := handler(t, 0)
	for name, c := range map[string]struct {
		method, path, accept string
		want                 int
	}{
		"nothing there":                   {"GET", "/nothing", "", 404},
		"no such record":                  {"GET", "/records/nobody", "", 404},
		"no such record with a suffix":    {"GET", "/records/nobody.ttl", "", 404},
		"a dump of no syntax of RDF":      {"GET", "/dump.schema.json", "", 404},
		"a page about the data":           {"GET", "/void.html", "", 404},
		"a directory of records":          {"GET", "/records/", "", 404},
		"a path that climbs":              {"GET", "/records/..%2f..%2fetc%2fpasswd", "", 404},
		"an unknown profile":              {"GET", "/catalog?profile=none", "", 400},
		"a type that nobody writes":       {"GET", "/catalog", "image/png", 406},
		"nothing is changed over HTTP":    {"POST", "/catalog", "", 405},
		"deleting is not":                 {"DELETE", "/records/article", "", 405},
		"an Accept that is no media type": {"GET", "/catalog", ";;;", 200},
	} {
		t.Run(name, func(t *testing.T) {
			res := ask(h, c.method, c.path, "Accept", c.accept)
			if res.StatusCode != c.want {
				t.Errorf("status %d, want %d", res.StatusCode, c.want)
			}
			if !strings.Contains(res.Header.Get("Content-Type"), "charset=utf-8") {
				t.Errorf("Content-Type %q names no charset", res.Header.Get("Content-Type"))
			}
			if c.want >= 400 && !slices.Contains(res.Header.Values("Vary"), "Accept-Language") {
				t.Errorf("Vary %q", res.Header.Values("Vary"))
			}
			if c.want == 405 && res.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("Allow %q", res.Header.Get("Allow"))
			}
		})
	}
}

func TestHandlerNeverRedirects(t *testing.T) {
	h := handler(t, 0)
	for _, path := range []string{"/catalog", "/catalog/", "//catalog", "/catalog.ttl", "/records/article", "/records/article/", "/void", "/", "/records"} {
		if res := get(t, h, "http://example.org"+path); res.StatusCode >= 300 && res.StatusCode < 400 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}

func TestHandlerServesTheBytesOfAnExport(t *testing.T) {
	h := handler(t, 0)
	for _, p := range Profiles() {
		for _, s := range Syntaxes() {
			want := string(export(t, h.Source, Options{Syntax: s, Profile: p}))
			for _, path := range []string{"/catalog", "/dump"} {
				if got := text(t, get(t, h, path+s.Ext()+"?profile="+p.Name)); got != want {
					t.Errorf("%s in %s for %s is not the export", path, s, p.Name)
				}
			}
		}
	}
}

func TestHandlerPagesHoldAllRecordsOnce(t *testing.T) {
	for size := 1; size <= 7; size++ {
		h := handler(t, size)
		seen := make(map[string]int)
		pages := 0
		for path := "/catalog.nt"; path != ""; pages++ {
			if pages > 10 {
				t.Fatalf("page size %d: pages do not end", size)
			}
			doc := text(t, get(t, h, path))
			path = ""
			var nextPage string
			for tr, err := range Decode(strings.NewReader(doc), NTriples, "") {
				if err != nil {
					t.Fatal(err)
				}
				switch tr.Predicate.Value {
				case nsDCAT + "dataset", nsDCAT + "resource":
					seen[tr.Object.Value]++
				case nsHydra + "next":
					path = strings.TrimPrefix(tr.Object.Value, "https://example.org/gtnum")
				case nsHydra + "nextPage":
					nextPage = strings.TrimPrefix(tr.Object.Value, "https://example.org/gtnum")
				}
			}
			if path != nextPage {
				t.Errorf("hydra:next %q, hydra:nextPage %q", path, nextPage)
			}
		}
		if len(seen) != 6 || pages != (6+size-1)/size {
			t.Errorf("page size %d: %d records on %d pages", size, len(seen), pages)
		}
		for iri, n := range seen {
			// A series is described, and listed, where it is; elsewhere it is
			// only described.
			if n != 1 {
				t.Errorf("page size %d: %s is listed %d times", size, iri, n)
			}
		}
	}
}

// Every concept, licence and agent that a page names is described in it.
func TestHandlerPagesStandAlone(t *testing.T) {
	h := handler(t, 1)
	pages := 0
	for path := "/catalog.nt"; path != ""; pages++ {
		described, named := make(map[Term]bool), make(map[Term]string)
		doc := text(t, get(t, h, path))
		path = ""
		for tr, err := range Decode(strings.NewReader(doc), NTriples, "") {
			if err != nil {
				t.Fatal(err)
			}
			described[tr.Subject] = true
			switch p := tr.Predicate.Value; p {
			case license, language_, publisher, creator, theme, nsDCT + "format", mediaType, accessRights, inSeries, inScheme, frequency, landingPage:
				named[tr.Object] = p
			case nsHydra + "next":
				path = strings.TrimPrefix(tr.Object.Value, "https://example.org/gtnum")
			}
		}
		for term, p := range named {
			if !described[term] {
				t.Errorf("page %d: %s, which is a %s, is not described", pages, term, p)
			}
		}
	}
	if pages != 6 {
		t.Errorf("%d pages", pages)
	}
}

func TestHandlerConditional(t *testing.T) {
	h := handler(t, 2)
	first := get(t, h, "/catalog.ttl")
	tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if tag == "" || modified != "Thu, 02 May 2024 08:30:00 GMT" {
		t.Fatalf("ETag %q, Last-Modified %q", tag, modified)
	}
	for name, c := range map[string]struct {
		path    string
		headers []string
		want    int
	}{
		"the same tag":                         {"/catalog.ttl", []string{"If-None-Match", tag}, 304},
		"the tag among others":                 {"/catalog.ttl", []string{"If-None-Match", `"a", ` + tag}, 304},
		"the strong form of the tag":           {"/catalog.ttl", []string{"If-None-Match", strings.TrimPrefix(tag, "W/")}, 304},
		"any":                                  {"/catalog.ttl", []string{"If-None-Match", "*"}, 304},
		"another tag":                          {"/catalog.ttl", []string{"If-None-Match", `"a"`}, 200},
		"another tag outweighs the date":       {"/catalog.ttl", []string{"If-None-Match", `"a"`, "If-Modified-Since", modified}, 200},
		"not changed since":                    {"/catalog.ttl", []string{"If-Modified-Since", modified}, 304},
		"changed since":                        {"/catalog.ttl", []string{"If-Modified-Since", "Wed, 01 May 2024 08:30:00 GMT"}, 200},
		"a date that is none":                  {"/catalog.ttl", []string{"If-Modified-Since", "yesterday"}, 200},
		"the tag of another syntax":            {"/catalog.rdf", []string{"If-None-Match", tag}, 200},
		"the tag of another page":              {"/catalog.ttl?after=article", []string{"If-None-Match", tag}, 200},
		"the tag of another profile":           {"/catalog.ttl?profile=data.gouv.fr", []string{"If-None-Match", tag}, 200},
		"a compressed answer has the same tag": {"/catalog.ttl", []string{"If-None-Match", tag, "Accept-Encoding", "gzip"}, 304},
	} {
		t.Run(name, func(t *testing.T) {
			for _, method := range []string{"GET", "HEAD"} {
				res := ask(h, method, c.path, c.headers...)
				if res.StatusCode != c.want {
					t.Errorf("%s: status %d, want %d", method, res.StatusCode, c.want)
				}
				if b := text(t, res); res.StatusCode == 304 && (b != "" || res.Header.Get("ETag") != tag) {
					t.Errorf("304 with ETag %q and %d bytes", res.Header.Get("ETag"), len(b))
				}
			}
		})
	}
}

func TestHandlerTagChangesWithTheContent(t *testing.T) {
	c := load(t, "testdata/filled.yaml")
	before := get(t, &Handler{Source: source(t, c)}, "/catalog.ttl").Header.Get("ETag")
	again := get(t, &Handler{Source: source(t, load(t, "testdata/filled.yaml"))}, "/catalog.ttl").Header.Get("ETag")
	c.Outputs[3].Title = model.NewText("fr", "Un autre titre")
	after := get(t, &Handler{Source: source(t, c)}, "/catalog.ttl").Header.Get("ETag")
	if before != again {
		t.Error("a restart changes the tag")
	}
	if before == after {
		t.Error("a changed title does not change the tag")
	}
}

func TestHandlerCompresses(t *testing.T) {
	h := handler(t, 0)
	plain := text(t, get(t, h, "/catalog.ttl"))
	for accept, want := range map[string]string{
		"gzip":                               "gzip",
		"zstd":                               "zstd",
		"gzip, zstd":                         "zstd",
		"gzip, zstd;q=0.5":                   "gzip",
		"gzip;q=0":                           "",
		"deflate":                            "",
		"identity":                           "",
		"gzip;q=0.1, identity;q=1, zstd;q=0": "gzip",
	} {
		res := get(t, h, "/catalog.ttl", "Accept-Encoding", accept)
		if got := res.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%q: Content-Encoding %q, want %q", accept, got, want)
			continue
		}
		if !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("%q: Vary %q", accept, res.Header.Values("Vary"))
		}
		if got := decompress(t, res); got != plain {
			t.Errorf("%q: not the same document", accept)
		}
	}
}

func decompress(t *testing.T, res *http.Response) string {
	t.Helper()
	r := io.Reader(res.Body)
	var err error
	switch res.Header.Get("Content-Encoding") {
	case "gzip":
		r, err = gzip.NewReader(res.Body)
	case "zstd":
		r, err = zstd.NewReader(res.Body)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestHandlerSignposts(t *testing.T) {
	res := get(t, handler(t, 0), "/records/enquete-2021")
	links := strings.Join(res.Header.Values("Link"), "\n")
	for _, want := range []string{
		`<https://doi.org/10.5281/zenodo.1234567>; rel="cite-as"`,
		`<https://schema.org/Dataset>; rel="type"`,
		`<https://orcid.org/0000-0002-1825-0097>; rel="author"`,
		`<https://www.etalab.gouv.fr/licence-ouverte-open-licence>; rel="license"`,
		`<https://zenodo.org/records/1234567/files/reponses.csv>; rel="item"; type="text/csv"`,
		`<https://example.org/gtnum/records/enquete-2021.ttl>; rel="describedby"; type="text/turtle"`,
		`<https://example.org/gtnum/catalog>; rel="collection"`,
		`<https://semiceu.github.io/DCAT-AP/releases/3.0.1>; rel="profile"`,
	} {
		if !strings.Contains(links, want) {
			t.Errorf("no Link %s in\n%s", want, links)
		}
	}
	withoutDOI := get(t, handler(t, 0), "/records/video").Header.Values("Link")
	if want := `<https://example.org/gtnum/records/video>; rel="cite-as"`; withoutDOI[0] != want {
		t.Errorf("without a DOI: %s, want %s", withoutDOI[0], want)
	}
}

// TestHandlerIDsThatEndLikeASuffix: what is accepted decides, as where the path
// has no suffix.
func TestHandlerIDsThatEndLikeASuffix(t *testing.T) {
	c := &model.Catalogue{ID: "c", Base: "https://e.org/", Title: model.NewText("fr", "C"), Agents: []model.Agent{{
		ID: "a", Name: "A", Identifiers: []model.Identifier{{Scheme: model.Local, Value: "1"}, {Scheme: model.ORCID, Value: "0000-0002-1825-0097"}},
	}}, Outputs: []model.Output{{ID: "x.rdf", Kind: "text", Contributions: []model.Contribution{{Agent: model.Agent{ID: "a"}, Role: model.Author}}}}}
	h := &Handler{Source: source(t, c), BaseURL: "https://e.org"}
	for accept, want := range map[string]string{"application/n-triples": "application/n-triples; charset=utf-8", "image/png": "text/turtle; charset=utf-8"} {
		res := get(t, h, "/records/x.rdf", "Accept", accept)
		links := strings.Join(res.Header.Values("Link"), "\n")
		if got := res.Header.Get("Content-Type"); res.StatusCode != 200 || got != want || !slices.Contains(res.Header.Values("Vary"), "Accept") {
			t.Errorf("%s: %d, %s, Vary %q", accept, res.StatusCode, got, res.Header.Values("Vary"))
		}
		for _, link := range []string{`<https://e.org/records/x.rdf.ttl>; rel="describedby"`, `<https://orcid.org/0000-0002-1825-0097>; rel="author"`} {
			if !strings.Contains(links, link) {
				t.Errorf("%s: no Link %s in\n%s", accept, link, links)
			}
		}
	}
}

func TestHandlerAlternatesAreOfThePage(t *testing.T) {
	links := strings.Join(get(t, handler(t, 2), "/catalog?after=article").Header.Values("Link"), "\n")
	if want := `<https://example.org/gtnum/catalog.rdf?after=article>; rel="alternate"`; !strings.Contains(links, want) {
		t.Errorf("no Link %s in\n%s", want, links)
	}
}

func TestHandlerPages(t *testing.T) {
	h := handler(t, 2)
	for name, c := range map[string]struct {
		path, language string
		want           []string
	}{
		"French by default":  {"/catalog.html", "", []string{`<html lang="fr">`, "Page suivante", "6 productions", "Enquêtes sur l’école à distance"}},
		"English on request": {"/catalog.html", "en-GB,en;q=0.9,fr;q=0.4", []string{`<html lang="en">`, "Next page", "6 outputs", "Surveys of distance schooling"}},
		"?lang= wins":        {"/catalog.html?lang=fr", "en", []string{`<html lang="fr">`}},
		"a record": {"/records/enquete-2021.html", "", []string{
			`<h1>Enquête auprès des enseignants 2021</h1>`, `href="https://doi.org/10.5281/zenodo.1234567"`, "mise en forme des données", ">Aider à distance</a>",
			`<script type="application/ld+json">`, `"@type": "Dataset"`, `rel="canonical" href="https://example.org/gtnum/records/enquete-2021"`,
			`<link rel="alternate" type="text/turtle" href="https://example.org/gtnum/records/enquete-2021.ttl"`,
		}},
		"a title made by rule says so": {"/records/video.html", "", []string{"composé par règle"}},
		"a withdrawn record says so":   {"/records/entretiens.html", "", []string{"a été retirée"}},
	} {
		t.Run(name, func(t *testing.T) {
			res := get(t, h, c.path, "Accept-Language", c.language)
			page := text(t, res)
			for _, want := range c.want {
				if !strings.Contains(page, want) {
					t.Errorf("no %q in\n%s", want, page)
				}
			}
		})
	}
}

func TestHandlerPageEscapes(t *testing.T) {
	c := &model.Catalogue{ID: "c", Base: "https://example.org/", Title: model.NewText("fr", "<b>"), Outputs: []model.Output{{
		ID: "x", Kind: "dataset", Title: model.NewText("fr", `</title><script>alert(1)</script>`), URL: "javascript:alert(1)",
		Abstract: model.NewText("x-<script>", "<img src=x onerror=alert(1)>"),
	}}}
	h := &Handler{Source: source(t, c)}
	for _, path := range []string{"/catalog.html", "/records/x.html"} {
		page := text(t, get(t, h, path))
		for _, bad := range []string{"<script>alert", "<img", `href="javascript:`, "<b>"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: %s stands in\n%s", path, bad, page)
			}
		}
	}
}

func TestHandlerSitemap(t *testing.T) {
	var urls struct {
		XMLName xml.Name
		URLs    []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(text(t, get(t, handler(t, 0), "/sitemap.xml"))), &urls); err != nil {
		t.Fatal(err)
	}
	if urls.XMLName.Space != sitemapNS || len(urls.URLs) != 7 {
		t.Fatalf("%s with %d pages", urls.XMLName.Space, len(urls.URLs))
	}
	if u := urls.URLs[2]; u.Loc != "https://example.org/gtnum/records/enquete-2021" || u.LastMod != "2024-04-01T00:00:00Z" {
		t.Errorf("got %v", u)
	}
}

func TestHandlerSitemapWithoutDates(t *testing.T) {
	if doc := text(t, get(t, &Handler{Source: many{n: 3}}, "/sitemap.xml")); strings.Contains(doc, "lastmod") || strings.Count(doc, "<loc>") != 4 {
		t.Errorf("got %s", doc)
	}
}

// many is a source of n records that are made when they are asked for.
type many struct {
	n    int
	fail int // the record at which reading fails
	with error
}

func (m many) Catalogue(context.Context) (*model.Catalogue, error) {
	return &model.Catalogue{ID: "many", Base: "https://example.org/"}, nil
}

func (m many) record(i int) model.Record {
	c, _ := m.Catalogue(context.Background())
	return model.Record{Catalogue: c, Output: &model.Output{ID: fmt.Sprintf("r%07d", i), Kind: "dataset", Title: model.NewText("fr", fmt.Sprint("Titre ", i))}}
}

func (m many) Records(_ context.Context, after string) iter.Seq2[model.Record, error] {
	return func(yield func(model.Record, error) bool) {
		for i := range m.n {
			if m.fail > 0 && i == m.fail {
				yield(model.Record{}, cmp.Or(m.with, errors.New("disk on fire")))
				return
			}
			if r := m.record(i); r.Output.ID > after && !yield(r, nil) {
				return
			}
		}
	}
}

func (m many) Record(context.Context, string) (model.Record, error) {
	return model.Record{}, ErrNotFound
}

func TestHandlerSitemapIndex(t *testing.T) {
	h := &Handler{Source: many{n: 100001}, BaseURL: "https://example.org"}
	var index struct {
		Maps []struct {
			Loc string `xml:"loc"`
		} `xml:"sitemap"`
	}
	if err := xml.Unmarshal([]byte(text(t, get(t, h, "/sitemap.xml"))), &index); err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, m := range index.Maps {
		n := strings.Count(text(t, get(t, h, strings.TrimPrefix(m.Loc, "https://example.org"))), "<loc>")
		if n > 50000 {
			t.Errorf("%s lists %d pages", m.Loc, n)
		}
		total += n - 1 // the catalogue stands in each
	}
	if total != 100001 {
		t.Errorf("%d records in %d sitemaps", total, len(index.Maps))
	}
}

func TestHandlerShowsThatAnAnswerBrokeOff(t *testing.T) {
	for _, with := range []error{nil, ErrNotFound} {
		server := httptest.NewServer(&Handler{Source: many{n: 5000, fail: 4000, with: with}})
		defer server.Close()
		res, err := http.Get(server.URL + "/dump.nt")
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if b, err := io.ReadAll(res.Body); err == nil {
			t.Errorf("%v: %d bytes came as if they were all", with, len(b))
		}
	}
	server := httptest.NewServer(&Handler{Source: many{n: 5000, fail: 4000}})
	defer server.Close()
	early, err := http.Get(server.URL + "/catalog.nt?after=r0003990")
	if err != nil {
		t.Fatal(err)
	}
	defer early.Body.Close()
	if early.StatusCode != 500 {
		t.Errorf("status %d where nothing was written yet, want 500", early.StatusCode)
	}
}

func TestHandlerSourceWithoutExtras(t *testing.T) {
	h := &Handler{Source: many{n: 3}, PageSize: 2}
	res := get(t, h, "http://catalogue.example:8080/catalog.ttl")
	if res.Header.Get("ETag") != "" || res.Header.Get("Last-Modified") != "" {
		t.Error("validators of a source that cannot tell whether it changed")
	}
	doc := text(t, res)
	if !strings.Contains(doc, "hydra:next <http://catalogue.example:8080/catalog.ttl?after=r0000001>") {
		t.Errorf("no link to the next page in\n%s", doc)
	}
	if strings.Contains(doc, "totalItems") {
		t.Error("a total that nobody counted")
	}
}

func TestHandlerWithoutSource(t *testing.T) {
	if res := get(t, &Handler{}, "/catalog"); res.StatusCode != 500 {
		t.Errorf("status %d, want 500", res.StatusCode)
	}
}

func TestExportPageWithoutLinks(t *testing.T) {
	doc := string(export(t, many{n: 9}, Options{Page: &Page{After: "r0000003", Size: 2}}))
	if strings.Contains(doc, "hydra:next") || strings.Count(doc, "a dcat:Dataset") != 2 || !strings.Contains(doc, "Titre 4") {
		t.Errorf("want records 4 and 5 without links:\n%s", doc)
	}
}

func TestHandlerVoID(t *testing.T) {
	doc := text(t, get(t, handler(t, 0), "/void"))
	for _, want := range []string{"void:Dataset", "void:dataDump <https://example.org/gtnum/dump.ttl>", `void:entities "6"`} {
		if !strings.Contains(strings.ReplaceAll(doc, "6 ;", `"6"`), want) {
			t.Errorf("no %s in\n%s", want, doc)
		}
	}
}

func TestHandlerSchemaOrg(t *testing.T) {
	var doc struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(text(t, get(t, handler(t, 1), "/catalog.schema.json"))), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Graph) != 7 {
		t.Errorf("%d nodes, want the catalogue and its 6 records", len(doc.Graph))
	}
}

func TestExportIsDeterministic(t *testing.T) {
	c := load(t, "testdata/filled.yaml")
	want := export(t, source(t, c), Options{})
	for i := range len(c.Outputs) {
		turned := *c
		turned.Outputs = append(append([]model.Output(nil), c.Outputs[i:]...), c.Outputs[:i]...)
		if got := export(t, source(t, &turned), Options{}); !bytes.Equal(got, want) {
			t.Fatalf("turned by %d the outputs give other bytes", i)
		}
	}
}

func TestExportStopsWithTheReader(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := Export(ctx, io.Discard, source(t, load(t, "testdata/filled.yaml")), Options{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestNewSourceOfSeveralCatalogues(t *testing.T) {
	c := func(base, id string) *model.Catalogue {
		return &model.Catalogue{Base: base, Title: model.NewText("fr", id), Groups: []model.Group{{ID: "g" + id, Title: model.NewText("fr", "Groupe "+id)}}, Outputs: []model.Output{{ID: "o" + id, Group: "g" + id, Kind: "video"}}}
	}
	doc := string(export(t, source(t, c("https://e.org/", "b"), c("https://e.org/", "a"), c("https://f.org/", "c")), Options{Syntax: NTriples}))
	for want, n := range map[string]int{
		`<https://e.org/catalog> <` + title + `> "b"@fr`:                                   1,
		`<https://e.org/catalog> <` + nsDCT + `relation> <https://e.org/groups/ga>`:        1,
		`<https://e.org/catalog> <` + nsDCT + `relation> <https://f.org/groups/gc>`:        0,
		`<https://e.org/catalog> <` + resourceOf + `> <https://f.org/records/oc>`:          1,
		`<https://f.org/records/oc> <` + wasGeneratedBy + `> <https://f.org/groups/gc>`:    1,
		`<https://f.org/groups/gc> <` + title + `> "Groupe c"@fr`:                          1,
		`<https://e.org/catalog> <` + resourceOf + `> <https://e.org/records/oa> .` + "\n": 1,
	} {
		if got := strings.Count(doc, want); got != n {
			t.Errorf("%d times %s, want %d in\n%s", got, want, n, doc)
		}
	}
}

func TestNewSource(t *testing.T) {
	c := load(t, "testdata/filled.yaml")
	if _, err := NewSource(); err == nil {
		t.Error("no catalogue is no error")
	}
	_, err := NewSource(c, c)
	shared, ok := errors.AsType[*model.LoadError](err)
	if !ok || len(shared.Problems) != len(c.Outputs) {
		t.Fatalf("two outputs of one id: %v", err)
	}
	if p := shared.Problems[0]; p.Line == 0 || p.Record == "" || !strings.Contains(p.String(), fmt.Sprintf("%q is already taken (testdata/filled.yaml:%d:%d)", p.Record, p.Line, p.Column)) {
		t.Errorf("got %v", p)
	}
	twice := &model.Catalogue{ID: "c", Base: "https://e.org/", Outputs: []model.Output{{ID: "a"}, {ID: "a"}}}
	if _, err := NewSource(twice); err == nil || !strings.Contains(err.Error(), `outputs[1].id: id "a" is already taken (outputs[0].id)`) {
		t.Errorf("two outputs of one id: %v", err)
	}
	src := source(t, c)
	if _, err := src.Record(context.Background(), "nobody"); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	c.Modified = model.NewDate(c.Modified.Time(), model.Day)
	if _, modified, _ := source(t, c).(Versioner).Version(context.Background()); !modified.IsZero() {
		t.Errorf("a catalogue that knows but the day was modified at %s", modified)
	}
	_, modified, _ := src.(Versioner).Version(context.Background())
	if want := time.Date(2024, 5, 2, 8, 30, 0, 0, time.UTC); !modified.Equal(want) {
		t.Errorf("modified %s, want %s", modified, want)
	}
}

// FuzzHandler: whatever is asked, the answer is one of those that are meant.
func FuzzHandler(f *testing.F) {
	f.Add("/catalog", "profile=dcat-ap", "text/turtle;q=0.1,*/*", "gzip", `W/"a"`)
	f.Add("/records/article.ttl", "after=\x00", firefox, "zstd;q=x", "*")
	f.Add("/records/%2e%2e", "lang=en&lang=fr", ";", "", "")
	h := handler(f, 2)
	f.Fuzz(func(t *testing.T, path, query, accept, encoding, match string) {
		r := httptest.NewRequest("GET", "http://example.org/", nil)
		r.URL.Path, r.URL.RawQuery = path, query
		r.Header.Set("Accept", accept)
		r.Header.Set("Accept-Encoding", encoding)
		r.Header.Set("If-None-Match", match)
		r.Header.Set("Accept-Language", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		switch w.Code {
		case 200, 304, 400, 404, 406:
		default:
			t.Errorf("status %d", w.Code)
		}
		for k, values := range w.Header() {
			if strings.ContainsAny(k+strings.Join(values, ""), "\r\n") {
				t.Errorf("header %q: %q", k, values)
			}
		}
	})
}
