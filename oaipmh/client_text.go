package oaipmh

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// clientFaults is a set of what was mended in a text.
type clientFaults uint8

const (
	clientBadEncoding clientFaults = 1 << iota
	clientBadCharacter
	clientBadEntity
)

// clientClean returns b as an XML parser takes it, b itself if nothing is
// wrong with it: bytes that are no UTF-8 are read as windows-1252, characters
// that XML forbids become U+FFFD (form feeds and vertical tabs a space),
// HTML's entities their characters, and a lone & or < is escaped.
func clientClean(b []byte) ([]byte, clientFaults) {
	if clientIsClean(b) {
		return b, 0
	}
	var faults clientFaults
	out := make([]byte, 0, len(b)+len(b)/8)
	for len(b) > 0 {
		i := bytes.IndexByte(b, '<')
		if i != 0 {
			if i < 0 {
				i = len(b)
			}
			out = clientCleanText(out, b[:i], true, &faults)
			b = b[i:]
			continue
		}
		t, _ := clientToken(b, 0, true)
		switch t.kind {
		case clientStray:
			out = append(out, "&lt;"...)
			faults |= clientBadEntity
		case clientCDATA, clientOther:
			out = clientCleanText(out, b[:t.end], false, &faults)
		default:
			out = clientCleanText(out, b[:t.end], true, &faults)
		}
		b = b[t.end:]
	}
	return out, faults
}

// clientSuspect marks the bytes that clientIsClean looks at twice.
var clientSuspect = func() (suspect [256]bool) {
	for c := range ' ' {
		suspect[c] = !clientIsSpace(byte(c))
	}
	for _, c := range []byte("&<]\xef") {
		suspect[c] = true
	}
	return suspect
}()

// clientIsClean is the way that nearly all records take.
func clientIsClean(b []byte) bool {
	for i, c := range b {
		if clientSuspect[c] && !clientIsCleanAt(b[i:]) {
			return false
		}
	}
	return utf8.Valid(b)
}

func clientIsCleanAt(b []byte) bool {
	switch b[0] {
	case '&':
		_, _, ok := clientReference(b)
		return ok
	case '<':
		return len(b) > 1 && (b[1] == '/' || b[1] == '!' || b[1] == '?' || clientIsNameStart(b[1]))
	case ']':
		return !bytes.HasPrefix(b, []byte("]]>"))
	case 0xef:
		return !bytes.HasPrefix(b, []byte("\uFFFE")) && !bytes.HasPrefix(b, []byte("\uFFFF"))
	}
	return false
}

// clientCleanText appends a piece that has references (text, tags) or none
// (comments, CDATA).
func clientCleanText(dst, b []byte, references bool, faults *clientFaults) []byte {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			dst = utf8.AppendRune(dst, clientLegal(charmap.Windows1252.DecodeByte(b[0])))
			*faults |= clientBadEncoding
		case r == '&' && references:
			var bad bool
			dst, size, bad = clientCleanReference(dst, b)
			if bad {
				*faults |= clientBadEntity
			}
		case r == ']' && references && bytes.HasPrefix(b, []byte("]]>")):
			dst, size = append(dst, "]]&gt;"...), 3
			*faults |= clientBadEntity
		case clientLegal(r) != r:
			dst = utf8.AppendRune(dst, clientLegal(r))
			*faults |= clientBadCharacter
		default:
			dst = append(dst, b[:size]...)
		}
		b = b[size:]
	}
	return dst
}

// clientCleanReference appends the reference at the start of b, mended, and
// returns how much of b it was.
func clientCleanReference(dst, b []byte) (out []byte, size int, bad bool) {
	name, size, ok := clientReference(b)
	if ok {
		return append(dst, b[:size]...), size, false
	}
	if strings.HasPrefix(name, "#") {
		return append(dst, "\uFFFD"...), size, true
	}
	if name != "" {
		entity := "&" + name + ";"
		if s := html.UnescapeString(entity); s != entity {
			return AppendAttr(dst, s), size, true // &LT; and &QUOT; are markup again
		}
	}
	return append(dst, "&amp;"...), 1, true
}

var clientKnown = [][]byte{[]byte("&amp;"), []byte("&lt;"), []byte("&gt;"), []byte("&quot;"), []byte("&apos;")}

// clientReference reads a reference at the start of b: its size, and whether
// XML knows it without a DTD; if not, its name without & and ;. A name without
// an end is no reference: "" and 1.
func clientReference(b []byte) (name string, size int, ok bool) {
	for _, known := range clientKnown {
		if bytes.HasPrefix(b, known) {
			return "", len(known), true
		}
	}
	end := bytes.IndexByte(b[:min(len(b), 40)], ';')
	if end < 2 {
		return "", 1, false
	}
	for i, c := range b[1:end] {
		if !clientIsName(c) && !(i == 0 && c == '#') {
			return "", 1, false
		}
	}
	name = string(b[1:end])
	r, isRef := clientCharRef(name)
	if name[0] == '#' && !isRef {
		return "", 1, false
	}
	return name, end + 1, isRef && clientLegal(r) == r
}

// clientCharRef is the character of #10 or #xA.
func clientCharRef(name string) (rune, bool) {
	digits, isNumber := strings.CutPrefix(name, "#")
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if n > utf8.MaxRune {
		n = 0 // a number, but of no character
	}
	return rune(n), isNumber && err == nil
}

// clientLegal is r, or what stands for it if XML 1.0 forbids it.
func clientLegal(r rune) rune {
	switch {
	case r == '\t', r == '\n', r == '\r':
		return r
	case r == '\f', r == '\v':
		return ' '
	case r < ' ', r == 0xFFFE, r == 0xFFFF, 0xD800 <= r && r < 0xE000:
		return utf8.RuneError
	}
	return r
}

// clientText is the text of an element's content, trimmed: markup in it is
// left out, CDATA and references are resolved.
func clientText(b []byte) string {
	b = bytes.TrimSpace(b)
	if bytes.IndexByte(b, '<') < 0 && bytes.IndexByte(b, '&') < 0 && clientIsClean(b) {
		return string(b)
	}
	b, _ = clientClean(b)
	var out []byte
	for len(b) > 0 {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			i = len(b)
		}
		out = append(out, html.UnescapeString(string(b[:i]))...)
		if b = b[i:]; len(b) == 0 {
			break
		}
		t, _ := clientToken(b, 0, true)
		if t.kind == clientCDATA {
			out = append(out, b[len("<![CDATA["):t.end-len("]]>")]...)
		}
		b = b[t.end:]
	}
	return string(bytes.TrimSpace(out))
}
