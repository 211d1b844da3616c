package oaipmh

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// pauses makes a client note its pauses instead of making them.
func pauses(c *Client) *[]time.Duration {
	var all []time.Duration
	c.sleep = func(ctx context.Context, d time.Duration) error {
		all = append(all, d)
		return ctx.Err()
	}
	return &all
}

// TestRetries: each kind of failure passes, after the pause that the server
// asked for.
func TestRetries(t *testing.T) {
	status := func(code int, header, value string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			if header != "" {
				w.Header().Set(header, value)
			}
			w.WriteHeader(code)
			io.WriteString(w, "<html>later</html>")
		}
	}
	in := func(d time.Duration) time.Time { return time.Now().Add(d).UTC() }
	for _, test := range []struct {
		name     string
		fail     func(http.ResponseWriter)
		min, max time.Duration
	}{
		{"503 with seconds", status(503, "Retry-After", "17"), 17 * time.Second, 17 * time.Second},
		{"503 with a date", status(503, "Retry-After", in(time.Minute).Format(http.TimeFormat)), 50 * time.Second, time.Minute},
		{"503 alone", status(503, "", ""), 500 * time.Millisecond, 2 * time.Second},
		{"503 with nonsense", status(503, "Retry-After", "soon"), 500 * time.Millisecond, 2 * time.Second},
		{"429 with seconds", status(429, "Retry-After", "3"), 3 * time.Second, 3 * time.Second},
		{"429 with X-RateLimit-Reset, as Zenodo", status(429, "X-RateLimit-Reset", fmt.Sprint(in(40*time.Second).Unix())), 30 * time.Second, 42 * time.Second},
		{"429 with X-RateLimit-Reset in milliseconds", status(429, "X-RateLimit-Reset", fmt.Sprint(in(40*time.Second).UnixMilli())), 30 * time.Second, 42 * time.Second},
		{"429 with RateLimit-Reset in seconds", status(429, "RateLimit-Reset", "9"), 9 * time.Second, 9 * time.Second},
		{"500", status(500, "", ""), 500 * time.Millisecond, 2 * time.Second},
		{"502", status(502, "", ""), 500 * time.Millisecond, 2 * time.Second},
		{"504", status(504, "", ""), 500 * time.Millisecond, 2 * time.Second},
		{"connection cut before the answer", func(w http.ResponseWriter) { panic(http.ErrAbortHandler) }, 500 * time.Millisecond, 2 * time.Second},
		{"answer without its end", func(w http.ResponseWriter) {
			io.WriteString(w, strings.TrimSuffix(strings.TrimSpace(listText(recordText("oai:x:1", "<a/>"))), "</ListRecords>\n</OAI-PMH>"))
		}, 500 * time.Millisecond, 2 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			failures := 2
			s := &clientServer{t: t, records: clientRecords(25), spoil: func(w http.ResponseWriter, r *http.Request) bool {
				if failures == 0 || r.FormValue("resumptionToken") == "" && failures < 2 {
					return false
				}
				failures--
				w.Header().Set("Content-Type", "text/xml")
				test.fail(w)
				return true
			}}
			if test.name == "answer without its end" {
				s.records = append(s.records, Header{Identifier: "oai:x:1", Datestamp: clientEpoch})
				s.compare = func(a, b Header) int { return strings.Compare(b.Identifier, a.Identifier) }
			}
			c := s.start()
			slept := pauses(c)
			s.wantAll(collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
			if retried := len(*slept); retried != 2 && !(retried == 1 && strings.HasPrefix(test.name, "connection")) || (*slept)[0] < test.min || (*slept)[0] > test.max {
				t.Errorf("pauses %v, want two, the first between %v and %v", *slept, test.min, test.max)
			}
		})
	}
}

func TestRetriesEnd(t *testing.T) {
	s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
		w.WriteHeader(http.StatusBadGateway)
		return true
	}}
	c := s.start()
	slept := pauses(c)
	_, err := c.Identify(t.Context())
	if status, ok := errors.AsType[*StatusError](err); !ok || status.Code != 502 {
		t.Errorf("got %v", err)
	}
	if len(*slept) != 5 || len(s.requests) != 6 || (*slept)[4] < 8*time.Second {
		t.Errorf("%d requests, pauses %v; want 6 requests, doubling", len(s.requests), *slept)
	}
	c.Retries, s.requests = -1, nil
	if c.Identify(t.Context()); len(s.requests) != 1 {
		t.Errorf("%d requests with Retries -1, want 1", len(s.requests))
	}
}

