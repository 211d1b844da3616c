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
	if !severalWays(r, a, maxWholes) {
		alternatives = 0
	}
	lines := maxChains
	c.ways(r, a, maxWholes, nil, alternatives, &lines)
}

// A catalogue may say that each of two bodies is a part of the other.
const (
	maxWholes = 4  // above a body
	maxChains = 16 // of a body
)

// severalWays reports whether more than one way leads from a body up to the
// largest.
func severalWays(r model.Record, a model.Agent, most int) bool {
	return most > 0 && (len(a.PartOf) > 1 || len(a.PartOf) == 1 && severalWays(r, r.Agent(a.PartOf[0]), most-1))
}

// chain is a body with the one below it that is a part of it.
type chain struct {
	name  string
	below *chain
}

// ways writes a line for each way from a body up to the largest, as long as there
// are lines left.
func (c *card) ways(r model.Record, a model.Agent, most int, below *chain, altid int, lines *int) {
	if *lines == 0 {
		return
	}
	top := below
	if a.Name != "" {
		top = &chain{a.Name, below}
	}
	if len(a.PartOf) > 0 && most > 0 {
		for _, whole := range a.PartOf {
			c.ways(r, r.Agent(whole), most-1, top, altid, lines)
		}
		return
	}
	*lines--
	c.col = 0
	c.put("ORG")
	if altid > 0 {
		c.put(";ALTID=")
		c.put(strconv.Itoa(altid))
	}
	c.put(":")
	for ; top != nil; top = top.below {
		c.text(top.name)
		if top.below != nil {
			c.put(";")
		}
	}
	c.end()
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
