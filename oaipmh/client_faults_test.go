package oaipmh

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

// harvestText harvests one page given as it goes over the wire.
func harvestText(t *testing.T, contentType string, page []byte) (records []Record[Metadata], problems []Problem, err error) {
	t.Helper()
	s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		} else {
			w.Header()["Content-Type"] = nil
		}
		w.Write(page)
		return true
	}}
	c := s.start()
	c.Retries = -1
	c.Report = func(p Problem) {
		problems = append(problems, p)
		if french := say.In(p.Err, language.French); french == p.Err.Error() {
			t.Errorf("%q is the same in French", french)
		}
	}
	records, err = collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"}))
	return records, problems, err
}

func recordText(id, payload string) string {
	return "<record><header><identifier>" + id + "</identifier><datestamp>2023-05-17T10:00:00Z</datestamp></header><metadata>" + payload + "</metadata></record>\n"
}

func listText(records ...string) string {
	return clientEnvelope("<ListRecords>" + strings.Join(records, "") + "</ListRecords>")
}

func faultsOf(problems []Problem) (faults []Fault) {
	for _, p := range problems {
		faults = append(faults, p.Fault)
	}
	slices.Sort(faults)
	return slices.Compact(faults)
}

const eacute = "Pléiades, l’école"

// TestEncodings: whatever the server says of its bytes, the title is right.
func TestEncodings(t *testing.T) {
	utf8Page := listText(recordText("oai:x:1", clientDC(eacute)))
	latin, err := charmap.Windows1252.NewEncoder().Bytes([]byte(utf8Page))
	if err != nil {
		t.Fatal(err)
	}
	says := func(page []byte, name string) []byte {
		return bytes.Replace(page, []byte(`encoding="UTF-8"`), []byte(name), 1)
	}
	var wide, wideBE []byte
	for _, u := range utf16.Encode([]rune(utf8Page)) {
		wide, wideBE = append(wide, byte(u), byte(u>>8)), append(wideBE, byte(u>>8), byte(u))
	}
	for _, test := range []struct {
		name, contentType string
		page              []byte
		want              []Fault
	}{
		{"UTF-8, declared in both", "text/xml; charset=utf-8", []byte(utf8Page), nil},
		{"UTF-8, no Content-Type", "", []byte(utf8Page), nil},
		{"UTF-8 with byte order mark", "text/xml", []byte("\ufeff" + utf8Page), nil},
		{"UTF-8 with byte order mark, a servlet says ISO-8859-1", "text/xml;charset=ISO-8859-1", says([]byte("\ufeff"+utf8Page), ""), nil},
		{"UTF-8, a servlet says ISO-8859-1", "text/xml;charset=ISO-8859-1", []byte(utf8Page), []Fault{FaultEncoding}},
		{"UTF-8, the XML says ISO-8859-1", "text/xml;charset=UTF-8", says([]byte(utf8Page), `encoding="ISO-8859-1"`), []Fault{FaultEncoding}},
		{"UTF-8, nothing declared", "text/xml", says([]byte(utf8Page), ""), nil},
		{"UTF-8, an encoding nobody knows", "text/xml;charset=klingon", []byte(utf8Page), []Fault{FaultEncoding}},
		{"UTF-8 that says UTF-16", "text/xml", says([]byte(utf8Page), `encoding='UTF-16'`), nil},
		{"windows-1252, the XML says ISO-8859-1", "text/xml", says(latin, `encoding="ISO-8859-1"`), nil},
		{"windows-1252, the XML says so, single quotes", "text/xml", says(latin, `encoding = 'windows-1252'`), nil},
		{"windows-1252, only Content-Type says so", "text/xml; charset=windows-1252", says(latin, ""), nil},
		{"windows-1252 declared UTF-8", "text/xml; charset=utf-8", latin, []Fault{FaultEncoding}},
		{"windows-1252, nothing declared", "", says(latin, ""), []Fault{FaultEncoding}},
		{"UTF-16LE with byte order mark", "text/xml", append([]byte("\xff\xfe"), wide...), nil},
		{"UTF-16BE without byte order mark", "text/xml", wideBE, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, problems, err := harvestText(t, test.contentType, test.page)
			if err != nil || len(records) != 1 {
				t.Fatalf("%d records, %v", len(records), err)
			}
			if got, want := string(records[0].Value), clientDC(eacute); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if got := faultsOf(problems); !slices.Equal(got, test.want) {
				t.Errorf("reported %v, want %v", got, test.want)
			}
		})
	}
}

