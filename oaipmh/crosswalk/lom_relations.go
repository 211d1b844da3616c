package crosswalk

import (
	"cmp"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// lomRelations is category 7: the licence, what the output appeared in, its
// series and group, the standards that it follows, the outputs that it is
// related to and further pages.
func (w *writer) lomRelations(r model.Record) {
	o := r.Output
	isPartOf := lomRelations["isPartOf"]
	if iri := licenceOf(o.Licence).IRI; iri != "" {
		w.lomRelation(lomHasLicence, nil, "URL", iri)
	}
	w.lomContainer(o.Container)
	w.lomConference(o.Conference)
	if o.Series != "" {
		w.lomRelation(isPartOf, nil, "URL", r.Catalogue.Base, "records/", o.Series)
	}
	if g := r.Group(); g != nil {
		w.lomRelation(isPartOf, g.Title, "URL", r.Catalogue.Base, "groups/", g.ID)
	}
	for _, l := range o.ConformsTo {
		w.lomRelation(lomRelations["conformsTo"], l.Title, "URL", l.URL)
	}
	for _, rel := range o.Relations {
		switch kind := lomRelation(rel.Type); {
		case rel.Output != "":
			w.lomRelation(kind, rel.Title, "URL", r.Catalogue.Base, "records/", rel.Output)
		case rel.Identifier.IsZero():
			w.lomRelation(kind, rel.Title, "URL", rel.URL)
		default:
			w.lomRelation(kind, rel.Title, lomCatalog(rel.Identifier.Scheme), rel.Identifier.Value)
		}
	}
	for _, l := range o.Links {
		w.lomRelation(lomRelations["relation"], l.Title, "URL", l.URL)
	}
}

// lomContainer writes a container with its volume, issue and pages, and the
// first of its numbers.
func (w *writer) lomContainer(c *model.Container) {
	if c == nil {
		return
	}
	w.lomResource(lomRelations["isPartOf"], func() {
		if len(c.Identifiers) > 0 {
			w.lomIdentifier(lomCatalog(c.Identifiers[0].Scheme), c.Identifiers[0].Value)
		} else {
			w.lomIdentifier("URL", c.URL)
		}
		w.wrap("lom:description", func() {
			for i, s := range c.Title {
				one := *c
				one.Title = c.Title[i : i+1]
				w.start("lom:string", attr{"language", lomLanguage(s.Lang)})
				w.citation(&one)
				w.close("lom:string")
			}
		})
	})
}

// lomConference writes a conference with its place and time.
func (w *writer) lomConference(c *model.Conference) {
	if c == nil || len(c.Title) == 0 {
		return
	}
	w.lomResource(lomRelations["isPartOf"], func() {
		w.start("lom:description")
		for i, s := range c.Title {
			one := *c
			one.Title = c.Title[i : i+1]
			w.start("lom:string", attr{"language", lomLanguage(s.Lang)})
			w.conference(&one)
			w.close("lom:string")
		}
		w.end("lom:description")
	})
}

func (w *writer) lomRelation(kind concept, title model.Text, catalog string, entry ...string) {
	w.lomResource(kind, func() {
		w.lomIdentifier(catalog, entry...)
		w.lomStrings("lom:description", title)
	})
}

func (w *writer) lomResource(kind concept, body func()) {
	w.start("lom:relation")
	w.lomConcept("lom:kind", kind)
	w.start("lom:resource")
	body()
	w.end("lom:resource")
	w.end("lom:relation")
}

// lomAnnotation is category 8: it says that the title is none, where a label
// made by rule stands in for it.
func (w *writer) lomAnnotation(r model.Record) {
	if len(r.Output.Title) > 0 {
		return
	}
	w.start("lom:annotation")
	if p := r.Agent(r.Catalogue.Publisher); hasName(p) {
		w.vCard("lom:entity", r, p, nil, "")
	}
	w.lomDate(model.NewDate(r.Datestamp(), model.Day))
	w.lomStrings("lom:description", derivedTitleNote)
	w.end("lom:annotation")
}

// lomClassifications is category 9: terms of classifications, and detailed
// levels of education.
func (w *writer) lomClassifications(o *model.Output) {
	for _, s := range o.Subjects {
		switch {
		case strings.HasPrefix(s.IRI, scolomfr+"scolomfr-voc-015-"):
			w.lomClassification(lomSubject, lomSource+" ; scolomfr-voc-015 ; Domaine d'enseignement", s.IRI, s.Label)
		case s.IRI != "" || s.Scheme != "":
			w.lomClassification(lomDiscipline, s.Scheme, cmp.Or(s.IRI, s.Code), s.Label)
		}
	}
	if o.Education == nil {
		return
	}
	for _, c := range o.Education.Levels {
		if strings.HasPrefix(c.IRI, scolomfr+"scolomfr-voc-022-") {
			w.lomClassification(lomLevel, lomSource+" ; scolomfr-voc-022 ; Niveau éducatif détaillé", c.IRI, c.Label)
		}
	}
}

func (w *writer) lomClassification(purpose concept, source, id string, label model.Text) {
	w.start("lom:classification")
	w.lomConcept("lom:purpose", purpose)
	w.start("lom:taxonPath")
	w.lomPlain("lom:source", source)
	w.start("lom:taxon")
	w.text("lom:id", id)
	w.lomStrings("lom:entry", label)
	w.end("lom:taxon")
	w.end("lom:taxonPath")
	w.end("lom:classification")
}
