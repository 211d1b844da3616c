package main

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/dcat"
)

// TestDCATAPOverOAI: data.europa.eu gets one data set a record, as a graph
// that parses by itself, and nothing else.
func TestDCATAPOverOAI(t *testing.T) {
	base, _ := start(t)
	_, body := get(t, base+"/oai?verb=ListRecords&metadataPrefix=dcat_ap")
	var list struct {
		Records []struct {
			Metadata struct {
				Inner string `xml:",innerxml"`
			} `xml:"metadata"`
		} `xml:"ListRecords>record"`
	}
	if err := xml.Unmarshal([]byte(body), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Records) != 3 {
		t.Errorf("%d records, want the 3 data sets", len(list.Records))
	}
	for _, r := range list.Records {
		if !strings.HasPrefix(strings.TrimSpace(r.Metadata.Inner), "<rdf:RDF\n") {
			t.Errorf("piveau wants rdf:RDF as the root, not\n%.200s", r.Metadata.Inner)
		}
		datasets := 0
		for triple, err := range dcat.Decode(strings.NewReader(r.Metadata.Inner), dcat.RDFXML, "https://example.org/") {
			if err != nil {
				t.Fatal(err)
			}
			if triple.Object.Value == "http://www.w3.org/ns/dcat#Dataset" {
				datasets++
			}
		}
		if datasets != 1 {
			t.Errorf("%d data sets in a record", datasets)
		}
	}
	_, body = get(t, base+"/oai?verb=GetRecord&metadataPrefix=dcat_ap&identifier=oai:gtnum.github.io:hal-03526140")
	if !strings.Contains(body, `<error code="cannotDisseminateFormat">`) {
		t.Errorf("an article came as a data set:\n%s", body)
	}
	_, body = get(t, base+"/oai?verb=ListMetadataFormats&identifier=oai:gtnum.github.io:hal-03526140")
	if strings.Contains(body, "dcat_ap") || !strings.Contains(body, "oai_dc") {
		t.Errorf("the formats of an article:\n%s", body)
	}
}
