package dcat

import (
	"bytes"
	"context"
	"runtime"
	"testing"

	"github.com/gtnum/gtnum/model"
)

func load(t testing.TB, path string) *model.Catalogue {
	t.Helper()
	c, err := model.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func source(t testing.TB, catalogues ...*model.Catalogue) Source {
	t.Helper()
	s, err := NewSource(catalogues...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func export(t testing.TB, src Source, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Export(context.Background(), &b, src, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestExportGolden(t *testing.T) {
	src := source(t, load(t, "testdata/filled.yaml"))
	for _, p := range Profiles() {
		for _, s := range Syntaxes() {
			t.Run(p.Name+s.Ext(), func(t *testing.T) {
				golden(t, "testdata/filled."+p.Name+s.Ext(), export(t, src, Options{Syntax: s, Profile: p}))
			})
		}
	}
}

func TestSeedGolden(t *testing.T) {
	src := source(t, load(t, "../testdata/pleiades.yaml"))
	golden(t, "testdata/pleiades.ttl", export(t, src, Options{}))
}

// heap watches how much memory is in use while a document is written.
type heap struct{ written, peak int }

func (h *heap) Write(p []byte) (int, error) {
	if h.written += len(p); h.written > 1<<20 {
		h.written = 0
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		h.peak = max(h.peak, int(m.HeapAlloc))
	}
	return len(p), nil
}

func TestExportMemoryDoesNotGrowWithTheCatalogue(t *testing.T) {
	for _, s := range Syntaxes() {
		var peaks [2]int
		for i, records := range []int{1000, 5000} {
			var h heap
			if err := Export(context.Background(), &h, newGenerated(records), Options{Syntax: s}); err != nil {
				t.Fatal(err)
			}
			peaks[i] = h.peak
		}
		if peaks[1] > peaks[0]+2<<20 {
			t.Errorf("%s: %d bytes at 1,000 records, %d at 5,000", s, peaks[0], peaks[1])
		}
	}
}
