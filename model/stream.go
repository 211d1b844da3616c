package model

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/gtnum/gtnum/internal/say"
)

// Stream is a catalogue that is read output by output, so that millions need
// no more memory than one. Only a JSON file whose last key is "outputs", as
// [Catalogue.WriteJSON] writes it, is read so; YAML is read whole, and so is
// JSON that has what a catalogue must have behind its outputs. Any other key
// there ends the stream with an error.
type Stream struct {
	heading *Catalogue
	name    string
	file    io.Closer
	dec     *jsontext.Decoder // at the outputs; nil if they are in memory
	lines   *lineCounter
	memory  []Output
}

// OpenStream opens a catalogue file. The heading is read and checked; an
// error is as of [Load]. The caller closes the stream.
func OpenStream(file string) (*Stream, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	s, err := NewStream(f, file)
	if err != nil {
		f.Close()
		return nil, err
	}
	s.file = f
	return s, nil
}

// NewStream is [OpenStream] on a reader; name is the file that problems are
// told of.
func NewStream(r io.Reader, name string) (*Stream, error) {
	s := &Stream{name: name, lines: &lineCounter{r: bufio.NewReaderSize(r, 1<<16), line: 1, starts: []int64{0}}}
	if strings.EqualFold(filepath.Ext(name), ".json") {
		return s.json()
	}
	return s.whole(nil)
}

// whole reads what is left, behind what was read already.
func (s *Stream) whole(before []byte) (*Stream, error) {
	data, err := io.ReadAll(io.MultiReader(bytes.NewReader(before), s.lines.r))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", s.name, err)
	}
	cat, err := parse(s.name, data, false)
	if err != nil {
		return nil, err
	}
	s.memory, cat.Outputs = cat.Outputs, nil
	s.heading = cat
	return s, nil
}

// json reads up to the outputs. The heading is what stands before them, with
// its bracket closed, so that problems have their true places.
func (s *Stream) json() (*Stream, error) {
	var read bytes.Buffer
	s.lines.tee = &read
	dec := jsontext.NewDecoder(s.lines)
	end, ok := headingEnd(dec)
	if !ok || end == 1 { // broken, or the outputs come first
		return s.whole(read.Bytes())
	}
	text := append(bytes.TrimRight(bytes.Clone(read.Bytes()[:end]), " \t\r\n,"), '}')
	var err error
	if s.heading, err = Parse(s.name, text); err != nil {
		if keyFollows(dec) { // what is missing may stand there
			return s.whole(read.Bytes())
		}
		return nil, err
	}
	s.dec, s.lines.tee = dec, nil
	return s, nil
}

// keyFollows reads to the end of the outputs and reports whether a key stands
// behind them.
func keyFollows(dec *jsontext.Decoder) bool {
	for dec.PeekKind() != ']' {
		if dec.SkipValue() != nil {
			return false
		}
	}
	_, err := dec.ReadToken()
	return err == nil && dec.PeekKind() == '"'
}

// headingEnd reads to the array of the key "outputs" and returns where the
// key begins.
func headingEnd(dec *jsontext.Decoder) (int64, bool) {
	if t, err := dec.ReadToken(); err != nil || t.Kind() != '{' {
		return 0, false
	}
	for dec.PeekKind() == '"' {
		at := dec.InputOffset()
		key, err := dec.ReadToken()
		if err != nil {
			return 0, false
		}
		if key.String() == "outputs" {
			t, err := dec.ReadToken()
			return at, err == nil && t.Kind() == '['
		}
		if dec.SkipValue() != nil {
			return 0, false
		}
	}
	return 0, false
}

// Catalogue returns the heading: the catalogue without its outputs.
func (s *Stream) Catalogue() *Catalogue { return s.heading }

// Close closes the file.
func (s *Stream) Close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// Outputs yields the outputs, once. An output with problems comes as a
// *[LoadError] in its place, and those behind it still come; any other error
// ends the sequence. References from one output to another are not checked,
// and ids given twice only in a file that is read whole: that would need all
// outputs in memory.
func (s *Stream) Outputs() iter.Seq2[*Output, error] {
	return func(yield func(*Output, error) bool) {
		for raw, err := range s.raw(false) {
			var o *Output
			if err == nil {
				o, _, err = raw.Read()
			}
			if !yield(o, err) {
				return
			}
		}
	}
}

// RawOutput is an output of a [Stream] that is not read yet.
type RawOutput struct {
	// Text is its JSON as it stands in the file; nil if the file was read
	// whole.
	Text []byte

	output *Output
	reader *outputReader
	i      int
	at     place
}

