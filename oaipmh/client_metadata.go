package oaipmh

import (
	"bytes"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/internal/say"
)

// Element parses the metadata. Prefixes that the server declared around the
// metadata are declared on the element, so that it stands alone.
func (m Metadata) Element() (*etree.Element, error) {
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(m); err != nil {
		return nil, say.Errorf("métadonnées\u00a0: %v", "metadata: %v", err)
	}
	if doc.Root() == nil {
		return nil, say.Errorf("métadonnées sans élément", "metadata: no element")
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

// clientPrefixes are the namespace prefixes in an element. A second use saves
// the memory of the first.
type clientPrefixes struct {
	bare     bool // a tag has no prefix
	used     [][]byte
	declared [][]byte
}

// read walks over the tags of an element.
func (p *clientPrefixes) read(element []byte) {
	p.bare, p.used, p.declared = false, p.used[:0], p.declared[:0]
	for {
		i := bytes.IndexByte(element, '<')
		if i < 0 {
			return
		}
		t, _ := clientToken(element, i, true)
		if t.kind == clientStart || t.kind == clientEmpty {
			p.tag(element[t.start:t.end], element[t.name:t.nameEnd])
		}
		element = element[t.end:]
	}
}

func (p *clientPrefixes) tag(tag, name []byte) {
	if prefix, _, ok := bytes.Cut(name, []byte(":")); ok {
		p.used = clientAdd(p.used, prefix)
	} else {
		p.bare = true
	}
	if len(tag) <= len(name)+len("</>") {
		return
	}
	clientAttrs(tag, func(name, _ []byte) bool {
		prefix, local, ok := bytes.Cut(name, []byte(":"))
		switch {
		case !ok:
		case string(prefix) == "xmlns":
			p.declared = clientAdd(p.declared, local)
		case string(prefix) != "xml":
			p.used = clientAdd(p.used, prefix)
		}
		return true
	})
}

// undeclared is a prefix that neither the element nor outer declares, nil if
// there is none.
func (p *clientPrefixes) undeclared(outer []clientNamespace) []byte {
	for _, prefix := range p.used {
		outside := slices.ContainsFunc(outer, func(n clientNamespace) bool {
			return strings.HasPrefix(n.attr, "xmlns:") && n.attr[len("xmlns:"):] == string(prefix)
		})
		if !outside && !clientHas(p.declared, prefix) {
			return prefix
		}
	}
	return nil
}

// clientAdd adds to a small set.
func clientAdd(set [][]byte, b []byte) [][]byte {
	if clientHas(set, b) {
		return set
	}
	return append(set, b)
}

func clientHas(set [][]byte, b []byte) bool {
	return slices.ContainsFunc(set, func(have []byte) bool { return bytes.Equal(have, b) })
}

// clientStandalone returns a copy of an element with the declarations from
// outside that it uses and does not make itself.
func clientStandalone(element []byte, prefixes *clientPrefixes, outer []clientNamespace) []byte {
	t, _ := clientToken(element, 0, true)
	out := append(make([]byte, 0, len(element)+64), element[:t.nameEnd]...)
	for _, n := range outer {
		if clientDeclares(element[:t.end], n.attr) || !prefixes.uses(element, n.attr) {
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

// uses reports whether an element may use what attr declares, in a tag or in
// a value such as xsi:type="dcterms:W3CDTF".
func (p *clientPrefixes) uses(element []byte, attr string) bool {
	_, prefix, ok := strings.Cut(attr, ":")
	if !ok {
		return p.bare
	}
	return clientHas(p.used, []byte(prefix)) ||
		bytes.Contains(element, []byte(`"`+prefix+":")) || bytes.Contains(element, []byte("'"+prefix+":"))
}
