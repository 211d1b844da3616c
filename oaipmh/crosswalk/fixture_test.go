package crosswalk

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got)+"\n" != string(want) {
		t.Errorf("%s differs; go test -update rewrites it.\ngot:\n%s", path, got)
	}
}

// render is the metadata of a record in a format.
func render(t *testing.T, prefix string, r model.Record) []byte {
	t.Helper()
	f := formatOf(t, prefix)
	got, err := f.Append(nil, r)
	if err != nil {
		t.Fatalf("%s: %v", prefix, err)
	}
	return got
}

func formatOf(t testing.TB, prefix string) oaipmh.Format[model.Record] {
	t.Helper()
	for _, f := range Formats(Options{}) {
		if f.Prefix == prefix {
			return f
		}
	}
	t.Fatalf("no format %q", prefix)
	panic("unreachable")
}

func date(s string) model.Date {
	d, err := model.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func id(s string) model.Identifier {
	i, err := model.ParseIdentifier(s)
	if err != nil {
		panic(err)
	}
	return i
}

// fullRecord is a record with every field filled, in French, English and
// Arabic, with the characters that break XML.
func fullRecord() model.Record {
	c := heading()
	return model.Record{Catalogue: c, Output: &model.Output{
		ID:    "inegalites-classe-a-distance",
		Kind:  "journal-article",
		Group: "pleiades",
		Axes:  []string{"interactions", "acces"},
		Title: model.Text{
			{Lang: language.French, Value: "Inégalités & « classe à distance »"},
			{Lang: language.English, Value: "Inequalities & <distance> learning"},
			{Lang: language.Arabic, Value: "التعليم عن بعد"},
		},
		Subtitle:          text("l’école \"à la maison\"", "school \"at home\""),
		AlternativeTitles: []model.Text{model.NewText("fr", "La classe à la maison")},
		Abstract: model.Text{
			{Lang: language.French, Value: "Ce que le confinement fait aux apprentissages <1er degré>.\nDeux lignes."},
			{Lang: language.English, Value: "What lockdown does to learning."},
		},
		Subjects: []model.Subject{
			{Label: text("enseignement à distance", "distance education"), IRI: "http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-015-num-1234"},
			{Label: model.NewText("fr", "Education"), Scheme: "hal-domain", Code: "shs.edu"},
			{Scheme: "http://dewey.info/scheme/", Code: "371.35"},
			{Label: text("confinement", "lockdown")},
		},
		Languages: []language.Tag{language.French, language.English},
		Version:   "2",
		Contributions: []model.Contribution{
			{Agent: model.Agent{ID: "netter"}, Role: model.Author},
			{Agent: model.Agent{Kind: model.Person, Name: "Filippo Pirone"}, Role: model.Author, Affiliations: []model.Agent{{ID: "circeft"}}},
			{Agent: model.Agent{ID: "circeft"}, Role: "research-group"},
			{Agent: model.Agent{Kind: model.Person, Name: "Anne O’Neil <éd.>", GivenName: "Anne", FamilyName: "O’Neil <éd.>"}, Role: "translator"},
		},
		Publisher: model.Agent{Kind: model.Organisation, Name: "Université de Nantes & associés", Identifiers: []model.Identifier{id("ror:03gnr7b55")}},
		Contacts:  []model.Agent{{Kind: model.Organisation, Name: "Secrétariat de la revue", Email: "revue@example.org"}},
		Funding: []model.Funding{{
			Funder: model.Agent{ID: "dne"}, Award: "GT/12", Programme: "GTnum", Acronym: "PLEIADES",
			Title: model.NewText("fr", "Continuité pédagogique & inégalités"), URI: "https://example.org/gtnum/12?a=1&b=2",
		}},
		Container: &model.Container{
			Title: model.NewText("fr", "Recherches en éducation"), Kind: "journal",
			Identifiers: []model.Identifier{id("issn:1954-3077")},
			Publisher:   "Université de Nantes", Volume: "49", Issue: "2", Pages: "12-34",
			Editors: []model.Agent{{Kind: model.Person, Name: "Marie Curie", GivenName: "Marie", FamilyName: "Curie"}}, URL: "https://journals.openedition.org/ree/",
		},
		Conference: &model.Conference{
			Title: model.NewText("fr", "Colloque « Numérique & école »"), Place: "Créteil", Country: "FR",
			Period: model.Period{Start: date("2022-06-01"), End: date("2022-06-03")},
		},
		URL:         "https://journals.openedition.org/ree/11158?a=1&b=2",
		Identifiers: []model.Identifier{id("hal:hal-03526140v1"), id("doi:10.4000/ree.11158"), id("ark:ark:12148/btv1b8449691v"), id("isbn:978-2-07-036822-8"), id("local:A-42")},
		Links:       []model.Link{{URL: "https://edunumrech.hypotheses.org/2875", Title: model.NewText("fr", "Billet"), Kind: "blog"}},
		Files: []model.File{
			{URL: "https://journals.openedition.org/ree/pdf/11158.pdf", Title: model.NewText("fr", "Article"), MediaType: "application/pdf", Size: 1234567, Checksum: model.Checksum{Algorithm: "sha256", Value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}, Access: model.Open},
			{URL: "https://journals.openedition.org/ree/csv/11158.csv", Title: model.NewText("fr", "Tableaux"), MediaType: "text/csv", Size: 987, Licence: "etalab-2.0", Access: model.Restricted},
		},
		Relations: []model.Relation{
			{Type: "isSupplementedBy", Output: "questionnaires", Kind: "dataset"},
			{Type: "cites", Identifier: id("doi:10.5281/zenodo.7648514"), Kind: "dataset", Title: model.NewText("fr", "Entretiens")},
			{Type: "isTranslationOf", URL: "https://example.org/original?x=1&y=2"},
		},
		Issued:   date("2023-05-12"),
		Created:  date("2022"),
		Accepted: date("2023-01"),
		Modified: date("2023-06-01T08:30:00Z"),
		Duration: model.Duration(90 * time.Second),
		Licence:  "CC-BY-4.0",
		Access:   model.Open,
		Rights:   text("© les auteurs", "© the authors"),
		Temporal: []model.Period{{Start: date("2020-03-17"), End: date("2020-05-11")}},
		Spatial:  []model.Place{{Label: text("Créteil", "Créteil (France)"), IRI: "http://id.insee.fr/geo/commune/94028", Box: model.Box{West: 2.43, South: 48.76, East: 2.48, North: 48.81}}},
		Education: &model.Education{
			Audience:      []model.Concept{{IRI: "http://data.education.fr/voc/scolomfr/concept/teacher", Label: text("enseignant", "teacher")}},
			Levels:        []model.Concept{{IRI: "http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-022-num-016", Label: text("collège", "lower secondary school")}},
			ResourceTypes: []model.Concept{{IRI: "http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-010-num-006", Label: model.NewText("fr", "étude de cas")}},
			Activities:    []model.Concept{{IRI: "http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-019-num-008", Label: model.NewText("fr", "lire")}},
			Description:   model.NewText("fr", "Pour la formation des enseignants."),
		},
		ConformsTo: []model.Link{{URL: "https://www.w3.org/TR/tabular-data-model/", Title: model.NewText("en", "Model for Tabular Data")}},
		Datestamp:  date("2023-06-02T10:00:00Z"),
		Provenance: model.Provenance{Source: "brochure", Origins: []model.Origin{
			{BaseURL: "https://api.archives-ouvertes.fr/oai/hal/", Identifier: "oai:HAL:hal-03526140v1", Datestamp: date("2023-05-30"), MetadataNamespace: "http://www.tei-c.org/ns/1.0", Harvested: date("2023-06-01T08:30:00Z"), Altered: true},
			{BaseURL: "https://metadata.openedition.org/oai", Identifier: "oai:revues.org:ree/11158", Datestamp: date("2023-05-12T00:00:00Z"), MetadataNamespace: "http://www.openarchives.org/OAI/2.0/oai_dc/", Harvested: date("2023-05-29")},
		}},
	}}
}

// bareRecord is a record of which only the kind and the address are known.
func bareRecord() model.Record {
	c := heading()
	return model.Record{Catalogue: c, Output: &model.Output{
		ID: "video-1", Kind: "video", Group: "pleiades",
		URL:         "https://tube-numerique-educatif.apps.education.fr/w/kkKkuQtzCfSY3owaZxjG69",
		Identifiers: model.IdentifiersOf("https://tube-numerique-educatif.apps.education.fr/w/kkKkuQtzCfSY3owaZxjG69"),
	}}
}

// untitledRecord has all that a format can demand but a title, an author and a
// publisher.
func untitledRecord() model.Record {
	r := bareRecord()
	r.Output.Issued, r.Output.Access = date("2023-05"), model.Embargoed
	r.Output.Accepted, r.Output.Available = date("2023-04-01"), date("2024-01-01")
	return r
}

func heading() *model.Catalogue {
	return &model.Catalogue{
		ID: "gtnum", Base: "https://example.org/gtnum/", Title: text("Catalogue des GTnum", "Catalogue of the GTnum"),
		Modified: date("2023-05"), Licence: "etalab-2.0",
		Publisher: model.Agent{ID: "dne"},
		Programme: model.Programme{
			ID: "gtnum", Acronym: "GTnum", Title: text("Groupes thématiques numériques", "Digital research groups"),
			Description: text("Recherche-action coordonnée par la DNE.", "Action research coordinated by the DNE."), Coordinator: model.Agent{ID: "dne"},
		},
		Agents: []model.Agent{
			{ID: "dne", Kind: model.Organisation, Name: "Direction du numérique pour l’éducation", Identifiers: []model.Identifier{id("siren:110043015")}},
			{ID: "circeft", Kind: model.Organisation, Name: "Circeft-Escol", Identifiers: []model.Identifier{id("ror:05ggc9x40")}},
			{ID: "netter", Kind: model.Person, Name: "Julien Netter", GivenName: "Julien", FamilyName: "Netter", Identifiers: []model.Identifier{id("orcid:0000-0002-1825-0097"), id("idref:026927608")}, Affiliations: []model.Agent{{ID: "circeft"}}},
		},
		Groups: []model.Group{{
			ID: "pleiades", Acronym: "#PLEIADES", Title: model.NewText("fr", "GTnum #PLEIADES"),
			Description: text("Prévenir les inégalités d’apprentissage & d’accès.", "Preventing inequalities of learning & access."),
			Axes: []model.Axis{
				{ID: "acces", Title: model.NewText("fr", "Inégalités d’accès à la classe à distance"), Description: model.NewText("fr", "Équipement et maîtrise.")},
				{ID: "interactions", Title: model.NewText("fr", "Interactions dans la classe à distance")},
			},
		}},
	}
}
