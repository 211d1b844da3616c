package oaipmh_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/oaipmh"
)

const listAll = "verb=ListRecords&metadataPrefix=oai_dc"

func TestPOST(t *testing.T) {
	h := provider(t, library(t, 12), nil)
	want := get(t, h, listAll)
	tests := map[string]struct {
		target, contentType, body string
	}{
		"rule 20: a form":             {"/oai", "application/x-www-form-urlencoded", listAll},
		"with a charset":              {"/oai", "application/x-www-form-urlencoded; charset=utf-8", listAll},
		"without a content type":      {"/oai", "", listAll},
		"arguments in query and body": {"/oai?verb=ListRecords", "application/x-www-form-urlencoded", "metadataPrefix=oai_dc"},
		"all arguments in the query":  {"/oai?" + listAll, "application/x-www-form-urlencoded", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			req := httptest.NewRequest("POST", tt.target, strings.NewReader(tt.body))
			req.Header.Set("Content-Type", tt.contentType)
			if got := parse(t, do(h, req)); fmt.Sprint(got.ids()) != fmt.Sprint(want.ids()) || got.codes() != "" {
				t.Errorf("got %v %+v, want what GET gives: %v", got.ids(), got.Errors, want.ids())
			}
		})
	}
	t.Run("an argument in query and body is repeated", func(t *testing.T) {
		req := httptest.NewRequest("POST", "/oai?verb=Identify", strings.NewReader("verb=Identify"))
		if got := parse(t, do(h, req)); got.codes() != "badVerb" {
			t.Errorf("got %+v, want badVerb", got.Errors)
		}
	})
}

func TestStatus(t *testing.T) {
	long := strings.Repeat("a", 600<<10)
	tests := map[string]struct {
		method, query, contentType, body string
		want                             int
	}{
		"PUT":                      {"PUT", "", "", "", http.StatusMethodNotAllowed},
		"OPTIONS":                  {"OPTIONS", "", "", "", http.StatusMethodNotAllowed},
		"a query of 600 kB":        {"GET", "verb=GetRecord&identifier=" + long, "", "", http.StatusRequestURITooLong},
		"a body of 600 kB":         {"POST", "", "", "verb=GetRecord&identifier=" + long, http.StatusRequestEntityTooLarge},
		"a body that is no form":   {"POST", "", "multipart/form-data; boundary=x", "--x--", http.StatusUnsupportedMediaType},
		"an OAI error is no fault": {"GET", "verb=x", "", "", http.StatusOK},
	}
	h := provider(t, library(t, 1), nil)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			req := httptest.NewRequest(tt.method, "/oai", strings.NewReader(tt.body))
			req.URL.RawQuery = tt.query
			req.Header.Set("Content-Type", tt.contentType)
			res := do(h, req)
			if res.StatusCode != tt.want {
				t.Errorf("status %d, want %d", res.StatusCode, tt.want)
			}
			if allow := res.Header.Get("Allow"); (allow == "GET, HEAD, POST") != (tt.want == http.StatusMethodNotAllowed) {
				t.Errorf("Allow: %q with status %d", allow, res.StatusCode)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	h := provider(t, library(t, 3), nil)
	for _, accept := range []string{"", "*/*", "text/xml", "application/xml", "text/html", "application/json", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
		`text/xml; note="a, text/html, application/xhtml+xml;q=1"`, `text/html, application/xhtml+xml; note="\",;q=1;"; q=0`} {
		req := httptest.NewRequest("GET", "/oai?"+listAll, nil)
		req.Header.Set("Accept", accept)
		res := do(h, req)
		if got := res.Header.Get("Content-Type"); got != "text/xml; charset=UTF-8" || res.StatusCode != http.StatusOK {
			t.Errorf("rule 8: Accept %q gets %s, %d", accept, got, res.StatusCode)
		}
		if got := res.Header.Get("Vary"); !strings.Contains(got, "Accept") || !strings.Contains(got, "Accept-Encoding") {
			t.Errorf("Vary: %q", got)
		}
	}
}

func TestHEAD(t *testing.T) {
	h := provider(t, library(t, 3), nil)
	head := do(h, httptest.NewRequest("HEAD", "/oai?"+listAll, nil))
	got := do(h, httptest.NewRequest("GET", "/oai?"+listAll, nil))
	if body, _ := io.ReadAll(head.Body); len(body) > 0 {
		t.Errorf("HEAD has a body: %s", body)
	}
	for name := range got.Header {
		if head.Header.Get(name) != got.Header.Get(name) {
			t.Errorf("HEAD says %s: %q, GET %q", name, head.Header.Get(name), got.Header.Get(name))
		}
	}
}

func TestContentCoding(t *testing.T) {
	tests := map[string]struct{ accept, want string }{
		"none named":                         {"", ""},
		"gzip":                               {"gzip", "gzip"},
		"zstd before gzip":                   {"gzip, deflate, br, zstd", "zstd"},
		"q-values decide":                    {"zstd;q=0.5, gzip;q=0.8", "gzip"},
		"q=0 forbids":                        {"gzip;q=0, zstd;q=0.000", ""},
		"identity preferred":                 {"identity;q=1, gzip;q=0.5", ""},
		"case and blanks":                    {" GZIP ; Q=0.5 ", "gzip"},
		"a comma in a quoted parameter":      {`x;note="a, gzip"`, ""},
		"rule 18: what Dataverse asks":       {"compress, gzip, identify", "gzip"},
		"rule 18: never compress or deflate": {"compress, deflate", ""},
		"a star is not enough":               {"*", ""},
		"a q-value that is none":             {"gzip;q=lots", ""},
	}
	h := provider(t, library(t, 12), nil)
	plain, _ := io.ReadAll(do(h, httptest.NewRequest("GET", "/oai?"+listAll, nil)).Body)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			req := httptest.NewRequest("GET", "/oai?"+listAll, nil)
			req.Header.Set("Accept-Encoding", tt.accept)
			res := do(h, req)
			if got := res.Header.Get("Content-Encoding"); got != tt.want {
				t.Fatalf("Content-Encoding %q, want %q", got, tt.want)
			}
			if body := decode(t, res); body != string(plain) {
				t.Errorf("decodes to another response:\n%s", body)
			}
		})
	}
}

