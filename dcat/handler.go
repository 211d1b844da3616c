package dcat

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzhttp"

	"github.com/gtnum/gtnum/model"
)

// A Handler serves a catalogue to portals and people:
//
//	/catalog              the catalogue by content negotiation, in pages
//	/catalog.ttl …        the same as Turtle; .rdf, .nt, .jsonld, .html, and
//	                      .schema.json for schema.org JSON-LD, which is whole
//	/dump.ttl …           the whole catalogue as one document
//	/records/{id}         one record, the same way
//	/void, /.well-known/void   the VoID description of the data
//	/sitemap.xml          the pages for search engines
//
// ?profile= chooses the profile. Nothing is ever redirected. Every answer
// says its charset; HEAD, conditional requests (where the Source is a
// [Versioner]), gzip and zstd work as RFC 9110 has them, and Link headers
// guide machines as FAIR Signposting has it.
//
// A Handler with a Source is ready to use.
type Handler struct {
	// Source is what is served.
	Source Source
	// BaseURL is the public address that the paths hang on, such as
	// "https://example.org". Where it is empty, that of the request is taken.
	BaseURL string
	// PageSize is how many records a page has at most; 0 is 100.
	PageSize int
	// Profiles to offer, the default first; nil is [Profiles].
	Profiles []Profile

	once    sync.Once
	handler http.Handler
}

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.once.Do(func() { h.handler = compressing(http.HandlerFunc(h.serve)) })
	h.handler.ServeHTTP(w, r)
}

// compressing wraps a handler in what compresses text for those who ask.
func compressing(h http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.ContentTypeFilter(gzhttp.CompressAllContentTypeFilter), gzhttp.MinSize(512))
	if err != nil {
		panic(err) // options that are constants
	}
	return wrap(h)
}

// A request is one that was understood: what it asks for, and how to show it.
type request struct {
	*http.Request
	base     string // public address, without a slash at the end
	path     string // without its suffix
	variant  variant
	suffixed bool
	profile  Profile
	english  bool
}

func (h *Handler) serve(w http.ResponseWriter, r *http.Request) {
	req := &request{Request: r, base: h.base(r), english: prefersEnglish(r)}
	header := w.Header()
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("X-Content-Type-Options", "nosniff")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		req.fail(w, http.StatusMethodNotAllowed, "seules GET et HEAD ont une réponse ici", "only GET and HEAD are answered here")
		return
	}
	if h.Source == nil {
		req.fail(w, http.StatusInternalServerError, "aucun catalogue n’est servi ici", "no catalogue is served here")
		return
	}
	var err error
	if req.profile, err = FindProfile(r.URL.Query().Get("profile"), h.Profiles...); err != nil {
		names := strings.Join(h.profileNames(), ", ")
		req.fail(w, http.StatusBadRequest, "profil inconnu ; sont servis : "+names, "unknown profile; served are: "+names)
		return
	}
	serve := h.route(req)
	if serve == nil {
		req.fail(w, http.StatusNotFound, "rien ne se trouve à cette adresse", "nothing is served at this address")
		return
	}
	if !req.choose(w) {
		return
	}
	if err := serve(w, req); err != nil {
		req.failed(w, err)
	}
}

// route returns what answers a path, nil if nothing does.
func (h *Handler) route(r *request) func(http.ResponseWriter, *request) error {
	path := r.URL.Path
	if path == "/sitemap.xml" {
		r.path, r.suffixed = path, true
		return h.sitemap
	}
	r.path, r.variant, r.suffixed = cutSuffix(path)
	isRDF := !r.variant.html && !r.variant.schema
	switch {
	case r.path == "/catalog":
		return h.catalogue
	case r.path == "/dump" && r.suffixed && isRDF:
		return h.dump
	case isRDF && (r.path == "/void" || r.path == "/.well-known/void"):
		return h.void
	case strings.HasPrefix(path, "/records/"):
		return h.record
	}
	return nil
}

