package model

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Writer writes a catalogue output by output, so that millions need no more
// memory than one: the counterpart of [Stream]. JSON has one output a line;
// YAML is what [Catalogue.WriteYAML] writes.
type Writer struct {
	w      io.Writer
	json   bool
	reader *outputReader
	n      int
	err    error
}

// NewWriter writes the heading; the name of the file decides between YAML and
// JSON. The caller closes the writer.
func NewWriter(w io.Writer, name string, heading *Catalogue) (*Writer, error) {
	bare := *heading
	bare.Outputs = nil
	out := &Writer{w: w, json: strings.EqualFold(filepath.Ext(name), ".json"), reader: newOutputReader(&bare, name)}
	if !out.json {
		out.err = bare.WriteYAML(w)
		return out, out.err
	}
	data, err := marshalPlain(&bare)
	if err != nil {
		return nil, err
	}
	out.printf("%s,\n\"outputs\":[", bytes.TrimSuffix(data, []byte("}")))
	return out, out.err
}

func (w *Writer) printf(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.w, format, args...)
	}
}

// Write writes an output. One that no reader would take is not written: the
// error is a *[LoadError] that says why, and others can be written after it.
func (w *Writer) Write(o *Output) error {
	if w.err != nil {
		return w.err
	}
	data, err := marshalPlain(o)
	if err != nil {
		return err
	}
	if _, _, err := w.reader.read(data, w.n, place{1, 1}); err != nil {
		return err
	}
	if w.json {
		w.printf("%s%s", w.separator("\n", ",\n"), data)
	} else {
		w.yaml(data)
	}
	w.n++
	return w.err
}

func (w *Writer) separator(first, other string) string {
	if w.n == 0 {
		return first
	}
	return other
}

// yaml writes an output as an item of the list "outputs".
func (w *Writer) yaml(data []byte) {
	root, err := parseJSON(data)
	if err != nil {
		w.err = err
		return
	}
	readable(root)
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	list := &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{root}}
	if w.err = enc.Encode(list); w.err != nil {
		return
	}
	w.printf("%s", w.separator("outputs:\n", ""))
	for line := range bytes.Lines(b.Bytes()) {
		if len(line) > 1 { // white space alone is no part of a text
			w.printf("  ")
		}
		w.printf("%s", line)
	}
}

// Close writes the end of the catalogue. It does not close the file.
func (w *Writer) Close() error {
	if w.json {
		w.printf("%s]}\n", w.separator("", "\n"))
	}
	return w.err
}
