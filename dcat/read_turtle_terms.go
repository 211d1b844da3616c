package dcat

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// take moves n bytes into the token.
func (p *turtleReader) take(n int) {
	p.token = append(p.token, p.buf[:n]...)
	p.skip(n)
}

// resource reads an IRI, a shortened name or a label of a blank node.
func (p *turtleReader) resource(want string) (Term, error) {
	switch p.at(0) {
	case '<':
		reference, err := p.reference()
		if err != nil {
			return Term{}, err
		}
		return p.iri(reference), nil
	case '_':
		if p.at(1) == ':' {
			p.skip(2)
			return p.label()
		}
	}
	return p.short(want)
}

// reference reads an IRI in angle brackets.
func (p *turtleReader) reference() ([]byte, error) {
	if p.space(); p.at(0) != '<' {
		return nil, p.unexpected("an IRI in angle brackets")
	}
	p.skip(1)
	p.token = p.token[:0]
	for {
		p.takeUntil(&iriStops)
		switch p.at(0) {
		case '>':
			p.skip(1)
			return p.token, nil
		case '\n':
			return nil, p.errorf("an IRI is not closed: <%s", p.token)
		case 0:
			return nil, p.unexpected("the end of an IRI")
		}
		if c := p.at(1); c != 'u' && c != 'U' {
			return nil, p.errorf("an IRI has a backslash in it: <%s", p.token)
		}
		if err := p.escape(); err != nil {
			return nil, err
		}
	}
}

// What ends a run of bytes that stand for themselves. The byte 0 is among them
// as it is also what at returns at the end.
var (
	iriStops   = stops(">\\\n\x00")
	shortStops = stops("\"'\\\n\r\x00")
	longStops  = stops("\"'\\\x00")
)

func stops(bytes string) (t [256]bool) {
	for _, c := range []byte(bytes) {
		t[c] = true
	}
	return t
}

// takeUntil moves the bytes before the next stop into the token.
func (p *turtleReader) takeUntil(stop *[256]bool) {
	for !p.done() {
		i, lines := 0, 0
		for i < len(p.buf) && !stop[p.buf[i]] {
			if p.buf[i] == '\n' {
				lines++
			}
			i++
		}
		p.token = append(p.token, p.buf[:i]...)
		p.buf = p.buf[i:]
		p.line += lines
		if len(p.buf) > 0 {
			return
		}
	}
}

func (p *turtleReader) label() (Term, error) {
	p.token = p.token[:0]
	p.name(func(c byte) bool { return isLocalByte(c) || c == ':' })
	if len(p.token) == 0 {
		return Term{}, p.unexpected("the label of a blank node")
	}
	return p.labelled(string(p.token)), nil
}

// name takes bytes that are part of a name, and dots that do not end it.
func (p *turtleReader) name(part func(byte) bool) {
	for {
		n := 0
		for p.at(n) == '.' {
			n++
		}
		if !part(p.at(n)) {
			return
		}
		p.take(n + 1)
	}
}

// short reads a shortened name (PrefixedName).
func (p *turtleReader) short(want string) (Term, error) {
	p.token = p.token[:0]
	p.name(isLocalByte)
	if p.at(0) != ':' {
		if len(p.token) > 0 {
			return Term{}, p.errorf("%q where there should be %s", p.token, want)
		}
		return Term{}, p.unexpected(want)
	}
	namespace, ok := p.prefixes[string(p.token)]
	if !ok {
		return Term{}, p.errorf("no prefix %q is declared", p.token)
	}
	p.skip(1)
	p.token = append(p.token[:0], namespace...)
	for {
		p.name(func(c byte) bool { return isLocalByte(c) || c == ':' || c == '%' })
		n := 0
		for p.at(n) == '.' {
			n++
		}
		if p.at(n) != '\\' {
			return p.iri(p.token), nil
		}
		if !isLocalEscape(p.at(n + 1)) {
			return Term{}, p.errorf("a name cannot have the escape %q", p.buf[n:min(n+2, len(p.buf))])
		}
		p.take(n)
		p.skip(1)
		p.take(1)
	}
}

// isLocalByte reports whether c is part of a name but for ":", "." and
// escapes. Beyond ASCII every character is.
func isLocalByte(c byte) bool { return isNameByte(c) || c >= utf8.RuneSelf }

