package dcat

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/knakk/rdf"
)

// A randomNode is a node to write, and what to expect of it.
type randomNode struct {
	iri   string
	label string // of a blank node; one with neither is nameless
	props []randomProp
}

type randomProp struct {
	predicate string
	objects   []randomObject
}

// A randomObject is a nested node, or the term that t holds as a user gives it.
type randomObject struct {
	node *randomNode
	t    Term
}

func (n *randomNode) write(e *Encoder) {
	if n.iri != "" {
		e.Begin(n.iri)
	} else {
		e.BeginBlank(n.label)
	}
	for _, p := range n.props {
		e.Predicate(p.predicate)
		for _, o := range p.objects {
			switch {
			case o.node != nil:
				o.node.write(e)
			case o.t.Kind == KindIRI:
				e.IRI(o.t.Value)
			case o.t.Kind == KindBlank:
				e.Blank(o.t.Value)
			case o.t.Datatype != "":
				e.Typed(o.t.Value, o.t.Datatype)
			default:
				e.Literal(o.t.Value, o.t.Lang)
			}
		}
	}
	e.End()
}

// expect appends the triples that the node means.
func (n *randomNode) expect(triples []Triple, nameless *int) ([]Triple, Term) {
	var s Term
	switch {
	case n.iri != "":
		s = Term{Kind: KindIRI, Value: expectIRI(n.iri)}
	case n.label != "":
		s = Term{Kind: KindBlank, Value: n.label}
	default:
		*nameless++
		s = Term{Kind: KindBlank, Value: fmt.Sprint("nameless ", *nameless)}
	}
	for _, p := range n.props {
		for _, o := range p.objects {
			t := o.t
			switch {
			case o.node != nil:
				triples, t = o.node.expect(triples, nameless)
			case t.Kind == KindIRI:
				t.Value = expectIRI(t.Value)
			case t.Kind == KindLiteral:
				t.Value, t.Lang = expectText(t.Value), strings.ToLower(t.Lang)
				if t.Datatype == xsdString {
					t.Datatype = ""
				}
			}
			triples = append(triples, Triple{s, Term{Kind: KindIRI, Value: p.predicate}, t})
		}
	}
	return triples, s
}

