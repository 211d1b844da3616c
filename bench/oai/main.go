// Oai measures how fast records are harvested over OAI-PMH: from gtnum and
// from the providers that people use, each in a process of its own with the
// same records in its memory, by the same client over the loopback. The limit
// is a server of files that hold gtnum's very pages.
//
//	go run ./bench/oai
//	go run ./bench/oai -million
//
// .ci/install installs the others.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// pageSize is the number of records of a page, of all servers.
const pageSize = 200

func main() {
	records := flag.Int("records", 10_000, "records that every server holds")
	seconds := flag.Float64("seconds", 2, "length of a measurement")
	rounds := flag.Int("rounds", 5, "measurements of each server, of which the median counts")
	million := flag.Bool("million", false, "instead: the first and the last page of a million records, and the memory")
	serve := flag.String("serve", "", "be one of the servers (used by the program itself)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	switch {
	case *serve != "":
		err = be(*serve, flag.Arg(0))
	case *million:
		err = measureMillion(ctx)
	default:
		err = measure(ctx, *records, *rounds, time.Duration(*seconds*float64(time.Second)))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oai:", err)
		os.Exit(1)
	}
}

// measure starts every server, measures them in turns, so that what else runs
// on the machine meets all of them, and prints a table.
func measure(ctx context.Context, records, rounds int, length time.Duration) error {
	dir, err := os.MkdirTemp("", "bench-oai")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(os.Stderr, "making", records, "records")
	if err := writeRecords(dir, records); err != nil {
		return err
	}
	var results []*result
	for _, p := range peers {
		fmt.Fprintln(os.Stderr, "starting", p.name)
		s, err := start(ctx, p, dir)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		defer s.stop()
		r := &result{server: s}
		results = append(results, r)
		if r.pages, err = survey(ctx, s.first); err != nil { // and its machine code is warm
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if n, _ := sum(r.pages); n != records {
			return fmt.Errorf("%s: a harvest ends with %d records of %d", p.name, n, records)
		}
	}
	for round := range rounds {
		for _, r := range results {
			for _, harvesters := range []int{1, 8} {
				fmt.Fprintf(os.Stderr, "round %d of %d: %s, %d at once\n", round+1, rounds, r.server.name, harvesters)
				if err := r.measure(ctx, harvesters, length); err != nil {
					return fmt.Errorf("%s: %w", r.server.name, err)
				}
			}
		}
	}
	return table(os.Stdout, records, results)
}