func decode(t *testing.T, res *http.Response) string {
	t.Helper()
	var r io.Reader = res.Body
	var err error
	switch res.Header.Get("Content-Encoding") {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "zstd":
		r, err = zstd.NewReader(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestConditional(t *testing.T) {
	m := library(t, 3)
	now := day(28)
	m.Now = func() time.Time { return now }
	h := provider(t, m, nil)
	ask := func(tag string) *http.Response {
		req := httptest.NewRequest("GET", "/oai?"+listAll, nil)
		req.Header.Set("If-None-Match", tag)
		return do(h, req)
	}
	tag := ask("").Header.Get("ETag")
	now = now.Add(time.Hour)
	for _, header := range []string{tag, `"x", ` + tag, "*"} {
		if got := ask(header).StatusCode; got != http.StatusNotModified {
			t.Errorf("If-None-Match %s an hour later, nothing changed: status %d, want 304", header, got)
		}
	}
	if err := m.Delete("oai:books.example:0001"); err != nil {
		t.Fatal(err)
	}
	if got := ask(tag).StatusCode; got != http.StatusOK {
		t.Errorf("after a change: status %d, want 200", got)
	}
}

// hostile fails on some records.
var hostile = oaipmh.Format[book]{
	Prefix: "oai_dc", Schema: dc.Schema, Namespace: dc.Namespace,
	Append: func(dst []byte, b book) ([]byte, error) {
		switch b.Title {
		case "error":
			return append(dst, "<half"...), errors.New("no way")
		case "panic":
			panic("no way")
		case "nothing":
			return dst, nil
		case "text":
			return append(dst, "text"...), nil
		case "refused":
			return dst, oaipmh.ErrCannotDisseminate
		}
		return dc.Append(dst, b)
	},
}

// reports collects what a provider reports.
type reports struct {
	mu   sync.Mutex
	errs []error
}

func (r *reports) add(_ context.Context, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errs = append(r.errs, err)
}

func TestBadRecordsAreLeftOutAndReported(t *testing.T) {
	titles := []string{"a", "error", "b", "panic", "nothing", "text", "c", "refused", "d", "error", "error"}
	for size := 1; size <= 5; size++ {
		m := &oaipmh.Memory[book]{}
		for i, title := range titles {
			id := fmt.Sprintf("oai:books.example:%02d", i)
			if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: id, Datestamp: day(i + 1)}, Value: book{Title: title}}); err != nil {
				t.Fatal(err)
			}
		}
		var rep reports
		h := provider(t, m, func(o *oaipmh.Options) { o.PageSize, o.Report = size, rep.add }, hostile)
		pages := walk(t, h, listAll)
		want := "[oai:books.example:00 oai:books.example:02 oai:books.example:06 oai:books.example:08]"
		if got := fmt.Sprint(ids(pages)); got != want {
			t.Errorf("page size %d: got %s, want %s", size, got, want)
		}
		for i, p := range pages {
			if len(p.Records) == 0 {
				t.Errorf("rule 5: page size %d: page %d is empty", size, i)
			}
		}
		var first *oaipmh.RecordError
		if len(rep.errs) < 6 || !errors.As(rep.errs[0], &first) || first.Identifier != "oai:books.example:01" || first.Err.Error() != "no way" {
			t.Errorf("page size %d: reported %v", size, rep.errs)
		}
		for _, want := range []string{
			"la notice oai:books.example:01 en oai_dc\u00a0: no way",
			"la notice oai:books.example:03 en oai_dc\u00a0: panique\u00a0: no way",
			"la notice oai:books.example:05 en oai_dc\u00a0: le format n’a pas ajouté un élément",
		} {
			if !slices.ContainsFunc(rep.errs, func(err error) bool { return say.In(err, language.French) == want }) {
				t.Errorf("page size %d: nobody reported %q", size, want)
			}
		}
		if r := get(t, h, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:03"); r.codes() != "cannotDisseminateFormat" {
			t.Errorf("GetRecord of one that panics: %+v", r.Errors)
		}
		if r := get(t, h, "verb=ListMetadataFormats&identifier=oai:books.example:03"); r.codes() != "noMetadataFormats" {
			t.Errorf("ListMetadataFormats of one that panics: %+v", r.Errors)
		}
	}
}

