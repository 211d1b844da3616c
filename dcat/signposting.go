package dcat

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// maxLinks bounds the authors and files of one record's Link headers, as
// proxies refuse long headers. All are in the document itself.
const maxLinks = 20

// signposts writes the Link headers of a record: FAIR Signposting, level 1
// (https://signposting.org/FAIR/).
func (r *request) signposts(header http.Header, rec model.Record) {
	o := rec.Output
	link := func(url, rel, mediaType string) { addLink(header, url, rel, mediaType) }
	link(citeAs(rec), "cite-as", "")
	link("https://schema.org/"+o.Kind.Info().SchemaOrg, "type", "")
	link("https://schema.org/AboutPage", "type", "")
	for i, a := range o.By(model.Author) {
		ids := rec.Agent(a).Identifiers
		resolves := func(id model.Identifier) bool { return id.URL() != "" }
		if j := slices.IndexFunc(ids, resolves); j >= 0 && i < maxLinks {
			link(ids[j].URL(), "author", "")
		}
	}
	link(o.Licence.Info().IRI, "license", "")
	for i, f := range o.Files {
		if i < maxLinks {
			link(f.URL, "item", baseType(f.MediaType))
		}
	}
	for _, s := range Syntaxes() {
		link(r.address(r.path+s.Ext(), "", ""), "describedby", s.MediaType())
	}
	link(r.address("/catalog", "", ""), "collection", "")
	link(r.profile.Standard, "profile", "")
}

// alternates writes the Link headers of a page of the catalogue.
func (r *request) alternates(header http.Header, licence model.Licence) {
	for _, s := range Syntaxes() {
		addLink(header, r.address(r.path+s.Ext(), "after", r.URL.Query().Get("after")), "alternate", s.MediaType())
	}
	addLink(header, licence.Info().IRI, "license", "")
	addLink(header, r.address("/void", "", ""), "describedby", "")
	addLink(header, r.profile.Standard, "profile", "")
}

func addLink(header http.Header, url, rel, mediaType string) {
	clean, err := cleanIRI(url)
	if err != nil {
		return
	}
	s := "<" + asciiIRI(clean) + `>; rel="` + rel + `"`
	if mediaType != "" && !strings.ContainsAny(mediaType, "\"\\\r\n") {
		s += `; type="` + mediaType + `"`
	}
	header.Add("Link", s)
}

// citeAs is the persistent address of an output: its DOI, its handle, its
// ARK, else its IRI here.
func citeAs(rec model.Record) string {
	for _, s := range []model.Scheme{model.DOI, model.Handle, model.ARK} {
		if id, ok := rec.Output.Identifier(s); ok {
			return id.URL()
		}
	}
	return rec.IRI()
}

// asciiIRI turns an IRI into a URI (RFC 3987, section 3.1), as headers hold
// ASCII alone.
func asciiIRI(iri string) string {
	var b strings.Builder
	for i := 0; i < len(iri); i++ {
		if c := iri[i]; c < 0x80 {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(upperHex[c>>4])
			b.WriteByte(upperHex[c&15])
		}
	}
	return b.String()
}
