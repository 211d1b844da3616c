package dcat

import (
	"encoding/xml"
	"strings"
)

// propertyElement reads a property of a node.
func (p *rdfxmlReader) propertyElement(subject Term, e xml.StartElement, outer scope) error {
	if e.Name.Space == rdfNS && isReserved(e.Name.Local) || e.Name.Space == "" {
		return p.errorf("<%s> cannot be a property", e.Name.Local)
	}
	s := outer.enter(e)
	object, err := p.value(e, s)
	if err != nil {
		return err
	}
	predicate := p.name(e.Name)
	if err := p.emit(subject, predicate, object); err != nil {
		return err
	}
	if id, ok := rdfAttr(e, "ID"); ok {
		return p.reify(p.in(s, "#"+id), subject, predicate, object)
	}
	return nil
}

// rdfAttr returns an attribute of rdf:.
func rdfAttr(e xml.StartElement, local string) (string, bool) {
	for _, a := range e.Attr {
		if a.Name.Space == rdfNS && a.Name.Local == local {
			return a.Value, true
		}
	}
	return "", false
}

// value reads the rest of a property element and returns what it means.
func (p *rdfxmlReader) value(e xml.StartElement, s scope) (Term, error) {
	if parseType, ok := rdfAttr(e, "parseType"); ok {
		switch parseType {
		case "Resource":
			return p.resourceValue(s)
		case "Collection":
			return p.collectionValue(s)
		}
		return p.xmlValue()
	}
	object, named := Term{}, true
	if reference, ok := rdfAttr(e, "resource"); ok {
		object = p.in(s, reference)
	} else if label, ok := rdfAttr(e, "nodeID"); ok {
		object = p.labelled(label)
	} else {
		named = false
	}
	for _, a := range e.Attr {
		if !named && isProperty(a) {
			object, named = p.blank(), true
		}
	}
	if !named {
		return p.content(e, s)
	}
	if err := p.propertyAttributes(object, e, s); err != nil {
		return Term{}, err
	}
	return object, p.children(func(child xml.StartElement) error {
		return p.errorf("<%s> is in a property that already has a value", child.Name.Local)
	})
}

// content reads a property element that holds a text or a node.
func (p *rdfxmlReader) content(e xml.StartElement, s scope) (Term, error) {
	var text strings.Builder
	for {
		token, err := p.token()
		if err != nil {
			return Term{}, err
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			return p.text(text.String(), e, s), nil
		case xml.StartElement:
			if strings.TrimSpace(text.String()) != "" {
				return Term{}, p.errorf("<%s> holds both text and a node", e.Name.Local)
			}
			node, err := p.nodeElement(t, s)
			if err != nil {
				return Term{}, err
			}
			return node, p.children(func(xml.StartElement) error {
				return p.errorf("<%s> holds more than one node", e.Name.Local)
			})
		}
	}
}

func (p *rdfxmlReader) text(value string, e xml.StartElement, s scope) Term {
	reference, ok := rdfAttr(e, "datatype")
	if !ok {
		return p.literal(value, s.lang, Term{})
	}
	datatype := p.in(s, reference)
	if datatype == (Term{}) {
		return datatype
	}
	return p.literal(value, "", datatype)
}

// resourceValue reads properties of a node without an element of its own.
func (p *rdfxmlReader) resourceValue(s scope) (Term, error) {
	node := p.blank()
	return node, p.children(func(child xml.StartElement) error {
		return p.propertyElement(node, child, s)
	})
}

func (p *rdfxmlReader) collectionValue(s scope) (Term, error) {
	c := collection{decoder: p.decoder}
	err := p.children(func(child xml.StartElement) error {
		item, err := p.nodeElement(child, s)
		if err != nil {
			return err
		}
		return c.add(item)
	})
	if err != nil {
		return Term{}, err
	}
	return c.end()
}

// reify states that there is the statement, which an rdf:ID on a property asks
// for.
func (p *rdfxmlReader) reify(statement, subject, predicate, object Term) error {
	for _, po := range [][2]Term{
		{iriTerm(rdfType), iriTerm(rdfNS + "Statement")},
		{iriTerm(rdfNS + "subject"), subject},
		{iriTerm(rdfNS + "predicate"), predicate},
		{iriTerm(rdfNS + "object"), object},
	} {
		if err := p.emit(statement, po[0], po[1]); err != nil {
			return err
		}
	}
	return nil
}

// xmlValue reads a property that holds XML, and returns it as an
// rdf:XMLLiteral in which every element declares its namespace.
func (p *rdfxmlReader) xmlValue() (Term, error) {
	var b strings.Builder
	out := xml.NewEncoder(&b)
	for depth := 0; ; {
		token, err := p.token()
		if err != nil {
			return Term{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			t.Attr = withoutDeclarations(t.Attr)
			token = t
		case xml.EndElement:
			if depth--; depth < 0 {
				err := out.Flush()
				return Term{Kind: KindLiteral, Value: b.String(), Datatype: rdfNS + "XMLLiteral"}, err
			}
		case xml.ProcInst, xml.Directive, xml.Comment:
			continue
		}
		if err := out.EncodeToken(token); err != nil {
			return Term{}, p.errorf("%v", err)
		}
	}
}

func withoutDeclarations(attrs []xml.Attr) (kept []xml.Attr) {
	for _, a := range attrs {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			kept = append(kept, a)
		}
	}
	return kept
}
