// Rdf measures how fast RDF is written: by gtnum and by the libraries that
// people use, each in a process of its own, the same triples in its memory,
// the text thrown away. Times are of the processor, so that what else runs on
// the machine counts less.
//
//	go run ./bench/rdf
//	go run ./bench/rdf -memory 10000000
//
// .ci/install installs the others.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/internal/generate"
)

func main() {
	records := flag.Int("records", 2300, "outputs in the catalogue whose triples are written")
	only := flag.String("only", "", "measure this peer alone")
	memory := flag.Int("memory", 0, "instead: write so many triples as a stream and say what memory that took")
	worker := flag.String("worker", "", "be the process that measures a peer (used by the program itself)")
	flag.Parse()
	var err error
	switch {
	case *worker == "prepare":
		err = writeTriples(flag.Arg(0), *records)
	case *worker == "stream":
		err = stream(flag.Arg(0), *memory)
	case *worker != "":
		err = work(*worker, flag.Arg(0))
	case *memory > 0:
		err = measureMemory(*memory)
	default:
		err = measure(*records, *only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "rdf:", err)
		os.Exit(1)
	}
}

// A result is what a worker prints, one line of JSON for each syntax.
type result struct {
	Peer    string  `json:"peer"`
	Syntax  string  `json:"syntax"`
	Seconds float64 `json:"seconds"` // of the processor, in the fastest round
	Bytes   int     `json:"bytes"`
	MiB     int64   `json:"mib,omitempty"` // of the process at its largest
}

func measure(records int, only string) error {
	dir, err := os.MkdirTemp("", "bench-rdf")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "triples.nt")
	triples, err := prepare(file, records)
	if err != nil {
		return err
	}
	var results []result
	for _, p := range peers {
		if only != "" && only != p.name {
			continue
		}
		fmt.Fprintln(os.Stderr, p.name)
		r, err := p.run(file)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		results = append(results, r...)
	}
	table(triples, results)
	return nil
}

// prepare has another process write the file of triples, as the memory of
// this one counts in all that it starts.
func prepare(file string, records int) (triples int, err error) {
	program, err := os.Executable()
	if err != nil {
		return 0, err
	}
	out, err := exec.Command(program, "-worker", "prepare", "-records", strconv.Itoa(records), file).Output()
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(out))
}

// writeTriples writes the triples of a generated catalogue as N-Triples, those
// of a subject together, and prints how many there are.
func writeTriples(file string, records int) error {
	src, err := dcat.NewSource(generate.Catalogue(generate.Options{Records: records, Seed: 1}))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := dcat.Export(context.Background(), &b, src, dcat.Options{Syntax: dcat.NTriples}); err != nil {
		return err
	}
	nodes, n, err := load(&b)
	if err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	e := dcat.NewEncoder(f, dcat.NTriples)
	write(e, nodes)
	if err := e.Close(); err != nil {
		return err
	}
	fmt.Print(n)
	return f.Close()
}

// work measures a peer that is a Go library, and prints its results.
func work(peer, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	out := json.NewEncoder(os.Stdout)
	for syntax, round := range rounds(peer, f) {
		r := result{Peer: peer, Syntax: syntax}
		for start := processor(); processor()-start < 2*time.Second; {
			began := processor()
			n, err := round()
			if err != nil {
				return err
			}
			if s := (processor() - began).Seconds(); r.Seconds == 0 || s < r.Seconds {
				r.Seconds = s
			}
			r.Bytes = n
		}
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// processor returns the time that this process has had of the processors.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func table(triples int, results []result) {
	fmt.Printf("%d triples; triples a second of one processor, and MiB of the process with the triples in it\n\n", triples)
	fmt.Println("| peer | Turtle | RDF/XML | N-Triples | JSON-LD | MiB |\n|---|---|---|---|---|---|")
	best := make(map[string]float64) // of the others
	ours := make(map[string]float64)
	for i := 0; i < len(results); {
		cells, mib, peer := make(map[string]string), int64(0), results[i].Peer
		for ; i < len(results) && results[i].Peer == peer; i++ {
			r := results[i]
			speed := float64(triples) / r.Seconds
			if peer == "gtnum" {
				ours[r.Syntax] = speed
			} else {
				best[r.Syntax] = max(best[r.Syntax], speed)
			}
			cells[r.Syntax], mib = short(speed), r.MiB
		}
		fmt.Printf("| %s | %s | %s | %s | %s | %d |\n", peer, cells["turtle"], cells["rdfxml"], cells["ntriples"], cells["jsonld"], mib)
	}
	fmt.Print("| gtnum to the fastest other |")
	for _, s := range dcat.Syntaxes() {
		fmt.Printf(" %.1f × |", ours[s.String()]/best[s.String()])
	}
	fmt.Println(" |")
}

func short(perSecond float64) string {
	if perSecond >= 1e6 {
		return fmt.Sprintf("%.2f M", perSecond/1e6)
	}
	return fmt.Sprintf("%.0f k", perSecond/1e3)
}