func TestMaxWait(t *testing.T) {
	s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(503)
		return true
	}}
	c := s.start()
	slept := pauses(c)
	_, err := c.Identify(t.Context())
	if status, ok := errors.AsType[*StatusError](err); !ok || status.RetryAfter != 24*time.Hour || len(*slept) != 0 {
		t.Errorf("got %v after pauses %v, want a StatusError that says 24 h", err, *slept)
	}
}

func TestStatusForGood(t *testing.T) {
	for _, code := range []int{400, 401, 403, 404, 410, 501} {
		s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
			http.Error(w, "no", code)
			return true
		}}
		_, err := s.start().Identify(t.Context())
		if status, ok := errors.AsType[*StatusError](err); !ok || status.Code != code || len(s.requests) != 1 {
			t.Errorf("%d: %v after %d requests", code, err, len(s.requests))
		}
	}
}

// TestErrorUnderStatus: Invenio sends its OAI errors with status 422.
func TestErrorUnderStatus(t *testing.T) {
	s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
		w.WriteHeader(422)
		io.WriteString(w, clientEnvelope(`<error code="noRecordsMatch"/>`))
		return true
	}}
	c := s.start()
	var problems []Problem
	c.Report = func(p Problem) { problems = append(problems, p) }
	if _, err := c.MetadataFormats(t.Context(), ""); !errors.Is(err, &Error{Code: NoRecordsMatch}) {
		t.Errorf("got %v", err)
	}
	if records, err := collect(c.Records(t.Context(), Selection{})); err != nil || len(records) != 0 {
		t.Errorf("list: %v, %v", records, err)
	}
	if got := faultsOf(problems); len(got) != 1 || got[0] != FaultStatus {
		t.Errorf("reported %v", got)
	}
}

// TestBrokenConnection: a page that breaks off at any byte is asked again,
// and what came of it does not come twice.
func TestBrokenConnection(t *testing.T) {
	for cut := 100; cut < 6000; cut += 331 {
		breaks := 0
		s := &clientServer{t: t, records: clientRecords(40), size: true}
		s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
			page := s.page(r)
			if cut >= len(page) || breaks > 3 || len(s.requests)%2 == 0 {
				return false
			}
			breaks++
			w.Header().Set("Content-Length", fmt.Sprint(len(page)))
			io.WriteString(w, page[:cut])
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		c := s.start()
		s.wantAll(collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
	}
}

func TestSilentServer(t *testing.T) {
	free := make(chan bool)
	defer close(free)
	for name, before := range map[string]int{"before the header": 0, "in the page": 900} {
		s := &clientServer{t: t, records: clientRecords(3)}
		s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
			if len(s.requests) > 1 {
				return false
			}
			if before > 0 {
				io.WriteString(w, s.page(r)[:before])
				w.(http.Flusher).Flush()
			}
			select {
			case <-free:
			case <-r.Context().Done():
			}
			return true
		}
		c := s.start()
		c.Timeout = 50 * time.Millisecond
		var problems []Problem
		c.Report = func(p Problem) { problems = append(problems, p) }
		records, err := collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"}))
		s.wantAll(records, err)
		if len(problems) != 1 || !errors.Is(problems[0].Err, errClientSilent) {
			t.Errorf("%s: reported %v", name, problems)
		}
	}
}

// TestSlowCaller: the time that the caller takes is not the server's.
func TestSlowCaller(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(12)}
	c := s.start()
	c.Timeout = 40 * time.Millisecond
	c.Report = func(p Problem) { t.Errorf("reported %v", &p) }
	for _, err := range c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"}) {
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestCancel(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(30)}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for _, err := range s.start().Records(ctx, Selection{MetadataPrefix: "oai_dc"}) {
		if err != nil {
			if !errors.Is(err, context.Canceled) || n != 10 {
				t.Errorf("%v after %d records", err, n)
			}
			return
		}
		if n++; n == 10 {
			cancel()
		}
	}
	t.Error("sequence ended without an error")
}

