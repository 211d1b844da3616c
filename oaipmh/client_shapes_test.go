package oaipmh

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestShapes reads small answers in the shape of those that real servers
// give: HAL, Zenodo (Invenio), DSpace, OpenEdition.
func TestShapes(t *testing.T) {
	for _, test := range []struct {
		file   string
		n      int
		header string // of the first record
		root   string // of its metadata, in Clark's notation
		path   string
		text   string
	}{
		{"hal.xml", 2, "{oai:HAL:hal-00000001v2 2024-05-12 00:00:00 +0000 UTC [type:ART subject:shs collection:EXEMPLE] false}",
			"{http://www.tei-c.org/ns/1.0}TEI", "//title", "Former à l'oral, de l'école au collège"},
		{"zenodo.xml", 1, "{oai:zenodo.org:1000001 2024-05-12 17:20:31 +0000 UTC [openaire_data user-exemple] false}",
			"{http://schema.datacite.org/oai/oai-1.1/}oai_datacite", "//resource/titles/title", "Corpus d'entretiens"},
		{"dspace.xml", 1, "{oai:dspace.example.org:123456789/42 2024-05-12 17:20:31 +0000 UTC [com_123456789_1 col_123456789_2] false}",
			"{http://www.openarchives.org/OAI/2.0/oai_dc/}dc", "./title", "Évaluer pour apprendre"},
		{"openedition.xml", 1, "{oai:revues.org:exemple/101 2024-05-12 17:20:31 +0000 UTC [journals:exemple openaire] false}",
			"{http://www.bl.uk/namespaces/oai_dcq/}qualifieddc", "./title", "Le numérique éducatif"},
	} {
		t.Run(test.file, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("testdata", "harvest", test.file))
			if err != nil {
				t.Fatal(err)
			}
			records, problems, err := harvestText(t, "text/xml", page)
			if err != nil || len(records) != test.n || len(problems) > 0 {
				t.Fatalf("%d records, %v, %v", len(records), problems, err)
			}
			if got := fmt.Sprint(records[0].Header); got != test.header {
				t.Errorf("header\n got %s\nwant %s", got, test.header)
			}
			e, err := records[0].Value.Element()
			if err != nil {
				t.Fatal(err)
			}
			if got := "{" + e.NamespaceURI() + "}" + e.Tag; got != test.root {
				t.Errorf("root %s, want %s", got, test.root)
			}
			if title := e.FindElement(test.path); title == nil || title.Text() != test.text {
				t.Errorf("%s: %v, want %q", test.path, title, test.text)
			}
		})
	}
}

// TestAbout: every about element is there, each alone.
func TestAbout(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("testdata", "harvest", "openedition.xml"))
	if err != nil {
		t.Fatal(err)
	}
	twice := strings.Replace(string(page), "</about>", "</about><about><qdc:x/></about>", 1)
	records, _, err := harvestText(t, "text/xml", []byte(twice))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%s", records[0].About)
	want := `[<rights xmlns="http://www.openarchives.org/OAI/2.0/rights/"><rightsReference ref="https://creativecommons.org/licenses/by/4.0/"/></rights>` +
		` <qdc:x xmlns:qdc="http://www.bl.uk/namespaces/oai_dcq/"/>]`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestStandalone: what is declared around the metadata and used in it is
