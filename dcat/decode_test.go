package dcat

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
)

const base = "http://base.example/dir/doc?q#f"

// A decodeTest has a document of others, and what it says as N-Triples in
// which s, p and o stand for short IRIs.
type decodeTest struct{ name, document, want string }

func (d decodeTest) run(t *testing.T, s Syntax) {
	t.Run(d.name, func(t *testing.T) {
		got := collect(t, Decode(strings.NewReader(d.document), s, base))
		sameGraph(t, collect(t, Decode(strings.NewReader(d.want), NTriples, "")), got)
		one := collect(t, Decode(iotest.OneByteReader(strings.NewReader(d.document)), s, base))
		sameGraph(t, got, one)
	})
}

const anInteger, aBoolean = "<http://www.w3.org/2001/XMLSchema#integer>", "<http://www.w3.org/2001/XMLSchema#boolean>"

var turtleTests = []decodeTest{
	{"nothing", " # only a comment", ""},
	{"byte order mark", "\uFEFF<x:s> <x:p> <x:o> .", `<x:s> <x:p> <x:o> .`},
	{"no space where none is needed", "<x:s><x:p>\"a\"@fr,\"b\"^^<x:t>;<x:q><x:o>.", `<x:s> <x:p> "a"@fr . <x:s> <x:p> "b"^^<x:t> . <x:s> <x:q> <x:o> .`},
	{"comments between everything", "<x:s>#a\n<x:p>#b.\n<x:o>#c\r\n.#d", `<x:s> <x:p> <x:o> .`},
	{"prefixes of both styles", "@prefix a: <x:a> . PREFIX b: <x:b>\nprefix c:<x:c> a:1 b:2 c:3 .", `<x:a1> <x:b2> <x:c3> .`},
	{"prefix that changes", "PREFIX a: <x:1/> a:s a:p a:o . PREFIX a: <x:2/> a:s a:p a:o .", `<x:1/s> <x:1/p> <x:1/o> . <x:2/s> <x:2/p> <x:2/o> .`},
	{"prefix named like a keyword", "PREFIX prefix: <x:> PREFIX a: <y:> PREFIX true: <z:> prefix:s a:p true:o .", `<x:s> <y:p> <z:o> .`},
	{"empty prefix and empty name", "@prefix : <x:> . : :p : .", `<x:> <x:p> <x:> .`},
	{"names with dots, digits, colons and escapes", "@prefix a: <x:> . a:1.2..3 a:b:c a:d\\,e%20\\~, a:é.", `<x:1.2..3> <x:b:c> <x:d,e%20~> . <x:1.2..3> <x:b:c> <x:é> .`},
	{"bases", "<s> <?p> <#o> . @base <http://b.example/x/> . <s> <../p> </o> . BASE <y/z> <s> <> <//c.example> .",
		`<http://base.example/dir/s> <http://base.example/dir/doc?p> <http://base.example/dir/doc?q#o> .
		<http://b.example/x/s> <http://b.example/p> <http://b.example/o> .
		<http://b.example/x/y/s> <http://b.example/x/y/z> <http://c.example> .`},
	{"prefix at a base", "@base <http://b.example/> . @prefix a: <c/> . a:s a:p a:o .", `<http://b.example/c/s> <http://b.example/c/p> <http://b.example/c/o> .`},
	{"escapes in an IRI", `<x:\u00e9\U0001F600> <x:p> <x:a b> .`, `<x:é😀> <x:p> <x:a%20b> .`},
	{"texts of four kinds", `<x:s> <x:p> "a'b", 'a"b', """a"b""c
d\"""", '''e'f''g'''@FR-be .`, `<x:s> <x:p> "a'b" . <x:s> <x:p> "a\"b" . <x:s> <x:p> "a\"b\"\"c\nd\"" . <x:s> <x:p> "e'f''g"@fr-be .`},
	{"empty texts", `<x:s> <x:p> "", '', """""", ''''''@fr, ""^^<x:t> .`, `<x:s> <x:p> "" . <x:s> <x:p> ""@fr . <x:s> <x:p> ""^^<x:t> .`},
	{"escapes in a text", `<x:s> <x:p> "\t\b\n\r\f\"\'\\\u0041\U00000042" .`, `<x:s> <x:p> "\t\b\n\r\f\"'\\AB" .`},
	{"xsd:string is no datatype", `<x:s> <x:p> "a"^^<http://www.w3.org/2001/XMLSchema#string> .`, `<x:s> <x:p> "a" .`},
	{"datatype by name", `@prefix a: <x:> . a:s a:p "1"^^a:t, "2" ^^ a:t .`, `<x:s> <x:p> "1"^^<x:t> . <x:s> <x:p> "2"^^<x:t> .`},
	{"numbers", "<x:s> <x:p> 1, -2, +3.0, .5, 4.E1, 5e-1, 6.", `<x:s> <x:p> "1"^^` + anInteger + ` . <x:s> <x:p> "-2"^^` + anInteger + ` .
		<x:s> <x:p> "+3.0"^^<http://www.w3.org/2001/XMLSchema#decimal> . <x:s> <x:p> ".5"^^<http://www.w3.org/2001/XMLSchema#decimal> .
		<x:s> <x:p> "4.E1"^^<http://www.w3.org/2001/XMLSchema#double> . <x:s> <x:p> "5e-1"^^<http://www.w3.org/2001/XMLSchema#double> .
		<x:s> <x:p> "6"^^` + anInteger + ` .`},
	{"booleans", "<x:s> <x:p> true, false.", `<x:s> <x:p> "true"^^` + aBoolean + ` . <x:s> <x:p> "false"^^` + aBoolean + ` .`},
	{"a is rdf:type, and a name", "@prefix a: <x:> . a: a a:a ; a a: .", `<x:> <` + rdfType + `> <x:a> . <x:> <` + rdfType + `> <x:> .`},
	{"labels", "_:a.b <x:p> _:0_é . _:a.b <x:q> _:c.", `_:x <x:p> _:y . _:x <x:q> _:z .`},
	{"labels that look like ours", "_:g1 <x:p> [] . _:g2 <x:p> _:g-1 .", `_:a <x:p> _:b . _:c <x:p> _:d .`},
	{"nodes in brackets", "[] <x:p> [ <x:q> [] ; ] . [ <x:p> 1 ] . [ <x:p> 2 ] <x:q> 3 .",
		`_:a <x:p> _:b . _:b <x:q> _:c . _:d <x:p> "1"^^` + anInteger + ` . _:e <x:p> "2"^^` + anInteger + ` . _:e <x:q> "3"^^` + anInteger + ` .`},
	{"collections", "<x:s> <x:p> (), (1 [] ( <x:o> )) .", `<x:s> <x:p> <` + rdfNil + `> . <x:s> <x:p> _:a .
		_:a <` + rdfFirst + `> "1"^^` + anInteger + ` . _:a <` + rdfRest + `> _:b . _:b <` + rdfFirst + `> _:n . _:b <` + rdfRest + `> _:c .
		_:c <` + rdfFirst + `> _:d . _:c <` + rdfRest + `> <` + rdfNil + `> . _:d <` + rdfFirst + `> <x:o> . _:d <` + rdfRest + `> <` + rdfNil + `> .`},
	{"collection as a subject", "(1) <x:p> () .", `_:a <` + rdfFirst + `> "1"^^` + anInteger + ` . _:a <` + rdfRest + `> <` + rdfNil + `> . _:a <x:p> <` + rdfNil + `> .`},
	{"semicolons to spare", "<x:s> <x:p> <x:o> ; ;; <x:q> <x:o> ;; .", `<x:s> <x:p> <x:o> . <x:s> <x:q> <x:o> .`},
	{"controls in a text", "<x:s> <x:p> \"a\x00\x01\x7fb\", '''\x00\r\n''' .", "<x:s> <x:p> \"a\\u0000\x01\x7fb\" . <x:s> <x:p> \"\\u0000\\r\\n\" ."},
	{"bytes that are not UTF-8", "<x:\xe9> <x:p> \"\xff\" .", "<x:%E9> <x:p> \"\ufffd\" ."},
}

