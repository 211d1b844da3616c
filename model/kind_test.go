package model_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/eu"
	"github.com/gtnum/gtnum/model"
)

var coarType = regexp.MustCompile(`^http://purl\.org/coar/resource_type/(c_[0-9a-z]{4,8}|[0-9A-Z]{4}-[0-9A-Z]{4})$`)

func TestEveryKindHasItsEquivalents(t *testing.T) {
	seen, concepts := map[model.Kind]bool{}, map[string]model.Kind{}
	for _, k := range model.Kinds() {
		if seen[k.Kind] {
			t.Errorf("%s is in the table twice", k.Kind)
		}
		seen[k.Kind] = true
		if !coarType.MatchString(k.COAR) {
			t.Errorf("%s: %s is no COAR resource type", k.Kind, k.COAR)
		}
		if other, dup := concepts[k.COAR]; dup && k.Kind != "dataset-series" {
			t.Errorf("%s and %s are the same COAR concept", other, k.Kind)
		}
		concepts[k.COAR] = k.Kind
		for name, value := range map[string]string{
			"French label": k.French, "English label": k.English, "DataCite": k.DataCite, "HAL": k.HAL,
			"schema.org": k.SchemaOrg, "OpenAIRE": k.OpenAIRE, "eu-repo": k.EURepo,
		} {
			if value == "" {
				t.Errorf("%s has no %s", k.Kind, name)
			}
		}
		if k.DCMI == "" && k.Kind != "other" {
			t.Errorf("%s has no DCMI type", k.Kind)
		}
	}
}

func TestBroaderKindsEndAtARoot(t *testing.T) {
	for _, k := range model.Kinds() {
		at := k
		for steps := 0; at.Broader != ""; steps++ {
			next := at.Broader.Info()
			if !slices.Contains(model.Kinds(), next) { // what is made up for unknown kinds is in no table
				t.Fatalf("%s: broader kind %s is not in the table", k.Kind, at.Broader)
			}
			if steps > 5 {
				t.Fatalf("%s: its broader kinds go in a circle", k.Kind)
			}
			at = next
		}
	}
}

func TestOnlyDataIsADatasetOfDCAT(t *testing.T) {
	for _, k := range model.Kinds() {
		if k.Dataset != (k.Kind == "dataset") {
			t.Errorf("%s: Dataset is %t; a series is a dcat:DatasetSeries, the rest resources", k.Kind, k.Dataset)
		}
	}
}

func TestKindOfCOAR(t *testing.T) {
	for _, k := range model.Kinds() {
		want := k.Kind
		if want == "dataset-series" {
			want = "dataset"
		}
		for _, iri := range []string{k.COAR, strings.Replace(k.COAR, "http:", "https:", 1), k.COAR + "/"} {
			if got, ok := model.KindOfCOAR(iri); !ok || got != want {
				t.Errorf("%s: got %s, %t, want %s", iri, got, ok, want)
			}
		}
	}
	for _, iri := range []string{"", "http://purl.org/coar/resource_type/", "http://purl.org/coar/resource_type/c_0000", "c_6501"} {
		if got, ok := model.KindOfCOAR(iri); ok {
			t.Errorf("%q is taken for %s", iri, got)
		}
	}
}

func TestUnknownKindIsOtherUnderItsOwnName(t *testing.T) {
	got, other := model.Kind("escape-game").Info(), model.Kind("other").Info()
	if got.Kind != "escape-game" || got.French != "escape-game" || got.English != "escape-game" || got.COAR != other.COAR || got.DataCite != other.DataCite {
		t.Errorf("got %+v", got)
	}
	if none := model.Kind("").Info(); none.French != other.French {
		t.Errorf("no kind is called %q", none.French)
	}
}

func TestCallersCannotChangeTheTables(t *testing.T) {
	model.Kinds()[0].COAR = ""
	model.Roles()[0].MARC = ""
	model.Licences()[0].IRI = ""
	model.Accesses()[0].COAR = ""
	model.Frequencies()[0].EU = ""
	model.RelationTypes()[0].DataCite = ""
	if model.Kinds()[0].COAR == "" || model.Roles()[0].MARC == "" || model.Licences()[0].IRI == "" ||
		model.Accesses()[0].COAR == "" || model.Frequencies()[0].EU == "" || model.RelationTypes()[0].DataCite == "" {
		t.Error("a table was changed from outside")
	}
}

