package dcat

import (
	"cmp"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// A Loss is a triple that the model has no place for.
type Loss struct{ Triple }

// Read reads a DCAT catalogue in one of the syntaxes into the model, and lists
// what of it the model cannot hold. base is the address of the document; it is
// the catalogue's base too where the document does not tell one.
//
// What [Export] writes comes back as it was, except for what DCAT cannot say;
// the README lists that. Documents of others come back as far as they use the
// terms of DCAT-AP: a record's id is made of its IRI. The whole document is
// held in memory.
func Read(r io.Reader, s Syntax, base string) (*model.Catalogue, []Loss, error) {
	ns, err := readNodes(r, s, base)
	if err != nil {
		return nil, nil, err
	}
	rd := &reader{
		nodes: ns, cat: &model.Catalogue{Base: base},
		agentSeen: make(map[string]bool), agentsRead: make(map[Term]model.Agent), cards: make(map[string]model.Agent),
	}
	rd.heading()
	rd.outputs()
	rd.finishAgents()
	return rd.cat, rd.losses(), nil
}

// A reader reads nodes into a catalogue.
type reader struct {
	*nodes
	cat        *model.Catalogue
	agentSeen  map[string]bool        // ids of the catalogue's agents that were read
	agentsRead map[Term]model.Agent   // by their nodes
	cards      map[string]model.Agent // vCards of agents by their ids
}

func (rd *reader) of(iri string) *node { return rd.nodes.of(Term{Kind: KindIRI, Value: iri}) }

// heading reads the catalogue's own node, the first of its class.
func (rd *reader) heading() {
	i := slices.IndexFunc(rd.order, func(n *node) bool { return n.is(nsDCAT + "Catalog") })
	if i < 0 {
		return
	}
	n, c := rd.order[i], rd.cat
	if b, ok := strings.CutSuffix(n.term.Value, "catalog"); ok && n.term.Kind == KindIRI {
		c.Base = b
	}
	c.Title, c.Description = n.text(title), n.text(description)
	c.Issued, c.Modified = n.date(issued), n.date(modified)
	c.Languages, c.Licence = n.languages(), n.licence(license)
	c.Homepage = firstURL(n.links(homepage))
	for _, a := range rd.agents(n, publisher) {
		c.Publisher = a
	}
	c.Contacts = rd.contacts(n, contactPoint)
	for _, t := range n.nodes(themeTaxonomy) {
		t.known()
	}
	for _, p := range []string{dataset, resourceOf, record} {
		n.values(p)
	}
	if statement := rd.of(n.term.Value + "#rights"); reflect.DeepEqual(statement.text(label), descriptionsOnly) {
		n.values(rights)
		statement.known()
	}
	rd.projects(n)
}

// projects reads the programme and the groups.
func (rd *reader) projects(catalogue *node) {
	for _, n := range catalogue.nodes(nsDCT + "relation") {
		if id, ok := strings.CutPrefix(n.term.Value, rd.cat.Base+"programmes/"); ok {
			rd.cat.Programme = rd.programme(n, id)
		}
		if id, ok := strings.CutPrefix(n.term.Value, rd.cat.Base+"groups/"); ok {
			rd.cat.Groups = append(rd.cat.Groups, rd.group(n, id))
		}
	}
}

func isProject(n *node) {
	n.is(nsFOAF + "Project")
	n.is(nsPROV + "Activity")
	n.values(label)
}

func (rd *reader) programme(n *node, id string) model.Programme {
	isProject(n)
	p := model.Programme{ID: id, Title: n.text(title), Acronym: n.string(alternative), Description: n.text(description), Links: n.links(seeAlso)}
	for _, a := range rd.agents(n, fundedBy) {
		p.Coordinator = a
	}
	return p
}

func (rd *reader) group(n *node, id string) model.Group {
	isProject(n)
	n.values(isPartOf) // the programme
	g := model.Group{
		ID: id, Title: n.text(title), Acronym: n.string(alternative),
		Question: n.text(nsDCT + "abstract"), Description: n.text(description),
		Laboratories: rd.agents(n, wasAssociatedWith), Academies: rd.agents(n, contributor), Supporters: rd.agents(n, fundedBy),
		Contributions: rd.contributions(n, associated),
		Issued:        n.date(issued), Links: n.links(seeAlso),
	}
	for _, p := range periods(n) {
		g.Period = p
	}
	for _, a := range n.nodes(subject) {
		if id, ok := strings.CutPrefix(a.term.Value, n.term.Value+"#axis-"); ok {
			a.is(nsSKOS + "Concept")
			g.Axes = append(g.Axes, model.Axis{ID: id, Title: a.text(prefLabel), Description: a.text(definition)})
		}
	}
	return g
}

func periods(n *node) (ps []model.Period) {
	for _, t := range n.nodes(temporal) {
		t.is(nsDCT + "PeriodOfTime")
		ps = append(ps, model.Period{Start: t.date(startDate), End: t.date(endDate)})
	}
	return ps
}

// outputs reads the records, in the order of their ids.
func (rd *reader) outputs() {
	for _, n := range rd.order {
		series, set, other := n.is(nsDCAT+"DatasetSeries"), n.is(nsDCAT+"Dataset"), n.is(nsDCAT+"Resource")
		if n.term.Kind == KindIRI && (series || set || other) && !n.is(nsDCAT+"Catalog") {
			o := rd.output(n)
			switch {
			case series:
				o.Kind = "dataset-series"
			case set:
				o.Kind = "dataset"
			}
			rd.cat.Outputs = append(rd.cat.Outputs, o)
		}
	}
	slices.SortStableFunc(rd.cat.Outputs, func(a, b model.Output) int { return strings.Compare(a.ID, b.ID) })
}

// outputID returns the id of a record's IRI. An IRI of another catalogue gives
// its last segment and its digest.
func (rd *reader) outputID(iri string) (id string, own bool) {
	if id, ok := strings.CutPrefix(iri, rd.cat.Base+"records/"); ok && id != "" && !strings.ContainsAny(id, "#?") {
		return id, true
	}
	last := strings.TrimRight(iri, "/")
	return slug(last[strings.LastIndexAny(last, "/#")+1:]) + "-" + digest(iri), false
}

// finishAgents adds the agents that only vCards describe, and orders all by
// their ids.
func (rd *reader) finishAgents() {
	for id, card := range rd.cards {
		if !rd.agentSeen[id] {
			card.ID = id
			rd.cat.Agents = append(rd.cat.Agents, card)
		}
	}
	slices.SortFunc(rd.cat.Agents, func(a, b model.Agent) int { return cmp.Compare(a.ID, b.ID) })
}

// losses lists the triples that nobody read, without those that hold what
// hangs on a page: hydra's links and VoID.
func (rd *reader) losses() (lost []Loss) {
	for _, n := range rd.order {
		if n.is(nsHydra + "PartialCollectionView") {
			n.known()
		}
		for _, p := range n.props {
			if !p.read {
				lost = append(lost, Loss{Triple{n.term, Term{Kind: KindIRI, Value: p.iri}, p.value}})
			}
		}
	}
	return lost
}
