package dcat

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/model"
)

// sayable takes out of a catalogue what DCAT cannot say; what remains must
// come back. The README lists the same.
func sayable(c *model.Catalogue) {
	c.ID = ""
	slices.SortFunc(c.Agents, func(a, b model.Agent) int { return strings.Compare(a.ID, b.ID) })
	for i := range c.Groups {
		c.Groups[i].Gaps = nil
	}
	used := make(map[string]bool)
	for i := range c.Outputs {
		sayableOutput(&c.Outputs[i])
		if d := &c.Outputs[i].Datestamp; d.Time().Equal(c.Modified.Time()) {
			*d = model.Date{} // which says the same
		}
		used[c.Outputs[i].Provenance.Source] = true
	}
	c.Sources = slices.DeleteFunc(c.Sources, func(s model.Source) bool { return !used[s.ID] })
	slices.SortFunc(c.Outputs, func(a, b model.Output) int { return strings.Compare(a.ID, b.ID) })
}

func sayableOutput(o *model.Output) {
	o.AxisCandidates, o.Conference = nil, nil
	o.Provenance.Printed = nil
	for i := range o.Provenance.Origins {
		o.Provenance.Origins[i].Altered = false
	}
	if o.Container != nil {
		o.Container.Editors = nil
	}
	for i := range o.Relations {
		o.Relations[i].Kind = ""
	}
	var terms, words []model.Subject // terms first; a keyword is in one language
	for _, s := range o.Subjects {
		if s.IRI != "" {
			s.Code = ""
			terms = append(terms, s)
			continue
		}
		for _, l := range s.Label {
			words = append(words, model.Subject{Label: model.Text{l}})
		}
	}
	o.Subjects = append(terms, words...)
	var titles []model.Text // a title is in one language
	for _, t := range o.AlternativeTitles {
		for _, l := range t {
			titles = append(titles, model.Text{l})
		}
	}
	o.AlternativeTitles = titles
	if len(o.Themes) == 1 && o.Themes[0] == euAuthority+"data-theme/EDUC" {
		o.Themes = nil
	}
	for i := range o.Files { // a file has what its output has
		sayableFile(o, &o.Files[i])
	}
	// Documentation comes before other links.
	o.Links = append(linksOf(o.Links, "documentation", true), linksOf(o.Links, "documentation", false)...)
}

func sayableFile(o *model.Output, f *model.File) {
	if f.Licence == o.Licence {
		f.Licence = ""
	}
	if f.Access == o.Access || f.Access == model.Restricted && !o.Available.IsZero() {
		f.Access = "" // RESTRICTED, with a date when it opens
	}
	if slices.Equal(f.Languages, o.Languages) {
		f.Languages = nil
	}
	if f.Page == o.URL {
		f.Page = ""
	}
}

