package dcat

import (
	"fmt"
	"io"
	"strings"
)

// A turtleReader reads Turtle, of which N-Triples is a part.
//
// knakk/rdf has a decoder for it, which this package is tested against but
// does not use: it takes a label such as _:b1 for the first nameless node of
// the document, and glues relative IRIs to their base.
type turtleReader struct {
	*decoder
	*scanner
	prefixes map[string]string
	token    []byte // the text of the current token, unescaped
	depth    int
}

func (d *decoder) turtle(r io.Reader) error {
	p := &turtleReader{decoder: d, scanner: newScanner(r), prefixes: make(map[string]string)}
	for {
		p.space()
		if p.done() {
			if p.scanner.err != io.EOF {
				return p.scanner.err
			}
			return nil
		}
		if err := p.statement(); err != nil {
			return p.readError(err)
		}
	}
}

// readError prefers the error of the reader to what it led to.
func (p *turtleReader) readError(err error) error {
	if p.done() && p.scanner.err != io.EOF {
		return p.scanner.err
	}
	return err
}

func (p *turtleReader) errorf(format string, args ...any) error {
	return &SyntaxError{p.syntax, p.line, fmt.Sprintf(format, args...)}
}

// unexpected says what is there instead of what is wanted.
func (p *turtleReader) unexpected(want string) error {
	if p.done() {
		return p.errorf("the document ends where there should be %s", want)
	}
	return p.errorf("%q where there should be %s", p.buf[:min(len(p.buf), 12)], want)
}

// expect skips space and the byte c.
func (p *turtleReader) expect(c byte) error {
	p.space()
	if p.at(0) != c || p.done() {
		return p.unexpected(fmt.Sprintf("%q", c))
	}
	p.skip(1)
	return nil
}

// word skips a keyword in whatever case, if it is there as a word of its own.
func (p *turtleReader) word(keyword string) bool {
	n := len(keyword)
	if p.at(n) == 0 && len(p.buf) < n || !strings.EqualFold(string(p.buf[:n]), keyword) {
		return false
	}
	if c := p.at(n); isLocalByte(c) || c == ':' || c == '.' && isLocalByte(p.at(n+1)) {
		return false
	}
	p.skip(n)
	return true
}

func (p *turtleReader) statement() error {
	switch {
	case p.at(0) == '@':
		p.skip(1)
		if err := p.directive(); err != nil {
			return err
		}
		return p.expect('.')
	case p.isDirective():
		return p.directive()
	}
	bracket := p.at(0) == '['
	subject, err := p.subject()
	if err != nil {
		return err
	}
	if p.space(); bracket && p.at(0) == '.' {
		p.skip(1)
		return nil
	}
	if err := p.predicates(subject); err != nil {
		return err
	}
	return p.expect('.')
}

// isDirective reports whether a directive in the style of SPARQL comes.
func (p *turtleReader) isDirective() bool {
	c := p.at(0) | 0x20
	if c != 'p' && c != 'b' {
		return false
	}
	n := 1
	for isNameStart(p.at(n)) {
		n++
	}
	word := string(p.buf[:n])
	return p.at(n) != ':' && (strings.EqualFold(word, "prefix") || strings.EqualFold(word, "base"))
}

func (p *turtleReader) directive() error {
	switch {
	case p.word("prefix"):
		p.space()
		p.token = p.token[:0]
		for isLocalByte(p.at(0)) || p.at(0) == '.' {
			p.take(1)
		}
		prefix := string(p.token)
		if err := p.expect(':'); err != nil {
			return err
		}
		reference, err := p.reference()
		p.prefixes[prefix] = resolve(p.base, string(reference))
		clear(p.iris)
		return err
	case p.word("base"):
		reference, err := p.reference()
		p.setBase(resolve(p.base, string(reference)))
		return err
	}
	return p.unexpected("prefix or base")
}

func (p *turtleReader) subject() (Term, error) {
	switch c := p.at(0); c {
	case '[', '(':
		return p.nested()
	case '"', '\'', '+', '-':
		return Term{}, p.unexpected("a subject")
	}
	return p.resource("a subject")
}

// predicates reads predicates and objects up to what ends them.
func (p *turtleReader) predicates(subject Term) error {
	for {
		predicate, err := p.predicate()
		if err != nil {
			return err
		}
		for {
			p.space()
			object, err := p.object()
			if err != nil {
				return err
			}
			if err := p.emit(subject, predicate, object); err != nil {
				return err
			}
			if p.space(); p.at(0) != ',' {
				break
			}
			p.skip(1)
		}
		if p.at(0) != ';' {
			return nil
		}
		for p.at(0) == ';' {
			p.skip(1)
			p.space()
		}
		if c := p.at(0); c == '.' || c == ']' {
			return nil
		}
	}
}

func (p *turtleReader) predicate() (Term, error) {
	p.space()
	if c := p.at(1); p.at(0) == 'a' && !isLocalByte(c) && c != ':' && c != '.' && c != '%' && c != '\\' {
		p.skip(1)
		return Term{Kind: KindIRI, Value: rdfType}, nil
	}
	if p.at(0) == '_' {
		return Term{}, p.unexpected("a predicate")
	}
	return p.resource("a predicate")
}

func (p *turtleReader) object() (Term, error) {
	switch c := p.at(0); {
	case c == '[' || c == '(':
		return p.nested()
	case c == '"' || c == '\'':
		return p.quoted(c)
	case '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.':
		return p.number()
	case c == 't' && p.word("true"):
		return Term{Kind: KindLiteral, Value: "true", Datatype: xsdNS + "boolean"}, nil
	case c == 'f' && p.word("false"):
		return Term{Kind: KindLiteral, Value: "false", Datatype: xsdNS + "boolean"}, nil
	}
	return p.resource("an object")
}

// nested reads a node in brackets or a collection.
func (p *turtleReader) nested() (Term, error) {
	if p.depth++; p.depth > maxDepth {
		return Term{}, p.errorf("nested more than %d deep", maxDepth)
	}
	defer func() { p.depth-- }()
	if p.at(0) == '(' {
		p.skip(1)
		return p.collection()
	}
	p.skip(1)
	node := p.blank()
	if p.space(); p.at(0) != ']' {
		if err := p.predicates(node); err != nil {
			return Term{}, err
		}
	}
	return node, p.expect(']')
}

func (p *turtleReader) collection() (Term, error) {
	c := collection{decoder: p.decoder}
	for {
		if p.space(); p.at(0) == ')' {
			p.skip(1)
			return c.end()
		}
		item, err := p.object()
		if err == nil {
			err = c.add(item)
		}
		if err != nil {
			return Term{}, err
		}
	}
}