func TestCompression(t *testing.T) {
	page := []byte(listText(recordText("oai:x:1", clientDC(eacute))))
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write(page)
	z.Close()
	enc, _ := zstd.NewWriter(nil)
	for _, test := range []struct {
		name, coding string
		body         []byte
	}{
		{"gzip", "gzip", zipped.Bytes()},
		{"x-gzip", "x-gzip", zipped.Bytes()},
		{"zstd", "zstd", enc.EncodeAll(page, nil)},
		{"gzip, not said", "", zipped.Bytes()},
		{"plain, said to be gzip", "gzip", page},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
				if got := r.Header.Get("Accept-Encoding"); got != "gzip, zstd" {
					t.Errorf("Accept-Encoding %q", got)
				}
				if test.coding != "" {
					w.Header().Set("Content-Encoding", test.coding)
				}
				w.Header().Set("Content-Type", "text/xml")
				w.Write(test.body)
				return true
			}}
			records, err := collect(s.start().Records(t.Context(), Selection{}))
			if err != nil || len(records) != 1 || string(records[0].Value) != clientDC(eacute) {
				t.Errorf("%v, %v", records, err)
			}
		})
	}
}

// TestBomb: a small answer that inflates to more than MaxPage ends with a
// typed error, after the records before it.
func TestBomb(t *testing.T) {
	bomb := func(newWriter func(io.Writer) io.WriteCloser) []byte {
		var b bytes.Buffer
		w := newWriter(&b)
		io.WriteString(w, strings.Split(listText(recordText("oai:x:1", clientDC("x"))), "</ListRecords>")[0])
		io.WriteString(w, "<record><header><identifier>oai:x:2</identifier></header><metadata><a>")
		blank := bytes.Repeat([]byte(" "), 1<<20)
		for range 64 {
			w.Write(blank)
		}
		w.Close()
		return b.Bytes()
	}
	for name, body := range map[string][]byte{
		"gzip": bomb(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		"zstd": bomb(func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z }),
	} {
		s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
			w.Write(body)
			return true
		}}
		c := s.start()
		c.MaxPage, c.MaxRecord = 8<<20, 1<<20
		records, err := collect(c.Records(t.Context(), Selection{}))
		if !errors.Is(err, ErrPageTooLarge) || len(records) != 1 || len(s.requests) != 1 {
			t.Errorf("%s of %d bytes: %d records, %v, %d requests", name, len(body), len(records), err, len(s.requests))
		}
	}
}

func TestEndlessPage(t *testing.T) {
	s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
		io.WriteString(w, strings.Split(listText(), "</ListRecords>")[0])
		for i := 0; r.Context().Err() == nil; i++ {
			if _, err := io.WriteString(w, recordText(fmt.Sprint("oai:x:", i), clientDC("x"))); err != nil {
				break
			}
		}
		return true
	}}
	c := s.start()
	c.MaxPage = 1 << 20
	if records, err := collect(c.Records(t.Context(), Selection{})); !errors.Is(err, ErrPageTooLarge) || len(records) < 1000 {
		t.Errorf("%d records, %v", len(records), err)
	}
}

// TestPastTheEnd: an answer that came to its end is taken, whatever the
// connection does then.
func TestPastTheEnd(t *testing.T) {
	squeezed := func(body string) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		io.WriteString(w, body)
		w.Close()
		return b.Bytes()
	}
	for name, answer := range map[string]func(w http.ResponseWriter, r *http.Request, page string){
		"fewer bytes than were announced": func(w http.ResponseWriter, _ *http.Request, page string) {
			w.Header().Set("Content-Length", fmt.Sprint(len(page)+1))
			io.WriteString(w, page)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
		"no last chunk": func(w http.ResponseWriter, _ *http.Request, page string) {
			io.WriteString(w, page)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
		"silence": func(w http.ResponseWriter, r *http.Request, page string) {
			io.WriteString(w, page)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"more than gzip": func(w http.ResponseWriter, _ *http.Request, page string) {
			w.Write(append(squeezed(page), "\n\n"...))
		},
		"no end of gzip": func(w http.ResponseWriter, _ *http.Request, page string) {
			b := squeezed(page)
			w.Write(b[:len(b)-8])
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := &clientServer{t: t, records: clientRecords(15), pageSize: 10}
			s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
				answer(w, r, s.page(r))
				return true
			}
			c := s.start()
			var faults []Fault
			c.Retries, c.Timeout, c.Report = -1, 200*time.Millisecond, func(p Problem) { faults = append(faults, p.Fault) }
			s.wantAll(collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
			if len(faults) != 2 || faults[0] != FaultTransport || len(s.requests) != 2 {
				t.Errorf("faults %v, %d requests", faults, len(s.requests))
			}
		})
	}
	t.Run("a wrong checksum", func(t *testing.T) {
		s := &clientServer{t: t, records: clientRecords(5)}
		s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
			b := squeezed(s.page(r))
			b[len(b)-8] ^= 1
			w.Write(b)
			return true
		}
		c := s.start()
		c.Retries = -1
		if _, err := collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})); err == nil {
			t.Error("no error")
		}
	})
	t.Run("larger than allowed", func(t *testing.T) {
		s := &clientServer{t: t, records: clientRecords(5)}
		c := s.start()
		s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
			page := s.page(r)
			c.MaxPage = int64(len(page))
			io.WriteString(w, page+"\n")
			return true
		}
		if _, err := collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})); !errors.Is(err, ErrPageTooLarge) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("as large as allowed", func(t *testing.T) {
		s := &clientServer{t: t, records: clientRecords(5)}
		c := s.start()
		s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
			c.MaxPage = int64(len(s.page(r)))
			return false
		}
		s.spoil(nil, httptest.NewRequest("GET", "/oai?verb=ListRecords&metadataPrefix=oai_dc", nil))
		s.wantAll(collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
	})
}

