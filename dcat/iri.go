package dcat

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrIRI is wrapped by the errors for IRIs that no graph can hold.
var ErrIRI = errors.New("not an absolute IRI")

// cleanIRI returns the IRI as every syntax writes it. What cannot stand where
// it stands (RFC 3987, section 2.2) is percent-encoded: spaces, control
// characters and marks of direction, <>"{}|\^`, noncharacters, characters for private use outside of
// the query, brackets outside of the host, a second "#", "%" without two
// hexadecimal digits, and bytes that are not UTF-8 as they are. Dot segments
// of the path go, since readers of some syntaxes remove them and readers of
// others do not.
//
// An IRI without a scheme is an error, and so is one whose scheme is a
// declared prefix: "dct:title" is a shortened name that nobody expanded.
func cleanIRI(s string) (string, error) {
	if isUsualIRI(s) {
		return s, nil
	}
	scheme := schemeOf(s)
	if scheme == "" {
		return "", fmt.Errorf("dcat: %q: %w", s, ErrIRI)
	}
	if scheme != "https" && scheme != "http" && isPrefix(scheme) {
		return "", fmt.Errorf("dcat: %q: %w: write the name in full", s, ErrIRI)
	}
	marks := iriMarks(s)
	if !isCleanIRI(s, marks) {
		s = encodeIRI(s)
	}
	if marks&iriDotted != 0 || strings.HasPrefix(s[len(scheme)+1:], ".") {
		s = removeDots(s)
	}
	return s, nil
}

// schemeOf returns the scheme of an absolute IRI (RFC 3986, section 3.1), or
// nothing.
func schemeOf(s string) string {
	switch {
	case strings.HasPrefix(s, "https:"):
		return "https"
	case strings.HasPrefix(s, "http:"):
		return "http"
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return s[:i]
		default:
			return ""
		}
	}
	return ""
}

// iriBytes says what is to be known of a byte of an IRI.
var iriBytes = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c <= ' ' || c >= 0x7F || strings.IndexByte("<>\"{}|\\^`", byte(c)) >= 0:
			t[c] = iriForeign
		case strings.IndexByte("%[]", byte(c)) >= 0:
			t[c] = iriPlaced
		case c == '#':
			t[c] = iriHash
		}
	}
	return t
}()

const (
	iriHash    = 1 << iota // "#", most often that of a vocabulary
	iriPlaced              // stands in some places
	iriForeign             // stands nowhere, or is part of a character beyond ASCII
	iriDotted              // "." after "/"
)

// iriMarks tells what there is in an IRI.
func iriMarks(s string) (marks uint8) {
	for i := range len(s) {
		marks |= iriBytes[s[i]]
	}
	if strings.Contains(s, "/.") {
		marks |= iriDotted
	}
	return marks
}

// isUsualIRI reports whether an IRI is one of the web that is clean, eight bytes
// at a time. Those with "~" or "!" are left to others.
func isUsualIRI(s string) bool {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") || len(s) < 8 {
		return false
	}
	last := len(s) - 8
	x := load64(s[last:])
	odd, hash := iriOdd(x, x>>8), (x^each*'#')-each
	for i := 0; i < last; i += 8 {
		x := load64(s[i : i+8])
		odd |= iriOdd(x, load64(s[i+1:i+9]))
		hash |= (x ^ each*'#') - each
	}
	return odd&(each<<7) == 0 && (hash&(each<<7) == 0 || strings.Count(s, "#") == 1)
}

// iriOdd sets the highest bit of the first of eight bytes that iriBytes marks,
// but for "#", or that is "/" before ".", and perhaps of some that follow it.
// What is looked for is made 0, from which 1 borrows that bit.
func iriOdd(x, next uint64) uint64 {
	return x | // beyond ASCII
		(x - each*'#') | // up to "
		(x + each*(0x80-'{')) | // { | } ~ DEL
		((x&(each*0x9D) ^ each*0x1C) - each) | // < > \ ^
		(((x+each*5)&(each*0xFD) ^ each*0x60) - each) | // [ ]
		((x ^ each*'`') - each) |
		((x ^ each*'%') - each) |
		(((x ^ each*'/') | (next ^ each*'.')) - each)
}

