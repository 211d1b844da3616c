package crosswalk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// What harvesters ask of the formats, each rule by the name of who asks.

// root parses metadata alone, as DSpace, Dataverse and B2FIND do.
func root(t testing.TB, metadata []byte) *etree.Element {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(metadata); err != nil {
		t.Fatalf("%v in %s", err, metadata)
	}
	return doc.Root()
}

// texts are the texts of the elements with a name, prefix included.
func texts(t testing.TB, metadata []byte, name string) (list []string) {
	t.Helper()
	for _, e := range root(t, metadata).FindElements("//" + name) {
		list = append(list, e.Text())
	}
	return list
}

// changed is the full record with a change.
func changed(change func(*model.Output)) model.Record {
	r := fullRecord()
	change(r.Output)
	return r
}

func isPrefix(prefix string) func(oaipmh.Format[model.Record]) bool {
	return func(f oaipmh.Format[model.Record]) bool { return f.Prefix == prefix }
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Dataverse takes the first dc:identifier that has "doi" or "hdl" in it for
// the persistent identifier, and fails if it is an address of another site.
func TestDataverseFindsTheDOIFirst(t *testing.T) {
	const page = "https://doi-and-hdl.example.org/doi/1"
	for name, c := range map[string]struct {
		ids  []model.Identifier
		want []string
	}{
		"DOI":            {[]model.Identifier{id("hal:hal-03526140"), id("doi:10.1234/AB")}, []string{"https://doi.org/10.1234/ab", page, "https://hal.science/hal-03526140"}},
		"handle":         {[]model.Identifier{id("handle:20.500.12345/42")}, []string{"https://hdl.handle.net/20.500.12345/42", page}},
		"DOI and handle": {[]model.Identifier{id("handle:20.500.12345/42"), id("doi:10.1234/ab")}, []string{"https://doi.org/10.1234/ab", "https://hdl.handle.net/20.500.12345/42", page}},
		"neither":        {nil, []string{page}},
	} {
		t.Run(name, func(t *testing.T) {
			r := changed(func(o *model.Output) { o.URL, o.Identifiers, o.Files = page, c.ids, nil })
			same(t, texts(t, render(t, "oai_dc", r), "dc:identifier"), c.want...)
			same(t, texts(t, render(t, "oai_dcterms", r), "dcterms:identifier"), c.want...)
		})
	}
}

// OpenAIRE shows the first dc:identifier that is an address: it must lead to
// the page, never to a file. The DOI does, so this rule and Dataverse's agree.
func TestOpenAIREShowsThePageFirst(t *testing.T) {
	r := changed(func(o *model.Output) { o.Identifiers = nil })
	same(t, texts(t, render(t, "oai_dc", r), "dc:identifier")[:1], r.Output.URL)
}

// CORE looks for the full text among the identifiers, GoTriple tells it from
// the page by its suffix.
func TestCOREAndGoTripleFindTheFullText(t *testing.T) {
	ids := texts(t, render(t, "oai_dc", fullRecord()), "dc:identifier")
	if !slices.ContainsFunc(ids, func(s string) bool { return strings.HasSuffix(s, ".pdf") }) {
		t.Errorf("no full text in %q", ids)
	}
	if !slices.Contains(ids, fullRecord().Output.URL) {
		t.Errorf("no page in %q", ids)
	}
}

// isidore finds what is written in French even where the title is not.
func TestSubtitleOfALanguageWithoutTitle(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Title, o.Subtitle, o.AlternativeTitles = model.NewText("en", "Title"), text("sous-titre", "subtitle"), nil
	})
	same(t, texts(t, render(t, "oai_dc", r), "dc:title"), "Title: subtitle", "sous-titre")
	same(t, texts(t, render(t, "oai_dcterms", r), "dcterms:alternative"), "sous-titre")
}

