package oaipmh

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gtnum/gtnum/internal/say"
)

// checkElement returns an error unless b is exactly one well-formed element
// that declares every namespace it uses, the default one too, with nothing
// before or after it. It guards bytes that the provider did not write: one bad
// record must not break a response. It refuses processing instructions,
// document types and names beyond ASCII.
func checkElement[T string | []byte](b T) error {
	s := scanner{b: string(b)}
	s.open, s.prefixes, s.names = s.room.open[:0], s.room.prefixes[:0], s.room.names[:0]
	if err := s.element(); err != nil {
		return say.Errorf("pas un élément XML\u00a0: octet %d\u00a0: %v", "not one XML element: byte %d: %v", s.i, err)
	}
	return nil
}

// scanner is at byte i of b, inside the elements of open.
type scanner struct {
	b    string
	i    int
	open []openElement
	// prefixes are the namespace prefixes in scope, "" for the default.
	prefixes []string
	names    []string // attributes of a start tag
	// room is what usual containers need, so that they are checked in two
	// allocations.
	room struct {
		open            [4]openElement
		prefixes, names [8]string
	}
}

type openElement struct {
	name     string
	prefixes int // in scope outside of it
}

var (
	errIllegal = say.Errorf("un caractère que XML interdit", "a character that XML does not allow")
	errEnd     = say.Errorf("fin inattendue", "unexpected end")
	errMarkup  = say.Errorf("balisage inattendu", "unexpected markup")
)

func (s *scanner) element() error {
	if !legalText(s.b) {
		return errIllegal
	}
	for first := true; first || len(s.open) > 0; first = false {
		if err := s.text(first); err != nil {
			return err
		}
		if err := s.markup(first); err != nil {
			return err
		}
	}
	if s.i != len(s.b) {
		return say.Errorf("quelque chose après l’élément", "something after the element")
	}
	return nil
}

// text reads up to the next markup.
func (s *scanner) text(first bool) error {
	n := strings.IndexByte(s.b[s.i:], '<')
	switch {
	case n < 0:
		return errEnd
	case first && n > 0:
		return say.Errorf("quelque chose avant l’élément", "something before the element")
	}
	text := s.b[s.i : s.i+n]
	if strings.Contains(text, "]]>") {
		return errMarkup
	}
	s.i += n
	return references(text)
}

// markup reads one tag, comment or CDATA section.
func (s *scanner) markup(first bool) error {
	rest := s.b[s.i:]
	switch {
	case len(rest) > 1 && nameByte(rest[1]):
		return s.startTag()
	case first:
		return errMarkup
	case strings.HasPrefix(rest, "</"):
		return s.endTag()
	case strings.HasPrefix(rest, "<!--"):
		return s.comment()
	case strings.HasPrefix(rest, "<![CDATA["):
		_, err := s.until("<![CDATA[", "]]>")
		return err
	}
	return errMarkup
}

func (s *scanner) comment() error {
	text, err := s.until("<!--", "-->")
	if err == nil && (strings.Contains(text, "--") || strings.HasSuffix(text, "-")) {
		return errMarkup
	}
	return err
}

// until moves behind the end of what starts here and returns what is between.
func (s *scanner) until(start, end string) (string, error) {
	text, _, ok := strings.Cut(s.b[s.i+len(start):], end)
	if !ok {
		return "", errEnd
	}
	s.i += len(start) + len(text) + len(end)
	return text, nil
}

func (s *scanner) endTag() error {
	s.i += len("</")
	name := s.name()
	s.space()
	top := s.open[len(s.open)-1]
	if name != top.name || !s.take('>') {
		return say.Errorf("la fin de %s au lieu de celle de %s", "the end of %s where that of %s should be", name, top.name)
	}
	s.open, s.prefixes = s.open[:len(s.open)-1], s.prefixes[:top.prefixes]
	return nil
}

func (s *scanner) startTag() error {
	s.i++
	name := s.name()
	outside := len(s.prefixes)
	attrs, err := s.attributes()
	if err != nil {
		return say.Errorf("%s\u00a0: %v", "%s: %v", name, err)
	}
	if err := s.checkPrefixes(name, attrs); err != nil {
		return err
	}
	if s.take('/') {
		s.prefixes = s.prefixes[:outside]
	} else {
		s.open = append(s.open, openElement{name, outside})
	}
	if !s.take('>') {
		return errMarkup
	}
	return nil
}

