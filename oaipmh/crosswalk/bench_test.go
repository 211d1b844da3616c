package crosswalk

import (
	"testing"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
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
