package model

import (
	"encoding/json"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// WriteJSON writes the catalogue as JSON, two spaces an indent. What [Parse]
// reads from it is the same catalogue.
func (c *Catalogue) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(c)
}

// WriteYAML writes the catalogue as YAML, keys in the order of the schema.
// What [Parse] reads from it is the same catalogue; comments are not kept.
func (c *Catalogue) WriteYAML(w io.Writer) error {
	data, err := marshalPlain(c)
	if err != nil {
		return err
	}
	root, err := parseJSON(data)
	if err != nil {
		return err
	}
	readable(root)
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return err
	}
	return enc.Close()
}

// isBlock reports whether a block can hold a text: the writer of YAML puts line
// breaks of other alphabets in it as they are, and a tab at its beginning, of
// which the reader makes something else.
func isBlock(s string) bool {
	return !strings.ContainsAny(s, "\r\u0085\u2028\u2029") && strings.TrimLeft(s, "\t\n") == s
}

// readable sets the styles that a person would: long texts folded into
// blocks, short lists of words on one line.
func readable(n *yaml.Node) {
	flow := n.Kind == yaml.SequenceNode
	for _, child := range n.Content {
		readable(child)
		flow = flow && child.Kind == yaml.ScalarNode && len(child.Value) < 24
	}
	switch {
	case flow:
		n.Style = yaml.FlowStyle
	case n.Kind == yaml.ScalarNode && !isBlock(n.Value):
		n.Style = yaml.DoubleQuotedStyle
	case n.Kind == yaml.ScalarNode && strings.Contains(n.Value, "\n"):
		n.Style = yaml.LiteralStyle
	case n.Kind == yaml.ScalarNode && len(n.Value) > 100:
		n.Style = yaml.FoldedStyle
	}
}
