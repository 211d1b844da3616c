package model_test

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

func TestLanguageOf(t *testing.T) {
	tests := []struct {
		tag                  string
		iso1, iso2, iso3, eu string
		french, english      string
	}{
		{"fr", "fr", "fre", "fra", "FRA", "français", "French"},
		{"fr-CA", "fr", "fre", "fra", "FRA", "français canadien", "Canadian French"},
		{"en", "en", "eng", "eng", "ENG", "anglais", "English"},
		{"de", "de", "ger", "deu", "DEU", "allemand", "German"},
		{"oc", "oc", "oci", "oci", "OCI", "occitan", "Occitan"},
		{"br", "br", "bre", "bre", "BRE", "breton", "Breton"},
		{"gsw", "", "gsw", "gsw", "", "suisse allemand", "Swiss German"},
	}
	for _, test := range tests {
		got := model.LanguageOf(language.MustParse(test.tag))
		want := model.LanguageInfo{Tag: language.MustParse(test.tag), ISO1: test.iso1, ISO2: test.iso2, ISO3: test.iso3, EU: test.eu, French: test.french, English: test.english}
		if got != want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", test.tag, got, want)
		}
	}
}

func TestParseLanguageReadsEveryCode(t *testing.T) {
	for in, want := range map[string]string{
		"fr": "fr", "fre": "fr", "fra": "fr", "FRE": "fr", " ger ": "de", "dut": "nl", "baq": "eu", "gre": "el", "fr-CA": "fr-CA", "gsw": "gsw",
	} {
		tag, err := model.ParseLanguage(in)
		if err != nil || tag.String() != want {
			t.Errorf("%q: got %v, %v, want %s", in, tag, err, want)
		}
		if info := model.LanguageOf(tag); info.ISO2 != "" {
			if back, err := model.ParseLanguage(info.ISO2); err != nil || model.LanguageOf(back).ISO3 != info.ISO3 {
				t.Errorf("%q: its ISO 639-2 code %s is read as %v, %v", in, info.ISO2, back, err)
			}
		}
	}
	for _, in := range []string{"", "français", "french-of-france", "q!"} {
		if tag, err := model.ParseLanguage(in); err == nil {
			t.Errorf("%q is read as %v", in, tag)
		}
	}
}
