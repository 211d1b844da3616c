package crosswalk

import (
	"io"
	"mime/quotedprintable"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A vCardLine is a property of a vCard: RFC 6350, and the RFC 2426 and vCard
// 2.1 that portals still write.
type vCardLine struct {
	name  string   // in capitals, without a group
	altid string   // that lines share which are alternatives of one another
	parts []string // what semicolons separate, unescaped
	line  string   // as it stood, unfolded
}

// empty reports whether a line says nothing.
func (l vCardLine) empty() bool { return strings.Trim(strings.Join(l.parts, ""), " \t\n") == "" }

// told is the line for people: of a picture its name is enough.
func (l vCardLine) told() string {
	switch l.name {
	case "PHOTO", "LOGO", "SOUND", "KEY":
		return l.name
	}
	return l.line
}

// value is a value that semicolons do not structure.
func (l vCardLine) value() string { return collapse(strings.Join(l.parts, ";")) }

// part is a component of a structured value, "" if there is none.
func (l vCardLine) part(i int) string {
	if i < len(l.parts) {
		return collapse(l.parts[i])
	}
	return ""
}

// vCardName begins a line.
const vCardName = `(?i:(?:[A-Z0-9-]+\.)?(?:BEGIN|END|VERSION|KIND|PRODID|FN|N|NICKNAME|SORT-STRING|ORG|ROLE|TITLE|EMAIL|URL|NOTE|TEL|ADR|LABEL|UID|REV|PHOTO|LOGO|SOUND|KEY|TZ|GEO|LANG|CATEGORIES|CLASS|MAILER|SOURCE|NAME|BDAY|GENDER|MEMBER|RELATED|IMPP|X-[A-Z0-9-]+)(?:;[^:\n]*)?:)`

var (
	vCardBegins  = regexp.MustCompile(`^` + vCardName)
	vCardBetween = regexp.MustCompile(`\s+(` + vCardName + `)`)
	vCardEscaped = regexp.MustCompile(`\\n(` + vCardName + `)`) // a line break that an exporter escaped
)

// parseVCard reads the properties of a vCard, none if s is none.
func parseVCard(s string) (lines []vCardLine) {
	s = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
	if len(s) < len("BEGIN:VCARD") || !strings.EqualFold(s[:len("BEGIN:VCARD")], "BEGIN:VCARD") {
		return nil
	}
	if !strings.Contains(s, "\n") {
		s = vCardEscaped.ReplaceAllString(s, "\n$1")
	}
	if !strings.Contains(s, "\n") { // white space was collapsed on the way
		s = vCardBetween.ReplaceAllString(s, "\n$1")
	}
	for _, line := range unfold(s) {
		lines = append(lines, parseVCardLine(line))
	}
	return lines
}

// unfold joins what was folded: RFC 6350, section 3.2. A line that is indented
// because the XML is, and begins as properties do, is one.
func unfold(s string) (lines []string) {
	long := false // the last line, so that it may go on with what looks like a property
	for raw := range strings.SplitSeq(s, "\n") {
		trimmed := strings.TrimSpace(raw)
		indented := raw != "" && (raw[0] == ' ' || raw[0] == '\t')
		begins := vCardBegins.MatchString(trimmed) && !(indented && long)
		last := len(lines) - 1
		long = len(raw) >= 70
		switch {
		case trimmed == "":
		case begins || last < 0:
			lines = append(lines, strings.TrimLeft(raw, " \t")) // a blank at its end goes before the next
		case strings.HasSuffix(lines[last], "=") && quotedPrintable(lines[last]):
			lines[last] = strings.TrimSuffix(lines[last], "=") + trimmed
		case indented:
			lines[last] += raw[1:]
		default: // a line break that nobody escaped
			lines[last] += " " + trimmed
		}
	}
	return lines
}

func quotedPrintable(line string) bool {
	head, _, _ := strings.Cut(line, ":")
	return strings.Contains(strings.ToUpper(head), "QUOTED-PRINTABLE")
}

func parseVCardLine(line string) vCardLine {
	head, value, _ := strings.Cut(line, ":")
	name, parameters, _ := strings.Cut(head, ";")
	if quotedPrintable(line) {
		if decoded, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(value))); err == nil {
			value = string(decoded)
		}
	}
	if !utf8.ValidString(value) {
		value, _ = charmap.Windows1252.NewDecoder().String(value)
	}
	l := vCardLine{name: strings.ToUpper(name[strings.LastIndexByte(name, '.')+1:]), parts: unescapeVCard(value), line: collapse(line)}
	for parameter := range strings.SplitSeq(parameters, ";") {
		if key, value, _ := strings.Cut(parameter, "="); strings.EqualFold(key, "ALTID") {
			l.altid = value
		}
	}
	return l
}

// unescapeVCard splits a value at its semicolons and resolves escapes: RFC
// 6350, section 3.4.
func unescapeVCard(s string) []string {
	parts, part := []string(nil), []byte(nil)
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == ';':
			parts, part = append(parts, string(part)), nil
		case s[i] == '\\' && i+1 < len(s) && strings.IndexByte(`\,;:nN`, s[i+1]) >= 0:
			if i++; s[i] == 'n' || s[i] == 'N' {
				part = append(part, '\n')
			} else {
				part = append(part, s[i])
			}
		default:
			part = append(part, s[i])
		}
	}
	return append(parts, string(part))
}
