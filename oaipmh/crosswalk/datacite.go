package crosswalk

import (
	"cmp"
	"strings"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// dataCiteVersion of the metadata schema, for the envelope.
const dataCiteVersion = "4.7"

// dataCite is DataCite's metadata schema, kernel 4, as DataCite's own server
// gives it under this name.
func dataCite(*Options) oaipmh.Format[model.Record] {
	return oaipmh.Format[model.Record]{
		Prefix:    "datacite",
		Schema:    "http://schema.datacite.org/meta/kernel-4/metadata.xsd",
		Namespace: "http://datacite.org/schema/kernel-4",
		Append:    appendDataCite,
		Accepts:   dated,
	}
}

// oaiDataCite is the same in the envelope that DataCite and Zenodo publish,
// which OpenAIRE's guidelines for data archives ask for.
func oaiDataCite(opts *Options) oaipmh.Format[model.Record] {
	symbol := opts.DatacentreSymbol
	return oaipmh.Format[model.Record]{
		Prefix:    "oai_datacite",
		Schema:    "http://schema.datacite.org/oai/oai-1.1/oai.xsd",
		Namespace: "http://schema.datacite.org/oai/oai-1.1/",
		Append: func(dst []byte, r model.Record) ([]byte, error) {
			return appendOAIDataCite(dst, r, symbol)
		},
		Accepts: dated,
	}
}

// dated reports whether a publication year is known: the schema demands one,
// and no rule could make one.
func dated(r model.Record) bool { return !publicationDate(r.Output).IsZero() }

// publicationDate is when the output became available: the end of an embargo
// if there was one, by DataCite's manual, else the best date that is known.
func publicationDate(o *model.Output) model.Date {
	if !o.Available.IsZero() {
		return o.Available
	}
	return mainDate(o)
}

const oaiDataCiteRoot = `<oai_datacite xmlns="http://schema.datacite.org/oai/oai-1.1/"` +
	` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
	` xsi:schemaLocation="http://schema.datacite.org/oai/oai-1.1/ http://schema.datacite.org/oai/oai-1.1/oai.xsd">`

func appendOAIDataCite(dst []byte, r model.Record, symbol string) ([]byte, error) {
	if symbol == "" {
		symbol = r.Catalogue.Domain()
	}
	w := writer{buf: dst}
	w.raw(oaiDataCiteRoot)
	w.text("schemaVersion", dataCiteVersion)
	w.text("datacentreSymbol", symbol)
	w.start("payload")
	w.raw("\n")
	buf, err := appendDataCite(w.buf, r)
	if err != nil {
		return dst, err
	}
	w.buf = buf
	w.end("payload")
	w.end("oai_datacite")
	return w.buf, nil
}

const dataCiteRoot = `<resource xmlns="http://datacite.org/schema/kernel-4"` +
	` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
	` xsi:schemaLocation="http://datacite.org/schema/kernel-4 http://schema.datacite.org/meta/kernel-4/metadata.xsd">`

// unavailable is DataCite's standard value for what is demanded and not known
// (metadata schema, appendix 3).
const unavailable = "(:unav)"

func appendDataCite(dst []byte, r model.Record) ([]byte, error) {
	if !dated(r) {
		return dst, oaipmh.ErrCannotDisseminate
	}
	o := r.Output
	k := kernel{writer: writer{buf: dst}, r: r}
	k.raw(dataCiteRoot)
	scheme, value := primary(r)
	k.text("identifier", value, attr{"identifierType", scheme})
	k.wrap("creators", k.dataCiteCreators)
	k.wrap("titles", k.titles)
	k.dataCitePublisher()
	k.year("publicationYear", publicationDate(o))
	k.text("resourceType", kindOf(o.Kind).English, attr{"resourceTypeGeneral", kindOf(o.Kind).DataCite})
	k.wrap("subjects", k.subjects)
	k.wrap("contributors", k.contributors)
	k.wrap("dates", k.dates)
	if len(o.Languages) > 0 {
		k.text("language", isoLanguage(o.Languages[0]))
	}
	k.wrap("alternateIdentifiers", func() { k.alternateIdentifiers(value) })
	k.wrap("relatedIdentifiers", k.relatedIdentifiers)
	k.wrap("sizes", func() { k.sizes("size", o) })
	k.wrap("formats", func() { k.mediaTypes("format", o.Files) })
	k.text("version", o.Version)
	k.wrap("rightsList", k.rightsList)
	k.wrap("descriptions", k.descriptions)
	k.wrap("geoLocations", k.geoLocations)
	k.wrap("fundingReferences", k.fundingReferences)
	k.wrap("relatedItems", k.relatedItems)
	k.end("resource")
	return k.buf, nil
}

// year writes the year of a date in four digits.
func (k *kernel) year(name string, d model.Date) {
	k.start(name)
	k.buf = d.Time().AppendFormat(k.buf, "2006")
	k.close(name)
}

// dataCiteCreators writes the authors, of whom the schema demands one.
func (k *kernel) dataCiteCreators() {
	none := len(k.buf)
	if k.creators(); len(k.buf) > none {
		return
	}
	k.start("creator")
	k.text("creatorName", unavailable)
	k.end("creator")
}

func (k *kernel) dataCitePublisher() {
	p := k.r.Agent(k.r.Output.Publisher)
	if p.Name == "" { // so that the name is another's
		p.Identifiers = nil
	}
	k.organisation("publisher", cmp.Or(publisher(k.r), unavailable), p)
}

// rightsList writes who can read the output in the terms of info:eu-repo, as
// OpenAIRE's guidelines for data archives ask, then the licence and the
// statements for people.
func (k *kernel) rightsList() {
	o := k.r.Output
	access, licence := accessOf(o.Access), licenceOf(o.Licence)
	k.text("rights", access.English, attr{"rightsURI", access.euRepo})
	spdx := [...]attr{{"rightsURI", licence.IRI}, {"rightsIdentifier", string(licence.SPDX)}, {"rightsIdentifierScheme", "SPDX"}, {"schemeURI", "https://spdx.org/licenses/"}}
	if licence.SPDX == "" {
		k.text("rights", licence.English, spdx[:1]...)
	} else {
		k.text("rights", licence.English, spdx[:]...)
	}
	k.texts("rights", o.Rights)
}

// descriptions writes the abstract, what there is no element for, and whether
// the title is one.
func (k *kernel) descriptions() {
	o := k.r.Output
	k.texts("description", o.Abstract, attr{"descriptionType", "Abstract"})
	if c := o.Conference; c != nil {
		k.inline("description", func() { k.conference(c) }, attr{"descriptionType", "Other"})
	}
	if len(o.Title) == 0 {
		k.texts("description", derivedTitleNote, attr{"descriptionType", "TechnicalInfo"})
	}
}

var derivedTitleNote = text(
	"Titre inconnu : le libellé entre crochets est formé par règle (type, plateforme, identifiant).",
	"Title unknown: the label in brackets is made by rule (kind, platform, identifier).",
)

// relatedItems writes what the output appeared in.
func (k *kernel) relatedItems() {
	c := k.r.Output.Container
	if c == nil {
		return
	}
	general := "Collection"
	if c.Kind != "" {
		general = kindOf(c.Kind).DataCite
	}
	k.start("relatedItem", attr{"relatedItemType", general}, attr{"relationType", "IsPublishedIn"})
	scheme, value := "URL", c.URL
	for _, id := range c.Identifiers {
		if typed, name := relatedName(id); typed != "" { // the first, as there is room for one
			scheme, value = typed, name
			break
		}
	}
	k.text("relatedItemIdentifier", value, attr{"relatedItemIdentifierType", scheme})
	k.wrap("titles", func() { k.texts("title", c.Title) })
	k.text("volume", c.Volume)
	k.text("issue", c.Issue)
	first, last := pages(c)
	k.text("firstPage", first)
	k.text("lastPage", last)
	k.text("publisher", c.Publisher)
	k.wrap("contributors", func() { k.editors(c.Editors) })
	k.end("relatedItem")
}

func (k *kernel) editors(editors []model.Agent) {
	for _, a := range editors {
		if a = k.r.Agent(a); !hasName(a) {
			continue
		}
		k.start("contributor", attr{"contributorType", "Editor"})
		k.writer.agent("contributorName", a, attr{"nameType", nameType(a)})
		k.text("givenName", a.GivenName)
		k.text("familyName", a.FamilyName)
		k.end("contributor")
	}
}

// pages splits "12-34" into its ends.
func pages(c *model.Container) (first, last string) {
	first, last, _ = strings.Cut(strings.ReplaceAll(c.Pages, "–", "-"), "-")
	return strings.TrimSpace(first), strings.TrimSpace(last)
}
