package crosswalk

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// alike compares what outputs say.
var alike = cmp.Options{
	cmp.Comparer(func(a, b language.Tag) bool { return a == b }),
	cmp.Comparer(func(a, b model.Date) bool { return a.String() == b.String() }),
	cmpopts.EquateEmpty(),
}

func harvested(metadata string) oaipmh.Record[oaipmh.Metadata] {
	return oaipmh.Record[oaipmh.Metadata]{
		Header: oaipmh.Header{Identifier: "oai:example.org:r-1", Datestamp: time.Date(2023, 6, 1, 8, 30, 0, 0, time.UTC)},
		Value:  oaipmh.Metadata(metadata),
	}
}

// read reads metadata and fails the test if it cannot, or if no catalogue takes
// what came of it.
func read(t testing.TB, metadata string) (model.Output, []Loss) {
	t.Helper()
	out, losses, err := Read(harvested(metadata), model.Origin{BaseURL: "https://example.org/oai", Harvested: date("2023-06-02")})
	if err != nil {
		t.Fatal(err)
	}
	taken(t, &out)
	return out, losses
}

// taken fails the test if no catalogue takes an output.
func taken(t testing.TB, out *model.Output) {
	t.Helper()
	w, err := model.NewWriter(io.Discard, "catalogue.json", heading())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(out); err != nil {
		t.Errorf("no catalogue takes it: %v", err)
	}
}

// A language that comes twice costs no record either.
func TestReadTakesALanguageTwice(t *testing.T) {
	out, _ := read(t, tei(`<titleStmt><title type="sub" xml:lang="fr">Un</title><title type="sub" xml:lang="fr">Deux</title></titleStmt>`, ""))
	if got := out.Subtitle.String(); got != "Un – Deux" {
		t.Errorf("subtitle %q", got)
	}
	out, _ = read(t, kernel4(`<subjects><subject valueURI="https://example.org/v" xml:lang="fr">Un</subject><subject valueURI="https://example.org/v" xml:lang="en">One</subject><subject valueURI="https://example.org/v" xml:lang="fr">Deux</subject></subjects>`))
	if len(out.Subjects) != 2 || len(out.Subjects[0].Label) != 2 || out.Subjects[1].Label.String() != "Deux" {
		t.Errorf("subjects %+v", out.Subjects)
	}
	out, _ = read(t, dc(`<dc:audience xml:lang="fr">X</dc:audience><dc:audience xml:lang="FR">Un</dc:audience><dc:audience>https://example.org/1</dc:audience>`))
	if len(out.Education.Audience) != 1 || out.Education.Audience[0].Label.String() != "Un" {
		t.Errorf("audience %+v", out.Education)
	}
	out, _ = read(t, lomOf(`<lom:relation><lom:kind><lom:value>ispartof</lom:value></lom:kind><lom:resource><lom:description><lom:string language="fr">Un, Nice, FR, 2020/2021</lom:string><lom:string language="fre">Deux, Nice, FR, 2020/2021</lom:string></lom:description></lom:resource></lom:relation>`))
	if out.Conference == nil || out.Conference.Title.String() != "Un – Deux" {
		t.Errorf("conference %+v", out.Conference)
	}
}

