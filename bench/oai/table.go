package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// result is what was measured of a server.
type result struct {
	server *server
	pages  []page         // of its list
	rates  map[int][]rate // by harvesters at once
	memory int            // MiB after the last measurement
}

// rate is one measurement.
type rate struct {
	records, megabytes float64 // a second
	perProcessor       float64 // records a second of the processor's time that the server had
}

func (r *result) measure(ctx context.Context, harvesters int, length time.Duration) error {
	before, err := r.server.processor()
	if err != nil {
		return err
	}
	began := time.Now()
	records, bytes, err := load(ctx, r.pages, harvesters, length)
	if err != nil {
		return err
	}
	elapsed := time.Since(began).Seconds()
	after, err := r.server.processor()
	if err != nil {
		return err
	}
	if r.rates == nil {
		r.rates = map[int][]rate{}
	}
	r.rates[harvesters] = append(r.rates[harvesters], rate{
		records:      float64(records) / elapsed,
		megabytes:    float64(bytes) / 1e6 / elapsed,
		perProcessor: float64(records) / max(after-before, 10*time.Millisecond).Seconds(),
	})
	_, r.memory, err = r.server.memory()
	return err
}

// median of one of the numbers of some rates.
func median(rates []rate, number func(rate) float64) float64 {
	numbers := make([]float64, len(rates))
	for i, r := range rates {
		numbers[i] = number(r)
	}
	slices.Sort(numbers)
	return numbers[len(numbers)/2]
}

func perSecond(r rate) float64    { return r.records }
func megabytes(r rate) float64    { return r.megabytes }
func perProcessor(r rate) float64 { return r.perProcessor }

func table(w io.Writer, n int, results []*result) error {
	fmt.Fprintf(w, "%d records in oai_dc, %d a page; load of the machine %s\n\n", n, pageSize, loadAverage())
	fmt.Fprintln(w, "| server | bytes a record | records/s | MB/s | records/s of one processor | 8 at once: records/s | MB/s | of one processor | MiB |")
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, r := range results {
		records, bytes := sum(r.pages)
		fmt.Fprintf(w, "| %s | %d ", r.server.name, bytes/int64(records))
		for _, harvesters := range []int{1, 8} {
			rates := r.rates[harvesters]
			fmt.Fprintf(w, "| %.0f | %.1f | %.0f ", median(rates, perSecond), median(rates, megabytes), median(rates, perProcessor))
		}
		fmt.Fprintf(w, "| %d |\n", r.memory)
	}
	fmt.Fprintln(w)
	compare(w, results)
	return nil
}

// compare says how gtnum stands to the fastest of the others and to the files.
func compare(w io.Writer, results []*result) {
	limit := results[len(results)-1]
	for _, harvesters := range []int{1, 8} {
		of := func(r *result, number func(rate) float64) float64 { return median(r.rates[harvesters], number) }
		fastest := slices.MaxFunc(results[own:len(results)-1], func(a, b *result) int {
			return cmp.Compare(of(a, perSecond), of(b, perSecond))
		})
		for _, r := range results[:own] {
			fmt.Fprintf(w, "- %s, %d at once: %.1f × %s (%.1f × by processor), %.0f %% of the bytes/s of files\n",
				r.server.name, harvesters, of(r, perSecond)/of(fastest, perSecond), fastest.server.name,
				of(r, perProcessor)/of(fastest, perProcessor), 100*of(r, megabytes)/of(limit, megabytes))
		}
	}
}

func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Fields(string(b))[0]
}
