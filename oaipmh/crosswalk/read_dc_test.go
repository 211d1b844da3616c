package crosswalk

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/model"
)

func dc(elements string) string {
	return `<oai_dc:dc xmlns:oai_dc="` + nsOAIDC + `" xmlns:dc="http://purl.org/dc/elements/1.1/">` + elements + `</oai_dc:dc>`
}

func TestReadDC(t *testing.T) {
	for _, c := range []struct {
		name, elements string
		want           func(o *model.Output) any
		is             any
	}{
		{"the most exact type tells the kind", `<dc:type>Text</dc:type><dc:type>info:eu-repo/semantics/article</dc:type><dc:type>http://purl.org/coar/resource_type/c_2df8fbb1</dc:type>`,
			func(o *model.Output) any { return o.Kind }, model.Kind("research-article")},
		{"a label is a type", `<dc:type>info:eu-repo/semantics/other</dc:type><dc:type>Blog post</dc:type>`,
			func(o *model.Output) any { return o.Kind }, model.Kind("blog-post")},
		{"a type of DCMI's is better than none", `<dc:type>MovingImage</dc:type>`,
			func(o *model.Output) any { return o.Kind }, model.Kind("video")},
		{"the version of an article is a type to OpenAIRE", `<dc:type>info:eu-repo/semantics/article</dc:type><dc:type>info:eu-repo/semantics/publishedVersion</dc:type>`,
			func(o *model.Output) any { return o.Version }, "publishedVersion"},
		{"HAL's notes on the audience are no abstract", `<dc:description xml:lang="en">International audience</dc:description><dc:description>National audience</dc:description><dc:description>audience: non spécifiée</dc:description><dc:description xml:lang="fr">Résumé</dc:description>`,
			func(o *model.Output) any { return o.Abstract }, model.NewText("fr", "Résumé")},
		{"further descriptions are paragraphs", `<dc:description xml:lang="fr">A</dc:description><dc:description xml:lang="fr">B

C</dc:description>`,
			func(o *model.Output) any { return o.Abstract }, model.NewText("fr", "A\n\nB\n\nC")},
		{"HAL's identifiers, page and file", `<dc:identifier>hal-01234567</dc:identifier><dc:identifier>https://hal.science/hal-01234567</dc:identifier><dc:identifier>https://hal.science/hal-01234567/file/a.pdf</dc:identifier><dc:identifier>https://hal.science/hal-01234567/document</dc:identifier>`,
			func(o *model.Output) any { return []any{o.Identifiers, o.URL, o.Files} },
			[]any{[]model.Identifier{id("hal:hal-01234567")}, "https://hal.science/hal-01234567", []model.File{
				{URL: "https://hal.science/hal-01234567/file/a.pdf", MediaType: "application/pdf"}, {URL: "https://hal.science/hal-01234567/document"}}}},
		{"Zenodo's identifiers", `<dc:identifier>https://doi.org/10.5281/zenodo.7648514</dc:identifier><dc:identifier>oai:example.org:r-1</dc:identifier><dc:identifier>https://zenodo.org/records/7648514</dc:identifier>`,
			func(o *model.Output) any { return []any{o.Identifiers, o.URL} },
			[]any{[]model.Identifier{id("doi:10.5281/zenodo.7648514"), id("zenodo:7648514")}, "https://zenodo.org/records/7648514"}},
		{"identifiers in other forms", `<dc:identifier>doi:10.4000/ree.1</dc:identifier><dc:identifier>DOI: 10.4000/ree.2</dc:identifier><dc:identifier>10.4000/ree.3</dc:identifier><dc:identifier>urn:doi:10.4000/ree.4</dc:identifier><dc:identifier>ISBN: 978-2-07-036822-8</dc:identifier><dc:identifier>hdl:20.500.12345/42</dc:identifier>`,
			func(o *model.Output) any { return o.Identifiers }, []model.Identifier{
				id("doi:10.4000/ree.1"), id("doi:10.4000/ree.2"), id("doi:10.4000/ree.3"), id("doi:10.4000/ree.4"), id("isbn:9782070368228"), id("handle:20.500.12345/42")}},
		{"a tracker is no part of an address", `<dc:identifier>https://journals.openedition.org/ree/11158?utm_source=x#.ZDe-P</dc:identifier>`,
			func(o *model.Output) any { return o.URL }, "https://journals.openedition.org/ree/11158"},
		{"DSpace's dates of the deposit before that of publication", `<dc:date>2019-05-01T10:00:00Z</dc:date><dc:date>2019-05-01T10:00:00Z</dc:date><dc:date>2010-03</dc:date>`,
			func(o *model.Output) any { return o.Issued.String() }, "2010-03"},
		{"the end of an embargo", `<dc:date>2023-05-12T00:00:00Z</dc:date><dc:date>info:eu-repo/date/embargoEnd/2024-01-01</dc:date>`,
			func(o *model.Output) any { return []string{o.Issued.String(), o.Available.String()} }, []string{"2023-05-12T00:00:00Z", "2024-01-01"}},
		{"rights are access, licence and statement", `<dc:rights>info:eu-repo/semantics/OpenAccess</dc:rights><dc:rights>https://creativecommons.org/licenses/by-nc/2.0/fr/</dc:rights><dc:rights xml:lang="fr">© X</dc:rights>`,
			func(o *model.Output) any { return []any{o.Access, o.Licence, o.Rights} },
			[]any{model.Open, model.Licence("https://creativecommons.org/licenses/by-nc/2.0/fr/"), model.NewText("fr", "© X")}},
		{"names with one comma are people's", `<dc:creator>Netter, Julien</dc:creator><dc:creator>Université de Nantes</dc:creator><dc:creator>Laboratoire A, B, C</dc:creator>`,
			func(o *model.Output) any { return o.By(model.Author) }, []model.Agent{
				{Kind: model.Person, Name: "Julien Netter", GivenName: "Julien", FamilyName: "Netter"}, {Name: "Université de Nantes"}, {Name: "Laboratoire A, B, C"}}},
		{"HAL's domains", `<dc:subject>[SHS.EDU]Humanities and Social Sciences/Education</dc:subject>`,
			func(o *model.Output) any { return o.Subjects }, []model.Subject{{Label: model.NewText("und", "Humanities and Social Sciences/Education"), Scheme: "hal-domain", Code: "shs.edu"}}},
		{"HAL's journal stands after its ISSN", `<dc:source>ISSN: 1954-3077</dc:source><dc:source>EISSN: 2260-0183</dc:source><dc:source>Recherches en éducation</dc:source><dc:source>https://hal.science/hal-1</dc:source><dc:source>Recherches en éducation, 2023, 49</dc:source>`,
			func(o *model.Output) any { return o.Container }, &model.Container{Title: model.NewText("und", "Recherches en éducation"), Identifiers: []model.Identifier{id("issn:1954-3077"), id("issn:2260-0183")}}},
		{"relations of info:eu-repo", `<dc:relation>info:eu-repo/semantics/altIdentifier/doi/10.4000/ree.1</dc:relation><dc:relation>info:eu-repo/grantAgreement/EC/H2020/123456/EU/A%20title/ACRO</dc:relation><dc:relation>info:eu-repo/semantics/dataset/doi/10.5281/zenodo.1</dc:relation><dc:relation>https://doi.org/10.5281/zenodo.1</dc:relation>`,
			func(o *model.Output) any { return []any{o.Identifiers, o.Funding, o.Relations} }, []any{
				[]model.Identifier{id("doi:10.4000/ree.1")},
				[]model.Funding{{Funder: model.Agent{Kind: model.Organisation, Name: "EC"}, Programme: "H2020", Award: "123456", Title: model.NewText("und", "A title"), Acronym: "ACRO"}},
				[]model.Relation{{Type: "relation", Identifier: id("doi:10.5281/zenodo.1"), Kind: "dataset"}}}},
		{"an ISSN is the container's, further pages are links, files come once", `<dc:identifier>ISSN 1954-3077</dc:identifier><dc:identifier>issn:1954-3077</dc:identifier><dc:identifier>https://example.org/1</dc:identifier><dc:identifier>https://example.org/2</dc:identifier><dc:identifier>https://example.org/1.pdf</dc:identifier><dc:identifier>https://example.org/1.pdf</dc:identifier>`,
			func(o *model.Output) any { return []any{o.Container, o.URL, o.Links, len(o.Files)} },
			[]any{&model.Container{Identifiers: []model.Identifier{id("issn:1954-3077")}}, "https://example.org/1", []model.Link{{URL: "https://example.org/2"}}, 1}},
		{"a second publisher, and who holds the rights", `<dc:publisher>A</dc:publisher><dc:publisher>A</dc:publisher><dc:publisher>B</dc:publisher><dc:rightsHolder>C</dc:rightsHolder>`,
			func(o *model.Output) any { return []any{o.Publisher.Name, o.Contributions} },
			[]any{"A", []model.Contribution{{Agent: model.Agent{Name: "B"}, Role: "publisher"}, {Agent: model.Agent{Name: "C"}, Role: "rights-holder"}}}},
		{"what is cited, and relations by bare identifier", `<dc:relation>info:eu-repo/semantics/reference/doi/10.4000/ree.1</dc:relation><dc:relation>doi:10.4000/ree.2</dc:relation>`,
			func(o *model.Output) any { return o.Relations }, []model.Relation{{Type: "references", Identifier: id("doi:10.4000/ree.1")}, {Type: "relation", Identifier: id("doi:10.4000/ree.2")}}},
		{"the output is no source of itself", `<dc:identifier>https://doi.org/10.4000/ree.1</dc:identifier><dc:identifier>https://example.org/1</dc:identifier><dc:source>https://doi.org/10.4000/ree.1</dc:source><dc:source>https://example.org/1</dc:source><dc:source>https://example.org/2</dc:source>`,
			func(o *model.Output) any { return o.Relations }, []model.Relation{{Type: "isDerivedFrom", URL: "https://example.org/2"}}},
		{"elements that say nothing", `<dc:title/><dc:creator/><dc:subject/><dc:description/><dc:date/><dc:identifier/><dc:source/><dc:coverage/><dc:relation/><dc:rights/>`,
			func(o *model.Output) any { return []any{o.Title, o.Contributions, o.Subjects, o.Spatial, o.Rights} },
			[]any{model.Text(nil), []model.Contribution(nil), []model.Subject(nil), []model.Place(nil), model.Text(nil)}},
		{"a date with a time that no zone gives a meaning", `<dc:date>2020-05-06 10:11:12</dc:date>`,
			func(o *model.Output) any { return o.Issued.String() }, "2020-05-06"},
		{"terms of a vocabulary, each its labels and its IRI", `<dc:audience xml:lang="fr">public</dc:audience><dc:audience xml:lang="fr">enseignant</dc:audience><dc:audience xml:lang="en">teacher</dc:audience><dc:audience>` + scolomfr + `teacher</dc:audience><dc:audience>` + scolomfr + `learner</dc:audience><dc:educationLevel>in words</dc:educationLevel><dc:instructionalMethod>` + scolomfr + `scolomfr-voc-019-num-008</dc:instructionalMethod>`,
			func(o *model.Output) any { return o.Education }, &model.Education{
				Audience:   []model.Concept{{IRI: scolomfr + "teacher", Label: text("enseignant", "teacher")}, {IRI: scolomfr + "learner"}},
				Activities: []model.Concept{{IRI: scolomfr + "scolomfr-voc-019-num-008"}}}},
		{"how often it is renewed", `<dc:accrualPeriodicity>http://publications.europa.eu/resource/authority/frequency/ANNUAL</dc:accrualPeriodicity>`,
			func(o *model.Output) any { return o.Frequency }, model.Frequency("annual")},
		{"how often it is renewed, in a word", `<dc:accrualPeriodicity>Monthly</dc:accrualPeriodicity>`,
			func(o *model.Output) any { return o.Frequency }, model.Frequency("monthly")},
		{"languages in two and three letters", `<dc:language>fre</dc:language><dc:language>en</dc:language>`,
			func(o *model.Output) any { return langCodes(o) }, "fr en"},
		{"times and places", `<dc:coverage>2020/2021-05</dc:coverage><dc:coverage>start=1900; end=1910</dc:coverage><dc:coverage xml:lang="fr">Créteil</dc:coverage>`,
			func(o *model.Output) any { return []any{o.Temporal[0].String(), o.Temporal[1].String(), o.Spatial} },
			[]any{"2020/2021-05", "1900/1910", []model.Place{{Label: model.NewText("fr", "Créteil")}}}},
		{"boxes come after their places", `<dcterms:spatial>Créteil</dcterms:spatial><dcterms:spatial>northlimit=48.87; eastlimit=2.62; southlimit=48.68; westlimit=2.31</dcterms:spatial><dcterms:spatial>northlimit=1; eastlimit=1; southlimit=0; westlimit=0</dcterms:spatial><dcterms:spatial>northlimit=6860; eastlimit=652; southlimit=6859; westlimit=651; units=km</dcterms:spatial>`,
			func(o *model.Output) any { return o.Spatial }, []model.Place{
				{Label: model.NewText("und", "Créteil"), Box: model.Box{West: 2.31, South: 48.68, East: 2.62, North: 48.87}}, {Box: model.Box{East: 1, North: 1}},
				{Label: model.NewText("und", "northlimit=6860; eastlimit=652; southlimit=6859; westlimit=651; units=km")}}},
		{"the media type of the one file", `<dc:identifier>https://hal.science/hal-01234567/document</dc:identifier><dc:format>application/pdf</dc:format>`,
			func(o *model.Output) any { return o.Files[0].MediaType }, "application/pdf"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, _ := read(t, dc(c.elements))
			if diff := cmp.Diff(c.is, c.want(&out), alike, stated); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func langCodes(o *model.Output) (codes string) {
	for _, tag := range o.Languages {
		if codes != "" {
			codes += " "
		}
		codes += tag.String()
	}
	return codes
}

func TestReadDCSaysWhatItCouldNotTake(t *testing.T) {
	_, losses := read(t, dc(`<dc:description>International audience</dc:description>`+
		`<dc:date>printemps 2020</dc:date><dc:date>2020</dc:date><dc:date>2021</dc:date>`+
		`<dc:language>klingon in words</dc:language><dc:identifier>ark:</dc:identifier><dc:identifier>pp. 3 to 5</dc:identifier>`+
		`<dc:identifier>http://[::1</dc:identifier><dc:relation>info:eu-repo/semantics/cousin/doi/10.4000/ree.1</dc:relation><dc:relation>info:eu-repo/grantAgreement/EC//</dc:relation>`+
		`<dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights><dc:rights>https://creativecommons.org/licenses/by-sa/4.0/</dc:rights>`+
		`<dc:relation>In words</dc:relation><dc:relation>info:eu-repo/semantics/altIdentifier/doi/no</dc:relation>`+
		`<dc:rights>info:eu-repo/semantics/openAccess</dc:rights><dc:rights>info:eu-repo/semantics/closedAccess</dc:rights>`+
		`<dc:audience>in words</dc:audience><dc:accrualPeriodicity>now and then</dc:accrualPeriodicity>`+
		`<dc:type>info:eu-repo/semantics/article</dc:type><dc:type>info:eu-repo/semantics/updatedVersion</dc:type><dc:provenance>X</dc:provenance>`))
	var got []string
	for _, l := range losses {
		got = append(got, l.String())
	}
	want := []string{
		`dc/description: "International audience": a note of HAL's on the audience, no abstract`,
		`dc/date: "printemps 2020": "printemps 2020" is no date: write 2023, 2023-05, 2023-05-12 or 2023-05-12T08:30:00Z`,
		`dc/date[3]: "2021": another date of this kind is known: 2020`,
		`dc/language: "klingon in words": no language that BCP 47 or ISO 639 knows`,
		`dc/identifier[2]: "pp. 3 to 5": no identifier: a reference in words`,
		`dc/identifier[3]: "http://[::1": no whole web address`,
		`dc/relation: "info:eu-repo/semantics/cousin/doi/10.4000/ree.1": no relation that info:eu-repo describes`,
		`dc/relation[2]: "info:eu-repo/grantAgreement/EC//": a grant is Funder/Programme/Number`,
		`dc/rights[2]: "https://creativecommons.org/licenses/by-sa/4.0/": another licence is stated: CC-BY-4.0`,
		`dc/relation[3]: "In words": neither an address nor an identifier`,
		`dc/relation[4]: "info:eu-repo/semantics/altIdentifier/doi/no": no identifier that info:eu-repo describes`,
		`dc/type[2]: "info:eu-repo/semantics/updatedVersion"`,
		`dc/rights[4]: "info:eu-repo/semantics/closedAccess": another access right is stated: open`,
		`dc/provenance: "X"`,
		`dc/audience: "in words"`,
		`dc/accrualPeriodicity: "now and then"`,
	}
	if diff := cmp.Diff(want, got, cmp.Transformer("set", func(list []string) map[string]bool {
		m := map[string]bool{}
		for _, s := range list {
			m[s] = true
		}
		return m
	})); diff != "" {
		t.Errorf("losses (-want +got):\n%s", diff)
	}
}
