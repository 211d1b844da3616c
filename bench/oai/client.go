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

// page is a page of a list as it was when the list was surveyed.
type page struct {
	address string
	records int
	bytes   int64
}

// survey walks a list to its end and counts what is on each page.
func survey(ctx context.Context, first string) (pages []page, err error) {
	err = walk(ctx, first, func(address string, body []byte) error {
		n := bytes.Count(body, []byte("</header>"))
		if n == 0 {
			return fmt.Errorf("no record in %.500s", body)
		}
		pages = append(pages, page{address, n, int64(len(body))})
		return nil
	})
	return pages, err
}

// sum returns the records and the bytes of some pages.
func sum(pages []page) (records int, bytes int64) {
	for _, p := range pages {
		records, bytes = records+p.records, bytes+p.bytes
	}
	return records, bytes
}

// harvest walks a list that was surveyed and returns how many of its pages
// came. It takes each for the page that it was if it is as long, as to look for
// records in it would take longer than the faster servers take to send it.
func harvest(ctx context.Context, pages []page) (n int, err error) {
	err = walk(ctx, pages[0].address, func(_ string, body []byte) error {
		if n == len(pages) || int64(len(body)) != pages[n].bytes {
			return fmt.Errorf("page %d is not what it was: %.500s", n+1, body)
		}
		n++
		return nil
	})
	if err == nil && n < len(pages) && ctx.Err() == nil {
		err = fmt.Errorf("the list ends after %d pages of %d", n, len(pages))
	}
	return n, err
}

// walk follows the tokens of a list to its end, or until the context is done.
func walk(ctx context.Context, first string, look func(address string, body []byte) error) error {
	client := http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	var body []byte
	for next := first; next != "" && ctx.Err() == nil; next = following(next, body) {
		var err error
		if body, err = fetch(&client, next, body[:0]); err != nil {
			return err
		}
		if err := look(next, body); err != nil {
			return err
		}
	}
	return nil
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

// load lets some harvesters walk a list that was surveyed, again and again, for
// some time, and returns what they got.
func load(ctx context.Context, pages []page, harvesters int, length time.Duration) (records int, bytes int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var mu sync.Mutex
	var wait sync.WaitGroup
	for range harvesters {
		wait.Go(func() {
			for failed := false; ctx.Err() == nil && !failed; {
				n, fault := harvest(ctx, pages)
				r, b := sum(pages[:n])
				mu.Lock()
				records, bytes, err, failed = records+r, bytes+b, errors.Join(err, fault), fault != nil
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	return records, bytes, err
}
