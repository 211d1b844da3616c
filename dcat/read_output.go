package dcat

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// output reads one record.
func (rd *reader) output(n *node) model.Output {
	o := model.Output{
		Title: n.text(title), Subtitle: n.text(nsSchema + "alternativeHeadline"), Abstract: n.text(description),
		Languages: n.languages(language_), Version: n.string(version),
		URL: firstURL(n.links(landingPage)), Licence: n.licence(license),
		Created: n.date(created), Accepted: n.date(dateAccepted), Issued: n.date(issued), Modified: n.date(modified), Available: n.date(available),
		Temporal: periods(n), ConformsTo: n.links(conformsTo),
	}
	var own bool
	if o.ID, own = rd.outputID(n.term.Value); !own && o.URL == "" {
		o.URL = n.term.Value
	}
	n.values(identifier) // its own IRI
	for _, s := range n.text(alternative) {
		o.AlternativeTitles = append(o.AlternativeTitles, model.Text{s})
	}
	rd.identifiers(n, &o)
	rd.kind(n, &o)
	for _, l := range n.links(page) {
		l.Kind = "documentation"
		o.Links = append(o.Links, l)
	}
	o.Links = append(o.Links, n.links(seeAlso)...)
	rd.subjects(n, &o)
	rd.people(n, &o)
	rd.terms(n, &o)
	rd.places(n, &o)
	rd.relations(n, &o)
	rd.provenance(n, &o)
	rd.files(n, &o)
	return o
}

func (rd *reader) identifiers(n *node, o *model.Output) {
	for _, i := range n.nodes(admsIdentifier) {
		i.is(nsADMS + "Identifier")
		value, agency, derived := i.string(notation), i.string(schemaAgency), len(i.values(comment)) > 0
		id, ok := identifierOf(agency, value)
		if !ok {
			id, ok = identifierOf("", i.term.Value)
		}
		if ok {
			id.Derived = derived
			o.Identifiers = append(o.Identifiers, id)
		}
	}
}

// identifierOf returns the identifier of a scheme's name and a value; without
// a name, of an address that a scheme gives.
func identifierOf(name, value string) (model.Identifier, bool) {
	for _, info := range model.Schemes() {
		if name != "" && info.Name != name {
			continue
		}
		id, err := model.NewIdentifier(info.Scheme, value)
		if err == nil && (name != "" || id.URL() == value) {
			return id, true
		}
	}
	return model.Identifier{}, false
}

// kind reads the COAR resource type; other types are those of ScoLOMFR.
func (rd *reader) kind(n *node, o *model.Output) {
	for _, t := range n.nodes(type_) {
		if k, ok := rd.coarKind(t); ok {
			o.Kind = k
		} else if t.term.Kind == KindIRI {
			education(o).ResourceTypes = append(education(o).ResourceTypes, conceptOf(t))
		}
	}
	for _, c := range n.nodes(audience) {
		education(o).Audience = append(education(o).Audience, conceptOf(c))
	}
	for _, c := range n.nodes(educationLevel) {
		education(o).Levels = append(education(o).Levels, conceptOf(c))
	}
}

func (rd *reader) coarKind(t *node) (model.Kind, bool) {
	k, ok := model.KindOfCOAR(t.term.Value)
	if ok {
		t.known()
		rd.of(coarScheme).known()
	}
	return k, ok
}

func education(o *model.Output) *model.Education {
	if o.Education == nil {
		o.Education = new(model.Education)
	}
	return o.Education
}

func conceptOf(n *node) model.Concept {
	n.is(nsSKOS + "Concept")
	return model.Concept{IRI: n.term.Value, Label: n.text(prefLabel)}
}

// subjects reads terms of classifications, the axes among them, and the
// keywords that are not their labels.
func (rd *reader) subjects(n *node, o *model.Output) {
	for _, p := range n.nodes(wasGeneratedBy) {
		if id, ok := strings.CutPrefix(p.term.Value, rd.cat.Base+"groups/"); ok {
			o.Group = id
		}
	}
	labels := make(map[model.LangString]bool)
	for _, s := range n.nodes(subject) {
		if axis, ok := strings.CutPrefix(s.term.Value, groupIRI(rd.cat, o.Group)+"#axis-"); ok {
			o.Axes = append(o.Axes, axis)
			continue
		}
		c := conceptOf(s)
		o.Subjects = append(o.Subjects, model.Subject{Label: c.Label, IRI: c.IRI, Scheme: s.iri(inScheme)})
		for _, l := range c.Label {
			labels[l] = true
		}
	}
	for _, k := range n.text(keyword) {
		if !labels[k] {
			o.Subjects = append(o.Subjects, model.Subject{Label: model.Text{k}})
		}
	}
}

