package crosswalk

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// lomOf is a record with some elements.
func lomOf(elements string) string {
	return `<lom:lom xmlns:lom="http://ltsc.ieee.org/xsd/LOM" xmlns:lomfr="http://www.lom-fr.fr/xsd/LOMFR" xmlns:scolomfr="http://www.lom-fr.fr/xsd/SCOLOMFR">` + elements + `</lom:lom>`
}

// LOM as others write it: other prefixes, words instead of IRIs, languages in
// any form.
func TestReadLOM(t *testing.T) {
	const relation = `<lom:relation><lom:kind><lom:source>LOMv1.0</lom:source><lom:value>`
	const rest = `</lom:value></lom:kind><lom:resource>`
	for _, c := range []struct {
		name, metadata string
		want           func(o *model.Output) any
		is             any
	}{
		{"the default namespace, and what a schema fills in", `<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general uniqueElementName="general"><title><string language="fre">Titre</string></title></general></lom>`,
			func(o *model.Output) any { return o.Title }, model.NewText("fr", "Titre")},
		{"the namespace of one version", `<a:lom xmlns:a="http://ltsc.ieee.org/xsd/LOMv1.0"><a:general><a:title>Titre</a:title></a:general></a:lom>`,
			func(o *model.Output) any { return o.Title }, model.NewText("und", "Titre")},
		{"languages as IRI, code, tag and none", lomOf(`<lom:general><lom:title><lom:string language="http://id.loc.gov/vocabulary/iso639-2/fre">A</lom:string><lom:string language="eng">B</lom:string><lom:string language="pt-BR">C</lom:string><lom:string language="x-none">D</lom:string></lom:title><lom:language>http://id.loc.gov/vocabulary/iso639-2/ger/</lom:language><lom:language>fr-FR</lom:language></lom:general>`),
			func(o *model.Output) any { return []any{o.Title, o.Languages} },
			[]any{model.Text{{Lang: language.French, Value: "A"}, {Lang: language.English, Value: "B"}, {Lang: language.BrazilianPortuguese, Value: "C"}, {Lang: language.Und, Value: "D"}}, []language.Tag{language.German, language.MustParse("fr-FR")}}},
		{"keywords all in one", lomOf(`<lom:general><lom:keyword><lom:string language="fre">a</lom:string><lom:string language="eng">b</lom:string><lom:string language="fre">c</lom:string></lom:keyword></lom:general>`),
			func(o *model.Output) any { return o.Subjects },
			[]model.Subject{{Label: text("a", "b")}, {Label: model.NewText("fr", "c")}}},
		{"identifiers by catalogue", lomOf(`<lom:general><lom:identifier><lom:catalog>URI</lom:catalog><lom:entry>https://example.org/1</lom:entry></lom:identifier><lom:identifier><lom:catalog>doi</lom:catalog><lom:entry>https://doi.org/10.4000/ree.11158</lom:entry></lom:identifier><lom:identifier><lom:catalog>Canal-U</lom:catalog><lom:entry>12</lom:entry></lom:identifier><lom:identifier><lom:catalog>oai</lom:catalog><lom:entry>oai:example.org:r-1</lom:entry></lom:identifier></lom:general>`),
			func(o *model.Output) any { return []any{o.URL, o.Identifiers} },
			[]any{"https://example.org/1", []model.Identifier{id("doi:10.4000/ree.11158"), {Scheme: model.Local, Value: "canal-u:12"}}}},
		{"times and places", lomOf(`<lom:general><lom:coverage><lom:string>1789/1799</lom:string></lom:coverage><lom:coverage><lom:string language="fre">France</lom:string></lom:coverage></lom:general>`),
			func(o *model.Output) any { return []any{o.Temporal, o.Spatial} },
			[]any{[]model.Period{{Start: date("1789"), End: date("1799")}}, []model.Place{{Label: model.NewText("fr", "France")}}}},
		{"the type by DCMI's IRI", lomOf(`<lom:general><lomfr:documentType><lomfr:value>http://purl.org/dc/dcmitype/Sound</lomfr:value></lomfr:documentType></lom:general>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("sound")},
		{"the type by LOMFR's word", lomOf(`<lom:general><lomfr:documentType><lomfr:source>LOMFRv1.0</lomfr:source><lomfr:value>image en mouvement</lomfr:value></lomfr:documentType></lom:general>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("video")},
		{"the type by the label of an IRI that nobody knows", lomOf(`<lom:general><lomfr:documentType><lomfr:value>http://url.org/dc/dcmitype/Text</lomfr:value><lomfr:label>Texte</lomfr:label></lomfr:documentType></lom:general>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("text")},
		{"the editorial type is more exact", lomOf(`<lom:general><lomfr:documentType><lomfr:value>texte</lomfr:value></lomfr:documentType><scolomfr:generalResourceType><scolomfr:label>Rapport</scolomfr:label></scolomfr:generalResourceType></lom:general>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("report")},
		{"a collection of data sets", lomOf(`<lom:general><lomfr:documentType><lomfr:value>collection</lomfr:value></lomfr:documentType><scolomfr:generalResourceType><scolomfr:value>base de données</scolomfr:value></scolomfr:generalResourceType></lom:general>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("dataset-series")},
		{"an article of no journal that is known is a text", lomOf(`<lom:general><lomfr:documentType><lomfr:value>texte</lomfr:value></lomfr:documentType><scolomfr:generalResourceType><scolomfr:value>article</scolomfr:value></scolomfr:generalResourceType></lom:general>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("text")},
		{"an article is a text, for whatever use", lomOf(`<lom:general><scolomfr:generalResourceType><scolomfr:value>article</scolomfr:value></scolomfr:generalResourceType></lom:general><lom:educational><lom:learningResourceType><lom:value>lecture</lom:value></lom:learningResourceType></lom:educational>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("text")},
		{"what ScoLOMFR calls a conference need not be a text", lomOf(`<lom:general><lomfr:documentType><lomfr:value>image en mouvement</lomfr:value></lomfr:documentType><scolomfr:generalResourceType><scolomfr:value>conférence</scolomfr:value></scolomfr:generalResourceType></lom:general>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("video")},
		{"a learning resource of no type is a learning object", lomOf(`<lom:educational><lom:learningResourceType><lom:source>LOMv1.0</lom:source><lom:value>exercise</lom:value></lom:learningResourceType></lom:educational>`),
			func(o *model.Output) any { return []any{o.Kind, o.Provenance.Derived[0].Field} }, []any{model.Kind("learning-object"), "kind"}},
		{"education in the words of LOM", lomOf(`<lom:educational><lom:learningResourceType><lom:value>self assessment</lom:value></lom:learningResourceType><lom:intendedEndUserRole><lom:value>author</lom:value></lom:intendedEndUserRole><lom:context><lom:value>higher education</lom:value></lom:context><lom:context><lom:value>higher education</lom:value></lom:context></lom:educational><lom:educational><lom:description><lom:string language="fre">Usage</lom:string></lom:description></lom:educational>`),
			func(o *model.Output) any { return o.Education }, &model.Education{
				ResourceTypes: []model.Concept{{IRI: scolomfr + "self_assessment", Label: model.NewText("en", "self assessment")}},
				Audience:      []model.Concept{{IRI: scolomfr + "author_2", Label: model.NewText("en", "author")}},
				Levels:        []model.Concept{{IRI: scolomfr + "higher_education", Label: model.NewText("en", "higher education")}},
				Description:   model.NewText("fr", "Usage"),
			}},
		{"education in the labels of ScoLOMFR, with either apostrophe", lomOf(`<lom:educational><lom:learningResourceType><lom:source>LOMFRv1.0</lom:source><lom:value>Animation</lom:value></lom:learningResourceType><lom:learningResourceType><lom:label>manuel d’enseignement</lom:label></lom:learningResourceType><lom:intendedEndUserRole><lom:value>enseignant</lom:value></lom:intendedEndUserRole><lom:context><lom:value>enseignement secondaire</lom:value></lom:context><lomfr:activity><lomfr:value>s’informer</lomfr:value></lomfr:activity></lom:educational>`),
			func(o *model.Output) any { return o.Education }, &model.Education{
				ResourceTypes: []model.Concept{{IRI: scolomfr + "scolomfr-voc-010-num-001", Label: model.NewText("fr", "animation")}, {IRI: scolomfr + "scolomfr-voc-010-num-014", Label: model.NewText("fr", "manuel d'enseignement")}},
				Audience:      []model.Concept{{IRI: scolomfr + "teacher", Label: model.NewText("fr", "enseignant")}},
				Levels:        []model.Concept{{IRI: scolomfr + "scolomfr-voc-012-num-003", Label: model.NewText("fr", "enseignement secondaire")}},
				Activities:    []model.Concept{{IRI: scolomfr + "scolomfr-voc-019-num-027", Label: model.NewText("fr", "s'informer")}}}},
		{"files by name, by media type, and pages", lomOf(`<lom:general><lom:identifier><lom:catalog>URL</lom:catalog><lom:entry>https://example.org/1</lom:entry></lom:identifier></lom:general><lom:technical><lom:format>application/pdf</lom:format><lom:size>12</lom:size><lom:location>https://example.org/1</lom:location><lom:location>https://example.org/get?1</lom:location><lom:duration><lom:duration>PT1H</lom:duration></lom:duration></lom:technical>`),
			func(o *model.Output) any { return []any{o.URL, o.Files, o.Links, o.Duration.String()} },
			[]any{"https://example.org/1", []model.File{{URL: "https://example.org/get?1", MediaType: "application/pdf", Size: 12}}, []model.Link(nil), "PT1H"}},
		{"a page that is where the output is", lomOf(`<lom:technical><lom:format>text/html</lom:format><lom:location>https://example.org/1</lom:location></lom:technical>`),
			func(o *model.Output) any { return []any{o.URL, len(o.Files)} }, []any{"https://example.org/1", 0}},
		{"what a record states is not derived", lomOf(`<lom:technical><lom:format>http://purl.org/NET/mediatypes/application/octet-stream</lom:format><lom:location>https://example.org/1.pdf</lom:location></lom:technical>`),
			func(o *model.Output) any {
				return []any{o.Files[0].MediaType, slices.ContainsFunc(o.Provenance.Derived, func(d model.Derivation) bool { return d.Field == "files.mediaType" })}
			}, []any{"application/octet-stream", false}},
		{"a licence by its address among the rights", lomOf(`<lom:rights><lom:description><lom:string language="fre">Licence CC &lt;https://creativecommons.org/licenses/by/4.0/deed.fr&gt;</lom:string></lom:description><lom:description><lom:string>Tous droits réservés</lom:string></lom:description></lom:rights>`),
			func(o *model.Output) any { return []any{o.Licence, o.Rights} }, []any{model.Licence("CC-BY-4.0"), model.NewText("und", "Tous droits réservés")}},
		{"a licence by relation", lomOf(relation + `a pour licence` + rest + `<lom:identifier><lom:catalog>URL</lom:catalog><lom:entry>http://creativecommons.org/licenses/by-sa/4.0/</lom:entry></lom:identifier></lom:resource></lom:relation>`),
			func(o *model.Output) any { return o.Licence }, model.Licence("CC-BY-SA-4.0")},
		{"relations in the words of LOM", lomOf(relation + `isbasedon` + rest + `<lom:identifier><lom:catalog>DOI</lom:catalog><lom:entry>10.4000/ree.11158</lom:entry></lom:identifier></lom:resource></lom:relation>` +
			relation + `haspart` + rest + `<lom:identifier><lom:catalog>URI</lom:catalog><lom:entry>https://example.org/2</lom:entry></lom:identifier><lom:description><lom:string language="fre">Deux</lom:string></lom:description></lom:resource></lom:relation>` +
			relation + `isbasisfor` + rest + `<lom:identifier><lom:entry>https://example.org/3</lom:entry></lom:identifier></lom:resource></lom:relation>`),
			func(o *model.Output) any { return o.Relations }, []model.Relation{
				{Type: "isDerivedFrom", Identifier: id("doi:10.4000/ree.11158")},
				{Type: "hasPart", URL: "https://example.org/2", Title: model.NewText("fr", "Deux")},
				{Type: "isSourceOf", URL: "https://example.org/3"}}},
		{"a book by its number, a journal by its name", lomOf(relation + `ispartof` + rest + `<lom:description><lom:string language="fre">Revue, 12 (3)</lom:string></lom:description></lom:resource></lom:relation>`),
			func(o *model.Output) any { return o.Container }, &model.Container{Title: model.NewText("fr", "Revue"), Volume: "12", Issue: "3"}},
		{"an article with pages in a journal whose number is known", lomOf(relation + `ispartof` + rest + `<lom:identifier><lom:catalog>issn</lom:catalog><lom:entry>1954-3077</lom:entry></lom:identifier><lom:description><lom:string>Revue, 12, 3-14</lom:string></lom:description></lom:resource></lom:relation>`),
			func(o *model.Output) any { return o.Container }, &model.Container{Title: model.NewText("und", "Revue"), Identifiers: []model.Identifier{id("issn:1954-3077")}, Volume: "12", Pages: "3-14"}},
		{"a still image", lomOf(`<lom:general><lomfr:documentType><lomfr:value>image fixe</lomfr:value></lomfr:documentType></lom:general>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("image")},
		{"a type that no vocabulary has", lomOf(`<lom:general><lomfr:documentType><lomfr:value>hologramme</lomfr:value></lomfr:documentType><scolomfr:generalResourceType><scolomfr:value>hologramme</scolomfr:value></scolomfr:generalResourceType></lom:general>`),
			func(o *model.Output) any { return o.Kind }, model.Kind("other")},
		{"a level alone, and a place by its address", lomOf(`<lom:general><lom:coverage><lom:string>http://id.insee.fr/geo/commune/94028</lom:string><lom:string/></lom:coverage></lom:general><lom:classification><lom:taxonPath/><lom:taxonPath><lom:taxon><lom:id>` + scolomfr + `scolomfr-voc-022-num-016</lom:id></lom:taxon></lom:taxonPath></lom:classification>`),
			func(o *model.Output) any { return []any{o.Spatial, o.Education.Levels} },
			[]any{[]model.Place{{IRI: "http://id.insee.fr/geo/commune/94028"}}, []model.Concept{{IRI: scolomfr + "scolomfr-voc-022-num-016"}}}},
		{"a label that is the IRI again says nothing", lomOf(`<lom:educational><lom:context><lom:value>` + scolomfr + `scolomfr-voc-012-num-003</lom:value><lom:label>` + scolomfr + `scolomfr-voc-012-num-003</lom:label></lom:context></lom:educational>`),
			func(o *model.Output) any { return o.Education.Levels }, []model.Concept{{IRI: scolomfr + "scolomfr-voc-012-num-003"}}},
		{"an access right before the licence that a relation states", lomOf(`<lom:rights><lom:cost><lom:value>no</lom:value></lom:cost><lom:copyrightAndOtherRestrictions><lom:value>no</lom:value></lom:copyrightAndOtherRestrictions><lom:description><lom:string>info:eu-repo/semantics/openAccess</lom:string></lom:description></lom:rights>` +
			relation + `a pour licence` + rest + `<lom:identifier><lom:catalog>URI</lom:catalog><lom:entry>https://creativecommons.org/publicdomain/zero/1.0/</lom:entry></lom:identifier></lom:resource></lom:relation>`),
			func(o *model.Output) any { return []any{o.Access, o.Licence} }, []any{model.Open, model.Licence("CC0-1.0")}},
		{"relations to nothing", lomOf(relation + `a pour licence` + rest + `</lom:resource></lom:relation>` + relation + `haspart` + rest + `<lom:identifier><lom:catalog>URL</lom:catalog></lom:identifier></lom:resource></lom:relation>` + relation + `ispartof` + rest + `<lom:description/></lom:resource></lom:relation>`),
			func(o *model.Output) any { return []any{o.Licence, len(o.Relations), o.Container} }, []any{model.Licence(""), 0, (*model.Container)(nil)}},
		{"what looks like a conference but has no time", lomOf(relation + `ispartof` + rest + `<lom:description><lom:string>Colloque, Créteil, FR, hier/demain</lom:string></lom:description></lom:resource></lom:relation>`),
			func(o *model.Output) any { return []any{o.Conference, o.Container.Title.String()} }, []any{(*model.Conference)(nil), "Colloque, Créteil, FR, hier/demain"}},
		{"a contributor of no role, and one without a name", lomOf(`<lom:lifeCycle><lom:contribute><lom:entity>Ada</lom:entity><lom:entity/></lom:contribute></lom:lifeCycle>`),
			func(o *model.Output) any { return o.Contributions }, []model.Contribution{{Agent: model.Agent{Name: "Ada"}, Role: "contributor"}}},
		{"the last term of a path", lomOf(`<lom:classification><lom:purpose><lom:source>LOMv1.0</lom:source><lom:value>discipline</lom:value></lom:purpose><lom:taxonPath><lom:source><lom:string>CDD 22e éd.</lom:string></lom:source><lom:taxon><lom:id>500</lom:id></lom:taxon><lom:taxon><lom:id>510</lom:id><lom:entry><lom:string language="fre">Mathématiques</lom:string></lom:entry></lom:taxon></lom:taxonPath></lom:classification>`),
			func(o *model.Output) any { return o.Subjects }, []model.Subject{{Label: model.NewText("fr", "Mathématiques"), Scheme: "CDD 22e éd.", Code: "510"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, _ := read(t, c.metadata)
			if diff := cmp.Diff(c.is, c.want(&out), alike); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Every concept of the table is read by its label, in capitals too, and by its
// name: as LOM's word or ScoLOMFR's number.
func TestReadLOMTerms(t *testing.T) {
	levels := func(o model.Output) []model.Concept { return o.Education.Levels }
	for vocabulary, place := range map[string]struct {
		pattern string // of a label and a name
		field   func(model.Output) []model.Concept
	}{
		"010": {`<lom:educational><lom:learningResourceType><lom:value>%s</lom:value></lom:learningResourceType></lom:educational>`, func(o model.Output) []model.Concept { return o.Education.ResourceTypes }},
		"011": {`<lom:educational><lom:intendedEndUserRole><lom:value>%s</lom:value></lom:intendedEndUserRole></lom:educational>`, func(o model.Output) []model.Concept { return o.Education.Audience }},
		"012": {`<lom:educational><lom:context><lom:value>%s</lom:value></lom:context></lom:educational>`, levels},
		"019": {`<lom:educational><lomfr:activity><lomfr:value>%s</lomfr:value></lomfr:activity></lom:educational>`, func(o model.Output) []model.Concept { return o.Education.Activities }},
		"022": {`<lom:classification><lom:purpose><lom:value>educational level</lom:value></lom:purpose><lom:taxonPath><lom:taxon>%s</lom:taxon></lom:taxonPath></lom:classification>`, levels},
	} {
		if len(lomTerms[vocabulary]) == 0 {
			t.Errorf("no terms of vocabulary %s", vocabulary)
		}
		for _, c := range lomTerms[vocabulary] {
			if !inVocabulary(c.iri, vocabulary) {
				t.Errorf("%s is not of vocabulary %s", c.iri, vocabulary)
			}
			name := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(c.iri, scolomfr), "_2"), "_", " ")
			given := []string{strings.ToUpper(strings.ReplaceAll(c.label, "'", "’")), name}
			if vocabulary == "022" {
				given[0] = `<lom:entry><lom:string language="en">a level</lom:string><lom:string language="fre">` + given[0] + `</lom:string></lom:entry>`
				given[1] = `<lom:id>` + name + `</lom:id>`
			}
			for _, s := range given {
				out, losses := read(t, lomOf(fmt.Sprintf(place.pattern, s)))
				if got := place.field(out); len(got) != 1 || got[0].IRI != c.iri || losses != nil {
					t.Errorf("%s is read as %v, lost %v, want %s", s, got, losses, c.iri)
				}
			}
		}
	}
}

// What LOM says that the model has no place for is listed, each value once.
func TestReadLOMLosses(t *testing.T) {
	_, losses := read(t, lomOf(`<lom:metaMetadata><lom:contribute><lom:entity>BEGIN:VCARD
VERSION:3.0
FN:Ada
LOGO;ENCODING=b:R0lGODlhoABC
TEL:
END:VCARD</lom:entity></lom:contribute></lom:metaMetadata><lom:general><lom:coverage><lom:string>XXe siècle</lom:string></lom:coverage><lom:structure><lom:source>LOMv1.0</lom:source><lom:value>atomic</lom:value></lom:structure>`+
		`<scolomfr:generalResourceType><scolomfr:label>article</scolomfr:label><scolomfr:value>`+scolomfr+`scolomfr-voc-005-num-003</scolomfr:value></scolomfr:generalResourceType></lom:general>`+
		`<lom:educational><lom:learningResourceType><lom:source>LOMFRv1.0</lom:source><lom:value>atelier</lom:value></lom:learningResourceType></lom:educational>`+
		`<lom:rights><lom:cost><lom:source>LOMv1.0</lom:source><lom:value>no</lom:value></lom:cost></lom:rights>`+
		`<lom:relation><lom:kind><lom:value>is remotely like</lom:value></lom:kind><lom:resource><lom:identifier><lom:catalog>URL</lom:catalog><lom:entry>https://example.org/</lom:entry></lom:identifier></lom:resource></lom:relation>`+
		`<lom:classification><lom:purpose><lom:value>discipline</lom:value></lom:purpose><lom:taxonPath><lom:taxon><lom:id>1</lom:id><lom:entry><lom:string language="fr">Un</lom:string><lom:string language="en">One</lom:string></lom:entry></lom:taxon><lom:taxon><lom:id>2</lom:id></lom:taxon></lom:taxonPath></lom:classification>`))
	var got []string
	for _, l := range losses {
		got = append(got, l.String())
	}
	same(t, got,
		`lom/metaMetadata/contribute/entity: "FN:Ada LOGO"`,
		`lom/general/coverage: "XXe siècle": a time in words`,
		`lom/general/structure: "atomic"`,
		`lom/general/generalResourceType: "article http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-005-num-003": this term covers several kinds: journal-article, blog-post`,
		`lom/educational/learningResourceType: "atelier"`,
		`lom/rights/cost: "no"`,
		`lom/relation/kind: "is remotely like"`,
		`lom/relation/resource/identifier/catalog: "URL"`,
		`lom/relation/resource/identifier/entry: "https://example.org/"`,
		`lom/classification/taxonPath/taxon: "Un One 1": the last term of the path, more exact, is kept`,
	)
}

// A label that stands in for a title is none when it comes back.
func TestReadLOMUntitled(t *testing.T) {
	out, losses := read(t, string(render(t, "lom", untitledRecord())))
	if len(out.Title) > 0 || out.Access != model.Embargoed || out.Available.String() != "2024-01-01" || out.Kind != "video" {
		t.Errorf("read %+v", out)
	}
	if !slices.ContainsFunc(losses, func(l Loss) bool { return l.Path == "lom/general/title" && l.Reason != nil }) {
		t.Errorf("the label is not listed: %v", losses)
	}
}
