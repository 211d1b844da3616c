package oaipmh

import (
	"math/bits"
	"unicode/utf8"
)

// AppendText appends s to dst as the text of an XML element.
//
// It escapes &, <, > and the carriage return. What XML 1.0 does not allow
// never gets through, since one such character ends a harvest: form feed and
// vertical tab become a space, as they separate words, and every other
// illegal character and every byte that is not UTF-8 becomes U+FFFD.
func AppendText(dst []byte, s string) []byte { return appendEscaped(dst, s, &textClass) }

// AppendAttr appends s to dst as the value of an XML attribute, without the
// quotes around it. Beside what [AppendText] does it escapes quotation marks,
// tabs and line feeds, so that a reader gets back exactly s.
func AppendAttr(dst []byte, s string) []byte { return appendEscaped(dst, s, &attrClass) }

// What a byte asks of the escaper.
const (
	clean   = iota // copied as it is
	escape         // has an entry in escapes
	blank          // illegal, but separates words
	illegal        // illegal
	two            // begins a character of two bytes, all of which are legal
	three          // begins a character of three bytes, all of which are legal
	wide           // begins or belongs to any other character of several bytes
)

var textClass, attrClass = classes("&<>\r"), classes("&<>\r\"'\t\n")

func classes(escaped string) (c [256]uint8) {
	for b := range c {
		switch {
		case b == '\v' || b == '\f':
			c[b] = blank
		case b < ' ' && b != '\t' && b != '\n' && b != '\r':
			c[b] = illegal
		case b >= 0xC2 && b <= 0xDF:
			c[b] = two
		case b > 0xE0 && b < 0xED || b == 0xEE:
			c[b] = three
		case b >= utf8.RuneSelf:
			c[b] = wide
		}
	}
	for _, b := range []byte(escaped) {
		c[b] = escape
	}
	return c
}

var escapes = [utf8.RuneSelf]string{
	'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&quot;", '\'': "&#39;",
	'\t': "&#9;", '\n': "&#10;", '\r': "&#13;",
}

func appendEscaped(dst []byte, s string, class *[256]uint8) []byte {
	start := 0 // of what is clean and not copied yet
	for i := 0; i < len(s); {
		size, with := 1, "\uFFFD"
		switch class[s[i]] {
		case clean:
			i = skipClean(s, i+1)
			continue
		case two:
			if i+1 < len(s) && continues(s[i+1]) {
				i = skipClean(s, i+2)
				continue
			}
		case three:
			if i+2 < len(s) && continues(s[i+1]) && continues(s[i+2]) {
				i += 3
				continue
			}
		case wide:
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			if legal(r, size) {
				i += size
				continue
			}
		case escape:
			with = escapes[s[i]]
		case blank:
			with = " "
		}
		dst = append(dst, s[start:i]...)
		dst = append(dst, with...)
		i += size
		start = i
	}
	return append(dst, s[start:]...)
}

// skipClean returns the first place from i on, eight bytes at a time, where
// there may be a byte that is not clean: a control character, one of " & ' < >
// or one beyond ASCII. It may stop early, but never skips one.
func skipClean(s string, i int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(s); i += 8 {
		b := s[i : i+8]
		x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		quotes := (x | 5*ones) ^ '\''*ones // zero for " # & '
		angles := (x | 2*ones) ^ '>'*ones  // zero for < >
		found := (x | (x-' '*ones)&^x | (quotes-ones)&^quotes | (angles-ones)&^angles) & high
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	return i
}

// continues reports whether b is a later byte of a character of several.
func continues(b byte) bool { return b&0xC0 == 0x80 }

// legal reports whether a decoded character of several bytes is a Char of
// XML 1.0, section 2.2.
func legal(r rune, size int) bool {
	return size > 1 && r != 0xFFFE && r != 0xFFFF
}
