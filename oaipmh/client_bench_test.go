package oaipmh

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// benchPage is a page of 500 records as they are: 1 to 2 kB of Dublin Core.
func benchPage(token string) []byte {
	var records []string
	for i := range 500 {
		payload := strings.Replace(clientDC("Les Pléiades, volume "+fmt.Sprint(i)), "</oai_dc:dc>",
			strings.Repeat("<dc:creator>Nom, Prénom</dc:creator>", 5)+"<dc:description xml:lang=\"fr\">"+strings.Repeat("Un résumé de l'étude &amp; de ses données. ", 20)+"</dc:description></oai_dc:dc>", 1)
		records = append(records, recordText(fmt.Sprintf("oai:example.org:%s-%05d", token, i), payload))
	}
	if token != "" {
		records = append(records, "<resumptionToken>"+token+"</resumptionToken>")
	}
	return []byte(listText(records...))
}

// BenchmarkClientPage is the page parser alone.
func BenchmarkClientPage(b *testing.B) {
	page := benchPage("")
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		p := clientNewPage(bytes.NewReader(page), 1<<20, "", func(Problem) {})
		for {
			e, err := p.next()
			if err == io.EOF {
				break
			}
			if _, problem := p.record(e); problem != nil {
				b.Fatal(problem)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkClientHarvest is a whole harvest of 50,000 records over loopback.
func BenchmarkClientHarvest(b *testing.B) {
	pages := make(map[string][]byte)
	for i := range 100 {
		token, next := "", "" // the first page is asked without a token
		if i > 0 {
			token = fmt.Sprint(i)
		}
		if i < 99 {
			next = fmt.Sprint(i + 1)
		}
		pages[token] = benchPage(next)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		w.Write(pages[r.FormValue("resumptionToken")])
	}))
	defer server.Close()
	c := &Client{BaseURL: server.URL}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, err := range c.Records(b.Context(), Selection{}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}
