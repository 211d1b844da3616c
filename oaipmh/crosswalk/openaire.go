package crosswalk

import (
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// oaiOpenAIRE is the application profile of OpenAIRE's guidelines for
// literature repositories 4. Its XSD decides where its prose differs.
func oaiOpenAIRE(*Options) oaipmh.Format[model.Record] {
	return oaipmh.Format[model.Record]{
		Prefix:    "oai_openaire",
		Schema:    "https://www.openaire.eu/schema/repo-lit/4.0/openaire.xsd",
		Namespace: "http://namespace.openaire.eu/schema/oaire/",
		Append:    appendOpenAIRE,
	}
}

const openAIRERoot = `<oaire:resource xmlns:oaire="http://namespace.openaire.eu/schema/oaire/"` +
	` xmlns:datacite="http://datacite.org/schema/kernel-4"` +
	` xmlns:dc="http://purl.org/dc/elements/1.1/"` +
	` xmlns:dcterms="http://purl.org/dc/terms/"` +
	` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
	` xsi:schemaLocation="http://namespace.openaire.eu/schema/oaire/ https://www.openaire.eu/schema/repo-lit/4.0/openaire.xsd">`

func appendOpenAIRE(dst []byte, r model.Record) ([]byte, error) {
	o := r.Output
	k := kernel{writer: writer{buf: dst, ns: "datacite:"}, r: r, openaire: true}
	k.raw(openAIRERoot)
	k.wrap("titles", k.titles)
	k.wrap("creators", k.creators)
	k.wrap("contributors", k.contributors)
	k.oaireFunding()
	scheme, value := primary(r)
	if scheme == "Handle" { // as the XSD spells it
		scheme = "HANDLE"
	}
	k.wrap("alternateIdentifiers", func() { k.alternateIdentifiers(value) })
	k.wrap("relatedIdentifiers", k.relatedIdentifiers)
	k.wrap("dates", k.dates)
	k.languages("dc:language", o.Languages)
	k.text("dc:publisher", publisher(r))
	k.oaireType()
	k.texts("dc:description", o.Abstract)
	k.mediaTypes("dc:format", o.Files)
	k.text("identifier", value, attr{"identifierType", scheme})
	k.text("rights", accessOf(o.Access).English, attr{"rightsURI", accessOf(o.Access).COAR})
	k.wrap("subjects", k.subjects)
	for _, p := range o.Temporal {
		k.inline("dc:coverage", func() { k.period(p, "..") })
	}
	k.wrap("geoLocations", k.geoLocations)
	k.wrap("sizes", func() { k.sizes("size", o) })
	k.oaireCitation()
	k.text("oaire:version", o.Version, attr{"uri", versions[o.Version].COAR})
	k.oaireLicence()
	k.oaireFiles()
	k.audience()
	k.end("oaire:resource")
	return k.buf, nil
}

func (k *kernel) oaireFunding() {
	k.ns = "oaire:"
	k.wrap("fundingReferences", k.fundingReferences)
	k.ns = "datacite:"
}

// oaireType writes the COAR type, or the next more general one that the XSD
// knows: it lists version 2 of the vocabulary.
func (k *kernel) oaireType() {
	info := kindOf(k.r.Output.Kind)
	general := info.OpenAIRE
	for newerTypes[info.COAR] && info.Broader != "" {
		info = kindOf(info.Broader)
	}
	k.text("oaire:resourceType", info.English, attr{"resourceTypeGeneral", general}, attr{"uri", info.COAR})
}

// newerTypes are the COAR types of the model's table that the XSD lacks.
var newerTypes = map[string]bool{
	"http://purl.org/coar/resource_type/c_6947":    true, // blog post
	"http://purl.org/coar/resource_type/c_e059":    true, // learning object
	"http://purl.org/coar/resource_type/c_ab20":    true, // data management plan
	"http://purl.org/coar/resource_type/R60J-J5BD": true, // conference presentation
}

// oaireCitation writes what the output appeared in.
func (k *kernel) oaireCitation() {
	if c := k.r.Output.Container; c != nil {
		k.text("oaire:citationTitle", c.Title.String())
		k.text("oaire:citationVolume", c.Volume)
		k.text("oaire:citationIssue", c.Issue)
		first, last := pages(c)
		k.text("oaire:citationStartPage", first)
		k.text("oaire:citationEndPage", last)
		for _, id := range c.Identifiers {
			k.inline("dc:source", func() { k.resolvable(id) })
		}
	}
	if c := k.r.Output.Conference; c != nil {
		k.text("dc:source", c.Title.String())
		k.inline("oaire:citationConferencePlace", func() {
			at := len(k.buf)
			k.item(at, c.Place)
			k.item(at, c.Country)
		})
		if c.Period != (model.Period{}) {
			k.inline("oaire:citationConferenceDate", func() { k.period(c.Period, "..") })
		}
	}
}

// oaireLicence writes the licence, or what is said of rights where there is
// none.
func (k *kernel) oaireLicence() {
	o := k.r.Output
	start := attr{"startDate", ""}
	if !o.Available.IsZero() {
		start.value = o.Available.Day()
	}
	if licence := licenceOf(o.Licence); licence.IRI != "" {
		k.text("oaire:licenseCondition", licence.English, start, attr{"uri", licence.IRI})
	} else {
		k.text("oaire:licenseCondition", o.Rights.String(), start)
	}
}

// oaireFiles writes the files, with what they are and who can read them.
func (k *kernel) oaireFiles() {
	o := k.r.Output
	for _, f := range o.Files {
		access := f.Access
		if access == "" {
			access = o.Access
		}
		k.text("oaire:file", f.URL, attr{"accessRightsURI", accessOf(access).COAR}, attr{"mimeType", f.MediaType}, attr{"objectType", objectType(o.Kind, f.MediaType)})
	}
}

// objectType is what a file is of its output: only what can be read is the
// full text of literature.
func objectType(k model.Kind, mediaType string) string {
	switch general := kindOf(k).OpenAIRE; {
	case general == "dataset" || general == "software":
		return general
	case general == "literature" && (mediaType == "" || readable[mediaType]):
		return "fulltext"
	}
	return "other"
}

var readable = map[string]bool{
	"application/pdf": true, "application/epub+zip": true, "application/xhtml+xml": true, "application/xml": true, "application/tei+xml": true,
	"text/html": true, "text/plain": true, "text/markdown": true, "text/xml": true,
	"application/msword": true, "application/rtf": true, "application/vnd.oasis.opendocument.text": true,
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": true,
}

func (k *kernel) audience() {
	if k.r.Output.Education == nil {
		return
	}
	for _, c := range k.r.Output.Education.Audience {
		k.texts("dcterms:audience", c.Label)
	}
}
