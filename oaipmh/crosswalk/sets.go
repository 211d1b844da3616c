package crosswalk

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// The sets of OpenAIRE's guidelines: for literature repositories 3.0, and for
// data archives.
const (
	setOpenAIRE     = "openaire"
	setOpenAIREData = "openaire_data"
)

// SetSpecs returns the sets that a record is in, in ascending order:
// "gtnum:<group>" of its group, "gtnum:<group>:<axis>" of each axis that it is
// known to belong to, "type:<kind>", and what [OpenAIRE] says.
func SetSpecs(r model.Record) []string {
	specs := make([]string, 0, 5)
	if g := r.Group(); g != nil {
		specs = append(specs, groupSpec(g.ID))
		for _, axis := range r.Axes() {
			specs = append(specs, groupSpec(g.ID)+":"+segment(axis.ID))
		}
	}
	if r.Output.Kind != "" {
		specs = append(specs, kindSpec(r.Output.Kind))
	}
	if spec := OpenAIRE(r); spec != "" {
		specs = append(specs, spec)
	}
	slices.Sort(specs)
	return slices.Compact(specs)
}

// OpenAIRE returns the set of OpenAIRE's that a record is in: "openaire" for
// literature, "openaire_data" for data sets, "" for what OpenAIRE would not
// take. It takes records that are open or under embargo, or of a funded project
// whose number is known, whatever their access right; and that have all that
// its guidelines demand: access right, title, creator, date and an address. No
// access right is ever assumed.
func OpenAIRE(r model.Record) string {
	o := r.Output
	reachable := o.Access == model.Open || o.Access == model.Embargoed
	funded := o.Access != "" && slices.ContainsFunc(o.Funding, func(f model.Funding) bool { return f.Award != "" })
	if !reachable && !funded || !hasMandatory(r) {
		return ""
	}
	switch kindOf(o.Kind).OpenAIRE {
	case "literature":
		return setOpenAIRE
	case "dataset":
		return setOpenAIREData
	}
	return ""
}

// hasMandatory reports whether a record has all that OpenAIRE demands.
func hasMandatory(r model.Record) bool {
	o := r.Output
	return len(o.Title) > 0 && !mainDate(o).IsZero() && hasAddress(o) &&
		slices.ContainsFunc(o.Contributions, func(c model.Contribution) bool { return c.Role == model.Author && hasName(r.Agent(c.Agent)) })
}

// Sets returns the sets of some catalogues' groups, axes and kinds, and those
// of OpenAIRE, in ascending order, each described by its title and text in
// Dublin Core, as isidore takes new sets in by these. Outputs are not looked
// at; kinds are those that the catalogues hold.
func Sets(kinds []model.Kind, catalogues ...*model.Catalogue) []oaipmh.Set {
	sets := []oaipmh.Set{
		newSet("gtnum", programmeTitle(catalogues), programmeText(catalogues)),
		newSet("type", text("Types de productions", "Types of outputs"), nil),
		newSet(setOpenAIRE, text("OpenAIRE : littérature", "OpenAIRE: literature"),
			text("Publications en accès ouvert, sous embargo ou financées, selon OpenAIRE.", "Publications that are open, under embargo or funded, as OpenAIRE takes them.")),
		newSet(setOpenAIREData, text("OpenAIRE : données", "OpenAIRE: data"),
			text("Jeux de données en accès ouvert, sous embargo ou financés, selon OpenAIRE.", "Data sets that are open, under embargo or funded, as OpenAIRE takes them.")),
	}
	for _, c := range catalogues {
		for _, g := range c.Groups {
			sets = append(sets, newSet(groupSpec(g.ID), g.Title, firstText(g.Description, g.Question)))
			for _, axis := range g.Axes {
				sets = append(sets, newSet(groupSpec(g.ID)+":"+segment(axis.ID), axis.Title, axis.Description))
			}
		}
	}
	for _, k := range kinds {
		if k != "" {
			sets = append(sets, newSet(kindSpec(k), text(kindOf(k).French, kindOf(k).English), nil))
		}
	}
	slices.SortStableFunc(sets, func(a, b oaipmh.Set) int { return cmp.Compare(a.Spec, b.Spec) })
	return slices.CompactFunc(sets, func(a, b oaipmh.Set) bool { return a.Spec == b.Spec })
}

// newSet describes a set by its title and text.
func newSet(spec string, title, description model.Text) oaipmh.Set {
	var elements []oaipmh.Element
	add := func(name string, t model.Text) {
		for _, s := range t {
			elements = append(elements, oaipmh.Element{Name: name, Lang: lang(s.Lang).value, Value: s.Value})
		}
	}
	add("title", title)
	add("description", firstText(description, title))
	return oaipmh.Set{
		Spec: spec, Name: cmp.Or(title.In(language.French), spec),
		Descriptions: [][]byte{oaipmh.AppendDublinCore(nil, elements...)},
	}
}

func programmeTitle(catalogues []*model.Catalogue) model.Text {
	for _, c := range catalogues {
		if len(c.Programme.Title) > 0 {
			return c.Programme.Title
		}
	}
	return text("Groupes thématiques numériques", "GTnum research groups")
}

func programmeText(catalogues []*model.Catalogue) model.Text {
	for _, c := range catalogues {
		if len(c.Programme.Description) > 0 {
			return c.Programme.Description
		}
	}
	return nil
}

func groupSpec(id string) string { return "gtnum:" + segment(id) }

func kindSpec(k model.Kind) string { return "type:" + segment(string(k)) }

// segment makes an id a segment of a setSpec: lower case, and "-" for what a
// setSpec cannot hold.
func segment(id string) string {
	return strings.Map(func(c rune) rune {
		if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || strings.ContainsRune("-_.!~*'()", c) {
			return c
		}
		return '-'
	}, strings.ToLower(id))
}

func text(french, english string) model.Text {
	return model.Text{{Lang: language.French, Value: french}, {Lang: language.English, Value: english}}
}

// firstText returns the first text that says something.
func firstText(texts ...model.Text) model.Text {
	for _, t := range texts {
		if len(t) > 0 {
			return t
		}
	}
	return nil
}
