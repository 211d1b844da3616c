package model_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

const heading = `id: demo
base: https://example.org/demo/
title: {fr: Démonstration}
modified: 2026-01-02
`

func utf16LE(s string) string {
	var b []byte
	for _, c := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, c)
	}
	return string(b)
}

func TestLoadReportsEveryProblemWithItsPlace(t *testing.T) {
	tests := []struct {
		name, file, yaml string
		want             []string // line:column code path
	}{
		{"unknown key, with a proposal", "c.yaml", heading + "groops: []\n",
			[]string{"5:1 unknown-key groops"}},
		{"wrong types", "c.yaml", heading + "groups: {id: a}\noutputs:\n  - id: [x]\n    kind: text\n    title: [a]\n",
			[]string{"5:9 wrong-type groups", "7:9 wrong-type outputs[0].id", "9:12 wrong-type outputs[0].title"}},
		{"duplicate ids name the first", "c.yaml", heading + "outputs:\n  - {id: a, kind: text}\n  - {id: a, kind: text}\n",
			[]string{"7:10 duplicate-id outputs[1].id"}},
		{"dangling references of every sort", "c.yaml", heading + `publisher: nobody
groups:
  - {id: g, title: {fr: G}, axes: [{id: x, title: {fr: X}}]}
outputs:
  - {id: a, kind: text, group: h}
  - {id: b, kind: text, group: g, axes: [y]}
  - {id: c, kind: text, series: s, relations: [{type: cites, output: q}]}
  - {id: d, kind: text, provenance: {source: s}}
`, []string{"5:12 dangling publisher", "9:32 dangling outputs[0].group", "10:42 dangling outputs[1].axes[0]",
			"11:33 dangling outputs[2].series", "11:70 dangling outputs[2].relations[0].output", "12:46 dangling outputs[3].provenance.source"}},
		{"required keys", "c.yaml", "title: {fr: x}\noutputs:\n  - title: {fr: x}\n",
			[]string{"1:1 required id", "1:1 required base", "1:1 required modified", "3:5 required outputs[0].id", "3:5 required outputs[0].kind"}},
		{"values out of their lists", "c.yaml", heading + "outputs:\n  - {id: a, kind: artcle, access: opn, licence: etalab, languages: [french-of-france]}\n",
			[]string{"6:19 not-in-list outputs[0].kind", "6:35 not-in-list outputs[0].access", "6:49 not-in-list outputs[0].licence", "6:69 language-tag outputs[0].languages[0]"}},
		{"dates, identifiers and addresses", "c.yaml", heading + "outputs:\n  - {id: a, kind: text, issued: mai 2023, url: hal.science/x}\n  - {id: b, kind: text, identifiers: [\"orcid:0000-0002-1825-0098\", {scheme: doi, value: x}]}\n",
			[]string{"6:33 invalid outputs[0].issued", "6:48 url outputs[0].url", "7:39 invalid outputs[1].identifiers[0]", "7:68 invalid outputs[1].identifiers[1]"}},
		{"keys given twice, and empty texts", "c.yaml", heading + "id: again\ndescription: {fr: ''}\n",
			[]string{"5:1 duplicate-key id", "6:19 empty-text description.fr"}},
		{"ids and bases that make no address", "c.yaml", "id: démo\nbase: https://example.org/demo\ntitle: {fr: D}\nmodified: 2026\n",
			[]string{"1:5 id id", "2:7 base base"}},
		{"a language given twice", "c.yaml", heading + "description: {fr: a, FR: b, fra: c, fr-CA: d}\n",
			[]string{"5:22 duplicate-language description.FR", "5:29 duplicate-language description.fra"}},
		{"nothing where something must be", "c.yaml", "id:\n" + strings.TrimPrefix(heading, "id: demo\n") + "homepage:\nlanguages: [fr, ]\noutputs:\n-\n- id: a\n  kind: null\n  languages: [null, fr]\n  subjects: [{label: }]\n",
			[]string{"1:4 required id", "8:2 empty-item outputs[0]", "10:9 required outputs[1].kind", "11:15 empty-item outputs[1].languages[0]", "12:22 required outputs[1].subjects[0].label"}},
		{"more of an agent than its id", "c.yaml", heading + "agents: [{id: ada, name: Ada, kind: person}]\npublisher: {id: ada}\ncontacts: [{id: ada, email: ada@example.org}, {id: ada, name: Other}]\n",
			[]string{"7:12 reference-more contacts[0]"}},
		{"an e-mail address is no agent", "c.yaml", heading + "publisher: nobody\ncontacts: [ada@example.org]\n",
			[]string{"5:12 dangling publisher", "6:12 agent-email contacts[0]"}},
		{"a base that graphs would write otherwise", "c.yaml", strings.Replace(heading, "/demo/", "/my demo/", 1), []string{"2:7 base base"}},
		{"control characters that hide in escapes", "c.yaml", heading + "homepage: \"https://example.org/\\b\"\ndescription: {fr: \"a\\0b\"}\noutputs:\n- {id: a, kind: text, version: \"\\e\", title: \"\\a\"}\n",
			[]string{"5:11 character homepage", "6:19 character description.fr", "8:32 character outputs[0].version", "8:45 character outputs[0].title"}},
		{"JSON: control characters that hide in escapes", "c.json", "{\"id\": \"demo\", \"base\": \"https://example.org/\", \"modified\": \"2026\",\n\"title\": {\"fr\": \"\\u0007\"}, \"outputs\": [{\"id\": \"a\", \"kind\": \"text\", \"version\": \"\\b\"}]}",
			[]string{"2:17 character title.fr", "2:79 character outputs[0].version"}},
		{"aliases", "c.yaml", heading + "homepage: &a https://example.org\nlanguages: [fr]\nlicence: *a\n",
			[]string{"5:11 anchor homepage", "7:10 alias licence"}},
		{"texts that YAML takes for something else", "c.yaml", heading + "description: {fr: &co et compagnie, en: !important note}\npublisher: {name: !!binary aGVsbG8=}\nlanguages: [&a fr]\n",
			[]string{"5:19 anchor description.fr", "5:41 tag description.en", "6:19 tag publisher.name", "7:13 anchor languages[0]"}},
		{"texts that a comment cuts off", "c.yaml", heading + "description:\n  fr: Le groupe #PLEIADES\n  en: #PLEIADES\npublisher:\n  name: GTnum #PLEIADES\n  kind: organisation #sure\ngroups:\n- id: g\n  acronym: #G\n  title: the #Group\n",
			[]string{"6:7 comment description.fr", "7:6 comment description.en", "7:6 empty-text description.en", "9:9 comment publisher.name", "13:11 comment groups[0].acronym", "14:10 comment groups[0].title"}},
		{"no-break spaces before a key", "c.yaml", heading + "outputs:\n  - id: a\n  \u00a0 kind: text\n    issued: 2024\n", []string{"7:3 syntax "}},
		{"several documents", "c.yaml", heading + "---\nid: b\n", []string{"5:1 documents "}},
		{"broken YAML has a line", "c.yaml", heading + "groups: [\n", []string{"5:1 syntax "}},
		{"broken YAML: a key left of the others", "c.yaml", heading + "outputs:\n- id: a\n  kind: text\n# here\n kind: text\n- id: b\n", []string{"9:2 syntax "}},
		{"broken YAML: a dash left of the others", "c.yaml", heading + "outputs:\n  - id: a\n    kind: text\n\n - id: b\n", []string{"9:2 syntax "}},
		{"broken YAML: something behind quotes", "c.yaml", heading + "outputs:\n- id: a\n  version: \"1\" b\n  # here\n\n  kind: text\n- id: b\n", []string{"7:3 syntax "}},
		{"broken YAML: tabs", "c.yaml", heading + "outputs:\n- id: a\n  kind: text\n \tversion: b\n", []string{"8:2 syntax "}},
		{"broken YAML: tabs before a dash", "c.yaml", heading + "outputs:\n\t- id: a\n", []string{"6:1 syntax "}},
		{"broken YAML: tabs before a text", "c.yaml", heading + "description:\n  fr: |\n\ta\n", []string{"7:1 syntax "}},
		{"broken YAML: a bracket that is not closed", "c.yaml", heading + "outputs:\n- id: a\n  axes: [x, y\n  kind: text\n", []string{"7:3 syntax "}},
		{"broken YAML: quotes that are not closed", "c.yaml", heading + "outputs:\n- id: a\n  version: \"1\n  kind: text\n", []string{"7:3 syntax "}},
		{"broken YAML: what is left of the first key is not left out in silence", "c.yaml", "  " + strings.ReplaceAll(heading, "\n", "\n  ") + "\noutputs:\n- {id: a, kind: text}\n", []string{"6:1 syntax "}},
		{"broken YAML: nor what follows the end", "c.yaml", heading + "...\n]\n", []string{"6:1 syntax "}},
		{"UTF-16", "c.yaml", "\xff\xfe" + utf16LE(heading+"description: {fr: \"é\", q!: x}\noutputs:\n - id: a\n  kind: text\n"), []string{"8:3 syntax "}},
		{"JSON in UTF-16", "c.json", "\xff\xfe" + utf16LE("{\"id\": \"é\"}"), []string{"1:1 required base", "1:1 required title", "1:1 required modified", "1:8 id id"}},
		{"a character that YAML forbids has a place, and hides nothing", "c.yaml", heading + "description: {fr: \"a\x01b\"}\ngroops: []\n",
			[]string{"5:21 character ", "6:1 unknown-key groops"}},
		{"bytes that are not UTF-8 have a place, and hide nothing", "c.yaml", heading + "description: {fr: café d\xe9t\xe9}\ngroops: []\n",
			[]string{"5:25 character ", "6:1 unknown-key groops"}},
		{"JSON: bytes that are not UTF-8 are not replaced in silence", "c.json", "{\"id\": \"demo\", \"base\": \"https://example.org/\", \"modified\": \"2026\",\n\"title\": {\"fr\": \"\xe9\"}}",
			[]string{"2:18 character "}},
		{"null is no text", "c.yaml", heading + "description: {fr: ~, en: null, oc: }\n",
			[]string{"5:19 empty-text description.fr", "5:26 empty-text description.en", "5:36 empty-text description.oc"}},
		{"line breaks of other alphabets move no line, and are told each", "c.yaml", heading + "# a\u2028b\ndescription:\n  fr: a\u2029b\u0085c\ngroops: []\n",
			[]string{"5:4 character ", "7:8 character ", "7:10 character ", "8:1 unknown-key groops"}},
		{"characters that XML has no way to write", "c.yaml", heading + "description: {fr: \"a\\uFFFE\"}\noutputs:\n- {id: a, kind: text, version: \"\\uFFFF\"}\n",
			[]string{"5:19 character description.fr", "7:32 character outputs[0].version"}},
		{"empty items of lists", "c.yaml", heading + "contacts: ['', {name: C}]\noutputs:\n- {id: a, kind: text, themes: [''], identifiers: ['']}\n",
			[]string{"5:12 empty-item contacts[0]", "7:32 empty-item outputs[0].themes[0]", "7:51 empty-item outputs[0].identifiers[0]"}},
		{"JSON: empty items of lists", "c.json", "{\"id\": \"demo\", \"base\": \"https://example.org/\", \"modified\": \"2026\", \"title\": {\"fr\": \"x\"},\n\"outputs\": [{\"id\": \"a\", \"kind\": \"text\", \"themes\": [\"\"]}]}",
			[]string{"2:52 empty-item outputs[0].themes[0]"}},
		{"JSON: characters that XML has no way to write", "c.json", "{\"id\": \"demo\", \"base\": \"https://example.org/\", \"modified\": \"2026\",\n\"title\": {\"fr\": \"\uffff\"}, \"outputs\": [{\"id\": \"a\", \"kind\": \"text\", \"version\": \"\ufffe\"}]}",
			[]string{"2:17 character title.fr", "2:74 character outputs[0].version"}},
		{"line ends of old Macs", "c.yaml", strings.ReplaceAll(heading+"outputs:\n- id: a\n  kind: text\n# here\n kind: text\n", "\n", "\r"), []string{"9:2 syntax "}},
		{"nothing", "c.yaml", " \n", []string{"1:1 empty "}},
		{"comments alone", "c.yaml", "# rien\n", []string{"1:1 empty "}},
		{"JSON: places are those of the JSON", "c.json", "{\n  \"id\": \"demo\",\n  \"base\": \"https://example.org/\",\n  \"modified\": \"2026\",\n  \"title\": {\"fr\": \"é\", \"q!\": \"x\"}, \"nope\": 1\n}",
			[]string{"5:24 language-tag title.q!", "5:36 unknown-key nope"}},
		{"JSON: broken", "c.json", "{\"id\": \"a\",\n  }", []string{"2:3 syntax "}},
		{"JSON: half a character", "c.json", "{\"id\": \"a\",\n \"title\": \"\\ud83d\"}", []string{"2:11 syntax "}},
		{"JSON: cut off", "c.json", "{\"id\": ", []string{"1:8 syntax "}},
		{"JSON: something behind", "c.json", "{} {}", []string{"1:4 syntax "}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cat, err := model.Parse(test.file, []byte(test.yaml))
			var load *model.LoadError
			if cat != nil || !errors.As(err, &load) {
				t.Fatalf("got catalogue %v and error %v, want a *LoadError alone", cat, err)
			}
			var got []string
			for _, p := range load.Problems {
				if p.File != test.file || p.Severity != model.Error {
					t.Errorf("problem %v has file %q and severity %v", p, p.File, p.Severity)
				}
				got = append(got, strings.TrimPrefix(strings.Fields(p.String())[0], test.file+":")+" "+p.Code+" "+p.Path)
			}
			for i := range got {
				got[i] = strings.Replace(got[i], ": ", " ", 1)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s\n%v", diff, err)
			}
		})
	}
}

