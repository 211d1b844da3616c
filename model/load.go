package model

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/gtnum/gtnum/internal/say"
)

// Load reads a catalogue from a YAML file, or from a JSON file if its name
// ends with ".json". The error is a *[LoadError] with every problem of the
// file and its place, or that of reading it.
func Load(file string) (*Catalogue, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return Parse(file, data)
}

// Read is [Load] from a reader; name is the file that problems are told of
// and decides between YAML and JSON.
func Read(r io.Reader, name string) (*Catalogue, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return Parse(name, data)
}

// Parse is [Load] from memory.
func Parse(name string, data []byte) (*Catalogue, error) { return parse(name, data, true) }

// parse is Parse; without lookUp, outputs may refer to what stands elsewhere.
func parse(name string, data []byte, lookUp bool) (*Catalogue, error) {
	d := &decoder{places: places{}}
	cat := &Catalogue{file: name, places: d.places}
	if root := d.parse(name, bytes.TrimPrefix(fromUTF16(data), []byte("\ufeff"))); root != nil {
		d.value(root, reflect.ValueOf(cat).Elem(), "")
		d.problems = append(d.problems, cat.normalizeURLs(reflect.ValueOf(cat).Elem(), "")...)
		d.problems = append(d.problems, cat.checkReferences(lookUp)...)
	}
	if len(d.problems) == 0 {
		cat.indexAgents()
		return cat, nil
	}
	for i := range d.problems {
		d.problems[i].File = name
		d.problems[i].Record = cat.recordOf(d.problems[i].Path)
	}
	sortProblems(d.problems)
	return nil, &LoadError{d.problems}
}

// parse returns the root of the file's tree, nil if it has problems of
// syntax.
func (d *decoder) parse(name string, data []byte) *yaml.Node {
	if len(bytes.TrimSpace(data)) == 0 {
		d.report(&yaml.Node{Line: 1, Column: 1}, "empty", "")
		return nil
	}
	if strings.EqualFold(filepath.Ext(name), ".json") {
		root, err := parseJSON(d.readable(data, notUTF8))
		if err != nil {
			var syntax *syntaxError
			errors.As(err, &syntax)
			d.report(&yaml.Node{Line: syntax.at.line, Column: syntax.at.column}, "syntax", "", say.Syntax(err.Error()))
			return nil
		}
		return root
	}
	return d.parseYAML(data)
}

func (d *decoder) parseYAML(data []byte) *yaml.Node {
	data = d.readable(unixLines(data), notYAML)
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) { // comments alone
			d.report(&yaml.Node{Line: 1, Column: 1}, "empty", "")
			return nil
		}
		d.reportYAML(data, err)
		return nil
	}
	switch err := dec.Decode(&more); {
	case err == nil:
		d.report(&more, "documents", "")
	case !errors.Is(err, io.EOF): // such as a key left of the first one
		d.reportYAML(data, err)
	}
	return doc.Content[0]
}

// sortProblems orders by place, so that a person mends a file from its top.
func sortProblems(problems []Problem) {
	sort.SliceStable(problems, func(i, j int) bool {
		a, b := problems[i], problems[j]
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
}