func TestRelationsAndTheirInverses(t *testing.T) {
	for _, r := range model.RelationTypes() {
		inverse := r.Inverse.Info()
		if inverse.Inverse != r.Type || inverse.French == "" || r.Inverse == "" {
			t.Errorf("%s: its inverse %s has the inverse %s", r.Type, r.Inverse, inverse.Inverse)
		}
		if r.Type != "relation" && !strings.EqualFold(r.DataCite, string(r.Type)) {
			t.Errorf("%s is called %s by DataCite", r.Type, r.DataCite)
		}
		if r.French == "" || r.English == "" || r.DCTerms == "" {
			t.Errorf("%s lacks a label or a term: %+v", r.Type, r)
		}
	}
	if got := model.RelationType("nope").Info(); got.Type != "nope" || got.DataCite != "Other" || got.DCTerms != "relation" {
		t.Errorf("an unknown relation is %+v", got)
	}
}

func TestEveryRoleHasItsEquivalents(t *testing.T) {
	marc := regexp.MustCompile(`^[a-z]{3}$`)
	own := map[model.Role]bool{model.Author: true, "publisher": true, "funder": true} // elements of their own in DataCite
	seen := map[model.Role]bool{}
	for _, r := range model.Roles() {
		if seen[r.Role] {
			t.Errorf("%s is in the table twice", r.Role)
		}
		seen[r.Role] = true
		if r.French == "" || r.English == "" || !marc.MatchString(r.MARC) || r.GeoDCAT == "" || (r.DataCite == "") != own[r.Role] {
			t.Errorf("%s lacks an equivalent: %+v", r.Role, r)
		}
	}
	if got := model.Role("nope").Info(); got.Role != "nope" || got.DataCite != "Other" {
		t.Errorf("an unknown role is %+v", got)
	}
}