// mendable are texts with something wrong, and what becomes of them.
var mendable = []struct {
	name, sent, want string
	fault            Fault
}{
	{"lone ampersand", "R&D", "R&amp;D", FaultEntity},
	{"ampersand in a URL", "?a=1&b=2", "?a=1&amp;b=2", FaultEntity},
	{"HTML entity", "&eacute;t&eacute;&nbsp;!", "été\u00a0!", FaultEntity},
	{"HTML entity for markup", "1 &LT; 2 &AMP; 3", "1 &lt; 2 &amp; 3", FaultEntity},
	{"entity that nobody knows", "&foo;", "&amp;foo;", FaultEntity},
	{"XML's own entities stay", "&lt;&gt;&amp;&quot;&apos;&#233;&#xE9;", "&lt;&gt;&amp;&quot;&apos;&#233;&#xE9;", ""},
	{"lone less-than sign", "p < 0.05 and 1<2", "p &lt; 0.05 and 1&lt;2", FaultEntity},
	{"substitute character, as TreeBASE sent", "a\x1ab", "a\ufffdb", FaultCharacter},
	{"form feed of pdftotext", "a\fb", "a b", FaultCharacter},
	{"NUL", "a\x00b", "a\ufffdb", FaultCharacter},
	{"reference to a control character", "a&#x1A;b&#0;", "a\ufffdb\ufffd", FaultEntity},
	{"reference past Unicode", "&#x110000;&#99999999999;", "\ufffd&amp;#99999999999;", FaultEntity},
	{"noncharacter", "a\uffffb", "a\ufffdb", FaultCharacter},
	{"surrogate in UTF-8", "\xed\xa0\x80", "í\u00a0€", FaultEncoding},
	{"one byte of Latin-1 among UTF-8", "é\xe9è", "ééè", FaultEncoding},
	{"CDATA keeps its ampersands", "<![CDATA[R&D < x]]>", "<![CDATA[R&D < x]]>", ""},
	{"end of CDATA without a beginning", "a]]>b", "a]]&gt;b", FaultEntity},
	{"CDATA beside a lone ampersand", "<![CDATA[R&D]]>&", "<![CDATA[R&D]]>&amp;", FaultEntity},
	{"comment", "<!-- & < é -->x", "<!-- & < é -->x", ""},
	{"astral plane", "𝒳 😀", "𝒳 😀", ""},
}

// TestMended: what is wrong in a text is mended, told, and nothing else
// changes.
func TestMended(t *testing.T) {
	for _, test := range mendable {
		t.Run(test.name, func(t *testing.T) {
			records, problems, err := harvestText(t, "text/xml", []byte(listText(
				recordText("oai:x:1", clientDC("before")), recordText("oai:x:2", clientDC(test.sent)), recordText("oai:x:3", clientDC("after")))))
			if err != nil || len(records) != 3 {
				t.Fatalf("%d records, %v, %v", len(records), err, problems)
			}
			if got, want := string(records[1].Value), clientDC(test.want); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if _, err := records[1].Value.Element(); err != nil {
				t.Errorf("Element: %v", err)
			}
			var want []Fault
			if test.fault != "" {
				want = []Fault{test.fault}
			}
			if got := faultsOf(problems); !slices.Equal(got, want) {
				t.Errorf("reported %v, want %v", got, want)
			}
			for _, p := range problems {
				if p.Header.Identifier != "oai:x:2" || p.Lost() || p.URL == "" {
					t.Errorf("problem %+v is not told of record 2", p)
				}
			}
		})
	}
}

