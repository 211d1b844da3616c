package dcat

// rdfxml writes RDF 1.1 XML Syntax, nodes nested in the properties that they
// are objects of. A node whose first property is a class of the vocabularies
// becomes an element of that name.
type rdfxml struct{ *Encoder }

func (w *rdfxml) start() { w.add(rdfxmlStart) }

var rdfxmlStart = func() string {
	b := []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF")
	for _, p := range prefixes {
		b = append(b, "\n    xmlns:"+p.name+`="`+p.iri+`"`...)
	}
	return string(append(b, '>'))
}()

func (w *rdfxml) nest(*Term, bool) {
	w.openNode(nil)
	w.property()
	w.add(">")
}

func (w *rdfxml) begin() {}

func (w *rdfxml) object(t *Term) {
	f := w.top
	if w.class(f, t) {
		return
	}
	w.openNode(nil)
	w.property()
	switch t.Kind {
	case KindIRI:
		w.attribute(` rdf:resource="`, t.Value)
		w.add("/>")
	case KindBlank:
		w.attribute(` rdf:nodeID="`, t.Value)
		w.add("/>")
	default:
		w.literal(t, f.predicate)
	}
	w.flushIfFull()
}

// class opens a node as an element of its class, if that is what t is.
func (w *rdfxml) class(f *frame, t *Term) bool {
	if f.open || t.Kind != KindIRI || !f.predicate.typing {
		return false
	}
	n, err := w.name(t.Value)
	if err != nil || n.err != nil || !n.known {
		return false
	}
	w.openNode(n)
	return true
}

func (w *rdfxml) literal(t *Term, property *name) {
	if t.Lang != "" {
		w.attribute(` xml:lang="`, t.Lang)
	} else if t.Datatype != "" {
		w.add(w.datatype.xmlType)
	}
	w.buf = xmlQuoting.append(append(w.buf, '>'), t.Value)
	w.add(property.xmlEnd)
}

// property begins the element of the top frame's predicate.
func (w *rdfxml) property() {
	w.newLine(2 * len(w.frames))
	w.add(w.top.predicate.xmlTag)
}

// openNode writes the start tag of the top frame, once.
func (w *rdfxml) openNode(class *name) {
	if f := w.top; !f.open {
		f.open, f.elem = true, class
		w.startTag(f)
		w.add(">")
	}
}

// startTag writes the start tag of the top frame but for its last bracket.
func (w *rdfxml) startTag(f *frame) {
	w.newLine(2*len(w.frames) - 1)
	w.add("<")
	w.add(element(f))
	switch {
	case f.subject.Kind == KindIRI:
		w.attribute(` rdf:about="`, f.subject.Value)
	case !f.anonymous:
		w.attribute(` rdf:nodeID="`, f.subject.Value)
	}
}

func element(f *frame) string {
	if f.elem != nil {
		return f.elem.xml
	}
	return "rdf:Description"
}

func (w *rdfxml) end() {
	f := w.top
	if f.open {
		w.newLine(2*len(w.frames) - 1)
		w.add("</")
		w.add(element(f))
		w.add(">")
	} else {
		w.startTag(f)
		w.add("/>")
	}
	if p := w.parent(); p != nil {
		w.newLine(2*len(w.frames) - 2)
		w.add(p.predicate.xmlEnd)
	}
	w.flushIfFull()
}

func (w *rdfxml) finish() { w.add("\n</rdf:RDF>\n") }

func (w *rdfxml) attribute(start, value string) {
	w.buf = append(xmlQuoting.append(append(w.buf, start...), value), '"')
}
