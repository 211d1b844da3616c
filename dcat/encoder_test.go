package dcat

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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

// A node may have more predicates than an Encoder keeps names, and name each
// several times in turn.
func TestManyPredicates(t *testing.T) {
	for _, s := range Syntaxes() {
		e := NewEncoder(io.Discard, s)
		e.Begin("http://example.org/s")
		for i := range maxNames + 10 {
			for range 2 {
				e.Predicate(fmt.Sprintf("http://example.org/ns/p%d", i))
				e.Literal("x", "")
			}
		}
		e.End()
		if err := e.Close(); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestUsualLang(t *testing.T) {
	for a := range 256 {
		for b := range 256 {
			tag := string([]byte{byte(a), byte(b)})
			if got, err := cleanLang(tag); isUsualLang(tag) != (err == nil && got == tag) {
				t.Errorf("isUsualLang(%q) = %t, but cleanLang: %q, %v", tag, isUsualLang(tag), got, err)
			}
		}
	}
}

// TestEncoderErrors shows what an Encoder refuses, in every syntax alike.
func TestEncoderErrors(t *testing.T) {
	const s, p = "http://example.org/s", "http://example.org/ns/p"
	tests := []struct {
		name string
		do   func(e *Encoder)
		want error
	}{
		{"object without a node", func(e *Encoder) { e.IRI(s) }, ErrOrder},
		{"object without a predicate", func(e *Encoder) { e.Begin(s); e.Literal("x", "") }, ErrOrder},
		{"node without a predicate inside a node", func(e *Encoder) { e.Begin(s); e.BeginBlank("") }, ErrOrder},
		{"predicate without a node", func(e *Encoder) { e.Predicate(p) }, ErrOrder},
		{"end without a node", func(e *Encoder) { e.End() }, ErrOrder},
		{"node that does not end", func(e *Encoder) { e.Begin(s) }, ErrOrder},
		{"predicate that comes back", func(e *Encoder) {
			e.Begin(s)
			e.Predicate(p)
			e.Literal("x", "")
			e.Predicate(p + "2")
			e.Predicate(p)
		}, ErrOrder},
		{"anything after Close", func(e *Encoder) { e.Close(); e.Begin(s); e.End() }, ErrOrder},
		{"relative subject", func(e *Encoder) { e.Begin("d/1") }, ErrIRI},
		{"empty subject", func(e *Encoder) { e.Begin("") }, ErrIRI},
		{"relative predicate", func(e *Encoder) { e.Begin(s); e.Predicate("p") }, ErrIRI},
		{"relative object", func(e *Encoder) { e.Begin(s); e.Predicate(p); e.IRI("//example.org/") }, ErrIRI},
		{"relative datatype", func(e *Encoder) { e.Begin(s); e.Predicate(p); e.Typed("1", "int") }, ErrIRI},
		{"name that nobody expanded", func(e *Encoder) { e.Begin("dct:title") }, ErrIRI},
		{"blank node as an IRI", func(e *Encoder) { e.Begin("_:x") }, ErrIRI},
		{"predicate without a local name", func(e *Encoder) { e.Begin(s); e.Predicate("http://example.org/") }, ErrPredicate},
		{"predicate that ends in a digit alone", func(e *Encoder) { e.Begin(s); e.Predicate("http://example.org/1") }, ErrPredicate},
		{"predicate that ends beyond ASCII", func(e *Encoder) { e.Begin(s); e.Predicate("http://example.org/é") }, ErrPredicate},
		{"predicate that RDF/XML keeps", func(e *Encoder) { e.Begin(s); e.Predicate(rdfNS + "about") }, ErrPredicate},
		{"predicate that XML keeps", func(e *Encoder) { e.Begin(s); e.Predicate("http://www.w3.org/2000/xmlns/p") }, ErrPredicate},
		{"language in words", func(e *Encoder) { e.Begin(s); e.Predicate(p); e.Literal("x", "French language") }, ErrTerm},
		{"language with an underscore", func(e *Encoder) { e.Begin(s); e.Predicate(p); e.Literal("x", "fr_FR") }, ErrTerm},
		{"language with an empty part", func(e *Encoder) { e.Begin(s); e.Predicate(p); e.Literal("x", "fr-") }, ErrTerm},
		{"language that begins with a digit", func(e *Encoder) { e.Begin(s); e.Predicate(p); e.Literal("x", "1fr") }, ErrTerm},
		{"language with a part of nine", func(e *Encoder) { e.Begin(s); e.Predicate(p); e.Literal("x", "fr-abcdefghi") }, ErrTerm},
		{"rdf:langString without a language", func(e *Encoder) { e.Begin(s); e.Predicate(p); e.Typed("x", rdfLangString) }, ErrTerm},
		{"reference to a node without a label", func(e *Encoder) { e.Begin(s); e.Predicate(p); e.Blank("") }, ErrTerm},
	}
	for _, test := range tests {
		for _, syntax := range Syntaxes() {
			t.Run(test.name+"/"+syntax.String(), func(t *testing.T) {
				e := NewEncoder(io.Discard, syntax)
				test.do(e)
				err := e.Close()
				if !errors.Is(err, test.want) {
					t.Errorf("got %v, want one that is %q", err, test.want)
				}
				e.Begin(s)
				e.End()
				if again := e.Close(); again != err || e.Err() != err {
					t.Errorf("later got %v and %v, want %v for good", again, e.Err(), err)
				}
			})
		}
	}
}

// A brokenPipe takes so many bytes and then fails.
type brokenPipe struct{ room int }

var errPipe = errors.New("the reader has gone")

func (p *brokenPipe) Write(b []byte) (int, error) {
	if p.room -= len(b); p.room < 0 {
		return 0, errPipe
	}
	return len(b), nil
}

func TestEncoderKeepsTheErrorOfItsWriter(t *testing.T) {
	for _, s := range Syntaxes() {
		t.Run(s.String(), func(t *testing.T) {
			e := NewEncoder(&brokenPipe{1 << 20}, s)
			e.Begin("http://example.org/catalog")
			e.Predicate("http://www.w3.org/ns/dcat#dataset")
			n := 0
			for ; n < 1e6 && e.Err() == nil; n++ {
				benchDataset(n).write(e)
			}
			if err := e.Close(); err != errPipe || n == 1e6 {
				t.Errorf("got %v after %d data sets, want %v soon", err, n, errPipe)
			}
		})
	}
}

// TestEncoderStreams writes one node with very many nodes inside, and looks at
// how much text waits in memory.
func TestEncoderStreams(t *testing.T) {
	const most = 4 * flushSize
	for _, s := range Syntaxes() {
		t.Run(s.String(), func(t *testing.T) {
			var largest largestWrite
			e := NewEncoder(&largest, s)
			e.Begin("http://example.org/catalog")
			e.Predicate("http://www.w3.org/ns/dcat#dataset")
			node := benchDataset(1)
			for range 5000 {
				node.write(e)
			}
			e.Predicate(iri(t, "dct:title"))
			e.Literal("after the data sets", "en")
			e.End()
			room := e.workspace
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			if largest > most || cap(room.buf) > 2*most {
				t.Errorf("wrote %d bytes at once from a buffer of %d, want at most %d", largest, cap(room.buf), most)
			}
			for i, l := range room.levels {
				if cap(l.block)+cap(l.inside) > 2*most {
					t.Errorf("level %d holds %d and %d bytes", i, cap(l.block), cap(l.inside))
				}
			}
		})
	}
}

type largestWrite int

func (l *largestWrite) Write(b []byte) (int, error) {
	*l = max(*l, largestWrite(len(b)))
	return len(b), nil
}

// TestEncoderOfManyNodes reads back what had to be written before it was
// whole: arrays of JSON-LD, nodes of Turtle that start again.
func TestEncoderOfManyNodes(t *testing.T) {
	root := &randomNode{iri: "http://example.org/catalog", props: []randomProp{
		{iriDCT("title"), []randomObject{{t: Term{Kind: KindLiteral, Value: "one"}}}},
		{"http://www.w3.org/ns/dcat#dataset", nil},
		{iriDCT("description"), []randomObject{{t: Term{Kind: KindLiteral, Value: strings.Repeat("long ", 20000)}}}},
	}}
	for i := range 200 {
		root.props[1].objects = append(root.props[1].objects, randomObject{node: benchDataset(i)})
	}
	want, _ := root.expect(nil, new(int))
	for _, s := range Syntaxes() {
		t.Run(s.String(), func(t *testing.T) {
			sameGraph(t, want, collect(t, Decode(bytes.NewReader(encode(t, s, []*randomNode{root})), s, "")))
		})
	}
}

// TestEncoderAllocates less than once for a triple.
func TestEncoderAllocates(t *testing.T) {
	nodes, triples := benchDatasets(200)
	for _, s := range Syntaxes() {
		t.Run(s.String(), func(t *testing.T) {
			each := testing.AllocsPerRun(3, func() {
				if err := writeDatasets(io.Discard, s, nodes); err != nil {
					t.Fatal(err)
				}
			}) / float64(triples)
			if each > 0.5 {
				t.Errorf("%.2f allocations a triple", each)
			}
		})
	}
}

func ExampleEncoder() {
	e := NewEncoder(os.Stdout, NTriples)
	e.Begin("https://example.org/dataset/1")
	e.Predicate("http://purl.org/dc/terms/title")
	e.Literal("Enquête", "fr")
	e.Predicate("http://www.w3.org/ns/dcat#distribution")
	e.Begin("https://example.org/dataset/1/csv") // the object, and a node
	e.Predicate("http://www.w3.org/ns/dcat#byteSize")
	e.Typed("1024", "http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
	e.End()
	e.End()
	if err := e.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// <https://example.org/dataset/1> <http://purl.org/dc/terms/title> "Enquête"@fr .
	// <https://example.org/dataset/1> <http://www.w3.org/ns/dcat#distribution> <https://example.org/dataset/1/csv> .
	// <https://example.org/dataset/1/csv> <http://www.w3.org/ns/dcat#byteSize> "1024"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger> .
}

// TestJSONLDArraysHaveSeveralMembers writes more than is written at a time: one
// object of a predicate is no array because of that.
func TestJSONLDArraysHaveSeveralMembers(t *testing.T) {
	nodes, triples := benchDatasets(300)
	var b bytes.Buffer
	if err := writeDatasets(&b, JSONLD, nodes); err != nil {
		t.Fatal(err)
	}
	if b.Len() < 4*flushSize {
		t.Fatalf("%d bytes are too few to see anything", b.Len())
	}
	if n := len(collect(t, Decode(bytes.NewReader(b.Bytes()), JSONLD, ""))); n != triples {
		t.Errorf("%d triples come back, want %d", n, triples)
	}
	var doc struct {
		Graph []any `json:"@graph"`
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	var look func(key string, v any)
	look = func(key string, v any) {
		switch v := v.(type) {
		case []any:
			if len(v) == 1 {
				t.Errorf("%s is an array of %v alone", key, v[0])
			}
			for _, member := range v {
				look(key, member)
			}
		case map[string]any:
			for k, member := range v {
				look(k, member)
			}
		}
	}
	for _, n := range doc.Graph {
		look("@graph", n)
	}
}

// What is written out in the middle of a node, with nameless ones and others in
// it, is read back as it was, wherever the middle is.
func TestNodesThatAreWrittenOutInTheMiddle(t *testing.T) {
	const iri = "https://example.org/"
	for _, length := range []int{10, 999, flushSize - 100, flushSize} {
		text := strings.Repeat("x", length)
		var want []string
		for _, s := range []Syntax{NTriples, Turtle, RDFXML, JSONLD} {
			var b bytes.Buffer
			e := NewEncoder(&b, s)
			e.Begin(iri)
			for _, p := range []string{"p", "q", "r"} {
				e.Predicate(iri + p)
				for i := range 4 * flushSize / (200 + length) {
					e.BeginBlank("")
					e.Predicate(iri + "text")
					e.Literal(text[:length/2], "")
					e.Predicate(iri + "inside")
					e.Begin(iri + p + strconv.Itoa(i))
					e.Predicate(iri + "text")
					e.Literal(text, "")
					e.Predicate(iri + "nameless")
					e.BeginBlank("")
					e.End()
					e.End()
					e.IRI(iri + "behind")
					e.End()
				}
			}
			e.End()
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			got := shape(t, b.Bytes(), s)
			if want == nil {
				want = got
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s of texts of %d: %d triples, want %d", s, length, len(got), len(want))
			}
		}
	}
}