// attributes reads the attributes of a start tag and declares the prefixes
// that they bind. It returns their names.
func (s *scanner) attributes() ([]string, error) {
	names := s.names[:0]
	for {
		spaced := s.space()
		if s.i == len(s.b) {
			return nil, errEnd
		}
		if c := s.b[s.i]; c == '>' || c == '/' {
			return names, nil
		}
		name := s.name()
		if name == "" || !spaced || slices.Contains(names, name) {
			return nil, say.Errorf("l’attribut %q est répété, n’a pas de nom ou pas d’espace devant lui", "attribute %q is repeated, has no name or no space before it", name)
		}
		value, err := s.value()
		if err == nil {
			err = s.declare(name, value)
		}
		if err != nil {
			return nil, say.Errorf("attribut %s\u00a0: %v", "attribute %s: %v", name, err)
		}
		names = append(names, name)
	}
}

// What Namespaces in XML 1.0, section 3, reserves.
const (
	xmlNamespace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace = "http://www.w3.org/2000/xmlns/"
)

// declare takes note of an attribute that declares a namespace.
func (s *scanner) declare(attr, value string) error {
	prefix, ok := strings.CutPrefix(attr, "xmlns:")
	if !ok && attr != "xmlns" {
		return nil
	}
	if !ok {
		prefix = ""
	}
	if value == "" && (ok || len(s.open) == 0) {
		return say.Errorf("un espace de noms vide", "an empty namespace")
	}
	if prefix == "xmlns" || value == xmlnsNamespace || (prefix == "xml") != (value == xmlNamespace) {
		return say.Errorf("un préfixe ou un espace de noms réservé", "a reserved prefix or namespace")
	}
	s.prefixes = append(s.prefixes, prefix)
	return nil
}

// value reads the equals sign and the quoted value of an attribute.
func (s *scanner) value() (string, error) {
	s.space()
	if !s.take('=') {
		return "", errMarkup
	}
	s.space()
	if s.i == len(s.b) || s.b[s.i] != '"' && s.b[s.i] != '\'' {
		return "", errMarkup
	}
	quote := s.b[s.i : s.i+1]
	value, err := s.until(quote, quote)
	if err == nil && strings.IndexByte(value, '<') >= 0 {
		err = errMarkup
	}
	if err != nil {
		return "", err
	}
	return value, references(value)
}

// checkPrefixes looks up the prefix of an element and of its attributes.
func (s *scanner) checkPrefixes(name string, attrs []string) error {
	prefix, _, ok := strings.Cut(name, ":")
	if !ok {
		prefix = ""
	}
	if name == "" || !clientIsQName([]byte(name)) {
		return say.Errorf("%q n’est pas un nom", "%q is not a name", name)
	}
	if !slices.Contains(s.prefixes, prefix) {
		return say.Errorf("%s\u00a0: l’espace de noms du préfixe %q n’est pas déclaré", "%s: the namespace of prefix %q is not declared", name, prefix)
	}
	for _, attr := range attrs {
		prefix, _, ok := strings.Cut(attr, ":")
		if !clientIsQName([]byte(attr)) || ok && prefix != "xml" && prefix != "xmlns" && !slices.Contains(s.prefixes, prefix) {
			return say.Errorf("attribut %s\u00a0: pas un nom, ou son espace de noms n’est pas déclaré", "attribute %s: not a name, or its namespace is not declared", attr)
		}
	}
	return nil
}

// name reads a name, the empty one if none is here.
func (s *scanner) name() string {
	start := s.i
	for s.i < len(s.b) && nameByte(s.b[s.i]) {
		s.i++
	}
	if start < s.i && (s.b[start] == '-' || s.b[start] == '.' || s.b[start] >= '0' && s.b[start] <= '9') {
		return ""
	}
	return s.b[start:s.i]
}

// nameByte reports whether c may stand in a name. No format of metadata has
// names beyond ASCII, so they are refused.
func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '_' || c == ':' || c == '-' || c == '.'
}

// space skips white space and reports whether there was some.
func (s *scanner) space() bool {
	start := s.i
	for s.i < len(s.b) && (s.b[s.i] == ' ' || s.b[s.i] == '\t' || s.b[s.i] == '\n' || s.b[s.i] == '\r') {
		s.i++
	}
	return s.i > start
}

func (s *scanner) take(c byte) bool {
	if s.i < len(s.b) && s.b[s.i] == c {
		s.i++
		return true
	}
	return false
}

// references checks the entity and character references of a text: only those
// that need no document type.
func references(text string) error {
	for {
		_, rest, ok := strings.Cut(text, "&")
		if !ok {
			return nil
		}
		name, rest, ok := strings.Cut(rest, ";")
		if !ok || !reference(name) {
			return say.Errorf("une référence à ce qui n’est pas déclaré", "a reference to what is not declared")
		}
		text = rest
	}
}

func reference(name string) bool {
	switch name {
	case "amp", "lt", "gt", "quot", "apos":
		return true
	}
	digits, ok := strings.CutPrefix(name, "#")
	base := 10
	if d, hex := strings.CutPrefix(digits, "x"); hex {
		digits, base = d, 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	r := rune(n)
	return ok && err == nil && utf8.ValidRune(r) && legalText(string(r))
}
