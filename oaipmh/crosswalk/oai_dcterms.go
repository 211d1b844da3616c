package crosswalk

import (
	"strconv"
	"strings"

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
	for _, address := range addresses(o) {
		w.text("identifier", address, typeURI)
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
	w.text("issued", o.Issued.Day(), typeW3CDTF)
	w.text("created", o.Created.Day(), typeW3CDTF)
	w.text("dateAccepted", o.Accepted.Day(), typeW3CDTF)
	w.text("available", o.Available.Day(), typeW3CDTF)
	w.text("modified", o.Modified.Day(), typeW3CDTF)
}

func (w *writer) termsTypes(o *model.Output) {
	info := kindOf(o.Kind)
	w.text("type", info.euRepo, typeURI)
	w.text("type", info.COAR, typeURI)
	w.text("type", info.DCMI, typeDCMI)
}

// termsFormat writes the media types, how long a recording is and how large
// the files are.
func (w *writer) termsFormat(o *model.Output) {
	w.mediaTypes("format", o.Files, typeIMT)
	if o.Duration > 0 {
		w.text("extent", o.Duration.String())
	}
	for _, f := range o.Files {
		if f.Size > 0 {
			w.text("extent", strconv.FormatInt(f.Size, 10)+" bytes")
		}
	}
}

// termsSources writes what the output appeared in.
func (w *writer) termsSources(r model.Record) {
	o := r.Output
	if c := o.Container; c != nil {
		w.text("bibliographicCitation", citation(c))
		w.texts("isPartOf", c.Title)
		w.iri("isPartOf", c.URL)
		for _, id := range c.Identifiers {
			w.iri("isPartOf", resolvable(id))
		}
	}
	if o.Conference != nil {
		w.text("isPartOf", conference(o.Conference))
	}
	if o.Series != "" {
		w.iri("isPartOf", related(r, model.Relation{Output: o.Series}))
	}
}

// termsRelations writes the outputs that this one is related to, by the
// closest term, the pages about it, its grants and the standards it follows.
func (w *writer) termsRelations(r model.Record) {
	o := r.Output
	for _, rel := range o.Relations {
		w.iri(rel.Type.Info().DCTerms, related(r, rel))
	}
	for _, l := range o.Links {
		w.iri("relation", l.URL)
	}
	for _, f := range o.Funding {
		w.iri("relation", grantAgreement(r, f))
	}
	for _, l := range o.ConformsTo {
		w.iri("conformsTo", l.URL)
	}
	if eu := o.Frequency.Info().EU; eu != "" {
		w.iri("accrualPeriodicity", "http://publications.europa.eu/resource/authority/frequency/"+eu)
	}
}

// termsCoverage writes time as B2FIND reads it, and places.
func (w *writer) termsCoverage(o *model.Output) {
	for _, p := range o.Temporal {
		w.text("temporal", dcmiPeriod(p), typePeriod)
	}
	for _, p := range o.Spatial {
		w.texts("spatial", p.Label)
		w.iri("spatial", p.IRI)
	}
}

// dcmiPeriod writes a period by the DCMI Period encoding scheme; an open end
// is left out.
func dcmiPeriod(p model.Period) string {
	var parts []string
	if !p.Start.IsZero() {
		parts = append(parts, "start="+p.Start.Day())
	}
	if !p.End.IsZero() {
		parts = append(parts, "end="+p.End.Day())
	}
	return strings.Join(parts, "; ")
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
			w.text("rightsHolder", r.Agent(c.Agent).Inverted())
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

// iri writes an element that holds an IRI; what is none is plain text.
func (w *writer) iri(name, s string) {
	if strings.Contains(s, ":") {
		w.text(name, s, typeURI)
		return
	}
	w.text(name, s)
}
