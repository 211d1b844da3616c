package dcat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/piprate/json-gold/ld"
)

// noBase stands for the base of a document that has none. Without one json-gold
// drops relative IRIs and says nothing.
const noBase = "http://no-base.invalid/"

// jsonld reads a JSON-LD document, the triples of all its graphs. json-gold
// expands it; from there on the way to triples is short, and json-gold's own
// drops every IRI that is not to its taste.
func (d *decoder) jsonld(r io.Reader) error {
	document, err := readJSON(r)
	if err != nil {
		return err
	}
	options := ld.NewJsonLdOptions(d.base)
	if d.base == "" {
		options.Base = noBase
	}
	options.DocumentLoader = noLoader{}
	expanded, err := ld.NewJsonLdProcessor().Expand(document, options)
	if err != nil {
		return jsonldError(err)
	}
	return d.jsonNodes(expanded, func(Term) error { return nil })
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

// jsonNodes emits all that node objects say, and calls f with each node.
func (d *decoder) jsonNodes(list []any, f func(Term) error) error {
	for _, item := range list {
		if object, ok := item.(map[string]any); ok {
			node, err := d.jsonNode(object)
			if err != nil {
				return err
			}
			if err := f(node); err != nil {
				return err
			}
		}
	}
	return nil
}

// jsonNode emits all that a node object of expanded JSON-LD says.
func (d *decoder) jsonNode(object map[string]any) (Term, error) {
	node := d.blank()
	if id, ok := object["@id"].(string); ok {
		node = d.jsonID(id)
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if err := d.jsonMember(node, key, object[key]); err != nil {
			return Term{}, err
		}
	}
	return node, nil
}

func (d *decoder) jsonMember(node Term, key string, value any) error {
	list, _ := value.([]any)
	switch key {
	case "@type":
		for _, class := range list {
			if err := d.emit(node, iriTerm(rdfType), d.jsonID(fmt.Sprint(class))); err != nil {
				return err
			}
		}
	case "@graph", "@included":
		return d.jsonNodes(list, func(Term) error { return nil })
	case "@reverse":
		reverse, _ := value.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(reverse)) {
			subjects, _ := reverse[key].([]any)
			predicate := d.jsonID(key)
			if err := d.jsonNodes(subjects, func(s Term) error { return d.emit(s, predicate, node) }); err != nil {
				return err
			}
		}
	default:
		if strings.HasPrefix(key, "@") || strings.HasPrefix(key, "_:") {
			return nil // no predicate
		}
		predicate := d.jsonID(key)
		return d.jsonValues(list, func(o Term) error { return d.emit(node, predicate, o) })
	}
	return nil
}

// jsonValues calls f with each object of a predicate.
func (d *decoder) jsonValues(list []any, f func(Term) error) error {
	for _, item := range list {
		object, _ := item.(map[string]any)
		term, err := Term{}, error(nil)
		if value, ok := object["@value"]; ok {
			term = d.jsonLiteral(value, object)
		} else if items, ok := object["@list"].([]any); ok {
			term, err = d.jsonList(items)
		} else {
			term, err = d.jsonNode(object)
		}
		if err == nil {
			err = f(term)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) jsonList(items []any) (Term, error) {
	c := collection{decoder: d}
	err := d.jsonValues(items, c.add)
	if err != nil {
		return Term{}, err
	}
	return c.end()
}

// jsonID returns the term of an @id.
func (d *decoder) jsonID(id string) Term {
	if label, ok := strings.CutPrefix(id, "_:"); ok {
		return d.labelled(label)
	}
	return d.iri([]byte(strings.TrimPrefix(id, noBase)))
}

// jsonLiteral returns the literal of a value object. Numbers and booleans
// become typed as JSON-LD 1.1 API, section 8.2.2, says.
func (d *decoder) jsonLiteral(value any, object map[string]any) Term {
	lang, _ := object["@language"].(string)
	datatype, _ := object["@type"].(string)
	text, natural := "", ""
	if datatype == "@json" {
		var b strings.Builder
		in := json.NewEncoder(&b)
		in.SetEscapeHTML(false)
		in.Encode(value) // as it was parsed from JSON
		return Term{Kind: KindLiteral, Value: strings.TrimSuffix(b.String(), "\n"), Datatype: rdfNS + "JSON"}
	}
	switch v := value.(type) {
	case string:
		text = v
	case bool:
		text, natural = fmt.Sprint(v), xsdNS+"boolean"
	case float64:
		text, natural = jsonNumber(v, datatype == xsdNS+"double")
	}
	if datatype == "" {
		datatype = natural
	}
	if datatype == "" {
		return d.literal(text, lang, Term{})
	}
	t := d.jsonID(datatype)
	if t == (Term{}) {
		return t
	}
	return d.literal(text, lang, t)
}

// jsonNumber returns a number as an xsd:integer if it is one, else as a
// canonical xsd:double.
func jsonNumber(v float64, double bool) (text, datatype string) {
	if v == math.Trunc(v) && math.Abs(v) < 1e21 && !double {
		return fmt.Sprintf("%.0f", v), xsdNS + "integer"
	}
	mantissa, exponent, _ := strings.Cut(fmt.Sprintf("%.15E", v), "E")
	mantissa = strings.TrimRight(mantissa, "0")
	if strings.HasSuffix(mantissa, ".") {
		mantissa += "0"
	}
	sign := strings.TrimPrefix(exponent[:1], "+")
	digits := strings.TrimLeft(exponent[1:], "0")
	if digits == "" {
		sign, digits = "", "0"
	}
	return mantissa + "E" + sign + digits, xsdNS + "double"
}

// noLoader refuses to fetch anything.
type noLoader struct{}

// LoadDocument says what the document should have had inline.
func (noLoader) LoadDocument(u string) (*ld.RemoteDocument, error) {
	return nil, fmt.Errorf("the context %s is not in the document, and nothing is fetched", u)
}

func jsonldError(err error) error {
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
