package crosswalk

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beevik/etree"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// lomTerm is a value of a vocabulary as a record gives it: an IRI, or a word,
// and mostly a label.
type lomTerm struct{ iri, word, label string }

// lomTermOf reads an element of LOM's type vocabulary.
func lomTermOf(e *etree.Element) lomTerm {
	t := lomTerm{}
	if label := first(e, "label"); label != nil {
		t.label = collapse(deepText(label))
	}
	value := first(e, "value")
	if value == nil {
		return t
	}
	if s := lomIRI(collapse(deepText(value))); isWeb(s) {
		t.iri = strings.Replace(s, "https:", "http:", 1)
	} else {
		t.word = s
	}
	return t
}

// lomIRI is the IRI of a concept that is given by its number alone, as the first
// versions of ScoLOMFR had them.
func lomIRI(s string) string {
	if strings.HasPrefix(s, "scolomfr-voc-") {
		return scolomfr + s
	}
	return s
}

// is reports whether a term is a concept: by IRI, by label, or by the word of
// LOM that ScoLOMFR made the IRI of, as "author" and "isPartOf".
func (t lomTerm) is(c concept) bool {
	if t.iri == c.iri && t.iri != "" || t.label != "" && sameWords(t.label, c.label) {
		return true
	}
	name := c.iri[strings.LastIndexByte(c.iri, '/')+1:]
	return t.word != "" && (sameWords(t.word, c.label) || sameWords(lomWord(t.word), strings.TrimSuffix(name, "_2")))
}

// concept takes an element as a concept: its value and label as far as they
// say no more than the concept does.
func (l *lomReader) concept(e *etree.Element, c concept) {
	if e == nil {
		return
	}
	t := lomTermOf(e)
	for _, part := range e.ChildElements() {
		switch part.Tag {
		case "value":
			t.label = ""
			if !t.is(c) {
				continue
			}
		case "label":
			if label := collapse(deepText(part)); !sameWords(label, c.label) && label != c.iri {
				continue
			}
		case "source":
		default:
			continue
		}
		l.take(part)
	}
}

// sameWords compares names of terms: portals write them with capitals or none,
// and with either apostrophe.
func sameWords(a, b string) bool {
	return strings.EqualFold(strings.ReplaceAll(a, "’", "'"), strings.ReplaceAll(b, "’", "'"))
}

// lomWord is a word as it stands in an IRI.
func lomWord(s string) string { return strings.ReplaceAll(s, " ", "_") }

// name of a term for people, with its language: ScoLOMFR's are French, the
// words of LOM English.
func (t lomTerm) name() model.Text {
	switch {
	case t.label != "":
		return model.NewText("fr", t.label)
	case t.word != "":
		return model.Text{{Lang: language.English, Value: t.word}}
	}
	return nil
}

// typed reads the type of the output from the editorial types of ScoLOMFR and
// the DCMI types of LOMFR.
func (l *lomReader) typed(root *etree.Element) {
	general := first(root, "general")
	genres, types := all(general, "generalResourceType"), all(general, "documentType")
	broad := l.documentType(types)
	for _, e := range genres {
		t := lomTermOf(e)
		kind, why := l.genre(t)
		if broad == "" && t.is(lomArticle) {
			broad = "Text"
		}
		if why != nil {
			l.loseNamed(e, first(e, "label"), first(e, "value"), why)
		} else if kind != "" && (l.out.Kind == "" || l.out.Kind == kind) {
			l.concept(e, lomGenres[kind])
			l.out.Kind = kind
		}
	}
	if l.out.Kind == "dataset" && broad == "Collection" {
		l.out.Kind = "dataset-series"
	}
	if l.out.Kind == "" {
		l.out.Kind = typingOfDCMI(broad).kind
	}
	if l.out.Kind == "" && l.out.Education != nil && len(l.out.Education.ResourceTypes) > 0 {
		l.out.Kind = "learning-object"
		l.derive("kind", "Ce qui a un type pédagogique de ressource est une ressource pédagogique.", "What has a learning resource type is a learning object.")
	}
	for _, e := range types {
		if name := dcmiOf(lomTermOf(e)); name != "" && name == kindOf(l.out.Kind).DCMI {
			l.concept(e, lomTypes[name])
		}
	}
}

