package model

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/encoding/unicode"

	"github.com/gtnum/gtnum/internal/say"
)

// fromUTF16 returns the UTF-8 of a text in UTF-16, which editors of Windows
// call Unicode and begin with a mark.
func fromUTF16(data []byte) []byte {
	if !bytes.HasPrefix(data, []byte("\xff\xfe")) && !bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return data
	}
	text, err := unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	if err != nil {
		return data
	}
	return text
}

// readable returns the text of a file, each character that it may not hold
// replaced by U+FFFD, and reports them: a reader of YAML would give no place of
// one and see nothing else, one of JSON would replace it in silence. Of bytes
// that are not UTF-8 it reports the first alone, since saving the file anew
// mends all, and of a file that is no text a few characters.
func (d *decoder) readable(data []byte, refused func(r rune, size int) bool) []byte {
	const most = 20
	var clean []byte
	told, undecoded := 0, false
	kept := 0 // up to where data is in clean
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if !refused(r, size) {
			at += size
			continue
		}
		found := fmt.Sprintf("U+%04X", r)
		if notUTF8(r, size) {
			found = fmt.Sprintf("0x%02X", data[at])
		}
		if told < most && !(undecoded && notUTF8(r, size)) {
			line := 1 + bytes.Count(data[:at], []byte{'\n'})
			column := 1 + utf8.RuneCount(data[bytes.LastIndexByte(data[:at], '\n')+1:at])
			d.report(&yaml.Node{Line: line, Column: column}, "character", "", found)
			told++
		}
		undecoded = undecoded || notUTF8(r, size)
		clean = utf8.AppendRune(append(clean, data[kept:at]...), utf8.RuneError)
		at += size
		kept = at
	}
	if kept == 0 {
		return data
	}
	return append(clean, data[kept:]...)
}

func notUTF8(r rune, size int) bool { return r == utf8.RuneError && size == 1 }

// notYAML tells what YAML 1.2, section 5.1, does not allow, and the line breaks
// of YAML 1.1, which the reader takes for such, so that texts fall apart and
// every line behind has a wrong number.
func notYAML(r rune, size int) bool {
	switch {
	case r < ' ':
		return r != '\t' && r != '\n' && r != '\r'
	case r < 0xa0:
		return r >= 0x7f
	}
	return r == 0x2028 || r == 0x2029 || r == 0xfffe || r == 0xffff || notUTF8(r, size)
}

// unixLines ends lines as Unix does, which is how YAML reads the line ends of
// Windows and of old Macs, too.
func unixLines(data []byte) []byte {
	if bytes.IndexByte(data, '\r') < 0 {
		return data
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	for i, c := range data { // a copy, which may be changed
		if c == '\r' {
			data[i] = '\n'
		}
	}
	return data
}

// reportYAML reports what the reader of YAML finds unreadable, at the first
// character of the line: the reader knows no column.
func (d *decoder) reportYAML(data []byte, err error) {
	line, why := say.YAML(err)
	fault := err.Error()
	switch {
	case containsAny(fault, "found a tab", "'-' indicator", "expected key", "node content", "<document start>"):
		line = faultyLine(data, fault)
	case containsAny(fault, "expected ',' or"): // the line of the bracket, counted from 0
		line++
	}
	text := lineOf(data, line)
	indent := indentOf(text)
	column := 1 + len(indent)
	if tab := strings.IndexByte(indent, '\t'); tab >= 0 {
		column = 1 + tab
		if containsAny(fault, "cannot start any token") {
			why = say.Syntax("found a tab character that violates indentation")
		}
	}
	if text = text[len(indent):]; strings.TrimLeft(text, noBreak) != text {
		why = say.Errorf("une espace insécable sert d’alignement\u00a0: il faut des espaces ordinaires", "a no-break space where plain ones must be")
	}
	d.report(&yaml.Node{Line: line, Column: column}, "syntax", "", why)
}

// noBreak are the spaces that French keyboards and texts have beside the plain
// one.
const noBreak = "\u00a0\u202f"

func containsAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(s, part) })
}

func lineOf(data []byte, line int) string {
	for text := range bytes.Lines(data) {
		if line--; line == 0 {
			return string(text)
		}
	}
	return ""
}

// indentOf is the white space that a line begins with.
func indentOf(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t"))] }

// faultyLine is the line at which the reader of YAML gives up with a fault.
// The reader tells where the list or object begins that the fault is in, which
// may be thousands of lines before.
func faultyLine(data []byte, fault string) int {
	r := &lineReader{data: data}
	_ = yamlFault(r)
	last := func(lines []byte) int { return 1 + bytes.LastIndexByte(bytes.TrimSuffix(lines, []byte("\n")), '\n') }
	read := data[:r.read]
	for start := last(read); start > 0 && yamlFault(bytes.NewReader(data[:start])).Error() == fault; start = last(read) {
		read = data[:start] // it had read ahead
	}
	return 1 + bytes.Count(read[:last(read)], []byte("\n"))
}

// yamlFault reads to the first fault, or to io.EOF.
func yamlFault(r io.Reader) (err error) {
	for dec := yaml.NewDecoder(r); err == nil; {
		err = dec.Decode(new(yaml.Node))
	}
	return err
}

// lineReader gives one line at a time, and so tells how far a reader got.
type lineReader struct {
	data []byte
	read int
}

func (r *lineReader) Read(p []byte) (int, error) {
	rest := r.data[r.read:]
	if len(rest) == 0 {
		return 0, io.EOF
	}
	if end := bytes.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end+1]
	}
	n := copy(p, rest)
	r.read += n
	return n, nil
}
