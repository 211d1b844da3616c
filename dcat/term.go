package dcat

import (
	"fmt"
	"strings"
)

// A Kind tells the three sorts of RDF terms apart.
type Kind uint8

// The kinds of terms of RDF 1.1 Concepts, section 3.1.
const (
	KindIRI Kind = iota
	KindBlank
	KindLiteral
)

// A Term is an IRI, a blank node or a literal. Terms are the same where they
// are equal by ==.
type Term struct {
	Kind Kind
	// Value is the IRI in full, the label of a blank node without "_:", or
	// the lexical form of a literal.
	Value string
	// Lang is the language tag of a literal, in lower case.
	Lang string
	// Datatype is the IRI of a literal's datatype. It is empty for
	// xsd:string, and for rdf:langString as Lang says that.
	Datatype string
}

// set makes the term another one, field by field: a term made elsewhere would
// have to be copied.
func (t *Term) set(kind Kind, value, lang, datatype string) {
	t.Kind, t.Value, t.Lang, t.Datatype = kind, value, lang, datatype
}

// String returns the term as N-Triples writes it.
func (t Term) String() string { return string(appendTerm(nil, &t)) }

// A Triple is one statement of a graph.
type Triple struct {
	Subject   Term // an IRI or a blank node
	Predicate Term // an IRI
	Object    Term
}

// String returns the triple as a line of N-Triples, without the line feed.
func (t Triple) String() string {
	b := append(appendTerm(nil, &t.Subject), ' ')
	b = append(appendTerm(b, &t.Predicate), ' ')
	return string(append(appendTerm(b, &t.Object), " ."...))
}

// isUsualLang reports whether a tag is two small letters, which cleanLang leaves
// as they are.
func isUsualLang(tag string) bool {
	return len(tag) == 2 && 'a' <= tag[0] && tag[0] <= 'z' && 'a' <= tag[1] && tag[1] <= 'z'
}

// cleanLang returns a language tag in lower case, which is how RDF compares
// them (RDF 1.1 Concepts, section 3.3).
func cleanLang(tag string) (string, error) {
	upper, sub := false, 0 // sub: letters and digits since the last "-"
	for i := 0; i < len(tag); i++ {
		c := tag[i]
		switch {
		case c == '-' && sub > 0:
			sub = -1
		case 'A' <= c && c <= 'Z':
			upper = true
		case 'a' <= c && c <= 'z':
		case '0' <= c && c <= '9' && strings.IndexByte(tag[:i], '-') > 0:
		default:
			sub = 8
		}
		if sub++; sub > 8 {
			break
		}
	}
	if sub == 0 || sub > 8 {
		return "", fmt.Errorf("dcat: language tag %q: %w", tag, ErrTerm)
	}
	if upper {
		tag = strings.ToLower(tag)
	}
	return tag, nil
}
