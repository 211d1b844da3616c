package oaipmh_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gtnum/gtnum/oaipmh"
)

func TestProvenanceRoundTrip(t *testing.T) {
	want := oaipmh.Provenance{
		BaseURL:           "https://api.archives-ouvertes.fr/oai/hal/",
		Identifier:        "oai:HAL:hal-03526140v1",
		Datestamp:         "2022-01-14",
		MetadataNamespace: "http://www.tei-c.org/ns/1.0",
		HarvestDate:       day(3),
		Altered:           true,
		Origin: &oaipmh.Provenance{
			BaseURL: "https://origin.example/oai?a=1&b=2", Identifier: "oai:origin.example:1", Datestamp: "2021-12-31T23:59:59Z",
			MetadataNamespace: "http://www.openarchives.org/OAI/2.0/oai_dc/", HarvestDate: day(1),
		},
	}
	got, ok, err := oaipmh.ParseProvenance(want.XML())
	if err != nil || !ok {
		t.Fatalf("ParseProvenance: %v, %v", ok, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was written differs from what is read (-written +read):\n%s", diff)
	}
}

// A harvestDate is of either granularity, as a datestamp is.
func TestParseProvenanceOfADay(t *testing.T) {
	p, ok, err := oaipmh.ParseProvenance([]byte(`<provenance xmlns="http://www.openarchives.org/OAI/2.0/provenance"><originDescription harvestDate="2002-02-02" altered="true"><identifier>oai:x:1</identifier></originDescription></provenance>`))
	if err != nil || !ok || !p.HarvestDate.Equal(time.Date(2002, 2, 2, 0, 0, 0, 0, time.UTC)) || !p.Altered {
		t.Errorf("got %+v, %v, %v", p, ok, err)
	}
}

func TestParseProvenanceRefuses(t *testing.T) {
	tests := map[string]struct {
		about string
		bad   bool
	}{
		"rights are no provenance":      {string(oaipmh.Rights("https://creativecommons.org/publicdomain/zero/1.0/")), false},
		"another namespace":             {`<provenance xmlns="urn:x"/>`, false},
		"no origin":                     {`<provenance xmlns="http://www.openarchives.org/OAI/2.0/provenance"/>`, true},
		"a harvest date that is no one": {`<provenance xmlns="http://www.openarchives.org/OAI/2.0/provenance"><originDescription harvestDate="May"/></provenance>`, true},
		"broken XML":                    {`<provenance`, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, ok, err := oaipmh.ParseProvenance([]byte(tt.about))
			if ok || (err != nil) != tt.bad {
				t.Errorf("got ok %v and error %v", ok, err)
			}
		})
	}
}

// descriptions is every container that Identify may hold.
var descriptions = [][]byte{
	oaipmh.OAIIdentifier("books.example", "oai:books.example:0001"),
	oaipmh.Friends("https://a.example/oai", "https://b.example/oai?x=1&y=2"),
	oaipmh.Branding{Icon: "https://books.example/logo.png", Link: "https://books.example/", Title: "Livres & revues", Width: 88, Height: 31}.XML(),
	oaipmh.EPrints{
		Content:  oaipmh.Policy{Text: "Livres"},
		Metadata: oaipmh.Policy{URL: "https://books.example/policy", Text: "Licence Ouverte 2.0"},
		Comments: []string{"a < b"},
	}.XML(),
	oaipmh.RightsManifest("https://www.etalab.gouv.fr/licence-ouverte-open-licence", "https://creativecommons.org/publicdomain/zero/1.0/"),
}

func TestIdentifyDescriptions(t *testing.T) {
	h := provider(t, library(t, 3), func(o *oaipmh.Options) { o.Descriptions = descriptions })
	golden(t, "identify.xml", h, "verb=Identify")
}

func TestSetDescriptions(t *testing.T) {
	m := library(t, 3)
	err := m.PutSet(oaipmh.Set{Spec: "shelf:a", Name: "Étagère A", Descriptions: [][]byte{
		oaipmh.AppendDublinCore(nil, oaipmh.Element{Name: "title", Lang: "fr", Value: "Étagère A"}, oaipmh.Element{Name: "description", Lang: "fr", Value: "À gauche"}),
		oaipmh.Rights("https://creativecommons.org/publicdomain/zero/1.0/"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "sets.xml", provider(t, m, nil), "verb=ListSets")
}

func TestAbout(t *testing.T) {
	m := library(t, 0)
	err := m.Put(oaipmh.Record[book]{
		Header: oaipmh.Header{Identifier: "oai:books.example:1", Datestamp: day(1)},
		Value:  book{Title: "Récolté"},
		About: [][]byte{
			oaipmh.Provenance{BaseURL: "https://a.example/oai", Identifier: "oai:a.example:1", Datestamp: "2023-01-01", MetadataNamespace: "http://www.openarchives.org/OAI/2.0/oai_dc/", HarvestDate: day(1).Add(time.Hour)}.XML(),
			oaipmh.Rights("https://creativecommons.org/publicdomain/zero/1.0/"),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "about.xml", provider(t, m, nil), "verb=ListRecords&metadataPrefix=oai_dc")
}
