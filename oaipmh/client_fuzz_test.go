package oaipmh

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// readPage reads all that a page holds, told in one string.
func readPage(r io.Reader, limit int) (told string, records []Record[Metadata], memory int, err error) {
	var b strings.Builder
	text, _ := clientDecode(r, "text/xml")
	p := clientNewPage(text, limit, "", func(p Problem) { fmt.Fprintf(&b, "%s %q %q\n", p.Fault, p.Header.Identifier, p.Raw) })
	for {
		e, err := p.next()
		if err != nil {
			fmt.Fprintln(&b, err, p.token, p.errs, p.responseDate)
			return b.String(), records, cap(p.scan.buf), err
		}
		switch e.name {
		case "record", "header":
			rec, problem := p.record(e)
			fmt.Fprintf(&b, "%v %q %q %v\n", rec.Header, rec.Value, rec.About, problem)
			if problem == nil {
				records = append(records, rec)
			}
		case "set":
			s, problem := p.set(e)
			fmt.Fprintf(&b, "%q %v\n", s, problem)
		case "metadataFormat":
			fmt.Fprintf(&b, "%q\n", clientFormat(e))
		case "Identify":
			fmt.Fprintf(&b, "%q\n", p.identity(e))
		}
	}
}

const clientPageLimit = 4096

// FuzzClientPage: reading any page ends, in bounded memory, with the same
// result however the bytes arrive; what is called readable can be read.
func FuzzClientPage(f *testing.F) {
	for _, name := range []string{"hal.xml", "zenodo.xml", "dspace.xml", "openedition.xml"} {
		page, err := os.ReadFile(filepath.Join("testdata", "harvest", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(page)
	}
	for _, s := range []string{
		listText(recordText("oai:x:1", clientDC(eacute)), recordText("oai:x:2", "<a><b></a>"), recordText("oai:x:3", "<a x=1/>")),
		listText(recordText("oai:x:1", "<![CDATA[ & ]]><a>&nbsp;&#0;<!-- - --></a>"), "<resumptionToken completeListSize='3'>x</resumptionToken>"),
		clientEnvelope(`<error code="badVerb">x</error>`),
		clientEnvelope("<ListSets><set><setSpec>a</setSpec></set></ListSets>"),
		"\xff\xfe<\x00?\x00",
		`<?xml encoding="latin1"?><OAI-PMH>`,
		"<OAI-PMH><record><record><header>",
		"<OAI-PMH><record a='" + strings.Repeat("q", 3*clientPageLimit), // a tag that breaks off behind the limit
		"<OAI-PMH><record><a>" + strings.Repeat("q", 2*clientPageLimit) + "<b>" + strings.Repeat("<", clientPageLimit),
		"<OAI-PMH><record><a></b></record>", // broken, then nothing
		"Warning: " + strings.Repeat("x", 2*clientPageLimit) + "<OAI-PMH>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		told, records, memory, _ := readPage(bytes.NewReader(page), clientPageLimit)
		if most := 4 * (clientPageLimit + 2*clientReadSize); memory > most {
			t.Errorf("buffer of %d bytes, want at most %d", memory, most)
		}
		for how, r := range map[string]io.Reader{
			"byte by byte":             iotest.OneByteReader(bytes.NewReader(page)),
			"in halves":                iotest.HalfReader(bytes.NewReader(page)),
			"with its end in one Read": iotest.DataErrReader(bytes.NewReader(page)),
		} {
			if other, _, _, _ := readPage(r, clientPageLimit); other != told {
				t.Errorf("in one piece:\n%s\n%s:\n%s", told, how, other)
			}
		}
		for _, rec := range records {
			if rec.Value == nil {
				continue
			}
			if _, err := rec.Value.Element(); err != nil {
				t.Errorf("%q: %v", rec.Value, err)
			}
		}
	})
}

// FuzzBadRecord: whatever stands in a record, the next one comes.
func FuzzBadRecord(f *testing.F) {
	for _, s := range []string{"", "<a>", "</a>", "</record>", "<record>", "<record><header>", "</record><error>", "</ListRecords>", "</OAI-PMH><a", `<a b="`, "<header><metadata>", "<resumptionToken>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, bad string) {
		if strings.Contains(bad, "<!") || strings.Contains(bad, "<?") || strings.Contains(bad, "\x00") {
			return // comments and the like may hold anything, UTF-16 is other text
		}
		page := listText(recordText("oai:good:1", clientDC("x")), "<record>"+bad+"</record>", recordText("oai:good:2", clientDC("y")))
		told, records, _, _ := readPage(strings.NewReader(page), 1<<20)
		var good int
		for _, rec := range records {
			if strings.HasPrefix(rec.Identifier, "oai:good:") {
				good++
			}
		}
		if good != 2 {
			t.Errorf("%d good records came of 2:\n%s", good, told)
		}
	})
}

// FuzzClean: what is mended is well formed, and mending it again changes
// nothing.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"a & b", "&eacute;", "<a b=\"&QUOT;\">&LT;&AMP;&nvlt;</a>", "<b>\x1a</b>", "\xe9", "<![CDATA[&]]>&", "<!-- & -->&", "a < b", "&#0;&#x10FFFF;", "\uffff", "]]>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		clean, faults := clientClean(text)
		if faults == 0 && !bytes.Equal(clean, text) {
			t.Errorf("%q became %q without a fault", text, clean)
		}
		again, faults := clientClean(clean)
		if faults != 0 || !bytes.Equal(again, clean) {
			t.Errorf("%q became %q, then %q (%b)", text, clean, again, faults)
		}
	})
}

// TestLongText: text without a tag takes no more memory than the limit.
func TestLongText(t *testing.T) {
	const limit, long = 64 << 10, 8 << 20
	for name, page := range map[string]string{
		"in a record":    listText(recordText("oai:x:1", "<a>"+strings.Repeat("long ", long/5)+"</a>"), recordText("oai:x:2", "<a/>")),
		"between":        listText(strings.Repeat("long ", long/5), recordText("oai:x:2", "<a/>")),
		"before the XML": strings.Repeat("long ", long/5) + listText(recordText("oai:x:2", "<a/>")),
		"in a comment":   listText("<!-- "+strings.Repeat("long ", long/5)+" -->", recordText("oai:x:2", "<a/>")),
	} {
		told, records, memory, _ := readPage(strings.NewReader(page), limit)
		if most := 4 * (limit + 2*clientReadSize); memory > most {
			t.Errorf("%s: buffer of %d bytes, want at most %d", name, memory, most)
		}
		if len(records) != 1 || records[0].Identifier != "oai:x:2" {
			t.Errorf("%s: %d records, want the second: %.300s", name, len(records), told)
		}
	}
}