// expectText says the rule for literals once more, the slow way.
func expectText(s string) string {
	var b strings.Builder
	for _, r := range s { // a bad byte comes as U+FFFD
		switch {
		case r == '\v' || r == '\f':
			r = ' '
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}

// ucschar and iprivate of RFC 3987, section 2.2.
var (
	ucschar = `\x{A0}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFEF}` +
		`\x{10000}-\x{1FFFD}\x{20000}-\x{2FFFD}\x{30000}-\x{3FFFD}\x{40000}-\x{4FFFD}\x{50000}-\x{5FFFD}` +
		`\x{60000}-\x{6FFFD}\x{70000}-\x{7FFFD}\x{80000}-\x{8FFFD}\x{90000}-\x{9FFFD}\x{A0000}-\x{AFFFD}` +
		`\x{B0000}-\x{BFFFD}\x{C0000}-\x{CFFFD}\x{D0000}-\x{DFFFD}\x{E1000}-\x{EFFFD}`
	iprivate = `\x{E000}-\x{F8FF}\x{F0000}-\x{FFFFD}\x{100000}-\x{10FFFD}`
	pchar    = `(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~:/@!$&'()*+,;=` + ucschar + `-])`
	queried  = `(?:` + pchar + `|[?` + iprivate + `])`
	// iriGrammar allows brackets around an address, a query and a fragment.
	iriGrammar = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:(?://\[[0-9A-Fa-f:.]*\])?` +
		pchar + `*(?:\?` + queried + `*)?(?:#(?:` + pchar + `|\?)*)?$`)
)

// excluded are the characters that are encoded though the grammar has them.
var excluded = regexp.MustCompile(`[\x{FFFD}\x{FEFF}\p{Z}\x{85}\x{61C}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}]`)

// expectIRI says the rule for IRIs once more, but for dot segments: from the
// left, encode what keeps the text from being the start of an IRI.
func expectIRI(s string) string {
	done := ""
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		c := s[i : i+size]
		if c == "%" && i+3 <= len(s) && iriGrammar.MatchString("x:"+s[i:i+3]) {
			c, size = s[i:i+3], 3
		}
		if !utf8.ValidString(c) || excluded.MatchString(c) || !iriGrammar.MatchString(done+c) && strings.Contains(done, ":") {
			c = fmt.Sprintf(strings.Repeat("%%%02X", size), bytesAsAny(c)...)
		}
		done += c
		i += size
	}
	return done
}

func bytesAsAny(s string) (args []any) {
	for _, c := range []byte(s) {
		args = append(args, c)
	}
	return args
}

// A generator makes random graphs.
type generator struct {
	*rand.Rand
	room int // nodes to go
	// One object of so many is a node, one literal of so many is a page long;
	// none is if that is zero.
	nodes, pages int
}

var fragments = []string{
	"", " ", "  \n ", "texte", "L’« école »", "\"", "\\", "\\u0041", "\\n", "'", "''", "\"\"\"", "<b>", "&amp;", "]]>", "<!--", "\r\n", "\r", "\t", "\x00", "\x1f",
	"\v\f", "\x7f", "\u0080\u0085", "\u2028", "\ufffe\uffff", "\xff\xc3", "\xed\xa0\x80", "שלום", "\u202eمرحبا\u202c", "日本語", "😀", "\U0010FFFF", "\U0001FFFE", "e\u0301", "\ufeff", "%20", "{}|^`", "#", "@fr", "^^", "_:x",
}

func (g *generator) text() string {
	var b strings.Builder
	for range g.IntN(5) {
		if g.IntN(3) > 0 {
			b.WriteString(fragments[g.IntN(len(fragments))])
		} else {
			b.WriteRune(rune(g.IntN(utf8.MaxRune + 1)))
		}
	}
	return b.String()
}

func (g *generator) iri() string {
	starts := []string{"http://example.org/", "https://example.org/a?b=", "urn:x:", "info:hdl/", "geo:48.8,2.3", "http://example.org/#", "mailto:a@example.org", "http://example.org/d/"}
	s := starts[g.IntN(len(starts))]
	if g.IntN(2) == 0 {
		return s + fmt.Sprint(g.IntN(20))
	}
	return s + strings.ReplaceAll(g.text(), "/.", "/")
}

func (g *generator) predicate() string {
	names := []string{rdfType, iriDCT("title"), iriDCT("description"), "http://www.w3.org/ns/dcat#dataset", "http://xmlns.com/foaf/0.1/name", "http://xmlns.com/foaf/0.1/page", "http://example.org/ns/_a-1", "urn:p:x", "http://example.org/é?a&b='c", rdfNS + "_1", "http://example.org/123x"}
	return names[g.IntN(len(names))]
}

func iriDCT(local string) string { return "http://purl.org/dc/terms/" + local }

func (g *generator) term() Term {
	switch g.IntN(6) {
	case 0, 1:
		return Term{Kind: KindIRI, Value: g.iri()}
	case 2:
		return Term{Kind: KindBlank, Value: fmt.Sprint("node-", g.IntN(4))}
	case 3:
		datatypes := []string{xsdNS + "date", xsdString, "http://example.org/type", rdfNS + "XMLLiteral", "urn:t:1"}
		return Term{Kind: KindLiteral, Value: g.text(), Datatype: datatypes[g.IntN(len(datatypes))]}
	}
	tags := []string{"", "fr", "fr-FR", "zh-Hant-TW", "ar", "x-a-1"}
	return Term{Kind: KindLiteral, Value: g.page() + g.text(), Lang: tags[g.IntN(len(tags))]}
}

// page returns a long text, or none.
func (g *generator) page() string {
	if g.pages == 0 || g.IntN(g.pages) > 0 {
		return ""
	}
	return strings.Repeat("page ", g.IntN(flushSize/4))
}

func (g *generator) node() *randomNode {
	g.room--
	n := new(randomNode)
	switch g.IntN(4) {
	case 0:
	case 1:
		n.label = fmt.Sprint("node-", g.IntN(4))
	default:
		n.iri = g.iri()
	}
	used := make(map[string]bool)
	for range g.IntN(6) {
		p := randomProp{predicate: g.predicate()}
		if used[p.predicate] {
			continue
		}
		used[p.predicate] = true
		for range g.IntN(4) {
			o := randomObject{t: g.term()}
			if g.room > 0 && g.IntN(g.nodes) == 0 {
				o.node = g.node()
			}
			p.objects = append(p.objects, o)
		}
		n.props = append(n.props, p)
	}
	return n
}

// randomGraph returns the nodes of a small random graph.
func randomGraph(seed uint64) (nodes []*randomNode, want []Triple) {
	return (&generator{Rand: rand.New(rand.NewPCG(seed, 1)), room: 12, nodes: 3}).graph()
}

func (g *generator) graph() (nodes []*randomNode, want []Triple) {
	nameless := 0
	for range 1 + g.IntN(3) {
		n := g.node()
		nodes = append(nodes, n)
		want, _ = n.expect(want, &nameless)
	}
	return nodes, want
}

func encode(t testing.TB, s Syntax, nodes []*randomNode) []byte {
	t.Helper()
	var b bytes.Buffer
	e := NewEncoder(&b, s)
	for _, n := range nodes {
		n.write(e)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRandomGraphs writes random graphs in every syntax and reads them back.
func TestRandomGraphs(t *testing.T) {
	for seed := range uint64(400) {
		nodes, want := randomGraph(seed)
		for _, s := range Syntaxes() {
			t.Run(fmt.Sprint(s, "/", seed), func(t *testing.T) {
				document := encode(t, s, nodes)
				defer func() {
					if t.Failed() {
						t.Logf("%s", document)
					}
				}()
				sameGraph(t, want, collect(t, Decode(bytes.NewReader(document), s, "")))
			})
		}
	}
}

// TestLargeRandomGraphs does so with nodes that are written out in many pieces,
// wherever they stand in one another.
func TestLargeRandomGraphs(t *testing.T) {
	for seed := range uint64(12) {
		g := &generator{Rand: rand.New(rand.NewPCG(seed, 2)), room: 60, nodes: 3, pages: 1}
		nodes, want := g.graph()
		for _, s := range Syntaxes() {
			t.Run(fmt.Sprint(s, "/", seed), func(t *testing.T) {
				document := encode(t, s, nodes)
				t.Logf("%d bytes, %d triples", len(document), len(want))
				sameGraph(t, want, collect(t, Decode(bytes.NewReader(document), s, "")))
			})
		}
	}
}

// TestKnakkReadsTheSame has random graphs read by a decoder that is not ours.
func TestKnakkReadsTheSame(t *testing.T) {
	for seed := range uint64(200) {
		nodes, want := randomGraph(seed)
		for s, theirs := range map[Syntax]rdf.Format{Turtle: rdf.Turtle, NTriples: rdf.NTriples} {
			t.Run(fmt.Sprint(s, "/", seed), func(t *testing.T) {
				document := encode(t, s, nodes)
				triples, err := rdf.NewTripleDecoder(bytes.NewReader(document), theirs).DecodeAll()
				if err != nil {
					t.Fatalf("%v\n%s", err, document)
				}
				var got []Triple
				for _, triple := range triples {
					got = append(got, Triple{knakkTerm(triple.Subj), knakkTerm(triple.Pred), knakkTerm(triple.Obj)})
				}
				sameGraph(t, want, got)
			})
		}
	}
}

func knakkTerm(t rdf.Term) Term {
	switch t := t.(type) {
	case rdf.IRI:
		return Term{Kind: KindIRI, Value: t.String()}
	case rdf.Blank:
		return Term{Kind: KindBlank, Value: t.String()}
	case rdf.Literal:
		term := Term{Kind: KindLiteral, Value: t.String(), Lang: t.Lang(), Datatype: t.DataType.String()}
		if term.Datatype == xsdString || term.Lang != "" {
			term.Datatype = ""
		}
		return term
	}
	panic(fmt.Sprintf("%T", t))
}

// FuzzEncoder writes values of any kind in every syntax: all refuse them, or
// all give them back.
func FuzzEncoder(f *testing.F) {
	for i, s := range fragments {
		f.Add(s, "fr", "http://example.org/"+s, "http://example.org/type", "label"+s, uint64(i))
	}
	f.Add("", "", "", "", "", uint64(0))
	f.Add("x", "zh-Hant", "dct:title", xsdString, "g1", uint64(1))
	f.Fuzz(func(t *testing.T, value, lang, iri, datatype, label string, seed uint64) {
		nodes, _ := randomGraph(seed)
		if label == "" {
			label = "x"
		}
		literal := func(t Term) randomObject { t.Kind, t.Value = KindLiteral, value; return randomObject{t: t} }
		nodes = append(nodes, &randomNode{iri: iri, props: []randomProp{
			{iriDCT("title"), []randomObject{literal(Term{Lang: lang}), literal(Term{Datatype: datatype})}},
			{iriDCT("relation"), []randomObject{{t: Term{Value: iri}}, {t: Term{Kind: KindBlank, Value: label}}}},
			{iriDCT("source"), []randomObject{{node: &randomNode{label: label}}}},
		}})
		first, want := error(nil), []Triple(nil)
		for i, s := range Syntaxes() {
			var b bytes.Buffer
			e := NewEncoder(&b, s)
			for _, n := range nodes {
				n.write(e)
			}
			err := e.Close()
			if i == 0 {
				first = err
			}
			if (err == nil) != (first == nil) {
				t.Fatalf("%s: %v, but %s: %v", s, err, Turtle, first)
			}
			if err != nil {
				continue
			}
			if s == JSONLD && !likedByJSONGold(want) {
				return
			}
			got := collect(t, Decode(&b, s, ""))
			if i == 0 {
				want = got
			}
			sameGraph(t, want, got)
		}
	})
}
