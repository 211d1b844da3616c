package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// tally is what a harvest brought.
type tally struct {
	records, pages int
	bytes          int64
}

func (t *tally) add(u tally) {
	t.records, t.pages, t.bytes = t.records+u.records, t.pages+u.pages, t.bytes+u.bytes
}

// harvest follows the tokens of a list to its end, or until the context is
// done or so many pages have come. It looks for the little that it needs and
// counts the rest, so that what is measured is the server.
func harvest(ctx context.Context, first string, pages int) (t tally, err error) {
	client := http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	var page []byte
	for next := first; next != "" && ctx.Err() == nil && (pages == 0 || t.pages < pages); {
		if page, err = fetch(&client, next, page[:0]); err != nil {
			return t, err
		}
		n := bytes.Count(page, []byte("</header>"))
		if n == 0 {
			return t, fmt.Errorf("no record in %.500s", page)
		}
		t.add(tally{n, 1, int64(len(page))})
		next = following(next, page)
	}
	return t, nil
}

// fetch appends a page to buf. It does not stop in the middle of one, so that
// all that was sent is counted.
func fetch(client *http.Client, address string, buf []byte) ([]byte, error) {
	resp, err := client.Get(address)
	if err != nil {
		return buf, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return buf, errors.New(resp.Status)
	}
	if n := int(resp.ContentLength); n > cap(buf) {
		buf = make([]byte, 0, n+n/4)
	}
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := resp.Body.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if errors.Is(err, io.EOF) {
			return buf, nil
		}
		if err != nil {
			return buf, err
		}
	}
}

// following returns the address of the page after one, "" at the end. Files
// are asked for by their tokens' hashes, which name them.
func following(address string, page []byte) string {
	token := tokenOf(page)
	base, isOAI := strings.CutSuffix(address[:strings.LastIndexAny(address, "/?")+1], "?")
	switch {
	case token == "":
		return ""
	case isOAI:
		return base + "?verb=ListRecords&resumptionToken=" + url.QueryEscape(token)
	}
	return base + fileName(token)
}

// tokenOf returns the resumptionToken of a page.
func tokenOf(page []byte) string {
	at := bytes.LastIndex(page, []byte("<resumptionToken"))
	if at < 0 {
		return ""
	}
	_, after, _ := bytes.Cut(page[at:], []byte(">"))
	token, _, _ := bytes.Cut(after, []byte("<"))
	return strings.ReplaceAll(strings.TrimSpace(string(token)), "&amp;", "&")
}

// load lets some harvesters walk the list, again and again, for some time.
func load(ctx context.Context, first string, harvesters int, length time.Duration) (tally, error) {
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	tallies, errs := make([]tally, harvesters), make([]error, harvesters)
	var wait sync.WaitGroup
	for i := range harvesters {
		wait.Go(func() {
			for ctx.Err() == nil && errs[i] == nil {
				var t tally
				t, errs[i] = harvest(ctx, first, 0)
				tallies[i].add(t)
			}
		})
	}
	wait.Wait()
	var sum tally
	for _, t := range tallies {
		sum.add(t)
	}
	return sum, errors.Join(errs...)
}
