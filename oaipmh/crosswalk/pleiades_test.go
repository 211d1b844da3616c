package crosswalk

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"testing"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/oaitest"
	"github.com/gtnum/gtnum/testdata"
)

func pleiades(t testing.TB) *model.Catalogue {
	t.Helper()
	c, err := model.Read(bytes.NewReader(testdata.Pleiades), "pleiades.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Each of the 33 outputs is one record, and each of their addresses is a
// dc:identifier of exactly one.
func TestPleiadesAddresses(t *testing.T) {
	c := pleiades(t)
	repo, err := Catalogue(Formats(Options{}), c)
	if err != nil {
		t.Fatal(err)
	}
	records := 0
	held := map[string]int{}
	for rec, err := range repo.Records(context.Background(), oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			t.Fatal(err)
		}
		records++
		for _, address := range texts(t, render(t, "oai_dc", rec.Value), "dc:identifier") {
			held[address]++
		}
	}
	if records != 33 {
		t.Errorf("%d records, want 33", records)
	}
	for _, o := range c.Outputs {
		if n := held[o.URL]; n != 1 {
			t.Errorf("%s is in %d records, want 1", o.URL, n)
		}
	}
}

// B2FIND puts identifiers into addresses as they are.
func TestPleiadesIdentifiersAreSafeInAddresses(t *testing.T) {
	for r := range pleiades(t).Records() {
		if id := r.OAIIdentifier(); !regexp.MustCompile(`^oai:[a-z0-9.-]+:[A-Za-z0-9._~-]+$`).MatchString(id) {
			t.Errorf("%q would have to be escaped", id)
		}
	}
}

// The brochure's extraction lost titles, authors, dates, languages and rights:
// no format may have any.
func TestPleiadesInventsNothing(t *testing.T) {
	unknown := map[string][]string{
		"oai_dc":       {"dc:title", "dc:creator", "dc:date", "dc:language", "dc:rights", "dc:publisher"},
		"oai_dcterms":  {"dcterms:title", "dcterms:creator", "dcterms:issued", "dcterms:language", "dcterms:rights", "dcterms:license", "dcterms:accessRights"},
		"oai_openaire": {"datacite:creators", "datacite:dates", "dc:language", "datacite:rights", "oaire:licenseCondition"},
	}
	for r := range pleiades(t).Records() {
		for prefix, names := range unknown {
			metadata := render(t, prefix, r)
			for _, name := range names {
				if got := texts(t, metadata, name); got != nil {
					t.Errorf("%s in %s has %s %q", r.OAIIdentifier(), prefix, name, got)
				}
			}
		}
		if spec := OpenAIRE(r); spec != "" {
			t.Errorf("%s is in the set %s, though nobody said who can read it", r.OAIIdentifier(), spec)
		}
		if slices.ContainsFunc(SetSpecs(r), func(spec string) bool { return len(spec) > len("gtnum:pleiades:") && spec[:6] == "gtnum:" }) && len(r.Output.Axes) == 0 {
			t.Errorf("%s is in the set of an axis that it is only a candidate of", r.OAIIdentifier())
		}
	}
}

func TestCatalogueConforms(t *testing.T) {
	formats := Formats(Options{})
	for name, c := range map[string]*model.Catalogue{"fixture": catalogue(), "PLEIADES": pleiades(t)} {
		t.Run(name, func(t *testing.T) {
			oaitest.Run(t, func() oaipmh.Repository[model.Record] {
				repo, err := Catalogue(formats, c)
				if err != nil {
					t.Fatal(err)
				}
				return repo
			}, formats...)
		})
	}
}
