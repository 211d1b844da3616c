package crosswalk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

func TestVCard(t *testing.T) {
	for _, c := range []struct {
		name         string
		agent        model.Agent
		affiliations []model.Agent
		role         string
		want         []string
	}{
		{"a person with parts, identifiers and an affiliation",
			model.Agent{Kind: model.Person, Name: "Julien Netter", GivenName: "Julien", FamilyName: "Netter", Email: "j@example.org", Identifiers: []model.Identifier{id("isni:000000012281955X")}},
			[]model.Agent{{Name: "Circeft"}, {Name: "Université"}}, "",
			[]string{"BEGIN:VCARD", "VERSION:4.0", "KIND:individual", "FN:Julien Netter", "N:Netter;Julien;;;", "ORG:Circeft", "ORG:Université", "EMAIL:j@example.org", "NOTE:ISNI=000000012281955X", "END:VCARD"}},
		{"an organisation is its own",
			model.Agent{Kind: model.Organisation, Name: "DNE", Homepage: "https://example.org/?a=1,2;3", Identifiers: []model.Identifier{id("siren:110043015")}}, nil, "financeur",
			[]string{"BEGIN:VCARD", "VERSION:4.0", "KIND:org", "FN:DNE", "ORG:DNE", "ROLE:financeur", "URL:https://example.org/?a=1,2;3", "NOTE:SIREN=110043015", "END:VCARD"}},
		{"an organisation that is a part of several, of which one is itself a part",
			model.Agent{Kind: model.Organisation, Name: "UMR", PartOf: model.Wholes{{Name: "Université", PartOf: model.Wholes{{Name: "Comue"}}}, {Name: "CNRS"}}}, nil, "",
			[]string{"BEGIN:VCARD", "VERSION:4.0", "KIND:org", "FN:UMR", "ORG:Comue;Université;UMR", "ORG:CNRS;UMR", "END:VCARD"}},
		{"affiliations, the second of them to a team of a part of several",
			model.Agent{Name: "A"}, []model.Agent{{Name: "B", PartOf: model.Wholes{{Name: "C"}}}, {Name: "Équipe", PartOf: model.Wholes{{Name: "UMR", PartOf: model.Wholes{{Name: "D"}, {Name: "E"}}}}}}, "",
			[]string{"BEGIN:VCARD", "VERSION:4.0", "FN:A", "ORG:C;B", "ORG;ALTID=2:D;UMR;Équipe", "ORG;ALTID=2:E;UMR;Équipe", "END:VCARD"}},
		{"what structures a value is escaped (RFC 6350, section 3.4)",
			model.Agent{Name: "A; B, C\\D\nE\r\nF"}, nil, "",
			[]string{"BEGIN:VCARD", "VERSION:4.0", `FN:A\; B\, C\\D\nE\nF`, "END:VCARD"}},
		{"a name in parts alone is whole, markup is text",
			model.Agent{Kind: model.Person, GivenName: "Ada", FamilyName: "<Lovelace> & Co"}, nil, "",
			[]string{"BEGIN:VCARD", "VERSION:4.0", "KIND:individual", "FN:Ada <Lovelace> & Co", "N:<Lovelace> & Co;Ada;;;", "END:VCARD"}},
		{"no name ends the card",
			model.Agent{Name: "A\x00\x1b\tB\u2028", Homepage: "https://example.org/\nEND:VCARD"}, nil, "",
			[]string{"BEGIN:VCARD", "VERSION:4.0", "FN:AB\u2028", "URL:https://example.org/END:VCARD", "END:VCARD"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Split(cardOf(t, c.agent, c.affiliations, c.role), "\n"); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// Organisations that are parts of one another end, after so many lines.
func TestVCardOfOrganisationsInACircle(t *testing.T) {
	r := bareRecord()
	for _, id := range []string{"a", "b", "c"} {
		r.Catalogue.Agents = append(r.Catalogue.Agents, model.Agent{ID: id, Kind: model.Organisation, Name: id, PartOf: model.Wholes{{ID: "a"}, {ID: "b"}, {ID: "c"}}})
	}
	var w writer
	w.vCard("entity", r, model.Agent{ID: "a"}, []model.Agent{{ID: "b"}}, "")
	if n := strings.Count(string(w.buf), "\nORG"); n != maxChains {
		t.Errorf("%d lines in %s", n, w.buf)
	}
}

// cardOf is the vCard that a reader of the element gets.
func cardOf(t *testing.T, a model.Agent, affiliations []model.Agent, role string) string {
	t.Helper()
	var w writer
	w.vCard("entity", bareRecord(), a, affiliations, role)
	return root(t, w.buf).Text()
}

// Lines are folded after 75 bytes, between characters, and unfold to what they
// were: RFC 6350, section 3.2.
func TestVCardFoldsLines(t *testing.T) {
	name := strings.Repeat("Université de l’Île-de-France\xff ", 12)
	card := cardOf(t, model.Agent{Name: name}, nil, "")
	for _, line := range strings.Split(card, "\n") {
		if len(line) > 75 {
			t.Errorf("line of %d bytes: %s", len(line), line)
		}
	}
	if unfolded := strings.ReplaceAll(card, "\n ", ""); !strings.Contains(unfolded, "FN:"+strings.ToValidUTF8(name, "\uFFFD")) {
		t.Errorf("does not unfold: %q", unfolded)
	}
}

func TestLOMNamesTheVersionThatIsAsked(t *testing.T) {
	for version, schema := range map[string]string{
		"":    "https://www.reseau-canope.fr/scolomfr/xsd/8.0/lax/scolomfr.xsd",
		"3.2": "https://www.reseau-canope.fr/scolomfr/xsd/3.2/lax/scolomfr.xsd",
	} {
		f := lom(&Options{ScoLOMFR: version})
		metadata, err := f.Append(nil, bareRecord())
		if err != nil {
			t.Fatal(err)
		}
		if f.Schema != schema || !strings.Contains(string(metadata), "http://ltsc.ieee.org/xsd/LOM "+schema) {
			t.Errorf("version %q: schema %s", version, f.Schema)
		}
	}
}

func TestLOMHasNoConceptOfAnotherVocabulary(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Education = &model.Education{
			Audience: []model.Concept{{IRI: scolomfr + "learner"}, {IRI: "http://example.org/pupils"}, {IRI: scolomfr + "scolomfr-voc-010-num-006"}},
			Levels:   []model.Concept{{IRI: scolomfr + "scolomfr-voc-022-num-018"}, {IRI: scolomfr + "scolomfr-voc-012-num-003"}},
		}
	})
	doc := root(t, render(t, "lom", r))
	values := func(path string) (list []string) {
		for _, e := range doc.FindElements(path) {
			list = append(list, strings.TrimPrefix(e.Text(), scolomfr))
		}
		return list
	}
	same(t, values("//lom:intendedEndUserRole/lom:value"), "learner")
	same(t, values("//lom:context/lom:value"), "scolomfr-voc-012-num-003")
	same(t, values("//lom:classification[4]//lom:id"), "scolomfr-voc-022-num-018")
}

func TestLOMGenreIsOneThatItsScopeNoteNames(t *testing.T) {
	for kind, want := range map[model.Kind]string{
		"research-article": "article", "conference-poster": "conférence", "technical-report": "rapport", "dataset-series": "base de données",
		"map": "carte", "video": "", "software": "", "preprint": "", "thesis": "", "unheard of": "",
	} {
		if got, _ := lomGenre(kind); got.label != want {
			t.Errorf("%s is %q, want %q", kind, got.label, want)
		}
	}
}

func TestLOMLanguageIsNotInferred(t *testing.T) {
	for tag, want := range map[string]string{"fr-CA": "fre", "rcf": "rcf", "und": "", "und-Arab": "", "x-klingon": ""} {
		if want != "" {
			want = "http://id.loc.gov/vocabulary/iso639-2/" + want
		}
		if got := lomLanguage(language.MustParse(tag)); got != want {
			t.Errorf("%s is %q, want %q", tag, got, want)
		}
	}
}

// LOM has no year 0, which ISO 8601 has for 1 BC.
func TestLOMHasNoYearZero(t *testing.T) {
	zero := time.Date(0, time.March, 1, 0, 0, 0, 0, time.UTC)
	r := changed(func(o *model.Output) {
		o.Created, o.Issued = model.NewDate(zero, model.Month), model.NewDate(zero, model.Year)
	})
	if got := render(t, "lom", r); strings.Contains(string(got), "<lom:dateTime>0000") {
		t.Errorf("%s", got)
	}
}
