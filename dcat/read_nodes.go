package dcat

import (
	"io"
	"math"
	"strings"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// nodes are the triples of a document by their subjects. What is read from
// them is marked, so that what nobody asked for is known at the end.
type nodes struct {
	byTerm map[Term]*node
	order  []*node
}

// A node is a subject with what is said of it, in the document's order.
type node struct {
	all   *nodes
	term  Term
	props []property
}

type property struct {
	iri   string
	value Term
	read  bool
}

func readNodes(r io.Reader, s Syntax, base string) (*nodes, error) {
	ns := &nodes{byTerm: make(map[Term]*node)}
	for t, err := range Decode(r, s, base) {
		if err != nil {
			return nil, err
		}
		n := ns.byTerm[t.Subject]
		if n == nil {
			n = &node{all: ns, term: t.Subject}
			ns.byTerm[t.Subject] = n
			ns.order = append(ns.order, n)
		}
		n.add(property{iri: t.Predicate.Value, value: t.Object})
	}
	return ns, nil
}

// add adds what the node does not say yet: the same triple twice is one.
func (n *node) add(p property) {
	for _, old := range n.props {
		if old.iri == p.iri && old.value == p.value {
			return
		}
	}
	n.props = append(n.props, p)
}

// of returns the node of a term; one that nothing is said of is empty.
func (ns *nodes) of(t Term) *node {
	if n := ns.byTerm[t]; n != nil {
		return n
	}
	return &node{all: ns, term: t}
}

// take returns the values of a property that are wanted, at most max of them,
// and marks them as read.
func (n *node) take(iri string, max int, want func(Term) bool) (values []Term) {
	for i := range n.props {
		p := &n.props[i]
		if p.iri == iri && len(values) < max && want(p.value) {
			p.read = true
			values = append(values, p.value)
		}
	}
	return values
}

const all = math.MaxInt

func anything(Term) bool    { return true }
func isIRI(t Term) bool     { return t.Kind == KindIRI }
func isNode(t Term) bool    { return t.Kind != KindLiteral }
func isLiteral(t Term) bool { return t.Kind == KindLiteral }

// values returns all values of a property.
func (n *node) values(iri string) []Term { return n.take(iri, all, anything) }

// nodes returns the nodes that a property leads to.
func (n *node) nodes(iri string) (nodes []*node) {
	for _, v := range n.take(iri, all, isNode) {
		nodes = append(nodes, n.all.of(v))
	}
	return nodes
}

// iri returns the first value of a property that is an IRI.
func (n *node) iri(iri string) string { return firstValue(n.take(iri, 1, isIRI)) }

// string returns the first literal of a property.
func (n *node) string(iri string) string { return firstValue(n.take(iri, 1, isLiteral)) }

func firstValue(values []Term) string {
	if len(values) == 0 {
		return ""
	}
	return values[0].Value
}

// text returns the literals of a property as one text.
func (n *node) text(iri string) (t model.Text) {
	for _, v := range n.take(iri, all, isLiteral) {
		t = append(t, model.LangString{Lang: language.Make(v.Lang), Value: v.Value})
	}
	return t
}

// date returns the first value of a property that is a date.
func (n *node) date(iri string) (d model.Date) {
	n.take(iri, 1, func(t Term) bool {
		var err error
		d, err = model.ParseDate(t.Value)
		return err == nil
	})
	return d
}

// is reports whether the node is of a class.
func (n *node) is(class string) bool {
	for i := range n.props {
		if p := &n.props[i]; p.iri == rdfType && p.value.Value == class {
			p.read = true
			return true
		}
	}
	return false
}

// known marks all that is said of a node as read: it describes something that
// a table knows better.
func (n *node) known() {
	for i := range n.props {
		n.props[i].read = true
	}
}

// codes returns the codes of an EU authority table that a property leads to,
// of those that the model has.
func (n *node) codes(iri, table string, has func(code string) bool) (codes []string) {
	scheme := euAuthority + table
	n.take(iri, all, func(t Term) bool {
		code, ok := strings.CutPrefix(t.Value, scheme+"/")
		if !ok || !isIRI(t) || !has(code) {
			return false
		}
		n.all.of(t).known()
		n.all.of(Term{Kind: KindIRI, Value: scheme}).known()
		codes = append(codes, code)
		return true
	})
	return codes
}

// links returns the documents that a property leads to.
func (n *node) links(iri string) (links []model.Link) {
	for _, v := range n.take(iri, all, isIRI) {
		l := n.all.of(v)
		l.is(nsFOAF + "Document")
		l.is(nsDCT + "Standard")
		links = append(links, model.Link{URL: v.Value, Title: l.text(title), Kind: l.string(nsSchema + "genre")})
	}
	return links
}

// licence returns the licence of a property.
func (n *node) licence(iri string) model.Licence {
	for _, v := range n.take(iri, 1, isIRI) {
		n.all.of(v).known()
		return model.ParseLicence(v.Value)
	}
	return ""
}
