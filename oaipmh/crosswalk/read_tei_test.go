package crosswalk

import (
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

func countReason(losses []Loss, reason string) (n int) {
	for _, l := range losses {
		if l.Reason.In(language.English) == reason {
			n++
		}
	}
	return n
}