func TestDecodeTurtle(t *testing.T) {
	for _, test := range turtleTests {
		test.run(t, Turtle)
	}
}

func TestDecodeTurtleErrors(t *testing.T) {
	for _, test := range []struct{ name, document, want string }{
		{"end in a statement", "<x:s> <x:p>\n", "line 2: the document ends"},
		{"end in a text", "<x:s> <x:p> \"\"\"a\nb", "line 2: the document ends"},
		{"end in an IRI", "<x:s", "the document ends"},
		{"no full stop", "<x:s> <x:p> <x:o>\n<x:s>", "line 2"},
		{"text over two lines", "<x:s> <x:p> \"a\n\"", "not closed"},
		{"IRI over two lines", "<x:s\n>", "not closed"},
		{"backslash in an IRI", `<x:\n>`, "backslash"},
		{"escape that is none", `<x:s> <x:p> "\x" .`, `escape "\\x"`},
		{"escape of half a surrogate pair", `<x:s> <x:p> "\uD800" .`, "U+D800"},
		{"escape of no character", `<x:s> <x:p> "\UFFFFFFFF" .`, "U+FFFFFFFF"},
		{"escape cut short", `<x:s> <x:p> "\u12" .`, `\uXXXX`},
		{"prefix that nobody declared", "a:s a:p a:o .", `"a"`},
		{"text as a subject", `"a" <x:p> <x:o> .`, "a subject"},
		{"number as a predicate", `<x:s> 1 <x:o> .`, "a predicate"},
		{"blank node as a predicate", `<x:s> _:p <x:o> .`, "a predicate"},
		{"sign without a number", `<x:s> <x:p> + .`, "an object"},
		{"word without a meaning", `<x:s> <x:p> yes .`, `"yes"`},
		{"language that is none", `<x:s> <x:p> "a"@1 .`, "language"},
		{"directive that is none", `@prefixes a: <x:> .`, "prefix or base"},
		{"brackets that do not end", "<x:s> <x:p> [ <x:q> <x:o>", "the document ends"},
		{"escape that a name cannot have", "PREFIX a: <x:> a:\\z a:p a:o .", "escape"},
		{"nested without end", "<x:s> <x:p> " + strings.Repeat("(", 2*maxDepth), "deep"},
		{"NUL in an IRI", "<x:\x00> <x:p> <x:o> .", "IRI"},
	} {
		t.Run(test.name, func(t *testing.T) { wantSyntaxError(t, Turtle, test.document, test.want) })
	}
}