// terms reads what is said in codes.
func (rd *reader) terms(n *node, o *model.Output) {
	for _, t := range n.nodes(theme) {
		o.Themes = append(o.Themes, t.term.Value)
		t.known()
		rd.of(euAuthority + "data-theme").known()
	}
	if len(o.Themes) == 1 && o.Themes[0] == euAuthority+"data-theme/EDUC" {
		o.Themes = nil
	}
	for _, code := range n.codes(frequency, "frequency") {
		for _, f := range model.Frequencies() {
			if f.EU == code {
				o.Frequency = f.Frequency
			}
		}
	}
	o.Access = accessOf(n, o.Available)
	o.Rights = rd.rightsOf(n)
	if slices.Contains(n.codes(status, "dataset-status"), "WITHDRAWN") {
		o.Status = model.Withdrawn
	}
	if d := n.string(nsSchema + "duration"); d != "" {
		_ = o.Duration.UnmarshalText([]byte(d)) // one that is none stays zero
	}
	if s := n.iri(inSeries); s != "" {
		o.Series, _ = rd.outputID(s)
	}
}

// accessOf reads an EU access right. RESTRICTED with a date when it opens is
// an embargo.
func accessOf(n *node, opens model.Date) model.Access {
	for _, code := range n.codes(accessRights, "access-right") {
		switch code {
		case "PUBLIC":
			return model.Open
		case "RESTRICTED":
			if !opens.IsZero() {
				return model.Embargoed
			}
			return model.Restricted
		case "NON_PUBLIC":
			return model.MetadataOnly
		}
	}
	return ""
}

func (rd *reader) rightsOf(n *node) (t model.Text) {
	for _, s := range n.nodes(rights) {
		s.is(nsDCT + "RightsStatement")
		t = append(t, s.text(label)...)
	}
	return t
}

func (rd *reader) places(n *node, o *model.Output) {
	for _, s := range n.nodes(spatial) {
		s.is(nsDCT + "Location")
		p := model.Place{Label: s.text(prefLabel), IRI: s.term.Value}
		if l := s.text(label); len(p.Label) == 0 {
			p.Label = l
		}
		if s.term.Kind != KindIRI || strings.HasPrefix(p.IRI, n.term.Value+"#place-") {
			p.IRI = ""
		}
		o.Spatial = append(o.Spatial, p)
	}
}

// relationTypes are the properties of relations, each with the first type
// that is written so.
var relationTypes = func() (types []model.RelationInfo) {
	seen := make(map[string]bool)
	for _, t := range model.RelationTypes() {
		if p := relationProperty(t.Type); !seen[p] && p != nsDCT+"relation" {
			seen[p] = true
			types = append(types, t)
		}
	}
	return append(types, model.RelationType("relation").Info())
}()

func (rd *reader) relations(n *node, o *model.Output) {
	done := make(map[string]bool)
	for i := range n.props {
		p := n.props[i].iri
		for _, t := range relationTypes {
			if relationProperty(t.Type) == p && !done[p] {
				done[p] = true
				rd.relationsOf(n, o, p, t.Type)
			}
		}
	}
	if c := o.Container; c != nil {
		c.Volume, c.Issue, c.Pages = n.string(nsSchema+"volumeNumber"), n.string(nsSchema+"issueNumber"), n.string(nsSchema+"pagination")
	}
}

func (rd *reader) relationsOf(n *node, o *model.Output, p string, t model.RelationType) {
	for _, other := range n.nodes(p) {
		if p == isPartOf && other.is(resource) {
			o.Container = rd.container(other, n.term.Value)
			continue
		}
		rel := model.Relation{Type: t, Title: other.text(label)}
		if slices.Contains(other.values(nsDCT+"isVersionOf"), n.term) {
			rel.Type = "hasVersion"
		}
		iri := other.term.Value
		if id, own := rd.outputID(iri); own {
			rel.Output = id
		} else if id, ok := identifierOf("", iri); ok {
			rel.Identifier = id
		} else {
			rel.URL = iri
		}
		o.Relations = append(o.Relations, rel)
	}
}

func (rd *reader) container(n *node, rec string) *model.Container {
	c := &model.Container{Title: n.text(title), URL: n.term.Value, Publisher: n.string("http://purl.org/dc/elements/1.1/publisher")}
	for _, v := range n.values(identifier) {
		id, ok := identifierOf("", v.Value)
		if !ok {
			var err error
			id, err = model.ParseIdentifier(v.Value)
			ok = err == nil
		}
		if ok {
			c.Identifiers = append(c.Identifiers, id)
			if identifierIRI(rec, id) == c.URL {
				c.URL = ""
			}
		}
	}
	if c.URL == rec+"#container" {
		c.URL = ""
	}
	for _, t := range n.nodes(type_) {
		c.Kind, _ = rd.coarKind(t)
	}
	return c
}