func TestLicencesAreFoundInEveryUsualForm(t *testing.T) {
	for in, want := range map[string]model.Licence{
		"CC-BY-4.0": "CC-BY-4.0", " cc-by-4.0 ": "CC-BY-4.0", "ETALAB-2.0": "etalab-2.0",
		"https://creativecommons.org/licenses/by/4.0/":              "CC-BY-4.0",
		"http://creativecommons.org/licenses/by/4.0":                "CC-BY-4.0",
		"https://creativecommons.org/licenses/by/4.0/deed.fr":       "CC-BY-4.0",
		"https://www.creativecommons.org/licenses/by/4.0/legalcode": "CC-BY-4.0",
		"https://creativecommons.org/licenses/by-nc-nd/4.0/":        "CC-BY-NC-ND-4.0",
		"https://creativecommons.org/publicdomain/zero/1.0/":        "CC0-1.0",
		"https://www.etalab.gouv.fr/licence-ouverte-open-licence":   "etalab-2.0",
		// not of the register: itself, never the nearest one
		"https://creativecommons.org/licenses/by/2.0/fr/": "https://creativecommons.org/licenses/by/2.0/fr/",
		"https://example.org/licence":                     "https://example.org/licence",
		"":                                                "",
	} {
		if got := model.ParseLicence(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestRegisterOfLicences(t *testing.T) {
	spdx, iris := map[model.Licence]bool{}, map[string]bool{}
	for _, l := range model.Licences() {
		if spdx[l.SPDX] || iris[l.IRI] || !strings.HasPrefix(l.IRI, "https://") || l.French == "" || l.English == "" {
			t.Errorf("%s is there twice or lacks a page or title: %+v", l.SPDX, l)
		}
		spdx[l.SPDX], iris[l.IRI] = true, true
		if (l.DataGouv == "") != (l.DataGouvTitle == "") {
			t.Errorf("%s: data.gouv.fr knows a licence by id and title: %q, %q", l.SPDX, l.DataGouv, l.DataGouvTitle)
		}
		if got := model.ParseLicence(l.IRI); got != l.SPDX {
			t.Errorf("%s: its page is read as %s", l.SPDX, got)
		}
		if _, ok := eu.Licences.Find(l.EU); !ok && l.EU != "" {
			t.Errorf("%s: the EU table has no code %s", l.SPDX, l.EU)
		}
		if closed := strings.Contains(string(l.SPDX), "-NC") || strings.Contains(string(l.SPDX), "-ND"); closed == l.Open {
			t.Errorf("%s: Open is %t", l.SPDX, l.Open)
		}
	}
	for in, want := range map[string]model.Licence{
		eu.Authority + "licence/CC_BY_4_0":                                         "CC-BY-4.0",
		strings.Replace(eu.Authority, "http:", "https:", 1) + "licence/ETALAB_2_0": "etalab-2.0",
		eu.Authority + "licence/NLOD_2_0":                                          eu.Authority + "licence/NLOD_2_0",
	} {
		if got := model.ParseLicence(in); got != want {
			t.Errorf("%s is read as %s, want %s", in, got, want)
		}
	}
	if got := model.Licence(eu.Authority + "licence/EUPL_1_2").Info(); got.EU != "EUPL_1_2" || got.English != "European Union Public Licence v. 1.2" {
		t.Errorf("a licence of the EU table alone is %+v", got)
	}
	const other = "https://example.org/licence"
	if got := model.Licence(other).Info(); got.IRI != other || got.SPDX != "" || got.Open {
		t.Errorf("a licence that is not of the register is %+v", got)
	}
}

func TestAccessAndFrequencyTables(t *testing.T) {
	for _, a := range model.Accesses() {
		if a.Access.Info() != a || !strings.HasPrefix(a.COAR, "http://purl.org/coar/access_right/c_") || a.EU == "" || a.EURepo == "" || a.French == "" || a.English == "" {
			t.Errorf("%s: %+v", a.Access, a)
		}
	}
	if got := model.Access("nope").Info(); got != (model.AccessInfo{}) {
		t.Errorf("unknown access is taken for %+v", got)
	}
	for _, f := range model.Frequencies() {
		if f.Frequency.Info() != f || f.EU != strings.ToUpper(f.EU) || f.EU == "" || f.French == "" || f.English == "" {
			t.Errorf("%s: %+v", f.Frequency, f)
		}
	}
	for _, c := range eu.Frequencies { // CONT is UPDATE_CONT in short; provisional data are no frequency
		named := slices.ContainsFunc(model.Frequencies(), func(f model.FrequencyInfo) bool { return f.EU == c.Code })
		if named == (c.Code == "CONT" || c.Code == "OP_DATPRO") {
			t.Errorf("the EU frequency %s has a name: %t", c.Code, named)
		}
	}
	if got := model.Frequency("nope").Info(); got != (model.FrequencyInfo{}) {
		t.Errorf("an unknown frequency is taken for %+v", got)
	}
}

func TestDerivedTitleNamesKindPlatformAndIdentifier(t *testing.T) {
	tests := []struct {
		name            string
		output          model.Output
		french, english string
	}{
		{"on a platform", model.Output{ID: "a", Kind: "video", Identifiers: model.IdentifiersOf("https://t.example.org/w/kkKkuQtzCfSY3owaZxjG69")},
			"Vidéo – PeerTube – t.example.org/kkKkuQtzCfSY3owaZxjG69", "Video – PeerTube – t.example.org/kkKkuQtzCfSY3owaZxjG69"},
		{"on a site", model.Output{ID: "a", Kind: "website", URL: "http://www.example.org/x"}, "Page web – example.org – a", "Website – example.org – a"},
		{"nowhere", model.Output{ID: "a", Kind: "dataset"}, "Jeu de données – a", "Dataset – a"},
		{"of a kind of its own", model.Output{ID: "a", Kind: "énigme"}, "Énigme – a", "Énigme – a"},
	}
	for _, test := range tests {
		title, derived := test.output.DisplayTitle()
		if !derived || title.In(language.French) != test.french || title.In(language.English) != test.english {
			t.Errorf("%s: got %q, derived %t", test.name, title, derived)
		}
	}
	titled := model.Output{Title: model.NewText("fr", "Titre")}
	if title, derived := titled.DisplayTitle(); derived || title.String() != "Titre" {
		t.Errorf("got %q, derived %t, want the title itself", title, derived)
	}
}