// TestBadRecordHidesNone: the records on both sides of a broken one come, and
// the broken one's bytes are kept.
func TestBadRecordHidesNone(t *testing.T) {
	good := func(i int) string { return recordText(fmt.Sprint("oai:x:", i), clientDC("good")) }
	marc := `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader></record>`
	for _, test := range []struct{ name, bad, id string }{
		{"tag left open", recordText("oai:x:bad", "<dc><title>A<br></title></dc>"), "oai:x:bad"},
		{"tags crossed", recordText("oai:x:bad", "<dc><b><i></b></i></dc>"), "oai:x:bad"},
		{"end tag too many", recordText("oai:x:bad", "<dc></dc></dc>"), "oai:x:bad"},
		{"attribute without quotes", recordText("oai:x:bad", "<dc a=1></dc>"), "oai:x:bad"},
		{"quote left open", recordText("oai:x:bad", `<dc a="1></dc>`), "oai:x:bad"},
		{"less-than in attribute", recordText("oai:x:bad", `<dc a="<b>"></dc>`), "oai:x:bad"},
		{"record left open", strings.Replace(recordText("oai:x:bad", clientDC("x")), "</record>", "", 1), "oai:x:bad"},
		{"metadata and record left open", strings.Replace(recordText("oai:x:bad", clientDC("x")), "</metadata></record>", "", 1), "oai:x:bad"},
		{"cut off in a tag", recordText("oai:x:bad", clientDC("x"))[:200], "oai:x:bad"},
		{"two hyphens in a comment", recordText("oai:x:bad", "<dc><!-- a -- b --></dc>"), "oai:x:bad"},
		{"DOCTYPE inside", recordText("oai:x:bad", "<dc><!DOCTYPE html></dc>"), "oai:x:bad"},
		{"no identifier", recordText("", clientDC("x")), ""},
		{"no header", "<record><metadata>" + clientDC("x") + "</metadata></record>", ""},
		{"broken header", "<record><header><identifier>oai:x:bad</identifier><datestamp></header></record>", "oai:x:bad"},
		{"MARC record inside, tag left open", recordText("oai:x:bad", "<c>"+marc+"<br></c>"), "oai:x:bad"},
		{"MARC record inside left open", recordText("oai:x:bad", strings.Replace(marc, "</record>", "", 1)), "oai:x:bad"},
		{"too large", recordText("oai:x:bad", clientDC(strings.Repeat("long ", 40000))), "oai:x:bad"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
				io.WriteString(w, listText(good(1), good(2), test.bad, good(3), good(4)))
				return true
			}}
			c := s.start()
			c.MaxRecord = 100_000
			records, err := collect(c.Records(t.Context(), Selection{}))
			if len(records) != 4 || records[3].Identifier != "oai:x:4" || records[2].Identifier != "oai:x:3" {
				t.Errorf("%d records, the last %v, want the 4 good ones", len(records), records[len(records)-1].Header)
			}
			lost, ok := errors.AsType[*LostError](err)
			if !ok || lost.Records != 1 || lost.First == nil {
				t.Fatalf("list ended with %v, want a LostError of 1 record", err)
			}
			if p := lost.First; p.Header.Identifier != test.id || !p.Lost() || !strings.HasPrefix(test.bad, string(p.Raw[:min(100, len(p.Raw))])) {
				t.Errorf("lost %+v with %q", p.Header, p.Raw)
			}
		})
	}
	t.Run("many", func(t *testing.T) {
		bad := recordText("oai:x:bad", "<dc><br></dc>")
		var n int
		s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
			io.WriteString(w, listText(bad, good(1), bad+" ", good(2), strings.Replace(bad, "bad", "worse", 1)))
			return true
		}}
		c := s.start()
		c.Report = func(p Problem) { n++ }
		if records, err := collect(c.Records(t.Context(), Selection{})); len(records) != 2 || err != nil || n != 2 {
			t.Errorf("%d records, %v, %d problems: want 2, nil (they were reported), 2 (the same one twice counts once)", len(records), err, n)
		}
	})
}

