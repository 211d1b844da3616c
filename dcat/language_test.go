package dcat

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

func TestLanguagesComeBackWhatTheEUTableSaysOfThem(t *testing.T) {
	const eu, mis = "/authority/language/", "/authority/language/MIS"
	for _, test := range []struct {
		name   string
		tags   string
		row    []string
		tagged string
	}{
		{"a row says it all", "fr de", []string{eu + "FRA", eu + "DEU"}, ""},
		{"a region is said by the tag", "fr-CA", []string{eu + "FRA"}, "fr-CA"},
		{"one row for two of its kinds", "fr-BE fr-CH", []string{eu + "FRA"}, "fr-BE fr-CH"},
		{"languages without a row are uncoded ones", "rcf de gcf", []string{mis, eu + "DEU"}, "rcf gcf"},
	} {
		var tags []language.Tag
		for tag := range strings.FieldsSeq(test.tags) {
			tags = append(tags, language.Make(tag))
		}
		c := &model.Catalogue{ID: "c", Base: "https://example.org/", Title: model.NewText("en", "Catalogue"),
			Outputs: []model.Output{{ID: "o", Kind: "dataset", Title: model.NewText("en", "Data"), Languages: tags}}}
		doc := export(t, source(t, c), Options{Syntax: NTriples})
		for _, row := range test.row {
			if n := bytes.Count(doc, []byte("/language> <http://publications.europa.eu/resource"+row+"> .")); n != 1 {
				t.Errorf("%s: %s is an object %d times", test.name, row, n)
			}
		}
		for tag := range strings.FieldsSeq(test.tagged) {
			if !bytes.Contains(doc, []byte("<http://schema.org/inLanguage> \""+tag+"\" .")) {
				t.Errorf("%s: lacks the tag %s", test.name, tag)
			}
		}
		if test.tagged == "" && bytes.Contains(doc, []byte("inLanguage")) {
			t.Errorf("%s: a tag says again what the row says", test.name)
		}
		back, _, err := Read(bytes.NewReader(doc), NTriples, "")
		if err != nil {
			t.Fatal(err)
		}
		got := back.Outputs[0].Languages
		byTag := func(a, b language.Tag) int { return strings.Compare(a.String(), b.String()) }
		slices.SortFunc(got, byTag)
		slices.SortFunc(tags, byTag)
		if !slices.Equal(got, tags) {
			t.Errorf("%s: got %v back, want %v", test.name, got, tags)
		}
	}
}

// One IRI has one label, whatever the tags that lead to it.
func TestALanguageHasItsOwnLabel(t *testing.T) {
	c := &model.Catalogue{ID: "c", Base: "https://example.org/", Title: model.NewText("en", "Catalogue"), Languages: []language.Tag{language.Make("fr-CA")}}
	doc := string(export(t, source(t, c), Options{Syntax: Turtle}))
	if !strings.Contains(doc, `skos:prefLabel "français"@fr, "French"@en`) || strings.Contains(doc, "canadien") {
		t.Errorf("French is not described as such:\n%s", doc)
	}
}
