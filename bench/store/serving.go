package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
	"github.com/gtnum/gtnum/store"
)

// all are the formats that everything is served in.
var all = crosswalk.Formats(crosswalk.Options{})

func provider(repo oaipmh.Repository[model.Record]) (http.Handler, error) {
	return oaipmh.NewProvider(repo, oaipmh.Options{Name: "bench", BaseURL: "http://bench.example/oai", AdminEmails: []string{"bench@bench.example"}}, all...)
}

// lists compares the rates of ListRecords, without network, of as many records
// as stay in memory: the rate of neither depends on how many there are. Each
// repository is alone in memory meanwhile, and the garbage collector set as the
// command sets it for a store.
func (b *bench) lists(ctx context.Context) error {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	n := min(b.records, 50_000)
	s, err := store.Open(ctx, b.db, store.Options{Formats: all})
	if err != nil {
		return err
	}
	defer s.Close()
	rates := map[string]float64{}
	for _, c := range []struct {
		what string
		repo func() (oaipmh.Repository[model.Record], error)
	}{
		{"memory", func() (oaipmh.Repository[model.Record], error) {
			m := &oaipmh.Memory[model.Record]{Formats: all}
			return m, crosswalk.Fill(m, generate.Catalogue(generate.Options{Records: n, Seed: 1}))
		}},
		{"memory, rendered before", func() (oaipmh.Repository[model.Record], error) {
			return crosswalk.Catalogue(all, generate.Catalogue(generate.Options{Records: n, Seed: 1}))
		}},
		{"SQLite", func() (oaipmh.Repository[model.Record], error) { return s, nil }},
	} {
		repo, err := c.repo()
		if err != nil {
			return err
		}
		if rates[c.what], err = rate(repo, n); err != nil {
			return err
		}
		tell("ListRecords in oai_dc from "+c.what, "%.0f records/s of processor", rates[c.what])
	}
	of := rates["SQLite"] / rates["memory"]
	judge("SQLite of memory", fmt.Sprintf("%.0f %%", 100*of), "≥ 50 %", of >= 0.5)
	tell("SQLite of memory that was rendered before", "%.0f %%", 100*rates["SQLite"]/rates["memory, rendered before"])
	return nil
}

// rate is the number of records a second of processor: the median of walks
// along a list, after one that warms up.
func rate(repo oaipmh.Repository[model.Record], n int) (float64, error) {
	p, err := provider(repo)
	if err != nil {
		return 0, err
	}
	walk(p, n)
	runtime.GC()
	rates := make([]float64, 9)
	for i := range rates {
		cpu := processor()
		records := walk(p, n)
		rates[i] = float64(records) / (processor() - cpu).Seconds()
	}
	slices.Sort(rates)
	return rates[len(rates)/2], nil
}

const list = "verb=ListRecords&metadataPrefix=oai_dc"

var tokens = regexp.MustCompile(`<resumptionToken[^>]*>([^<]+)<`)

// after is the request of the page behind one, "" behind the last.
func after(page string) string {
	m := tokens.FindStringSubmatch(page[max(0, len(page)-1000):])
	if m == nil {
		return ""
	}
	return "verb=ListRecords&resumptionToken=" + url.QueryEscape(m[1])
}

// walk reads a list page by page, up to n records.
func walk(h http.Handler, n int) (records int) {
	for query := list; records < n && query != ""; records += 200 {
		query = after(ask(h, query))
	}
	return records
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
// windows.
func (b *bench) pages(ctx context.Context) error {
	s, err := store.Open(ctx, b.db, store.Options{Formats: all})
	if err != nil {
		return err
	}
	defer s.Close()
	p, err := provider(s)
	if err != nil {
		return err
	}
	for set, err := range s.Sets(ctx, "") {
		if err != nil {
			return err
		}
		if slices.Contains([]string{"gtnum:g00", "gtnum:g00:a1", "gtnum:g47:a3", "openaire", "type:dataset", "type:journal-article"}, set.Spec) {
			compare(p, "first page of set "+set.Spec, list+"&set="+set.Spec, 2)
		}
	}
	now, err := s.AsOf(ctx)
	if err != nil {
		return err
	}
	compare(p, "first page from an hour ago", list+"&from="+now.Add(-time.Hour).Format(time.RFC3339), 2)
	_, changed, err := s.Source().(dcat.Versioner).Version(ctx)
	if err != nil {
		return err
	}
	compare(p, "first page of what the second import changed", list+"&from="+changed.Format(time.RFC3339), 2)
	compare(p, "first page until now of a set", list+"&set=type:video&until="+now.Format(time.RFC3339), 2)
	last, err := lastPage(ctx, p, s)
	if err != nil {
		return err
	}
	compare(p, "last full page", last, 1.2)
	return nil
}

// compare takes turns between the first page of all and another one, and
// judges the ratio of their medians.
func compare(h http.Handler, what, query string, goal float64) {
	var times [2][]time.Duration
	for range 101 {
		for i, q := range []string{list, query} {
			start := time.Now()
			ask(h, q)
			times[i] = append(times[i], time.Since(start))
		}
	}
	var median [2]float64
	for i := range times {
		slices.Sort(times[i])
		median[i] = times[i][len(times[i])/2].Seconds()
	}
	ratio := median[1] / median[0]
	judge(what+", of the first page of all", fmt.Sprintf("%.2f (%.2f ms, %.2f ms)", ratio, median[1]*1000, median[0]*1000), fmt.Sprintf("≤ %.1f", goal), ratio <= goal)
}

// lastPage finds the last page that is full.
func lastPage(ctx context.Context, p http.Handler, s *store.Store) (query string, err error) {
	n, err := s.Count(ctx, oaipmh.Selection{})
	query = list
	for page := 1; page < n/200 && query != "" && err == nil; page++ {
		query = after(ask(p, query))
	}
	return query, err
}