// BASE and GoTriple want web addresses as identifiers.
func TestBASEReadsAddressesAlone(t *testing.T) {
	for _, s := range texts(t, render(t, "oai_dc", fullRecord()), "dc:identifier") {
		if !strings.HasPrefix(s, "https://") {
			t.Errorf("%q is no web address", s)
		}
	}
}

// OpenAIRE, BASE and OVAL want one dc:date without time of day; only the end
// of an embargo is a second one.
func TestOneDateWithoutTime(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*model.Output)
		want   []string
	}{
		"published":  {func(o *model.Output) { o.Issued = date("2023-05-12T08:30:00Z") }, []string{"2023-05-12"}},
		"year alone": {func(o *model.Output) { o.Issued = date("2023") }, []string{"2023"}},
		"not published: OpenAIRE takes any date rather than none": {func(o *model.Output) { o.Issued, o.Accepted = model.Date{}, model.Date{} }, []string{"2022"}},
		"under embargo": {func(o *model.Output) { o.Access, o.Available = model.Embargoed, date("2024-06-01") }, []string{"2023-05-12", "info:eu-repo/date/embargoEnd/2024-06-01"}},
		"none": {func(o *model.Output) {
			o.Issued, o.Accepted, o.Created, o.Modified = model.Date{}, model.Date{}, model.Date{}, model.Date{}
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			same(t, texts(t, render(t, "oai_dc", changed(c.change)), "dc:date"), c.want...)
		})
	}
}

// OpenAIRE 3 reads the first dc:type, of info:eu-repo; GoTriple wants COAR.
func TestTypesForOpenAIREAndGoTriple(t *testing.T) {
	for kind, want := range map[model.Kind][]string{
		"journal-article": {"info:eu-repo/semantics/article", "http://purl.org/coar/resource_type/c_6501", "Text"},
		"blog-post":       {"info:eu-repo/semantics/other", "http://purl.org/coar/resource_type/c_6947", "Text"},
		"lecture":         {"info:eu-repo/semantics/lecture", "http://purl.org/coar/resource_type/c_8544", "Text"},
		"image":           {"info:eu-repo/semantics/other", "http://purl.org/coar/resource_type/c_c513", "Image"},
	} {
		same(t, texts(t, render(t, "oai_dc", changed(func(o *model.Output) { o.Kind = kind })), "dc:type"), want...)
	}
}

// OpenAIRE 3 reads the version of an article as a further dc:type, OpenAIRE 4
// as a term of COAR.
func TestVersionsForOpenAIRE(t *testing.T) {
	for version, want := range map[string][2]string{
		"AM":               {"info:eu-repo/semantics/acceptedVersion", "http://purl.org/coar/version/c_ab4af688f83e57aa"},
		"publishedVersion": {"info:eu-repo/semantics/publishedVersion", "http://purl.org/coar/version/c_970fb48d4fbd8a85"},
		"2.0":              {"", ""},
	} {
		r := changed(func(o *model.Output) { o.Version = version })
		types := texts(t, render(t, "oai_dc", r), "dc:type")
		if got := strings.Join(types[3:], " "); got != want[0] {
			t.Errorf("%s: dc:type %q, want %q", version, got, want[0])
		}
		e := root(t, render(t, "oai_openaire", r)).FindElement("oaire:version")
		if got := e.SelectAttrValue("uri", ""); got != want[1] || e.Text() != version {
			t.Errorf("%s: oaire:version %q, uri %q, want %q", version, e.Text(), got, want[1])
		}
	}
}

