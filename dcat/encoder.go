package dcat

import (
	"errors"
	"fmt"
	"io"
)

// Errors that an [Encoder] wraps.
var (
	// ErrPredicate is wrapped where RDF/XML has no name for a predicate, that
	// is where it does not end in an ASCII letter or "_" followed by letters,
	// digits, "_" and "-". No syntax takes it then, so that every syntax can
	// say what one can.
	ErrPredicate = errors.New("RDF/XML cannot name it")
	// ErrOrder is wrapped where methods were called in a wrong order.
	ErrOrder = errors.New("wrong order of calls")
	// ErrTerm is wrapped for what is no language tag, label or datatype.
	ErrTerm = errors.New("not a term of RDF")
)

// An Encoder writes a graph as a stream, in memory that does not grow with
// the graph. Its user walks the graph once and need not know the syntax:
//
//	e := dcat.NewEncoder(w, dcat.Turtle)
//	e.Begin("https://example.org/catalog")
//	e.Predicate("http://purl.org/dc/terms/title")
//	e.Literal("Recherches", "fr")
//	e.Literal("Research", "en")
//	e.Predicate("http://www.w3.org/ns/dcat#dataset")
//	e.Begin("https://example.org/dataset/1") // the object, and a node
//	// …
//	e.End()
//	e.End()
//	err := e.Close()
//
// Nodes nest as JSON-LD and RDF/XML show them; Turtle writes a nested node
// that has an IRI after the node around it. The objects of one predicate come
// together: a node that comes back to a predicate it left is an error, as
// JSON-LD has no way to write it. Any node may begin several times, in any
// place, and be referred to by IRI before and after.
//
// All syntaxes hold the same triples. For that IRIs are percent-encoded where
// they hold what IRIs cannot, language tags are in lower case as RDF compares
// them, and what XML cannot carry is replaced in every literal: form feed and
// vertical tab by a space, other control characters, U+FFFE, U+FFFF and bytes
// that are not UTF-8 by U+FFFD.
//
// Errors are sticky: after the first one nothing more is written, and Err and
// Close return it.
type Encoder struct {
	*workspace
	w        io.Writer
	format   format
	frames   []frame
	top      *frame // the last one, nil if there is none
	object   Term   // scratch, to hand to the format
	datatype *name  // of the object, if it has one
	blanks   int    // anonymous nodes so far
	err      error
	closed   bool
}

// A format writes one syntax. It is called only in an order that is right,
// with terms that are clean.
type format interface {
	start()                       // before everything
	nest(n *Term, anonymous bool) // n, a node, is an object of the top frame's predicate
	begin()                       // the top frame is new
	object(t *Term)               // an object of the top frame's predicate
	end()                         // the top frame is about to go
	finish()                      // after everything
}

// NewEncoder returns an Encoder that writes to w. It has text to write at
// once, and does so when some tens of KiB are there and on Close.
func NewEncoder(w io.Writer, s Syntax) *Encoder {
	e := &Encoder{w: w, workspace: workspaces.Get().(*workspace)}
	switch s {
	case Turtle:
		e.format = &turtle{Encoder: e}
	case NTriples:
		e.format = &ntriples{Encoder: e}
	case RDFXML:
		e.format = &rdfxml{Encoder: e}
	case JSONLD:
		e.format = &jsonld{Encoder: e}
	default:
		e.err = fmt.Errorf("dcat: no syntax has the number %d", s)
		return e
	}
	e.format.start()
	return e
}

// Begin opens the node of an IRI: at the top of the document, or inside a
// node as an object of its predicate.
func (e *Encoder) Begin(iri string) {
	if !e.takes("node", iri) {
		return
	}
	clean, err := e.cleanIRI(iri)
	if err != nil {
		e.err = err
		return
	}
	e.begin(KindIRI, clean, false)
}

// BeginBlank opens a blank node. The label serves to refer to the node with
// [Encoder.Blank]; a node that nobody refers to needs none. Labels of ASCII
// letters, digits and "-" that begin with a letter are written as they are.
func (e *Encoder) BeginBlank(label string) {
	if !e.takes("blank node", label) {
		return
	}
	anonymous := label == ""
	if anonymous {
		e.blanks++
		label = blankLabel(e.blanks)
	} else {
		label = cleanLabel(label)
	}
	e.begin(KindBlank, label, anonymous)
}

// takes reports whether the document goes on.
func (e *Encoder) takes(what, name string) bool {
	if e.closed && e.err == nil {
		e.err = fmt.Errorf("dcat: %s %q after Close: %w", what, name, ErrOrder)
	}
	return e.err == nil
}

func (e *Encoder) begin(kind Kind, value string, anonymous bool) {
	if len(e.frames) > 0 && !e.wantsObject() || e.err != nil {
		return
	}
	n := len(e.frames)
	if n > 0 {
		e.object.set(kind, value, "", "")
		e.format.nest(&e.object, anonymous)
		e.top.objects++
	}
	if n < cap(e.frames) {
		e.frames = e.frames[:n+1]
	} else {
		e.frames = append(e.frames, frame{})
	}
	e.top = &e.frames[n]
	e.top.init(kind, value, anonymous)
	e.format.begin()
}

