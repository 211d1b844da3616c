package oaipmh

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
)

// TestErrorsSpeakBothLanguages: what a caller can print, and what it can ask.
func TestErrorsSpeakBothLanguages(t *testing.T) {
	problem := &Problem{Fault: FaultMarkup, URL: "http://x/oai", Header: Header{Identifier: "oai:x:1"}, Err: errClientCut}
	for _, test := range []struct {
		err    interface{ In(language.Tag) string }
		en, fr string
		is     error
	}{
		{problem, "markup: oai:x:1: not well-formed XML: an element has no end (http://x/oai)", "markup\u00a0: oai:x:1\u00a0: XML mal formé\u00a0: un élément n’a pas de fin (http://x/oai)", errClientMarkup},
		{&Problem{Fault: FaultSize, URL: "u"}, "size (u)", "size (u)", nil},
		{&LostError{Records: 2}, "2 records could not be read", "2 notice(s) illisible(s)", nil},
		{&LostError{Records: 2, First: problem}, "2 records could not be read, the first: " + problem.Error(), "2 notice(s) illisible(s), la première\u00a0: " + problem.In(language.French), problem},
		{&StatusError{URL: "u", Code: 404}, "HTTP status 404 from u", "le serveur répond par le statut HTTP 404 (u)", nil},
		{&StatusError{URL: "u", Code: 503, RetryAfter: time.Minute}, "HTTP status 503 from u, to be asked again in 1m0s", "le serveur répond par le statut HTTP 503 (u), à redemander dans 1m0s", nil},
	} {
		err := test.err.(error)
		if err.Error() != test.en || test.err.In(language.English) != test.en || test.err.In(language.MustParse("fr-CA")) != test.fr {
			t.Errorf("%q, %q, want %q, %q", err, test.err.In(language.French), test.en, test.fr)
		}
		if test.is != nil && !errors.Is(err, test.is) {
			t.Errorf("%v is not %v", err, test.is)
		}
	}
}

// failing is a transport that only fails.
type failing struct {
	err   error
	calls int
}

func (f *failing) RoundTrip(*http.Request) (*http.Response, error) {
	f.calls++
	return nil, f.err
}

// TestErrorsThatStayEndAtOnce: no server of that name, or none to be trusted;
// others may pass.
func TestErrorsThatStayEndAtOnce(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want int // requests
	}{
		"no such name":           {&net.DNSError{Name: "x.invalid", IsNotFound: true}, 1},
		"no answer for a name":   {&net.DNSError{Name: "x.invalid", IsTimeout: true}, 3},
		"a false certificate":    {&tls.CertificateVerificationError{Err: errors.New("x509")}, 1},
		"a broken connection":    {io.ErrUnexpectedEOF, 3},
		"nobody asks any longer": {context.Canceled, 3},
	} {
		f := &failing{err: test.err}
		c := &Client{BaseURL: "http://x.invalid/", HTTP: &http.Client{Transport: f}, Retries: 2, sleep: func(context.Context, time.Duration) error { return nil }}
		if _, err := c.Identify(t.Context()); !errors.Is(err, test.err) || f.calls != test.want {
			t.Errorf("%s: %v after %d requests, want %d", name, err, f.calls, test.want)
		}
	}
}

// TestRedirectsAreAskedAbout: the caller's HTTP client decides, too.
func TestRedirectsAreAskedAbout(t *testing.T) {
	s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
		return true
	}}
	c, no := s.start(), errors.New("not there")
	c.Retries = -1
	c.HTTP = &http.Client{CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if req.URL.RawQuery != via[0].URL.RawQuery {
			t.Errorf("asked about %s, which has lost the arguments", req.URL)
		}
		return no
	}}
	if _, err := c.Identify(t.Context()); !errors.Is(err, no) || len(s.requests) != 1 {
		t.Errorf("%v after %d requests", err, len(s.requests))
	}
}

