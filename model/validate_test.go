package model_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// complete is a data set that no harvester loses anything of.
const complete = heading + `contacts: [{kind: organisation, name: C, email: c@example.org}]
agents: [{id: a, kind: person, name: Ada}]
groups:
  - {id: g, title: {fr: G}, axes: [{id: x, title: {fr: X}}, {id: y, title: {fr: Y}}]}
outputs:
  - id: d
    kind: dataset
    group: g
    title: {fr: Données}
    abstract: {fr: "Un résumé assez long pour que Google le montre, cinquante signes."}
    contributions: [{agent: a, role: author}]
    identifiers: ["doi:10.5281/zenodo.7648514"]
    url: https://zenodo.org/record/7648514
    issued: 2023
    languages: [fr]
    licence: etalab-2.0
    access: open
    subjects: [{label: {fr: école}}]
    files: [{url: "https://example.org/a.csv", mediaType: text/csv, size: 12, checksum: {algorithm: md5, value: d41d8cd98f00b204e9800998ecf8427e}}]
`

func TestACompleteDatasetHasNoProblem(t *testing.T) {
	cat, err := model.Parse("c.yaml", []byte(complete))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range cat.Validate() {
		t.Error(p)
	}
}

// TestValidateFindsEachProblem breaks the complete data set in one place at a
// time.
func TestValidateFindsEachProblem(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           []string // severity code path
	}{
		{"title", "    title: {fr: Données}\n", "", []string{"warning title-missing outputs[0].title"}},
		{"title that is a file's name", "{fr: Données}", "{fr: enquete_2021-v2.PDF}", []string{"warning title-file-name outputs[0].title"}},
		{"author", "    contributions: [{agent: a, role: author}]\n", "", []string{"warning author-missing outputs[0].contributions"}},
		{"date", "    issued: 2023\n", "", []string{"warning issued-missing outputs[0].issued"}},
		{"licence", "    licence: etalab-2.0\n", "", []string{"warning licence-missing outputs[0].licence"}},
		{"licence of no register", "etalab-2.0", "https://example.org/l", []string{"warning licence-unknown outputs[0].licence"}},
		{"access", "    access: open\n", "", []string{"warning access-missing outputs[0].access"}},
		{"embargo without end", "access: open", "access: embargoed", []string{"warning embargo-date outputs[0].available"}},
		{"abstract", `    abstract: {fr: "Un résumé assez long pour que Google le montre, cinquante signes."}` + "\n", "", []string{"warning abstract-missing outputs[0].abstract"}},
		{"abstract too short", ` assez long pour que Google le montre, cinquante signes`, "", []string{"warning abstract-length outputs[0].abstract"}},
		{"no persistent identifier", `    identifiers: ["doi:10.5281/zenodo.7648514"]` + "\n", "", []string{"notice doi-missing outputs[0].identifiers"}},
		{"no address at all", "    identifiers: [\"doi:10.5281/zenodo.7648514\"]\n    url: https://zenodo.org/record/7648514\n", "", []string{"warning url-missing outputs[0].url", "notice doi-missing outputs[0].identifiers"}},
		{"no file", `    files: [{url: "https://example.org/a.csv", mediaType: text/csv, size: 12, checksum: {algorithm: md5, value: d41d8cd98f00b204e9800998ecf8427e}}]` + "\n", "", []string{"warning file-missing outputs[0].files"}},
		{"file without media type", "mediaType: text/csv, ", "", []string{"warning media-type-missing outputs[0].files[0].mediaType"}},
		{"bad media type", "text/csv", "CSV", []string{"warning media-type outputs[0].files[0].mediaType"}},
		{"bad checksum", "d41d8cd98f", "d41d8", []string{"warning checksum outputs[0].files[0].checksum"}},
		{"negative size", "size: 12", "size: -1", []string{"error size outputs[0].files[0].size"}},
		{"no contact", "contacts: [{kind: organisation, name: C, email: c@example.org}]\n", "", []string{"warning contact-missing outputs[0].contacts"}},
		{"contact that cannot be reached", ", email: c@example.org", "", []string{"warning contact-unreachable contacts[0]"}},
		{"contact without a name", "{kind: organisation, name: C, email: c@example.org}", "{email: c@example.org}", []string{"warning agent-name contacts[0]"}},
		{"agents without a name", "issued: 2023", "issued: 2023\n    publisher: {id: p, kind: organisation}\n    funding: [{funder: {kind: organisation, name: F, partOf: {homepage: 'https://example.org/'}}}]", []string{"warning agent-name outputs[0].publisher", "warning agent-name outputs[0].funding[0].funder.partOf[0]"}},
		{"no e-mail address", "c@example.org", "c at example", []string{"warning email contacts[0].email"}},
		{"short keyword", "fr: école", "fr: éc", []string{"warning keyword-short outputs[0].subjects[0]"}},
		{"text without language", "{fr: école}", "école", []string{"notice text-no-language outputs[0].subjects[0].label"}},
		{"long acronym", "{id: g, ", "{id: g, acronym: " + strings.Repeat("x", 129) + ", ", []string{"warning acronym-long groups[0].acronym"}},
		{"axes that the source does not settle", "group: g\n", "group: g\n    axisCandidates: [x, y]\n", []string{"warning axis-unsure outputs[0].axisCandidates"}},
		{"gap of a source", "{id: g, ", "{id: g, gaps: [{missing: name, printed: DANE}], ", []string{"warning gap groups[0].gaps[0]"}},
		{"period backwards", "issued: 2023", "issued: 2023\n    temporal: [{start: 2023, end: 2020}]", []string{"warning period outputs[0].temporal[0]"}},
		{"period that may be forwards", "issued: 2023", "issued: 2023\n    temporal: [{start: 2023-05, end: 2023}, {start: 2023-05-02, end: 2023-05}]", nil},
		{"period of months backwards", "issued: 2023", "issued: 2023\n    temporal: [{start: 2023-05-02, end: 2023-04}]", []string{"warning period outputs[0].temporal[0]"}},
		{"e-mail address with a name", "c@example.org", "'C <c@example.org>'", []string{"warning email contacts[0].email"}},
		{"addresses without a scheme", "issued: 2023", "issued: 2023\n    themes: [EDUC]\n    spatial: [{label: {fr: Lyon}, iri: Lyon}]\n    publisher: {name: P, homepage: www.example.org}",
			[]string{"warning address outputs[0].themes[0]", "warning address outputs[0].spatial[0].iri", "warning address outputs[0].publisher.homepage"}},
		{"addresses that lead nowhere", "issued: 2023", "issued: 2023\n    publisher: {name: P, homepage: 'http:/example.org'}\n    contacts: [{name: C, homepage: 'https://'}, {name: D, homepage: \"https://example.org/\\u200B\"}]",
			[]string{"warning address outputs[0].publisher.homepage", "warning address outputs[0].contacts[0].homepage", "warning address outputs[0].contacts[1].homepage"}},
		{"e-mail address with what cannot be seen", "c@example.org", "\"c@example.org\\u200B\"", []string{"warning email contacts[0].email"}},
		{"same address twice", "outputs:\n", "outputs:\n  - {id: b, kind: image, status: withdrawn, url: https://zenodo.org/record/7648514}\n  - {id: c, kind: image, title: {fr: I}, abstract: {fr: I}, access: restricted, issued: 2023, contributions: [{agent: a, role: author}], url: https://zenodo.org/record/7648514, identifiers: ['doi:10.1234/x']}\n",
			[]string{"warning same-url outputs[2].url"}},
		{"a letter that an encoding lost", "{fr: Données}", "{fr: Donn\ufffdes}", []string{"warning character-lost outputs[0].title"}},
		{"a letter that an encoding lost in a name", "name: Ada", "name: Ad\ufffd", []string{"warning character-lost agents[0].name"}},
		{"a relation of no type, a link to nowhere", "issued: 2023", "issued: 2023\n    relations: [{type: '', url: https://example.org/b}]\n    links: [{url: ''}]",
			[]string{"error required outputs[0].relations[0].type", "error required outputs[0].links[0].url"}},
		{"a series", "427e}}]\n", "427e}}]\n    series: s\n  - {id: s, kind: dataset-series, status: withdrawn}\n", nil},
		{"a series of another kind", "427e}}]\n", "427e}}]\n    series: s\n  - {id: s, kind: report, status: withdrawn}\n", []string{"warning series-kind outputs[0].series"}},
		{"same DOI twice", "outputs:\n", "outputs:\n  - {id: c, kind: image, title: {fr: I}, abstract: {fr: I}, access: restricted, issued: 2023, contributions: [{agent: a, role: author}], identifiers: ['issn:2260-0183', 'doi:10.5281/zenodo.7648514']}\n",
			[]string{"warning same-identifier outputs[1].identifiers[0]"}},
		{"address that is another's DOI", "outputs:\n", "outputs:\n  - {id: c, kind: image, title: {fr: I}, abstract: {fr: I}, access: restricted, issued: 2023, contributions: [{agent: a, role: author}], identifiers: ['doi:10.1234/x'], url: 'https://doi.org/10.5281/zenodo.7648514'}\n",
			[]string{"warning same-identifier outputs[1].identifiers[0]"}},
		{"agent without name", "kind: person, name: Ada", "kind: person", []string{"error required agents[0].name"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			broken := strings.Replace(complete, test.old, test.new, 1)
			if broken == complete {
				t.Fatalf("%q is not in the complete data set", test.old)
			}
			cat, err := model.Parse("c.yaml", []byte(broken))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range cat.Validate() {
				got = append(got, strings.Join([]string{p.Severity.String(), p.Code, p.Path}, " "))
				if p.Line == 0 || p.File != "c.yaml" {
					t.Errorf("%v has no place", p)
				}
				if p.Severity == model.Warning && len(p.Loss) == 0 {
					t.Errorf("%v does not say what is lost", p)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValidateNeedsNoFile(t *testing.T) {
	cat := &model.Catalogue{ID: "a b", Outputs: []model.Output{{}}}
	var errs []string
	for _, p := range cat.Validate() {
		if p.Severity == model.Error {
			errs = append(errs, p.In(language.French))
		}
	}
	for _, want := range []string{"id\u00a0:", "base\u00a0:", "title", "modified", "outputs[0].id", "outputs[0].kind"} {
		if !strings.Contains(strings.Join(errs, "\n"), want) {
			t.Errorf("no error tells of %q:\n%s", want, strings.Join(errs, "\n"))
		}
	}
}
