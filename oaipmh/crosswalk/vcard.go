package crosswalk

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// vCard writes an element that holds an agent as ScoLOMFR's contributors are
// written: vCard 4.0 (RFC 6350) with the identifiers as notes, "NOTE:SIREN=…",
// where ScoLOMFR reads them, and other notes beside them. What ScoLOMFR has no
// concept of a role for is said in words.
func (w *writer) vCard(name string, r model.Record, a model.Agent, affiliations []model.Agent, role string, notes ...attr) {
	w.start(name)
	inside := len(w.buf)
	c := card{buf: w.buf}
	c.line("BEGIN", "VCARD")
	c.line("VERSION", "4.0")
	c.line("KIND", vCardKinds[a.Kind])
	c.line("FN", fullName(a)...)
	if a.FamilyName != "" || a.GivenName != "" {
		c.begin("N")
		c.text(a.FamilyName)
		c.put(";")
		c.text(a.GivenName)
		c.put(";;;")
		c.end()
	}
	if a.Kind == model.Organisation {
		c.organisation(r, a, 0)
	} else {
		for i, org := range affiliations {
			c.organisation(r, r.Agent(org), i+1)
		}
	}
	c.line("ROLE", role)
	c.line("EMAIL", a.Email)
	c.address("URL", a.Homepage)
	for _, id := range a.Identifiers {
		c.line("NOTE", noteName(id.Scheme), "=", id.Value)
	}
	for _, n := range notes {
		if n.value != "" {
			c.line("NOTE", n.name, "=", n.value)
		}
	}
	c.line("END", "VCARD")
	w.buf = c.buf[:len(c.buf)-1]
	if card := w.buf[inside:]; !unescaped(card) {
		w.buf = oaipmh.AppendText(w.buf[:inside], string(card))
	}
	w.close(name)
}

var vCardKinds = map[model.AgentKind]string{model.Person: "individual", model.Organisation: "org"}

// fullName of an agent, in parts.
func fullName(a model.Agent) []string {
	if a.Name != "" {
		return []string{a.Name}
	}
	return []string{a.GivenName, " ", a.FamilyName}
}

// noteName is how a note names a scheme.
func noteName(s model.Scheme) string {
	switch s {
	case model.ORCID:
		return "ORCID"
	case model.IdRef:
		return "IDREF"
	case model.ISNI:
		return "ISNI"
	case model.ROR:
		return "ROR"
	case model.SIREN:
		return "SIREN"
	}
	return strings.ToUpper(string(s))
}

// unescaped reports whether valid UTF-8 is the same in XML.
func unescaped(b []byte) bool {
	for _, c := range b {
		if c == '&' || c == '<' || c == '>' || c == 0xEF { // which begins what XML has no place for
			return false
		}
	}
	return true
}

// card writes lines of 75 bytes at most, cut between characters: RFC 6350,
// section 3.2. The line break is a bare line feed, since XML would turn any
// other into one.
type card struct {
	buf []byte
	col int // bytes of the line so far
}

// line writes a property, none if it has no value.
func (c *card) line(name string, value ...string) {
	start := len(c.buf)
	c.begin(name)
	inside := len(c.buf)
	for _, s := range value {
		c.text(s)
	}
	if len(c.buf) == inside {
		c.buf = c.buf[:start]
		return
	}
	c.end()
}

// organisation writes a body behind those that it is a part of, the largest
// first: RFC 6350, section 6.6.4. A part of several has as many lines; where
// they are alternatives of one of the card's bodies, a number says so: section
// 5.4.
func (c *card) organisation(r model.Record, a model.Agent, alternatives int) {
	if a.Name == "" {
		return
	}
	lines := chains(r, a, maxWholes)
	for n := range min(lines, maxChains) {
		c.col = 0
		c.put("ORG")
		if alternatives > 0 && lines > 1 {
			c.put(";ALTID=")
			c.put(strconv.Itoa(alternatives))
		}
		c.put(":")
		c.larger(r, a, maxWholes, n)
		c.text(a.Name)
		c.end()
	}
}

// A catalogue may say that each of two bodies is a part of the other.
const (
	maxWholes = 4  // above a body
	maxChains = 16 // of a body
)

// chains counts the ways from a body up to the largest, as far as they are
// written.
func chains(r model.Record, a model.Agent, most int) (n int) {
	if len(a.PartOf) == 0 || most == 0 {
		return 1
	}
	for _, whole := range a.PartOf {
		if n += chains(r, r.Agent(whole), most-1); n >= maxChains {
			break
		}
	}
	return n
}

// larger writes the bodies that a is a part of on one of the ways up.
func (c *card) larger(r model.Record, a model.Agent, most, way int) {
	if most == 0 {
		return
	}
	for _, part := range a.PartOf {
		whole := r.Agent(part)
		ways := chains(r, whole, most-1)
		if way >= ways {
			way -= ways
			continue
		}
		c.larger(r, whole, most-1, way)
		if whole.Name != "" {
			c.text(whole.Name)
			c.put(";")
		}
		return
	}
}

func (c *card) begin(name string) {
	c.col = 0
	c.put(name)
	c.put(":")
}

func (c *card) end() { c.buf = append(c.buf, '\n') }

// put adds what must stay on one line.
func (c *card) put(s string) {
	if c.col+len(s) > 75 {
		c.buf = append(c.buf, "\n "...)
		c.col = 1
	}
	c.buf = append(c.buf, s...)
	c.col += len(s)
}

// text adds a value, escaped: RFC 6350, section 3.4. Other control characters
// go, since one could end the line.
func (c *card) text(s string) {
	for i, r := range s {
		switch {
		case r == '\\':
			c.put(`\\`)
		case r == ',':
			c.put(`\,`)
		case r == ';':
			c.put(`\;`)
		case r == '\n' && (i == 0 || s[i-1] != '\r'), r == '\r':
			c.put(`\n`)
		default:
			c.rune(s, i, r)
		}
	}
}

// address writes a property whose value has no escapes.
func (c *card) address(name, value string) {
	if value == "" {
		return
	}
	c.begin(name)
	for i, r := range value {
		c.rune(value, i, r)
	}
	c.end()
}

// rune adds the character of s at i, unless it is a control character.
func (c *card) rune(s string, i int, r rune) {
	switch {
	case r < ' ' || r == 0x7F:
	case r == utf8.RuneError:
		c.put("\uFFFD")
	default:
		c.put(s[i : i+utf8.RuneLen(r)])
	}
}
