package dcat

import (
	"context"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// A graph walks model values into an Encoder. It is the only walk: syntaxes
// differ in the Encoder, portals in the Profile.
type graph struct {
	*Encoder
	ctx     context.Context
	src     Source // for what records name and documents must describe
	profile *Profile
	seen    map[described]bool // what any record may name again

	record string             // IRI of the record that is written
	local  map[described]bool // what only that one may name again
	naming
	langs   map[language.Tag]spoken
	scratch []byte
}

// A described is a node that the document has described as something. One
// IRI may be several things: a page and an identifier.
type described struct{ iri, class string }

// maxSeen bounds the memory of seen. Past it nodes are described again,
// which says nothing new and costs some bytes.
const maxSeen = 4096

// graphs are those that nobody needs any more, with their maps.
var graphs = sync.Pool{New: func() any {
	return &graph{seen: make(map[described]bool), local: make(map[described]bool), naming: newNaming(), langs: make(map[language.Tag]spoken)}
}}

func newGraph(ctx context.Context, e *Encoder, src Source, p *Profile) *graph {
	g := graphs.Get().(*graph)
	g.Encoder, g.ctx, g.src, g.profile = e, ctx, src, p
	return g
}

// release gives up the graph. What it knows of languages stays true. A map
// that has grown large is slow to clear, so it is not kept.
func (g *graph) release() {
	if len(g.seen)+len(g.local) > 512 {
		return
	}
	clear(g.seen)
	clear(g.local)
	g.enter("")
	*g = graph{seen: g.seen, local: g.local, naming: g.naming, langs: g.langs, scratch: g.scratch[:0]}
	graphs.Put(g)
}

// node writes an object that is an IRI, and describes it as a class where the
// document meets it first.
func (g *graph) node(iri, class string, describe func()) {
	d, seen := described{iri, class}, g.seen
	if g.isLocal(d) {
		seen = g.local
	}
	if seen[d] {
		g.IRI(iri)
		return
	}
	if len(seen) >= maxSeen {
		clear(seen)
	}
	seen[d] = true
	g.Begin(iri)
	g.is(class)
	describe()
	g.End()
}

// isLocal reports whether no other record names the node: it hangs on the
// record that is written, or identifies it.
func (g *graph) isLocal(d described) bool {
	return d.class == nsADMS+"Identifier" || g.record != "" && strings.HasPrefix(d.iri, g.record)
}

// is writes the classes of the node.
func (g *graph) is(classes ...string) {
	g.Predicate(rdfType)
	for _, c := range classes {
		g.IRI(c)
	}
}

// text writes a text in each of its languages.
func (g *graph) text(p string, t model.Text) {
	for _, s := range t {
		g.literal(p, s.Value, s.Lang)
	}
}

// labels writes a French and an English label; one that is both has no
// language. There may be no French one.
func (g *graph) labels(p, french, english string) {
	g.Predicate(p)
	if french == english {
		g.Literal(english, "")
		return
	}
	if french != "" {
		g.Literal(french, "fr")
	}
	g.Literal(english, "en")
}

func (g *graph) literal(p, value string, lang language.Tag) {
	if value == "" {
		return
	}
	g.Predicate(p)
	if lang == language.Und {
		g.Literal(value, "")
	} else {
		g.Literal(value, lang.String())
	}
}

func (g *graph) plain(p, value string) { g.literal(p, value, language.Und) }

// link writes an object that is an IRI, if it is one.
func (g *graph) link(p, iri string) {
	if absolute(iri) {
		g.Predicate(p)
		g.IRI(iri)
	}
}

// date writes a date as the profile has it.
func (g *graph) date(p string, d model.Date) {
	if !d.IsZero() {
		value, datatype := g.profile.date(d)
		g.Predicate(p)
		g.Typed(value, datatype)
	}
}

// documents writes pages as a class of documents, with their titles.
func (g *graph) documents(p, class string, links ...model.Link) {
	for _, l := range links {
		if absolute(l.URL) {
			g.Predicate(p)
			g.node(l.URL, class, func() { g.text(title, l.Title) })
		}
	}
}

// licence writes a licence with its labels, as the profile has them.
func (g *graph) licence(p string, l model.Licence) {
	info := l.Info()
	if l == "" || !absolute(info.IRI) {
		return
	}
	g.Predicate(p)
	g.node(info.IRI, nsDCT+"LicenseDocument", func() {
		french, english := g.profile.licence(info)
		g.labels(title, french, english)
		g.labels(label, french, english)
		if info.SPDX != "" {
			g.plain(identifier, string(info.SPDX))
		}
		if eu := euAuthority + "licence/" + info.EU; info.EU != "" && eu != info.IRI {
			g.link(exact, eu)
		}
	})
}

// rights writes a statement of rights for people.
func (g *graph) rightsStatement(iri string, t model.Text) {
	if len(t) > 0 {
		g.Predicate(rights)
		g.node(iri, nsDCT+"RightsStatement", func() {
			g.text(label, t)
		})
	}
}

func (g *graph) accessRights(a model.Access) {
	if c, ok := accessConcepts[a]; ok {
		g.Predicate(accessRights)
		g.concept(c)
	}
}

// absolute reports whether a graph can hold the IRI, as cleanIRI does, which
// makes an error of it.
func absolute(iri string) bool {
	scheme := schemeOf(iri)
	return scheme == "https" || scheme == "http" || scheme != "" && !isPrefix(scheme)
}