// OpenAIRE 3 and BASE read exactly one access right of info:eu-repo, GoTriple
// that of COAR, both in dc:rights; the licence is another one, by its address.
func TestRightsForOpenAIREAndGoTriple(t *testing.T) {
	for access, want := range map[model.Access][]string{
		model.Open:         {"info:eu-repo/semantics/openAccess", "http://purl.org/coar/access_right/c_abf2"},
		model.Embargoed:    {"info:eu-repo/semantics/embargoedAccess", "http://purl.org/coar/access_right/c_f1cf"},
		model.Restricted:   {"info:eu-repo/semantics/restrictedAccess", "http://purl.org/coar/access_right/c_16ec"},
		model.MetadataOnly: {"info:eu-repo/semantics/closedAccess", "http://purl.org/coar/access_right/c_14cb"},
		"":                 nil, // never assumed
	} {
		r := changed(func(o *model.Output) { o.Access, o.Rights = access, nil })
		same(t, texts(t, render(t, "oai_dc", r), "dc:rights"), append(want, "https://creativecommons.org/licenses/by/4.0/")...)
		if want != nil {
			want = want[1:]
		}
		same(t, texts(t, render(t, "oai_dcterms", r), "dcterms:rights"), want...)
		same(t, texts(t, render(t, "oai_dcterms", r), "dcterms:license"), "https://creativecommons.org/licenses/by/4.0/")
	}
}

// OpenAIRE and B2FIND find grants and data sets in dc:relation.
func TestRelationsForOpenAIRE(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Links = nil
		o.Funding = []model.Funding{{Funder: model.Agent{Name: "European Commission"}, Programme: "H2020", Award: "283595"}}
	})
	got := texts(t, render(t, "oai_dc", r), "dc:relation")
	for _, want := range []string{
		"info:eu-repo/grantAgreement/European%20Commission/H2020/283595",
		"info:eu-repo/semantics/dataset/doi/10.5281/zenodo.7648514",
		"info:eu-repo/semantics/altIdentifier/isbn/9782070368228",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if got := texts(t, render(t, "oai_dcterms", r), "dcterms:relation"); !slices.Contains(got, "info:eu-repo/grantAgreement/European%20Commission/H2020/283595") {
		t.Errorf("no grant in %q", got)
	}
}

// OpenAIRE, OVAL and GoTriple all read languages in two letters, one each.
func TestLanguagesInTwoLetters(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Languages = []language.Tag{language.MustParse("fr-CA"), language.MustParse("fra"), language.MustParse("gsw"), language.Und, language.MustParse("und-Arab")}
	})
	for prefix, name := range map[string]string{"oai_dc": "dc:language", "oai_dcterms": "dcterms:language", "oai_openaire": "dc:language"} {
		same(t, texts(t, render(t, prefix, r), name), "fr", "gsw") // Alsatian has no two letters
	}
	same(t, texts(t, render(t, "datacite", r), "language"), "fr")
}

// isidore enriches texts by their language.
func TestTextsBearTheirLanguage(t *testing.T) {
	for prefix, names := range map[string][]string{
		"oai_dc":       {"dc:title", "dc:subject", "dc:description", "dc:rights"},
		"oai_dcterms":  {"dcterms:title", "dcterms:alternative", "dcterms:subject", "dcterms:abstract", "dcterms:rights"},
		"datacite":     {"title", "subject", "description", "rights"},
		"oai_openaire": {"datacite:title", "datacite:subject", "dc:description"},
	} {
		for _, name := range names {
			n := 0
			for _, e := range root(t, render(t, prefix, fullRecord())).FindElements("//" + name) {
				if e.SelectAttrValue("xml:lang", "") != "" {
					n++
				}
			}
			if n == 0 {
				t.Errorf("%s: no %s bears a language", prefix, name)
			}
		}
	}
}

// GoTriple reads dc:coverage as time alone; places are in dcterms:spatial.
func TestCoverageIsTimeForGoTriple(t *testing.T) {
	same(t, texts(t, render(t, "oai_dc", fullRecord()), "dc:coverage"), "2020-03-17/2020-05-11")
	same(t, texts(t, render(t, "oai_dcterms", fullRecord()), "dcterms:spatial"), "Créteil", "Créteil (France)", "http://id.insee.fr/geo/commune/94028")
}

