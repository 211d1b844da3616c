package oaipmh

import (
	"bytes"
	"errors"
	"io"

	"github.com/gtnum/gtnum/internal/say"
)

// clientScanner cuts a page into elements while it streams by. It holds one
// element at a time, never the page.
type clientScanner struct {
	r     io.Reader
	limit int // longest element
	buf   []byte
	pos   int    // next byte to look at
	mark  int    // first byte of the element being read, -1 if none
	err   error  // sticky, io.EOF included
	head  []byte // how the input begins
	gone  int    // bytes of the input that stood in front of buf

	self  []byte       // qualified name of the element being read
	open  []clientSpan // names of the tags open in it
	nodes []clientNode
	node  int // the child being read
	turn  int // where in it another may have begun, 0 for nowhere
}

// clientSpan is a piece of an element.
type clientSpan struct{ start, end int }

// clientNode is a child (depth 1) or grandchild (depth 2) of an element.
// Grandchildren follow their parent.
type clientNode struct {
	depth int
	name  clientSpan // local name
	outer clientSpan // with its tags
	inner clientSpan // without; empty while the end tag was not seen
}

// clientElement is one element of a page: raw and nodes are good until the
// next is read. err says why an XML parser would not take it.
type clientElement struct {
	name  string // local name
	raw   []byte
	inner clientSpan
	nodes []clientNode
	clean bool // nothing for clientClean to do
	cut   bool // broken, and the last thing in the input
	err   error
}

var (
	errClientMarkup = say.Errorf("XML mal formé", "not well-formed XML")
	errClientCut    = say.Errorf("%v\u00a0: un élément n’a pas de fin", "%v: an element has no end", errClientMarkup)
	errClientLarge  = say.Errorf("notice plus grande que MaxRecord", "larger than MaxRecord")
)

const (
	clientReadSize = 32 << 10
	clientHeadSize = 16 << 10 // kept of an element that is too large
	clientOpenSize = 200      // kept of the beginning of the input
)

// next reads the next piece of markup; false at the end of the input. It
// moves the buffer, so that places of markup read before are void.
//
// What it returns depends on the input alone, not on how much of it a Read
// brings: it looks no further than the limit, though more be in the buffer. A
// tag ends there at the latest, and so does text in an element (clientLong).
func (s *clientScanner) next() (clientTok, bool) {
	for {
		seen := s.buf[:s.pos+min(len(s.buf)-s.pos-1, s.limit)+1]
		full := len(seen)-s.pos > s.limit
		switch i := bytes.IndexByte(seen[s.pos:], '<'); {
		case i > 0:
			s.pos += i
			continue
		case i == 0:
			if t, ok := clientToken(seen, s.pos, full || s.err != nil); ok {
				s.pos = t.end
				return t, true
			}
		case s.mark < 0:
			if s.pos = len(seen); full {
				continue
			}
		case full:
			s.pos = len(seen)
			return clientTok{kind: clientLong, start: s.pos, end: s.pos, name: s.pos, nameEnd: s.pos}, true
		}
		if s.err != nil {
			s.pos = len(s.buf)
			return clientTok{}, false
		}
		s.fill()
	}
}

// fill reads at least as much again as the markup that is being looked at, so
// that looking at it again and again costs no more than reading it.
func (s *clientScanner) fill() {
	keep := s.pos
	if s.mark >= 0 {
		keep, s.mark = s.mark, 0
	}
	n := copy(s.buf, s.buf[keep:])
	s.buf, s.pos, s.gone = s.buf[:n], s.pos-keep, s.gone+keep
	for want := max(1, n-s.pos); want > 0 && s.err == nil; {
		if cap(s.buf)-len(s.buf) < clientReadSize {
			s.buf = append(make([]byte, 0, 2*cap(s.buf)+2*clientReadSize), s.buf...)
		}
		var got int
		got, s.err = s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+got]
		if room := clientOpenSize - len(s.head); room > 0 {
			s.head = append(s.head, s.buf[len(s.buf)-got:][:min(got, room)]...)
		}
		want -= got
	}
}