// failing is a repository whose database is gone.
type failing struct{ oaipmh.Repository[book] }

var errGone = errors.New("connection refused")

func (failing) Record(context.Context, string) (r oaipmh.Record[book], err error) { return r, errGone }

func (failing) Records(context.Context, oaipmh.Selection, oaipmh.Key) iter.Seq2[oaipmh.Record[book], error] {
	return func(yield func(oaipmh.Record[book], error) bool) { yield(oaipmh.Record[book]{}, errGone) }
}

func (failing) Sets(context.Context, string) iter.Seq2[oaipmh.Set, error] {
	return func(yield func(oaipmh.Set, error) bool) { yield(oaipmh.Set{}, errGone) }
}

func TestRepositoryFails(t *testing.T) {
	for _, q := range []string{
		"verb=Identify", listAll, listAll + "&set=a", "verb=ListSets", "verb=ListMetadataFormats&identifier=oai:x:1",
		"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:1", "verb=GetRecord&metadataPrefix=marc&identifier=oai:x:1",
	} {
		var rep reports
		h := provider(t, failing{}, func(o *oaipmh.Options) { o.Report = rep.add })
		res := do(h, httptest.NewRequest("GET", "/oai?"+q, nil))
		checkRetryAfter(t, res)
		if len(rep.errs) != 1 || !errors.Is(rep.errs[0], errGone) {
			t.Errorf("%s: reported %v", q, rep.errs)
		}
	}
}

func checkRetryAfter(t *testing.T, res *http.Response) {
	t.Helper()
	if n, err := strconv.Atoi(res.Header.Get("Retry-After")); res.StatusCode != http.StatusServiceUnavailable || err != nil || n < 1 || n > 3600 {
		t.Errorf("rule 6: status %d, Retry-After %q", res.StatusCode, res.Header.Get("Retry-After"))
	}
}

