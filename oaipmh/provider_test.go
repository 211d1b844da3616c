package oaipmh_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// book is the record type of a stranger.
type book struct{ Title, Shelf string }

const base = "https://books.example/oai"

var dc = oaipmh.Format[book]{
	Prefix:    "oai_dc",
	Schema:    "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
	Namespace: "http://www.openarchives.org/OAI/2.0/oai_dc/",
	Append: func(dst []byte, b book) ([]byte, error) {
		dst = append(dst, `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">`...)
		dst = append(dst, "<dc:title>"...)
		dst = oaipmh.AppendText(dst, b.Title)
		return append(dst, "</dc:title></oai_dc:dc>"...), nil
	},
}

// shelved refuses books that stand on no shelf.
var shelved = oaipmh.Format[book]{
	Prefix:    "shelf",
	Schema:    "https://books.example/shelf.xsd",
	Namespace: "https://books.example/shelf",
	Accepts:   func(b book) bool { return b.Shelf != "" },
	Append: func(dst []byte, b book) ([]byte, error) {
		return fmt.Appendf(dst, `<shelf xmlns="https://books.example/shelf">%s</shelf>`, b.Shelf), nil
	},
}

// day is noon of a day of May 2023.
func day(n int) time.Time { return time.Date(2023, 5, n, 12, 0, 0, 0, time.UTC) }