// provenance reads what was derived, takes back what this package derived,
// and reads the description of the description.
func (rd *reader) provenance(n *node, o *model.Output) {
	for _, s := range n.nodes(provenance) {
		s.is(nsDCT + "ProvenanceStatement")
		d := model.Derivation{Field: s.string(identifier), Rule: s.text(label)}
		switch {
		case reflect.DeepEqual(d, derivedTitle):
			o.Title = nil
		case reflect.DeepEqual(d, derivedAbstract):
			o.Abstract = nil
		default:
			o.Provenance.Derived = append(o.Provenance.Derived, d)
		}
	}
	for _, r := range n.nodes(isPrimaryTopicOf) {
		rd.record(r, o)
	}
}

func (rd *reader) record(r *node, o *model.Output) {
	r.is(nsDCAT + "CatalogRecord")
	r.is(nsFOAF + "Document")
	for _, p := range []string{primaryTopic, language_, license} {
		r.values(p) // those of the catalogue
	}
	for _, s := range r.nodes(conformsTo) {
		s.known()
	}
	if d := r.date(modified); !d.Time().Equal(rd.cat.Modified.Time()) {
		o.Datestamp = d
	}
	for _, s := range r.nodes(primarySource) {
		if id, ok := strings.CutPrefix(s.term.Value, rd.cat.Base+"sources/"); ok {
			o.Provenance.Source = id
			rd.source(s, id)
		}
	}
	for _, e := range r.nodes(wasDerivedFrom) {
		e.is(nsPROV + "Entity")
		o.Provenance.Origins = append(o.Provenance.Origins, model.Origin{
			Identifier: e.string(identifier), BaseURL: e.iri(nsPROV + "atLocation"), Datestamp: e.date(modified),
			MetadataNamespace: e.iri(conformsTo), Harvested: e.date(generatedAt),
		})
	}
}

func (rd *reader) source(n *node, id string) {
	if slices.ContainsFunc(rd.cat.Sources, func(s model.Source) bool { return s.ID == id }) {
		return
	}
	n.is(nsFOAF + "Document")
	rd.cat.Sources = append(rd.cat.Sources, model.Source{ID: id, Title: n.text(title), Issued: n.date(issued), Note: n.text(comment), URL: n.iri(page)})
}

// files reads the distributions. One that only shows the landing page is no
// file.
func (rd *reader) files(n *node, o *model.Output) {
	for _, d := range n.nodes(distribution) {
		d.is(nsDCAT + "Distribution")
		f := model.File{URL: d.iri(downloadURL), Page: d.iri(accessURL)}
		if f.URL == "" && (f.Page == "" || f.Page == o.URL) {
			d.codes(status, "distribution-status")
			d.known()
			continue
		}
		if f.URL == "" {
			f.URL, f.Page = f.Page, ""
		}
		if f.Page == o.URL || f.Page == f.URL {
			f.Page = ""
		}
		rd.file(d, o, &f)
		o.Files = append(o.Files, f)
	}
}

func (rd *reader) file(d *node, o *model.Output, f *model.File) {
	f.Title, f.Description = d.text(title), d.text(description)
	f.MediaType = mediaTypeOf(d)
	f.Size, _ = strconv.ParseInt(d.string(byteSize), 10, 64)
	for _, c := range d.nodes(nsSPDX + "checksum") {
		c.is(nsSPDX + "Checksum")
		for _, a := range c.nodes(nsSPDX + "algorithm") {
			a.known()
			_, name, _ := strings.Cut(a.term.Value, "checksumAlgorithm_")
			f.Checksum = model.Checksum{Algorithm: strings.ToLower(name), Value: strings.ToLower(c.string(nsSPDX + "checksumValue"))}
		}
	}
	if f.Licence = d.licence(license); f.Licence == o.Licence {
		f.Licence = ""
	}
	if f.Rights = rd.rightsOf(d); reflect.DeepEqual(f.Rights, o.Rights) {
		f.Rights = nil
	}
	if f.Access = accessOf(d, o.Available); f.Access == o.Access {
		f.Access = ""
	}
	if f.Languages = d.languages(language_); slices.Equal(f.Languages, o.Languages) {
		f.Languages = nil
	}
	f.Issued, f.Modified, f.ConformsTo = d.date(issued), d.date(modified), d.links(conformsTo)
	d.codes(status, "distribution-status")
}

// mediaTypeOf reads the IANA media type, or one that the EU file type has.
func mediaTypeOf(d *node) string {
	var found string
	for _, code := range d.codes(format_, "file-type") {
		for m, t := range euFileTypes {
			if t.code == code && (found == "" || m < found) {
				found = m
			}
		}
	}
	for _, m := range d.nodes(mediaType) {
		m.known()
		if _, name, ok := strings.Cut(m.term.Value, "/assignments/media-types/"); ok {
			found = name
		}
	}
	return found
}
