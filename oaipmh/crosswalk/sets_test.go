package crosswalk

import (
	"context"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

func TestSetSpecs(t *testing.T) {
	with := func(change func(*model.Output)) model.Record {
		r := fullRecord()
		change(r.Output)
		return r
	}
	for _, c := range []struct {
		name string
		r    model.Record
		want string
	}{
		{"group, axes, kind, OpenAIRE", fullRecord(), "gtnum:pleiades gtnum:pleiades:acces gtnum:pleiades:interactions openaire type:journal-article"},
		{"nothing is known but kind and group", bareRecord(), "gtnum:pleiades type:video"},
		{"an axis that is only possible is no set", with(func(o *model.Output) { o.Axes, o.AxisCandidates = nil, []string{"acces", "interactions"} }), "gtnum:pleiades openaire type:journal-article"},
		{"an unknown group is no set", with(func(o *model.Output) { o.Group = "other" }), "openaire type:journal-article"},
		{"a data set", with(func(o *model.Output) { o.Kind, o.Axes = "dataset", nil }), "gtnum:pleiades openaire_data type:dataset"},
		{"a kind of one's own", with(func(o *model.Output) { o.Kind, o.Axes = "Jeu sérieux", nil }), "gtnum:pleiades type:jeu-s-rieux"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(SetSpecs(c.r), " "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestOpenAIRESets(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*model.Output)
		want   string
	}{
		{"open", func(o *model.Output) { o.Access, o.Funding = model.Open, nil }, "openaire"},
		{"embargoed", func(o *model.Output) { o.Access, o.Funding = model.Embargoed, nil }, "openaire"},
		{"restricted but funded", func(o *model.Output) { o.Access = model.Restricted }, "openaire"},
		{"restricted, funded by an unknown project", func(o *model.Output) { o.Access, o.Funding[0].Award = model.Restricted, "" }, ""},
		{"restricted", func(o *model.Output) { o.Access, o.Funding = model.Restricted, nil }, ""},
		{"an access right that is not said is not assumed", func(o *model.Output) { o.Access = "" }, ""},
		{"no title", func(o *model.Output) { o.Title = nil }, ""},
		{"no date", func(o *model.Output) {
			o.Issued, o.Available, o.Accepted, o.Created, o.Modified = model.Date{}, model.Date{}, model.Date{}, model.Date{}, model.Date{}
		}, ""},
		{"no creator", func(o *model.Output) { o.Contributions = nil }, ""},
		{"no address", func(o *model.Output) { o.URL, o.Identifiers, o.Files = "", nil, nil }, ""},
		{"data", func(o *model.Output) { o.Kind = "dataset" }, "openaire_data"},
		{"neither literature nor data", func(o *model.Output) { o.Kind = "video" }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := fullRecord()
			c.change(r.Output)
			if got := OpenAIRE(r); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// isidore takes new sets in by the dc:title and dc:description of their
// setDescription.
func TestSetsAreDescribedForIsidore(t *testing.T) {
	repo, err := Catalogue(nil, catalogue())
	if err != nil {
		t.Fatal(err)
	}
	var specs []string
	for s, err := range repo.Sets(context.Background(), "") {
		if err != nil {
			t.Fatal(err)
		}
		specs = append(specs, s.Spec)
		if len(s.Descriptions) != 1 || s.Name == "" {
			t.Errorf("%s: %d descriptions, name %q", s.Spec, len(s.Descriptions), s.Name)
			continue
		}
		var dc struct {
			Title       []string `xml:"http://purl.org/dc/elements/1.1/ title"`
			Description []string `xml:"http://purl.org/dc/elements/1.1/ description"`
		}
		if err := xml.Unmarshal(s.Descriptions[0], &dc); err != nil || len(dc.Title) == 0 || len(dc.Description) == 0 {
			t.Errorf("%s: %v in %s", s.Spec, err, s.Descriptions[0])
		}
	}
	want := []string{"gtnum", "gtnum:pleiades", "gtnum:pleiades:acces", "gtnum:pleiades:interactions", "openaire", "openaire_data", "type", "type:journal-article", "type:report", "type:video"}
	if !slices.Equal(specs, want) {
		t.Errorf("got  %q\nwant %q", specs, want)
	}
}

func TestSetDescription(t *testing.T) {
	sets := Sets(nil, heading())
	golden(t, "set.xml", sets[slices.IndexFunc(sets, func(s oaipmh.Set) bool { return s.Spec == "gtnum:pleiades" })].Descriptions[0])
}
