package oaipmh_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// million is a library of a million books of about 1 kB each in oai_dc, made
// once.
var million = sync.OnceValue(func() *oaipmh.Memory[int] {
	m := &oaipmh.Memory[int]{}
	sets := []string{"kind:article"}
	for i := range 1_000_000 {
		r := oaipmh.Record[int]{Header: oaipmh.Header{
			Identifier: fmt.Sprintf("oai:books.example:%07d", i),
			Datestamp:  day(1).Add(time.Duration(i/10) * time.Second),
			Sets:       sets,
		}, Value: i}
		if err := m.Put(r); err != nil {
			panic(err)
		}
	}
	return m
})

// article is a format that writes some 1,100 bytes for a record, as a typical
// article has in oai_dc.
var article = oaipmh.Format[int]{
	Prefix: "oai_dc", Schema: dc.Schema, Namespace: dc.Namespace,
	Append: func(dst []byte, n int) ([]byte, error) {
		dst = append(dst, `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">`...)
		for _, e := range [...][2]string{
			{"title", "Usages numériques & apprentissages à l'école élémentaire : une enquête"}, {"creator", "Dupont, Élise"}, {"creator", "Martin, Noé"},
			{"description", "Cet article présente les résultats d'une enquête menée auprès de six cents élèves et de leurs enseignants dans trois académies, et discute de ce que les outils numériques changent aux gestes professionnels, aux devoirs et à l'attention."},
			{"date", "2023-05-12"}, {"type", "info:eu-repo/semantics/article"}, {"identifier", "https://hal.science/hal-03526140v1"}, {"language", "fr"}, {"rights", "info:eu-repo/semantics/openAccess"},
		} {
			dst = append(dst, "\n<dc:"...)
			dst = append(dst, e[0]...)
			dst = append(dst, '>')
			dst = oaipmh.AppendText(dst, e[1])
			dst = append(dst, "</dc:"...)
			dst = append(dst, e[0]...)
			dst = append(dst, '>')
		}
		return append(dst, "\n</oai_dc:dc>"...), nil
	},
}

// sink is a ResponseWriter that counts bytes.
type sink struct {
	header http.Header
	n      int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(int)             {}
func (s *sink) Write(b []byte) (int, error) { s.n += len(b); return len(b), nil }

func benchmarkQuery(b *testing.B, records int, query string, coding string) {
	p, err := oaipmh.NewProvider(million(), oaipmh.Options{Name: "Books", BaseURL: base, AdminEmails: []string{"oai@books.example"}}, article)
	if err != nil {
		b.Fatal(err)
	}
	req := httptest.NewRequest("GET", "/oai?"+query, nil)
	req.Header.Set("Accept-Encoding", coding)
	s := &sink{header: http.Header{}}
	p.ServeHTTP(s, req)
	b.SetBytes(int64(s.n))
	b.ReportAllocs()
	for b.Loop() {
		p.ServeHTTP(s, req)
	}
	b.ReportMetric(float64(records*b.N)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkListRecords compares pages of 200 records at the start, in the
// middle and at the end of a million.
func BenchmarkListRecords(b *testing.B) {
	const list = "verb=ListRecords&metadataPrefix=oai_dc"
	window := func(i int) string {
		return list + "&from=" + day(1).Add(time.Duration(i/10)*time.Second).Format("2006-01-02T15:04:05Z")
	}
	for name, query := range map[string]string{
		"first":    list + "&until=2023-05-01T12:00:19Z",
		"middle":   window(500_000) + "&until=" + day(1).Add(50_019*time.Second).Format("2006-01-02T15:04:05Z"),
		"last":     window(999_800),
		"counting": list,
		"in-a-set": list + "&set=kind",
	} {
		b.Run(name, func(b *testing.B) { benchmarkQuery(b, 200, query, "") })
	}
	for _, coding := range []string{"gzip", "zstd"} {
		b.Run(coding, func(b *testing.B) { benchmarkQuery(b, 200, list, coding) })
	}
}

func BenchmarkListIdentifiers(b *testing.B) {
	benchmarkQuery(b, 200, "verb=ListIdentifiers&metadataPrefix=oai_dc", "")
}

func BenchmarkGetRecord(b *testing.B) {
	benchmarkQuery(b, 1, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:0765432", "")
}

func BenchmarkMemoryPut(b *testing.B) {
	m := million()
	for i := 0; b.Loop(); i++ {
		id := fmt.Sprintf("oai:books.example:%07d", i*7919%1_000_000)
		if err := m.Put(oaipmh.Record[int]{Header: oaipmh.Header{Identifier: id, Datestamp: day(30)}, Value: i}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMemoryCount(b *testing.B) {
	m := million()
	for b.Loop() {
		if _, err := m.Count(b.Context(), oaipmh.Selection{Set: "kind", From: day(1).Add(time.Hour), Until: day(2)}); err != nil {
			b.Fatal(err)
		}
	}
}
