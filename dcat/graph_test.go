package dcat

import (
	"bytes"
	"context"
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
