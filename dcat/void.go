package dcat

import (
	"io"
	"net/http"

	"github.com/gtnum/gtnum/model"
)

// void serves the description of the data as a whole: what it is made of and
// where all of it can be had (Describing Linked Datasets with the VoID
// Vocabulary, W3C note).
func (h *Handler) void(w http.ResponseWriter, r *request) error {
	if r.variant.html {
		r.variant = variant{syntax: Turtle}
	}
	return h.send(w, r, func(w io.Writer) error { return h.writeVoID(w, r) })
}

func (h *Handler) writeVoID(w io.Writer, r *request) error {
	c, err := h.Source.Catalogue(r.Context())
	if err != nil {
		return err
	}
	g := newGraph(r.Context(), NewEncoder(w, r.variant.syntax), h.Source, &r.profile)
	defer g.release()
	g.Begin(r.base + "/void#data")
	g.is(nsVoID + "Dataset")
	g.text(title, c.Title)
	g.text(description, c.Description)
	g.date(modified, c.Modified)
	g.agent(publisher, c, CatalogueIRI(c), c.Publisher)
	g.licence(license, c.Licence)
	g.documents(homepage, nsFOAF+"Document", model.Link{URL: c.Homepage})
	g.Predicate(nsVoID + "rootResource")
	g.IRI(CatalogueIRI(c))
	g.Predicate(nsVoID + "uriSpace")
	g.Literal(c.Base, "")
	g.Predicate(nsVoID + "vocabulary")
	for _, v := range []string{nsDCAT, nsDCT, nsFOAF, nsSKOS, nsPROV, nsVCard, nsADMS} {
		g.IRI(v)
	}
	g.Predicate(nsVoID + "feature")
	for _, f := range []string{"Turtle", "RDF_XML", "N-Triples", "JSON-LD"} {
		g.IRI("http://www.w3.org/ns/formats/" + f)
	}
	g.Predicate(nsVoID + "dataDump")
	for _, s := range Syntaxes() {
		g.IRI(r.address("/dump"+s.Ext(), "", ""))
	}
	if err := g.count(nsVoID + "entities"); err != nil {
		return err
	}
	g.End()
	return g.Close()
}