func TestOverload(t *testing.T) {
	started, release := make(chan bool), make(chan bool)
	slow := dc
	slow.Append = func(dst []byte, b book) ([]byte, error) {
		started <- true
		<-release
		return dc.Append(dst, b)
	}
	h := provider(t, library(t, 1), func(o *oaipmh.Options) { o.MaxConcurrent = 1 }, slow)
	done := make(chan *http.Response)
	go func() { done <- do(h, httptest.NewRequest("GET", "/oai?"+listAll, nil)) }()
	<-started
	impatient, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	checkRetryAfter(t, do(h, httptest.NewRequest("GET", "/oai?verb=Identify", nil).WithContext(impatient)))
	close(release)
	if res := <-done; res.StatusCode != http.StatusOK {
		t.Errorf("the first request: status %d", res.StatusCode)
	}
	if res := do(h, httptest.NewRequest("GET", "/oai?verb=Identify", nil)); res.StatusCode != http.StatusOK {
		t.Errorf("afterwards: status %d", res.StatusCode)
	}
}

// shuffled is a repository that breaks the contract.
type shuffled struct{ *oaipmh.Memory[book] }

func (s shuffled) Records(ctx context.Context, sel oaipmh.Selection, _ oaipmh.Key) iter.Seq2[oaipmh.Record[book], error] {
	return s.Memory.Records(ctx, sel, oaipmh.Key{}) // does not look at the key
}

func TestRepositoryThatDoesNotMoveOnIsNoEndlessList(t *testing.T) {
	var rep reports
	h := provider(t, shuffled{library(t, 12)}, func(o *oaipmh.Options) { o.Report = rep.add })
	tok := get(t, h, listAll).token().Text
	checkRetryAfter(t, do(h, httptest.NewRequest("GET", "/oai?verb=ListRecords&resumptionToken="+url.QueryEscape(tok), nil)))
	if len(rep.errs) != 1 || !strings.Contains(rep.errs[0].Error(), "does not come after") {
		t.Errorf("reported %v", rep.errs)
	}
}

func TestNewProviderSaysWhyNot(t *testing.T) {
	two := shelved
	two.Namespace = dc.Namespace
	_, err := oaipmh.NewProvider(library(t, 0), oaipmh.Options{
		BaseURL: "books", AdminEmails: []string{"nobody"}, DeletedRecord: "maybe", Keys: [][]byte{{1}}, PageSize: -1, Descriptions: [][]byte{[]byte("<a>")},
	}, two, two, oaipmh.Format[book]{Prefix: "a b"})
	for _, want := range []string{"Name", "BaseURL", "nobody", "maybe", "Keys[0]", "PageSize", "Descriptions[0]", `"a b"`, "Append is nil", "twice", "oai_dc"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %q:\n%v", want, err)
		}
	}
	if _, err := oaipmh.NewProvider(library(t, 0), oaipmh.Options{BaseURL: "https://books.example/oai#x"}, dc); err == nil || !strings.Contains(err.Error(), "fragment") {
		t.Errorf("a base URL with a fragment: %v", err)
	}
	if _, err := oaipmh.NewProvider(library(t, 0), oaipmh.Options{}, dc, two); err == nil || !strings.Contains(err.Error(), "rule 15") && !strings.Contains(err.Error(), "share namespace") {
		t.Errorf("rule 15: two formats of one namespace: %v", err)
	}
}

func TestAFormatThatPanicsOnAcceptsLosesOneRecord(t *testing.T) {
	timid := dc
	timid.Accepts = func(b book) bool { return b.Title[0] != 0 } // panics without a title
	m := &oaipmh.Memory[book]{}
	for i, title := range []string{"a", "", "b"} {
		if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: fmt.Sprintf("oai:books.example:%d", i)}, Value: book{Title: title}}); err != nil {
			t.Fatal(err)
		}
	}
	var rep reports
	h := provider(t, m, func(o *oaipmh.Options) { o.Report, o.PageSize = rep.add, 1 }, timid)
	for _, verb := range []string{"ListRecords", "ListIdentifiers"} {
		pages := walk(t, h, "verb="+verb+"&metadataPrefix=oai_dc")
		if got := fmt.Sprint(ids(pages)); got != "[oai:books.example:0 oai:books.example:2]" {
			t.Errorf("%s: got %s", verb, got)
		}
		if last := pages[len(pages)-1].token(); last == nil || last.Size != "2" {
			t.Errorf("%s: the last token is %+v", verb, last)
		}
	}
	if len(rep.errs) == 0 || !strings.Contains(rep.errs[0].Error(), "panic") {
		t.Errorf("reported %v", rep.errs)
	}
}