// documentType is the first DCMI type.
func (l *lomReader) documentType(elements []*etree.Element) string {
	for _, e := range elements {
		if name := dcmiOf(lomTermOf(e)); name != "" {
			return name
		}
	}
	return ""
}

// dcmiOf is the DCMI type of a term, "" if it is none.
func dcmiOf(t lomTerm) string {
	for name, c := range lomTypes {
		if t.is(c) || sameWords(strings.ReplaceAll(t.word, " ", ""), name) {
			return name
		}
	}
	if t.is(lomStillImage) {
		return "Image"
	}
	return ""
}

// lomArticle is of a periodical, a blog, a dictionary or an encyclopaedia, says
// ScoLOMFR's scope note, and an independent text in any case. So it is a text,
// and more only where the journal shows.
var lomArticle = lomGenres["journal-article"]

// genre is the kind that an editorial type stands for. One that stands for
// several tells none of them: why says so.
func (l *lomReader) genre(t lomTerm) (kind model.Kind, why model.Text) {
	var found []model.Kind
	for _, info := range kindRows {
		if c, ok := lomGenres[info.Kind]; ok && t.is(c) {
			found = append(found, info.Kind)
		}
	}
	switch {
	case len(found) == 0:
		return "", nil
	case len(found) == 1:
		return found[0], nil
	case t.is(lomArticle) && l.inJournal():
		l.derive("kind", "Un « article » de ScoLOMFR paru dans une revue qui a un ISSN est un article de revue.", "An “article” of ScoLOMFR that appeared in what has an ISSN is a journal article.")
		return "journal-article", nil
	}
	names := make([]string, len(found))
	for i, k := range found {
		names[i] = string(k)
	}
	return "", detailed("ce terme couvre plusieurs types", "this term covers several kinds", strings.Join(names, ", "))
}

func (l *lomReader) inJournal() bool {
	return l.out.Container != nil && slices.ContainsFunc(l.out.Container.Identifiers, func(id model.Identifier) bool { return id.Scheme == model.ISSN })
}

// educational is category 5.
func (l *lomReader) educational(e *etree.Element) {
	edu := l.out.Education
	if edu == nil {
		edu = &model.Education{}
	}
	for _, list := range []struct {
		name, vocabulary string
		dst              *[]model.Concept
	}{
		{"learningResourceType", "010", &edu.ResourceTypes},
		{"intendedEndUserRole", "011", &edu.Audience},
		{"context", "012", &edu.Levels},
		{"activity", "019", &edu.Activities},
	} {
		for _, c := range all(e, list.name) {
			if chosen, ok := lomChosen(lomTermOf(c), list.vocabulary); ok {
				l.take(c)
				if !slices.ContainsFunc(*list.dst, func(known model.Concept) bool { return known.IRI == chosen.IRI }) {
					*list.dst = append(*list.dst, chosen)
				}
			}
		}
	}
	for _, d := range all(e, "description") {
		for _, s := range l.strings(d) {
			l.add(&edu.Description, model.LangString{Lang: l.lang(s), Value: l.blocks(s)}, "\n\n")
		}
	}
	if edu.Audience != nil || edu.Levels != nil || edu.ResourceTypes != nil || edu.Activities != nil || edu.Description != nil {
		l.out.Education = edu
	}
}

// lomChosen is the concept that a term of a vocabulary means.
func lomChosen(t lomTerm, vocabulary string) (model.Concept, bool) {
	if inVocabulary(t.iri, vocabulary) {
		if t.label == t.iri {
			t.label = ""
		}
		return model.Concept{IRI: t.iri, Label: t.name()}, true
	}
	for _, c := range lomTerms[vocabulary] {
		if t.iri == "" && sameWords(cmp.Or(t.word, t.label), c.label) {
			return model.Concept{IRI: c.iri, Label: model.NewText("fr", c.label)}, true
		}
		if t.word != "" && t.is(concept{iri: c.iri}) {
			return model.Concept{IRI: c.iri, Label: t.name()}, true
		}
	}
	return model.Concept{}, false
}

var lomStillImage = concept{dcmiType + "StillImage", "image fixe"}
