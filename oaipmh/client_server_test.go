package oaipmh

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// clientServer is a small OAI-PMH server of the test's own, whose manners each
// test spoils. Tokens are "window/offset", as those of many servers.
type clientServer struct {
	t        *testing.T
	records  []Header
	pageSize int
	size     bool // names completeListSize
	compare  func(a, b Header) int
	day      bool // granularity

	// spoil, if not nil, may answer in place of the server.
	spoil func(w http.ResponseWriter, r *http.Request) bool
	// payload is what stands in metadata, a title if nil.
	payload  func(h Header) string
	requests []string
	turn     sync.Mutex // a client that gave up on an answer may ask again while it is still written
}

var clientEpoch = time.Date(2023, 5, 17, 10, 0, 0, 0, time.UTC)

// clientRecords makes n records, one an hour.
func clientRecords(n int) (records []Header) {
	for i := range n {
		records = append(records, Header{
			Identifier: fmt.Sprintf("oai:example.org:%05d", i),
			Datestamp:  clientEpoch.Add(time.Duration(i) * time.Hour),
			Deleted:    i%7 == 6,
			Sets:       []string{"all", "mod:" + strconv.Itoa(i%3)},
		})
	}
	return records
}

// start serves, and returns a client that never sleeps.
func (s *clientServer) start() *Client {
	s.t.Helper()
	s.pageSize = cmp.Or(s.pageSize, 10)
	server := httptest.NewServer(s)
	s.t.Cleanup(server.Close)
	return &Client{
		BaseURL: server.URL + "/oai",
		sleep:   func(ctx context.Context, d time.Duration) error { return ctx.Err() },
	}
}

func (s *clientServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.requests = append(s.requests, r.URL.RawQuery)
	if s.spoil != nil && s.spoil(w, r) {
		return
	}
	s.answer(w, r)
}

func (s *clientServer) answer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	fmt.Fprint(w, s.page(r))
}

func (s *clientServer) layout() string {
	if s.day {
		return clientDay
	}
	return clientSecond
}

// page is the whole answer.
func (s *clientServer) page(r *http.Request) string {
	switch verb := r.FormValue("verb"); verb {
	case "Identify":
		return clientEnvelope(fmt.Sprintf("<Identify><repositoryName>Test</repositoryName><granularity>%s</granularity></Identify>",
			strings.NewReplacer("2006", "YYYY", "01", "MM", "02", "DD", "15", "hh", "04", "mm", "05", "ss").Replace(s.layout())))
	case "ListRecords", "ListIdentifiers":
		return clientEnvelope(s.list(r, verb))
	}
	return clientEnvelope(`<error code="badVerb"/>`)
}

func (s *clientServer) list(r *http.Request, verb string) string {
	from, until, offset := r.FormValue("from"), r.FormValue("until"), 0
	if t := r.FormValue("resumptionToken"); t != "" {
		part := strings.Split(t, "/")
		from, until = part[0], part[1]
		offset, _ = strconv.Atoi(part[2])
	}
	all := s.window(from, until)
	if offset >= len(all) {
		return `<error code="noRecordsMatch">none</error>`
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<%s>", verb)
	end := min(offset+s.pageSize, len(all))
	for _, h := range all[offset:end] {
		b.WriteString(s.item(h, verb))
	}
	if end < len(all) || offset > 0 {
		b.WriteString("<resumptionToken")
		if s.size {
			fmt.Fprintf(&b, ` completeListSize="%d" cursor="%d"`, len(all), offset)
		}
		b.WriteString(">")
		if end < len(all) {
			fmt.Fprintf(&b, "%s/%s/%d", from, until, end)
		}
		b.WriteString("</resumptionToken>\n")
	}
	fmt.Fprintf(&b, "</%s>", verb)
	return b.String()
}

func (s *clientServer) window(from, until string) (all []Header) {
	for _, h := range s.records {
		d := h.Datestamp.Format(s.layout())
		if d >= from && (until == "" || d <= until) {
			all = append(all, h)
		}
	}
	if s.compare != nil {
		slices.SortStableFunc(all, s.compare)
	}
	return all
}

func (s *clientServer) item(h Header, verb string) string {
	header := fmt.Sprintf("<header><identifier>%s</identifier><datestamp>%s</datestamp>", h.Identifier, h.Datestamp.Format(s.layout()))
	if h.Deleted {
		header = strings.Replace(header, "<header>", `<header status="deleted">`, 1)
	}
	for _, set := range h.Sets {
		header += "<setSpec>" + set + "</setSpec>"
	}
	header += "</header>"
	switch {
	case verb == "ListIdentifiers":
		return header
	case h.Deleted:
		return "<record>" + header + "</record>\n"
	}
	payload := clientDC(h.Identifier)
	if s.payload != nil {
		payload = s.payload(h)
	}
	return "<record>" + header + "<metadata>" + payload + "</metadata></record>\n"
}

func clientDC(title string) string {
	return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + title + `</dc:title></oai_dc:dc>`
}

func clientEnvelope(content string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>2024-01-01T00:00:00Z</responseDate><request verb="x">http://example.org/oai</request>
` + content + "\n</OAI-PMH>\n"
}

// clientDice throws numbers below n, for several goroutines, and the same ones
// for the same seed.
func clientDice(seed uint64) func(n int) int {
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(seed, 7))
	return func(n int) int {
		mu.Lock()
		defer mu.Unlock()
		return random.IntN(n)
	}
}

// collect reads a sequence to its end.
func collect[T any](seq func(func(T, error) bool)) (all []T, err error) {
	for v, e := range seq {
		if e != nil {
			return all, e
		}
		all = append(all, v)
	}
	return all, nil
}

// wantAll fails unless records are those of the server, each once.
func (s *clientServer) wantAll(records []Record[Metadata], err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("harvest ended with %v after %d records; requests:\n%s", err, len(records), strings.Join(s.requests, "\n"))
	}
	count := make(map[string]int)
	for _, rec := range records {
		count[rec.Identifier]++
	}
	var lost, twice []string
	for _, h := range s.records {
		switch count[h.Identifier] {
		case 0:
			lost = append(lost, h.Identifier)
		case 1:
		default:
			twice = append(twice, h.Identifier)
		}
	}
	if len(lost)+len(twice) > 0 || len(records) != len(s.records) {
		s.t.Fatalf("%d records of %d came; lost %v, more than once %v; requests:\n%s",
			len(records), len(s.records), lost, twice, strings.Join(s.requests, "\n"))
	}
}

// clientAnswer gives fixed answers by verb or, on later pages, by resumptionToken.
func clientAnswer(answers map[string]string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		text, ok := answers[cmp.Or(r.FormValue("resumptionToken"), r.FormValue("verb"))]
		if !ok {
			text = `<GetRecord/>`
		}
		fmt.Fprint(w, clientEnvelope(text))
		return true
	}
}
