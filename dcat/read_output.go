package dcat

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// output reads one record.
func (rd *reader) output(n *node) model.Output {
	o := model.Output{
		Title: n.text(title), Subtitle: n.text(nsSchema + "alternativeHeadline"), Abstract: n.text(description),
		Languages: n.languages(), Version: n.string(version),
		URL: firstURL(n.links(landingPage)), Licence: n.licence(license),
		Created: n.date(created), Accepted: n.date(dateAccepted), Issued: n.date(issued), Modified: n.date(modified), Available: n.date(available),
		Temporal: periods(n), ConformsTo: n.links(conformsTo),
	}
	var own bool
	if o.ID, own = rd.outputID(n.term.Value); !own && o.URL == "" {
		o.URL = n.term.Value
	}
	n.take(identifier, all, func(t Term) bool { return t.Value == n.term.Value })
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
	for i := range identifierSchemes {
		info := &identifierSchemes[i]
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

// kind reads the COAR resource type and what ScoLOMFR asks.
func (rd *reader) kind(n *node, o *model.Output) {
	n.take(type_, all, func(t Term) bool {
		k, ok := rd.coarKind(rd.nodes.of(t))
		if ok {
			o.Kind = k
		}
		return ok
	})
	for _, c := range n.nodes(nsSchema + "learningResourceType") {
		education(o).ResourceTypes = append(education(o).ResourceTypes, conceptOf(c))
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
	n.codes(frequency, "frequency", func(code string) bool {
		for _, f := range model.Frequencies() {
			if f.EU == code || f.EU == "UPDATE_CONT" && code == "CONT" {
				o.Frequency = f.Frequency
				return true
			}
		}
		return false
	})
	o.Access = accessOf(n, o.Available)
	o.Rights = rd.rightsOf(n)
	if len(n.codes(status, "dataset-status", isWithdrawn)) > 0 {
		o.Status = model.Withdrawn
	}
	n.take(nsSchema+"duration", 1, func(t Term) bool { return o.Duration.UnmarshalText([]byte(t.Value)) == nil })
	if s := n.iri(inSeries); s != "" {
		o.Series, _ = rd.outputID(s)
	}
}

func isWithdrawn(code string) bool { return code == "WITHDRAWN" }

// accessOf reads an EU access right. RESTRICTED with a date when it opens is
// an embargo.
func accessOf(n *node, opens model.Date) (a model.Access) {
	n.codes(accessRights, "access-right", func(code string) bool {
		switch {
		case a != "":
			return false
		case code == "PUBLIC":
			a = model.Open
		case code == "RESTRICTED" && !opens.IsZero():
			a = model.Embargoed
		case code == "RESTRICTED":
			a = model.Restricted
		case code == "NON_PUBLIC":
			a = model.MetadataOnly
		}
		return a != ""
	})
	return a
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
		p := model.Place{Label: s.text(prefLabel), IRI: s.term.Value, Box: s.boxOf()}
		if l := s.text(label); len(p.Label) == 0 {
			p.Label = l
		}
		if s.term.Kind != KindIRI || strings.HasPrefix(p.IRI, n.term.Value+"#place-") {
			p.IRI = ""
		}
		o.Spatial = append(o.Spatial, p)
	}
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