// TestBadHeaderHidesNone is the same for ListIdentifiers and ListSets.
func TestBadHeaderHidesNone(t *testing.T) {
	header := func(id string) string {
		return "<header><identifier>" + id + "</identifier><datestamp>2023-05-17</datestamp></header>"
	}
	for name, bad := range map[string]string{
		"left open":     strings.Replace(header("bad"), "</header>", "", 1),
		"tag left open": strings.Replace(header("bad"), "</datestamp>", "", 1),
		"tags crossed":  strings.Replace(header("bad"), "</datestamp></header>", "</header></datestamp>", 1),
		"cut off":       header("bad")[:40],
	} {
		s := &clientServer{t: t, spoil: clientAnswer(map[string]string{
			"ListIdentifiers": "<ListIdentifiers>" + header("a") + bad + header("b") + header("c") + "</ListIdentifiers>",
		})}
		c := s.start()
		lost := 0
		c.Report = func(p Problem) {
			if p.Lost() && p.Header.Identifier != "a" {
				lost++
			}
		}
		headers, err := collect(c.Headers(t.Context(), Selection{}))
		if len(headers) != 3 || headers[1].Identifier != "b" || err != nil || lost != 1 {
			t.Errorf("%s: %v, %v, %d lost", name, headers, err, lost)
		}
	}
	s := &clientServer{t: t, spoil: clientAnswer(map[string]string{
		"ListSets": "<ListSets><set><setSpec>a</setSpec><setName>A</setName></set><set><setSpec>bad<set><setSpec>b</setSpec></set></ListSets>",
	})}
	sets, err := collect(s.start().Sets(t.Context()))
	lost, ok := errors.AsType[*LostError](err)
	if len(sets) != 2 || sets[1].Spec != "b" || !ok || !strings.Contains(string(lost.First.Raw), "bad") {
		t.Errorf("sets %v, %v", sets, err)
	}
}

// TestRecordsInRecords: a payload that has records of its own is no list.
func TestRecordsInRecords(t *testing.T) {
	marc := `<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>x</leader></record><record><leader>y</leader></record></collection>`
	records, problems, err := harvestText(t, "text/xml", []byte(listText(recordText("oai:x:1", marc), recordText("oai:x:2", clientDC("x")))))
	if err != nil || len(records) != 2 || len(problems) != 0 || string(records[0].Value) != marc {
		t.Errorf("%v, %v, %v", records, problems, err)
	}
}