// B2FIND reads periods by the DCMI Period scheme.
func TestPeriodsForB2FIND(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Temporal = []model.Period{{Start: date("2020-03-17"), End: date("2020-05-11")}, {Start: date("2021")}, {End: date("2022-05")}}
	})
	for _, e := range root(t, render(t, "oai_dcterms", r)).FindElements("//dcterms:temporal") {
		if got := e.SelectAttrValue("xsi:type", ""); got != "dcterms:Period" {
			t.Errorf("xsi:type %q", got)
		}
	}
	same(t, texts(t, render(t, "oai_dcterms", r), "dcterms:temporal"), "start=2020-03-17; end=2020-05-11", "start=2021", "end=2022-05")
}

// B2FIND drops records without publisher: that of what an article appeared in
// is better than none.
func TestPublisherForB2FIND(t *testing.T) {
	r := changed(func(o *model.Output) { o.Publisher = model.Agent{} })
	same(t, texts(t, render(t, "oai_dc", r), "dc:publisher"), "Université de Nantes")
}

// Harvesters of DataCite records, Dataverse among them, need the DOI in the
// payload; elsewhere it is only in the header.
func TestDataCiteHoldsTheDOI(t *testing.T) {
	for _, prefix := range []string{"datacite", "oai_datacite"} {
		e := root(t, render(t, prefix, fullRecord())).FindElement("//identifier")
		if e.Text() != "10.4000/ree.11158" || e.SelectAttrValue("identifierType", "") != "DOI" {
			t.Errorf("%s: identifier %q", prefix, e.Text())
		}
	}
}

// OpenAIRE's guidelines for data archives allow other identifiers where there
// is no DOI.
func TestDataCiteWithoutDOI(t *testing.T) {
	for name, c := range map[string]struct {
		change    func(*model.Output)
		typ, want string
	}{
		"handle":  {func(o *model.Output) { o.Identifiers = []model.Identifier{id("handle:20.500.12345/42")} }, "Handle", "20.500.12345/42"},
		"page":    {func(o *model.Output) { o.Identifiers = nil }, "URL", "https://journals.openedition.org/ree/11158?a=1&b=2"},
		"nothing": {func(o *model.Output) { o.Identifiers, o.URL, o.Files = nil, "", nil }, "URL", "https://example.org/gtnum/records/inegalites-classe-a-distance"},
	} {
		t.Run(name, func(t *testing.T) {
			e := root(t, render(t, "datacite", changed(c.change))).FindElement("identifier")
			if e.Text() != c.want || e.SelectAttrValue("identifierType", "") != c.typ {
				t.Errorf("got %s %q", e.SelectAttrValue("identifierType", ""), e.Text())
			}
		})
	}
}

// OpenAIRE's guidelines for data archives: access in the terms of info:eu-repo
// and not of COAR, the licence a further element, and a date.
func TestDataCiteForOpenAIRE(t *testing.T) {
	metadata := root(t, render(t, "oai_datacite", fullRecord()))
	var uris []string
	for _, e := range metadata.FindElements("//rights") {
		if uri := e.SelectAttrValue("rightsURI", ""); uri != "" {
			uris = append(uris, uri)
		}
	}
	same(t, uris, "info:eu-repo/semantics/openAccess", "https://creativecommons.org/licenses/by/4.0/")
	if e := metadata.FindElement("//date[@dateType='Issued']"); e == nil || e.Text() != "2023-05-12" {
		t.Error("no date of publication")
	}
}

// DataCite's envelope demands one symbol of a data centre.
func TestDatacentreSymbol(t *testing.T) {
	for symbol, want := range map[string]string{"": "example.org", "INIST.GTNUM": "INIST.GTNUM"} {
		formats := Formats(Options{DatacentreSymbol: symbol})
		f := formats[slices.IndexFunc(formats, isPrefix("oai_datacite"))]
		metadata, err := f.Append(nil, fullRecord())
		if err != nil {
			t.Fatal(err)
		}
		same(t, texts(t, metadata, "datacentreSymbol"), want)
		same(t, texts(t, metadata, "schemaVersion"), "4.7")
	}
}

