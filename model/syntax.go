package model

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// readable returns the text of a file, each character that it may not hold
// replaced by U+FFFD, and reports the first: a reader of YAML would give no
// place of it and see nothing else, one of JSON would replace it in silence.
func (d *decoder) readable(data []byte, refused func(r rune, size int) bool) []byte {
	at := indexRefused(data, refused)
	if at < 0 {
		return data
	}
	r, size := utf8.DecodeRune(data[at:])
	found := fmt.Sprintf("U+%04X", r)
	if notUTF8(r, size) {
		found = fmt.Sprintf("0x%02X", data[at])
	}
	line := 1 + bytes.Count(data[:at], []byte{'\n'})
	column := 1 + utf8.RuneCount(data[bytes.LastIndexByte(data[:at], '\n')+1:at])
	d.report(&yaml.Node{Line: line, Column: column}, "character", "", found)
	clean := append(make([]byte, 0, len(data)), data[:at]...)
	for rest := data[at:]; len(rest) > 0; rest = rest[size:] {
		if r, size = utf8.DecodeRune(rest); refused(r, size) {
			r = utf8.RuneError
		}
		clean = utf8.AppendRune(clean, r)
	}
	return clean
}

func indexRefused(data []byte, refused func(r rune, size int) bool) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if refused(r, size) {
			return i
		}
		i += size
	}
	return -1
}

func notUTF8(r rune, size int) bool { return r == utf8.RuneError && size == 1 }

// notYAML tells what YAML 1.2, section 5.1, does not allow.
func notYAML(r rune, size int) bool {
	switch {
	case r < ' ':
		return r != '\t' && r != '\n' && r != '\r'
	case r < 0xa0:
		return r >= 0x7f && r != 0x85
	}
	return r == 0xfffe || r == 0xffff || notUTF8(r, size)
}
