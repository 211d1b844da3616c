package dcat

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// A SyntaxError says where a document breaks the rules of its syntax.
type SyntaxError struct {
	Syntax  Syntax
	Line    int // from 1; 0 where it is not known
	Message string
}

// Error returns the syntax, the line and the message.
func (e *SyntaxError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("dcat: %s: %s", e.Syntax, e.Message)
	}
	return fmt.Sprintf("dcat: %s: line %d: %s", e.Syntax, e.Line, e.Message)
}

// Decode reads the triples of a document while they come; only JSON-LD is
// read as a whole. Relative IRIs are resolved against base, the address of
// the document, which may be empty.
//
// IRIs and language tags come as an [Encoder] writes them. A label of a blank
// node is kept where an Encoder would keep it, and means one node in one
// document.
//
// For an IRI that cannot be made absolute the sequence yields an error that
// wraps [ErrIRI], leaves out the triples of it, and goes on. Any other error
// is the last thing that it yields: a [*SyntaxError], or what r returned.
//
// Nothing is ever fetched: a JSON-LD document whose context is elsewhere is an
// error.
func Decode(r io.Reader, s Syntax, base string) iter.Seq2[Triple, error] {
	return func(yield func(Triple, error) bool) {
		d := &decoder{syntax: s, base: base, yield: yield, iris: make(map[string]Term)}
		r := withoutMark(r)
		var err error
		switch s {
		case Turtle, NTriples: // of which the second is a part of the first
			err = d.turtle(r)
		case RDFXML:
			err = d.rdfxml(r)
		case JSONLD:
			err = d.jsonld(r)
		default:
			err = fmt.Errorf("dcat: no syntax has the number %d", s)
		}
		if err != nil && !d.stopped {
			yield(Triple{}, err)
		}
	}
}

// withoutMark skips the byte order mark that some editors put first.
func withoutMark(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if mark, _ := b.Peek(3); string(mark) == "\uFEFF" {
		b.Discard(len(mark))
	}
	return b
}

// errStop ends reading when nobody wants more triples.
var errStop = errors.New("stop")

// maxDepth bounds how deep a document may nest.
const maxDepth = 1000

// A decoder is what reading has in common whatever the syntax.
type decoder struct {
	syntax  Syntax
	base    string
	yield   func(Triple, error) bool
	stopped bool
	blanks  int
	iris    map[string]Term // of late, by what the document says
}

// emit yields a triple, unless one of its terms is missing, which was told
// when it was met.
func (d *decoder) emit(s, p, o Term) error {
	if s != (Term{}) && p != (Term{}) && o != (Term{}) && !d.stopped {
		d.stopped = !d.yield(Triple{s, p, o}, nil)
	}
	if d.stopped {
		return errStop
	}
	return nil
}

// iri returns the term of an IRI reference, the zero Term where it is not
// absolute and cannot be made so.
func (d *decoder) iri(reference []byte) Term {
	if t, ok := d.iris[string(reference)]; ok {
		return t
	}
	clean, err := cleanIRI(resolve(d.base, string(reference)))
	if err != nil {
		d.stopped = d.stopped || !d.yield(Triple{}, err)
		return Term{}
	}
	if len(d.iris) >= maxNames {
		clear(d.iris)
	}
	t := Term{Kind: KindIRI, Value: clean}
	d.iris[string(reference)] = t
	return t
}

// setBase changes what relative IRIs are resolved against.
func (d *decoder) setBase(base string) {
	if base != d.base {
		d.base = base
		clear(d.iris)
	}
}

// blank returns a blank node without a label in the document.
func (d *decoder) blank() Term {
	d.blanks++
	return Term{Kind: KindBlank, Value: blankLabel(d.blanks)}
}

// labelled returns the blank node of a label in the document.
func (d *decoder) labelled(label string) Term {
	return Term{Kind: KindBlank, Value: cleanLabel(label)}
}

// literal returns a literal. A tag that is no language tag is left out, so
// that the text is not lost with it.
func (d *decoder) literal(value, lang string, datatype Term) Term {
	t := Term{Kind: KindLiteral, Value: strings.ToValidUTF8(value, "\uFFFD"), Datatype: datatype.Value}
	if lang != "" {
		t.Lang, _ = cleanLang(lang)
		t.Datatype = ""
	}
	if t.Datatype == xsdString || t.Datatype == rdfLangString {
		t.Datatype = ""
	}
	return t
}

// A collection emits the cells of an RDF collection.
type collection struct {
	*decoder
	first, last Term
}

func (c *collection) add(item Term) error {
	cell := c.blank()
	if c.last == (Term{}) {
		c.first = cell
	} else if err := c.emit(c.last, iriTerm(rdfRest), cell); err != nil {
		return err
	}
	c.last = cell
	return c.emit(cell, iriTerm(rdfFirst), item)
}

// end returns the term that the collection is referred to by.
func (c *collection) end() (Term, error) {
	if c.last == (Term{}) {
		return iriTerm(rdfNil), nil
	}
	return c.first, c.emit(c.last, iriTerm(rdfRest), iriTerm(rdfNil))
}

func iriTerm(iri string) Term { return Term{Kind: KindIRI, Value: iri} }

// blankLabel returns the label of the n-th node that has none of its own.
func blankLabel(n int) string { return "g" + strconv.Itoa(n) }

// labelBytes are ASCII letters, digits and "-".
var labelBytes = func() (t [256]bool) {
	for c := range t {
		t[c] = isNameByte(byte(c)) && c != '_'
	}
	return t
}()

// cleanLabel returns a label of a blank node that every syntax takes: itself
// where it is ASCII letters, digits and "-", beginning with a letter. Others,
// the empty one of RDF/XML too, and those that blankLabel makes, become "g-"
// and an escaped form, so that different labels stay different.
func cleanLabel(label string) string {
	own := label == "" || len(label) > 1 && label[0] == 'g' && (label[1] == '-' || '0' <= label[1] && label[1] <= '9')
	own = own || !isNameStart(label[0])
	for i := range len(label) {
		own = own || !labelBytes[label[i]]
	}
	if !own {
		return label
	}
	b := []byte("g-")
	for _, c := range []byte(label) {
		if c != '_' && c != '-' && isNameByte(c) {
			b = append(b, c)
		} else {
			b = fmt.Appendf(b, "-%02x", c)
		}
	}
	return string(b)
}
