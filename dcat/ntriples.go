package dcat

// ntriples writes RDF 1.1 N-Triples, in UTF-8 with the fewest escapes.
type ntriples struct{ *Encoder }

func (w *ntriples) start() {}

func (w *ntriples) nest(n *Term, _ bool) { w.object(n) }

func (w *ntriples) begin() {
	f := w.top
	f.lead = append(appendTerm(f.lead[:0], &f.subject), ' ')
}

func (w *ntriples) object(t *Term) {
	f := w.top
	b := f.predicate.ntriple.appendTo(append(w.buf, f.lead...))
	w.buf = append(appendTerm(b, t), " .\n"...)
	w.flushIfFull()
}

func (w *ntriples) end() {}

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
