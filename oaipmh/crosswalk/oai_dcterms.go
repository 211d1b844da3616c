package crosswalk

import (
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// oaiDCTerms is qualified Dublin Core: the DCMI metadata terms, with their
// syntax encoding schemes in xsi:type, in the container that Omeka S gives
// under this name. No body publishes a schema of the container; the schema
// named is DCMI's of the terms.
func oaiDCTerms(*Options) oaipmh.Format[model.Record] {
	return oaipmh.Format[model.Record]{
		Prefix:    "oai_dcterms",
		Schema:    dcTermsSchema,
		Namespace: "http://www.openarchives.org/OAI/2.0/oai_dcterms/",
		Append:    appendOAIDCTerms,
	}
}

const (
	dcTermsSchema = "http://dublincore.org/schemas/xmls/qdc/2008/02/11/dcterms.xsd"

	oaiDCTermsRoot = `<oai_dcterms:dcterms xmlns:oai_dcterms="http://www.openarchives.org/OAI/2.0/oai_dcterms/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
		` xsi:schemaLocation="http://purl.org/dc/terms/ ` + dcTermsSchema + `">`
)

// The syntax encoding schemes.
var (
	typeURI     = attr{"xsi:type", "dcterms:URI"}
	typeW3CDTF  = attr{"xsi:type", "dcterms:W3CDTF"}
	typePeriod  = attr{"xsi:type", "dcterms:Period"}
	typeIMT     = attr{"xsi:type", "dcterms:IMT"}
	typeDCMI    = attr{"xsi:type", "dcterms:DCMIType"}
	typeRFC4646 = attr{"xsi:type", "dcterms:RFC4646"}
)

func appendOAIDCTerms(dst []byte, r model.Record) ([]byte, error) {
	o := r.Output
	w := writer{buf: dst, ns: "dcterms:"}
	w.raw(oaiDCTermsRoot)
	w.dcTitles(o, "title", "alternative")
	w.dcAgents(r)
	w.termsSubjects(o)
	w.texts("abstract", o.Abstract)
	w.termsDates(o)
	w.termsTypes(o)
	w.termsFormat(o)
	w.addresses("identifier", o, typeURI)
	for _, id := range o.Identifiers {
		switch id.Scheme { // what has no address
		case model.ISBN, model.URN, model.Local:
			w.inline("identifier", func() { w.resolvable(id) }, typeOf(id))
		}
	}
	w.languages("language", o.Languages, typeRFC4646)
	w.termsSources(r)
	w.termsRelations(r)
	w.termsCoverage(o)
	w.termsRights(r)
	w.termsEducation(o.Education)
	w.end("oai_dcterms:dcterms")
	return w.buf, nil
}

// termsSubjects writes the labels of subjects, and what names them.
func (w *writer) termsSubjects(o *model.Output) {
	for _, s := range o.Subjects {
		w.dcSubject(s)
		if len(s.Label) > 0 {
			w.text("subject", s.IRI, typeURI)
		}
	}
}

// termsDates writes every date that is known, without time of day.
func (w *writer) termsDates(o *model.Output) {
	w.day("issued", o.Issued, typeW3CDTF)
	w.day("created", o.Created, typeW3CDTF)
	w.day("dateAccepted", o.Accepted, typeW3CDTF)
	w.day("available", o.Available, typeW3CDTF)
	w.day("modified", o.Modified, typeW3CDTF)
}

func (w *writer) termsTypes(o *model.Output) {
	info := kindOf(o.Kind)
	w.text("type", info.euRepo, typeURI)
	w.text("type", info.COAR, typeURI)
	w.text("type", info.DCMI, typeDCMI)
	w.text("type", versions[o.Version].euRepo, typeURI)
}

// termsFormat writes the media types, how long a recording is and how large
// the files are.
func (w *writer) termsFormat(o *model.Output) {
	w.mediaTypes("format", o.Files, typeIMT)
	w.sizes("extent", o)
}

// termsSources writes what the output appeared in.
func (w *writer) termsSources(r model.Record) {
	o := r.Output
	if c := o.Container; c != nil {
		w.inline("bibliographicCitation", func() { w.citation(c) })
		w.texts("isPartOf", c.Title)
		w.iri("isPartOf", c.URL)
		for _, id := range c.Identifiers {
			w.inline("isPartOf", func() { w.resolvable(id) }, typeOf(id))
		}
	}
	if c := o.Conference; c != nil {
		w.inline("isPartOf", func() { w.conference(c) })
	}
	if o.Series != "" {
		w.inline("isPartOf", func() { w.related(r, model.Relation{Output: o.Series}) }, typeURI)
	}
}

// termsRelations writes the outputs that this one is related to, by the
// closest term, the pages about it, its grants and the standards it follows.
func (w *writer) termsRelations(r model.Record) {
	o := r.Output
	for _, rel := range o.Relations {
		w.inline(relationInfo(rel.Type).DCTerms, func() { w.related(r, rel) }, typeOf(rel.Identifier))
	}
	for _, l := range o.Links {
		w.iri("relation", l.URL)
	}
	for _, f := range o.Funding {
		w.inline("relation", func() { w.grantAgreement(r, f) }, typeURI)
	}
	for _, l := range o.ConformsTo {
		w.iri("conformsTo", l.URL)
	}
	if o.Frequency != "" {
		w.iri("accrualPeriodicity", frequencies[o.Frequency])
	}
}

// termsCoverage writes time as B2FIND reads it, and places.
func (w *writer) termsCoverage(o *model.Output) {
	for _, p := range o.Temporal {
		w.inline("temporal", func() { w.dcmiPeriod(p) }, typePeriod)
	}
	for _, p := range o.Spatial {
		w.texts("spatial", p.Label)
		w.iri("spatial", p.IRI)
	}
}

// dcmiPeriod adds a period by the DCMI Period encoding scheme; an open end is
// left out.
func (w *writer) dcmiPeriod(p model.Period) {
	if !p.Start.IsZero() {
		w.add("start=")
		w.buf = p.Start.AppendDay(w.buf)
	}
	if !p.Start.IsZero() && !p.End.IsZero() {
		w.add("; ")
	}
	if !p.End.IsZero() {
		w.add("end=")
		w.buf = p.End.AppendDay(w.buf)
	}
}

// termsRights writes who can read the output, as accessRights and, since
// GoTriple looks nowhere else, in COAR's terms as rights too; then the licence
// and the statements for people.
func (w *writer) termsRights(r model.Record) {
	o := r.Output
	info := accessOf(o.Access)
	w.iri("rights", info.COAR)
	w.iri("accessRights", info.COAR)
	w.iri("accessRights", info.euRepo)
	w.iri("license", licenceOf(o.Licence).IRI)
	w.texts("rights", o.Rights)
	for _, c := range o.Contributions {
		if c.Role == "rights-holder" {
			w.agent("rightsHolder", r.Agent(c.Agent))
		}
	}
}

func (w *writer) termsEducation(e *model.Education) {
	if e == nil {
		return
	}
	w.concepts("audience", e.Audience)
	w.concepts("educationLevel", e.Levels)
	w.concepts("instructionalMethod", e.Activities)
	w.concepts("type", e.ResourceTypes)
	w.texts("description", e.Description)
}

// concepts writes the labels and IRIs of terms of a vocabulary.
func (w *writer) concepts(name string, list []model.Concept) {
	for _, c := range list {
		w.texts(name, c.Label)
		w.iri(name, c.IRI)
	}
}

// iri writes an element that holds an IRI.
func (w *writer) iri(name, s string) { w.text(name, s, typeURI) }

// typeOf is the encoding scheme of an identifier: none for one that only its
// own context understands.
func typeOf(id model.Identifier) attr {
	if id.Scheme == model.Local {
		return attr{}
	}
	return typeURI
}