// element reads the element that t begins. Where the tags in it do not match,
// it ends before the place where the next element of the list can begin, so
// that one bad record costs that record alone.
func (s *clientScanner) element(t clientTok) clientElement {
	e := clientElement{name: string(s.local(t))}
	s.mark, s.self = t.start, append(s.self[:0], s.name(t)...)
	s.open, s.nodes, s.turn = s.open[:0], s.nodes[:0], 0
	e.inner = clientSpan{t.end - t.start, t.end - t.start}
	if t.broken {
		e.err = errClientMarkup
	}
	end := t.end
	if t.kind != clientEmpty {
		s.push(t)
		end = s.content(&e)
	}
	if e.err != nil {
		end, e.cut = s.atEnd(end)
	}
	if e.raw == nil {
		e.raw = s.buf[s.mark:end]
	}
	e.inner.end = max(e.inner.start, min(e.inner.end, len(e.raw)))
	e.inner.start = min(e.inner.start, e.inner.end)
	s.pos, s.mark, e.nodes = end, -1, s.nodes
	return e
}

// atEnd reports whether the input ends at a place, and where that place is
// now: it may have to read on.
func (s *clientScanner) atEnd(place int) (int, bool) {
	for place == len(s.buf) && s.err == nil {
		s.pos = place
		s.fill()
		place = s.pos
	}
	return place, place == len(s.buf)
}

// content reads to the end of the element and returns the place behind it.
// While tags match, the end is where the stack is empty. From the first fault
// on, only tags of the element's own name count: a MARC record in a record
// opens and closes as many of them.
func (s *clientScanner) content(e *clientElement) int {
	for depth := 1; ; {
		t, ok := s.next()
		if !ok {
			s.fault(e, errors.Join(errClientCut, s.err))
			return s.turned(len(s.buf))
		}
		if s.pos-s.mark > s.limit {
			if s.turn > 0 {
				s.fault(e, errClientCut)
				return s.turned(0)
			}
			s.drop(e, t)
		}
		if t.broken && t.kind != clientStray {
			s.fault(e, errClientMarkup)
		}
		same := t.name < t.nameEnd && bytes.Equal(s.name(t), s.self)
		switch t.kind {
		case clientStart, clientEmpty:
			if s.begins(&t, same, e.err != nil) {
				s.fault(e, errClientCut)
				return t.start
			}
			if same && t.kind == clientStart {
				depth++
			}
			if e.err == nil {
				s.push(t)
			}
		case clientEnd:
			if same {
				depth--
			}
			if e.err == nil && !s.pop(t) {
				s.fault(e, say.Errorf("%v\u00a0: </%s> ferme <%s>", "%v: </%s> closes <%s>", errClientMarkup, string(s.name(t)), string(s.top())))
			}
			switch {
			case e.err == nil && len(s.open) == 0, e.err != nil && depth == 0 && s.turn == 0:
				e.inner.end = t.start - s.mark
				return t.end
			case e.err != nil && s.ends(t):
				return s.turned(t.start)
			}
		}
		if e.err != nil && s.turn > 0 {
			return s.turned(0)
		}
	}
}

// fault notes the first fault.
func (s *clientScanner) fault(e *clientElement, err error) {
	if e.err == nil {
		e.err = err
	}
}

// turned is where the element ends after a fault: where another seemed to
// begin in it, else at the given place.
func (s *clientScanner) turned(end int) int {
	if s.turn > 0 {
		return s.mark + s.turn
	}
	return end
}

