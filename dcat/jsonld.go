package dcat

// jsonld writes JSON-LD 1.1, compacted with a context of prefixes, nodes
// nested in one another, and a predicate with several objects as an array.
//
// Whether there are several objects is known too late for a stream. So the
// space after the colon of a key becomes the "[" when a second one comes, or
// when so much text follows that it has to be written before that is known.
type jsonld struct {
	*Encoder
	some bool // there was a node
}

func (w *jsonld) start() {
	w.add("{\n  \"@context\": ")
	w.add(jsonldContext)
	w.add(",\n  \"@graph\": [")
}

func (w *jsonld) nest(*Term, bool) { w.value(w.top, nil) }

func (w *jsonld) begin() {
	f := w.top
	if w.parent() == nil {
		if w.some {
			w.add(",")
		}
		w.some = true
		w.newLine(2)
	}
	w.add("{")
	f.mark = -1
	if !f.anonymous {
		w.nodeID(f)
	}
}

func (w *jsonld) nodeID(f *frame) {
	w.key(f, `"@id": `)
	w.id(&f.subject)
	f.mark = -1 // never an array
}

func (w *jsonld) object(t *Term) {
	f := w.top
	w.value(f, t)
	switch {
	case f.typed && t.Kind == KindIRI:
		w.iri(t.Value)
	case f.typed:
		w.id(t)
	case t.Kind != KindLiteral && f.predicate.coercion == "@id":
		w.id(t)
	case t.Kind != KindLiteral:
		w.add(`{"@id": `)
		w.id(t)
		w.add("}")
	default:
		w.literal(t, f.predicate.coercion)
	}
	w.writeIfFull()
}

func (w *jsonld) literal(t *Term, coercion string) {
	end := `"}`
	switch {
	case t.Lang != "":
		w.add(`{"@language": "`)
		w.add(t.Lang)
		w.add(`", "@value": "`)
	case t.Datatype != "":
		w.add(`{"@type": `)
		w.add(w.datatype.json)
		w.add(`, "@value": "`)
	case coercion == "xsd:string":
		w.add(`"`)
		end = `"`
	default:
		w.add(`{"@type": "xsd:string", "@value": "`)
	}
	w.buf = append(jsonQuoting.append(w.buf, t.Value), end...)
}

// value prepares for an object of f, t being nil for a node.
func (w *jsonld) value(f *frame, t *Term) {
	typed := f.predicate.typing && t != nil && t.Kind != KindLiteral
	switch {
	case f.objects == 0:
		f.typed = typed
	case f.typed && !typed: // "@type" takes only names
		f.typed = false
	default:
		w.several(f)
		w.add(", ")
		return
	}
	if f.typed {
		w.key(f, `"@type": `)
		return
	}
	w.key(f, f.predicate.jsonKey)
}

// key begins a member of the object of f. The key comes with its colon and a
// space.
func (w *jsonld) key(f *frame, key string) {
	w.closeArray(f)
	if f.count > 0 {
		w.add(",")
	}
	f.count++
	w.newLine(len(w.frames) + 2)
	w.add(key)
	f.mark = len(w.buf) - 1
}

// several makes the objects of a predicate an array.
func (w *jsonld) several(f *frame) {
	if f.mark >= 0 {
		w.buf[f.mark] = '['
		f.array, f.mark = true, -1
	}
}

func (w *jsonld) closeArray(f *frame) {
	if f.array {
		w.add("]")
	}
	f.array, f.mark = false, -1
}

func (w *jsonld) end() {
	f := w.top
	w.closeArray(f)
	if f.count == 0 { // jsonld-streaming-parser 5 mistakes {} for its neighbour
		w.nodeID(f)
	}
	w.newLine(len(w.frames) + 1)
	w.add("}")
	w.writeIfFull()
}

func (w *jsonld) finish() { w.add("\n  ]\n}\n") }

// writeIfFull writes out the text, but for the end of it that begins with what
// may still become an array. What began long ago becomes one now.
func (w *jsonld) writeIfFull() {
	if len(w.buf) < flushSize {
		return
	}
	text, cut := w.buf, len(w.buf)
	for i := len(w.frames) - 1; i >= 0; i-- { // of which the outer ones began earlier
		if f := &w.frames[i]; f.mark >= flushSize/2 {
			cut = f.mark
		} else {
			w.several(f)
		}
	}
	w.buf = text[:cut]
	w.flush()
	w.buf = append(w.buf, text[cut:]...)
	for i := range w.frames {
		if f := &w.frames[i]; f.mark >= 0 {
			f.mark -= cut
		}
	}
}

func (w *jsonld) id(t *Term) {
	if t.Kind == KindBlank {
		w.add(`"_:`)
		w.add(t.Value)
		w.add(`"`)
		return
	}
	w.buf = appendEnclosed(w.buf, '"', t.Value, '"')
}

// iri appends a class, shortened where it can be.
func (w *jsonld) iri(iri string) {
	if n, err := w.name(iri); err == nil {
		w.add(n.json)
	} else {
		w.buf = appendEnclosed(w.buf, '"', iri, '"')
	}
}
