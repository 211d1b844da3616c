package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"time"
)

// measureMillion compares pages of the same content at the start and at the
// end of a list of a million records, and the memory before and after 8
// harvesters have walked the whole list.
func measureMillion(ctx context.Context) error {
	fmt.Fprintln(os.Stderr, "making a million records")
	s, err := start(ctx, peer{"million", self("million")}, "")
	if err != nil {
		return err
	}
	defer s.stop()
	before, _, err := s.memory()
	if err != nil {
		return err
	}
	pages, err := survey(ctx, s.first)
	if err != nil {
		return err
	}
	// The last page, and the first one that holds the same.
	early, late := pages[distinct/pageSize-1], pages[len(pages)-1]
	records, _ := sum(pages)
	fmt.Printf("%d records, %d pages\n", records, len(pages))
	first, err := latency(s.first)
	if err != nil {
		return err
	}
	a, err := latency(early.address)
	if err != nil {
		return err
	}
	z, err := latency(late.address)
	if err != nil {
		return err
	}
	fmt.Printf("page 1: %v; page %d: %v; page %d, of the same records: %v, %.2f ×\n", first, distinct/pageSize, a, len(pages), z, z.Seconds()/a.Seconds())
	if _, _, err := load(ctx, pages, 8, 5*time.Second); err != nil {
		return err
	}
	after, most, err := s.memory()
	fmt.Printf("memory: %d MiB with the records loaded; %d MiB after a walk of all and 8 harvesters, %d MiB at most; load of the machine %s\n", before, after, most, loadAverage())
	return err
}

// latency is the median time that a page takes.
func latency(address string) (time.Duration, error) {
	var times []time.Duration
	var page []byte
	for range 101 {
		began := time.Now()
		var err error
		if page, err = fetch(http.DefaultClient, address, page[:0]); err != nil {
			return 0, err
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}