// wantSyntaxError reads a document that ends in an error.
func wantSyntaxError(t *testing.T, s Syntax, document, want string) {
	t.Helper()
	var last error
	for _, err := range Decode(strings.NewReader(document), s, base) {
		if last != nil {
			t.Fatalf("something follows the error %v", last)
		}
		last = err
	}
	var e *SyntaxError
	if !errors.As(last, &e) || e.Syntax != s || !strings.Contains(last.Error(), want) {
		t.Errorf("got %v, want an error of %s with %q", last, s, want)
	}
}

// TestDecodeGoesOn after an IRI that is none, and leaves out only its triples.
func TestDecodeGoesOn(t *testing.T) {
	for s, document := range map[Syntax]string{
		Turtle:   `<a> <x:p> <x:lost>, <x:lost> . <x:s> <x:p> "kept", <b>, "x"^^<c>, [ <x:q> "kept too" ] .`,
		NTriples: `<a> <x:p> <x:lost> . <x:s> <x:p> "kept" . <x:s> <x:p> <b> . <x:s> <x:p> "x"^^<c> . <x:s> <x:p> _:n . _:n <x:q> "kept too" .`,
		RDFXML: `<r:RDF xmlns:r="` + rdfNS + `" xmlns:x="x:"><r:Description r:about="a"><x:p r:resource="x:lost"/></r:Description>
			<r:Description r:about="x:s"><x:p>kept</x:p><x:p r:resource="b"/><x:p r:datatype="c">x</x:p><x:p><r:Description><x:q>kept too</x:q></r:Description></x:p></r:Description></r:RDF>`,
		JSONLD: `[{"@id": "a", "x:p": {"@id": "x:lost"}},
			{"@id": "x:s", "x:p": ["kept", {"@id": "b"}, {"x:q": "kept too"}]}]`,
	} {
		t.Run(s.String(), func(t *testing.T) {
			var got []Triple
			errs := 0
			for triple, err := range Decode(strings.NewReader(document), s, "") {
				if err == nil {
					got = append(got, triple)
				} else if errs++; !errors.Is(err, ErrIRI) {
					t.Error(err)
				}
			}
			sameGraph(t, collect(t, Decode(strings.NewReader(`<x:s> <x:p> "kept" . <x:s> <x:p> _:n . _:n <x:q> "kept too" .`), NTriples, "")), got)
			if errs < 2 {
				t.Errorf("%d errors, want one for each bad IRI", errs)
			}
		})
	}
}