// TestRedirects: to another address with the arguments, and to one without.
func TestRedirects(t *testing.T) {
	for name, location := range map[string]func(r *http.Request) string{
		"same arguments":     func(r *http.Request) string { return "/moved?" + r.URL.RawQuery },
		"no arguments":       func(r *http.Request) string { return "/moved" },
		"through a second":   func(r *http.Request) string { return "/oai2?" + r.URL.RawQuery },
		"a query of its own": func(*http.Request) string { return "/moved?db=1" },
	} {
		t.Run(name, func(t *testing.T) {
			s := &clientServer{t: t, records: clientRecords(15)}
			s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
				switch r.URL.Path {
				case "/oai":
					http.Redirect(w, r, location(r), http.StatusMovedPermanently)
				case "/oai2":
					http.Redirect(w, r, "/moved?"+r.URL.RawQuery, http.StatusFound)
				default:
					return false
				}
				return true
			}
			s.wantAll(collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
		})
	}
	t.Run("http to https", func(t *testing.T) {
		s := &clientServer{t: t, records: clientRecords(15), pageSize: 10}
		secure := httptest.NewTLSServer(s)
		defer secure.Close()
		plain := httptest.NewServer(http.RedirectHandler(secure.URL+"/oai", http.StatusMovedPermanently))
		defer plain.Close()
		c := &Client{BaseURL: plain.URL, HTTP: secure.Client()}
		s.wantAll(collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
	})
	t.Run("in a circle", func(t *testing.T) {
		s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, r.URL.String(), http.StatusFound)
			return true
		}}
		if _, err := s.start().Identify(t.Context()); err == nil || len(s.requests) > 11 {
			t.Errorf("%v after %d requests", err, len(s.requests))
		}
	})
}

func TestBaseURL(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(15), spoil: func(w http.ResponseWriter, r *http.Request) bool {
		if r.FormValue("db") != "a b" {
			t.Errorf("query %q has lost the base URL's own", r.URL.RawQuery)
		}
		return false
	}}
	c := s.start()
	c.BaseURL += "?db=a%20b"
	s.wantAll(collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
	for _, bad := range []string{"", "example.org/oai", "ftp://example.org/oai", "http://[::1"} {
		c := &Client{BaseURL: bad, Retries: -1}
		if _, err := c.Identify(t.Context()); err == nil {
			t.Errorf("base URL %q: no error", bad)
		}
	}
}

func TestArgumentsAreEscaped(t *testing.T) {
	const id = "oai:example.org:a b&c+d/é?\"'%"
	s := &clientServer{t: t, spoil: func(w http.ResponseWriter, r *http.Request) bool {
		if got := r.FormValue("identifier"); got != id {
			t.Errorf("identifier %q", got)
		}
		if strings.Contains(r.URL.RawQuery, "+") {
			t.Errorf("query %q has a + for a space", r.URL.RawQuery)
		}
		io.WriteString(w, clientEnvelope("<GetRecord>"+recordText("oai:x:1", clientDC("x"))+"</GetRecord>"))
		return true
	}}
	if rec, err := s.start().Record(t.Context(), id, "oai_dc"); err != nil || rec.Identifier != "oai:x:1" {
		t.Errorf("%v, %v", rec, err)
	}
}

func TestDelay(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(25)}
	c := s.start()
	c.Delay = time.Minute
	slept := pauses(c)
	s.wantAll(collect(c.Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
	if len(*slept) != 2 || (*slept)[0] < 55*time.Second {
		t.Errorf("pauses %v, want a minute before each of pages 2 and 3", *slept)
	}
}