// A record without a date cannot be said in DataCite's schema, which demands a
// year; the end of an embargo is the year that DataCite's manual asks for.
func TestPublicationYear(t *testing.T) {
	f := formatOf(t, "datacite")
	if f.Accepts(bareRecord()) {
		t.Error("a record without any date is accepted")
	}
	if !f.Accepts(untitledRecord()) {
		t.Error("a record with a date is refused")
	}
	same(t, texts(t, render(t, "datacite", untitledRecord()), "publicationYear"), "2024")
	same(t, texts(t, render(t, "datacite", changed(func(o *model.Output) { o.Issued = date("0987") })), "publicationYear"), "0987")
}

// Where a format demands a title and there is none, the label made by rule is
// in brackets and of type "Other"; where it does not, there is none.
func TestDerivedTitlesAreMarked(t *testing.T) {
	for prefix, name := range map[string]string{"datacite": "title", "oai_datacite": "title", "oai_openaire": "datacite:title"} {
		list := root(t, render(t, prefix, untitledRecord())).FindElements("//" + name)
		if len(list) != 2 {
			t.Errorf("%s: %d titles, want one in French and one in English", prefix, len(list))
		}
		for _, e := range list {
			if !strings.HasPrefix(e.Text(), "[") || e.SelectAttrValue("titleType", "") != "Other" {
				t.Errorf("%s: %q, of type %q, is not marked", prefix, e.Text(), e.SelectAttrValue("titleType", ""))
			}
		}
	}
	for prefix, name := range map[string]string{"oai_dc": "dc:title", "oai_dcterms": "dcterms:title"} {
		same(t, texts(t, render(t, prefix, untitledRecord()), name))
	}
}

// A credit line without a name is nobody's: DataCite's standard value for what
// is not known stands in.
func TestNamelessAuthors(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Contributions = []model.Contribution{{Role: model.Author, Agent: model.Agent{ID: "nobody"}}}
	})
	same(t, texts(t, render(t, "datacite", r), "creatorName"), "(:unav)")
	same(t, texts(t, render(t, "oai_openaire", r), "datacite:creatorName"))
	same(t, texts(t, render(t, "oai_dc", r), "dc:creator"))
	if spec := OpenAIRE(r); spec != "" {
		t.Errorf("a record without creator is in the set %s", spec)
	}
}

// An editor of a book whose name is not known is not written: the schema
// demands one.
func TestNamelessEditors(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Container.Editors = []model.Agent{{Kind: model.Person, FamilyName: "Curie"}, {Kind: model.Person, Name: "Lise Meitner"}}
	})
	same(t, texts(t, render(t, "datacite", r), "relatedItem/contributors/contributor/contributorName"), "Lise Meitner")
	same(t, texts(t, render(t, "datacite", r), "relatedItem/contributors/contributor/familyName"))
}

// The identifier of a publisher without a name is not that of another.
func TestNamelessPublisher(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Publisher = model.Agent{Kind: model.Organisation, Identifiers: []model.Identifier{id("ror:03gnr7b55")}}
	})
	e := root(t, render(t, "datacite", r)).SelectElement("publisher")
	if e.Text() != "Université de Nantes" || e.SelectAttr("publisherIdentifier") != nil {
		t.Errorf("got %v %q", e.Attr, e.Text())
	}
}

// There is room for one identifier of a funder: ROR is the one that DataCite
// and OpenAIRE resolve.
func TestFunderIdentifier(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Funding[0].Funder = model.Agent{Name: "Funder", Identifiers: []model.Identifier{id("siren:110043015"), id("ror:03gnr7b55"), id("isni:000000012281955X")}}
	})
	for prefix, name := range map[string]string{"datacite": "funderIdentifier", "oai_openaire": "oaire:funderIdentifier"} {
		same(t, texts(t, render(t, prefix, r), name), "https://ror.org/03gnr7b55")
	}
}

