package crosswalk

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/model"
)

func kernel4(elements string) string {
	return `<oai_datacite xmlns="http://schema.datacite.org/oai/oai-1.1/"><schemaVersion>4.3</schemaVersion><payload><resource xmlns="http://datacite.org/schema/kernel-4">` + elements + `</resource></payload></oai_datacite>`
}

func TestReadDataCite(t *testing.T) {
	for _, c := range []struct {
		name, elements string
		want           func(o *model.Output) any
		is             any
	}{
		{"Zenodo's identifiers", `<identifier identifierType="DOI">10.5281/zenodo.7648514</identifier><alternateIdentifiers><alternateIdentifier alternateIdentifierType="oai">oai:example.org:r-1</alternateIdentifier><alternateIdentifier alternateIdentifierType="URL">https://zenodo.org/records/7648514</alternateIdentifier></alternateIdentifiers>`,
			func(o *model.Output) any { return []any{o.Identifiers, o.URL} },
			[]any{[]model.Identifier{id("doi:10.5281/zenodo.7648514"), id("zenodo:7648514")}, "https://zenodo.org/records/7648514"}},
		{"names, identifiers and affiliations", `<creators><creator><creatorName nameType="Personal">Netter, Julien</creatorName><givenName>Julien</givenName><familyName>Netter</familyName><nameIdentifier nameIdentifierScheme="ORCID">0000-0002-1825-0097</nameIdentifier><affiliation affiliationIdentifier="https://ror.org/05ggc9x40" affiliationIdentifierScheme="ROR">Circeft</affiliation></creator></creators>`,
			func(o *model.Output) any { return o.Contributions }, []model.Contribution{{Role: model.Author, Agent: model.Agent{
				Kind: model.Person, Name: "Julien Netter", GivenName: "Julien", FamilyName: "Netter", Identifiers: []model.Identifier{id("orcid:0000-0002-1825-0097")},
				Affiliations: []model.Agent{{Kind: model.Organisation, Name: "Circeft", Identifiers: []model.Identifier{id("ror:05ggc9x40")}}}}}}},
		{"a name that is not that of its parts stays", `<creators><creator><creatorName>J. Netter-Dupont</creatorName><givenName>Julien</givenName><familyName>Netter</familyName></creator></creators>`,
			func(o *model.Output) any { return o.By(model.Author)[0].Name }, "J. Netter-Dupont"},
		{"what is not available is not", `<creators><creator><creatorName>(:unav)</creatorName></creator></creators><publisher>(:unkn)</publisher>`,
			func(o *model.Output) any { return []any{len(o.Contributions), o.Publisher.Name} }, []any{0, ""}},
		{"contributors by type, contacts apart", `<contributors><contributor contributorType="DataCurator"><contributorName>A</contributorName></contributor><contributor contributorType="ContactPerson"><contributorName>B</contributorName></contributor><contributor contributorType="Oracle"><contributorName>C</contributorName></contributor></contributors>`,
			func(o *model.Output) any {
				return []any{o.Contributions[0].Role, o.Contacts[0].Name, o.Contributions[1].Role}
			}, []any{model.Role("data-curator"), "B", model.Role("contributor")}},
		{"the label tells more than the general type", `<resourceType resourceTypeGeneral="Text">Report</resourceType>`,
			func(o *model.Output) any { return o.Kind }, model.Kind("report")},
		{"a label that contradicts the general type tells nothing", `<resourceType resourceTypeGeneral="Dataset">Report</resourceType>`,
			func(o *model.Output) any { return o.Kind }, model.Kind("dataset")},
		{"the general type alone", `<resourceType resourceTypeGeneral="Audiovisual"/>`,
			func(o *model.Output) any { return o.Kind }, model.Kind("video")},
		{"the label of a type that DataCite shares among several", `<resourceType resourceTypeGeneral="JournalArticle">Review article</resourceType>`,
			func(o *model.Output) any { return o.Kind }, model.Kind("review-article")},
		{"HTML is text", `<titles><title>On &lt;i&gt;Homo&lt;/i&gt; &amp; co</title></titles><descriptions><description descriptionType="Abstract">&lt;p&gt;One &lt;strong&gt;two&lt;/strong&gt;&amp;nbsp;three&lt;/p&gt;&lt;p&gt;See &lt;a href="https://example.org/?a=1&amp;amp;b"&gt;here&lt;/a&gt; and &lt;a href="https://example.org/"&gt;https://example.org/&lt;/a&gt;, for n &lt; 3 &lt;br/&gt;in &lt;1er degré&gt;.&lt;/p&gt;</description></descriptions>`,
			func(o *model.Output) any { return []string{o.Title.String(), o.Abstract.String()} },
			[]string{"On Homo & co", "One two three\n\nSee here <https://example.org/?a=1&b> and https://example.org/, for n < 3 in <1er degré>."}},
		{"a year is a date where there is no other", `<publicationYear>2023</publicationYear>`,
			func(o *model.Output) any { return o.Issued.String() }, "2023"},
		{"a date is more exact than the year", `<publicationYear>2023</publicationYear><dates><date dateType="Issued">2023-02-16</date></dates>`,
			func(o *model.Output) any { return o.Issued.String() }, "2023-02-16"},
		{"rights are access and licence", `<rightsList><rights rightsURI="info:eu-repo/semantics/openAccess">Open Access</rights><rights rightsURI="https://creativecommons.org/licenses/by/4.0/legalcode" rightsIdentifierScheme="SPDX" rightsIdentifier="cc-by-4.0">Creative Commons Attribution 4.0 International</rights></rightsList>`,
			func(o *model.Output) any { return []any{o.Access, o.Licence, len(o.Rights)} }, []any{model.Open, model.Licence("CC-BY-4.0"), 0}},
		{"relations with what they are", `<relatedIdentifiers><relatedIdentifier relatedIdentifierType="DOI" relationType="IsVersionOf">10.5281/zenodo.7648513</relatedIdentifier><relatedIdentifier relatedIdentifierType="URL" relationType="IsSupplementTo" resourceTypeGeneral="Software">https://github.com/a/b</relatedIdentifier><relatedIdentifier relatedIdentifierType="arXiv" relationType="Cites">arXiv:1234.5678</relatedIdentifier></relatedIdentifiers>`,
			func(o *model.Output) any { return o.Relations }, []model.Relation{
				{Type: "isVersionOf", Identifier: id("doi:10.5281/zenodo.7648513")},
				{Type: "isSupplementTo", URL: "https://github.com/a/b", Kind: "software"},
				{Type: "cites", Identifier: model.Identifier{Scheme: model.Local, Value: "arxiv:arXiv:1234.5678"}}}},
		{"a licence of no register keeps its address, a year that contradicts is none", `<dates><date dateType="Issued">2020</date></dates><publicationYear>2021</publicationYear><rightsList><rights rightsURI="https://example.org/licence">Ours</rights></rightsList>`,
			func(o *model.Output) any { return []any{o.Licence, o.Rights, o.Issued.String()} }, []any{model.Licence("https://example.org/licence"), model.NewText("und", "Ours"), "2020"}},
		{"a container by address", `<relatedItems><relatedItem relatedItemType="Journal" relationType="IsPublishedIn"><relatedItemIdentifier relatedItemIdentifierType="URL">https://example.org/j</relatedItemIdentifier><titles><title>J</title></titles></relatedItem></relatedItems>`,
			func(o *model.Output) any { return o.Container }, &model.Container{Title: model.NewText("und", "J"), Kind: "journal", URL: "https://example.org/j"}},
		{"places without a name", `<geoLocations><geoLocation><geoLocationBox><westBoundLongitude>1</westBoundLongitude><eastBoundLongitude>2</eastBoundLongitude><southBoundLatitude>3</southBoundLatitude><northBoundLatitude>4</northBoundLatitude></geoLocationBox></geoLocation><geoLocation><geoLocationPlace>http://id.insee.fr/geo/commune/94028</geoLocationPlace></geoLocation></geoLocations>`,
			func(o *model.Output) any { return o.Spatial },
			[]model.Place{{Box: model.Box{West: 1, South: 3, East: 2, North: 4}}, {IRI: "http://id.insee.fr/geo/commune/94028"}}},
		{"a label in brackets is no title", `<titles><title titleType="Other">[Video – PeerTube – 1]</title></titles>`,
			func(o *model.Output) any { return len(o.Title) + len(o.AlternativeTitles) }, 0},
		{"funding", `<fundingReferences><fundingReference><funderName>European Commission</funderName><funderIdentifier funderIdentifierType="ROR">https://ror.org/00k4n6c32</funderIdentifier><awardNumber awardURI="https://cordis.europa.eu/1">1</awardNumber><awardTitle>T</awardTitle></fundingReference></fundingReferences>`,
			func(o *model.Output) any { return o.Funding }, []model.Funding{{
				Funder: model.Agent{Kind: model.Organisation, Name: "European Commission", Identifiers: []model.Identifier{id("ror:00k4n6c32")}},
				Award:  "1", URI: "https://cordis.europa.eu/1", Title: model.NewText("und", "T")}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, _ := read(t, kernel4(c.elements))
			if diff := cmp.Diff(c.is, c.want(&out), alike, stated); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadOpenAIRE(t *testing.T) {
	out, losses := read(t, `<oaire:resource xmlns:oaire="`+nsOAIRE+`" xmlns:datacite="http://datacite.org/schema/kernel-4" xmlns:dc="http://purl.org/dc/elements/1.1/">`+
		`<datacite:date dateType="Issued">2020-05</datacite:date>`+
		`<oaire:resourceType resourceTypeGeneral="literature" uri="http://purl.org/coar/resource_type/c_5794">conference paper</oaire:resourceType>`+
		`<datacite:rights rightsURI="http://purl.org/coar/access_right/c_f1cf">embargoed access</datacite:rights>`+
		`<oaire:licenseCondition startDate="2020-05" uri="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA</oaire:licenseCondition>`+
		`<oaire:file accessRightsURI="http://purl.org/coar/access_right/c_abf2" mimeType="application/pdf" objectType="fulltext">https://example.org/a.pdf</oaire:file>`+
		`<oaire:citationEndPage>9</oaire:citationEndPage><oaire:citationStartPage>3</oaire:citationStartPage>`+
		`<oaire:citationConferencePlace>Créteil, FR</oaire:citationConferencePlace><oaire:citationConferenceDate>2020-05-01</oaire:citationConferenceDate>`+
		`<oaire:version uri="http://purl.org/coar/version/c_970fb48d4fbd8a85">VoR</oaire:version></oaire:resource>`)
	if losses != nil {
		t.Errorf("losses %v", losses)
	}
	got := []any{out.Kind, out.Issued.String(), out.Access, out.Licence, out.Files, out.Container.Pages, out.Conference.Place, out.Conference.Country, out.Conference.Period.String(), out.Version}
	want := []any{model.Kind("conference-paper"), "2020-05", model.Embargoed, model.Licence("CC-BY-SA-4.0"),
		[]model.File{{URL: "https://example.org/a.pdf", MediaType: "application/pdf", Access: model.Open}}, "3-9", "Créteil", "FR", "2020-05-01/2020-05-01", "VoR"}
	if diff := cmp.Diff(want, got, alike); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
