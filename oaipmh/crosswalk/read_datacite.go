package crosswalk

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/model"
)

// readDataCiteEnvelope reads oai_datacite: a resource within a payload, and
// what the envelope says of it.
func readDataCiteEnvelope(r *reader, root *etree.Element) {
	if resource := first(root, "payload", "resource"); resource != nil {
		readDataCite(r, resource)
	}
}

// readDataCite reads DataCite's metadata schema, kernels 2 to 4.
func readDataCite(r *reader, root *etree.Element) { (&kernelReader{reader: r}).read(root) }

// kernelReader reads what DataCite's schema and OpenAIRE's guidelines have in
// common, and what each has of its own: no name means two things.
type kernelReader struct {
	*reader
	firstPage, lastPage string // in OpenAIRE's citation
}

func (k *kernelReader) read(root *etree.Element) {
	k.resourceType(all(root, "resourceType"))
	k.identifiers(root)
	for _, e := range root.ChildElements() {
		if read, ok := kernelTerms[e.Tag]; ok {
			read(k, e)
		}
	}
	for _, e := range all(root, "publicationYear") { // where no date of publication is more exact
		k.year(e)
	}
	formats := append(all(root, "format"), all(first(root, "formats"), "format")...)
	k.describeFiles(formats, all(first(root, "sizes"), "size"))
}

// kernelTerms read the elements of a resource. One that is not here is listed
// as lost.
var kernelTerms = map[string]func(*kernelReader, *etree.Element){
	"titles":            each("title", (*kernelReader).anyTitle),
	"creators":          each("creator", (*kernelReader).creator),
	"contributors":      each("contributor", (*kernelReader).contributor),
	"publisher":         (*kernelReader).publishedBy,
	"subjects":          each("subject", (*kernelReader).subject),
	"dates":             each("date", (*kernelReader).anyDate),
	"date":              (*kernelReader).anyDate,
	"language":          func(k *kernelReader, e *etree.Element) { k.language(e, k.text(e)) },
	"version":           (*kernelReader).version,
	"rightsList":        each("rights", (*kernelReader).rights),
	"rights":            (*kernelReader).rights,
	"descriptions":      each("description", (*kernelReader).description),
	"description":       (*kernelReader).description,
	"geoLocations":      each("geoLocation", (*kernelReader).geoLocation),
	"fundingReferences": each("fundingReference", (*kernelReader).funding),
	"relatedItems":      each("relatedItem", (*kernelReader).relatedItem),
	// OpenAIRE's own
	"licenseCondition":        (*kernelReader).licenseCondition,
	"file":                    (*kernelReader).oaireFile,
	"coverage":                func(k *kernelReader, e *etree.Element) { (&dcReader{reader: k.reader}).coverage(e) },
	"source":                  (*kernelReader).source,
	"citationTitle":           (*kernelReader).citation,
	"citationVolume":          (*kernelReader).citation,
	"citationIssue":           (*kernelReader).citation,
	"citationStartPage":       (*kernelReader).citation,
	"citationEndPage":         (*kernelReader).citation,
	"citationConferenceDate":  (*kernelReader).conferenceDate,
	"citationConferencePlace": (*kernelReader).conferencePlace,
}

// each reads the children of a list.
func each(name string, read func(*kernelReader, *etree.Element)) func(*kernelReader, *etree.Element) {
	return func(k *kernelReader, list *etree.Element) {
		for _, e := range all(list, name) {
			read(k, e)
		}
	}
}

// resourceType reads the type: by its COAR IRI, its label, or the general
// type.
func (k *kernelReader) resourceType(elements []*etree.Element) {
	for _, e := range elements {
		uri, general := e.SelectAttrValue("uri", ""), e.SelectAttrValue("resourceTypeGeneral", "")
		kind, exact := model.KindOfCOAR(uri)
		label := typingOf(collapse(deepText(e)))
		if broad, ok := kindOfGeneral(general); !exact && label.rank > 0 && (!ok || agrees(label.kind, general)) {
			kind = label.kind
		} else if !exact {
			kind = broad
		}
		if kind == "" {
			continue
		}
		k.out.Kind = kind
		if exact {
			k.attr(e, "uri")
		}
		if agrees(kind, general) || general == kindOf(kind).OpenAIRE {
			k.attr(e, "resourceTypeGeneral")
		}
		if agrees(kind, collapse(deepText(e))) {
			k.text(e)
		}
	}
}

// identifiers reads the identifier, its alternates, and what is related.
func (k *kernelReader) identifiers(root *etree.Element) {
	for _, e := range all(root, "identifier") {
		k.identified(e, k.attr(e, "identifierType"))
	}
	for _, e := range all(first(root, "alternateIdentifiers"), "alternateIdentifier") {
		k.identified(e, k.attr(e, "alternateIdentifierType"))
	}
	for _, e := range all(first(root, "relatedIdentifiers"), "relatedIdentifier") {
		k.relatedIdentifier(e)
	}
}

