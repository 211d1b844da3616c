package model_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

func TestParseIdentifier(t *testing.T) {
	tests := []struct{ in, want string }{
		{"doi:10.5281/zenodo.7648514", "doi:10.5281/zenodo.7648514"},
		{"DOI:10.5281/ZENODO.7648514", "doi:10.5281/zenodo.7648514"},
		{"hal:https://hal.science/hal-03526140v1", "hal:hal-03526140v1"},
		{"ark:/12148/btv1b8449691v", "ark:ark:12148/btv1b8449691v"},
		{"urn:nbn:fr:1234", "urn:urn:nbn:fr:1234"},
		{"local:a:b", "local:a:b"},
		{"\u200bdoi:10.5281/\u2060zenodo.\u00ad7648514\u200b", "doi:10.5281/zenodo.7648514"},
		{"doi:10.5281/zen\u0007odo", ""},
		{"10.5281/zenodo.7648514", ""},
		{"https://hal.science/hal-03526140v1", ""}, // no scheme is guessed
		{"", ""},
	}
	for _, test := range tests {
		id, err := model.ParseIdentifier(test.in)
		if test.want == "" {
			var refused *model.IdentifierError
			if !errors.As(err, &refused) {
				t.Errorf("%q: got %v, %v, want an *IdentifierError", test.in, id, err)
			}
			continue
		}
		if err != nil || id.String() != test.want {
			t.Errorf("%q: got %v, %v, want %s", test.in, id, err, test.want)
		}
	}
}

func TestIdentifierIsResolvedAtItsAddress(t *testing.T) {
	tests := map[string]string{
		"doi:10.5281/zenodo.7648514":                   "https://doi.org/10.5281/zenodo.7648514",
		"doi:10.1002/(sici)99:1<1::aid>3.0.co;2-1":     "https://doi.org/10.1002/%28sici%2999:1%3C1::aid%3E3.0.co;2-1",
		"hal:hal-03526140v1":                           "https://hal.science/hal-03526140v1",
		"zenodo:7648514":                               "https://zenodo.org/records/7648514",
		"peertube:" + tube + "/kkKkuQtzCfSY3owaZxjG69": "https://" + tube + "/w/kkKkuQtzCfSY3owaZxjG69",
		"openedition:ree/11158":                        "https://journals.openedition.org/ree/11158",
		"prairial:diversite/1982":                      "https://publications-prairial.fr/diversite/index.php?id=1982",
		"hypotheses:edunumrech/2875":                   "https://edunumrech.hypotheses.org/2875",
		"handle:20.500.12345/42":                       "https://hdl.handle.net/20.500.12345/42",
		"ark:12148/btv1b8449691v":                      "https://n2t.net/ark:12148/btv1b8449691v",
		"orcid:0000-0002-1825-0097":                    "https://orcid.org/0000-0002-1825-0097",
		"ror:05ggc9x40":                                "https://ror.org/05ggc9x40",
		"idref:026403498":                              "https://www.idref.fr/026403498/id",
		"isni:000000012281955X":                        "https://isni.org/isni/000000012281955X",
		"issn:0378-5955":                               "https://portal.issn.org/resource/ISSN/0378-5955",
		"isbn:9780306406157":                           "",
		"siren:110043015":                              "",
		"urn:nbn:fr:1234":                              "",
		"local:A-42":                                   "",
	}
	for in, want := range tests {
		id, err := model.ParseIdentifier(in)
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if got := id.URL(); got != want {
			t.Errorf("%s: got address %q, want %q", in, got, want)
		}
		if back, err := model.NewIdentifier(id.Scheme, want); want != "" && (err != nil || back != id) {
			t.Errorf("%s: its address %s is read as %v, %v", in, want, back, err)
		}
	}
}

// TestAnAddressIsNoIdentifier: the error says what would be right.
func TestAnAddressIsNoIdentifier(t *testing.T) {
	for in, want := range map[string]string{
		"https://doi.org/10.5281/ZENODO.1":      "écrivez doi:10.5281/zenodo.1",
		"http://www.idref.fr/026403498":         "écrivez idref:026403498",
		"https://hal.science/hal-03526140v1":    "écrivez hal:hal-03526140v1",
		"https://orcid.org/0000-0002-1825-0098": "son caractère de contrôle serait 7, non 8",
		"https://example.org/1":                 "mettez-la sous url",
	} {
		_, err := model.ParseIdentifier(in)
		wrong, ok := errors.AsType[*model.IdentifierError](err)
		if !ok || !strings.Contains(wrong.In(language.French), want) || !strings.Contains(wrong.Error(), in) {
			t.Errorf("%s: got %v, want %q", in, err, want)
		}
	}
}

func TestIdentifierInJSON(t *testing.T) {
	tests := []struct{ in, out string }{
		{`"doi:10.5281/ZENODO.1"`, `"doi:10.5281/zenodo.1"`},
		{`{"scheme":"doi","value":"https://doi.org/10.5281/zenodo.1"}`, `"doi:10.5281/zenodo.1"`},
		{`{"scheme":"hal","value":"hal-03526140v1","derived":true}`, `{"scheme":"hal","value":"hal-03526140v1","derived":true}`},
		{`"local:<&>"`, `"local:<&>"`},
	}
	for _, test := range tests {
		var id model.Identifier
		if err := json.Unmarshal([]byte(test.in), &id); err != nil {
			t.Errorf("%s: %v", test.in, err)
			continue
		}
		out, err := id.MarshalJSON()
		if err != nil || string(out) != test.out {
			t.Errorf("%s: got %s, %v, want %s", test.in, out, err, test.out)
		}
	}
	for _, bad := range []string{`"nope"`, `"doi:x"`, `{"scheme":"doi","value":"x"}`, `{"scheme":1}`, `1`, `[]`} {
		var id model.Identifier
		if err := json.Unmarshal([]byte(bad), &id); err == nil {
			t.Errorf("%s is read as %v", bad, id)
		}
	}
	if !(model.Identifier{}).IsZero() || (model.Identifier{Scheme: model.DOI}).IsZero() {
		t.Error("IsZero does not tell no identifier from one")
	}
}

func FuzzParseIdentifier(f *testing.F) {
	for _, s := range []string{
		"doi:10.1000/a%2541", "doi:https://doi.org/10.1000/a%20b%3f#x", "hal:hal-03526140v1", "zenodo:10.5281/zenodo.1",
		"peertube:t.example.org/kkKkuQtzCfSY3owaZxjG69", "ark:/12148/x", "ark:https://n2t.net/ark:/12148/a%2fb", "urn:urn:urn:nbn:x", "local:a b",
		"handle:hdl:1/é?x#y", "orcid:0000-0002-1825-0097", "isbn:080442957X", "issn:03785955", "ror:05ggc9x40", "prairial:a/1", "hypotheses:a/1",
		"openedition:ree/11158", "idref:PPN026403498", "isni:ISNI 000000012281955X", "siren:110 043 015",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := model.ParseIdentifier(s)
		if err != nil {
			return
		}
		if back, err := model.ParseIdentifier(id.String()); err != nil || back != id {
			t.Errorf("%q is %q, which is read as %q, %v", s, id, back, err)
		}
		if address := id.URL(); address != "" {
			if back, err := model.NewIdentifier(id.Scheme, address); err != nil || back != id {
				t.Errorf("%q has the address %q, which is read as %q, %v", id, address, back, err)
			}
		}
	})
}
