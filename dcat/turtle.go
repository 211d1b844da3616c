package dcat

// turtle writes RDF 1.1 Turtle that reads well: one block a node, with the
// nodes inside it following, and blank nodes without a label in brackets.
//
// The text of a node and of the nodes inside it gathers in a level. When a
// level holds more than some pages, everything is written out and the nodes
// around start again when they go on, so that memory stays the same for any
// number of nodes inside a node.
type turtle struct {
	*Encoder
}

// A level gathers the text of an open block.
type level struct {
	block  []byte // the block itself
	inside []byte // finished blocks of nodes inside it
}

func (w *turtle) start() { w.add(turtleStart) }

var turtleStart = func() (s string) {
	for _, p := range prefixes {
		s += "@prefix " + p.name + ": <" + p.iri + "> .\n"
	}
	return s
}()

func (w *turtle) nest(n *Term, anonymous bool) {
	l := &w.levels[w.top.level]
	b := w.place(l.block)
	if anonymous {
		l.block = append(b, '[')
	} else {
		l.block = appendTerm(b, n)
	}
}

func (w *turtle) begin() {
	f, p := w.top, w.parent()
	switch {
	case p == nil:
		f.level = 0
	case f.anonymous:
		f.level, f.indent, f.inside, f.open = p.level, p.indent+1, true, true
	default:
		f.level, f.inside = p.level+1, p.inside
	}
	if f.level == len(w.levels) {
		w.levels = append(w.levels, level{})
	}
}

func (w *turtle) object(t *Term) {
	f := w.top
	l := &w.levels[f.level]
	b := w.place(l.block)
	switch {
	case t.Kind == KindIRI && f.predicate.typing:
		b = w.appendName(b, t.Value)
	case t.Datatype != "":
		b = append(append(appendText(b, t), "^^"...), w.datatype.turtle...)
	default:
		b = appendTerm(b, t)
	}
	l.block = b
	if len(b)+len(l.inside) >= flushSize {
		w.writeIfFull(f)
	}
}

// appendName appends a class, shortened where it can be.
func (w *turtle) appendName(dst []byte, iri string) []byte {
	if n, err := w.name(iri); err == nil {
		return append(dst, n.turtle...)
	}
	return appendEnclosed(dst, '<', iri, '>')
}

// place appends what stands before an object of the top frame.
func (w *turtle) place(b []byte) []byte {
	f := w.top
	again := !f.open
	if again {
		b, f.open, f.count = appendTerm(b, &f.subject), true, 0
	}
	if f.objects > 0 && !again {
		return append(b, ", "...)
	}
	f.count++
	switch verb := &f.predicate.verb; {
	case f.count == 1:
		return append(b, verb.text[len(" ;\n   "):]...)
	case f.indent == 0:
		return verb.appendTo(b)
	default:
		b = append(b, " ;\n"...)
		for range f.indent {
			b = append(b, "    "...)
		}
		return append(b, verb.text[len(" ;\n"):]...)
	}
}

func (w *turtle) end() {
	f, p := w.top, w.parent()
	l := &w.levels[f.level]
	if p != nil && f.anonymous {
		if f.count > 0 {
			l.block = append(l.block, ' ')
		}
		l.block = append(l.block, ']')
		f.open = false // its text is that of the node around it
		w.writeIfFull(p)
		return
	}
	to := &w.buf
	if p != nil {
		to = &w.levels[p.level].inside
	}
	*to = l.moveTo(*to, f.open)
	f.open = false // its text has gone, whatever is written out from here
	if p != nil {
		w.writeIfFull(p)
	} else {
		w.flushIfFull()
	}
}

// moveTo appends the finished text of a level to dst and empties the level.
func (l *level) moveTo(dst []byte, open bool) []byte {
	if open {
		dst = append(append(append(dst, '\n'), l.block...), " .\n"...)
	}
	dst = append(dst, l.inside...)
	l.empty()
	return dst
}

func (l *level) empty() { l.block, l.inside = l.block[:0], l.inside[:0] }

// writeIfFull writes out all levels where that of f is full. Inside brackets
// nothing can be cut.
func (w *turtle) writeIfFull(f *frame) {
	l := &w.levels[f.level]
	if len(l.block)+len(l.inside) >= flushSize && !f.inside {
		w.writeOut()
	}
}

func (w *turtle) writeOut() {
	for i := range w.frames {
		f := &w.frames[i]
		w.buf = w.levels[f.level].moveTo(w.buf, f.open)
		f.open = false
	}
	w.flush()
}

func (w *turtle) finish() {}