// TestWhatCutsNothingOff: comments, anchors and signs that cost no text anything
// are nobody's mistake, whatever ends the lines.
func TestWhatCutsNothingOff(t *testing.T) {
	text := heading + `homepage: https://example.org/#a #page
licence: #unknown
description: #later
  #en: The group
  fr: "Le groupe #PLEIADES" #G
publisher:
  name: GTnum #---
groups:
  - &g
    id: g #short
    acronym: G ## the group
    title: |- #lines
      # the #Group
outputs:
  - id: a
    kind: text #unsure
    group: g #ours
    subjects: #none
    #title: {fr: A}
    abstract:
      fr: C# & F#, a & b, 5 * 3 ! – issue#12
`
	for _, end := range []string{"\n", "\r\n", "\r"} {
		if cat, err := model.Parse("c.yaml", []byte(strings.ReplaceAll(text, "\n", end))); err != nil || cat.Groups[0].Title[0].Value != "# the #Group" {
			t.Errorf("%q: %v", end, err)
		}
	}
}

func TestProblemsReadWell(t *testing.T) {
	_, err := model.Parse("cat.yaml", []byte(heading+"outputs:\n  - {id: a, kind: journal-artcle}\n"))
	var load *model.LoadError
	if !errors.As(err, &load) {
		t.Fatal(err)
	}
	const english = `cat.yaml:6:19: error: outputs[0].kind: "journal-artcle" is not one of the values; did you mean "journal-article"?; the command "gtnum schema" writes the JSON Schema, which lists them`
	if got := load.Error(); got != english {
		t.Errorf("got  %s\nwant %s", got, english)
	}
	french := "cat.yaml:6:19: erreur\u00a0: outputs[0].kind\u00a0: « journal-artcle » n’est pas une valeur admise (vouliez-vous « journal-article » ?)\u00a0; la commande « gtnum schema » écrit le schéma JSON, qui les donne toutes"
	if got := load.In(language.French); got != french {
		t.Errorf("got  %s\nwant %s", got, french)
	}
}

