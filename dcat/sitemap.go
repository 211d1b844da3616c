package dcat

import (
	"bufio"
	"context"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
)

// maxSitemap is how many records a sitemap may list beside the catalogue: a
// sitemap has 50,000 pages at most (sitemaps.org protocol 0.9).
const maxSitemap = 50000 - 1

const sitemapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

// sitemap serves the pages of the records, or the index of sitemaps where
// there are more of them than one may list.
func (h *Handler) sitemap(w http.ResponseWriter, r *request) error {
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	return h.send(w, r, func(w io.Writer) error {
		q := r.URL.Query()
		if q.Has("after") {
			return h.writeSitemap(w, r, q.Get("after"))
		}
		starts, err := h.sitemapStarts(r.Context())
		if err != nil {
			return err
		}
		if len(starts) == 1 {
			return h.writeSitemap(w, r, "")
		}
		return h.writeSitemapIndex(w, r, starts)
	})
}

// sitemapStarts returns the ids that the sitemaps come after.
func (h *Handler) sitemapStarts(ctx context.Context) ([]string, error) {
	starts := []string{""}
	if c, ok := h.Source.(Counter); ok {
		if n, err := c.Count(ctx); err != nil || n <= maxSitemap {
			return starts, err
		}
	}
	n, last := 0, ""
	for rec, err := range h.Source.Records(ctx, "") {
		if err != nil {
			return nil, err
		}
		if n > 0 && n%maxSitemap == 0 {
			starts = append(starts, last)
		}
		n, last = n+1, rec.Output.ID
	}
	return starts, nil
}

func (h *Handler) writeSitemap(w io.Writer, r *request, after string) error {
	b := bufio.NewWriterSize(w, flushSize)
	b.WriteString(xml.Header + "<urlset xmlns=\"" + sitemapNS + "\">\n")
	sitemapEntry(b, "url", r.base+"/catalog", "")
	n := 0
	for rec, err := range h.Source.Records(r.Context(), after) {
		if err != nil {
			return err
		}
		if n++; n > maxSitemap {
			break
		}
		modified := ""
		if d := rec.Datestamp(); !d.IsZero() {
			modified = d.Format("2006-01-02T15:04:05Z")
		}
		sitemapEntry(b, "url", r.base+recordPath(rec.Output.ID), modified)
	}
	b.WriteString("</urlset>\n")
	return b.Flush()
}

func (h *Handler) writeSitemapIndex(w io.Writer, r *request, starts []string) error {
	b := bufio.NewWriterSize(w, flushSize)
	b.WriteString(xml.Header + "<sitemapindex xmlns=\"" + sitemapNS + "\">\n")
	for _, s := range starts {
		sitemapEntry(b, "sitemap", r.base+"/sitemap.xml?after="+url.QueryEscape(s), "")
	}
	b.WriteString("</sitemapindex>\n")
	return b.Flush()
}

func sitemapEntry(b *bufio.Writer, element, address, modified string) {
	b.WriteString("<" + element + "><loc>")
	xml.EscapeText(b, []byte(address))
	b.WriteString("</loc>")
	if modified != "" {
		b.WriteString("<lastmod>" + modified + "</lastmod>")
	}
	b.WriteString("</" + element + ">\n")
}

// recordPath is the path of a record's pages.
func recordPath(id string) string { return (&url.URL{Path: "/records/" + id}).EscapedPath() }