// library holds n books, one a day from 1 May 2023 on, every third deleted
// and every second on a shelf, which is a set.
func library(t testing.TB, n int) *oaipmh.Memory[book] {
	t.Helper()
	m := &oaipmh.Memory[book]{Now: func() time.Time { return day(31) }}
	for i := 1; i <= n; i++ {
		r := oaipmh.Record[book]{Header: oaipmh.Header{Identifier: fmt.Sprintf("oai:books.example:%04d", i), Datestamp: day(i)}}
		if i%2 == 0 {
			r.Sets = []string{"shelf:a"}
			r.Value.Shelf = "a"
		}
		r.Value.Title = fmt.Sprintf("Livre n° %d <&>", i)
		if i%3 == 0 {
			r.Deleted, r.Value = true, book{}
		}
		if err := m.Put(r); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func provider(t testing.TB, repo oaipmh.Repository[book], change func(*oaipmh.Options), formats ...oaipmh.Format[book]) *oaipmh.Provider[book] {
	t.Helper()
	opts := oaipmh.Options{Name: "Books", BaseURL: base, AdminEmails: []string{"oai@books.example"}, PageSize: 4}
	if change != nil {
		change(&opts)
	}
	if formats == nil {
		formats = []oaipmh.Format[book]{dc, shelved}
	}
	p, err := oaipmh.NewProvider(repo, opts, formats...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// response is what the tests look at.
type response struct {
	XMLName xml.Name
	Date    string `xml:"responseDate"`
	Request struct {
		Attrs []xml.Attr `xml:",any,attr"`
		URL   string     `xml:",chardata"`
	} `xml:"request"`
	Errors []struct {
		Code string `xml:"code,attr"`
		Text string `xml:",chardata"`
	} `xml:"error"`
	Identify struct {
		Earliest    string   `xml:"earliestDatestamp"`
		Compression []string `xml:"compression"`
	}
	Formats []string     `xml:"ListMetadataFormats>metadataFormat>metadataPrefix"`
	Sets    []string     `xml:"ListSets>set>setSpec"`
	Records []testRecord `xml:"ListRecords>record"`
	Headers []testHeader `xml:"ListIdentifiers>header"`
	Record  *testRecord  `xml:"GetRecord>record"`
	Tokens  []testToken  `xml:"ListRecords>resumptionToken"`
	Tokens2 []testToken  `xml:"ListIdentifiers>resumptionToken"`
	Tokens3 []testToken  `xml:"ListSets>resumptionToken"`
}

type testRecord struct {
	Header   testHeader `xml:"header"`
	Metadata *struct {
		Inner string `xml:",innerxml"`
	} `xml:"metadata"`
	About []struct {
		Inner string `xml:",innerxml"`
	} `xml:"about"`
}

type testHeader struct {
	Identifier string   `xml:"identifier"`
	Datestamp  string   `xml:"datestamp"`
	Status     *string  `xml:"status,attr"`
	Sets       []string `xml:"setSpec"`
}

type testToken struct {
	Size   string `xml:"completeListSize,attr"`
	Cursor string `xml:"cursor,attr"`
	Text   string `xml:",chardata"`
}

func (r *response) token() *testToken {
	for _, t := range [][]testToken{r.Tokens, r.Tokens2, r.Tokens3} {
		if len(t) == 1 {
			return &t[0]
		}
	}
	return nil
}

func (r *response) codes() string {
	var codes []string
	for _, e := range r.Errors {
		codes = append(codes, e.Code)
	}
	return strings.Join(codes, " ")
}

func (r *response) ids() (ids []string) {
	for _, rec := range r.Records {
		ids = append(ids, rec.Header.Identifier)
	}
	for _, h := range r.Headers {
		ids = append(ids, h.Identifier)
	}
	return ids
}

// get asks a query and parses the answer, which must be status 200 and
// well-formed.
func get(t testing.TB, h http.Handler, query string) *response {
	t.Helper()
	res := do(h, httptest.NewRequest("GET", "/oai?"+query, nil))
	return parse(t, res)
}

func do(h http.Handler, req *http.Request) *http.Response {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w.Result()
}

func parse(t testing.TB, res *http.Response) *response {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		t.Fatalf("status %s: %s", res.Status, body)
	}
	var r response
	if err := xml.Unmarshal(body, &r); err != nil {
		t.Fatalf("%v in\n%s", err, body)
	}
	return &r
}

// walk follows a list to its end.
func walk(t testing.TB, h http.Handler, query string) (pages []*response) {
	t.Helper()
	verb, _, _ := strings.Cut(strings.TrimPrefix(query, "verb="), "&")
	for {
		r := get(t, h, query)
		pages = append(pages, r)
		tok := r.token()
		if tok == nil || tok.Text == "" {
			return pages
		}
		if len(pages) > 1000 {
			t.Fatal("the list does not end")
		}
		query = "verb=" + verb + "&resumptionToken=" + tok.Text
	}
}

func ids(pages []*response) (all []string) {
	for _, p := range pages {
		all = append(all, p.ids()...)
	}
	return all
}

func TestErrors(t *testing.T) {
	id := url.QueryEscape("oai:books.example:0001")
	tests := map[string]struct{ query, want string }{
		"no verb":                             {"", "badVerb"},
		"an empty verb":                       {"verb=", "badVerb"},
		"an unknown verb":                     {"verb=listrecords", "badVerb"},
		"a repeated verb":                     {"verb=Identify&verb=Identify", "badVerb"},
		"an unknown argument":                 {"verb=Identify&x=1", "badArgument"},
		"an argument of another verb":         {"verb=Identify&metadataPrefix=oai_dc", "badArgument"},
		"a repeated argument":                 {"verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"},
		"no metadataPrefix":                   {"verb=ListRecords", "badArgument"},
		"an empty metadataPrefix":             {"verb=ListRecords&metadataPrefix=", "badArgument"},
		"two arguments missing, two errors":   {"verb=GetRecord", "badArgument badArgument"},
		"an unknown format":                   {"verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"},
		"an unknown format and a bad date":    {"verb=ListRecords&metadataPrefix=marc&from=junk", "badArgument cannotDisseminateFormat"},
		"an unknown format and record":        {"verb=GetRecord&metadataPrefix=marc&identifier=oai:x:1", "cannotDisseminateFormat idDoesNotExist"},
		"an unknown record":                   {"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:1", "idDoesNotExist"},
		"an identifier that is no URI":        {"verb=GetRecord&metadataPrefix=oai_dc&identifier=invalid%22id", "badArgument"},
		"a format that the record refuses":    {"verb=GetRecord&metadataPrefix=shelf&identifier=" + id, "cannotDisseminateFormat"},
		"mixed granularity":                   {"verb=ListRecords&metadataPrefix=oai_dc&from=2023-05-01&until=2023-05-02T00:00:00Z", "badArgument"},
		"from after until":                    {"verb=ListRecords&metadataPrefix=oai_dc&from=2023-05-02&until=2023-05-01", "badArgument"},
		"a day that there is not":             {"verb=ListRecords&metadataPrefix=oai_dc&from=2023-02-30", "badArgument"},
		"fractions of a second":               {"verb=ListRecords&metadataPrefix=oai_dc&from=2023-02-03T00:00:00.5Z", "badArgument"},
		"a time zone":                         {"verb=ListRecords&metadataPrefix=oai_dc&from=2023-02-03T00:00:00%2B01:00", "badArgument"},
		"mixed granularity on the first day":  {"verb=ListRecords&metadataPrefix=oai_dc&from=0001-01-01&until=2023-05-02T00:00:00Z", "badArgument"},
		"the first day there is":              {"verb=ListRecords&metadataPrefix=oai_dc&until=0001-01-01", "noRecordsMatch"},
		"a single digit":                      {"verb=ListRecords&metadataPrefix=oai_dc&from=2023-5-01", "badArgument"},
		"the year 0":                          {"verb=ListRecords&metadataPrefix=oai_dc&from=0000-01-01", "badArgument"},
		"an empty from":                       {"verb=ListRecords&metadataPrefix=oai_dc&from=", "badArgument"},
		"two bad dates, two errors":           {"verb=ListRecords&metadataPrefix=oai_dc&from=x&until=y", "badArgument badArgument"},
		"until before the earliest":           {"verb=ListRecords&metadataPrefix=oai_dc&until=2023-04-30", "noRecordsMatch"},
		"from in the future":                  {"verb=ListRecords&metadataPrefix=oai_dc&from=2123-04-30", "noRecordsMatch"},
		"the first instant there is":          {"verb=ListRecords&metadataPrefix=oai_dc&until=0001-01-01T00:00:00Z", "noRecordsMatch"},
		"rule 16: an unknown set":             {"verb=ListRecords&metadataPrefix=oai_dc&set=none", "noRecordsMatch"},
		"a set that is no setSpec":            {"verb=ListRecords&metadataPrefix=oai_dc&set=a::b", "badArgument"},
		"an empty set":                        {"verb=ListRecords&metadataPrefix=oai_dc&set=", "badArgument"},
		"a token of nobody":                   {"verb=ListRecords&resumptionToken=junk", "badResumptionToken"},
		"an empty token":                      {"verb=ListRecords&resumptionToken=", "badResumptionToken"},
		"a token of nobody for sets":          {"verb=ListSets&resumptionToken=junk", "badResumptionToken"},
		"rule 3: a junk token with until":     {"verb=ListRecords&resumptionToken=junk&until=2000-02-05", "badArgument"},
		"rule 3: a junk token with a prefix":  {"verb=ListRecords&resumptionToken=junk&metadataPrefix=oai_dc", "badArgument"},
		"a token where none is taken":         {"verb=Identify&resumptionToken=junk", "badArgument"},
		"bytes that are not UTF-8":            {"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:%ff", "badArgument"},
		"a percent sign that escapes nothing": {"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:%zz", "badArgument"},
		"NUL":                                 {"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:%00", "badArgument"},
		"a name that is not UTF-8":            {"verb=Identify&%ff=1", "badArgument"},
		"a name of markup":                    {"verb=Identify&%3C%22%3E=1", "badArgument"},
		"an identifier of 100 kB":             {"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:" + strings.Repeat("a", 100_000), "idDoesNotExist"},
		"markup in a verb":                    {"verb=%3Cscript%3E", "badVerb"},
		"an unknown record's formats":         {"verb=ListMetadataFormats&identifier=oai:x:1", "idDoesNotExist"},
	}
	h := provider(t, library(t, 12), nil)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := get(t, h, tt.query)
			if r.codes() != tt.want {
				t.Errorf("errors %+v, want codes %s", r.Errors, tt.want)
			}
			hide := strings.Contains(tt.want, "badVerb") || strings.Contains(tt.want, "badArgument")
			if hide != (len(r.Request.Attrs) == 0) {
				t.Errorf("request has attributes %v with errors %s", r.Request.Attrs, tt.want)
			}
			if r.Request.URL != base {
				t.Errorf("request holds %q, want %q", r.Request.URL, base)
			}
		})
	}
}

