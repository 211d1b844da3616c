package crosswalk

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// BenchmarkAppend renders a thousand records of a made-up catalogue, one after
// another.
func BenchmarkAppend(b *testing.B) {
	records := made(1000)
	for _, f := range Formats(Options{}) {
		b.Run(f.Prefix, func(b *testing.B) {
			var buf []byte
			written := int64(0)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				var err error
				if buf, err = f.Append(buf[:0], records[i%len(records)]); err != nil {
					b.Fatal(err)
				}
				written += int64(len(buf))
			}
			b.SetBytes(written / int64(b.N))
		})
	}
}

func made(n int) (records []model.Record) {
	opts := generate.Options{Records: n, Seed: 1}
	heading := generate.Heading(opts)
	for o := range generate.Outputs(opts) {
		records = append(records, model.Record{Catalogue: heading, Output: o})
	}
	return records
}

// BenchmarkRecord makes the header and what goes with it, as when a catalogue
// is loaded.
func BenchmarkRecord(b *testing.B) {
	records := made(1000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Record(records[i%len(records)])
	}
}

// BenchmarkListRecords is a page of a thousand records through the provider;
// B/op and allocs/op are of the page.
func BenchmarkListRecords(b *testing.B) {
	formats := Formats(Options{})
	c := generate.Heading(generate.Options{Records: 1000, Seed: 1})
	for _, r := range made(1000) {
		c.Outputs = append(c.Outputs, *r.Output)
	}
	repo, err := Catalogue(formats, c)
	if err != nil {
		b.Fatal(err)
	}
	provider, err := oaipmh.NewProvider(repo, oaipmh.Options{
		Name: "Made up", BaseURL: "https://example.org/oai", AdminEmails: []string{"oai@example.org"}, PageSize: 1000,
	}, formats...)
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range formats {
		b.Run(f.Prefix, func(b *testing.B) {
			request := httptest.NewRequest("GET", "/oai?verb=ListRecords&metadataPrefix="+f.Prefix, nil)
			b.ReportAllocs()
			for b.Loop() {
				w := &counter{header: http.Header{}}
				provider.ServeHTTP(w, request)
				b.SetBytes(w.n)
			}
			b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

// counter is a client that reads everything and keeps nothing.
type counter struct {
	header http.Header
	n      int64
}

func (c *counter) Header() http.Header { return c.header }
func (c *counter) WriteHeader(int)     {}
func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// BenchmarkRead reads the full record back.
func BenchmarkRead(b *testing.B) {
	for _, prefix := range readFormats {
		metadata, err := formatOf(b, prefix).Append(nil, fullRecord())
		if err != nil {
			b.Fatal(err)
		}
		b.Run(prefix, func(b *testing.B) {
			b.SetBytes(int64(len(metadata)))
			for b.Loop() {
				if _, _, err := Read(harvested(string(metadata)), model.Origin{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