func TestASetDescriptionThatIsBrokenIsLeftOut(t *testing.T) {
	m := library(t, 2)
	if err := m.PutSet(oaipmh.Set{Spec: "shelf", Descriptions: [][]byte{[]byte("<a>"), oaipmh.Rights("https://example.org/")}}); err != nil {
		t.Fatal(err)
	}
	var rep reports
	h := provider(t, m, func(o *oaipmh.Options) { o.Report = rep.add })
	if r := get(t, h, "verb=ListSets"); len(r.Sets) != 2 || len(rep.errs) != 1 || !strings.Contains(rep.errs[0].Error(), "set shelf") {
		t.Errorf("sets %v, reported %v", r.Sets, rep.errs)
	}
}

// TestLargeRecordsMakeShortPages proves that memory is bounded by bytes, not
// by records alone.
func TestLargeRecordsMakeShortPages(t *testing.T) {
	m := &oaipmh.Memory[book]{}
	for i := range 12 {
		if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: fmt.Sprintf("oai:books.example:%02d", i)}, Value: book{Title: strings.Repeat("é", 1<<19)}}); err != nil {
			t.Fatal(err)
		}
	}
	h := provider(t, m, func(o *oaipmh.Options) { o.PageSize = 100 })
	pages := walk(t, h, listAll)
	if n := len(ids(pages)); n != 12 || len(pages) != 3 {
		t.Errorf("%d records of 1 MiB in %d pages, want 12 in 3", n, len(pages))
	}
}

// TestResponseShape holds what readers of text, rather than XML, rely on.
func TestResponseShape(t *testing.T) {
	m := library(t, 5)
	h := provider(t, m, nil)
	res := do(h, httptest.NewRequest("GET", "/oai?"+listAll, nil))
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for rule, line := range map[string]string{
		"rule 9: Dataverse looks for this line":      "\n<metadata>\n",
		"rule 9: OAI elements have no prefix":        "\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"",
		"rule 10: the payload declares what it uses": "\n<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" xmlns:dc=",
	} {
		if !strings.Contains(string(body), line) {
			t.Errorf("%s: no %q in\n%s", rule, line, body)
		}
	}
	if strings.Count(string(body), "<?xml") != 1 || strings.Contains(string(body), "expirationDate") {
		t.Errorf("rule 11: one XML declaration; rule 4: tokens that do not expire say no expirationDate:\n%s", body)
	}
	if strings.Count(string(body), "status=") != 1 {
		t.Errorf("rule 17: status is for deleted records alone:\n%s", body)
	}
}

func TestIllegalCharactersNeverReachAResponse(t *testing.T) {
	m := &oaipmh.Memory[book]{}
	if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: "oai:books.example:1"}, Value: book{Title: "a\x1ab\fc\xe9\uFFFF"}}); err != nil {
		t.Fatal(err)
	}
	r := get(t, provider(t, m, nil), listAll)
	if len(r.Records) != 1 || !strings.Contains(r.Records[0].Metadata.Inner, "a\uFFFDb c\uFFFD\uFFFD<") {
		t.Errorf("rule 11: got %+v", r)
	}
}

// TestNoRedirect asks at any path and by any name of the host: the answer is
// there, and names the base URL that was configured.
func TestNoRedirect(t *testing.T) {
	h := provider(t, library(t, 1), nil)
	for _, target := range []string{"/oai?verb=Identify", "/oai/?verb=Identify", "http://other.example/oai?verb=Identify"} {
		res := do(h, httptest.NewRequest("GET", target, nil))
		if r := parse(t, res); r.Request.URL != base {
			t.Errorf("rule 7: %s: request %q", target, r.Request.URL)
		}
	}
}
