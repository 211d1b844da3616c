package dcat

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/internal/generate"
)

// sample returns the triples of a generated catalogue.
func sample(t testing.TB, records int) []Triple {
	t.Helper()
	return collect(t, Decode(bytes.NewReader(export(t, source(t, generate.Catalogue(generate.Options{Records: records, Seed: 1})), Options{Syntax: NTriples})), NTriples, ""))
}

// A saidOf is a node with all that is said of it, as a walk would have it.
type saidOf struct {
	node  Term
	pairs []saidPair
}

type saidPair struct {
	predicate string
	objects   []Term
}

// bySubject groups triples. Labels of blank nodes get a form that is written
// as it is.
func bySubject(triples []Triple) (subjects []*saidOf) {
	at := make(map[Term]*saidOf)
	for _, t := range triples {
		relabel(&t.Subject)
		relabel(&t.Object)
		s := at[t.Subject]
		if s == nil {
			s = &saidOf{node: t.Subject}
			at[t.Subject] = s
			subjects = append(subjects, s)
		}
		i := slices.IndexFunc(s.pairs, func(p saidPair) bool { return p.predicate == t.Predicate.Value })
		if i < 0 {
			i = len(s.pairs)
			s.pairs = append(s.pairs, saidPair{predicate: t.Predicate.Value})
		}
		s.pairs[i].objects = append(s.pairs[i].objects, t.Object)
	}
	return subjects
}

func relabel(t *Term) {
	if t.Kind == KindBlank {
		t.Value = "n" + strings.ReplaceAll(t.Value, "-", "x")
	}
}

// replay writes every subject as a node of its own.
func replay(e *Encoder, subjects []*saidOf) {
	for _, s := range subjects {
		beginNode(e, s.node)
		for i := range s.pairs {
			e.Predicate(s.pairs[i].predicate)
			for j := range s.pairs[i].objects {
				putObject(e, &s.pairs[i].objects[j])
			}
		}
		e.End()
	}
}

func beginNode(e *Encoder, t Term) {
	if t.Kind == KindBlank {
		e.BeginBlank(t.Value)
	} else {
		e.Begin(t.Value)
	}
}

func putObject(e *Encoder, t *Term) {
	switch {
	case t.Kind == KindIRI:
		e.IRI(t.Value)
	case t.Kind == KindBlank:
		e.Blank(t.Value)
	case t.Datatype != "":
		e.Typed(t.Value, t.Datatype)
	default:
		e.Literal(t.Value, t.Lang)
	}
}

func BenchmarkEncoder(b *testing.B) {
	triples := sample(b, 1000)
	subjects := bySubject(triples)
	for _, s := range Syntaxes() {
		b.Run(s.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e := NewEncoder(io.Discard, s)
				replay(e, subjects)
				if err := e.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(triples)*b.N)/b.Elapsed().Seconds(), "triples/s")
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	triples := sample(b, 1000)
	subjects := bySubject(triples)
	for _, s := range Syntaxes() {
		b.Run(s.String(), func(b *testing.B) {
			var document bytes.Buffer
			e := NewEncoder(&document, s)
			replay(e, subjects)
			if err := e.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.SetBytes(int64(document.Len()))
			for b.Loop() {
				for _, err := range Decode(bytes.NewReader(document.Bytes()), s, "") {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(len(triples)*b.N)/b.Elapsed().Seconds(), "triples/s")
		})
	}
}