// OpenAIRE 4 takes the access right of COAR in the attribute rightsURI.
func TestOpenAIRERights(t *testing.T) {
	e := root(t, render(t, "oai_openaire", fullRecord())).FindElement("datacite:rights")
	if e.SelectAttrValue("rightsURI", "") != "http://purl.org/coar/access_right/c_abf2" || e.Text() != "open access" {
		t.Errorf("got %v %q", e.Attr, e.Text())
	}
	e = root(t, render(t, "oai_openaire", fullRecord())).FindElement("oaire:licenseCondition")
	if e.SelectAttrValue("uri", "") != "https://creativecommons.org/licenses/by/4.0/" {
		t.Errorf("got %v", e.Attr)
	}
}

// OpenAIRE 4 wants the start and the end of an embargo as dates.
func TestOpenAIREEmbargo(t *testing.T) {
	metadata := root(t, render(t, "oai_openaire", untitledRecord()))
	for dateType, want := range map[string]string{"Accepted": "2023-04-01", "Available": "2024-01-01", "Issued": "2023-05"} {
		if e := metadata.FindElement("//datacite:date[@dateType='" + dateType + "']"); e == nil || e.Text() != want {
			t.Errorf("no date %s of %s", dateType, want)
		}
	}
}

// The XSD of OpenAIRE 4 knows fewer types than COAR: the next more general one
// stands in.
func TestOpenAIRETypes(t *testing.T) {
	for kind, want := range map[model.Kind]string{
		"journal-article":         "literature c_6501 journal article",
		"blog-post":               "literature c_18cf text",
		"learning-object":         "other research product c_e9a0 interactive resource",
		"conference-presentation": "literature c_c94f conference output",
		"data-management-plan":    "literature c_93fc report",
		"dataset":                 "dataset c_ddb1 dataset",
		"software":                "software c_5ce6 software",
		"unheard of":              "other research product c_1843 unheard of",
	} {
		e := root(t, render(t, "oai_openaire", changed(func(o *model.Output) { o.Kind = kind }))).FindElement("oaire:resourceType")
		uri := e.SelectAttrValue("uri", "")
		got := e.SelectAttrValue("resourceTypeGeneral", "") + " " + uri[strings.LastIndexByte(uri, '/')+1:] + " " + e.Text()
		if got != want {
			t.Errorf("%s: got %q, want %q", kind, got, want)
		}
	}
}

// OpenAIRE 4 takes files with who can read them, and what they are.
func TestOpenAIREFiles(t *testing.T) {
	var got []string
	for _, e := range root(t, render(t, "oai_openaire", fullRecord())).FindElements("oaire:file") {
		got = append(got, e.SelectAttrValue("objectType", "")+" "+e.SelectAttrValue("mimeType", "")+" "+e.SelectAttrValue("accessRightsURI", ""))
	}
	same(t, got, "fulltext application/pdf http://purl.org/coar/access_right/c_abf2", "other text/csv http://purl.org/coar/access_right/c_16ec")
}

// DSpace finds formats by namespace: no two may share one.
func TestNamespacesAreUnique(t *testing.T) {
	seen := map[string]string{}
	for _, f := range Formats(Options{}) {
		if other := seen[f.Namespace]; other != "" {
			t.Errorf("%s and %s share %s", f.Prefix, other, f.Namespace)
		}
		seen[f.Namespace] = f.Prefix
	}
}

// Dataverse and piveau cut metadata out and parse them alone: one element that
// declares what it uses, in the namespace that the format says.
func TestMetadataStandAlone(t *testing.T) {
	for _, f := range Formats(Options{}) {
		metadata, err := f.Append([]byte("before"), fullRecord())
		if err != nil {
			t.Fatal(err)
		}
		if e := root(t, metadata[len("before"):]); e.NamespaceURI() != f.Namespace {
			t.Errorf("%s: root in %q, want %q", f.Prefix, e.NamespaceURI(), f.Namespace)
		}
		if !strings.Contains(string(metadata), "xsi:schemaLocation=") {
			t.Errorf("%s: OVAL finds no schema", f.Prefix)
		}
	}
}

