package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"
)

// maxDepth bounds how deep values nest; no catalogue comes near it.
const maxDepth = 100

// jsonNodes reads JSON as the tree that YAML is read as, with the line and
// column of each value, so that one decoder serves both.
type jsonNodes struct {
	dec   *json.Decoder
	data  []byte
	lines []int // offsets of line starts

	// The last place that was asked, from which the next is counted: a whole
	// file may stand on one line.
	line, offset, column int
}

// parseJSON returns the tree of one JSON value. An error has a place.
func parseJSON(data []byte) (*yaml.Node, error) {
	p := &jsonNodes{dec: json.NewDecoder(bytes.NewReader(data)), data: data, lines: []int{0}}
	p.dec.UseNumber()
	for i, c := range data {
		if c == '\n' {
			p.lines = append(p.lines, i+1)
		}
	}
	n, err := p.node(0)
	if err != nil {
		return nil, err
	}
	rest := bytes.TrimLeft(data[p.dec.InputOffset():], " \t\r\n")
	if len(rest) > 0 {
		return nil, &syntaxError{p.place(len(data) - len(rest)), errors.New("something follows the value")}
	}
	return n, nil
}

// syntaxError is an error of syntax and its place.
type syntaxError struct {
	at  place
	err error
}

func (e *syntaxError) Error() string { return e.err.Error() }

func (p *jsonNodes) fail(err error) error {
	offset := p.next()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = max(offset, int(syntax.Offset)-1)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err, offset = errors.New("the file ends too early"), len(p.data)
	}
	return &syntaxError{p.place(offset), err}
}

// next is the offset of the next token: past blanks, commas and colons.
func (p *jsonNodes) next() int {
	i := int(p.dec.InputOffset())
	for i < len(p.data) && bytes.IndexByte([]byte(" \t\r\n,:"), p.data[i]) >= 0 {
		i++
	}
	return i
}

func (p *jsonNodes) place(offset int) place {
	offset = min(offset, len(p.data))
	line := sort.SearchInts(p.lines, offset+1)
	if line != p.line || offset < p.offset {
		p.line, p.offset, p.column = line, p.lines[line-1], 1
	}
	p.column += utf8.RuneCount(p.data[p.offset:offset])
	p.offset = offset
	return place{line, p.column}
}

func (p *jsonNodes) node(depth int) (*yaml.Node, error) {
	start := p.next()
	at := p.place(start)
	token, err := p.dec.Token()
	if err != nil {
		return nil, p.fail(err)
	}
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: at.line, Column: at.column}
	switch t := token.(type) {
	case json.Delim:
		if depth == maxDepth {
			return nil, p.fail(fmt.Errorf("values nest more than %d deep", maxDepth))
		}
		n.Kind = yaml.MappingNode
		if t == '[' {
			n.Kind = yaml.SequenceNode
		}
		return n, p.children(n, depth+1)
	case string:
		if strings.ContainsRune(t, utf8.RuneError) { // which may stand for half a character
			if _, err := jsontext.AppendUnquote(nil, p.data[start:p.dec.InputOffset()]); err != nil {
				return nil, &syntaxError{at, errors.New("invalid surrogate pair")}
			}
		}
		n.Tag, n.Value = "!!str", t
	case json.Number:
		n.Tag, n.Value = "!!int", t.String()
	case bool:
		n.Tag, n.Value = "!!bool", fmt.Sprint(t)
	case nil:
		n.Tag = "!!null"
	}
	return n, nil
}

func (p *jsonNodes) children(n *yaml.Node, depth int) error {
	for p.dec.More() {
		child, err := p.node(depth)
		if err != nil {
			return err
		}
		n.Content = append(n.Content, child)
	}
	if _, err := p.dec.Token(); err != nil { // the closing bracket
		return p.fail(err)
	}
	return nil
}