// isCleanIRI reports whether nothing in an IRI is to be percent-encoded, as
// far as its marks tell.
func isCleanIRI(s string, marks uint8) bool {
	switch marks &^ iriDotted {
	case 0:
		return true
	case iriHash:
		return strings.Count(s, "#") == 1
	}
	return false
}

// encodeIRI percent-encodes everything that cannot stand where it stands.
func encodeIRI(s string) string {
	p := placesOf(s)
	var dst []byte
	start := 0 // of what is not copied yet
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !p.has(s, i, r, size) {
			dst = append(dst, s[start:i]...)
			for _, c := range []byte(s[i : i+size]) {
				dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
			}
			start = i + size
		}
		i += size
	}
	if start == 0 {
		return s
	}
	return string(append(dst, s[start:]...))
}

// iriPlaces are the ends of the parts of an IRI.
type iriPlaces struct {
	address         int // where an IP address in brackets ends
	query, fragment int // where they start
}

func placesOf(s string) (p iriPlaces) {
	prefix, path, query := splitIRI(s)
	if strings.Contains(prefix, "//[") || strings.Contains(prefix, "@[") {
		p.address = len(prefix)
	}
	p.query = len(prefix) + len(path)
	p.fragment = p.query + len(query)
	return p
}

// has reports whether a character can stand where it stands.
func (p iriPlaces) has(s string, i int, r rune, size int) bool {
	switch {
	case r == '#':
		return i == p.fragment
	case r == '[' || r == ']':
		return i < p.address
	case r == '%':
		return i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
	case isPrivate(r):
		return p.query < i && i < p.fragment
	case size == 1:
		return iriBytes[s[i]] == 0
	}
	return isIRIRune(r)
}

const upperHex = "0123456789ABCDEF"

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// isIRIRune reports whether a character beyond ASCII is in ucschar of RFC 3987,
// and is neither white space, for which rdflib gives up the file and jsonld.js
// (that counts U+FEFF to it) drops the triple, nor one that only says the
// direction of writing, which section 4.1 rules out.
func isIRIRune(r rune) bool {
	return r >= 0xA0 && r != 0xFEFF && !unicode.In(r, unicode.White_Space, unicode.Bidi_Control) && (r < 0xFDD0 || r > 0xFDEF) && (r < 0xFFF0 || r > 0xFFFF) &&
		r&0xFFFE != 0xFFFE && (r < 0xE0000 || r > 0xE0FFF)
}

// isPrivate reports whether a character is in iprivate of RFC 3987.
func isPrivate(r rune) bool {
	return 0xE000 <= r && r <= 0xF8FF || r >= 0xF0000 && r&0xFFFE != 0xFFFE
}

// removeDots removes the dot segments of the path, unless it would begin like an
// authority then.
func removeDots(s string) string {
	prefix, path, _ := splitIRI(s)
	clean := withoutDots(path)
	if strings.HasPrefix(clean, "//") && !strings.Contains(prefix, "//") {
		return s
	}
	return prefix + clean + s[len(prefix)+len(path):]
}

// withoutDots is remove_dot_segments of RFC 3986, section 5.2.4.
func withoutDots(path string) string {
	var kept []byte
	for path != "" {
		switch {
		case strings.HasPrefix(path, "../"):
			path = path[3:]
		case strings.HasPrefix(path, "./"), strings.HasPrefix(path, "/./"):
			path = path[2:]
		case path == "/.":
			path = "/"
		case strings.HasPrefix(path, "/../"), path == "/..":
			path = "/" + strings.TrimPrefix(path[3:], "/")
			kept = kept[:max(bytes.LastIndexByte(kept, '/'), 0)]
		case path == ".", path == "..":
			path = ""
		default:
			end := len(path)
			if i := strings.IndexByte(path[1:], '/'); i >= 0 {
				end = 1 + i
			}
			kept, path = append(kept, path[:end]...), path[end:]
		}
	}
	return string(kept)
}
