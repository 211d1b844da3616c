package dcat

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// iri expands a shortened name of the declared prefixes.
func iri(t testing.TB, short string) string {
	t.Helper()
	prefix, local, _ := strings.Cut(short, ":")
	for _, p := range prefixes {
		if p.name == prefix {
			return p.iri + local
		}
	}
	t.Fatalf("%s: no such prefix", short)
	return ""
}

// sketch writes a small catalogue that uses everything an Encoder can do.
func sketch(t testing.TB, e *Encoder) {
	is := func(short string) { e.Predicate(iri(t, short)) }
	a := func(class string) { is("rdf:type"); e.IRI(iri(t, class)) }

	e.Begin("https://example.org/catalog?a=1&b=2")
	a("dcat:Catalog")
	e.IRI("https://example.org/ns/Kind")
	is("dct:title")
	e.Literal("Recherches « éducation »,\n\"numérique\" \\ <b>&amp;\t\U0001F600", "fr")
	e.Literal("Research", "en-GB")
	is("dct:publisher")
	e.BeginBlank("")
	a("foaf:Agent")
	is("foaf:name")
	e.Literal("Ministère", "")
	e.Literal("  ", "")
	is("foaf:page")
	e.BeginBlank("")
	e.End()
	e.BeginBlank("")
	is("dct:title")
	e.Literal("", "")
	is("foaf:maker")
	e.BeginBlank("person1")
	a("foaf:Person")
	e.End()
	e.End()
	e.End()
	e.Predicate("https://example.org/ns/made-by_1")
	e.IRI("https://example.org/a b<>\"{}|\\^`é")
	e.Blank("person1")
	is("rdfs:comment") // of which there are none
	is("dcat:dataset")
	for _, d := range []string{"https://example.org/d/1", "https://example.org/d/2"} {
		e.Begin(d)
		a("dcat:Dataset")
		is("dct:issued")
		e.Typed("2023-01-31", xsdNS+"date")
		is("dcat:keyword")
		e.Literal("école", "fr")
		e.Literal("collège", "fr")
		is("dcat:distribution")
		e.Begin(d + "/csv")
		a("dcat:Distribution")
		is("dcat:byteSize")
		e.Typed("12", xsdNS+"nonNegativeInteger")
		e.End()
		e.End()
	}
	is("foaf:homepage")
	e.IRI("https://example.org/")
	e.End()
	e.Begin("https://example.org/d/1") // once more
	is("dct:relation")
	e.Begin("https://example.org/d/2")
	e.End()
	e.End()
	e.Begin("https://example.org/nothing-said")
	e.End()
	e.BeginBlank("")
	a("dct:Standard")
	e.End()
}

func TestEncoderGolden(t *testing.T) {
	for _, s := range Syntaxes() {
		t.Run(s.String(), func(t *testing.T) {
			var b bytes.Buffer
			e := NewEncoder(&b, s)
			sketch(t, e)
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join("testdata", "encoder"+s.Ext()), b.Bytes())
		})
	}
}

// golden compares got with a file, or rewrites the file.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got; go test -update rewrites it):\n%s", file, diff)
	}
}

func TestSyntaxesHoldTheSameTriples(t *testing.T) {
	var first []Triple
	for _, s := range Syntaxes() {
		var b bytes.Buffer
		e := NewEncoder(&b, s)
		sketch(t, e)
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		got := collect(t, Decode(&b, s, ""))
		if first == nil {
			first = got
		}
		sameGraph(t, first, got)
	}
	if len(first) != 34 {
		t.Errorf("%d triples, want 34", len(first))
	}
}
