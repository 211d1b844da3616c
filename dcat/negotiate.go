package dcat

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// A variant is one way to show a page: a syntax of RDF, or HTML.
type variant struct {
	syntax Syntax
	html   bool
	schema bool // schema.org, of the record or the catalogue
}

func (v variant) contentType() string {
	switch {
	case v.html:
		return "text/html; charset=utf-8"
	case v.schema:
		return "application/ld+json; charset=utf-8"
	}
	return v.syntax.ContentType()
}

// aliases are media types that clients ask for and mean a syntax by.
var aliases = map[string]Syntax{
	"application/x-turtle": Turtle,
	"application/turtle":   Turtle,
	"text/n3":              Turtle, // Turtle is a part of N3
	"application/xml":      RDFXML,
	"text/xml":             RDFXML,
	"text/plain":           NTriples,
	"application/json":     JSONLD,
}

// negotiate returns the variant that an Accept header prefers (RFC 9110,
// section 12.5.1), and whether it accepts any.
//
// A browser names both text/html and application/xhtml+xml. Java's client
// sends text/html without meaning it: from others HTML is taken only where
// they accept nothing else.
func negotiate(accept []string) (variant, bool) {
	ranges := mediaRanges(accept)
	if len(ranges) == 0 {
		return variant{syntax: Turtle}, true
	}
	_, html := ranges["text/html"]
	_, xhtml := ranges["application/xhtml+xml"]
	best, most := variant{}, 0.0
	for _, s := range Syntaxes() {
		if q := quality(ranges, s); q > most {
			best, most = variant{syntax: s}, q
		}
	}
	if q := ranges["text/html"]; html && q > 0 && (most == 0 || xhtml && q >= most) {
		return variant{html: true}, true
	}
	return best, most > 0
}

// quality is the q-value of a syntax: of its media type or an alias by name,
// else of a wildcard. Names come before wildcards whatever their order.
func quality(ranges map[string]float64, s Syntax) float64 {
	q, named := ranges[s.MediaType()]
	for alias, of := range aliases {
		if a, ok := ranges[alias]; of == s && ok {
			q, named = max(q, a), true
		}
	}
	if named {
		return q
	}
	major, _, _ := strings.Cut(s.MediaType(), "/")
	if w, ok := ranges[major+"/*"]; ok {
		return w
	}
	return ranges["*/*"]
}

func mediaRanges(accept []string) map[string]float64 {
	ranges := make(map[string]float64)
	for _, line := range accept {
		for part := range strings.SplitSeq(line, ",") {
			mediaType, params, err := mime.ParseMediaType(part)
			if err != nil {
				continue
			}
			if mediaType == "*" { // Java's client
				mediaType = "*/*"
			}
			q := 1.0
			if v, ok := params["q"]; ok {
				if q, err = strconv.ParseFloat(v, 64); err != nil || !(q >= 0 && q <= 1) {
					q = 0
				}
			}
			ranges[mediaType] = max(q, ranges[mediaType])
		}
	}
	return ranges
}

// cutSuffix splits a path into what it names and the variant that its suffix
// asks for.
func cutSuffix(path string) (base string, v variant, ok bool) {
	for _, s := range Syntaxes() {
		if base, ok := strings.CutSuffix(path, s.Ext()); ok {
			return base, variant{syntax: s}, true
		}
	}
	if base, ok := strings.CutSuffix(path, ".schema.json"); ok {
		return base, variant{schema: true}, true
	}
	if base, ok := strings.CutSuffix(path, ".html"); ok {
		return base, variant{html: true}, true
	}
	return path, variant{}, false
}

// pageLanguages are those of pages, the default first.
var pageLanguages = language.NewMatcher([]language.Tag{language.French, language.English})

// prefersEnglish reports whether a reader wants English: by ?lang=, else by
// Accept-Language.
func prefersEnglish(r *http.Request) bool {
	wanted := append([]string{r.URL.Query().Get("lang")}, r.Header.Values("Accept-Language")...)
	_, i := language.MatchStrings(pageLanguages, wanted...)
	return i == 1
}