func TestNoSetHierarchy(t *testing.T) {
	m := &oaipmh.Memory[book]{}
	if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: "oai:books.example:1"}}); err != nil {
		t.Fatal(err)
	}
	h := provider(t, m, nil)
	for _, q := range []string{"verb=ListSets", "verb=ListRecords&metadataPrefix=oai_dc&set=a"} {
		if got := get(t, h, q).codes(); got != "noSetHierarchy" {
			t.Errorf("%s: errors %q, want noSetHierarchy", q, got)
		}
	}
	if got := get(t, h, "verb=ListRecords&metadataPrefix=marc&set=a").codes(); got != "cannotDisseminateFormat noSetHierarchy" {
		t.Errorf("both errors are due, got %q", got)
	}
}

func TestList(t *testing.T) {
	tests := map[string]struct {
		query string
		want  string // numbers of the books
	}{
		"all, deleted ones too":               {"metadataPrefix=oai_dc", "1 2 3 4 5 6 7 8 9 10 11 12"},
		"a set and what is in its parts":      {"metadataPrefix=oai_dc&set=shelf", "2 4 6 8 10 12"},
		"a part of a set":                     {"metadataPrefix=oai_dc&set=shelf:a", "2 4 6 8 10 12"},
		"what the format refuses is left out": {"metadataPrefix=shelf", "2 3 4 6 8 9 10 12"},
		"rule 12: one day is that whole day":  {"metadataPrefix=oai_dc&from=2023-05-05&until=2023-05-05", "5"},
		"rule 12: one second is that second":  {"metadataPrefix=oai_dc&from=2023-05-05T12:00:00Z&until=2023-05-05T12:00:00Z", "5"},
		"from alone":                          {"metadataPrefix=oai_dc&from=2023-05-11", "11 12"},
		"until alone":                         {"metadataPrefix=oai_dc&until=2023-05-05", "1 2 3 4 5"},
		"until a second before":               {"metadataPrefix=oai_dc&until=2023-05-05T11:59:59Z", "1 2 3 4"},
		"a page exactly":                      {"metadataPrefix=oai_dc&until=2023-05-04", "1 2 3 4"},
		"a window of a set":                   {"metadataPrefix=oai_dc&set=shelf&from=2023-05-03&until=2023-05-08", "4 6 8"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for _, verb := range []string{"ListRecords", "ListIdentifiers"} {
				for size := 1; size <= 13; size++ {
					h := provider(t, library(t, 12), func(o *oaipmh.Options) { o.PageSize = size })
					pages := walk(t, h, "verb="+verb+"&"+tt.query)
					var got []string
					for i, p := range pages {
						checkPage(t, p, i, size, len(pages), len(strings.Fields(tt.want)))
						for _, id := range p.ids() {
							got = append(got, strings.TrimLeft(strings.TrimPrefix(id, "oai:books.example:"), "0"))
						}
					}
					if strings.Join(got, " ") != tt.want {
						t.Errorf("%s, page size %d: got %s, want %s", verb, size, got, tt.want)
					}
				}
			}
		})
	}
}

