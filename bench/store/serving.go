package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
	"github.com/gtnum/gtnum/store"
)

// inMemory is as many records as the comparison is made with: the rate of
// neither depends on how many there are.
const inMemory = 50_000

// lists compares the rates of ListRecords, without network.
func (b *bench) lists(ctx context.Context) error {
	formats := crosswalk.Formats(crosswalk.Options{})
	n := min(b.records, inMemory)
	memory := &oaipmh.Memory[model.Record]{Formats: formats} // which renders for each answer, as the store does
	if err := crosswalk.Fill(memory, generate.Catalogue(generate.Options{Records: n, Seed: 1})); err != nil {
		return err
	}
	s, err := store.Open(ctx, b.db, store.Options{Formats: formats})
	if err != nil {
		return err
	}
	defer s.Close()
	var rates [2]float64
	for i, repo := range []oaipmh.Repository[model.Record]{memory, s} {
		p, err := newProvider(repo, formats)
		if err != nil {
			return err
		}
		u, records := walk(p, n)
		rates[i] = float64(records) / u.cpu.Seconds()
		b.row([]string{"ListRecords oai_dc from memory", "ListRecords oai_dc from SQLite"}[i], u, fmt.Sprintf("%.0f records/s of processor", rates[i]))
	}
	fmt.Printf("| SQLite of memory | | | | %.0f %% |\n", 100*rates[1]/rates[0])
	return nil
}

func newProvider(repo oaipmh.Repository[model.Record], formats []oaipmh.Format[model.Record]) (http.Handler, error) {
	return oaipmh.NewProvider(repo, oaipmh.Options{Name: "bench", BaseURL: "http://bench.example/oai", AdminEmails: []string{"bench@bench.example"}}, formats...)
}

var (
	tokens = regexp.MustCompile(`<resumptionToken[^>]*>([^<]+)<`)
)

// walk reads a list page by page, up to n records.
func walk(h http.Handler, n int) (u usage, records int) {
	query := "verb=ListRecords&metadataPrefix=oai_dc"
	start, cpu := time.Now(), processor()
	for records < n && query != "" {
		body := ask(h, query)
		query = ""
		records += 200
		if m := tokens.FindStringSubmatch(body[max(0, len(body)-1000):]); m != nil {
			query = "verb=ListRecords&resumptionToken=" + url.QueryEscape(m[1])
		}
	}
	return usage{wall: time.Since(start), cpu: processor() - cpu}, min(records, n)
}

func ask(h http.Handler, query string) string {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/oai?"+query, nil))
	return w.Body.String()
}

// processor is the time that this process has used.
func processor() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// pages compares the first page with the last, and with those of sets and
// windows: the median of many.
func (b *bench) pages(ctx context.Context) error {
	s, err := store.Open(ctx, b.db, store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	p, err := newProvider(s, crosswalk.Formats(crosswalk.Options{}))
	if err != nil {
		return err
	}
	const list = "verb=ListRecords&metadataPrefix=oai_dc"
	first := median(p, list)
	fmt.Printf("| first page | | | | %.2f ms |\n", first.Seconds()*1000)
	report := func(what, query string) {
		d := median(p, query)
		fmt.Printf("| %s | | | | %.2f ms, %.2f of the first page |\n", what, d.Seconds()*1000, d.Seconds()/first.Seconds())
	}
	for set, err := range s.Sets(ctx, "") {
		if err != nil {
			return err
		}
		if slices.Contains([]string{"gtnum:g00", "gtnum:g00:a1", "gtnum:g47:a3", "openaire", "type:dataset", "type:journal-article"}, set.Spec) {
			report("first page of set "+set.Spec, list+"&set="+set.Spec)
		}
	}
	changed, err := s.AsOf(ctx)
	if err != nil {
		return err
	}
	report("first page from an hour ago", list+"&from="+changed.Add(-time.Hour).Format(time.RFC3339))
	report("first page until now of a set", list+"&set=type:video&until="+changed.Add(time.Hour).Format(time.RFC3339))
	last, err := lastPage(ctx, p, s)
	if err != nil {
		return err
	}
	report("last full page", last)
	return nil
}

// lastPage finds a page near the end of the list, by a window: pages there are
// of the last import's records, each a hundredth.
func lastPage(ctx context.Context, p http.Handler, s *store.Store) (string, error) {
	query := "verb=ListRecords&metadataPrefix=oai_dc"
	n, err := s.Count(ctx, oaipmh.Selection{})
	for step := 0; step < n/200-1 && err == nil; step++ {
		m := tokens.FindStringSubmatch(tail(ask(p, query)))
		if m == nil {
			break
		}
		query = "verb=ListRecords&resumptionToken=" + url.QueryEscape(m[1])
	}
	return query, err
}

func tail(s string) string { return s[max(0, len(s)-1000):] }

func median(h http.Handler, query string) time.Duration {
	times := make([]time.Duration, 41)
	for i := range times {
		start := time.Now()
		ask(h, query)
		times[i] = time.Since(start)
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// harvesters lets 32 clients at once read from a server, and looks at its
// memory.
func (b *bench) harvesters(ctx context.Context) error {
	server := exec.CommandContext(ctx, b.file("gtnum"), "serve", "--addr", "127.0.0.1:0", "--db", b.db)
	stderr, err := server.StderrPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	defer func() { server.Process.Kill(); server.Wait() }()
	line, err := bufio.NewReader(stderr).ReadString('\n')
	if err != nil {
		return err
	}
	go io.Copy(os.Stderr, stderr)
	base := regexp.MustCompile(`http://[0-9.:]+`).FindString(line) + "/oai?"
	start, pages := time.Now(), 0
	var mu sync.Mutex
	var clients sync.WaitGroup
	for range 32 {
		clients.Go(func() {
			query := "verb=ListRecords&metadataPrefix=oai_dc"
			for query != "" && time.Since(start) < 20*time.Second {
				body, err := fetch(base + query)
				if err != nil {
					fmt.Fprintln(os.Stderr, "store:", err)
					return
				}
				mu.Lock()
				pages++
				mu.Unlock()
				query = ""
				if m := tokens.FindStringSubmatch(tail(body)); m != nil {
					query = "verb=ListRecords&resumptionToken=" + url.QueryEscape(m[1])
				}
			}
		})
	}
	clients.Wait()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", server.Process.Pid))
	if err != nil {
		return err
	}
	most := 0
	if m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindStringSubmatch(string(text)); m != nil {
		most, _ = strconv.Atoi(m[1])
	}
	fmt.Printf("| gtnum serve, 32 harvesters at once | %.1f | | %d | %.0f records/s |\n",
		time.Since(start).Seconds(), most>>10, float64(200*pages)/time.Since(start).Seconds())
	return nil
}

func fetch(address string) (string, error) {
	resp, err := http.Get(address)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var b strings.Builder
	if _, err := io.Copy(&b, resp.Body); err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %s", address, resp.Status)
	}
	return b.String(), nil
}
