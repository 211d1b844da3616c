package dcat

import (
	"fmt"
	"strings"
)

// A Syntax is one of the ways to write an RDF graph.
type Syntax uint8

// The syntaxes that an [Encoder] writes and [Decode] reads.
const (
	Turtle   Syntax = iota // RDF 1.1 Turtle
	RDFXML                 // RDF 1.1 XML Syntax
	NTriples               // RDF 1.1 N-Triples
	JSONLD                 // JSON-LD 1.1, compacted, with its context inline
)

var syntaxes = [...]struct {
	name, mediaType, ext string
}{
	Turtle:   {"turtle", "text/turtle", ".ttl"},
	RDFXML:   {"rdfxml", "application/rdf+xml", ".rdf"},
	NTriples: {"ntriples", "application/n-triples", ".nt"},
	JSONLD:   {"jsonld", "application/ld+json", ".jsonld"},
}

// Syntaxes returns every syntax, the one to prefer first.
func Syntaxes() []Syntax { return []Syntax{Turtle, RDFXML, NTriples, JSONLD} }

// ParseSyntax returns the syntax of a name such as "turtle".
func ParseSyntax(name string) (Syntax, error) {
	names := make([]string, len(syntaxes))
	for s, row := range syntaxes {
		if row.name == name {
			return Syntax(s), nil
		}
		names[s] = row.name
	}
	return 0, fmt.Errorf("dcat: unknown syntax %q, choose one of %s", name, strings.Join(names, ", "))
}

// String returns the name of the syntax: "turtle", "rdfxml", "ntriples" or
// "jsonld".
func (s Syntax) String() string {
	if int(s) >= len(syntaxes) {
		return fmt.Sprintf("syntax %d", uint8(s))
	}
	return syntaxes[s].name
}

// MediaType returns the registered media type, without parameters.
func (s Syntax) MediaType() string { return syntaxes[s].mediaType }

// ContentType returns the media type with its charset, which several portals
// need: without it they read Turtle as Latin-1.
func (s Syntax) ContentType() string { return s.MediaType() + "; charset=utf-8" }

// Ext returns the usual ending of files, with its dot.
func (s Syntax) Ext() string { return syntaxes[s].ext }
