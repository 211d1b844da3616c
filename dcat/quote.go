package dcat

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// A quoting says what one syntax does to the text of a literal. Whatever the
// syntax, the text that a reader gets back is the same: what XML 1.0 cannot
// carry at all (section 2.2) is replaced in every syntax, form feed and
// vertical tab by a space as they separate words, each other illegal
// character and each byte that is not UTF-8 by U+FFFD.
type quoting struct {
	class   [256]uint8
	escapes [utf8.RuneSelf]string
	// Eight bytes at once have nothing to look at when none of them is below
	// a space, beyond ASCII, equal to one, or equal to other but for the bits
	// outside of mask.
	one, other, mask uint64
}

// The classes of bytes.
const (
	clean   = iota // copied as it is
	special        // has an entry in escapes
	wide           // part of a character of several bytes
)

var (
	jsonQuoting = newQuoting('"', '\\', 0xFF, "\"", `\"`, "\\", `\\`, "\n", `\n`, "\r", `\r`, "\t", `\t`)
	xmlQuoting  = newQuoting('&', '<', ^byte('<'^'>'), "&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	// turtleQuoting serves N-Triples too.
	turtleQuoting = jsonQuoting
)

// newQuoting takes characters and their escapes by turns, after what finds the
// printable ones of them.
func newQuoting(one, other, mask byte, escapes ...string) *quoting {
	q := &quoting{one: each * uint64(one), other: each * uint64(other), mask: each * uint64(mask)}
	for c := range q.class {
		switch {
		case c >= utf8.RuneSelf:
			q.class[c] = wide
		case c == '\v' || c == '\f':
			q.class[c], q.escapes[c] = special, " "
		case c < ' ' && !strings.ContainsRune("\t\n\r", rune(c)):
			q.class[c], q.escapes[c] = special, "\uFFFD"
		}
	}
	for i := 0; i < len(escapes); i += 2 {
		c := escapes[i][0]
		q.class[c], q.escapes[c] = special, escapes[i+1]
	}
	return q
}

// append appends s, quoted. It copies runs of clean bytes whole.
func (q *quoting) append(dst []byte, s string) []byte {
	start := 0 // of what is clean and not copied yet
	for i := q.skip(s, 0); i < len(s); i = q.skip(s, i) {
		size, with := 1, "\uFFFD"
		if c := s[i]; q.class[c] == clean {
			i++
			continue
		} else if c < utf8.RuneSelf {
			with = q.escapes[c]
		} else if size = runeSize(s[i:]); size > 0 {
			i += size
			continue
		} else {
			size = -size
		}
		dst = append(dst, s[start:i]...)
		dst = append(dst, with...)
		i += size
		start = i
	}
	return append(dst, s[start:]...)
}

// skip returns the index of the first byte of s from i on that may not be
// clean.
func (q *quoting) skip(s string, i int) int {
	for ; i+8 <= len(s); i += 8 {
		if m := q.marks(load64(s[i : i+8])); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	if rest := len(s) - i; rest > 0 && len(s) >= 8 {
		// The last eight bytes again, but for those before i, and spaces.
		x := load64(s[len(s)-8:])>>(64-8*rest) | each*' '<<(8*rest)
		if m := q.marks(x); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
		return len(s)
	}
	for i < len(s) && q.class[s[i]] == clean {
		i++
	}
	return i
}

// marks sets the highest bit of the first of eight bytes that is to be looked
// at, and perhaps of some that follow it.
func (q *quoting) marks(x uint64) uint64 {
	// A byte that is 0, or below a space, borrows from its highest bit.
	return ((x - each*' ') | ((x ^ q.one) - each) | ((x&q.mask ^ q.other) - each) | x) & (each << 7)
}

// each is a 1 in each of eight bytes.
const each = 0x0101010101010101

// load64 returns the eight bytes of s, which the compiler loads at once.
func load64(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// runeSize returns the number of bytes of the character that s begins with,
// negative where it is to be replaced.
func runeSize(s string) int {
	if c := s[0]; 0xC2 <= c && c < 0xE0 && len(s) > 1 && s[1]&0xC0 == 0x80 {
		return 2
	}
	r, size := utf8.DecodeRuneInString(s)
	if size == 1 || r == 0xFFFE || r == 0xFFFF {
		return -size
	}
	return size
}