// TestTheClock: the pause between two requests is kept, and ends with the
// context.
func TestTheClock(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(1)}
	c := s.start()
	c.sleep, c.Delay = nil, 30*time.Millisecond
	begin := time.Now()
	for range 2 {
		if _, err := c.Identify(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begin); took < c.Delay {
		t.Errorf("two requests within %v", took)
	}
	c.Delay = time.Hour
	enough := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(10*time.Millisecond, func() { cancel(enough) })
	if _, err := c.Identify(ctx); !errors.Is(err, enough) {
		t.Errorf("after a pause that was ended: %v", err)
	}
	c.Delay = 0
	if _, err := c.Identify(ctx); !errors.Is(err, enough) {
		t.Errorf("without a pause: %v", err)
	}
}

// TestBrokenCompression: what begins as gzip or zstd and is none breaks off.
func TestBrokenCompression(t *testing.T) {
	for name, body := range map[string]string{"gzip": "\x1f\x8b\x08", "gzip that is none": "\x1f\x8bnonsense, and more of it", "zstd": "\x28\xb5\x2f\xfd\xff\xff\xff", "a byte": "x"} {
		s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
			io.WriteString(w, body)
			return true
		}}
		c := s.start()
		c.Retries = 1
		_, err := c.Identify(t.Context())
		if err == nil || (name == "a byte") != errors.Is(err, ErrNotOAI) || (name == "a byte") == (len(s.requests) == 2) {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests))
		}
	}
}

// TestBrokenIdentify: what could be read of it, with a report.
func TestBrokenIdentify(t *testing.T) {
	s := &clientServer{t: t, spoil: clientAnswer(map[string]string{"Identify": "<Identify><repositoryName>A</repositoryName><baseURL>http://x</b></Identify>"})}
	c := s.start()
	var faults []Problem
	c.Report = func(p Problem) { faults = append(faults, p) }
	id, err := c.Identify(t.Context())
	if err != nil || id.RepositoryName != "A" || !slices.Equal(faultsOf(faults), []Fault{FaultMarkup}) {
		t.Errorf("%+v, %v, %v", id, err, faults)
	}
}

// TestBrokenRecordAlone: GetRecord says what is wrong with the one record.
func TestBrokenRecordAlone(t *testing.T) {
	s := &clientServer{t: t, spoil: clientAnswer(map[string]string{"GetRecord": "<GetRecord>" + recordText("oai:x:1", "<a><b></a>") + "</GetRecord>"})}
	_, err := s.start().Record(t.Context(), "oai:x:1", "oai_dc")
	problem, ok := errors.AsType[*Problem](err)
	if !ok || problem.Header.Identifier != "oai:x:1" || !problem.Lost() || !errors.Is(err, errClientMarkup) {
		t.Errorf("%v", err)
	}
}

// TestCDATAInHeader: an identifier may be written so.
func TestCDATAInHeader(t *testing.T) {
	records, problems, err := harvestText(t, "text/xml", []byte(listText(recordText("<![CDATA[oai:x:R&D]]>", "<a/>"))))
	if err != nil || len(problems) > 0 || len(records) != 1 || records[0].Identifier != "oai:x:R&D" {
		t.Errorf("%v, %v, %v", records, problems, err)
	}
}

// TestOpenRecordBeforeMoreThanARecordHolds: the records behind one whose tags
// stay open come, though no fault shows before they are larger than a record
// may be.
func TestOpenRecordBeforeMoreThanARecordHolds(t *testing.T) {
	pages := []string{strings.Replace(recordText("oai:x:bad", "<a>"), "</metadata></record>", "", 1)}
	for range 40 {
		pages = append(pages, recordText("oai:x:good", clientDC("x")))
	}
	told, records, _, _ := readPage(strings.NewReader(listText(pages...)), 2000)
	good := slices.DeleteFunc(records, func(r Record[Metadata]) bool { return r.Identifier != "oai:x:good" })
	if len(good) != 40 {
		t.Errorf("%d records of 40:\n%s", len(good), told)
	}
}

