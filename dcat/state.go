package dcat

import (
	"fmt"
	"strings"
)

// A frame is a node that has begun and not ended.
type frame struct {
	subject   Term
	anonymous bool // nobody refers to it: its label need not be written
	predicate *name
	seen      []*name // the predicates so far, but for those of used
	used      uint64  // a bit for each predicate so far whose number is below 64
	objects   int     // of this predicate so far

	// What the syntaxes keep of a node.
	open   bool   // its text has begun
	elem   *name  // RDF/XML: the element that it is, nil for rdf:Description
	mark   int    // JSON-LD: where a key ends that may be that of an array, or -1
	count  int    // predicates written since it opened
	typed  bool   // JSON-LD: the predicate is written as "@type"
	array  bool   // JSON-LD: the objects are in an array
	lead   []byte // N-Triples: the subject and a space
	level  int    // Turtle: the level that it is written to
	indent int    // Turtle: brackets around it in its block
	inside bool   // Turtle: brackets around it in any block
}

// init makes the frame that of a new node, field by field: a frame made
// elsewhere would have to be copied.
func (f *frame) init(kind Kind, value string, anonymous bool) {
	f.subject.set(kind, value, "", "")
	f.anonymous, f.predicate, f.seen, f.used, f.objects = anonymous, nil, f.seen[:0], 0, 0
	f.open, f.elem, f.mark, f.count, f.typed, f.array, f.level, f.indent, f.inside = false, nil, 0, 0, false, false, 0, 0, false
}

// A name is a predicate, a datatype or a class, with its form in each syntax.
type name struct {
	number  int // by age
	iri     string
	ntriple block  // <http://purl.org/dc/terms/title> and a space
	turtle  string // dct:title
	verb    block  // Turtle: " ;", a line feed, four spaces, dct:title or "a", and a space
	json    string // "dct:title"
	jsonKey string // "dct:title": and a space
	xml     string // dct:title
	xmlTag  string // <dct:title, with a declaration where that is not at the root
	xmlEnd  string // </dct:title>
	xmlType string // rdf:datatype="http://purl.org/dc/terms/title"
	known   bool   // its namespace is one of the prefixes
	typing  bool   // it is rdf:type
	// coercion is the type that the context of JSON-LD gives its objects.
	coercion string
	err      error // why it cannot be a name of an element
}

func newName(iri string) *name {
	namespace, local := splitName(iri)
	prefix, known := prefixOf(namespace)
	known = known && local != ""
	n := &name{iri: iri, known: known, typing: iri == rdfType, ntriple: newBlock("<" + iri + "> ")}
	n.turtle, n.json = "<"+iri+">", string(append(jsonQuoting.append([]byte{'"'}, iri), '"'))
	xmlns := ""
	if known {
		n.turtle, n.xml = prefix+":"+local, prefix+":"+local
		n.json = `"` + n.xml + `"`
		n.coercion = jsonldType[n.xml]
	} else {
		n.xml = "ns:" + local
		xmlns = string(append(xmlQuoting.append([]byte(` xmlns:ns="`), namespace), '"'))
	}
	n.jsonKey, n.verb = n.json+": ", newBlock(" ;\n    "+n.turtle+" ")
	if n.typing {
		n.verb = newBlock(" ;\n    a ")
	}
	n.xmlTag, n.xmlEnd = "<"+n.xml+xmlns, "</"+n.xml+">"
	n.xmlType = string(append(xmlQuoting.append([]byte(` rdf:datatype="`), iri), '"'))
	switch {
	case local == "" || strings.HasPrefix(namespace, "http://www.w3.org/XML/1998/namespace") || strings.HasPrefix(namespace, "http://www.w3.org/2000/xmlns/"):
		n.err = fmt.Errorf("dcat: predicate <%s>: %w", iri, ErrPredicate)
	case namespace == rdfNS && isReserved(local):
		n.err = fmt.Errorf("dcat: predicate <%s>: %w: RDF/XML keeps this name for itself", iri, ErrPredicate)
	}
	return n
}

// use makes n the predicate of the node, and reports whether it was used
// before and left.
func (f *frame) use(n *name) (again bool) {
	if n.number < 64 {
		f.predicate, f.objects = n, 0
		bit := uint64(1) << n.number
		again = f.used&bit != 0
		f.used |= bit
		return again
	}
	if f.predicate != nil && f.predicate.iri == n.iri {
		return false // made anew, as there are too many names to keep
	}
	f.predicate, f.objects = n, 0
	for _, s := range f.seen {
		if s.iri == n.iri {
			return true
		}
	}
	f.seen = append(f.seen, n)
	return false
}
