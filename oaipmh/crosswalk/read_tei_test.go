package crosswalk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// tei wraps the parts of a record of HAL's.
func tei(bibl, back string) string {
	return `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><publicationStmt><availability><licence target="http://creativecommons.org/licenses/by/4.0/"/></availability></publicationStmt></fileDesc></teiHeader>` +
		`<text><body><listBibl><biblFull>` + bibl + `</biblFull></listBibl></body><back>` + back + `</back></text></TEI>`
}

func TestReadTEI(t *testing.T) {
	const hal = `<publicationStmt><idno type="halId">hal-01234567</idno><idno type="halUri">https://hal.science/hal-01234567</idno>`
	for _, c := range []struct {
		name, bibl, back string
		want             func(o *model.Output) any
		is               any
	}{
		{"the licence of the description is not the deposit's", `<publicationStmt/>`, "",
			func(o *model.Output) any { return o.Licence }, model.Licence("")},
		{"a licence without version keeps its address", `<publicationStmt><availability><licence target="http://creativecommons.org/licenses/by-nc-sa/">Attribution</licence></availability></publicationStmt>`, "",
			func(o *model.Output) any { return o.Licence }, model.Licence("http://creativecommons.org/licenses/by-nc-sa/")},
		{"the exact licence within counts", `<publicationStmt><availability><licence target="http://creativecommons.org/licenses/by-sa/">BY-SA<ref target="https://creativecommons.org/licenses/by-sa/4.0/"/></licence></availability></publicationStmt>`, "",
			func(o *model.Output) any { return o.Licence }, model.Licence("CC-BY-SA-4.0")},
		{"a file that HAL shows is open", hal + `</publicationStmt><editionStmt><edition type="current"><ref type="file" target="https://hal.science/hal-01234567/document"/></edition></editionStmt>`, "",
			func(o *model.Output) any { return o.Access }, model.Open},
		{"a file is under embargo until its end", hal + `</publicationStmt><editionStmt><edition type="current"><date type="whenEndEmbargoed">2030-01-01</date><ref type="file" target="https://hal.science/hal-01234567/document"/></edition></editionStmt>`, "",
			func(o *model.Output) any { return o.Access }, model.Embargoed},
		{"no file says nothing of access", hal + `</publicationStmt><editionStmt><edition type="current"/></editionStmt>`, "",
			func(o *model.Output) any { return o.Access }, model.Access("")},
		{"the address that shows a file is no second file", hal + `</publicationStmt><editionStmt><edition type="current"><ref type="file" target="https://hal.science/hal-01234567/document"/><ref type="file" n="1" target="https://hal.science/hal-01234567/file/a.pdf"/></edition></editionStmt>`, "",
			func(o *model.Output) any { return o.Files }, []model.File{{URL: "https://hal.science/hal-01234567/file/a.pdf", MediaType: "application/pdf"}}},
		{"other versions are relations", hal + `</publicationStmt><editionStmt><edition n="v1"/><edition n="v2" type="current"/><edition n="v10"/></editionStmt>`, "",
			func(o *model.Output) any { return o.Relations }, []model.Relation{
				{Type: "isNewVersionOf", Identifier: id("hal:hal-01234567v1")}, {Type: "isPreviousVersionOf", Identifier: id("hal:hal-01234567v10")},
			}},
		{"a second title in one language is an alternative", `<titleStmt><title xml:lang="en">A</title><title xml:lang="eng">B</title><title type="sub" xml:lang="en">C</title></titleStmt>`, "",
			func(o *model.Output) any { return []any{o.Title, o.AlternativeTitles, o.Subtitle} },
			[]any{model.NewText("en", "A"), []model.Text{model.NewText("en", "B")}, model.NewText("en", "C")}},
		{"a name without forename is not told apart", `<titleStmt><author role="aut"><persName><forename/><surname>Ada Lovelace</surname></persName></author></titleStmt>`, "",
			func(o *model.Output) any { return o.Contributions },
			[]model.Contribution{{Agent: model.Agent{Kind: model.Person, Name: "Ada Lovelace"}, Role: model.Author}}},
		{"the corresponding author is an author", `<titleStmt><author role="crp"><persName><forename type="first">Ada</forename><forename type="middle">K.</forename><surname>Lovelace</surname></persName></author></titleStmt>`, "",
			func(o *model.Output) any { return o.Contributions },
			[]model.Contribution{{Agent: model.Agent{Kind: model.Person, Name: "Ada K. Lovelace", GivenName: "Ada K.", FamilyName: "Lovelace"}, Role: model.Author, Label: correspondingAuthor}}},
		{"a structure is part of several, and by way of them of others", `<titleStmt><author role="aut"><orgName>X</orgName><affiliation ref="#a"/></author></titleStmt>`,
			`<listOrg type="structures"><org xml:id="a"><orgName>A</orgName><listRelation><relation active="#b" type="direct"/><relation active="#d" type="indirect"/><relation active="#c" type="direct"/></listRelation></org>` +
				`<org xml:id="b"><orgName>B</orgName><listRelation><relation active="#d" type="direct"/></listRelation></org><org xml:id="c"><orgName>C</orgName></org><org xml:id="d"><orgName>D</orgName></org></listOrg>`,
			func(o *model.Output) any { return o.Contributions[0].Affiliations },
			[]model.Agent{{Kind: model.Organisation, Name: "A", PartOf: model.Wholes{
				{Kind: model.Organisation, Name: "B", PartOf: model.Wholes{organisation("D")}}, organisation("C")}}}},
		{"a structure is part of its whole, in circles too", `<titleStmt><author role="aut"><orgName>X</orgName><affiliation ref="#a"/></author></titleStmt>`,
			`<listOrg type="structures"><org xml:id="a" type="laboratory"><orgName>A</orgName><orgName type="acronym">a</orgName><idno type="ROR">https://ror.org/05ggc9x40</idno><listRelation><relation active="#b" type="direct"/></listRelation></org>` +
				`<org xml:id="b" type="institution"><orgName>B</orgName><listRelation><relation active="#a" type="direct"/></listRelation></org></listOrg>`,
			func(o *model.Output) any { return o.Contributions[0].Affiliations },
			[]model.Agent{{Kind: model.Organisation, Name: "A", Identifiers: []model.Identifier{id("ror:05ggc9x40")}, PartOf: model.Wholes{{Kind: model.Organisation, Name: "B"}}}}},
		{"a project names its funder and award", `<titleStmt><funder ref="#p"/><funder>A foundation</funder></titleStmt>`,
			`<listOrg type="projects"><org xml:id="p" type="anrProject"><idno type="anr">ANR-12-X</idno><idno type="program">P</idno><orgName>ACRO</orgName><desc>Title</desc></org></listOrg>`,
			func(o *model.Output) any { return o.Funding }, []model.Funding{
				{Funder: projectFunders["anrProject"], Award: "ANR-12-X", Programme: "P", Acronym: "ACRO", Title: model.NewText("und", "Title")},
				{Funder: model.Agent{Name: "A foundation"}},
			}},
		{"pages without a container are the output's own", `<sourceDesc><biblStruct><monogr><imprint><publisher>P</publisher><biblScope unit="pp">220</biblScope></imprint></monogr></biblStruct></sourceDesc>`, "",
			func(o *model.Output) any { return []any{o.Container, o.Publisher.Name} }, []any{(*model.Container)(nil), "P"}},
		{"the date of publication is the source's", `<editionStmt><edition type="current"><date type="whenProduced">2020-05-01</date></edition></editionStmt><sourceDesc><biblStruct><monogr><imprint><date type="dateEpub">2020-04</date><date type="datePub">2020-05</date></imprint></monogr></biblStruct></sourceDesc>`, "",
			func(o *model.Output) any { return o.Issued.String() }, "2020-05"},
		{"a thesis has its institution and supervisor", `<sourceDesc><biblStruct><monogr><imprint><date type="dateDefended">2020</date></imprint><authority type="institution">U</authority><authority type="supervisor">S</authority></monogr></biblStruct></sourceDesc><profileDesc><textClass><classCode scheme="halTypology" n="THESE"/></textClass></profileDesc>`, "",
			func(o *model.Output) any {
				return []any{o.Kind, len(o.Contributions), o.Contributions[1].Role, o.Issued.Year()}
			},
			[]any{model.Kind("doctoral-thesis"), 2, model.Role("supervisor"), 2020}},
		{"HAL's public domain mark names no version, since there is one", `<publicationStmt><availability><licence target="http://creativecommons.org/choose/mark/"/></availability></publicationStmt>`, "",
			func(o *model.Output) any { return o.Licence }, model.Licence("CC-PDM-1.0")},
		{"a person with an address, a page and HAL's own name", `<titleStmt><author role="aut"><persName><forename>Ada</forename><surname>Lovelace</surname></persName><email>ada@example.org</email><email type="md5">d41d8cd9</email><ptr type="url" target="https://example.org/ada"/><idno type="idhal" notation="string">ada-lovelace</idno><idno type="idhal" notation="numeric">12</idno><idno type="ORCID">https://orcid.org/0000-0002-1825-0097</idno></author></titleStmt>`, "",
			func(o *model.Output) any { return o.By(model.Author) }, []model.Agent{{
				Kind: model.Person, Name: "Ada Lovelace", GivenName: "Ada", FamilyName: "Lovelace", Email: "ada@example.org", Homepage: "https://example.org/ada",
				Identifiers: []model.Identifier{{Scheme: model.Local, Value: "idhal:ada-lovelace"}, id("orcid:0000-0002-1825-0097")}}}},
		{"an author that is an organisation, and employers by reference and by name", `<titleStmt><author role="aut"><orgName>Collectif</orgName></author><author role="aut"><persName><forename>Ada</forename><surname>Lovelace</surname></persName><orgName ref="#a"/><orgName>Atelier</orgName></author><author role="aut"/></titleStmt>`,
			`<listOrg type="structures"><org xml:id="a"><orgName>A</orgName><desc><ref type="url">https://example.org/a</ref></desc></org></listOrg>`,
			func(o *model.Output) any { return o.By(model.Author) }, []model.Agent{organisation("Collectif"), {
				Kind: model.Person, Name: "Ada Lovelace", GivenName: "Ada", FamilyName: "Lovelace",
				Affiliations: []model.Agent{{Kind: model.Organisation, Name: "A", Homepage: "https://example.org/a"}, organisation("Atelier")}}}},
		{"a book has its own number and editor", `<sourceDesc><biblStruct><monogr><idno type="isbn">978-2-07-036822-8</idno><idno type="localRef">R 12</idno><editor>Marie Curie</editor></monogr></biblStruct></sourceDesc>`, "",
			func(o *model.Output) any { return []any{o.Identifiers, o.Contributions, o.Container} },
			[]any{[]model.Identifier{id("isbn:9782070368228"), {Scheme: model.Local, Value: "localRef:R 12"}}, []model.Contribution{{Agent: model.Agent{Name: "Marie Curie"}, Role: "editor"}}, (*model.Container)(nil)}},
		{"a chapter is in a book with a number and editors", `<sourceDesc><biblStruct><monogr><title level="m">Livre</title><title level="m">Autre titre</title><idno type="isbn">978-2-07-036822-8</idno><editor>Marie Curie</editor></monogr></biblStruct></sourceDesc>`, "",
			func(o *model.Output) any { return []any{o.Identifiers, o.Container} },
			[]any{[]model.Identifier(nil), &model.Container{Title: model.NewText("und", "Livre"), Kind: "book", Identifiers: []model.Identifier{id("isbn:9782070368228")}, Editors: []model.Agent{{Name: "Marie Curie"}}}}},
		{"the place that an image shows", `<profileDesc><textClass><classCode scheme="halTypology" n="IMG">Image</classCode></textClass></profileDesc><sourceDesc><biblStruct><monogr><settlement>Créteil</settlement><country key="FR">France</country></monogr></biblStruct></sourceDesc>`, "",
			func(o *model.Output) any { return o.Spatial }, []model.Place{{Label: model.NewText("und", "Créteil, France")}}},
		{"the people and the institution of a thesis", `<profileDesc><textClass><classCode scheme="halTypology" n="THESE">Thèse</classCode></textClass></profileDesc><sourceDesc><biblStruct><monogr><authority type="institution">Université</authority><authority type="jury">Marie Curie</authority><authority type="school">École doctorale</authority></monogr></biblStruct></sourceDesc>`, "",
			func(o *model.Output) any { return o.Contributions }, []model.Contribution{
				{Agent: organisation("Université"), Role: "hosting-institution", Label: text("établissement de soutenance", "degree-granting institution")},
				{Agent: model.Agent{Kind: model.Person, Name: "Marie Curie"}, Role: "other", Label: text("membre du jury", "member of the jury")}}},
		{"an unknown typology is no kind", `<profileDesc><textClass><classCode scheme="halTypology" n="NEW">New</classCode></textClass></profileDesc>`, "",
			func(o *model.Output) any { return o.Kind }, model.Kind("other")},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, _ := read(t, tei(c.bibl, c.back))
			if diff := cmp.Diff(c.is, c.want(&out), alike); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadTEITakesNoLabelForATitle(t *testing.T) {
	out, losses := read(t, string(render(t, "xml-tei", bareRecord())))
	if out.Title != nil || out.AlternativeTitles != nil {
		t.Errorf("title %v, alternatives %v", out.Title, out.AlternativeTitles)
	}
	if n := countReason(losses, "a label made by rule, no title"); n != 2 {
		t.Errorf("%d labels listed, want 2: %v", n, losses)
	}
}

// What HAL says a second time and otherwise is listed with what is known.
func TestReadTEISaysWhatItCouldNotTake(t *testing.T) {
	_, losses := read(t, tei(`<publicationStmt><availability><licence target="http://creativecommons.org/licenses/by/4.0/"/><licence target="http://creativecommons.org/publicdomain/zero/1.0/">Zéro</licence></availability></publicationStmt>`+
		`<editionStmt><edition type="current"><date type="whenProduced">2021</date><ref type="file"/></edition></editionStmt>`+
		`<sourceDesc><biblStruct><monogr><title level="j">Revue</title><title level="j">Journal</title><meeting><title>Un</title></meeting><meeting><title>Deux</title></meeting><imprint><date type="datePub">2020</date></imprint></monogr>`+
		`<ref type="seeAlso" target="no address">x</ref></biblStruct></sourceDesc>`, ""))
	var got []string
	for _, l := range losses {
		got = append(got, l.String())
	}
	const bibl = "TEI/text/body/listBibl/biblFull/"
	same(t, got,
		bibl+`publicationStmt/availability/licence[2][@target="http://creativecommons.org/publicdomain/zero/1.0/"]: "Zéro": a second licence`,
		bibl+`editionStmt/edition/date[@type="whenProduced"]: "2021": the source says: 2020`,
		bibl+`editionStmt/edition/ref/@type: "file"`,
		bibl+`sourceDesc/biblStruct/monogr/title[2][@level="j"]: "Journal": the title of the container is known: Revue`,
		bibl+`sourceDesc/biblStruct/monogr/meeting[2]/title: "Deux"`,
		bibl+`sourceDesc/biblStruct/ref[@type="seeAlso"][@target="no address"]: "x": no whole web address`,
	)
}

// Projects of funders that HAL knows, and the people of a thesis, have their
// own places, and come back from there.
func TestTEIProjectsAndTheses(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Kind = "doctoral-thesis"
		o.Contributions = append(o.Contributions,
			model.Contribution{Agent: model.Agent{Kind: model.Person, Name: "Marie Curie"}, Role: "supervisor"},
			model.Contribution{Agent: organisation("Université"), Role: "hosting-institution"})
		o.Funding = []model.Funding{
			{Funder: projectFunders["anrProject"], Award: "ANR-12-X", Programme: "P", Acronym: "ACRO", Title: model.NewText("und", "Title")},
			{Funder: projectFunders["europeanProject"], Award: "123456", Acronym: "EU"},
			{Funder: projectFunders["anrProject"]},
		}
	})
	out, _ := read(t, string(render(t, "xml-tei", r)))
	if diff := cmp.Diff(r.Output.Funding[:2], out.Funding[:2], alike); diff != "" {
		t.Errorf("projects (-want +got):\n%s", diff)
	}
	if len(out.Funding) != 3 || out.Funding[2].Funder.Name != "Agence nationale de la recherche" {
		t.Errorf("a funder without a number: %+v", out.Funding)
	}
	if got := out.By("supervisor"); len(got) != 1 || got[0].Name != "Marie Curie" {
		t.Errorf("supervisors: %+v", got)
	}
	if got := out.By("hosting-institution"); len(got) != 1 || got[0].Name != "Université" {
		t.Errorf("institutions: %+v", got)
	}
}

