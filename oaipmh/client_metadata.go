package oaipmh

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// Element parses the metadata. Prefixes that the server declared around the
// metadata are declared on the element, so that it stands alone.
func (m Metadata) Element() (*etree.Element, error) {
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(m); err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	if doc.Root() == nil {
		return nil, fmt.Errorf("metadata: no element")
	}
	return doc.Root(), nil
}

// clientNamespace is one xmlns attribute as it was written.
type clientNamespace struct {
	attr  string // xmlns or xmlns:prefix
	value string // as in XML
}

// clientDeclared adds the declarations of a tag to those of the tags around
// it, sorted by prefix.
func clientDeclared(outer []clientNamespace, tag []byte) []clientNamespace {
	clientAttrs(tag, func(name, value []byte) bool {
		attr := string(name)
		if attr != "xmlns" && !strings.HasPrefix(attr, "xmlns:") {
			return true
		}
		value, _ = clientClean(value)
		i, found := slices.BinarySearchFunc(outer, attr, func(n clientNamespace, attr string) int {
			return strings.Compare(n.attr, attr)
		})
		if found {
			outer[i].value = string(value)
		} else {
			outer = slices.Insert(outer, i, clientNamespace{attr, string(value)})
		}
		return true
	})
	return outer
}

// clientStandalone returns a copy of an element with the declarations from
// outside that it uses and does not make itself.
func clientStandalone(element []byte, outer []clientNamespace) []byte {
	t, _ := clientToken(element, 0, true)
	out := append(make([]byte, 0, len(element)+64), element[:t.nameEnd]...)
	for _, n := range outer {
		if clientDeclares(element[:t.end], n.attr) || !clientUses(element, n.attr) {
			continue
		}
		quote := byte('"')
		if strings.IndexByte(n.value, quote) >= 0 {
			quote = '\''
		}
		out = append(append(out, ' '), n.attr...)
		out = append(append(out, '=', quote), n.value...)
		out = append(out, quote)
	}
	return append(out, element[t.nameEnd:]...)
}

// clientDeclares reports whether a tag has an attribute.
func clientDeclares(tag []byte, attr string) (found bool) {
	clientAttrs(tag, func(name, _ []byte) bool {
		found = found || string(name) == attr
		return !found
	})
	return found
}

// clientUses reports whether an element may use what attr declares: better
// once too often than once too little.
func clientUses(element []byte, attr string) bool {
	_, prefix, isPrefix := strings.Cut(attr, ":")
	if !isPrefix {
		return clientHasBareTag(element)
	}
	name := []byte(prefix + ":")
	for rest := element; ; {
		i := bytes.Index(rest, name)
		if i < 0 {
			return false
		}
		// In a tag, in an attribute's name, in a QName as value.
		if i > 0 && (clientIsSpace(rest[i-1]) || strings.IndexByte(`<"'`, rest[i-1]) >= 0) {
			return true
		}
		rest = rest[i+len(name):]
	}
}

// clientHasBareTag reports whether a tag has no prefix.
func clientHasBareTag(b []byte) bool {
	for {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			return false
		}
		t, _ := clientToken(b, i, true)
		if (t.kind == clientStart || t.kind == clientEmpty) && bytes.IndexByte(b[t.name:t.nameEnd], ':') < 0 {
			return true
		}
		b = b[t.end:]
	}
}