// TestLimitsOfAnySize: the largest number is no limit, and the smallest, or
// less, lets nothing through, but ends.
func TestLimitsOfAnySize(t *testing.T) {
	page := listText(recordText("oai:x:1", clientDC("x")), recordText("oai:x:2", clientDC("y")))
	for limit, want := range map[int]int{math.MaxInt: 2, len(page): 2, 1: 0, 0: 0, -1: 0, math.MinInt: 0} {
		if told, records, _, _ := readPage(strings.NewReader(page), limit); len(records) != want {
			t.Errorf("limit %d: %d records, want %d:\n%s", limit, len(records), want, told)
		}
	}
}

// TestFaultBehindOpenRecord: where a later record shows that an earlier one
// never ended, those between them come.
func TestFaultBehindOpenRecord(t *testing.T) {
	open := strings.Replace(recordText("oai:x:open", "<a>"), "</metadata></record>", "", 1)
	page := listText(open, recordText("oai:x:1", "<a/>"), recordText("oai:x:2", "<a/>"), recordText("oai:x:bad", "<a><b></a>"), recordText("oai:x:3", "<a/>"))
	told, records, _, _ := readPage(strings.NewReader(page), 1<<20)
	var got []string
	for _, r := range records {
		got = append(got, r.Identifier)
	}
	if want := []string{"oai:x:1", "oai:x:2", "oai:x:3"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v:\n%s", got, want, told)
	}
}

// TestNextIsNoLaterThanWhatWasAsked: a list up to a date in the past goes on
// from there.
func TestNextIsNoLaterThanWhatWasAsked(t *testing.T) {
	started, until := clientEpoch, clientEpoch.Add(-time.Hour)
	for name, test := range map[string]struct{ until, want time.Time }{
		"no end":             {time.Time{}, started},
		"an end long ago":    {until, until},
		"an end still ahead": {started.Add(time.Hour), started},
	} {
		h := Harvest{Started: started, Selection: Selection{MetadataPrefix: "lom", Set: "a", Until: test.until}}
		if next := h.Next().Selection; !next.From.Equal(test.want) || !next.Until.IsZero() || next.Set != "a" || next.MetadataPrefix != "lom" {
			t.Errorf("%s: %+v", name, next)
		}
	}
}

// TestGranularityMustBeKnown: dates cannot be asked of a server that does not
// say how it writes them.
func TestGranularityMustBeKnown(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(20), spoil: func(w http.ResponseWriter, r *http.Request) bool {
		if r.FormValue("verb") == "Identify" {
			http.Error(w, "no", http.StatusNotFound)
			return true
		}
		return false
	}}
	c := s.start()
	_, err := collect(c.Records(t.Context(), Selection{From: clientEpoch}))
	if status, ok := errors.AsType[*StatusError](err); !ok || status.Code != 404 || !strings.HasPrefix(err.Error(), "granularity: ") {
		t.Errorf("%v", err)
	}
}

// TestListsEndWhereTheCallerStops: no further page is asked for.
func TestListsEndWhereTheCallerStops(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(50)}
	c := s.start()
	for range c.Headers(t.Context(), Selection{}) {
		break
	}
	asked := len(s.requests)
	for range c.Sets(t.Context()) {
		break
	}
	if asked != 1 || len(s.requests) > 2 {
		t.Errorf("%q", s.requests)
	}
}

// TestRecordsUnderStatusEndWhereTheCallerStops: a status that would be asked
// again, or be an error, is neither.
func TestRecordsUnderStatusEndWhereTheCallerStops(t *testing.T) {
	for _, status := range []int{http.StatusInternalServerError, http.StatusNotFound} {
		s := &clientServer{t: t, records: clientRecords(5), spoil: func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(status)
			return false
		}}
		for _, err := range s.start().Records(t.Context(), Selection{}) {
			if err != nil {
				t.Error(err)
			}
			break
		}
		if len(s.requests) != 1 {
			t.Errorf("%d: %q", status, s.requests)
		}
	}
}
