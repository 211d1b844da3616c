package oaipmh_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/oaipmh/oaitest"
)

// hostileQueries are what attackers and broken harvesters send. The interop
// tests validate their answers with xmllint.
var hostileQueries = []string{
	"", "&", "=", "&&==&", "verb", "verb=", "verb=Identify", "verb=identify", "verb=Identify&verb=Identify", "verb=Identify&", "VERB=Identify",
	"verb=Identify&x=%3Cscript%3Ealert(1)%3C/script%3E", "verb=%00", "verb=%ff%fe", "verb=Identify%00", "%76erb=Identify", "verb=Identify;verb=ListSets",
	"verb=ListSets", "verb=ListSets&resumptionToken=", "verb=ListMetadataFormats", "verb=ListMetadataFormats&identifier=", "verb=ListMetadataFormats&identifier=oai:books.example:0003",
	"verb=ListRecords", "verb=ListRecords&metadataPrefix=oai_dc", "verb=ListRecords&metadataPrefix=oai_dc&set=shelf&from=2023-05-01&until=2023-05-31",
	"verb=ListRecords&metadataPrefix=oai_dc&from=9999-12-31&until=9999-12-31", "verb=ListRecords&metadataPrefix=oai_dc&until=9999-12-31T23:59:59Z", "verb=ListRecords&metadataPrefix=oai_dc&until=0001-01-01",
	"verb=ListRecords&metadataPrefix=oai_dc&from=2023-13-01", "verb=ListRecords&metadataPrefix=oai_dc&from=2023-05-01T24:00:00Z", "verb=ListRecords&metadataPrefix=oai_dc&from=2023-05-01T23:59:60Z",
	"verb=ListRecords&metadataPrefix=oai_dc&from=-2023-05-01", "verb=ListRecords&metadataPrefix=oai_dc&from=%202023-05-01", "verb=ListRecords&metadataPrefix=oai_dc&from=2023-5-1", "verb=ListRecords&metadataPrefix=oai_dc&from=20230501",
	"verb=ListRecords&metadataPrefix=oai_dc&set=%22%3E%3Cx%20y=%22", "verb=ListRecords&metadataPrefix=oai%20dc", "verb=ListRecords&metadataPrefix=%C3%A9", "verb=ListRecords&metadataPrefix=oai_dc%0A",
	"verb=ListRecords&resumptionToken=a%22b%3Cc%3E%26", "verb=ListRecords&resumptionToken=%F0%9F%92%A9", "verb=ListRecords&resumptionToken=a&resumptionToken=b", "verb=ListRecords&resumptionToken=%00",
	"verb=ListIdentifiers&metadataPrefix=oai_dc", "verb=ListIdentifiers&metadataPrefix=shelf", "verb=ListIdentifiers&metadataPrefix=oai_dc&set=none",
	"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:0001", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:0003", "verb=GetRecord&metadataPrefix=shelf&identifier=oai:books.example:0001",
	"verb=GetRecord&metadataPrefix=oai_dc&identifier=%27%20OR%201=1%20--", "verb=GetRecord&metadataPrefix=oai_dc&identifier=%22%26%3C%3E%27", "verb=GetRecord&metadataPrefix=oai_dc&identifier=../../etc/passwd",
	"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:%EF%BF%BF", "verb=GetRecord&metadataPrefix=oai_dc&identifier=a:%25", "verb=GetRecord&metadataPrefix=oai_dc&identifier=a:%25zz", "verb=GetRecord&metadataPrefix=oai_dc&identifier=http://%5B",
	"verb=GetRecord&metadataPrefix=oai_dc&identifier=http://a:b", "verb=GetRecord&metadataPrefix=oai_dc&identifier=http://a:99999999", "verb=GetRecord&metadataPrefix=oai_dc&identifier=a:b%23c%23d", "verb=GetRecord&metadataPrefix=oai_dc&identifier=a:b%5Bc%5D",
	"verb=GetRecord&metadataPrefix=oai_dc&identifier=http://a%40b%40c/", "verb=GetRecord&metadataPrefix=oai_dc&identifier=a://", "verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:x", "verb=GetRecord&metadataPrefix=oai_dc&identifier=a:%0D%0A", "verb=GetRecord&metadataPrefix=oai_dc&identifier=%E2%80%AEa:b",
	"verb=GetRecord&metadataPrefix=marc&identifier=oai:x:1", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:0001&x=y&verb=Identify", "verb=GetRecord&identifier=a+b:c", "a=b;c=d", "%=%&verb=%", "verb=Identify#x",
}