// identified reads an identifier whose type is named. The record's own in
// OAI-PMH, which Zenodo gives, its origin tells already.
func (r *reader) identified(e *etree.Element, name string) {
	value := r.text(e)
	if value == "" || value == r.header.Identifier {
		return
	}
	if strings.EqualFold(name, "URL") || name == "" && isWeb(value) {
		r.address(e, value)
		for _, id := range model.IdentifiersOf(value) {
			r.addIdentifier(id)
		}
		return
	}
	if id, ok := r.named(e, name, value); ok {
		r.addIdentifier(id)
	}
}

func (k *kernelReader) relatedIdentifier(e *etree.Element) {
	kind, known := relationOf(e.SelectAttrValue("relationType", ""))
	if information, ok := relationOf(e.SelectAttrValue("relationTypeInformation", "")); ok {
		k.attr(e, "relationTypeInformation")
		kind = information
	}
	if !known {
		return
	}
	name, value := e.SelectAttrValue("relatedIdentifierType", ""), k.text(e)
	var rel model.Relation
	var ok bool
	if strings.EqualFold(name, "URL") {
		rel, ok = k.relationTo(e, value)
	} else {
		rel.Identifier, ok = k.named(e, name, value)
	}
	if !ok {
		return
	}
	k.attr(e, "relationType")
	k.attr(e, "relatedIdentifierType")
	rel.Type = kind
	if general, ok := kindOfGeneral(e.SelectAttrValue("resourceTypeGeneral", "")); ok {
		k.attr(e, "resourceTypeGeneral")
		rel.Kind = general
	}
	k.relation(e, rel)
}

// anyTitle reads a title by its type. A label that was made by rule is none.
func (k *kernelReader) anyTitle(e *etree.Element) {
	switch e.SelectAttrValue("titleType", "") {
	case "", "TranslatedTitle":
		k.attr(e, "titleType")
		k.title(e)
	case "Subtitle":
		k.attr(e, "titleType")
		k.add(&k.out.Subtitle, k.langString(e), " – ")
	case "AlternativeTitle":
		k.attr(e, "titleType")
		k.alternative(e)
	}
}

// subject reads a keyword or a term. Languages of one term follow each other;
// some give the address of a whole vocabulary for that of each term.
func (k *kernelReader) subject(e *etree.Element) {
	s := model.Subject{Scheme: k.attr(e, "subjectScheme"), IRI: k.attr(e, "valueURI"), Code: k.attr(e, "classificationCode")}
	if uri := k.attr(e, "schemeURI"); s.Scheme == "" {
		s.Scheme = uri
	}
	if s.Label = k.label(e); s.Label.String() == s.Code && s.Code != "" || s.Label.String() == s.IRI {
		s.Label = nil
	}
	if n := len(k.out.Subjects); n > 0 && s.IRI != "" && k.out.Subjects[n-1].IRI == s.IRI && (s.Label == nil || exactly(k.out.Subjects[n-1].Label, s.Label[0].Lang) == "") {
		k.out.Subjects[n-1].Label = append(k.out.Subjects[n-1].Label, s.Label...)
		return
	}
	if len(s.Label) > 0 || s.IRI != "" || s.Code != "" {
		k.out.Subjects = append(k.out.Subjects, s)
	}
}

// anyDate reads a date by its type.
func (k *kernelReader) anyDate(e *etree.Element) {
	dates := map[string]*model.Date{
		"Issued": &k.out.Issued, "Created": &k.out.Created, "Accepted": &k.out.Accepted,
		"Available": &k.out.Available, "Updated": &k.out.Modified,
	}
	kind := e.SelectAttrValue("dateType", "")
	if dst, ok := dates[kind]; ok {
		k.attr(e, "dateType")
		k.date(e, dst)
		return
	}
	if kind != "Coverage" {
		return
	}
	if p, ok := parsePeriod(collapse(deepText(e))); ok {
		k.attr(e, "dateType")
		k.text(e)
		k.out.Temporal = append(k.out.Temporal, p)
	}
}

// year reads the year of publication, which a date tells more exactly.
func (k *kernelReader) year(e *etree.Element) {
	d, err := parseDate(collapse(deepText(e)))
	switch {
	case err != nil:
		k.lose(e, why(err))
	case k.out.Issued.IsZero() && k.out.Available.IsZero():
		k.text(e)
		k.out.Issued = d
	case d.Year() == k.out.Issued.Year() || d.Year() == k.out.Available.Year():
		k.text(e)
	default:
		k.lose(e, detailed("la date de publication est d’une autre année", "the date of publication is in another year", k.out.Issued.String()))
	}
}

func (k *kernelReader) version(e *etree.Element) {
	if k.out.Version == "" {
		k.out.Version = k.text(e)
		if versions[k.out.Version].COAR == e.SelectAttrValue("uri", "-") {
			k.attr(e, "uri")
		}
	}
}

// rights reads an access right, a licence or a statement.
func (k *kernelReader) rights(e *etree.Element) {
	uri := e.SelectAttrValue("rightsURI", "")
	if access, ok := accessOfTerm(uri); ok {
		k.attr(e, "rightsURI")
		k.take(e) // its text is the label of the term
		k.setAccess(e, access)
		return
	}
	if l := k.namedLicence(e); l != "" {
		k.take(e) // its text is the name of the licence
		k.lang(e)
		k.setLicence(e, l)
		return
	}
	if isWeb(uri) && k.out.Licence == "" {
		k.out.Licence = model.Licence(k.attr(e, "rightsURI"))
	}
	k.statement(e)
}

