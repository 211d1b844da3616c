package crosswalk

import (
	"fmt"
	"strings"

	"github.com/beevik/etree"
	"golang.org/x/text/unicode/norm"
)

// rest lists what was not taken below an element, in the order of the
// document.
func (r *reader) rest(root *etree.Element) []Loss {
	l := &lister{reader: r}
	l.element(root, root.Tag)
	return l.losses
}

type lister struct {
	*reader
	losses []Loss
}

func (l *lister) element(e *etree.Element, path string) {
	reason, vain := l.reasons[e]
	attrs := l.unreadAttrs(e)
	if value := l.unread(e, vain); value != "" {
		for _, a := range attrs {
			path += fmt.Sprintf("[@%s=%q]", a.FullKey(), a.Value)
		}
		l.losses = append(l.losses, Loss{path, value, reason})
	} else {
		for _, a := range attrs {
			l.losses = append(l.losses, Loss{path + "/@" + a.FullKey(), a.Value, reason})
		}
	}
	for _, part := range l.parts[e] {
		part.Path = path
		l.losses = append(l.losses, part)
	}
	seen := map[string]int{}
	for _, child := range e.ChildElements() {
		seen[child.Tag]++
		p := path + "/" + child.Tag
		if n := seen[child.Tag]; n > 1 {
			p = fmt.Sprintf("%s[%d]", p, n)
		}
		l.element(child, p)
	}
}

// unreadAttrs are the attributes of an element that did not come into the
// model.
func (l *lister) unreadAttrs(e *etree.Element) []*etree.Attr {
	var attrs []*etree.Attr
	for i := range e.Attr {
		if a := &e.Attr[i]; !l.attrs[a] && a.Value != "" && !plumbing(a) {
			attrs = append(attrs, a)
		}
	}
	return attrs
}

// unread is the text of an element that did not come into the model.
func (l *lister) unread(e *etree.Element, vain bool) string {
	switch {
	case vain:
		return collapse(deepText(e))
	case l.taken[e]:
		return ""
	}
	return collapse(ownText(e))
}

// plumbing reports whether an attribute says how to read the document, not
// what it is about.
func plumbing(a *etree.Attr) bool {
	return a.Space == "xmlns" || a.Space == "xsi" || a.FullKey() == "xmlns"
}

// ownText is the text of an element without that of the elements within it.
func ownText(e *etree.Element) string {
	var b strings.Builder
	for _, t := range e.Child {
		if c, ok := t.(*etree.CharData); ok {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// deepText is the text of an element with that of the elements within it.
func deepText(e *etree.Element) string {
	var b strings.Builder
	writeText(&b, e)
	return b.String()
}

func writeText(b *strings.Builder, e *etree.Element) {
	for _, t := range e.Child {
		switch c := t.(type) {
		case *etree.CharData:
			b.WriteString(c.Data)
		case *etree.Element:
			writeText(b, c)
		}
	}
}

// collapse is a text in normal form C, with single spaces.
func collapse(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), " ")) }