// begins reports whether a start tag belongs to the list, not to the element
// that is being read: one of the same name right below it, or, among broken
// tags, anywhere in it; a record only if it begins with a header, as no record
// of MARC or EAD does. Deeper among tags that match, such a tag is only
// remembered (turn) until a fault shows what it was.
func (s *clientScanner) begins(t *clientTok, same, broken bool) bool {
	top := !broken && len(s.open) == 1
	isRecord := string(s.local(*t)) == "record"
	switch {
	case string(s.local(*t)) == "resumptionToken":
		return broken || top
	case t.kind == clientEmpty:
		return false
	case !same && (!isRecord || string(clientLocal(s.self)) == "record"):
		return false
	case top:
		return true
	case s.turn > 0 || isRecord && !s.headerFollows(t):
		return false
	}
	if !broken {
		s.turn = t.start - s.mark
	}
	return broken
}

// headerFollows looks at the markup behind t, which may move t.
func (s *clientScanner) headerFollows(t *clientTok) bool {
	before, rel := t.start, t.start-s.mark
	next, ok := s.next()
	follows := ok && next.kind == clientStart && string(s.local(next)) == "header"
	shift := s.mark + rel - before
	t.start, t.end, t.name, t.nameEnd = t.start+shift, t.end+shift, t.name+shift, t.nameEnd+shift
	s.pos = t.end
	return follows
}

// ends reports whether an end tag belongs to what the element is in.
func (s *clientScanner) ends(t clientTok) bool {
	switch string(s.local(t)) {
	case "OAI-PMH", "ListRecords", "ListIdentifiers", "ListSets", "ListMetadataFormats", "GetRecord":
		return true
	}
	return false
}

// drop forgets what was read of an element that is too large, but for its
// head, and goes on looking for its end.
func (s *clientScanner) drop(e *clientElement, t clientTok) {
	if e.raw == nil {
		e.raw = bytes.Clone(s.buf[s.mark:min(s.mark+clientHeadSize, t.end)])
		e.err = errClientLarge
	}
	s.mark = t.start
	for i, n := range s.nodes {
		if n.outer.end == 0 || n.outer.end > len(e.raw) {
			s.nodes = s.nodes[:i]
			break
		}
	}
}

// push notes an open or empty tag.
func (s *clientScanner) push(t clientTok) {
	name := clientSpan{t.name - s.mark, t.nameEnd - s.mark}
	if depth := len(s.open); depth == 1 || depth == 2 {
		local := name
		local.start = name.end - len(s.local(t))
		n := clientNode{depth: depth, name: local, inner: clientSpan{t.end - s.mark, t.end - s.mark}}
		n.outer.start = t.start - s.mark
		if t.kind == clientEmpty {
			n.outer.end = t.end - s.mark
		}
		s.nodes = append(s.nodes, n)
		if depth == 1 {
			s.node = len(s.nodes) - 1
		}
	}
	if t.kind == clientStart {
		s.open = append(s.open, name)
	}
}

// pop notes an end tag; false if it does not match.
func (s *clientScanner) pop(t clientTok) bool {
	if !bytes.Equal(s.name(t), s.top()) {
		return false
	}
	s.open = s.open[:len(s.open)-1]
	var n *clientNode
	switch len(s.open) {
	case 1:
		n = &s.nodes[s.node]
	case 2:
		n = &s.nodes[len(s.nodes)-1]
	default:
		return true
	}
	n.inner.end, n.outer.end = t.start-s.mark, t.end-s.mark
	return true
}

// top is the name of the innermost open tag.
func (s *clientScanner) top() []byte {
	name := s.open[len(s.open)-1]
	return s.buf[s.mark+name.start : s.mark+name.end]
}

func (s *clientScanner) name(t clientTok) []byte  { return s.buf[t.name:t.nameEnd] }
func (s *clientScanner) local(t clientTok) []byte { return clientLocal(s.name(t)) }

// is reports whether a node has that local name.
func (e *clientElement) is(n clientNode, name string) bool {
	return string(e.raw[n.name.start:n.name.end]) == name
}

// text is the text of a node.
func (e *clientElement) text(n clientNode) string {
	return clientText(e.raw[n.inner.start:n.inner.end])
}