// What comes a second time where there is room for one is listed, not taken in
// place of the first.
func TestReadListsWhatComesTwice(t *testing.T) {
	oaire := func(elements string) string {
		return `<oaire:resource xmlns:oaire="` + nsOAIRE + `" xmlns:dc="http://purl.org/dc/elements/1.1/">` + elements + `</oaire:resource>`
	}
	of := func(name, catalog, entry, title string) string {
		return `<lom:relation><lom:kind><lom:value>` + name + `</lom:value></lom:kind><lom:resource><lom:identifier><lom:catalog>` + catalog + `</lom:catalog><lom:entry>` + entry + `</lom:entry></lom:identifier><lom:description>` + title + `</lom:description></lom:resource></lom:relation>`
	}
	for _, c := range []struct {
		name, metadata string
		want           func(*model.Output) string
		is             string
		lost           string
	}{
		{"volume", oaire(`<oaire:citationVolume>1</oaire:citationVolume><oaire:citationVolume>ZQXJ</oaire:citationVolume>`),
			func(o *model.Output) string { return o.Container.Volume }, "1", `resource/citationVolume[2]: "ZQXJ": another value is known: 1`},
		{"issue", oaire(`<oaire:citationIssue>1</oaire:citationIssue><oaire:citationIssue>ZQXJ</oaire:citationIssue>`),
			func(o *model.Output) string { return o.Container.Issue }, "1", `resource/citationIssue[2]: "ZQXJ": another value is known: 1`},
		{"pages", oaire(`<oaire:citationStartPage>1</oaire:citationStartPage><oaire:citationEndPage>9</oaire:citationEndPage><oaire:citationEndPage>9</oaire:citationEndPage><oaire:citationStartPage>ZQXJ</oaire:citationStartPage>`),
			func(o *model.Output) string { return o.Container.Pages }, "1-9", `resource/citationStartPage[2]: "ZQXJ": another value is known: 1`},
		{"place", oaire(`<oaire:citationConferencePlace>Nice, FR</oaire:citationConferencePlace><oaire:citationConferencePlace>ZQXJ, FR</oaire:citationConferencePlace>`),
			func(o *model.Output) string { return o.Conference.Place }, "Nice", `resource/citationConferencePlace[2]: "ZQXJ, FR": another value is known: Nice`},
		{"time", oaire(`<oaire:citationConferenceDate>2020</oaire:citationConferenceDate><oaire:citationConferenceDate>2021/2022</oaire:citationConferenceDate>`),
			func(o *model.Output) string { return o.Conference.Period.String() }, "2020/2020", `resource/citationConferenceDate[2]: "2021/2022": another value is known: 2020/2020`},
		{"end of the embargo", dc(`<dc:date>info:eu-repo/date/embargoEnd/2031</dc:date><dc:date>info:eu-repo/date/embargoEnd/2032</dc:date>`),
			func(o *model.Output) string { return o.Available.String() }, "2031", `dc/date[2]: "info:eu-repo/date/embargoEnd/2032": another date of this kind is known: 2031`},
		{"frequency", dc(`<dc:accrualPeriodicity>annual</dc:accrualPeriodicity><dc:accrualPeriodicity>monthly</dc:accrualPeriodicity>`),
			func(o *model.Output) string { return string(o.Frequency) }, "annual", `dc/accrualPeriodicity[2]: "monthly": another value is known: annual`},
		{"title of a link", lomOf(of("scolomfr-voc-009-num-001", "URL", "https://example.org/1", `<lom:string>One</lom:string>`) + of("scolomfr-voc-009-num-001", "URL", "https://example.org/1", `<lom:string>ZQXJ</lom:string>`)),
			func(o *model.Output) string { return o.Links[0].Title.String() }, "One", `lom/relation[2]/resource/description: "ZQXJ": another value is known: One`},
		{"title of a relation", lomOf(of("references", "DOI", "10.1234/x", `<lom:string language="fr">Un</lom:string><lom:string language="fr">ZQXJ</lom:string>`)),
			func(o *model.Output) string { return o.Relations[0].Title.String() }, "Un", `lom/relation/resource/description: "ZQXJ": another value is known: Un`},
		{"end of the embargo in LOM", lomOf(`<lom:rights><lom:description><lom:string language="en">end of the embargo: 2031</lom:string></lom:description><lom:description><lom:string language="en">end of the embargo: 2032</lom:string></lom:description></lom:rights>`),
			func(o *model.Output) string { return o.Available.String() }, "2031", `lom/rights/description[2]/string[@language="en"]: "end of the embargo: 2032": another date of this kind is known: 2031`},
		{"award", lomOf(`<lom:lifeCycle><lom:contribute><lom:entity>BEGIN:VCARD&#10;FN:ANR&#10;ROLE:funder&#10;NOTE:AWARD=1&#10;NOTE:AWARD=ZQXJ&#10;END:VCARD</lom:entity></lom:contribute></lom:lifeCycle>`),
			func(o *model.Output) string { return o.Funding[0].Award }, "1", `lom/lifeCycle/contribute/entity: "NOTE:AWARD=ZQXJ"`},
		{"award in TEI", tei(`<titleStmt><funder ref="#p"/></titleStmt>`, `<listOrg type="projects"><org type="anrProject" xml:id="p"><idno type="anr">1</idno><idno type="anr">ZQXJ</idno></org></listOrg>`),
			func(o *model.Output) string { return o.Funding[0].Award }, "1", `TEI/text/back/listOrg/org/idno[2][@type="anr"]: "ZQXJ": another value is known: 1`},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, losses := read(t, c.metadata)
			if got := c.want(&out); got != c.is {
				t.Errorf("got %q, want %q", got, c.is)
			}
			if !slices.ContainsFunc(losses, func(l Loss) bool { return l.String() == c.lost }) {
				t.Errorf("losses %v", losses)
			}
		})
	}
}

