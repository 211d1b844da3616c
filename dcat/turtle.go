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
	block := w.place(w.top())
	if anonymous {
		*block = append(*block, '[')
	} else {
		*block = appendTerm(*block, n)
	}
}

func (w *turtle) begin() {
	f, p := w.top(), w.parent()
	switch {
	case p == nil:
		f.level = 0
	case f.anonymous:
		f.level, f.indent, f.open = p.level, p.indent+1, true
	default:
		f.level = p.level + 1
	}
	if f.level == len(w.levels) {
		w.levels = append(w.levels, level{})
	}
}

func (w *turtle) object(t *Term) {
	f := w.top()
	block := w.place(f)
	switch {
	case t.Kind == KindIRI && f.predicate.typing:
		*block = w.appendName(*block, t.Value)
	case t.Datatype != "":
		*block = append(append(appendText(*block, t), "^^"...), w.datatype.turtle...)
	default:
		*block = appendTerm(*block, t)
	}
	w.writeIfFull(f)
}

// appendName appends a class, shortened where it can be.
func (w *turtle) appendName(dst []byte, iri string) []byte {
	if n, err := w.name(iri); err == nil {
		return append(dst, n.turtle...)
	}
	return appendEnclosed(dst, '<', iri, '>')
}

// place prepares for an object of f, and returns the text to append it to.
func (w *turtle) place(f *frame) *[]byte {
	l := &w.levels[f.level]
	b := l.block
	again := !f.open
	if again {
		b, f.open, f.count = appendTerm(b, &f.subject), true, 0
	}
	if f.objects > 0 && !again {
		l.block = append(b, ", "...)
		return &l.block
	}
	switch {
	case f.count == 0:
		b = append(b, ' ')
	default:
		b = append(b, " ;\n    "...)
		for range f.indent {
			b = append(b, "    "...)
		}
	}
	f.count++
	if f.predicate.typing {
		b = append(b, "a "...)
	} else {
		b = append(append(b, f.predicate.turtle...), ' ')
	}
	l.block = b
	return &l.block
}

func (w *turtle) end() {
	f, p := w.top(), w.parent()
	l := &w.levels[f.level]
	if p != nil && f.anonymous {
		if f.count > 0 {
			l.block = append(l.block, ' ')
		}
		l.block = append(l.block, ']')
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
	if len(l.block)+len(l.inside) < flushSize || f.indent > 0 {
		return
	}
	for i := range w.frames {
		f := &w.frames[i]
		w.buf = w.levels[f.level].moveTo(w.buf, f.open)
		f.open = false
	}
	w.flush()
}

func (w *turtle) finish() {}
