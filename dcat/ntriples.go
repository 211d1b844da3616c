package dcat

// ntriples writes RDF 1.1 N-Triples, in UTF-8 with the fewest escapes. The
// mark of a frame is where "subject predicate " stands in the text, if that is
// not written out yet, and count how long it is: further objects copy it.
type ntriples struct{ *Encoder }

func (w *ntriples) start() {}

func (w *ntriples) nest(n *Term, _ bool) { w.object(n) }

func (w *ntriples) begin() { w.top().mark = -1 }

func (w *ntriples) object(t *Term) {
	f := w.top()
	if f.objects > 0 && f.mark >= 0 {
		w.buf = append(w.buf, w.buf[f.mark:f.mark+f.count]...)
	} else {
		f.mark = len(w.buf)
		w.buf = append(appendTerm(w.buf, &f.subject), ' ')
		w.buf = append(append(w.buf, f.predicate.ntriple...), ' ')
		f.count = len(w.buf) - f.mark
	}
	w.buf = append(appendTerm(w.buf, t), " .\n"...)
	if len(w.buf) >= flushSize {
		w.flush()
		for i := range w.frames {
			w.frames[i].mark = -1
		}
	}
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