// declared in it.
func TestStandalone(t *testing.T) {
	const oai = ` xmlns="http://www.openarchives.org/OAI/2.0/"`
	for _, test := range []struct{ name, root, metadata, sent, want string }{
		{"all its own", "", "", `<a xmlns="u:a"><b/></a>`, `<a xmlns="u:a"><b/></a>`},
		{"prefix of the root element", ` xmlns:p="u:p"`, "", `<p:a/>`, `<p:a xmlns:p="u:p"/>`},
		{"prefix of an attribute", ` xmlns:p="u:p"`, "", `<a xmlns="u:a" p:x="1"/>`, `<a xmlns:p="u:p" xmlns="u:a" p:x="1"/>`},
		{"prefix in a value", ` xmlns:p="u:p"`, "", `<a xmlns="u:a" t="p:x"/>`, `<a xmlns:p="u:p" xmlns="u:a" t="p:x"/>`},
		{"prefix deep inside", ` xmlns:p="u:p"`, "", `<a xmlns="u:a"><b><p:c/></b></a>`, `<a xmlns:p="u:p" xmlns="u:a"><b><p:c/></b></a>`},
		{"prefix that is not used", ` xmlns:p="u:p"`, "", `<a xmlns="u:a">http://p:8080</a>`, `<a xmlns="u:a">http://p:8080</a>`},
		{"the metadata element declares", "", ` xmlns:p="u:p"`, `<p:a/>`, `<p:a xmlns:p="u:p"/>`},
		{"the inner declaration wins", ` xmlns:p="u:outer"`, ` xmlns:p="u:p"`, `<p:a/>`, `<p:a xmlns:p="u:p"/>`},
		{"no namespace at all is OAI's", "", "", `<a><b/></a>`, `<a` + oai + `><b/></a>`},
		{"a child without prefix is OAI's", ` xmlns:p="u:p"`, "", `<p:a><b/></p:a>`, `<p:a` + oai + ` xmlns:p="u:p"><b/></p:a>`},
		{"single quotes", ` xmlns:p='u:"p"'`, "", `<p:a/>`, `<p:a xmlns:p='u:"p"'/>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := listText(strings.Replace(recordText("oai:x:1", test.sent), "<metadata>", "<metadata"+test.metadata+">", 1))
			page = strings.Replace(page, "<OAI-PMH", "<OAI-PMH"+test.root, 1)
			records, problems, err := harvestText(t, "text/xml", []byte(page))
			if err != nil || len(records) != 1 {
				t.Fatalf("%v, %v, %v", records, problems, err)
			}
			if got := string(records[0].Value); got != test.want || len(problems) > 0 {
				t.Errorf("got  %s\nwant %s\nreported %v", got, test.want, problems)
			}
		})
	}
}

// TestUndeclaredPrefix: nothing is made up for it, but it is told.
func TestUndeclaredPrefix(t *testing.T) {
	for _, test := range []struct {
		sent string
		told bool
	}{
		{`<a xmlns="u:a" xsi:schemaLocation="x y"/>`, true},
		{`<dc:a/>`, true},
		{`<a xmlns="u:a"><b><dc:c/></b></a>`, true},
		{`<a xmlns="u:a" xml:lang="fr"><b xmlns:dc="u:dc"><dc:c/></b></a>`, false},
		{`<a xmlns="u:a">dc:x <![CDATA[<dc:y>]]></a>`, false},
	} {
		page := strings.Replace(listText(recordText("oai:x:1", test.sent)), `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`, "", 1)
		records, problems, err := harvestText(t, "text/xml", []byte(page))
		if err != nil || len(records) != 1 || string(records[0].Value) != test.sent && strings.Contains(test.sent, "xmlns") {
			t.Errorf("%s: %v, %v", test.sent, records, err)
		}
		told := len(problems) == 1 && problems[0].Fault == FaultMarkup && problems[0].Header.Identifier == "oai:x:1" && !problems[0].Lost()
		if told != test.told || len(problems) > 1 {
			t.Errorf("%s: reported %v", test.sent, problems)
		}
	}
}

func TestElementErrors(t *testing.T) {
	for _, m := range []string{"", "text", "<a>", "<a></b>"} {
		if e, err := Metadata(m).Element(); err == nil {
			t.Errorf("%q: got %v, want an error", m, e)
		}
	}
}

func TestIdentify(t *testing.T) {
	s := &clientServer{t: t}
	answers := map[string]string{
		"Identify": `<Identify xmlns:p="u:p">
 <repositoryName>Archives &amp; données</repositoryName><baseURL>http://example.org/oai</baseURL>
 <protocolVersion>2.0</protocolVersion><adminEmail>a@example.org</adminEmail><adminEmail>b@example.org</adminEmail>
 <earliestDatestamp>2001-01-01</earliestDatestamp><deletedRecord>persistent</deletedRecord>
 <granularity>YYYY-MM-DD</granularity><compression>gzip</compression>
 <description><p:x/></description></Identify>`,
		"ListMetadataFormats": `<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>http://example.org/dc.xsd</schema>
 <metadataNamespace>http://example.org/dc</metadataNamespace></metadataFormat><metadataFormat><metadataPrefix>x</metadataPrefix><schema/><metadataNamespace/></metadataFormat></ListMetadataFormats>`,
	}
	s.spoil = clientAnswer(answers)
	c := s.start()
	id, err := c.Identify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprintf("%+v", id), `{RepositoryName:Archives & données BaseURL:http://example.org/oai ProtocolVersion:2.0 AdminEmails:[a@example.org b@example.org] `+
		`EarliestDatestamp:2001-01-01 00:00:00 +0000 UTC DeletedRecord:persistent Granularity:YYYY-MM-DD Compressions:[gzip] Descriptions:[`+
		fmt.Sprint([]byte(`<p:x xmlns:p="u:p"/>`))+`]}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	formats, err := c.MetadataFormats(t.Context(), "oai:x:1")
	if got, want := fmt.Sprint(formats), "[{oai_dc http://example.org/dc.xsd http://example.org/dc} {x  }]"; got != want || err != nil {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	if got := s.requests[1]; got != "verb=ListMetadataFormats&identifier=oai%3Ax%3A1" {
		t.Errorf("request %s", got)
	}
	if _, err := c.Record(t.Context(), "oai:x:1", "oai_dc"); err == nil {
		t.Error("GetRecord without a record: no error")
	}
}

func TestSets(t *testing.T) {
	s := &clientServer{t: t, spoil: clientAnswer(map[string]string{
		"ListSets": `<ListSets><set><setSpec>a:b</setSpec><setName>A B</setName><setDescription><oai_dc:dc xmlns:oai_dc="u"/></setDescription></set><resumptionToken>2</resumptionToken></ListSets>`,
		"2":        `<ListSets><set><setSpec>c</setSpec><setName>C</setName></set><resumptionToken/></ListSets>`,
	})}
	sets, err := collect(s.start().Sets(t.Context()))
	if got := fmt.Sprintf("%s", sets); got != `[{a:b A B [<oai_dc:dc xmlns:oai_dc="u"/>]} {c C []}]` || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}
