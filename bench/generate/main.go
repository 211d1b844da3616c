// Generate writes a catalogue of any size as JSON, as a stream.
//
//	go run ./bench/generate -records 1000000 -seed 1 > million.json
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
)

func main() {
	var opts generate.Options
	flag.IntVar(&opts.Records, "records", 1000, "number of outputs")
	flag.Uint64Var(&opts.Seed, "seed", 1, "what decides everything else")
	flag.IntVar(&opts.Revision, "revision", 0, "revision: from one to the next, one record of a hundred changes")
	flag.Parse()
	w := bufio.NewWriterSize(os.Stdout, 1<<20)
	err := write(w, opts)
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(w io.Writer, opts generate.Options) error {
	cat, err := model.NewWriter(w, "catalogue.json", generate.Heading(opts))
	if err != nil {
		return err
	}
	for o := range generate.Outputs(opts) {
		if err := cat.Write(o); err != nil {
			return err
		}
	}
	return cat.Close()
}