// Read reads the output; its error is a *[LoadError]. Text is the JSON of the
// output where the file's text is that to the letter, empty where values had
// to be normalised. Several goroutines may read outputs of one stream.
func (r RawOutput) Read() (o *Output, text string, err error) {
	if r.output != nil {
		return r.output, "", nil
	}
	return r.reader.read(r.Text, r.i, r.at)
}

// Raw is [Stream.Outputs] for who reads outputs in several goroutines, or
// only some of them. An error ends the sequence.
func (s *Stream) Raw() iter.Seq2[RawOutput, error] { return s.raw(true) }

// raw yields the outputs, whose texts stay if keep is set.
func (s *Stream) raw(keep bool) iter.Seq2[RawOutput, error] {
	return func(yield func(RawOutput, error) bool) {
		for i := range s.memory {
			if !yield(RawOutput{output: &s.memory[i], reader: &outputReader{name: s.name, places: s.heading.places}, i: i}, nil) {
				return
			}
		}
		if s.dec != nil {
			s.stream(keep, yield)
		}
	}
}

func (s *Stream) stream(keep bool, yield func(RawOutput, error) bool) {
	reader := newOutputReader(s.heading, s.name)
	for i := 0; s.dec.PeekKind() == '{'; i++ {
		at := s.lines.at(s.dec.InputOffset() + s.separator())
		raw, err := s.dec.ReadValue()
		if err != nil {
			yield(RawOutput{}, s.broken(err, s.dec.InputOffset()))
			return
		}
		if keep {
			raw = bytes.Clone(raw)
		}
		if !yield(RawOutput{Text: raw, reader: reader, i: i, at: at}, nil) {
			return
		}
	}
	for _, end := range []struct {
		kind  jsontext.Kind
		other string // what else can stand there
	}{
		{']', "something else than an object is among the outputs"},
		{'}', "a key follows the outputs"},
	} {
		s.dec.PeekKind()
		at := s.dec.InputOffset() + s.separator()
		t, err := s.dec.ReadToken()
		if err == nil && t.Kind() != end.kind {
			err = errors.New(end.other)
		}
		if err != nil {
			yield(RawOutput{}, s.broken(err, at))
			return
		}
	}
	s.dec.PeekKind()
	at := s.dec.InputOffset() + s.separator()
	if _, err := s.dec.ReadToken(); err != io.EOF {
		yield(RawOutput{}, s.broken(errors.New("something follows the value"), at))
	}
}

// separator is how much stands between the last output and the next: blanks
// and a comma.
func (s *Stream) separator() int64 {
	n := int64(0)
	for _, c := range s.dec.UnreadBuffer() {
		if !strings.ContainsRune(" \t\r\n,", rune(c)) {
			break
		}
		n++
	}
	return n
}

// broken is an error of syntax behind which nothing can be read, at an offset
// or where the error itself says.
func (s *Stream) broken(err error, offset int64) error {
	if syntactic, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		offset, err = max(offset, syntactic.ByteOffset), syntactic.Err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err, offset = errors.New("the file ends too early"), s.lines.offset
	}
	p := problem(Error, "syntax", "outputs", say.Syntax(err.Error()))
	at := s.lines.at(offset)
	p.File, p.Line, p.Column = s.name, at.line, at.column
	return &LoadError{[]Problem{p}}
}

// lineCounter counts the lines of what is read through it, and copies it to
// tee where that is not nil.
type lineCounter struct {
	r      *bufio.Reader
	tee    *bytes.Buffer
	offset int64   // of the end of what was read
	starts []int64 // offsets of the lines that begin in the last blocks read
	line   int     // number of the line that starts[0] is
	inner  []int64 // offsets of the bytes that do not begin a character, from the last place asked on
	passed int     // how many of those the line has before
}

func (l *lineCounter) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.tee != nil {
		l.tee.Write(p[:n])
	}
	for i, c := range p[:n] {
		switch {
		case c == '\n':
			l.starts = append(l.starts, l.offset+int64(i)+1)
		case !utf8.RuneStart(c):
			l.inner = append(l.inner, l.offset+int64(i))
		}
	}
	l.offset += int64(n)
	return n, err
}

// at is the place of an offset, which must not be before one asked earlier.
func (l *lineCounter) at(offset int64) place {
	for len(l.starts) > 1 && l.starts[1] <= offset {
		l.starts = l.starts[1:]
		l.line++
		l.passed = 0
	}
	for ; len(l.inner) > 0 && l.inner[0] < offset; l.inner = l.inner[1:] {
		if l.inner[0] >= l.starts[0] {
			l.passed++
		}
	}
	return place{l.line, int(offset-l.starts[0]) + 1 - l.passed}
}