// checkPage checks the token of page i of n: rules 1, 2 and 5.
func checkPage(t *testing.T, p *response, i, size, n, total int) {
	t.Helper()
	if len(p.ids()) == 0 || i < n-1 && len(p.ids()) != size {
		t.Errorf("page %d of %d holds %d records, page size %d: %s", i, n, len(p.ids()), size, p.codes())
	}
	tok := p.token()
	if n == 1 {
		if tok != nil {
			t.Error("rule 2: a list of one page has a token element")
		}
		return
	}
	if tok == nil {
		t.Fatalf("page %d of %d has no token element", i, n)
	}
	if tok.Size != fmt.Sprint(total) || tok.Cursor != fmt.Sprint(i*size) {
		t.Errorf("rule 2: page %d says size %s, cursor %s; want %d, %d", i, tok.Size, tok.Cursor, total, i*size)
	}
	if strings.Trim(tok.Text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		t.Errorf("rule 1: token %q has other than unreserved characters", tok.Text)
	}
}

func TestTokens(t *testing.T) {
	h := provider(t, library(t, 12), nil)
	tok := get(t, h, "verb=ListRecords&metadataPrefix=oai_dc&set=shelf").token().Text
	forged := []byte(tok)
	forged[len(forged)/2] ^= 1
	tests := map[string]struct{ query, want string }{
		"bound to its verb": {"verb=ListIdentifiers&resumptionToken=" + tok, "badResumptionToken"},
		"forged":            {"verb=ListRecords&resumptionToken=" + string(forged), "badResumptionToken"},
		"cut":               {"verb=ListRecords&resumptionToken=" + tok[:len(tok)-1], "badResumptionToken"},
		"padded":            {"verb=ListRecords&resumptionToken=" + tok + "=", "badResumptionToken"},
		"rule 3: its own metadataPrefix beside it":         {"verb=ListRecords&resumptionToken=" + tok + "&metadataPrefix=oai_dc", ""},
		"rule 3: another metadataPrefix beside it":         {"verb=ListRecords&resumptionToken=" + tok + "&metadataPrefix=shelf", "badArgument"},
		"rule 3: its own set beside it":                    {"verb=ListRecords&resumptionToken=" + tok + "&set=shelf", "badArgument"},
		"asked twice, as a harvester that lost the answer": {"verb=ListRecords&resumptionToken=" + tok, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if r := get(t, h, tt.query); r.codes() != tt.want {
				t.Errorf("errors %+v, want %q", r.Errors, tt.want)
			}
		})
	}
	t.Run("a new key before the old one honours both", func(t *testing.T) {
		oldKey, newKey := []byte("0123456789abcdef"), []byte("fedcba9876543210")
		with := func(keys ...[]byte) *oaipmh.Provider[book] {
			return provider(t, library(t, 12), func(o *oaipmh.Options) { o.Keys = keys })
		}
		tok := get(t, with(oldKey), "verb=ListRecords&metadataPrefix=oai_dc").token().Text
		if r := get(t, with(newKey, oldKey), "verb=ListRecords&resumptionToken="+tok); r.codes() != "" {
			t.Errorf("a token of the old key: %+v", r.Errors)
		}
		if r := get(t, with(newKey), "verb=ListRecords&resumptionToken="+tok); r.codes() != "badResumptionToken" {
			t.Errorf("a token of a key that is gone: %+v", r.Errors)
		}
	})
	t.Run("without keys they survive a restart", func(t *testing.T) {
		if r := get(t, provider(t, library(t, 12), nil), "verb=ListRecords&resumptionToken="+tok); len(r.ids()) != 2 {
			t.Errorf("another provider of the same address answers %+v", r)
		}
	})
}

