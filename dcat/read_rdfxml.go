package dcat

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

const xmlNS = "http://www.w3.org/XML/1998/namespace"

// An rdfxmlReader reads RDF 1.1 XML Syntax; its methods are named for the
// productions of section 7.2.
//
// knakk/rdf has a decoder for it, which gives up on typed nodes in properties
// and takes mailto: for a namespace.
type rdfxmlReader struct {
	*decoder
	xml   *xml.Decoder
	depth int
}

// A scope is what an element inherits.
type scope struct{ base, lang string }

func (d *decoder) rdfxml(r io.Reader) error {
	p := &rdfxmlReader{decoder: d, xml: xml.NewDecoder(r)}
	p.xml.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(charset)
		if err != nil {
			return nil, &SyntaxError{RDFXML, 1, fmt.Sprintf("the encoding %q is not known", charset)}
		}
		return e.NewDecoder().Reader(in), nil
	}
	err := p.document()
	var theirs *xml.SyntaxError
	if errors.As(err, &theirs) {
		return &SyntaxError{RDFXML, theirs.Line, theirs.Msg}
	}
	if ours := (*SyntaxError)(nil); errors.As(err, &ours) {
		return ours
	}
	return err
}

func (p *rdfxmlReader) errorf(format string, args ...any) error {
	line, _ := p.xml.InputPos()
	return &SyntaxError{RDFXML, line, fmt.Sprintf(format, args...)}
}

// document reads up to the end: one rdf:RDF, or one node.
func (p *rdfxmlReader) document() error {
	for root := false; ; {
		token, err := p.xml.Token()
		if err == io.EOF && !root {
			return p.errorf("there is no element")
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive:
			p.declareEntities(string(t))
		case xml.StartElement:
			root = true
			if err := p.root(t); err != nil {
				return err
			}
		}
	}
}

var entity = regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

// declareEntities takes the entities of a document type, which OWL tools use
// for namespaces.
func (p *rdfxmlReader) declareEntities(directive string) {
	for _, m := range entity.FindAllStringSubmatch(directive, -1) {
		if p.xml.Entity == nil {
			p.xml.Entity = make(map[string]string)
		}
		p.xml.Entity[m[1]] = m[2] + m[3]
	}
}

func (p *rdfxmlReader) root(e xml.StartElement) error {
	outer := scope{base: p.base}
	if e.Name != (xml.Name{Space: rdfNS, Local: "RDF"}) {
		_, err := p.nodeElement(e, outer)
		return err
	}
	inner := outer.enter(e)
	return p.children(func(child xml.StartElement) error {
		_, err := p.nodeElement(child, inner)
		return err
	})
}

// enter returns the scope inside an element.
func (s scope) enter(e xml.StartElement) scope {
	for _, a := range e.Attr {
		switch {
		case a.Name.Space == xmlNS && a.Name.Local == "lang":
			s.lang = a.Value
		case a.Name.Space == xmlNS && a.Name.Local == "base":
			s.base, _, _ = strings.Cut(resolve(s.base, a.Value), "#")
		}
	}
	return s
}

// children calls f for each element up to the end of the one around them.
func (p *rdfxmlReader) children(f func(xml.StartElement) error) error {
	for {
		token, err := p.token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := f(t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" {
				return p.errorf("text %q stands between elements", text)
			}
		}
	}
}

// token returns the next token inside the root, where the end of the document
// is an error.
func (p *rdfxmlReader) token() (xml.Token, error) {
	token, err := p.xml.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return token, err
}

// in resolves a reference in a scope.
func (p *rdfxmlReader) in(s scope, reference string) Term {
	p.setBase(s.base)
	return p.iri([]byte(reference))
}

func (p *rdfxmlReader) nodeElement(e xml.StartElement, outer scope) (Term, error) {
	if p.depth++; p.depth > maxDepth {
		return Term{}, p.errorf("nested more than %d deep", maxDepth)
	}
	defer func() { p.depth-- }()
	if e.Name.Space == rdfNS && e.Name.Local != "Description" && isReserved(e.Name.Local) || e.Name.Space == "" {
		return Term{}, p.errorf("<%s> cannot be a node", e.Name.Local)
	}
	s := outer.enter(e)
	subject, err := p.identity(e, s)
	if err != nil {
		return Term{}, err
	}
	if e.Name != (xml.Name{Space: rdfNS, Local: "Description"}) {
		if err := p.emit(subject, iriTerm(rdfType), p.name(e.Name)); err != nil {
			return Term{}, err
		}
	}
	if err := p.propertyAttributes(subject, e, s); err != nil {
		return Term{}, err
	}
	item := 0
	return subject, p.children(func(child xml.StartElement) error {
		if child.Name == (xml.Name{Space: rdfNS, Local: "li"}) {
			item++
			child.Name.Local = "_" + strconv.Itoa(item)
		}
		return p.propertyElement(subject, child, s)
	})
}

func (p *rdfxmlReader) name(n xml.Name) Term { return p.iri([]byte(n.Space + n.Local)) }

// identity returns the subject that a node element names.
func (p *rdfxmlReader) identity(e xml.StartElement, s scope) (subject Term, err error) {
	named := 0
	for _, a := range e.Attr {
		if a.Name.Space != rdfNS {
			continue
		}
		switch a.Name.Local {
		case "about":
			subject = p.in(s, a.Value)
		case "ID":
			subject = p.in(s, "#"+a.Value)
		case "nodeID":
			subject = p.labelled(a.Value)
		default:
			continue
		}
		named++
	}
	switch named {
	case 0:
		return p.blank(), nil
	case 1:
		return subject, nil
	}
	return Term{}, p.errorf("<%s> has several of rdf:about, rdf:ID and rdf:nodeID", e.Name.Local)
}

// isProperty reports whether an attribute is a property of the node.
func isProperty(a xml.Attr) bool {
	if a.Name.Space == rdfNS {
		return !isReserved(a.Name.Local)
	}
	return a.Name.Space != "" && a.Name.Space != xmlNS && a.Name.Space != "xmlns"
}

func (p *rdfxmlReader) propertyAttributes(subject Term, e xml.StartElement, s scope) error {
	for _, a := range e.Attr {
		if !isProperty(a) {
			continue
		}
		predicate, object := p.name(a.Name), Term{}
		if predicate.Value == rdfType {
			object = p.in(s, a.Value)
		} else {
			object = p.literal(a.Value, s.lang, Term{})
		}
		if err := p.emit(subject, predicate, object); err != nil {
			return err
		}
	}
	return nil
}