// Nor does an identifier with a control character in it.
func TestReadListsIdentifiersThatCannotBePrinted(t *testing.T) {
	for _, metadata := range []string{
		dc(`<dc:identifier>a&#155;b</dc:identifier>`),
		`<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="PMID">a&#155;b</identifier></resource>`,
		`<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listBibl><biblFull><sourceDesc><biblStruct><idno type="pubmed">a&#155;b</idno></biblStruct></sourceDesc></biblFull></listBibl></body></text></TEI>`,
	} {
		if out, losses := read(t, metadata); len(out.Identifiers) > 0 || len(losses) != 1 {
			t.Errorf("%v, %v of %s", out.Identifiers, losses, metadata)
		}
	}
}

// One address that is none costs that address, not the record, and what stands
// beside a missing name or type is listed.
func TestReadListsWhatIsHalf(t *testing.T) {
	for _, c := range []struct {
		name, metadata string
		want           []string
	}{
		{"DataCite", kernel4(`<creators><creator><creatorName>X</creatorName><nameIdentifier>0000-0002-1825-0097</nameIdentifier></creator><creator><creatorName>(:unav)</creatorName></creator></creators>` +
			`<publisher publisherIdentifier="https://ror.org/05ggc9x40">P</publisher>` +
			`<contributors><contributor><contributorName/><affiliation>A</affiliation></contributor></contributors>` +
			`<relatedIdentifiers><relatedIdentifier relatedIdentifierType="URL" relationType="Cites">www.example.org</relatedIdentifier><relatedIdentifier relationType="Cites">10.1234/x</relatedIdentifier></relatedIdentifiers>` +
			`<fundingReferences><fundingReference><funderName/><awardNumber>ANR-1</awardNumber></fundingReference></fundingReferences>` +
			`<relatedItems><relatedItem relationType="IsPublishedIn"><relatedItemIdentifier relatedItemIdentifierType="URL">in words</relatedItemIdentifier></relatedItem></relatedItems>`),
			[]string{
				`oai_datacite/schemaVersion: "4.3"`,
				`oai_datacite/payload/resource/creators/creator/nameIdentifier: "0000-0002-1825-0097": an identifier without type`,
				`oai_datacite/payload/resource/publisher/@publisherIdentifier: "https://ror.org/05ggc9x40"`,
				`oai_datacite/payload/resource/contributors/contributor: "A": without a name`,
				`oai_datacite/payload/resource/relatedIdentifiers/relatedIdentifier[@relatedIdentifierType="URL"][@relationType="Cites"]: "www.example.org": no whole web address`,
				`oai_datacite/payload/resource/relatedIdentifiers/relatedIdentifier[2][@relationType="Cites"]: "10.1234/x": an identifier without type`,
				`oai_datacite/payload/resource/fundingReferences/fundingReference: "ANR-1": without a name`,
				`oai_datacite/payload/resource/relatedItems/relatedItem/relatedItemIdentifier[@relatedItemIdentifierType="URL"]: "in words": no whole web address`,
			}},
		{"OpenAIRE", `<oaire:resource xmlns:oaire="http://namespace.openaire.eu/schema/oaire/"><oaire:file mimeType="text/html">www.example.org</oaire:file></oaire:resource>`,
			[]string{`resource/file[@mimeType="text/html"]: "www.example.org": no whole web address`}},
		{"Dublin Core", dc(`<dc:license>© in words</dc:license><dc:creator>(:unkn)</dc:creator><dc:source>https://example.org/a b c</dc:source><dc:source>https://exam ple.org/</dc:source><dc:conformsTo>http://[</dc:conformsTo>` +
			`<dc:coverage>name=Guerre; start=1914; end=1918</dc:coverage>`),
			[]string{
				`dc/source[2]: "https://exam ple.org/": no whole web address`,
				`dc/conformsTo: "http://[": no whole web address`,
				`dc/coverage: "Guerre": the model has no place for the name of a period`,
			}},
		{"TEI", tei(`<titleStmt><author role="aut"><persName><surname>B</surname></persName><email>a@example.org</email><email>b@example.org</email></author><author role="edt"><email>c@example.org</email></author></titleStmt>`+
			`<editionStmt><edition><ref type="file" target="www.example.org/a.pdf"/></edition></editionStmt>`+
			`<sourceDesc><biblStruct><relatedItem target="in words" type="Cites"/></biblStruct></sourceDesc>`, ""),
			[]string{
				`TEI/teiHeader/fileDesc/publicationStmt/availability/licence/@target: "http://creativecommons.org/licenses/by/4.0/": licence of the description, not of what it describes`,
				`TEI/text/body/listBibl/biblFull/titleStmt/author/email[2]: "b@example.org"`,
				`TEI/text/body/listBibl/biblFull/titleStmt/author[2][@role="edt"]: "c@example.org": without a name`,
				`TEI/text/body/listBibl/biblFull/editionStmt/edition/ref/@type: "file": no whole web address`,
				`TEI/text/body/listBibl/biblFull/editionStmt/edition/ref/@target: "www.example.org/a.pdf": no whole web address`,
				`TEI/text/body/listBibl/biblFull/sourceDesc/biblStruct/relatedItem/@target: "in words": no whole web address`,
				`TEI/text/body/listBibl/biblFull/sourceDesc/biblStruct/relatedItem/@type: "Cites": no whole web address`,
			}},
		{"LOM", `<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><lifeCycle><contribute><entity>BEGIN:VCARD&#10;EMAIL:a@example.org&#10;END:VCARD</entity><entity>BEGIN:VCARD&#10;FN:&#10;N:;;;;&#10;END:VCARD</entity></contribute></lifeCycle><relation><kind><value>references</value></kind><resource><identifier><catalog>URL</catalog><entry>http://[</entry></identifier></resource></relation></lom>`,
			[]string{
				`lom/lifeCycle/contribute/entity: "BEGIN:VCARD EMAIL:a@example.org END:VCARD": without a name`,
				`lom/relation/resource/identifier/catalog: "URL"`,
				`lom/relation/resource/identifier/entry: "http://[": no whole web address`,
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, losses := read(t, c.metadata)
			var got []string
			for _, l := range losses {
				got = append(got, l.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("losses (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadKeepsTheChainOfOrigins(t *testing.T) {
	rec := harvested(`<TEI xmlns="http://www.tei-c.org/ns/1.0"/>`)
	rec.About = [][]byte{[]byte("<rights/>"), []byte("no XML"), provenance(fullRecord().Output.Provenance.Origins).XML()}
	out, _, err := Read(rec, model.Origin{BaseURL: "https://example.org/oai", Harvested: date("2023-06-02")})
	if err != nil {
		t.Fatal(err)
	}
	want := append([]model.Origin{{
		BaseURL: "https://example.org/oai", Identifier: "oai:example.org:r-1", Datestamp: date("2023-06-01T08:30:00Z"),
		MetadataNamespace: "http://www.tei-c.org/ns/1.0", Harvested: date("2023-06-02"),
	}}, fullRecord().Output.Provenance.Origins...)
	for i := range want { // the container writes a harvest date as an instant
		want[i].Harvested = model.NewDate(want[i].Harvested.Time(), want[i].Harvested.Precision())
	}
	instants := cmp.Comparer(func(a, b model.Date) bool { return a.Time().Equal(b.Time()) })
	if diff := cmp.Diff(want, out.Provenance.Origins, instants); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}

func TestReadOfADeletedRecordIsATombstone(t *testing.T) {
	rec := harvested("")
	rec.Deleted = true
	out, losses, err := Read(rec, model.Origin{})
	if err != nil || losses != nil || out.Status != model.Withdrawn || out.ID != "r-1" {
		t.Errorf("got %+v, %v, %v", out, losses, err)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		metadata string
		want     string
	}{
		"a format that nothing reads":       {`<mods xmlns="http://www.loc.gov/mods/v3"/>`, "no crosswalk reads"},
		"what is not XML":                   {`<TEI xmlns="http://www.tei-c.org/ns/1.0">`, "not well-formed"},
		"no metadata":                       {``, "no metadata"},
		"elements without end":              {strings.Repeat("<a>", 200) + strings.Repeat("</a>", 200), "not well-formed"},
		"a name of the format, not its own": {`<TEI/>`, "no crosswalk reads"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := Read(harvested(c.metadata), model.Origin{})
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "oai:example.org:r-1") {
				t.Errorf("got %v", err)
			}
			if strings.HasPrefix(c.want, "no crosswalk") != errors.Is(err, ErrUnknownFormat) {
				t.Errorf("errors.Is(ErrUnknownFormat) is wrong for %v", err)
			}
		})
	}
}

func TestOutputIDs(t *testing.T) {
	for identifier, want := range map[string]string{
		"oai:HAL:hal-03526140v1":       "hal-03526140v1",
		"oai:zenodo.org:7648514":       "zenodo-7648514",
		"oai:revues.org:ree/11158":     "ree-11158",
		"oai:HAL:mem_03847446":         "mem_03847446",
		"https://example.org/é?a=1&b=": "https-example.org-a-1-b",
		"oai:example.org:a:b":          "a-b",
		"oai:example.org:论文":           "record-df18fd6f",
	} {
		if got := OutputID(identifier); got != want {
			t.Errorf("OutputID(%q) = %q, want %q", identifier, got, want)
		}
	}
}

func TestEveryLossIsListedWithItsPlace(t *testing.T) {
	_, losses := read(t, `<TEI xmlns="http://www.tei-c.org/ns/1.0" version="1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b">
		<teiHeader>before <p rend="x">in</p> after</teiHeader>
		<text><body><listBibl><biblFull>
			<notesStmt><note type="audience" n="2">International</note><note type="popular" n="0"/></notesStmt>
			<profileDesc><langUsage><language ident="no language">?</language></langUsage></profileDesc>
		</biblFull></listBibl></body></text></TEI>`)
	want := []Loss{
		{"TEI/@version", "1.1", nil},
		{"TEI/teiHeader", "before after", nil},
		{`TEI/teiHeader/p[@rend="x"]`, "in", nil},
		{`TEI/text/body/listBibl/biblFull/notesStmt/note[@type="audience"][@n="2"]`, "International", nil},
		{"TEI/text/body/listBibl/biblFull/notesStmt/note[2]/@type", "popular", nil},
		{"TEI/text/body/listBibl/biblFull/notesStmt/note[2]/@n", "0", nil},
		{"TEI/text/body/listBibl/biblFull/profileDesc/langUsage/language[@ident=\"no language\"]", "?", text("aucune langue connue de BCP 47 ou d’ISO 639", "no language that BCP 47 or ISO 639 knows")},
	}
	if diff := cmp.Diff(want, losses, alike); diff != "" {
		t.Errorf("losses (-want +got):\n%s", diff)
	}
}

// FuzzRead proves that no metadata brings a reader down, and that what it reads
// can be written in every format that takes it.
func FuzzRead(f *testing.F) {
	for _, prefix := range readFormats {
		if metadata, err := formatOf(f, prefix).Append(nil, untitledRecord()); err == nil {
			f.Add(metadata)
		}
	}
	f.Add([]byte(`<dc xmlns="` + nsOAIDC + `"><identifier>urn:isbn:</identifier><date>2023-</date><relation>info:eu-repo/semantics//</relation></dc>`))
	f.Add([]byte(`<TEI xmlns="` + nsTEI + `"><text><back><listOrg><org xml:id="a"><orgName>A</orgName><listRelation><relation active="#a"/></listRelation></org></listOrg></back></text></TEI>`))
	f.Fuzz(func(t *testing.T, metadata []byte) { readAndWrite(t, metadata) })
}

// FuzzReadValue does the same with one value replaced in a good record, where
// FuzzRead mostly meets broken XML.
func FuzzReadValue(f *testing.F) {
	for format := range readFormats {
		for i, value := range []string{"", "2023-13-45", ", ", "doi:", "http://[::1", "info:eu-repo/grantAgreement///", "urn:isbn:", "#", "start=;end="} {
			f.Add(uint8(format), uint16(i*7), value)
		}
	}
	f.Fuzz(func(t *testing.T, format uint8, place uint16, value string) {
		doc := etree.NewDocument()
		if err := doc.ReadFromBytes(render(t, readFormats[int(format)%len(readFormats)], fullRecord())); err != nil {
			t.Fatal(err)
		}
		var values []*string
		eachValue(doc.Root(), func(_ string, v *string) { values = append(values, v) })
		*values[int(place)%len(values)] = value
		metadata, err := doc.WriteToBytes()
		if err != nil {
			t.Fatal(err)
		}
		readAndWrite(t, metadata)
	})
}

// readAndWrite reads metadata, and writes what it holds in every format.
func readAndWrite(t *testing.T, metadata []byte) {
	out, losses, err := Read(harvested(string(metadata)), model.Origin{BaseURL: "https://example.org/oai", Harvested: date("2023-06-02")})
	if err != nil {
		return
	}
	for _, l := range losses {
		if l.Path == "" || l.Value == "" && l.Reason == nil {
			t.Errorf("loss says nothing: %+v", l)
		}
	}
	if _, err := json.Marshal(out); err != nil {
		t.Errorf("output cannot be written: %v", err)
	}
	for _, format := range Formats(Options{}) {
		written, err := format.Append(nil, model.Record{Catalogue: heading(), Output: &out})
		if err == nil {
			_, err = parse(written)
		}
		if err != nil && !errors.Is(err, oaipmh.ErrCannotDisseminate) {
			t.Errorf("%s: %v\n%s", format.Prefix, err, written)
		}
	}
}

// TestReadLeavesNoEmptyLists: a catalogue writes down a list that is there, be
// it empty. A media type is derived from the name of a file, and then stated.
func TestReadLeavesNoEmptyLists(t *testing.T) {
	r := changed(func(o *model.Output) {
		*o = model.Output{ID: "r", Kind: "dataset", Title: text("R", "R"), URL: "https://example.org/r"}
		o.Files = []model.File{{URL: "https://example.org/r.csv", MediaType: "text/csv"}}
	})
	for _, prefix := range []string{"oai_dc", "oai_dcterms", "lom"} {
		out, _ := read(t, string(render(t, prefix, r)))
		data, err := json.Marshal(out)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "[]") {
			t.Errorf("%s: an empty list in %s", prefix, data)
		}
	}
}
