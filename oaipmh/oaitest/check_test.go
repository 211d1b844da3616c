package oaitest

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

const testBase = "http://oaitest.example/oai"

func testProvider(t *testing.T, deleted oaipmh.DeletedRecord) http.Handler {
	t.Helper()
	p, err := oaipmh.NewProvider(numbers(), oaipmh.Options{
		Name: "Numbers", BaseURL: testBase, AdminEmails: []string{"oai@oaitest.example"}, PageSize: 70, DeletedRecord: deleted,
	}, oaipmh.DublinCore(func(int) []oaipmh.Element { return nil }), odd)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func check(t *testing.T, h http.Handler) []Finding {
	t.Helper()
	findings, err := Checker{Client: &http.Client{Transport: inProcess{h}}, Pages: 9}.Check(t.Context(), testBase)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

func TestCheckFindsNothingInAProvider(t *testing.T) {
	for _, f := range check(t, testProvider(t, "")) {
		t.Error(f)
	}
}

// Some repositories are at an address with a query of its own, which is no
// argument of the protocol, and stays where they moved to.
func TestCheckOfAnAddressWithAQuery(t *testing.T) {
	const base = testBase + "?page=oai"
	provider := testProvider(t, "")
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, ok := strings.CutPrefix(r.URL.RawQuery, "page=oai")
		switch {
		case !ok:
			http.NotFound(w, r)
			return
		case r.URL.Path == "/old":
			http.Redirect(w, r, testBase+"?"+r.URL.RawQuery, http.StatusMovedPermanently)
			return
		}
		r.URL.RawQuery = strings.TrimPrefix(query, "&")
		rec := httptest.NewRecorder()
		provider.ServeHTTP(rec, r)
		for name, values := range rec.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.Write([]byte(strings.ReplaceAll(rec.Body.String(), testBase, base)))
	})
	for _, address := range []string{base, "http://oaitest.example/old?page=oai"} {
		findings, err := Checker{Client: &http.Client{Transport: inProcess{h}}, Pages: 9}.Check(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if address == base || !strings.Contains(f.English, "a redirect (301)") {
				t.Errorf("%s: %s", address, f)
			}
		}
	}
}

// fault changes the responses of a provider.
type fault struct {
	asked  string // part of the query; the responses to others stay
	change func(body string) string
	header func(http.Header)
	status int
	want   string // part of the finding in English
}

// ignoring leaves an argument out of requests, as servers do that do not know
// it, and says that it was heeded.
func ignoring(name string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		args := r.URL.Query()
		value := args.Get(name)
		if _, err := time.Parse("2006-01-02", value); name != "set" && err != nil {
			if _, err := time.Parse(stamp, value); err != nil {
				h.ServeHTTP(w, r)
				return
			}
		}
		args.Del(name)
		r.URL.RawQuery = args.Encode()
		fault{change: replace("<request", "<request "+name+`="`+value+`"`)}.handler(h)(w, r)
	})
}

func TestCheckFindsArgumentsThatAreIgnored(t *testing.T) {
	for name, want := range map[string]string{"from": "outside of", "until": "is before the earliestDatestamp", "set": "whose header does not say so"} {
		findings := check(t, ignoring(name, testProvider(t, "")))
		if !slices.ContainsFunc(findings, func(got Finding) bool { return got.Severity == Violation && strings.Contains(got.English, want) }) {
			t.Errorf("%s: found %v", name, findings)
		}
	}
}

// Between two requests a record may change.
func TestCheckLetsRecordsChange(t *testing.T) {
	change := fault{asked: "verb=GetRecord", change: func(body string) string {
		return strings.NewReplacer("<datestamp>2023-05-12", "<datestamp>2023-05-13", "<setSpec>a", "<setSpec>z").Replace(body)
	}}
	for _, f := range check(t, change.handler(testProvider(t, ""))) {
		if strings.Contains(f.English, "in ListRecords") {
			t.Error(f)
		}
	}
}

func replace(old, new string) func(string) string {
	return func(body string) string { return strings.ReplaceAll(body, old, new) }
}

func drop(pattern string) func(string) string {
	re := regexp.MustCompile(`(?s)` + pattern)
	return func(body string) string { return re.ReplaceAllString(body, "") }
}

func setHeader(name, value string) func(http.Header) {
	return func(h http.Header) { h.Set(name, value) }
}

func (f fault) handler(h http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		query, _ := r.URL.Parse(r.URL.String())
		if !strings.Contains(query.RawQuery, f.asked) {
			for name, values := range rec.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(rec.Code)
			w.Write(rec.Body.Bytes())
			return
		}
		body := rec.Body.String()
		if f.change != nil {
			body = f.change(body)
		}
		for name, values := range rec.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		if f.header != nil {
			f.header(w.Header())
		}
		if f.status != 0 {
			w.WriteHeader(f.status)
		}
		w.Write([]byte(body))
	}
}