// namedLicence takes the attributes that name a licence: its address and its
// identifier in a register.
func (k *kernelReader) namedLicence(e *etree.Element) (l model.Licence) {
	for _, name := range []string{"rightsURI", "rightsIdentifier"} {
		value := e.SelectAttrValue(name, "")
		if known, ok := licenceOfAddress(value); ok && value != "" && (l == "" || l == known) {
			k.attr(e, name)
			l = known
		}
	}
	if l != "" && e.SelectAttrValue("rightsIdentifierScheme", "") == "SPDX" {
		k.attr(e, "rightsIdentifierScheme")
		k.attr(e, "schemeURI")
	}
	return l
}

// description reads the abstract. Other descriptions have no place.
func (k *kernelReader) description(e *etree.Element) {
	kind := e.SelectAttrValue("descriptionType", "Abstract")
	if kind != "Abstract" {
		return
	}
	k.attr(e, "descriptionType")
	k.abstract(model.LangString{Lang: k.lang(e), Value: k.blocks(e)})
}

func (k *kernelReader) geoLocation(e *etree.Element) {
	var box model.Box
	if boxes := all(e, "geoLocationBox"); len(boxes) == 1 { // else nobody knows which is whose
		box = k.box(boxes[0])
	}
	named := false
	for _, p := range all(e, "geoLocationPlace") {
		if label := k.label(p); label != nil {
			place := model.Place{Label: label, Box: box}
			if iri := label.String(); isWeb(iri) {
				place.Label, place.IRI = nil, iri
			}
			k.out.Spatial, named = append(k.out.Spatial, place), true
		}
	}
	if !named && box != (model.Box{}) {
		k.out.Spatial = append(k.out.Spatial, model.Place{Box: box})
	}
}

// box reads a bounding box; of one that is none, its limits are lost.
func (k *kernelReader) box(e *etree.Element) model.Box {
	var limits []string
	var read []*etree.Element
	for _, name := range []string{"westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude"} {
		if limit := first(e, name); limit != nil {
			limits, read = append(limits, strings.TrimSpace(limit.Text())), append(read, limit)
		}
	}
	b, err := model.ParseBox(strings.Join(limits, ","))
	if err == nil {
		for _, limit := range read {
			k.text(limit)
		}
	}
	return b
}

func (k *kernelReader) funding(e *etree.Element) {
	name := k.text(first(e, "funderName"))
	if name == "" {
		k.lose(e, nameless)
		return
	}
	f := model.Funding{
		Funder:    model.Agent{Kind: model.Organisation, Name: name},
		Programme: k.text(first(e, "fundingStream")),
		Title:     k.label(first(e, "awardTitle")),
	}
	if number := first(e, "awardNumber"); number != nil {
		f.Award, f.URI = k.text(number), k.attr(number, "awardURI")
	}
	if id := first(e, "funderIdentifier"); id != nil {
		k.attr(id, "schemeURI")
		if known, ok := k.named(id, k.attr(id, "funderIdentifierType"), k.text(id)); ok {
			f.Funder.Identifiers = []model.Identifier{known}
		}
	}
	k.out.Funding = append(k.out.Funding, f)
}

// relatedItem reads what the output appeared in. Other items are listed.
func (k *kernelReader) relatedItem(e *etree.Element) {
	if e.SelectAttrValue("relationType", "") != "IsPublishedIn" || k.out.Container != nil {
		return
	}
	k.attr(e, "relationType")
	c := k.container()
	if kind, ok := kindOfGeneral(e.SelectAttrValue("relatedItemType", "")); ok {
		k.attr(e, "relatedItemType")
		c.Kind = kind
	}
	if id := first(e, "relatedItemIdentifier"); id != nil {
		k.containerID(id, c)
	}
	for _, title := range all(first(e, "titles"), "title") {
		k.add(&c.Title, k.langString(title), " – ")
	}
	c.Volume, c.Issue = k.text(first(e, "volume")), k.text(first(e, "issue"))
	c.Pages = pageRange(k.text(first(e, "firstPage")), k.text(first(e, "lastPage")))
	c.Publisher = k.text(first(e, "publisher"))
	for _, ed := range all(first(e, "contributors"), "contributor") {
		if ed.SelectAttrValue("contributorType", "") == "Editor" {
			k.attr(ed, "contributorType")
			c.Editors = append(c.Editors, k.agent(ed, "contributorName"))
		}
	}
}

func (k *kernelReader) containerID(e *etree.Element, c *model.Container) {
	name, value := k.attr(e, "relatedItemIdentifierType"), k.text(e)
	if strings.EqualFold(name, "URL") {
		c.URL = k.web(e, value)
	} else if id, ok := k.named(e, name, value); ok {
		c.Identifiers = appendNew(c.Identifiers, id)
	}
}

func pageRange(first, last string) string {
	if first != "" && last != "" {
		return first + "-" + last
	}
	return first + last
}
