package dcat

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/eu"
	"github.com/gtnum/gtnum/model"
)

const inLanguage = nsSchema + "inLanguage"

// A spoken language is a row of the EU table, and the tag where that says
// more than the row does.
type spoken struct {
	concept
	tag string
}

// languages writes languages as rows of the EU table, the only ones that
// DCAT-AP takes. What such a row does not say, as that French is spoken in
// Canada, or a language that the table has no row for, is said by the tag too.
func (g *graph) languages(tags []language.Tag) {
	for i, tag := range tags {
		l := g.spoken(tag)
		if tag != language.Und && !g.anySpoken(tags[:i], l.iri) {
			g.Predicate(language_)
			g.concept(l.concept)
		}
	}
	for _, tag := range tags {
		if l := g.spoken(tag); tag != language.Und && l.tag != "" {
			g.plain(inLanguage, l.tag)
		}
	}
}

func (g *graph) anySpoken(tags []language.Tag, iri string) bool {
	for _, tag := range tags {
		if g.spoken(tag).iri == iri {
			return true
		}
	}
	return false
}

// spoken remembers languages, of which a catalogue has few.
func (g *graph) spoken(tag language.Tag) spoken {
	l, ok := g.langs[tag]
	if !ok {
		row := euLanguage(tag)
		row.French = cmp.Or(row.French, model.LanguageOf(tag).French)
		l.concept = euConcept("language", row, nsDCT+"LinguisticSystem")
		if t, err := model.ParseLanguage(strings.ToLower(row.Code)); err != nil || t != tag {
			l.tag = tag.String()
		}
		if len(g.langs) < maxNames {
			g.langs[tag] = l
		}
	}
	return l
}

// euLanguage returns the row of a language, that of uncoded languages for one
// that has none.
func euLanguage(tag language.Tag) eu.Concept {
	row, ok := eu.Languages.Find(model.LanguageOf(tag).EU)
	if !ok {
		row, _ = eu.Languages.Find("MIS")
	}
	return row
}

// languages reads what graph.languages wrote.
func (n *node) languages() (tags []language.Tag) {
	exact := make(map[string][]language.Tag) // by code
	var codes []string
	for _, v := range n.take(inLanguage, all, isLiteral) {
		if t, err := model.ParseLanguage(v.Value); err == nil {
			code := euLanguage(t).Code
			exact[code], codes = append(exact[code], t), append(codes, code)
		}
	}
	has := func(code string) bool {
		_, err := model.ParseLanguage(strings.ToLower(code))
		return err == nil || exact[code] != nil
	}
	for _, code := range append(n.codes(language_, "language", has), codes...) {
		if ts, ok := exact[code]; ok {
			tags = append(tags, ts...)
			exact[code] = nil
		} else if t, err := model.ParseLanguage(strings.ToLower(code)); err == nil {
			tags = append(tags, t)
		}
	}
	return tags
}