// A structure that is part of several comes back so.
func TestTEIKeepsAllWholes(t *testing.T) {
	unit := model.Agent{Kind: model.Organisation, Name: "UMR", PartOf: model.Wholes{
		{Kind: model.Organisation, Name: "Institut", PartOf: model.Wholes{organisation("CNRS")}}, organisation("CNRS"), organisation("Université")}}
	r := changed(func(o *model.Output) {
		o.Contributions = []model.Contribution{{Agent: model.Agent{Kind: model.Person, Name: "Ada Lovelace", GivenName: "Ada", FamilyName: "Lovelace"}, Role: model.Author, Affiliations: []model.Agent{unit}}}
	})
	out, _ := read(t, string(render(t, "xml-tei", r)))
	if diff := cmp.Diff([]model.Agent{unit}, out.Contributions[0].Affiliations, alike); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Structures that refer to each other in every way end.
func TestTEIStructuresEnd(t *testing.T) {
	var back strings.Builder
	for i := range 40 {
		fmt.Fprintf(&back, `<org xml:id="s%d"><orgName>S%d</orgName><listRelation>`, i, i)
		for j := range 40 {
			fmt.Fprintf(&back, `<relation active="#s%d" type="direct"/>`, j)
		}
		back.WriteString(`</listRelation></org>`)
	}
	out, losses := read(t, tei(`<titleStmt><author role="aut"><orgName>X</orgName><affiliation ref="#s0"/></author></titleStmt>`, `<listOrg type="structures">`+back.String()+`</listOrg>`))
	if len(out.Contributions[0].Affiliations) != 1 || len(losses) == 0 {
		t.Errorf("%d affiliations, %d losses", len(out.Contributions[0].Affiliations), len(losses))
	}
}

func countReason(losses []Loss, reason string) (n int) {
	for _, l := range losses {
		if l.Reason.In(language.English) == reason {
			n++
		}
	}
	return n
}
