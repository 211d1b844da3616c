package oaipmh

import "bytes"

// clientKind tells markup apart.
type clientKind uint8

const (
	clientStart clientKind = iota + 1 // <a>
	clientEmpty                       // <a/>
	clientEnd                         // </a>
	clientCDATA                       // <![CDATA[…]]>
	clientOther                       // comment, processing instruction, DOCTYPE
	clientStray                       // a '<' that begins no markup
	clientLong                        // text without an end in sight
)

// clientTok is one piece of markup: b[start:end], with its qualified name at
// b[name:nameEnd]. broken says that no XML parser would take it.
type clientTok struct {
	kind          clientKind
	broken        bool
	start, end    int
	name, nameEnd int
}

// clientToken reads the markup that begins with the '<' at b[i]. It answers
// false if b ends before the markup does and more may come (!eof).
//
// It is not encoding/xml because that one gives up at the first fault, and
// the rest of the page with it. No tag reaches over a later '<', so that one
// lost quote never swallows the records behind it.
func clientToken(b []byte, i int, eof bool) (clientTok, bool) {
	rest := b[i:]
	switch {
	case len(rest) < 9 && !eof:
		return clientTok{}, false
	case bytes.HasPrefix(rest, []byte("<!--")):
		return clientUntil(b, i, 4, "-->", clientOther, eof)
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return clientUntil(b, i, 9, "]]>", clientCDATA, eof)
	case bytes.HasPrefix(rest, []byte("<?")):
		return clientUntil(b, i, 2, "?>", clientOther, eof)
	case bytes.HasPrefix(rest, []byte("<!")):
		return clientUntil(b, i, 2, ">", clientOther, eof)
	}
	t := clientTok{kind: clientStart, start: i, name: i + 1}
	if len(rest) > 1 && rest[1] == '/' {
		t.kind, t.name = clientEnd, i+2
	}
	t.nameEnd = t.name
	for t.nameEnd < len(b) && clientIsName(b[t.nameEnd]) {
		t.nameEnd++
	}
	if t.nameEnd == t.name || !clientIsNameStart(b[t.name]) {
		return clientTok{kind: clientStray, start: i, end: i + 1, broken: true}, true
	}
	t, ok := clientAttributes(b, t, eof)
	t.broken = t.broken || !clientIsQName(b[t.name:t.nameEnd])
	return t, ok
}

// clientUntil reads markup that ends with a fixed string.
func clientUntil(b []byte, i, skip int, end string, kind clientKind, eof bool) (clientTok, bool) {
	from := min(i+skip, len(b))
	n := bytes.Index(b[from:], []byte(end))
	if n < 0 {
		return clientTok{kind: clientStray, start: i, end: i + 1, broken: true}, eof
	}
	t := clientTok{kind: kind, start: i, end: from + n + len(end)}
	switch end {
	case "-->": // nor may a comment hold --
		t.broken = bytes.Contains(b[from:t.end-2], []byte("--"))
	case ">": // a DOCTYPE, which no element may hold
		t.broken = true
	}
	return t, true
}

// clientAttributes reads the rest of a tag behind its name.
func clientAttributes(b []byte, t clientTok, eof bool) (clientTok, bool) {
	for p := t.nameEnd; ; {
		space := p
		p = clientSkipSpace(b, p)
		switch {
		case p == len(b):
			t.end, t.broken = p, true
			return t, eof
		case b[p] == '>':
			t.end = p + 1
			return t, true
		case b[p] == '<':
			t.end, t.broken = p, true
			return t, true
		case b[p] == '/' && p+1 < len(b) && b[p+1] == '>' && t.kind == clientStart:
			t.kind, t.end = clientEmpty, p+2
			return t, true
		case b[p] == '/' && p+1 == len(b) && !eof:
			return t, false
		}
		next, ok := clientAttribute(b, p)
		if !ok || t.kind == clientEnd || p == space {
			t.broken = true
		}
		p = max(next, p+1)
	}
}

// clientAttribute reads name="value" at b[p] and returns the place behind it,
// or the place of the fault and false.
func clientAttribute(b []byte, p int) (int, bool) {
	start := p
	for p < len(b) && clientIsName(b[p]) {
		p++
	}
	if p == start || !clientIsQName(b[start:p]) {
		return p, false
	}
	p = clientSkipSpace(b, p)
	if p == len(b) || b[p] != '=' {
		return p, false
	}
	p = clientSkipSpace(b, p+1)
	if p == len(b) || b[p] != '"' && b[p] != '\'' {
		return p, false
	}
	quote := b[p]
	for p++; p < len(b) && b[p] != '<'; p++ {
		if b[p] == quote {
			return p + 1, true
		}
	}
	return p, false
}

func clientSkipSpace(b []byte, p int) int {
	for p < len(b) && clientIsSpace(b[p]) {
		p++
	}
	return p
}

func clientIsSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// clientIsNameStart reports whether c may begin a name. No format of metadata
// has names beyond ASCII: what looks like one is damage.
func clientIsNameStart(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c == ':'
}

func clientIsName(c byte) bool {
	return clientIsNameStart(c) || '0' <= c && c <= '9' || c == '-' || c == '.'
}

// clientIsQName reports whether a name has at most one prefix, and something
// on both sides of its colon: Namespaces in XML 1.0, section 4.
func clientIsQName(name []byte) bool {
	prefix, local, prefixed := bytes.Cut(name, []byte(":"))
	if !prefixed {
		return clientIsNameStart(name[0])
	}
	return len(prefix) > 0 && len(local) > 0 && clientIsNameStart(prefix[0]) && clientIsNameStart(local[0]) && bytes.IndexByte(local, ':') < 0
}

// clientLocal cuts the prefix off a qualified name.
func clientLocal(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}

// clientAttrs calls f for each attribute of the tag, until f returns false.
// Values are as written, entities and all.
func clientAttrs(tag []byte, f func(name, value []byte) bool) {
	t, _ := clientToken(tag, 0, true)
	for p := t.nameEnd; p < len(tag); {
		p = clientSkipSpace(tag, p)
		next, ok := clientAttribute(tag, p)
		if ok {
			attr := tag[p:next]
			eq := bytes.IndexByte(attr, '=')
			value := bytes.TrimSpace(attr[eq+1:])
			if !f(bytes.TrimSpace(attr[:eq]), value[1:len(value)-1]) {
				return
			}
		}
		p = max(next, p+1)
	}
}
