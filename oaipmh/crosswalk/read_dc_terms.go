package crosswalk

import (
	"strings"

	"github.com/beevik/etree"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// education reads who an output is meant for, from the terms that only
// qualified Dublin Core has.
func (d *dcReader) education(root *etree.Element) {
	var e model.Education
	e.Audience = d.concepts(all(root, "audience"))
	e.Levels = d.concepts(all(root, "educationLevel"))
	e.Activities = d.concepts(all(root, "instructionalMethod"))
	if e.Audience != nil || e.Levels != nil || e.Activities != nil {
		d.out.Education = &e
	}
}

// concepts reads terms of a vocabulary: each is its labels, one a language, and
// then its IRI. Labels without one are listed.
func (d *dcReader) concepts(elements []*etree.Element) (list []model.Concept) {
	var labels []*etree.Element
	for _, e := range elements {
		iri := collapse(deepText(e))
		if !isWeb(iri) {
			labels = append(labels, e)
			continue
		}
		c := model.Concept{IRI: d.text(e)}
		for _, l := range labels[d.lastConcept(labels):] {
			c.Label = append(c.Label, d.label(l)...)
		}
		list, labels = append(list, c), nil
	}
	return list
}

// lastConcept is where the labels of the last concept begin: where a language
// comes a second time.
func (d *dcReader) lastConcept(labels []*etree.Element) int {
	seen := map[language.Tag]bool{}
	for i := len(labels) - 1; i >= 0; i-- {
		lang, _ := model.ParseLanguage(labels[i].SelectAttrValue("xml:lang", ""))
		if seen[lang] {
			return i + 1
		}
		seen[lang] = true
	}
	return 0
}

// frequency reads how often a data set is renewed, by the term of the EU's
// table or its label.
func (d *dcReader) frequency(e *etree.Element) {
	value := collapse(deepText(e))
	for _, info := range model.Frequencies() {
		if value == frequencies[info.Frequency] || strings.EqualFold(value, info.English) || strings.EqualFold(value, info.French) {
			d.text(e)
			if d.out.Frequency != "" && d.out.Frequency != info.Frequency {
				d.lose(e, second(string(d.out.Frequency)))
				return
			}
			d.out.Frequency = info.Frequency
			return
		}
	}
}