func TestFormatsOfARecord(t *testing.T) {
	h := provider(t, library(t, 4), nil)
	for id, want := range map[string]string{
		"":                                   "[oai_dc shelf]",
		"&identifier=oai:books.example:0001": "[oai_dc]",
		"&identifier=oai:books.example:0002": "[oai_dc shelf]",
		"&identifier=oai:books.example:0003": "[oai_dc shelf]", // a tombstone, in any format
	} {
		if r := get(t, h, "verb=ListMetadataFormats"+id); fmt.Sprint(r.Formats) != want || r.codes() != "" {
			t.Errorf("%s: formats %v, %v; want %s", id, r.Formats, r.Errors, want)
		}
	}
}

func TestGetRecord(t *testing.T) {
	h := provider(t, library(t, 4), nil)
	for id, deleted := range map[string]bool{"oai:books.example:0002": false, "oai:books.example:0003": true} {
		r := get(t, h, "verb=GetRecord&metadataPrefix=oai_dc&identifier="+id)
		if r.Record == nil || r.Record.Header.Identifier != id || (r.Record.Metadata == nil) != deleted || (r.Record.Header.Status != nil) != deleted {
			t.Errorf("rule 17: %s, deleted %t: got %+v", id, deleted, r)
		}
	}
}

func TestEarliestDatestamp(t *testing.T) {
	if got := get(t, provider(t, library(t, 4), nil), "verb=Identify").Identify.Earliest; got != "2023-05-01T12:00:00Z" {
		t.Errorf("rule 13: earliestDatestamp %s, want that of the first record", got)
	}
	if got := get(t, provider(t, library(t, 0), nil), "verb=Identify").Identify.Earliest; got != "2023-05-31T12:00:00Z" {
		t.Errorf("rule 13: earliestDatestamp of an empty repository %s, want the present", got)
	}
}

