package dcat

// ntriples writes RDF 1.1 N-Triples, in UTF-8 with the fewest escapes. heads
// holds "subject predicate " of every open node, one after the other, each
// from its frame's mark on.
type ntriples struct {
	*Encoder
}

func (w *ntriples) start() {}

func (w *ntriples) nest(n *Term, _ bool) { w.object(n) }

func (w *ntriples) begin() { w.top().mark = len(w.heads) }

func (w *ntriples) object(t *Term) {
	f := w.top()
	if f.objects == 0 {
		w.heads = append(appendTerm(w.heads[:f.mark], &f.subject), ' ')
		w.heads = append(append(w.heads, f.predicate.ntriple...), ' ')
	}
	w.buf = append(w.buf, w.heads[f.mark:]...)
	w.buf = append(appendTerm(w.buf, t), " .\n"...)
	w.flushIfFull()
}

func (w *ntriples) end() { w.heads = w.heads[:w.top().mark] }

func (w *ntriples) finish() {}

// appendTerm appends a clean term.
func appendTerm(dst []byte, t *Term) []byte {
	switch t.Kind {
	case KindIRI:
		return appendEnclosed(dst, '<', t.Value, '>')
	case KindBlank:
		return append(append(dst, "_:"...), t.Value...)
	}
	dst = appendText(dst, t)
	if t.Datatype != "" {
		dst = appendEnclosed(append(dst, "^^"...), '<', t.Datatype, '>')
	}
	return dst
}

// appendText appends the text of a literal in quotes, with its language.
func appendText(dst []byte, t *Term) []byte {
	dst = append(turtleQuoting.append(append(dst, '"'), t.Value), '"')
	if t.Lang != "" {
		dst = append(append(dst, '@'), t.Lang...)
	}
	return dst
}

func appendEnclosed(dst []byte, before byte, s string, after byte) []byte {
	dst = append(dst, before)
	dst = append(dst, s...)
	return append(dst, after)
}
