package oaipmh

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxRequest bounds the query and the body of a request: an identifier of
// 100,000 characters gets its answer, percent-encoded too.
const maxRequest = 512 << 10

// ServeHTTP answers one OAI-PMH request, by GET, HEAD or POST, with XML, or
// with HTML if the request is one of a person's browser: its Accept names both
// text/html and application/xhtml+xml, which no harvester does.
func (p *Provider[R]) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query, status := readQuery(w, r)
	if status != http.StatusOK {
		http.Error(w, http.StatusText(status), status)
		return
	}
	args := splitQuery(query)
	if acceptsHTML(r.Header) {
		p.servePage(w, r, args)
		return
	}
	buf := buffers.Get().(*[]byte)
	defer func() { putBuffer(buf) }()
	if !p.fill(w, r, buf, args) {
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/xml; charset=UTF-8")
	h.Set("Vary", "Accept, Accept-Encoding")
	tag := ""
	if r.Method != http.MethodPost && len(*buf) <= maxTagged {
		tag = entityTag(*buf)
	}
	send(w, r, *buf, http.StatusOK, tag)
}

// readQuery returns the arguments of a request, still encoded, or the status
// that refuses it.
func readQuery(w http.ResponseWriter, r *http.Request) (query string, status int) {
	query = r.URL.RawQuery
	if len(query) > maxRequest {
		return "", http.StatusRequestURITooLong
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return query, http.StatusOK
	case http.MethodPost:
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		return "", http.StatusMethodNotAllowed
	}
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && t != "application/x-www-form-urlencoded" {
		return "", http.StatusUnsupportedMediaType
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return "", http.StatusRequestEntityTooLarge
	case err != nil:
		return "", http.StatusBadRequest
	}
	return query + "&" + string(body), http.StatusOK
}

// fill writes the response to args into buf, or refuses the request and
// returns false.
func (p *Provider[R]) fill(w http.ResponseWriter, r *http.Request, buf *[]byte, args arguments) bool {
	if !p.acquire(r.Context()) {
		unavailable(w, "too many requests at once", 30*time.Second)
		return false
	}
	defer p.release()
	var err error
	if *buf, err = p.respond(r.Context(), (*buf)[:0], args); err != nil {
		if r.Context().Err() == nil { // else nobody waits for the answer
			p.report(r.Context(), err)
		}
		unavailable(w, "the repository cannot answer now", time.Minute)
		return false
	}
	return true
}

// buffers hold whole responses, so that each is one write.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 64<<10); return &b }}

func putBuffer(b *[]byte) {
	if cap(*b) <= 2*maxPageBytes {
		buffers.Put(b)
	}
}

// send writes a response in the coding that the client prefers. A tag that is
// not empty makes it a conditional one.
func send(w http.ResponseWriter, r *http.Request, body []byte, status int, tag string) {
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	if tag != "" {
		h.Set("ETag", tag)
		if matches(strings.Join(r.Header.Values("If-None-Match"), ","), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if c := chooseCoding(r.Header.Values("Accept-Encoding")); c != nil {
		buf := buffers.Get().(*[]byte)
		defer putBuffer(buf)
		*buf = c.encode((*buf)[:0], body)
		body = *buf
		h.Set("Content-Encoding", c.name)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// maxTagged is the size up to which a response gets an entity tag. Harvesters
// ask again for what is new, formats and sets; not for the pages of a list.
const maxTagged = 64 << 10

// entityTag returns a weak entity tag of a response: it leaves out the
// responseDate. A client that keeps an old response because the rest has not
// changed keeps an old responseDate with it, and from there it loses nothing.
func entityTag(body []byte) string {
	const date = len("<responseDate>" + secondLayout + "</responseDate>")
	rest := body
	if len(head)+date < len(body) {
		rest = body[len(head)+date:]
	}
	return fmt.Sprintf(`W/"%x-%08x%08x"`, len(rest), crc32.Checksum(rest, castagnoli), crc32.ChecksumIEEE(rest))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// matches reports whether an If-None-Match names an entity tag.
func matches(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