// Predicate says what the objects that follow are to the node.
func (e *Encoder) Predicate(iri string) {
	if e.err != nil {
		return
	}
	if e.top == nil {
		e.err = fmt.Errorf("dcat: predicate <%s> outside of a node: %w", iri, ErrOrder)
		return
	}
	f := e.top
	n, err := e.name(iri)
	switch {
	case err != nil:
		e.err = err
	case n.err != nil:
		e.err = n.err
	case n != f.predicate && f.use(n):
		e.err = fmt.Errorf("dcat: node %s comes back to predicate <%s>: %w", f.subject, iri, ErrOrder)
	}
}

// IRI writes an object that is an IRI.
func (e *Encoder) IRI(iri string) {
	if !e.wantsObject() {
		return
	}
	clean, err := e.cleanIRI(iri)
	if err != nil {
		e.err = err
		return
	}
	e.put(KindIRI, clean, "", "")
}

// Blank writes an object that is a blank node with a label, which begins
// elsewhere.
func (e *Encoder) Blank(label string) {
	if !e.wantsObject() {
		return
	}
	if label == "" {
		e.err = fmt.Errorf("dcat: a blank node without a label cannot be referred to: %w", ErrTerm)
		return
	}
	e.put(KindBlank, cleanLabel(label), "", "")
}

// Literal writes an object that is a text in a language (BCP 47), or an
// xsd:string where lang is empty.
func (e *Encoder) Literal(value, lang string) {
	if !e.wantsObject() {
		return
	}
	if lang != "" && !isUsualLang(lang) {
		if lang, e.err = cleanLang(lang); e.err != nil {
			return
		}
	}
	e.put(KindLiteral, value, lang, "")
}

// Typed writes an object that is a value of a datatype. The value is written
// as it is, whether the datatype knows it or not.
func (e *Encoder) Typed(value, datatype string) {
	if !e.wantsObject() {
		return
	}
	n, err := e.name(datatype)
	if err == nil && n.iri == rdfLangString {
		err = fmt.Errorf("dcat: rdf:langString without a language: %w", ErrTerm)
	}
	if err != nil {
		e.err = err
		return
	}
	if e.datatype = n; n.iri == xsdString {
		e.put(KindLiteral, value, "", "")
	} else {
		e.put(KindLiteral, value, "", n.iri)
	}
}

// put hands an object to the format.
func (e *Encoder) put(k Kind, value, lang, datatype string) {
	e.object.set(k, value, lang, datatype)
	e.format.object(&e.object)
	e.top.objects++
}

// End closes the node that began last.
func (e *Encoder) End() {
	if e.err != nil {
		return
	}
	if len(e.frames) == 0 {
		e.err = fmt.Errorf("dcat: end outside of a node: %w", ErrOrder)
		return
	}
	e.format.end()
	e.top = e.parent()
	e.frames = e.frames[:len(e.frames)-1]
}

// Err returns the first error. A walk over many records looks at it now and
// then, to stop when the reader has gone.
func (e *Encoder) Err() error { return e.err }

// Close ends the document and writes out what is buffered. It does not close
// the writer below.
func (e *Encoder) Close() error {
	if e.err == nil && len(e.frames) > 0 {
		e.err = fmt.Errorf("dcat: node %s does not end: %w", e.top.subject, ErrOrder)
	}
	if e.err == nil && !e.closed {
		e.format.finish()
		e.flush()
	}
	e.closed = true
	e.release()
	return e.err
}

// parent returns the frame below the top one, nil if there is none.
func (e *Encoder) parent() *frame {
	if len(e.frames) < 2 {
		return nil
	}
	return &e.frames[len(e.frames)-2]
}

func (e *Encoder) wantsObject() bool {
	return e.err == nil && e.top != nil && e.top.predicate != nil || e.wantsPredicate()
}

// wantsPredicate says so in an error, and is false.
func (e *Encoder) wantsPredicate() bool {
	if e.err == nil {
		e.err = fmt.Errorf("dcat: object without a predicate: %w", ErrOrder)
	}
	return false
}

func (e *Encoder) add(s string) { e.buf = append(e.buf, s...) }

// newLine begins a line with some indentation, of two spaces a step.
func (e *Encoder) newLine(steps int) {
	const spaces = "                                                                "
	e.buf = append(e.buf, '\n')
	for n := 2 * steps; n > 0; n -= len(spaces) {
		e.buf = append(e.buf, spaces[:min(n, len(spaces))]...)
	}
}

// flushSize is how much text gathers before it is written.
const flushSize = 32 << 10

func (e *Encoder) flush() {
	if e.err == nil && len(e.buf) > 0 {
		_, e.err = e.w.Write(e.buf)
	}
	e.buf = e.buf[:0]
}

func (e *Encoder) flushIfFull() {
	if len(e.buf) >= flushSize {
		e.flush()
	}
}
