package model_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/testdata"
)

func pleiades(t testing.TB) *model.Catalogue {
	t.Helper()
	cat, err := model.Parse("pleiades.yaml", testdata.Pleiades)
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

// platforms counts the outputs by the platform that their ids name, and their
// kinds.
func TestPleiadesHasTheOutputsOfItsBrochure(t *testing.T) {
	got := map[string]int{}
	for _, o := range pleiades(t).Outputs {
		platform, _, _ := strings.Cut(o.ID, "-")
		got[platform+" "+string(o.Kind)]++
	}
	want := map[string]int{
		"hal text":                    11,
		"openedition journal-article": 2,
		"prairial journal-article":    2,
		"hypotheses blog-post":        2,
		"peertube video":              10,
		"kadekol sound":               2,
		"cas website":                 1,
		"zenodo dataset":              3,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outputs by platform and kind (-want +got):\n%s", diff)
	}
}

// linksOf returns every address that a catalogue gives, as often as it gives
// it: printed forms in place of what they were normalised to.
func linksOf(cat *model.Catalogue) []string {
	var links []string
	add := func(list []model.Link) {
		for _, l := range list {
			links = append(links, l.URL)
		}
	}
	add(cat.Programme.Links)
	for _, g := range cat.Groups {
		add(g.Links)
	}
	for _, o := range cat.Outputs {
		if printed := o.Provenance.Printed; len(printed) > 0 {
			links = append(links, printed...)
		} else {
			links = append(links, o.URL)
		}
		add(o.Links)
		for _, f := range o.Files {
			links = append(links, f.URL)
		}
	}
	return links
}

func TestPleiadesHasEachOf36LinksOnce(t *testing.T) {
	links := linksOf(pleiades(t))
	distinct := slices.Compact(slices.Sorted(slices.Values(links)))
	if len(links) != 36 || len(distinct) != 36 {
		t.Errorf("got %d links, %d of them distinct, want 36", len(links), len(distinct))
	}
}

// personsOf returns the names of a catalogue's persons, wherever they stand.
func personsOf(cat *model.Catalogue) []string {
	var names []string
	for _, a := range cat.Agents {
		if a.Kind == model.Person {
			names = append(names, a.Name)
		}
	}
	return names
}

func TestPleiadesCreditsItsPersonsAndKeepsTheLostNames(t *testing.T) {
	cat := pleiades(t)
	if n := len(personsOf(cat)); n != 16 {
		t.Errorf("got %d persons, want 16", n)
	}
	group := cat.Group("pleiades")
	var credited []string
	for _, c := range group.Contributions {
		a := cat.Agent(c.Agent)
		credited = append(credited, a.Name)
		if len(a.Affiliations) == 0 && a.Name != "Luc Ria" {
			t.Errorf("%s has no affiliation", a.Name)
		}
	}
	if diff := cmp.Diff(personsOf(cat), credited); diff != "" {
		t.Errorf("persons who are credited (-in the catalogue +credited):\n%s", diff)
	}
	if len(group.Gaps) != 7 {
		t.Errorf("got %d gaps, want the 7 credit lines that lost their names", len(group.Gaps))
	}
	for _, g := range group.Gaps {
		if g.Missing != "name" || g.Source != "brochure" || g.Printed == "" || len(g.Affiliations) == 0 {
			t.Errorf("gap %+v does not say what is missing, where and beside what", g)
		}
	}
}

func TestPleiadesDerivesNothingButByRule(t *testing.T) {
	for _, o := range pleiades(t).Outputs {
		if diff := cmp.Diff(model.IdentifiersOf(o.URL), o.Identifiers); diff != "" {
			t.Errorf("%s: identifiers (-of the address +in the catalogue):\n%s", o.ID, diff)
		}
		for _, printed := range o.Provenance.Printed {
			if url, err := model.NormalizeURL(printed); err != nil || url != o.URL || printed == o.URL {
				t.Errorf("%s: %s is normalised to %s, %v, want %s", o.ID, printed, url, err, o.URL)
			}
		}
		marked := slices.ContainsFunc(o.Provenance.Derived, func(d model.Derivation) bool {
			return d.Field == "kind" && len(d.Rule) == 2
		})
		if marked == o.IsDataset() {
			t.Errorf("%s: kind %s is marked as derived: %t; the brochure prints it for data sets alone", o.ID, o.Kind, marked)
		}
		if o.Provenance.Source != "brochure" || o.Group != "pleiades" {
			t.Errorf("%s has source %q and group %q", o.ID, o.Provenance.Source, o.Group)
		}
	}
}

// TestPleiadesInventsNothing empties what the brochure says of each output;
// nothing may remain.
func TestPleiadesInventsNothing(t *testing.T) {
	for _, o := range pleiades(t).Outputs {
		rest := o
		rest.ID, rest.Kind, rest.Group, rest.AxisCandidates, rest.URL = "", "", "", nil, ""
		rest.Identifiers, rest.Provenance = nil, model.Provenance{}
		if diff := cmp.Diff(model.Output{}, rest, exact); diff != "" {
			t.Errorf("%s says what the brochure does not:\n%s", o.ID, diff)
		}
	}
}

func TestPleiadesLeavesAxesOpenWhereTheBrochureDoes(t *testing.T) {
	got := map[string]int{}
	for _, o := range pleiades(t).Outputs {
		if len(o.Axes) > 0 {
			t.Errorf("%s is in axes %v, which the extraction does not tell", o.ID, o.Axes)
		}
		got[fmt.Sprint(o.AxisCandidates)]++
	}
	want := map[string]int{
		"[]":                                3, // the data sets
		"[acces interactions]":              9,
		"[parents aide]":                    6,
		"[acces interactions parents aide]": 15,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("axis candidates (-want +got):\n%s", diff)
	}
}

func TestPleiadesHasOnlyTheProblemsOfItsSource(t *testing.T) {
	got := map[string]int{}
	for _, p := range pleiades(t).Validate() {
		if p.Severity == model.Error {
			t.Error(p)
		}
		got[p.Code]++
	}
	want := []string{"abstract-missing", "access-missing", "author-missing", "axis-unsure", "contact-missing", "doi-missing", "file-missing", "gap", "issued-missing", "language-missing", "licence-missing", "title-missing"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("codes of problems (-want +got):\n%s", diff)
	}
	if got["title-missing"] != 33 || got["gap"] != 7 {
		t.Errorf("got %d missing titles and %d gaps, want 33 and 7", got["title-missing"], got["gap"])
	}
}
