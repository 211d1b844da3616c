//go:build interop

package oaipmh_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/oaipmh"
)

// serveLibrary serves n books on a port and returns the base URL.
func serveLibrary(t *testing.T, m *oaipmh.Memory[book], change func(*oaipmh.Options)) string {
	t.Helper()
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	h = provider(t, m, func(o *oaipmh.Options) {
		o.BaseURL = server.URL + "/oai"
		if change != nil {
			change(o)
		}
	}, dc)
	return server.URL + "/oai"
}

// TestInteropSchemas validates the answers to everything hostile, by GET and
// POST, and every page of every list, with xmllint.
func TestInteropSchemas(t *testing.T) {
	m := library(t, 12)
	err := m.PutSet(oaipmh.Set{Spec: "shelf:a", Name: "Étagère A", Descriptions: [][]byte{oaipmh.Rights("https://creativecommons.org/publicdomain/zero/1.0/")}})
	if err != nil {
		t.Fatal(err)
	}
	h := provider(t, m, func(o *oaipmh.Options) { o.Descriptions = descriptions }, dc)
	dir := t.TempDir()
	var files []string
	keep := func(req *http.Request) []byte {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: status %d", req.URL, w.Code)
		}
		name := filepath.Join(dir, fmt.Sprintf("%04d.xml", len(files)))
		if err := os.WriteFile(name, w.Body.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
		return w.Body.Bytes()
	}
	for _, q := range hostileQueries {
		req := httptest.NewRequest("GET", "/oai", nil)
		req.URL.RawQuery = q
		keep(req)
		req = httptest.NewRequest("POST", "/oai", strings.NewReader(q))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		keep(req)
	}
	for _, q := range []string{"verb=ListRecords&metadataPrefix=oai_dc", "verb=ListIdentifiers&metadataPrefix=oai_dc&set=shelf"} {
		for q != "" {
			body := keep(httptest.NewRequest("GET", "/oai?"+q, nil))
			_, token, _ := bytes.Cut(body, []byte(`<resumptionToken `))
			_, token, _ = bytes.Cut(token, []byte(`>`))
			token, _, _ = bytes.Cut(token, []byte(`<`))
			verb, _, _ := strings.Cut(q, "&")
			if q = ""; len(token) > 0 {
				q = verb + "&resumptionToken=" + string(token)
			}
		}
	}
	for _, name := range []string{"identify.xml", "sets.xml", "about.xml", "records.xml", "headers.xml", "formats.xml", "record.xml", "errors.xml"} {
		files = append(files, filepath.Join("testdata", name))
	}
	interop.Run(t, interop.Tool(t, "check-oai-xsd"), files...)
}

// shelves holds n books, a thousand a day, on three shelves, every seventh
// withdrawn.
func shelves(t *testing.T, n int) (m *oaipmh.Memory[book], rows []interop.Row) {
	t.Helper()
	m = &oaipmh.Memory[book]{}
	for i := range n {
		r := oaipmh.Record[book]{
			Header: oaipmh.Header{
				Identifier: fmt.Sprintf("oai:books.example:%d", i*7919%n),
				Datestamp:  day(1).Add(time.Duration(i/10) * time.Second),
				Sets:       []string{fmt.Sprintf("shelf:%d", i%3)},
				Deleted:    i%7 == 0,
			},
			Value: book{Title: fmt.Sprintf("Éducation « n° %d » <&> \"l'été\" \U0001F393", i)},
		}
		if err := m.Put(r); err != nil {
			t.Fatal(err)
		}
	}
	for r, err := range m.Records(t.Context(), oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			t.Fatal(err)
		}
		row := interop.Row{Identifier: r.Identifier, Datestamp: r.Datestamp.Format("2006-01-02T15:04:05Z"), Deleted: r.Deleted, Sets: r.Sets}
		if !r.Deleted {
			row.Fields = map[string][]string{"title": {r.Value.Title}}
		}
		rows = append(rows, row)
	}
	return m, rows
}

// TestInteropHarvesters lets harvesters that others wrote walk 10,000 records
// and compares what they read with what the repository holds.
func TestInteropHarvesters(t *testing.T) {
	m, all := shelves(t, 10_000)
	base := serveLibrary(t, m, func(o *oaipmh.Options) { o.PageSize = 100 })
	from, until := "2023-05-01T12:05:00Z", "2023-05-01T12:06:00Z"
	for _, harvester := range interop.Harvesters {
		t.Run(harvester, func(t *testing.T) {
			compareRows(t, all, interop.Walk(t, harvester, base, "oai_dc"))
			some := slices.DeleteFunc(slices.Clone(all), func(r interop.Row) bool {
				return r.Sets[0] != "shelf:1" || r.Datestamp < from || r.Datestamp > until
			})
			compareRows(t, some, interop.Walk(t, harvester, base, "oai_dc", "set=shelf:1", "from="+from, "until="+until))
		})
	}
}

// compareRows leaves out what a harvester does not tell.
func compareRows(t *testing.T, want, got []interop.Row) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%d records came, want %d", len(got), len(want))
	}
	for i := range min(len(want), len(got)) {
		w, g := want[i], got[i]
		if g.Metadata != "" && strings.Contains(g.Metadata, w.Fields["title"][0][:10]) {
			g.Fields, g.Metadata = w.Fields, ""
		}
		if len(g.Fields) == 0 && w.Fields == nil {
			g.Fields = nil
		}
		if diff := cmp.Diff(w, g); diff != "" {
			t.Fatalf("record %d (-want +got):\n%s", i, diff)
		}
	}
}

// TestInteropBrowser opens pages in Chromium.
func TestInteropBrowser(t *testing.T) {
	base := serveLibrary(t, library(t, 80), func(o *oaipmh.Options) { o.PageSize, o.Descriptions = 100, descriptions })
	for query, want := range map[string][]string{
		"":                       {"conservées durablement", "oai:books.example:0001"},
		"?verb=Identify&lang=en": {"kept for good"},
		"?verb=ListRecords&metadataPrefix=oai_dc&lang=fr":                                 {"1–25 sur <strong>80</strong>", "Suite de la liste"},
		"?verb=ListSets&lang=fr":                                                          {"shelf:a"},
		"?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:0002&lang=fr": {"Livre n° 2 &lt;&amp;&gt;"},
		"?verb=x&lang=fr": {"badVerb"},
	} {
		dom := interop.Run(t, interop.Tool(t, "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--lang=fr-FR", "--accept-lang=fr-FR", "--dump-dom", base+query)
		for _, w := range want {
			if !strings.Contains(dom, w) {
				t.Errorf("%s: the page does not show %q:\n%s", query, w, dom)
			}
		}
	}
}
