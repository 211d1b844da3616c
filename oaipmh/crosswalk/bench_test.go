package crosswalk

import (
	"testing"

	"github.com/gtnum/gtnum/model"
)

// BenchmarkAppend renders a record with every field and a bare one.
func BenchmarkAppend(b *testing.B) {
	for _, f := range Formats(Options{}) {
		for name, r := range map[string]model.Record{"full": fullRecord(), "untitled": untitledRecord()} {
			b.Run(f.Prefix+"/"+name, func(b *testing.B) {
				var buf []byte
				b.ReportAllocs()
				for b.Loop() {
					var err error
					if buf, err = f.Append(buf[:0], r); err != nil {
						b.Fatal(err)
					}
				}
				b.SetBytes(int64(len(buf)))
			})
		}
	}
}

// BenchmarkRecord makes the header and what goes with it, as when a catalogue
// is loaded.
func BenchmarkRecord(b *testing.B) {
	r := fullRecord()
	b.ReportAllocs()
	for b.Loop() {
		Record(r)
	}
}
