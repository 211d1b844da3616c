package main

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/gtnum/gtnum/dcat"
	"github.com/knakk/rdf"
)

// A node is a subject with all that is said of it, as a walk over a catalogue
// has it at hand.
type node struct {
	subject dcat.Term
	said    []said
}

type said struct {
	predicate string
	objects   []dcat.Term
}

// load reads N-Triples, the triples of a subject together and those of its
// predicates too.
func load(r io.Reader) (nodes []*node, n int, err error) {
	at := make(map[dcat.Term]*node)
	for t, err := range dcat.Decode(r, dcat.NTriples, "") {
		if err != nil {
			return nil, 0, err
		}
		n++
		relabel(&t.Subject)
		relabel(&t.Object)
		s := at[t.Subject]
		if s == nil {
			s = &node{subject: t.Subject}
			at[t.Subject] = s
			nodes = append(nodes, s)
		}
		i := slices.IndexFunc(s.said, func(p said) bool { return p.predicate == t.Predicate.Value })
		if i < 0 {
			i = len(s.said)
			s.said = append(s.said, said{predicate: t.Predicate.Value})
		}
		s.said[i].objects = append(s.said[i].objects, t.Object)
	}
	return together(nodes, n), n, nil
}

// together lays nodes side by side in memory, and what is said of them too, as
// a list of triples would be that was read in this order.
func together(nodes []*node, triples int) []*node {
	predicates := 0
	for _, n := range nodes {
		predicates += len(n.said)
	}
	all, saids, objects := make([]node, 0, len(nodes)), make([]said, 0, predicates), make([]dcat.Term, 0, triples)
	for _, n := range nodes {
		all, saids = append(all, *n), append(saids, n.said...)
		for _, s := range n.said {
			objects = append(objects, s.objects...)
		}
	}
	for i := range all {
		n := &all[i]
		nodes[i] = n
		n.said, saids = saids[:len(n.said):len(n.said)], saids[len(n.said):]
		for j := range n.said {
			of := len(n.said[j].objects)
			n.said[j].objects, objects = objects[:of:of], objects[of:]
		}
	}
	return nodes
}

// relabel gives a blank node a label that every library writes as it is.
func relabel(t *dcat.Term) {
	if t.Kind == dcat.KindBlank {
		t.Value = "n" + strings.ReplaceAll(t.Value, "-", "x")
	}
}

func write(e *dcat.Encoder, nodes []*node) {
	for _, n := range nodes {
		if n.subject.Kind == dcat.KindBlank {
			e.BeginBlank(n.subject.Value)
		} else {
			e.Begin(n.subject.Value)
		}
		for i := range n.said {
			e.Predicate(n.said[i].predicate)
			for j := range n.said[i].objects {
				writeObject(e, &n.said[i].objects[j])
			}
		}
		e.End()
	}
}

func writeObject(e *dcat.Encoder, t *dcat.Term) {
	switch {
	case t.Kind == dcat.KindIRI:
		e.IRI(t.Value)
	case t.Kind == dcat.KindBlank:
		e.Blank(t.Value)
	case t.Datatype != "":
		e.Typed(t.Value, t.Datatype)
	default:
		e.Literal(t.Value, t.Lang)
	}
}

// A counter counts what it throws away.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// rounds yields what a Go library does in each syntax to write the triples
// once, and return the size of the text.
func rounds(peer string, file io.Reader) iter.Seq2[string, func() (int, error)] {
	return func(yield func(string, func() (int, error)) bool) {
		if peer == "knakk/rdf" {
			knakk(file, yield)
			return
		}
		nodes, _, err := load(file)
		for _, s := range dcat.Syntaxes() {
			if !yield(s.String(), func() (int, error) {
				if err != nil {
					return 0, err
				}
				var c counter
				e := dcat.NewEncoder(&c, s)
				write(e, nodes)
				err := e.Close()
				return int(c), err
			}) {
				return
			}
		}
	}
}

func knakk(file io.Reader, yield func(string, func() (int, error)) bool) {
	triples, err := rdf.NewTripleDecoder(file, rdf.NTriples).DecodeAll()
	for name, format := range map[string]rdf.Format{"turtle": rdf.Turtle, "ntriples": rdf.NTriples} {
		if !yield(name, func() (int, error) {
			if err != nil {
				return 0, err
			}
			var c counter
			e := rdf.NewTripleEncoder(&c, format)
			err := e.EncodeAll(triples)
			if err == nil {
				err = e.Close()
			}
			return int(c), err
		}) {
			return
		}
	}
}

// stream writes a catalogue of so many triples that nobody has in memory.
func stream(syntax string, triples int) error {
	s, err := dcat.ParseSyntax(syntax)
	if err != nil {
		return err
	}
	const of = 10 // triples a data set
	var c counter
	e := dcat.NewEncoder(&c, s)
	e.Begin("https://example.org/catalog")
	e.Predicate("http://www.w3.org/ns/dcat#dataset")
	var name bytes.Buffer
	for i := range triples / of {
		name.Reset()
		fmt.Fprintf(&name, "https://example.org/dataset/%d", i)
		dataset(e, name.String())
	}
	e.End()
	return e.Close()
}

// dataset writes ten triples, the one that leads to the data set included.
func dataset(e *dcat.Encoder, iri string) {
	const dct, ns = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#"
	e.Begin(iri)
	e.Predicate("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
	e.IRI(ns + "Dataset")
	e.Predicate(dct + "title")
	e.Literal("Enquête auprès des enseignants du secondaire", "fr")
	e.Literal("Survey of secondary school teachers", "en")
	e.Predicate(dct + "issued")
	e.Typed("2023-05-12", "http://www.w3.org/2001/XMLSchema#date")
	e.Predicate(ns + "distribution")
	e.Begin(iri + "/csv")
	e.Predicate("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
	e.IRI(ns + "Distribution")
	e.Predicate(ns + "accessURL")
	e.IRI(iri)
	e.Predicate(ns + "byteSize")
	e.Typed("1024", "http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
	e.End()
	e.Predicate(dct + "identifier")
	e.Literal(iri, "")
	e.End()
}