func TestCheckFindsFaults(t *testing.T) {
	tests := map[string]fault{
		"broken XML":                        {"verb=ListSets", replace("</ListSets>", ""), nil, 0, "not well-formed"},
		"another root":                      {"verb=Identify", replace("OAI-PMH", "OAI"), nil, 0, "the root element is"},
		"a schema that is not kept":         {"verb=Identify", drop("<protocolVersion>.*</protocolVersion>"), nil, 0, "not valid against the schema: Identify"},
		"two answers in one":                {"verb=Identify", replace("</Identify>", "</Identify><ListSets/>"), nil, 0, "OAI-PMH (responseDate"},
		"text where a date should be":       {"verb=Identify", replace("<granularity>YYYY", "<granularity>yyyy"), nil, 0, `granularity "yyyy`},
		"an application/xml":                {"verb=Identify", nil, setHeader("Content-Type", "application/xml"), 0, `not text/xml`},
		"no charset":                        {"verb=Identify", nil, setHeader("Content-Type", "text/xml"), 0, "without charset"},
		"a status 500":                      {"junk", nil, nil, 500, "HTTP status 500"},
		"a redirect":                        {"verb=ListSets", nil, setHeader("Location", testBase), 301, "a redirect (301)"},
		"a 503 without seconds":             {"from=junk", nil, setHeader("Retry-After", "Wed, 25 Nov 2026 08:00:00 GMT"), 503, "503 with Retry-After"},
		"a base URL of another server":      {"verb=Identify", replace("<baseURL>http:", "<baseURL>https:"), nil, 0, "the baseURL is"},
		"a request of another verb":         {"verb=Identify", replace(`verb="Identify"`, `verb="ListSets"`), nil, 0, "the attribute verb of request"},
		"a request without arguments":       {"verb=ListRecords", replace(` metadataPrefix="oai_dc"`, ``), nil, 0, "an attribute for each argument"},
		"arguments that were refused":       {"test=test", replace("<request>", `<request verb="Identify">`), nil, 0, "in spite of badVerb or badArgument"},
		"a local responseDate":              {"verb=Identify", drop("Z(?:</responseDate>)"), nil, 0, "not well-formed"},
		"a false earliestDatestamp":         {"verb=Identify", replace("<earliestDatestamp>2023", "<earliestDatestamp>2024"), nil, 0, "before the earliestDatestamp"},
		"an earliestDatestamp of 1970":      {"verb=Identify", replace("<earliestDatestamp>2023-05-12", "<earliestDatestamp>1970-01-01"), nil, 0, "every month since"},
		"a granularity that is not its own": {"verb=Identify", replace("Thh:mm:ssZ</gran", "</gran"), nil, 0, "is not in the granularity"},
		"no oai_dc":                         {"verb=ListMetadataFormats", replace(">oai_dc<", ">dc<"), nil, 0, "no format oai_dc"},
		"another namespace of oai_dc":       {"verb=ListMetadataFormats", replace("oai_dc/</metadataNamespace>", "oai_dc</metadataNamespace>"), nil, 0, "the namespace of oai_dc is"},
		"two formats of one namespace":      {"verb=ListMetadataFormats", replace("https://oaitest.example/odd</metadataN", "http://www.openarchives.org/OAI/2.0/oai_dc/</metadataN"), nil, 0, "share a namespace"},
		"a set without its parent":          {"verb=ListSets", replace("<setSpec>a</setSpec>", "<setSpec>aa</setSpec>"), nil, 0, "of which it is a part"},
		"a set twice":                       {"verb=ListSets", replace("<setSpec>d</setSpec>", "<setSpec>a</setSpec>"), nil, 0, "comes twice"},
		"metadata of a deleted record":      {"verb=ListRecords", replace("</header>\n</record>", "</header>\n<metadata><a xmlns='urn:x'/></metadata></record>"), nil, 0, "is deleted and has metadata"},
		"no metadata of a live record":      {"verb=ListRecords", drop(`<metadata>.*?</metadata>`), nil, 0, "is not deleted and has no metadata"},
		"metadata of another namespace":     {"verb=ListRecords", replace(`xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"`, `xmlns:oai_dc="urn:x"`), nil, 0, "the metadata are in the namespace"},
		"a status of live records":          {"verb=ListRecords", replace("<header>", `<header status="live">`), nil, 0, "take any status for a deletion"},
		"a metadata element with a space":   {"verb=ListRecords", replace("<metadata>", "<metadata >"), nil, 0, "Dataverse looks for this text"},
		"a record that cannot be had":       {"verb=GetRecord", replace("GetRecord>", "ListRecords>"), nil, 0, "cannot be had"},
		"another record":                    {"verb=GetRecord", replace("<identifier>oai:oaitest.example:", "<identifier>oai:oaitest.example:0"), nil, 0, "comes"},
		"a tombstone that is none":          {"verb=GetRecord", replace(` status="deleted"`, ""), nil, 0, "but not in GetRecord"},
		"a record out of its window":        {"until=", replace("<datestamp>2023-05-12", "<datestamp>2023-05-13"), nil, 0, "outside of"},
		"no token at the end":               {"verb=ListRecords", drop(`<resumptionToken completeListSize="300" cursor="280"></resumptionToken>`), nil, 0, "no empty resumptionToken"},
		"a datestamp that is to come":       {"verb=ListRecords", replace("<datestamp>2023-", "<datestamp>2999-"), nil, 0, "which is to come"},
		"a header of another datestamp":     {"verb=GetRecord", replace("<datestamp>2023-05-12", "<datestamp>2023-05-11"), nil, 0, "in ListRecords"},
		"headers that hide deletions":       {"verb=ListIdentifiers", replace(` status="deleted"`, ""), nil, 0, "in ListRecords"},
		"headers without sets":              {"verb=ListIdentifiers", drop(`<setSpec>[^<]*</setSpec>`), nil, 0, "in ListRecords"},
		"a wrong completeListSize":          {"verb=ListRecords", replace(`completeListSize="300"`, `completeListSize="299"`), nil, 0, "the completeListSize is 299, 300 records came"},
		"a wrong cursor":                    {"verb=ListRecords", replace(`cursor="70"`, `cursor="71"`), nil, 0, "the cursor is 71 after 70"},
		"no completeListSize":               {"verb=ListRecords", replace(` completeListSize="300"`, ""), nil, 0, "without completeListSize"},
		"a token that expires":              {"verb=ListRecords", replace("<resumptionToken ", `<resumptionToken expirationDate="2026-01-01T00:00:00Z" `), nil, 0, "expires in"},
		"an error that is not given":        {"until=2001-02-30", replace(`code="badArgument"`, `code="noRecordsMatch"`), nil, 0, "badArgument is due"},
		"a coding that was not asked for":   {"verb=ListSets", nil, setHeader("Content-Encoding", "br"), 0, "that was not asked for"},
	}
	h := testProvider(t, "")
	for name, f := range tests {
		t.Run(name, func(t *testing.T) {
			findings := check(t, f.handler(h))
			if !slices.ContainsFunc(findings, func(got Finding) bool { return strings.Contains(got.English, f.want) }) {
				t.Errorf("found %v\nwant %q", findings, f.want)
			}
			for _, got := range findings {
				if got.Clause == "" || got.French == "" || got.French == got.English || strings.Contains(got.French+got.English, "%!") {
					t.Errorf("not whole: %+v", got)
				}
			}
		})
	}
}