func isLocalEscape(c byte) bool {
	return c != 0 && strings.IndexByte("_~.-!$&'()*+,;=/?#@%", c) >= 0
}

// quoted reads a literal in quotes.
func (p *turtleReader) quoted(quote byte) (Term, error) {
	n := 1
	if p.at(1) == quote {
		if n = 2; p.at(2) == quote {
			n = 3
		}
	}
	p.skip(n)
	p.token = p.token[:0]
	if n != 2 { // two quotes are an empty text
		if err := p.text(quote, n == 3); err != nil {
			return Term{}, err
		}
	}
	value := string(p.token)
	p.space()
	switch {
	case p.at(0) == '@':
		p.skip(1)
		return p.tagged(value)
	case p.at(0) == '^' && p.at(1) == '^':
		p.skip(2)
		p.space()
		datatype, err := p.resource("a datatype")
		if err != nil || datatype == (Term{}) {
			return Term{}, err
		}
		return p.literal(value, "", datatype), nil
	}
	return p.literal(value, "", Term{}), nil
}

func (p *turtleReader) tagged(value string) (Term, error) {
	p.token = p.token[:0]
	for c := p.at(0); isNameByte(c) && c != '_'; c = p.at(0) {
		p.take(1)
	}
	if _, err := cleanLang(string(p.token)); err != nil {
		return Term{}, p.errorf("%q is no language tag", p.token)
	}
	return p.literal(value, string(p.token), Term{}), nil
}

// text reads up to the closing quotes.
func (p *turtleReader) text(quote byte, long bool) error {
	stop := &shortStops
	if long {
		stop = &longStops
	}
	for {
		p.takeUntil(stop)
		switch c := p.at(0); {
		case c == 0 && p.done():
			return p.unexpected("the end of a text")
		case c == '\\':
			if err := p.escape(); err != nil {
				return err
			}
		case (c == '\n' || c == '\r') && !long:
			return p.errorf("a text is not closed on its line")
		case c != quote:
			p.take(1)
		case !long:
			p.skip(1)
			return nil
		case p.at(1) == quote && p.at(2) == quote:
			p.skip(3)
			return nil
		default:
			p.take(1)
		}
	}
}

// escape reads an escape of a string or an IRI into the token.
func (p *turtleReader) escape() error {
	digits := 0
	switch c := p.at(1); c {
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		i := strings.IndexByte(`tbnrf"'\`, c)
		if i < 0 || c == 0 {
			return p.errorf("there is no escape %q", p.buf[:min(2, len(p.buf))])
		}
		p.token = append(p.token, "\t\b\n\r\f\"'\\"[i])
		p.skip(2)
		return nil
	}
	r := rune(0)
	for i := range digits {
		v := strings.IndexByte("0123456789abcdef", p.at(2+i)|0x20)
		if v < 0 || p.at(2+i) < '0' {
			return p.errorf("a character is not written as \\uXXXX or \\UXXXXXXXX")
		}
		r = r<<4 | rune(v)
	}
	if r < 0 || !utf8.ValidRune(r) {
		return p.errorf("there is no character U+%X", uint32(r))
	}
	p.token = utf8.AppendRune(p.token, r)
	p.skip(2 + digits)
	return nil
}

// number reads an integer, a decimal or a double.
func (p *turtleReader) number() (Term, error) {
	datatype := "integer"
	p.token = p.token[:0]
	if c := p.at(0); c == '+' || c == '-' {
		p.take(1)
	}
	p.digits()
	if next := p.at(1); p.at(0) == '.' && (isDigit(next) || next|0x20 == 'e' && isExponent(p.at(2), p.at(3))) {
		datatype = "decimal"
		p.take(1)
		p.digits()
	}
	if p.at(0)|0x20 == 'e' && isExponent(p.at(1), p.at(2)) {
		datatype = "double"
		p.take(2)
		p.digits()
	}
	if !bytes.ContainsAny(p.token, "0123456789") {
		return Term{}, p.unexpected("an object")
	}
	return Term{Kind: KindLiteral, Value: string(p.token), Datatype: xsdNS + datatype}, nil
}

func (p *turtleReader) digits() {
	for isDigit(p.at(0)) {
		p.take(1)
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isExponent reports whether a and b begin what follows the "e" of a double.
func isExponent(a, b byte) bool {
	return isDigit(a) || (a == '+' || a == '-') && isDigit(b)
}
