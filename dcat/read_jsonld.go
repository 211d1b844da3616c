package dcat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/piprate/json-gold/ld"
)

// noBase stands for the base of a document that has none. Without one json-gold
// drops relative IRIs and says nothing.
const noBase = "http://no-base.invalid/"

// jsonld reads a JSON-LD document, the triples of all its graphs.
func (d *decoder) jsonld(r io.Reader) error {
	document, err := readJSON(r)
	if err != nil {
		return err
	}
	base := d.base
	if base == "" {
		base = noBase
	}
	options := ld.NewJsonLdOptions(base)
	options.DocumentLoader = noLoader{}
	result, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	if err != nil {
		return d.jsonldError(err)
	}
	graphs := result.(*ld.RDFDataset).Graphs
	names := make([]string, 0, len(graphs))
	for name := range graphs {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, q := range graphs[name] {
			if err := d.emit(d.node(q.Subject), d.node(q.Predicate), d.node(q.Object)); err != nil {
				return err
			}
		}
	}
	return nil
}

// readJSON reads the one value that a document is.
func readJSON(r io.Reader) (document any, err error) {
	in := json.NewDecoder(r)
	if err = in.Decode(&document); err == nil {
		if _, err = in.Token(); err == io.EOF {
			return document, nil
		}
		if err == nil {
			return nil, &SyntaxError{Syntax: JSONLD, Message: "something follows the end of the document"}
		}
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) || err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil, &SyntaxError{Syntax: JSONLD, Message: fmt.Sprintf("%v, at byte %d", err, in.InputOffset())}
	}
	return nil, err
}

// node returns the term of a node of json-gold.
func (d *decoder) node(n ld.Node) Term {
	switch n := n.(type) {
	case ld.IRI:
		return d.iri([]byte(strings.TrimPrefix(n.Value, noBase)))
	case ld.BlankNode:
		return d.labelled(strings.TrimPrefix(n.Attribute, "_:"))
	case ld.Literal:
		datatype := Term{}
		if n.Language == "" && n.Datatype != xsdString {
			if datatype = d.iri([]byte(n.Datatype)); datatype == (Term{}) {
				return Term{}
			}
		}
		return d.literal(n.Value, n.Language, datatype)
	}
	return Term{}
}

// noLoader refuses to fetch anything.
type noLoader struct{}

// LoadDocument says what the document should have had inline.
func (noLoader) LoadDocument(u string) (*ld.RemoteDocument, error) {
	return nil, fmt.Errorf("the context %s is not in the document, and nothing is fetched", u)
}

func (d *decoder) jsonldError(err error) error {
	var e *ld.JsonLdError
	if !errors.As(err, &e) {
		return err
	}
	message := string(e.Code)
	if e.Details != nil {
		message += fmt.Sprintf(": %v", e.Details)
	}
	return &SyntaxError{Syntax: JSONLD, Message: message}
}