// choose negotiates where the path has no suffix.
func (r *request) choose(w http.ResponseWriter) bool {
	if r.suffixed {
		return true
	}
	w.Header().Add("Vary", "Accept")
	v, ok := negotiate(r.Header.Values("Accept"))
	if !ok {
		const types = "text/turtle, application/rdf+xml, application/n-triples, application/ld+json, text/html"
		r.fail(w, http.StatusNotAcceptable, "types servis ici : "+types, "types that are served here: "+types)
		return false
	}
	r.variant = v
	return true
}

func (h *Handler) base(r *http.Request) string {
	if h.BaseURL != "" {
		return strings.TrimSuffix(h.BaseURL, "/")
	}
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (h *Handler) profileNames() (names []string) {
	profiles := h.Profiles
	if len(profiles) == 0 {
		profiles = Profiles()
	}
	for _, p := range profiles {
		names = append(names, p.Name)
	}
	return names
}

func (h *Handler) pageSize() int {
	if h.PageSize > 0 {
		return h.PageSize
	}
	return 100
}

func (h *Handler) catalogue(w http.ResponseWriter, r *request) error {
	c, err := h.Source.Catalogue(r.Context())
	if err != nil {
		return err
	}
	header := w.Header()
	r.alternates(header, c.Licence)
	page := h.page(r)
	switch {
	case r.variant.html:
		return h.send(w, r, func(w io.Writer) error { return h.cataloguePage(w, r, c, page) })
	case r.variant.schema:
		return h.send(w, r, func(w io.Writer) error { return ExportSchemaOrg(r.Context(), w, h.Source) })
	}
	return h.send(w, r, func(w io.Writer) error { return Export(r.Context(), w, h.Source, r.options(page)) })
}

func (h *Handler) dump(w http.ResponseWriter, r *request) error {
	return h.send(w, r, func(w io.Writer) error { return Export(r.Context(), w, h.Source, r.options(nil)) })
}

// page returns the page that is asked for. Its address has the same suffix
// and profile.
func (h *Handler) page(r *request) *Page {
	return &Page{After: r.URL.Query().Get("after"), Size: h.pageSize(), URL: func(after string) string {
		return r.address(r.URL.Path, "after", after)
	}}
}

// address returns the public address of a path, with the request's profile
// and language and one more parameter.
func (r *request) address(path, key, value string) string {
	q := url.Values{}
	for _, k := range []string{"profile", "lang"} {
		if v := r.URL.Query().Get(k); v != "" {
			q.Set(k, v)
		}
	}
	if value != "" {
		q.Set(key, value)
	}
	s := r.base + (&url.URL{Path: path}).EscapedPath()
	if len(q) > 0 {
		s += "?" + q.Encode()
	}
	return s
}

func (r *request) options(p *Page) Options {
	return Options{Syntax: r.variant.syntax, Profile: r.profile, Page: p}
}

// record serves one record.
func (h *Handler) record(w http.ResponseWriter, r *request) error {
	header := w.Header()
	rec, err := h.find(header, r)
	if err != nil {
		return err
	}
	r.signposts(header, rec)
	switch {
	case r.variant.html:
		return h.send(w, r, func(w io.Writer) error { return h.recordPage(w, r, rec) })
	case r.variant.schema:
		return h.send(w, r, func(w io.Writer) error {
			b, err := SchemaOrg(rec)
			if err == nil {
				_, err = w.Write(append(b, '\n'))
			}
			return err
		})
	}
	return h.send(w, r, func(w io.Writer) error {
		return ExportRecord(r.Context(), w, h.Source, rec, r.options(nil))
	})
}

// find returns the record of the path. An id that ends like a suffix is found
// where no record has the id without it. It is late then to refuse what is
// accepted: Turtle serves for that.
func (h *Handler) find(header http.Header, r *request) (model.Record, error) {
	rec, err := h.Source.Record(r.Context(), strings.TrimPrefix(r.path, "/records/"))
	if !r.suffixed || !errors.Is(err, ErrNotFound) {
		return rec, err
	}
	header.Add("Vary", "Accept")
	r.path, r.suffixed = r.URL.Path, false
	r.variant, _ = negotiate(r.Header.Values("Accept"))
	return h.Source.Record(r.Context(), strings.TrimPrefix(r.path, "/records/"))
}