func diff(t *testing.T, want, got *model.Catalogue) string {
	t.Helper()
	var texts [2]string
	for i, c := range []*model.Catalogue{want, got} {
		b, err := json.MarshalIndent(c, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = string(b)
	}
	return cmp.Diff(texts[0], texts[1])
}

func TestReadWhatExportWrites(t *testing.T) {
	for _, s := range Syntaxes() {
		t.Run(s.String(), func(t *testing.T) {
			want := load(t, "testdata/filled.yaml")
			b := export(t, source(t, want), Options{Syntax: s})
			got, losses, err := Read(bytes.NewReader(b), s, "")
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range losses {
				t.Errorf("lost: %s", l)
			}
			sayable(want)
			if d := diff(t, want, got); d != "" {
				t.Errorf("came back otherwise (-want +got):\n%s", d)
			}
		})
	}
}

// Documents of others, as portals publish them.
func TestReadOthers(t *testing.T) {
	const zenodo = `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"
  xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:adms="http://www.w3.org/ns/adms#">
<rdf:Description rdf:about="https://doi.org/10.5281/zenodo.7648514">
  <rdf:type rdf:resource="http://www.w3.org/ns/dcat#Dataset"/>
  <dct:identifier>https://doi.org/10.5281/zenodo.7648514</dct:identifier>
  <foaf:page rdf:resource="https://doi.org/10.5281/zenodo.7648514"/>
  <dct:creator><rdf:Description rdf:about="https://orcid.org/0000-0002-1825-0097"><rdf:type rdf:resource="http://xmlns.com/foaf/0.1/Agent"/><foaf:name>Carberry, Josiah</foaf:name></rdf:Description></dct:creator>
  <dct:title xml:lang="en">A survey</dct:title>
  <dct:issued>2023-02-17</dct:issued>
  <dcat:keyword>schools</dcat:keyword>
  <dct:spatial>somewhere</dct:spatial>
  <dcat:distribution><dcat:Distribution><dcat:downloadURL rdf:resource="https://zenodo.org/records/7648514/files/a.csv"/><dcat:mediaType>text/csv</dcat:mediaType><dct:license rdf:resource="https://creativecommons.org/licenses/by/4.0/legalcode"/></dcat:Distribution></dcat:distribution>
</rdf:Description></rdf:RDF>`
	c, losses, err := Read(strings.NewReader(zenodo), RDFXML, "https://example.org/")
	if err != nil || len(c.Outputs) != 1 {
		t.Fatalf("%v, %d outputs", err, len(c.Outputs))
	}
	o := c.Outputs[0]
	for what, is := range map[string]bool{
		"an id made of the IRI":         strings.HasPrefix(o.ID, "zenodo-7648514-"),
		"the IRI as address":            o.URL == "https://doi.org/10.5281/zenodo.7648514",
		"the title":                     o.Title.String() == "A survey",
		"the creator with the ORCID":    o.By(model.Author)[0].Identifiers[0].Value == "0000-0002-1825-0097",
		"the day":                       o.Issued.String() == "2023-02-17",
		"the keyword without language":  o.Subjects[0].Label.String() == "schools",
		"the file":                      o.Files[0].URL == "https://zenodo.org/records/7648514/files/a.csv",
		"the licence of the file":       o.Files[0].Licence == "CC-BY-4.0",
		"no licence that nobody stated": o.Licence == "",
	} {
		if !is {
			t.Errorf("not %s: %+v", what, o)
		}
	}
	var lost []string
	for _, l := range losses {
		lost = append(lost, l.Predicate.Value+" "+l.Object.Value)
	}
	if want := []string{nsDCT + "spatial somewhere", nsDCAT + "mediaType text/csv"}; !slices.Equal(lost, want) {
		t.Errorf("lost %q, want %q", lost, want)
	}
}

// TestReadTellsWhatItCannotHold: what is no value of the model's is a loss, not
// a value that is read as nothing.
func TestReadTellsWhatItCannotHold(t *testing.T) {
	const others = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix eu: <http://publications.europa.eu/resource/authority/> . @prefix schema: <http://schema.org/> .
<https://e.org/d> a dcat:Dataset ; dct:title "D" ; dct:identifier "https://e.org/d", "D-42" ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/SENSITIVE> ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/SOON> ;
  adms:status <http://publications.europa.eu/resource/authority/dataset-status/DEVELOP> ;
  schema:duration "P1D" ;
  dcat:distribution [ dcat:downloadURL <https://e.org/a> ; dcat:byteSize "12 Mo" ; dct:format <http://publications.europa.eu/resource/authority/file-type/NONE> ],
    [ dcat:accessURL <https://e.org/d> ; dct:title "Everything" ], [ dcat:downloadURL <https://e.org/b> ; dcat:byteSize 5120.0 ; dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ] .`
	c, losses, err := Read(strings.NewReader(others), Turtle, "")
	if err != nil {
		t.Fatal(err)
	}
	var lost []string
	for _, l := range losses {
		lost = append(lost, l.Object.Value[strings.LastIndexByte(l.Object.Value, '/')+1:])
	}
	if want := []string{"D-42", "SENSITIVE", "SOON", "DEVELOP", "P1D", "12 Mo", "NONE", "Everything"}; !slices.Equal(lost, want) {
		t.Errorf("lost %q, want %q", lost, want)
	}
	if f := c.Outputs[0].Files; f[0].Size != 0 || f[1].Size != 5120 || f[1].Access != model.Open {
		t.Errorf("files: %+v", f)
	}
}

func TestReadErrors(t *testing.T) {
	for _, s := range Syntaxes() {
		if _, _, err := Read(strings.NewReader("<<< not RDF"), s, ""); err == nil {
			t.Errorf("%s: no error", s)
		}
	}
	c, losses, err := Read(strings.NewReader(""), Turtle, "https://example.org/")
	if err != nil || len(c.Outputs) != 0 || len(losses) != 0 {
		t.Errorf("an empty document: %v, %v, %v", c, losses, err)
	}
}