func TestDecodeStopsWhenAsked(t *testing.T) {
	nodes, _ := benchDatasets(3)
	for _, s := range Syntaxes() {
		t.Run(s.String(), func(t *testing.T) {
			n := 0
			for range Decode(bytes.NewReader(encode(t, s, nodes)), s, "") {
				if n++; n == 5 {
					break
				}
			}
			for range Decode(strings.NewReader(strings.Repeat("<a> <b> <c> .\n", 9)), s, "") {
				break // at an error
			}
		})
	}
}

func TestDecodeReturnsTheErrorOfItsReader(t *testing.T) {
	nodes, _ := benchDatasets(30)
	broken := errors.New("the line is broken")
	for _, s := range Syntaxes() {
		t.Run(s.String(), func(t *testing.T) {
			document := encode(t, s, nodes)
			r := io.MultiReader(bytes.NewReader(document[:len(document)/2]), iotest.ErrReader(broken))
			var last error
			for _, err := range Decode(r, s, "") {
				last = err
			}
			if !errors.Is(last, broken) {
				t.Errorf("got %v, want %v", last, broken)
			}
		})
	}
}

// FuzzDecode reads anything as anything, writes what it got, and reads that.
func FuzzDecode(f *testing.F) {
	for i := range uint64(4) {
		nodes, _ := randomGraph(i)
		for _, s := range Syntaxes() {
			f.Add(uint8(s), encode(f, s, nodes))
		}
	}
	for _, test := range turtleTests {
		f.Add(uint8(Turtle), []byte(test.document))
	}
	for _, test := range rdfxmlTests {
		f.Add(uint8(RDFXML), []byte(rdfxmlDocument(test.document)))
	}
	for _, test := range jsonldTests {
		f.Add(uint8(JSONLD), []byte(test.document))
	}
	f.Fuzz(func(t *testing.T, syntax uint8, document []byte) {
		s := Syntax(syntax % 4)
		var triples []Triple
		for triple, err := range Decode(bytes.NewReader(document), s, base) {
			if err == nil && len(triples) < 200 {
				triples = append(triples, triple)
			}
		}
		for _, s := range Syntaxes() {
			again, err := rewrite(s, triples)
			if errors.Is(err, ErrPredicate) || s == JSONLD && !likedByJSONGold(triples) {
				return
			}
			if err != nil {
				t.Fatalf("%v\n%q", err, triples)
			}
			for i := range triples {
				triples[i].Object.Value = literalText(triples[i].Object)
			}
			sameGraph(t, triples, collect(t, Decode(bytes.NewReader(again), s, "")))
		}
	})
}

// likedByJSONGold reports whether net/url takes every datatype and predicate,
// without which json-gold refuses a document.
func likedByJSONGold(triples []Triple) bool {
	for _, t := range triples {
		for _, iri := range []string{t.Predicate.Value, t.Object.Datatype} {
			if _, err := url.Parse(iri); err != nil {
				return false
			}
		}
	}
	return true
}

func literalText(t Term) string {
	if t.Kind == KindLiteral {
		return expectText(t.Value)
	}
	return t.Value
}

// rewrite writes each triple as a node of its own.
func rewrite(s Syntax, triples []Triple) ([]byte, error) {
	var b bytes.Buffer
	e := NewEncoder(&b, s)
	for _, t := range triples {
		n := randomNode{iri: t.Subject.Value, props: []randomProp{{t.Predicate.Value, []randomObject{{t: t.Object}}}}}
		if t.Subject.Kind == KindBlank {
			n.iri, n.label = "", t.Subject.Value
		}
		n.write(e)
	}
	err := e.Close()
	return b.Bytes(), err
}

func ExampleDecode() {
	document := `PREFIX dct: <http://purl.org/dc/terms/>
		<dataset/1> dct:title "Enquête"@FR .`
	for t, err := range Decode(strings.NewReader(document), Turtle, "https://example.org/") {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(t)
	}
	// Output: <https://example.org/dataset/1> <http://purl.org/dc/terms/title> "Enquête"@fr .
}