// TestProposals: who writes French, or half of a word, is told the value.
func TestProposals(t *testing.T) {
	for written, want := range map[string]string{
		"kind: jounal-article":       "vouliez-vous « journal-article »",
		"kind: article":              "vouliez-vous « journal-article »",
		"kind: text, tilte: T":       "vouliez-vous « title »",
		"kind: text, ulr: U":         "vouliez-vous « url »",
		"kind: jeu de données":       "vouliez-vous « dataset »",
		"kind: podcast":              "la commande « gtnum schema »",
		"kind: text, access: ouvert": "vouliez-vous « open »",
		"kind: text, access: fermé":  "écrivez une de ces valeurs\u00a0: open, embargoed, restricted, metadata-only",
		"kind: text, contributions: [{agent: {name: A}, role: traducteur}]":             "vouliez-vous « translator »", // not "producteur"
		"kind: text, relations: [{type: fait partie de, url: \"https://example.org\"}]": "vouliez-vous « isPartOf »",
		"kind: text, licence: Licence Ouverte":                                          "vouliez-vous « etalab-2.0 »",
	} {
		_, err := model.Parse("c.yaml", []byte(heading+"outputs:\n  - {id: a, "+written+"}\n"))
		var load *model.LoadError
		if !errors.As(err, &load) || len(load.Problems) != 1 || !strings.Contains(load.In(language.French), want) {
			t.Errorf("%s: got %v, want one problem with %q", written, err, want)
		}
	}
}

