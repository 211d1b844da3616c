package dcat

import (
	"github.com/gtnum/gtnum/model"
)

func (g *graph) coverage(rec string, o *model.Output) {
	if c, ok := frequencyConcepts[o.Frequency]; ok {
		g.Predicate(frequency)
		g.concept(c)
	}
	for _, p := range o.Temporal {
		g.period(temporal, p)
	}
	g.places(rec, o.Spatial)
}

// period writes a period as a blank node: it is a value, and udata reads none
// that has an IRI.
func (g *graph) period(p string, t model.Period) {
	if t == (model.Period{}) {
		return
	}
	g.Predicate(p)
	g.BeginBlank("")
	g.is(nsDCT + "PeriodOfTime")
	g.date(startDate, t.Start)
	g.date(endDate, g.profile.end(t.End))
	g.End()
}

func (g *graph) places(rec string, places []model.Place) {
	iris := irisOf(rec+"#place-", places, func(p *model.Place) (own, name string) { return p.IRI, p.Label.String() })
	for i, p := range places {
		g.Predicate(spatial)
		g.node(iris[i], nsDCT+"Location", func() {
			g.text(prefLabel, p.Label)
			g.text(label, p.Label)
			g.box(p.Box)
		})
	}
}

// series links a data set to the series that it is an issue of, and describes
// the series as the document's own: DCAT-AP demands its class, title and
// description, and takes no dcat:inSeries without. A document that cannot know
// them says dct:isPartOf, of which dcat:inSeries is a kind.
func (g *graph) series(r entry) {
	iri := seriesIRI(r.Record)
	if iri == "" || g.src == nil {
		return
	}
	if !g.profile.SeriesOnce && !g.seen[described{iri, nsDCAT + "Dataset"}] {
		found, err := g.src.Record(g.ctx, r.Output.Series)
		if err != nil || !isSeries(found.Output) {
			return // nothing that DCAT-AP could take for a series
		}
		g.Predicate(inSeries)
		g.member(found)
		return
	}
	g.link(inSeries, iri)
}

// seriesIRI names the series of a data set; "" where it has none.
func seriesIRI(r model.Record) string {
	if r.Output.Series == "" {
		return ""
	}
	iri := model.Record{Catalogue: r.Catalogue, Output: &model.Output{ID: r.Output.Series}}.IRI()
	if !absolute(iri) {
		return ""
	}
	return iri
}
