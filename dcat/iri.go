package dcat

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// ErrIRI is wrapped by the errors for IRIs that no graph can hold.
var ErrIRI = errors.New("not an absolute IRI")

// cleanIRI returns the IRI as every syntax writes it. What an IRI cannot hold
// (RFC 3987, section 2.2) is percent-encoded: spaces, control characters and
// noncharacters, <>"{}|\^`, and bytes that are not UTF-8 as they are. Dot
// segments of the path go, since readers of some syntaxes remove them and
// readers of others do not.
//
// An IRI without a scheme is an error, and so is one whose scheme is a
// declared prefix: "dct:title" is a shortened name that nobody expanded.
func cleanIRI(s string) (string, error) {
	scheme := schemeOf(s)
	if scheme == "" {
		return "", fmt.Errorf("dcat: %q: %w", s, ErrIRI)
	}
	if len(scheme) <= longestPrefix && isPrefix(scheme) {
		return "", fmt.Errorf("dcat: %q: %w: write the name in full", s, ErrIRI)
	}
	if !isCleanIRI(s) {
		s = string(appendIRI(make([]byte, 0, len(s)+16), s))
	}
	if strings.Contains(s, "/.") {
		s = removeDots(s, len(scheme)+1)
	}
	return s, nil
}

var longestPrefix = func() (n int) {
	for _, p := range prefixes {
		n = max(n, len(p.name))
	}
	return n
}()

// schemeOf returns the scheme of an absolute IRI (RFC 3986, section 3.1), or
// nothing.
func schemeOf(s string) string {
	if strings.HasPrefix(s, "http") {
		if n := strings.IndexByte(s[:min(6, len(s))], ':'); n == 4 || n == 5 && s[4] == 's' {
			return s[:n]
		}
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

// iriBytes holds 1 for each byte that needs a closer look in an IRI.
var iriBytes = func() (t [256]uint8) {
	for c := range t {
		if c <= ' ' || c >= 0x7F || strings.IndexByte("<>\"{}|\\^`", byte(c)) >= 0 {
			t[c] = 1
		}
	}
	return t
}()

func isCleanIRI(s string) bool {
	for len(s) >= 8 {
		if iriBytes[s[0]]|iriBytes[s[1]]|iriBytes[s[2]]|iriBytes[s[3]]|
			iriBytes[s[4]]|iriBytes[s[5]]|iriBytes[s[6]]|iriBytes[s[7]] != 0 {
			return false
		}
		s = s[8:]
	}
	for i := 0; i < len(s); i++ {
		if iriBytes[s[i]] != 0 {
			return false
		}
	}
	return true
}

// appendIRI appends s with everything percent-encoded that an IRI cannot hold.
func appendIRI(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 && iriBytes[s[i]] == 0 || size > 1 && isIRIRune(r) {
			dst = append(dst, s[i:i+size]...)
		} else {
			for _, c := range []byte(s[i : i+size]) {
				dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
			}
		}
		i += size
	}
	return dst
}

const upperHex = "0123456789ABCDEF"

// isIRIRune reports whether a character beyond ASCII is one of ucschar or
// iprivate of RFC 3987.
func isIRIRune(r rune) bool {
	return r >= 0xA0 && (r < 0xFDD0 || r > 0xFDEF) && (r < 0xFFF0 || r > 0xFFFF) && r&0xFFFE != 0xFFFE
}

// removeDots removes the dot segments of the path (RFC 3986, section 5.2.4)
// where there is one: what follows "scheme://authority".
func removeDots(s string, scheme int) string {
	if !strings.HasPrefix(s[scheme:], "//") {
		return s
	}
	slash := strings.IndexAny(s[scheme+2:], "/?#")
	if slash < 0 || s[scheme+2+slash] != '/' {
		return s
	}
	start := scheme + 2 + slash
	end := len(s)
	if i := strings.IndexAny(s[start:], "?#"); i >= 0 {
		end = start + i
	}
	if !strings.Contains(s[start:end], "/.") {
		return s
	}
	var kept []string
	segments := strings.Split(s[start+1:end], "/")
	for i, segment := range segments {
		if segment == ".." && len(kept) > 0 {
			kept = kept[:len(kept)-1]
		}
		if segment != "." && segment != ".." {
			kept = append(kept, segment)
		} else if i == len(segments)-1 {
			kept = append(kept, "")
		}
	}
	return s[:start+1] + strings.Join(kept, "/") + s[end:]
}