func TestCheckFindsADeletionThatIdentifyDenies(t *testing.T) {
	found := check(t, testProvider(t, oaipmh.No))
	if len(found) != 1 || !strings.Contains(found[0].English, "deletedRecord=no") {
		t.Errorf("found %v", found)
	}
}

func TestCheckNeedsAnAnswer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	if _, err := Check(t.Context(), server.URL); err == nil {
		t.Error("no error, though nothing answers")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Check(ctx, server.URL); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

// TestCheckOfAnythingElse proves that a page which is no OAI-PMH is a finding,
// not a crash.
func TestCheckOfAnythingElse(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"nothing":    func(http.ResponseWriter, *http.Request) {},
		"not found":  http.NotFound,
		"a web page": func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<!DOCTYPE html><title>x</title><p>")) },
		"an empty envelope": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/xml; charset=utf-8")
			w.Write([]byte(`<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"/>`))
		},
		"empty lists": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/xml; charset=utf-8")
			w.Write([]byte(`<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>x</responseDate><request/><ListRecords><record/><resumptionToken>a</resumptionToken></ListRecords></OAI-PMH>`))
		},
	} {
		t.Run(name, func(t *testing.T) {
			if len(check(t, h)) == 0 {
				t.Error("nothing found")
			}
		})
	}
}

func TestCheckTellsAFaultOfEveryRecordThreeTimes(t *testing.T) {
	f := fault{"verb=ListRecords", replace("<header>", `<header status="live">`), nil, 0, ""}
	n := 0
	for _, got := range check(t, f.handler(testProvider(t, ""))) {
		if strings.Contains(got.English, "take any status for a deletion") {
			n++
		}
	}
	if n != 3 {
		t.Errorf("told %d times, want 3", n)
	}
}