// TestPageOddities: pages that no schema would pass, and what comes of them.
func TestPageOddities(t *testing.T) {
	one := recordText("oai:x:1", clientDC("x"))
	prefixed := strings.NewReplacer("<record", "<oai:record", "</record", "</oai:record", "<header", "<oai:header", "</header", "</oai:header",
		"<metadata", "<oai:metadata", "</metadata", "</oai:metadata", "<identifier", "<oai:identifier", "</identifier", "</oai:identifier",
		"<datestamp", "<oai:datestamp", "</datestamp", "</oai:datestamp").Replace(one)
	for _, test := range []struct {
		name, page string
		want       []Fault
	}{
		{"blanks before the XML", "\n\n  " + listText(one), nil},
		{"PHP warning before the XML", "<br />\n<b>Warning</b>: mysql" + listText(one), []Fault{FaultPrelude}},
		{"PHP warning in plain text", "PHP Warning: mysql in db.php\n" + listText(one), []Fault{FaultPrelude}},
		{"prefixed elements, as pycsw sends", `<oai:OAI-PMH xmlns:oai="http://www.openarchives.org/OAI/2.0/"><oai:ListRecords>` + prefixed + `</oai:ListRecords></oai:OAI-PMH>`, nil},
		{"root never ends", strings.Replace(listText(one), "</OAI-PMH>", "", 1), nil},
		{"XML prolog in the metadata", strings.Replace(listText(one), "<metadata>", `<metadata><?xml version="1.0"?>`, 1), nil},
		{"stylesheet and DOCTYPE", strings.Replace(listText(one), "<OAI-PMH", `<?xml-stylesheet href="x.xsl"?><!DOCTYPE x><OAI-PMH`, 1), nil},
		{"fraction in datestamp", strings.Replace(listText(one), "10:00:00Z", "10:00:00.123Z", 1), []Fault{FaultHeader}},
		{"blank in datestamp, no Z", strings.Replace(listText(one), "T10:00:00Z", " 10:00:00", 1), []Fault{FaultHeader}},
		{"zone in datestamp", strings.Replace(listText(one), "T10:00:00Z", "T12:00:00+02:00", 1), []Fault{FaultHeader}},
		{"blanks around values", strings.ReplaceAll(strings.Replace(listText(one), "oai:x:1", "\n oai:x:1\n", 1), "10:00:00Z<", "10:00:00Z \n<"), nil},
		{"status of a living record", strings.Replace(listText(one), "<header>", `<header status="available">`, 1), []Fault{FaultHeader}},
		{"two elements in metadata", strings.Replace(listText(one), "</metadata>", "<more/></metadata>", 1), []Fault{FaultMetadata}},
		{"empty token on the only page", strings.Replace(listText(one), "</ListRecords>", "<resumptionToken/></ListRecords>", 1), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, problems, err := harvestText(t, "text/xml", []byte(test.page))
			if err != nil || len(records) != 1 {
				t.Fatalf("%d records, %v, %v", len(records), err, problems)
			}
			rec := records[0]
			if rec.Identifier != "oai:x:1" || !rec.Datestamp.Equal(clientEpoch) || string(rec.Value) != clientDC("x") || rec.Deleted {
				t.Errorf("got %+v", rec)
			}
			if got := faultsOf(problems); !slices.Equal(got, test.want) {
				t.Errorf("reported %v, want %v", got, test.want)
			}
		})
	}
}

func TestNoMetadata(t *testing.T) {
	for _, page := range []string{
		listText(recordText("oai:x:1", "")),
		listText(strings.Replace(recordText("oai:x:1", ""), "<metadata></metadata>", "", 1)),
		listText(strings.Replace(recordText("oai:x:1", ""), "<metadata></metadata>", "<metadata/>", 1)),
		listText(recordText("oai:x:1", "only text")),
	} {
		records, problems, err := harvestText(t, "text/xml", []byte(page))
		if err != nil || len(records) != 1 || records[0].Value != nil || !slices.Equal(faultsOf(problems), []Fault{FaultMetadata}) {
			t.Errorf("%s\ngot %v, %v, %v", page, records, problems, err)
		}
	}
}

func TestNotOAI(t *testing.T) {
	for name, page := range map[string]string{
		"HTML":    "<!DOCTYPE html><html><body><header>Maintenance</header></body></html>",
		"text":    "Service unavailable",
		"nothing": "",
		"JSON":    `{"error": "no"}`,
	} {
		_, _, err := harvestText(t, "text/html", []byte(page))
		if !errors.Is(err, ErrNotOAI) || !strings.Contains(err.Error(), fmt.Sprintf("%q", page)) {
			t.Errorf("%s: %v, want ErrNotOAI and how the answer begins", name, err)
		}
	}
}

func TestProtocolErrors(t *testing.T) {
	for _, test := range []struct {
		content string
		want    []Code
	}{
		{`<error code="noRecordsMatch"/>`, nil},
		{`<error code="cannotDisseminateFormat">no &amp; no</error>`, []Code{CannotDisseminateFormat}},
		{`<error code="badArgument">a</error><error code="noSetHierarchy">b</error>`, []Code{BadArgument, NoSetHierarchy}},
	} {
		_, _, err := harvestText(t, "text/xml", []byte(clientEnvelope(test.content)))
		if (err == nil) != (test.want == nil) {
			t.Errorf("%s: %v", test.content, err)
		}
		for _, code := range test.want {
			if !errors.Is(err, &Error{Code: code}) {
				t.Errorf("%s: got %v, want %s", test.content, err, code)
			}
		}
	}
}
