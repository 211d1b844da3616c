package oaitest

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// harvester follows the specification to the letter, one request at a time.
type harvester struct {
	plan
	handler http.Handler
	have    map[string]state
	from    string // where the next list starts
	last    bool   // windows have no end any more

	// Of the list that it is taking:
	active bool
	full   bool
	turn   int    // of the world when it began
	next   string // where the list after it starts, as far as is known
	token  string
	met    map[string]int
	size   string // completeListSize
	count  int
}

// page is a response as a harvester sees it.
type page struct {
	Date   string `xml:"responseDate"`
	Errors []struct {
		Code string `xml:"code,attr"`
		Text string `xml:",chardata"`
	} `xml:"error"`
	Records []struct {
		Header   pageHeader `xml:"header"`
		Revision *int       `xml:"metadata>r"`
	} `xml:"ListRecords>record"`
	Headers []pageHeader `xml:"ListIdentifiers>header"`
	Tokens  []pageToken  `xml:"ListRecords>resumptionToken"`
	Tokens2 []pageToken  `xml:"ListIdentifiers>resumptionToken"`
}

type pageHeader struct {
	Identifier string   `xml:"identifier"`
	Datestamp  string   `xml:"datestamp"`
	Status     string   `xml:"status,attr"`
	Sets       []string `xml:"setSpec"`
}

type pageToken struct {
	Size   string `xml:"completeListSize,attr"`
	Cursor string `xml:"cursor,attr"`
	Text   string `xml:",chardata"`
}

func (h *harvester) selects(sets []string) bool {
	return h.set == "" || slices.ContainsFunc(sets, func(s string) bool { return s == h.set || strings.HasPrefix(s, h.set+":") })
}

const stamp = "2006-01-02T15:04:05Z"

// step makes the next request of a list, the first of a new one if none is
// under way, and reports whether the list is done. turn is the world's.
func (h *harvester) step(ctx context.Context, turn int) (done bool, err error) {
	args := url.Values{"verb": {h.verb}}
	resumed := h.active
	if resumed {
		args.Set("resumptionToken", h.token)
	} else if ok, err := h.begin(ctx, args); !ok {
		return true, err
	}
	p, err := h.ask(ctx, args)
	if err != nil {
		return false, err
	}
	changed := turn != h.turn
	if len(p.Errors) > 0 {
		code := p.Errors[0].Code
		none := code == "noRecordsMatch" || code == "noSetHierarchy" && len(h.have) == 0 // no sets yet
		if !none || resumed && !changed {
			return false, fmt.Errorf("%s answers %v", args.Encode(), p.Errors)
		}
		h.end(p.Date)
		return true, nil
	}
	h.take(p)
	return h.follow(p, args, changed)
}

// begin writes the arguments of a new list; ok is false if its window is
// still empty.
func (h *harvester) begin(ctx context.Context, args url.Values) (ok bool, err error) {
	h.met, h.size, h.count, h.next = map[string]int{}, "", 0, ""
	h.full = h.from == "" && h.mark != window
	args.Set("metadataPrefix", "revision")
	if h.from != "" {
		args.Set("from", h.from)
	}
	if h.set != "" {
		args.Set("set", h.set)
	}
	if h.mark == firstPage || h.mark == lastPage {
		return true, nil
	}
	p, err := h.ask(ctx, url.Values{"verb": {"Identify"}})
	if err != nil || h.mark == identify {
		h.next = p.Date
		return err == nil, err
	}
	h.next = p.Date
	if h.last {
		return true, nil
	}
	now, err := time.Parse(stamp, p.Date)
	until := now.Add(-time.Second).Format(stamp)
	if err != nil || until < h.from {
		return false, err
	}
	args.Set("until", until)
	return true, nil
}

// take keeps what a page says.
func (h *harvester) take(p *page) {
	keep := func(head pageHeader, revision int) {
		h.have[head.Identifier] = state{revision, head.Status == "deleted", head.Sets}
		h.met[head.Identifier]++
		h.count++
	}
	for _, r := range p.Records {
		revision := 0
		if r.Revision != nil {
			revision = *r.Revision
		}
		keep(r.Header, revision)
	}
	for _, head := range p.Headers {
		keep(head, 0)
	}
	if h.next == "" {
		h.next = p.Date
	}
}

// follow judges a page's token and takes it.
func (h *harvester) follow(p *page, args url.Values, changed bool) (done bool, err error) {
	n := len(p.Records) + len(p.Headers)
	tokens := append(p.Tokens, p.Tokens2...)
	switch {
	case n == 0 || n > h.pageSize:
		return false, fmt.Errorf("%s brings %d records", args.Encode(), n)
	case len(tokens) == 0 && h.active:
		return false, fmt.Errorf("%s, the last page, has no token element", args.Encode())
	case len(tokens) == 0:
		h.end(p.Date)
		return true, nil
	}
	tok := tokens[0]
	if tok.Cursor != strconv.Itoa(h.count-n) {
		return false, fmt.Errorf("%s says cursor %s after %d records", args.Encode(), tok.Cursor, h.count-n)
	}
	if h.size != "" && tok.Size != h.size && !changed {
		return false, fmt.Errorf("%s says completeListSize %s, was %s, but nothing changed", args.Encode(), tok.Size, h.size)
	}
	if tok.Text != "" {
		if tok.Text == h.token && h.active || n != h.pageSize {
			return false, fmt.Errorf("%s brings %d records and the token %s", args.Encode(), n, tok.Text)
		}
		h.active, h.token, h.size = true, tok.Text, tok.Size
		return false, nil
	}
	if tok.Size != strconv.Itoa(h.count) {
		return false, fmt.Errorf("completeListSize was %s, %d records came", tok.Size, h.count)
	}
	h.end(p.Date)
	return true, nil
}

// end ends the list.
func (h *harvester) end(date string) {
	h.active = false
	if h.mark == lastPage || h.next == "" {
		h.next = date
	}
	h.from = h.next
}

func (h *harvester) ask(ctx context.Context, args url.Values) (*page, error) {
	w := httptest.NewRecorder()
	req := httptest.NewRequestWithContext(ctx, "GET", "/oai?"+args.Encode(), nil)
	h.handler.ServeHTTP(w, req)
	if w.Code != http.StatusOK {
		return &page{}, fmt.Errorf("%s: status %d: %s", args.Encode(), w.Code, w.Body)
	}
	p := &page{}
	err := xml.Unmarshal(w.Body.Bytes(), p)
	if err == nil && p.Date == "" {
		err = errors.New("no responseDate")
	}
	return p, err
}