func TestListSetsIsPaged(t *testing.T) {
	m := library(t, 0)
	for i := range 10 {
		if err := m.PutSet(oaipmh.Set{Spec: fmt.Sprintf("s%02d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	for size := 1; size <= 11; size++ {
		h := provider(t, m, func(o *oaipmh.Options) { o.PageSize = size })
		pages := walk(t, h, "verb=ListSets")
		var got []string
		for i, p := range pages {
			got = append(got, p.Sets...)
			if tok := p.token(); len(pages) > 1 && (tok.Size != "10" || tok.Cursor != fmt.Sprint(i*size)) {
				t.Errorf("page size %d, page %d: token %+v", size, i, tok)
			}
		}
		if len(got) != 10 || (len(pages) == 1) != (pages[0].token() == nil) {
			t.Errorf("page size %d: sets %v in %d pages", size, got, len(pages))
		}
	}
}

// raw is a format that records bring along.
var raw = oaipmh.Prerendered[book]("raw", "https://books.example/raw.xsd", "https://books.example/raw")

func TestRenderedIsSentAsItIs(t *testing.T) {
	const mine = `<a xmlns="https://books.example/raw">é</a>`
	of := func(prefix string) oaipmh.Rendered {
		r, err := oaipmh.NewRendered(prefix, mine)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for name, m := range map[string]*oaipmh.Memory[book]{
		"formats not indexed": {},
		"formats indexed":     {Formats: []oaipmh.Format[book]{raw}},
	} {
		for i, rendered := range [][]oaipmh.Rendered{{of("raw")}, nil, {of("oai_dc"), of("raw")}, {of("other")}} {
			id := fmt.Sprintf("oai:books.example:%d", i)
			if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: id}, Value: book{Title: "T"}, Rendered: rendered}); err != nil {
				t.Fatal(err)
			}
		}
		var rep reports
		h := provider(t, m, func(o *oaipmh.Options) { o.Report = rep.add; o.PageSize = 1 }, dc, raw)
		first := get(t, h, "verb=ListRecords&metadataPrefix=raw")
		if len(first.Records) != 1 || strings.TrimSpace(first.Records[0].Metadata.Inner) != mine {
			t.Errorf("%s: got %+v, want the bytes of the first record", name, first.Records)
		}
		if tok := first.token(); tok == nil || tok.Size != "2" {
			t.Errorf("%s: token %+v, want a list of two", name, tok)
		}
		for id, want := range map[string]string{"0": "[oai_dc raw]", "1": "[oai_dc]", "2": "[oai_dc raw]", "3": "[oai_dc]"} {
			if r := get(t, h, "verb=ListMetadataFormats&identifier=oai:books.example:"+id); fmt.Sprint(r.Formats) != want {
				t.Errorf("%s: formats of record %s: %v, want %s", name, id, r.Formats, want)
			}
		}
		if r := get(t, h, "verb=GetRecord&metadataPrefix=raw&identifier=oai:books.example:1"); len(r.Errors) != 1 || r.Errors[0].Code != "cannotDisseminateFormat" {
			t.Errorf("%s: a record that does not carry the format: %+v", name, r)
		}
		if r := get(t, h, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:2"); r.Record == nil || !strings.Contains(r.Record.Metadata.Inner, mine) {
			t.Errorf("%s: what a record carries does not go before what Append would write", name)
		}
		if rep.errs != nil {
			t.Errorf("%s: reported %v", name, rep.errs)
		}
	}
}

func TestRenderedMustBeOneElement(t *testing.T) {
	for _, xml := range []string{"", "text", `<a xmlns="urn:x">`, `<?xml version="1.0"?><a xmlns="urn:x"/>`, `<p:a/>`, `<a xmlns="urn:x"/><b xmlns="urn:x"/>`} {
		if r, err := oaipmh.NewRendered("raw", xml); err == nil || r != (oaipmh.Rendered{}) {
			t.Errorf("%q is taken", xml)
		}
	}
}

// lagging is a replica that speaks as of noon, 20 May.
type lagging struct{ *oaipmh.Memory[book] }

func (lagging) AsOf(context.Context) (time.Time, error) { return day(20).Add(999), nil }

func TestResponseDateIsWhatTheRepositoryVouchesFor(t *testing.T) {
	h := provider(t, lagging{library(t, 12)}, nil)
	for _, q := range []string{"verb=Identify", "verb=ListSets", "verb=x", "verb=ListRecords&metadataPrefix=oai_dc", "verb=ListMetadataFormats", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:0001"} {
		if r := get(t, h, q); r.Date != "2023-05-20T12:00:00Z" {
			t.Errorf("rule 14: %s: responseDate %s", q, r.Date)
		}
	}
}

// headersAlone is a repository that lists headers quickly, and records not at
// all.
type headersAlone struct{ *oaipmh.Memory[book] }

func (h headersAlone) Headers(ctx context.Context, sel oaipmh.Selection, after oaipmh.Key) iter.Seq2[oaipmh.Header, error] {
	return func(yield func(oaipmh.Header, error) bool) {
		for r, err := range h.Memory.Records(ctx, sel, after) {
			if !yield(r.Header, err) {
				return
			}
		}
	}
}

func (headersAlone) Records(context.Context, oaipmh.Selection, oaipmh.Key) iter.Seq2[oaipmh.Record[book], error] {
	return func(yield func(oaipmh.Record[book], error) bool) {
		yield(oaipmh.Record[book]{}, errors.New("records were read"))
	}
}

func TestListIdentifiersReadsHeadersAlone(t *testing.T) {
	for _, query := range []string{"metadataPrefix=oai_dc", "metadataPrefix=oai_dc&set=shelf&from=2023-05-04"} {
		want := ids(walk(t, provider(t, library(t, 12), nil), "verb=ListIdentifiers&"+query))
		if got := ids(walk(t, provider(t, headersAlone{library(t, 12)}, nil), "verb=ListIdentifiers&"+query)); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", query, got, want)
		}
	}
}

// TestGolden holds whole answers, to be read.
func TestGolden(t *testing.T) {
	h := provider(t, library(t, 6), nil)
	for name, query := range map[string]string{
		"records.xml": "verb=ListRecords&metadataPrefix=oai_dc&set=shelf",
		"headers.xml": "verb=ListIdentifiers&metadataPrefix=oai_dc",
		"formats.xml": "verb=ListMetadataFormats",
		"record.xml":  "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:0002",
		"errors.xml":  "verb=ListRecords&metadataPrefix=marc&from=2023-05-32&until=hier&x=%3Cy%3E",
	} {
		golden(t, name, h, query)
	}
}
