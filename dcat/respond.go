package dcat

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

// send answers with what write writes, or that nothing changed.
func (h *Handler) send(w http.ResponseWriter, r *request, write func(io.Writer) error) error {
	header := w.Header()
	if header.Get("Content-Type") == "" {
		header.Set("Content-Type", r.variant.contentType())
	}
	if r.variant.html {
		header.Add("Vary", "Accept-Language")
		header.Set("Content-Language", r.lang())
	}
	header.Set("Cache-Control", "public, max-age=0, must-revalidate")
	unchanged, err := h.conditional(header, r)
	if err != nil {
		return err
	}
	if unchanged {
		header.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	body := &body{ResponseWriter: w}
	err = write(body)
	if err != nil && body.begun {
		return fmt.Errorf("%w: %w", errBroken, err)
	}
	return err
}

// errBroken says that an answer broke off in the middle.
var errBroken = errors.New("answer broke off")

// A body is an answer that knows whether it has begun.
type body struct {
	http.ResponseWriter
	begun bool
}

func (b *body) Write(p []byte) (int, error) {
	b.begun = true
	return b.ResponseWriter.Write(p)
}

func (r *request) lang() string {
	if r.english {
		return "en"
	}
	return "fr"
}

// conditional sets the validators of the answer, and reports whether the
// client has it already (RFC 9110, section 13.2.2). The entity tag is weak:
// it is the same however the answer is compressed.
func (h *Handler) conditional(header http.Header, r *request) (unchanged bool, err error) {
	versioner, ok := h.Source.(Versioner)
	if !ok {
		return false, nil
	}
	version, changed, err := versioner.Version(r.Context())
	if err != nil {
		return false, err
	}
	parts := []string{version, build(), r.base, r.URL.RequestURI(), r.profile.Name, fmt.Sprint(h.pageSize()), r.variant.contentType()}
	if r.variant.html {
		parts = append(parts, r.lang())
	}
	tag := entityTag(parts...)
	header.Set("ETag", tag)
	if !changed.IsZero() {
		header.Set("Last-Modified", changed.UTC().Format(http.TimeFormat))
	}
	if match := r.Header.Values("If-None-Match"); len(match) > 0 {
		return matches(match, tag), nil
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !changed.IsZero() && !changed.Truncate(time.Second).After(since), nil
}

func entityTag(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// build tells programs apart, since another one may write other bytes.
var build = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	b := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b += s.Value
		}
	}
	return b
})

func matches(header []string, tag string) bool {
	for _, line := range header {
		for candidate := range strings.SplitSeq(line, ",") {
			candidate = strings.TrimSpace(candidate)
			if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
	}
	return false
}

// failed answers an error. Where a part of the answer has gone already, the
// connection breaks, so that nobody takes the part for the whole.
func (r *request) failed(w http.ResponseWriter, err error) {
	header := w.Header()
	for _, k := range []string{"ETag", "Last-Modified", "Link", "Content-Language", "Cache-Control"} {
		header.Del(k)
	}
	switch {
	case errors.Is(err, errBroken), errors.Is(err, context.Canceled):
		panic(http.ErrAbortHandler) // net/http's way to break a connection
	case errors.Is(err, ErrNotFound):
		r.fail(w, http.StatusNotFound, "aucune notice n’a cet identifiant", "no record has this id")
	default:
		r.fail(w, http.StatusInternalServerError, "le catalogue ne peut pas être lu pour l’instant", "the catalogue cannot be read at the moment")
	}
}

// fail answers with a sentence in the reader's language.
func (r *request) fail(w http.ResponseWriter, code int, french, english string) {
	message := french
	if r.english {
		message = english
	}
	header := w.Header()
	header.Set("Content-Type", "text/plain; charset=utf-8")
	header.Set("Content-Language", r.lang())
	header.Add("Vary", "Accept-Language")
	w.WriteHeader(code)
	io.WriteString(w, message+"\n")
}
