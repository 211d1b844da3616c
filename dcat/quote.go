package dcat

import (
	"encoding/binary"
	"math/bits"
	"slices"
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

// append appends s, quoted. It copies and looks at eight bytes at once, the
// last ones twice if need be, and begins again where something is to be replaced.
func (q *quoting) append(dst []byte, s string) []byte {
	start, n := len(dst), len(s)
	dst = slices.Grow(dst, n)[:start+n]
	to := dst[start:]
	var all, marks uint64
	switch {
	case n >= 8:
		for i := 0; i < n-8; i += 8 {
			x := load64(s[i : i+8])
			binary.LittleEndian.PutUint64(to[i:i+8], x)
			all |= x
			marks |= q.marks(x) &^ x
		}
		x := load64(s[n-8:])
		binary.LittleEndian.PutUint64(to[n-8:], x)
		all |= x
		marks |= q.marks(x) &^ x
	case n >= 4:
		x, y := load32(s), load32(s[n-4:])
		binary.LittleEndian.PutUint32(to, x)
		binary.LittleEndian.PutUint32(to[n-4:], y)
		all = uint64(x) | uint64(y)<<32
		marks = q.marks(all) &^ all
	case n > 0:
		x, y, z := s[0], s[n/2], s[n-1]
		to[0], to[n/2], to[n-1] = x, y, z
		all = uint64(x) | uint64(y)<<8 | uint64(z)<<16 | each*' '&^0xFFFFFF
		marks = q.marks(all) &^ all
	}
	if marks == 0 && (all&(each<<7) == 0 || isShortRunes(s)) {
		return dst
	}
	return q.appendMarked(dst[:start], s)
}

// isShortRunes reports whether s is UTF-8 of characters of up to three bytes,
// none of those that begin with 0xE0, 0xED or 0xEF, which have exceptions.
func isShortRunes(s string) bool {
	var odd, follow uint64 // the highest bit of bytes that must not be, of bytes that a character goes on with
	i, n := 0, len(s)
	for ; i+8 <= n; i += 8 {
		var o uint64
		o, follow = oddRunes(load64(s[i:i+8]), follow)
		odd |= o
	}
	if rest := uint(n - i); n >= 8 {
		o, f := oddRunes(load64(s[n-8:])>>(64-8*rest), follow)
		return odd|o|f == 0
	}
	o, f := oddRunes(loadShort(s), 0)
	return o|f == 0
}

// oddRunes is isShortRunes for eight bytes, zero where the text is at its end.
// It tells which of the eight bytes after them are to go on with a character.
func oddRunes(x, follow uint64) (odd, next uint64) {
	// Bit n of each byte is moved to its highest.
	bit0, bit1, bit2, bit3, bit4, bit5, bit6, bit7 := x<<7, x<<6, x<<5, x<<4, x<<3, x<<2, x<<1, x&(each<<7)
	first := bit7 & bit6
	three := first & bit5
	follow |= first<<8 | three<<16
	odd = follow ^ bit7&^bit6 | // too few or too many go on
		first&^(bit5|bit4|bit3|bit2|bit1) | // 0xC0, 0xC1
		three&(bit4|bit3&bit2&bit0|^(bit3|bit2|bit1|bit0))
	return odd, first>>56 | three>>48
}

// appendMarked appends s, quoted, whatever is in it. It copies runs of clean
// bytes whole.
func (q *quoting) appendMarked(dst []byte, s string) []byte {
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

// loadShort returns the bytes of s, of which there are one to seven.
func loadShort(s string) uint64 {
	n := len(s)
	if n >= 4 {
		return uint64(load32(s)) | uint64(load32(s[n-4:]))<<(8*(n-4)&63)
	}
	return uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)&63) | uint64(s[n-1])<<(8*(n-1)&63)
}

// load32 is the same for four bytes.
func load32(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
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