// TestASwapIsOneMistake: "knid" is "kind", one swap away, not "id", two letters
// away.
func TestASwapIsOneMistake(t *testing.T) {
	_, err := model.Parse("c.yaml", []byte(heading+"outputs:\n  - {id: a, knid: text}\n"))
	if err == nil || !strings.Contains(err.Error(), `did you mean "kind"?`) {
		t.Errorf("got %v", err)
	}
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "ab", 2}, {"ab", "", 2}, {"kind", "kind", 0}, {"knid", "kind", 1}, {"knid", "id", 2}, {"kidn", "kind", 1},
		{"ca", "abc", 3}, // what was swapped stays so: 2 in Damerau's own distance
		{"abcd", "badc", 2}, {"jounal", "journal", 1}, {"a", "b", 1},
	} {
		if got := model.EditDistance(test.a, test.b); got != test.want || model.EditDistance(test.b, test.a) != test.want {
			t.Errorf("%q, %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

// TestSyntaxIsExplained: what is wrong is said in both languages.
func TestSyntaxIsExplained(t *testing.T) {
	for _, test := range []struct{ file, text, french, english string }{
		{"c.yaml", "title: {fr: \"x}\n", "un guillemet ouvert n’est pas refermé", "found unexpected end of stream"},
		{"c.yaml", "title: a: b\n", "un deux-points de trop", "mapping values are not allowed"},
		{"c.yaml", "id: a\n\tbase: b\n", "il faut des espaces", "a tab character"},
		{"c.yaml", "id: a\nlanguages:\n\t- fr\n", "il faut des espaces", "a tab character"},
		{"c.yaml", "outputs:\n  - id: a\n  \u00a0 kind: text\n    issued: 2024\n", "une espace insécable sert d’alignement", "a no-break space"},
		{"c.yaml", "id: a\ntitle:\u202f{fr: b}\n", "une espace insécable\u00a0: retapez", "a no-break space: type"},
		{"c.yaml", "id: a\nhomepage:https://example.org/\n", "ou une espace derrière", "could not find expected ':'"},
		{"c.yaml", "id: @a\n", "sauf entre guillemets", "cannot start any token"},
		{"c.json", `{"id": "a",}`, "« } » au lieu d’une clé", "'}' looking for beginning of object key"},
		{"c.json", `{"id": "a" "base": 1}`, "« \" » au lieu d’une virgule", "after object key:value pair"},
		{"c.json", "{\"id\": \"a\nb\"}", "un saut de ligne s’y écrit \\n", "in string literal"},
		{"c.json", `{"id": %`, "« % » au lieu d’une valeur", "'%' looking for beginning of value"},
		{"c.json", `{"id": "\ud83d"}`, "la moitié d’un caractère", "invalid surrogate pair"},
		{"c.json", `{"id": "a"`, "s’arrête trop tôt", "ends too early"},
	} {
		_, err := model.Parse(test.file, []byte(test.text))
		var load *model.LoadError
		if !errors.As(err, &load) || !strings.Contains(load.In(language.French), test.french) || !strings.Contains(load.Error(), test.english) {
			t.Errorf("%q: got %v, want %q and %q", test.text, err, test.french, test.english)
		}
	}
}

func TestLoadNormalises(t *testing.T) {
	cat, err := model.Parse("c.yaml", []byte("\ufeff"+heading+`outputs:
  - id: a
    kind: dataset
    url: https://zenodo.org/record/7648514?utm_source=x#.ZDe-P-xBzGE
    title: {fr: "e\u0301te\u0301", en: summer}
    licence: http://creativecommons.org/licenses/by/4.0/deed.fr
    identifiers: [https-is-no-scheme]
`))
	if err == nil {
		t.Fatal("an identifier without scheme was accepted", cat)
	}
	cat, err = model.Parse("c.yaml", []byte("\ufeff"+heading+`outputs:
  - id: a
    kind: dataset
    url: https://zenodo.org/record/7648514?utm_source=x#.ZDe-P-xBzGE
    title: {fr: "e\u0301te\u0301", en: summer}
    licence: http://creativecommons.org/licenses/by/4.0/deed.fr
    identifiers: ["doi:https://doi.org/10.5281/ZENODO.7648514"]
    container: {title: {fr: Revue}, volume: 12}
`))
	if err != nil {
		t.Fatal(err)
	}
	o := cat.Outputs[0]
	for _, c := range []struct{ what, got, want string }{
		{"address", o.URL, "https://zenodo.org/record/7648514"},
		{"composed accents", o.Title[0].Value, "été"},
		{"licence by its page", string(o.Licence), "CC-BY-4.0"},
		{"DOI", o.Identifiers[0].String(), "doi:10.5281/zenodo.7648514"},
		{"a number where a string is meant", o.Container.Volume, "12"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestSaveAndLoadAreInverse(t *testing.T) {
	cat := full()
	for _, format := range []struct {
		file  string
		write func(*bytes.Buffer) error
	}{
		{"c.json", func(b *bytes.Buffer) error { return cat.WriteJSON(b) }},
		{"c.yaml", func(b *bytes.Buffer) error { return cat.WriteYAML(b) }},
	} {
		var b, again bytes.Buffer
		if err := format.write(&b); err != nil {
			t.Fatal(err)
		}
		got, err := model.Read(bytes.NewReader(b.Bytes()), format.file)
		if err != nil {
			t.Fatalf("%s: %v\n%s", format.file, err, b.String())
		}
		if diff := cmp.Diff(cat, got, exact); diff != "" {
			t.Errorf("%s (-saved +loaded):\n%s", format.file, diff)
		}
		if format.write(&again); !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: two saves differ", format.file)
		}
	}
}

func FuzzParse(f *testing.F) {
	var y, j bytes.Buffer
	full().WriteYAML(&y)
	full().WriteJSON(&j)
	f.Add("c.yaml", y.Bytes())
	f.Add("c.json", j.Bytes())
	f.Add("c.yaml", []byte(heading+"outputs: [{id: a, kind: text, title: {fr: x}}]"))
	f.Add("c.yaml", []byte("&a [*a]"))
	f.Add("c.json", []byte(`{"id": 1e9, "title": [[[]]]}`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		cat, err := model.Parse(name, data)
		if err != nil {
			var load *model.LoadError
			if !errors.As(err, &load) || len(load.Problems) == 0 {
				t.Fatalf("error without problems: %v", err)
			}
			return
		}
		cat.Validate()
		var b bytes.Buffer
		if err := cat.WriteYAML(&b); err != nil {
			t.Fatal(err)
		}
		again, err := model.Parse("again.yaml", b.Bytes())
		if err != nil {
			t.Fatalf("what was saved does not load: %v\n%s", err, b.String())
		}
		if diff := cmp.Diff(cat, again, exact); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
	})
}