// FuzzProvider proves of whatever is asked that the answer is valid and that
// its errors are the right ones, as a plain statement of the specification
// gives them.
func FuzzProvider(f *testing.F) {
	for _, q := range hostileQueries {
		f.Add(q, "")
		f.Add("", q)
	}
	h := provider(f, library(f, 12), nil)
	f.Fuzz(func(t *testing.T, query, body string) {
		req := httptest.NewRequest("GET", "/oai", nil)
		if body != "" {
			req = httptest.NewRequest("POST", "/oai", strings.NewReader(body))
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		req.URL.RawQuery = query
		res := do(h, req)
		got, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != http.StatusOK {
			if len(query)+len(body) < 500<<10 {
				t.Fatalf("status %d: %s", res.StatusCode, got)
			}
			return
		}
		if err := oaitest.Validate(got); err != nil {
			t.Fatalf("%v\n%s", err, got)
		}
		var r response
		if err := xml.Unmarshal(got, &r); err != nil {
			t.Fatal(err)
		}
		if err := rightErrors(query+"&"+body, &r); err != "" {
			t.Errorf("%s, answered %+v", err, r.Errors)
		}
	})
}

// rightErrors says what is wrong with the errors of an answer, empty if
// nothing is, or if url.ParseQuery does not understand the query.
func rightErrors(query string, r *response) string {
	args, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	codes := strings.Fields(r.codes())
	verb := args["verb"]
	allowed := map[string][]string{
		"Identify": {}, "ListMetadataFormats": {"identifier"}, "ListSets": {"resumptionToken"}, "GetRecord": {"identifier", "metadataPrefix"},
		"ListRecords": {"metadataPrefix", "from", "until", "set", "resumptionToken"}, "ListIdentifiers": {"metadataPrefix", "from", "until", "set", "resumptionToken"},
	}
	if len(verb) != 1 || allowed[verb[0]] == nil {
		if !slices.Equal(codes, []string{"badVerb"}) {
			return "badVerb is due"
		}
		return ""
	}
	bad := false
	for name, values := range args {
		bad = bad || name != "verb" && !slices.Contains(allowed[verb[0]], name) || len(values) != 1
	}
	_, resumed := args["resumptionToken"]
	switch {
	case resumed:
		bad = bad || len(args) > 2
	case verb[0] == "GetRecord":
		bad = bad || args.Get("identifier") == "" || args.Get("metadataPrefix") == ""
	case strings.HasPrefix(verb[0], "ListR") || strings.HasPrefix(verb[0], "ListI"):
		bad = bad || args.Get("metadataPrefix") == ""
	}
	switch {
	case bad && !slices.Contains(codes, "badArgument"):
		return "badArgument is due"
	case (slices.Contains(codes, "badArgument") || slices.Contains(codes, "badVerb")) != (len(r.Request.Attrs) == 0):
		return "the request element should have attributes, or should have none"
	case slices.Contains(codes, "badVerb"):
		return "badVerb is not due"
	}
	return ""
}

// FuzzPage proves that the pages for people never fail either.
func FuzzPage(f *testing.F) {
	for _, q := range hostileQueries {
		f.Add(q)
	}
	h := provider(f, library(f, 12), nil)
	f.Fuzz(func(t *testing.T, query string) {
		res, body := browse(h, query, "")
		if len(query) < 500<<10 && res.StatusCode != 200 && res.StatusCode != 400 && res.StatusCode != 404 {
			t.Fatalf("status %d: %s", res.StatusCode, body)
		}
		if lower := strings.ToLower(body); strings.Contains(lower, "<script") || bytes.ContainsRune([]byte(body), 0) {
			t.Errorf("the page is not sound:\n%s", body)
		}
	})
}
