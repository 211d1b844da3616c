package crosswalk

import (
	"net/url"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// oaiDC is simple Dublin Core, which every provider must offer: OAI-PMH 2.0,
// section 5.2. It follows OpenAIRE's guidelines for literature repositories
// 3.0, since BASE, CORE, isidore and GoTriple read it so.
func oaiDC(*Options) oaipmh.Format[model.Record] {
	return oaipmh.Format[model.Record]{
		Prefix:    "oai_dc",
		Schema:    "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
		Namespace: "http://www.openarchives.org/OAI/2.0/oai_dc/",
		Revision:  "2",
		Append:    appendOAIDC,
	}
}

const oaiDCRoot = `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"` +
	` xmlns:dc="http://purl.org/dc/elements/1.1/"` +
	` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
	` xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">`

func appendOAIDC(dst []byte, r model.Record) ([]byte, error) {
	w := writer{buf: dst, ns: "dc:"}
	w.raw(oaiDCRoot)
	w.dcTitles(r.Output, "title", "title")
	w.dcAgents(r)
	for _, s := range r.Output.Subjects {
		w.dcSubject(s)
	}
	w.texts("description", r.Output.Abstract)
	w.day("date", mainDate(r.Output))
	w.dcEmbargo(r.Output)
	w.dcTypes(r.Output)
	w.mediaTypes("format", r.Output.Files)
	w.addresses("identifier", r.Output)
	w.dcSources(r.Output)
	w.languages("language", r.Output.Languages)
	w.dcRelations(r)
	for _, p := range r.Output.Temporal {
		w.inline("coverage", func() { w.period(p, "..") })
	}
	w.dcRights(r.Output)
	w.end("oai_dc:dc")
	return w.buf, nil
}

// dcTitles writes the title with its subtitle, then what stands alone: a
// subtitle without a title in its language, and alternative titles. A
// record without a title has none: the format can do without, and a label
// made by rule could not be told from a title here.
func (w *writer) dcTitles(o *model.Output, title, alternative string) {
	for _, s := range o.Title {
		subtitle := exactly(o.Subtitle, s.Lang)
		if subtitle == "" || s.Value == "" {
			w.langString(title, s)
			continue
		}
		w.start(title, lang(s.Lang))
		w.add(s.Value, ": ", subtitle)
		w.close(title)
	}
	for _, s := range o.Subtitle {
		if exactly(o.Title, s.Lang) == "" {
			w.langString(alternative, s)
		}
	}
	for _, t := range o.AlternativeTitles {
		w.texts(alternative, t)
	}
}

// dcAgents writes who made the output, family name first, then who else had a
// hand in it, and its publishers.
func (w *writer) dcAgents(r model.Record) {
	list := r.Output.Contributions
	for i := range list { // an Agent is large to copy
		if list[i].Role == model.Author {
			w.whoever("creator", r, &list[i].Agent)
		}
	}
	for i := range list {
		if list[i].Role != model.Author && list[i].Role != "publisher" {
			w.whoever("contributor", r, &list[i].Agent)
		}
	}
	if g := r.Group(); g != nil && len(g.Title) > 0 {
		w.langString("contributor", g.Title[0])
	}
	first := len(w.buf)
	w.text("publisher", publisher(r))
	for i := range list {
		if list[i].Role == "publisher" {
			mark := len(w.buf)
			w.text("publisher", r.Agent(list[i].Agent).Name)
			w.forget(first, mark)
		}
	}
}

// dcSubject writes a subject by its label, else by what names it.
func (w *writer) dcSubject(s model.Subject) {
	switch {
	case len(s.Label) > 0:
		w.texts("subject", s.Label)
	case s.Code != "":
		w.text("subject", s.Code)
	default:
		w.text("subject", s.IRI)
	}
}

// dcEmbargo writes the end of an embargo, where OpenAIRE looks for it. It is
// the one case of a second dc:date.
func (w *writer) dcEmbargo(o *model.Output) {
	if o.Access == model.Embargoed && !o.Available.IsZero() {
		w.start("date")
		w.add("info:eu-repo/date/embargoEnd/")
		w.buf = o.Available.AppendDay(w.buf)
		w.close("date")
	}
}

// dcTypes writes the type in the vocabularies that harvesters read: the
// publication type of info:eu-repo first, where OpenAIRE looks for it, COAR
// for GoTriple, DCMI for the others, and the version of an article.
func (w *writer) dcTypes(o *model.Output) {
	info := kindOf(o.Kind)
	w.text("type", info.euRepo)
	w.text("type", info.COAR)
	w.text("type", info.DCMI)
	w.text("type", versions[o.Version].euRepo)
}

// dcSources writes what the output appeared in.
func (w *writer) dcSources(o *model.Output) {
	if c := o.Container; c != nil {
		w.inline("source", func() { w.citation(c) })
		for _, id := range c.Identifiers {
			w.inline("source", func() { w.resolvable(id) })
		}
	}
	if c := o.Conference; c != nil {
		w.inline("source", func() { w.conference(c) })
	}
}

// dcRelations writes the outputs that this one is related to, its further
// names and its grants.
func (w *writer) dcRelations(r model.Record) {
	for _, rel := range r.Output.Relations {
		w.inline("relation", func() { w.related(r, rel) })
		w.reference(rel)
	}
	if r.Output.Series != "" {
		w.inline("relation", func() { w.related(r, model.Relation{Output: r.Output.Series}) })
	}
	for _, l := range r.Output.Links {
		w.text("relation", l.URL)
	}
	for _, id := range r.Output.Identifiers {
		if scheme, ok := altSchemes[id.Scheme]; ok {
			w.concat("relation", euRepoSemantics+"altIdentifier/", scheme, "/", id.Value)
		}
	}
	for _, f := range r.Output.Funding {
		w.inline("relation", func() { w.grantAgreement(r, f) })
	}
}

// reference names the other end of a relation as OpenAIRE does, if it is a
// data set or something cited.
func (w *writer) reference(rel model.Relation) {
	scheme, ok := altSchemes[rel.Identifier.Scheme]
	switch {
	case !ok:
	case kindOf(rel.Kind).OpenAIRE == "dataset":
		w.concat("relation", euRepoSemantics+"dataset/", scheme, "/", rel.Identifier.Value)
	case rel.Type == "cites" || rel.Type == "references":
		w.concat("relation", euRepoSemantics+"reference/", scheme, "/", rel.Identifier.Value)
	}
}

// altSchemes are the schemes of info:eu-repo's altIdentifier.
var altSchemes = map[model.Scheme]string{
	model.DOI: "doi", model.Handle: "hdl", model.ARK: "ark", model.ISBN: "isbn", model.URN: "urn",
}

// grantAgreement adds the name of a grant as OpenAIRE makes it: funder,
// programme, number, jurisdiction, which is not known, and the project's
// names. It adds nothing where the number is not known.
func (w *writer) grantAgreement(r model.Record, f model.Funding) {
	funder := r.Agent(f.Funder).Name
	if funder == "" || f.Award == "" {
		return
	}
	segments := [...]string{funder, f.Programme, f.Award, "", f.Title.String(), f.Acronym}
	last := len(segments)
	for segments[last-1] == "" {
		last--
	}
	w.add("info:eu-repo/grantAgreement")
	for _, s := range segments[:last] {
		w.add("/", url.PathEscape(s))
	}
}

// dcRights writes who can read the output, for OpenAIRE and BASE in the terms
// of info:eu-repo, for GoTriple in those of COAR; then the licence and the
// statements for people.
func (w *writer) dcRights(o *model.Output) {
	info := accessOf(o.Access)
	w.text("rights", info.euRepo)
	w.text("rights", info.COAR)
	w.text("rights", licenceOf(o.Licence).IRI)
	w.texts("rights", o.Rights)
}