// An address that is both the page and the DOI is written once; https stays,
// as BASE wants it (rule 19).
func TestIdentifiersAreUnique(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.URL = "https://doi.org/10.4000/ree.11158"
		o.Files = append(o.Files, model.File{URL: o.URL})
	})
	list := texts(t, render(t, "oai_dc", r), "dc:identifier")
	if !slices.Contains(list, "https://doi.org/10.4000/ree.11158") {
		t.Errorf("no https address in %q", list)
	}
	if slices.Sort(list); len(slices.Compact(slices.Clone(list))) != len(list) {
		t.Errorf("got %q", list)
	}
}

// Extents are ISO 8601 durations and bytes.
func TestExtents(t *testing.T) {
	r := changed(func(o *model.Output) { o.Duration = model.Duration(3723 * time.Second) })
	same(t, texts(t, render(t, "oai_dcterms", r), "dcterms:extent"), "PT1H2M3S", "1234567 bytes", "987 bytes")
}

// A period without ends says nothing, and TEI's level of a container is that of
// its kind or number.
func TestWhatIsNotKnownIsNotWritten(t *testing.T) {
	r := changed(func(o *model.Output) { o.Temporal = []model.Period{{}}; o.Conference = nil })
	for prefix, name := range map[string]string{"oai_dc": "dc:coverage", "oai_openaire": "dc:coverage", "lom": "lom:coverage/lom:string"} {
		for _, s := range texts(t, render(t, prefix, r), name) {
			if strings.Contains(s, "..") {
				t.Errorf("%s: a coverage of %q", prefix, s)
			}
		}
	}
	if metadata := render(t, "datacite", r); strings.Contains(string(metadata), `dateType="Coverage"`) {
		t.Errorf("%s", metadata)
	}
	issn, isbn := id("issn:1954-3077"), id("isbn:978-2-07-036822-8")
	for _, c := range []struct {
		kind model.Kind
		ids  []model.Identifier
		want string
	}{
		{"journal", nil, "j"}, {"", []model.Identifier{issn}, "j"}, {"", []model.Identifier{issn, isbn}, "m"}, {"book", []model.Identifier{issn}, "m"}, {"", nil, ""},
	} {
		r := changed(func(o *model.Output) {
			o.Container = &model.Container{Title: mark("Ouvrage"), Kind: c.kind, Identifiers: c.ids}
		})
		if got := root(t, render(t, "xml-tei", r)).FindElement(".//monogr/title").SelectAttrValue("level", ""); got != c.want {
			t.Errorf("%v: level %q", c, got)
		}
	}
}

// Dublin Core has room for every publisher, TEI for every ISBN of a book, and
// LOM for the date of making whoever made it.
func TestNothingIsKeptOfSeveralByOne(t *testing.T) {
	r := changed(func(o *model.Output) {
		o.Container, o.Created = nil, date("2021-02")
		o.Identifiers = []model.Identifier{id("isbn:978-2-07-036822-8"), id("isbn:978-2-07-036002-4")}
		o.Contributions = []model.Contribution{{Agent: model.Agent{Kind: model.Person}, Role: model.Author}} // of no name: not known
		for _, name := range []string{"Presses A", "Presses B", "Université de Nantes & associés"} {
			o.Contributions = append(o.Contributions, model.Contribution{Agent: model.Agent{Kind: model.Organisation, Name: name}, Role: "publisher"})
		}
	})
	for prefix, name := range map[string]string{"oai_dc": "dc:publisher", "oai_dcterms": "dcterms:publisher"} {
		same(t, texts(t, render(t, prefix, r), name), "Université de Nantes & associés", "Presses A", "Presses B")
	}
	tei, _ := read(t, string(render(t, "xml-tei", r)))
	if len(tei.Identifiers) != 2 {
		t.Errorf("identifiers %v", tei.Identifiers)
	}
	lom, _ := read(t, string(render(t, "lom", r)))
	if lom.Created.String() != "2021-02" {
		t.Errorf("created %v", lom.Created)
	}
}
