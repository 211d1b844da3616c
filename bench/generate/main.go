// Generate writes a catalogue of any size as JSON, as a stream.
//
//	go run ./bench/generate -records 1000000 -seed 1 > million.json
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/gtnum/gtnum/internal/generate"
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

// write writes the heading, then one output a line: "outputs" is the last
// key, so that a reader can stream too.
func write(w io.Writer, opts generate.Options) error {
	heading, err := json.Marshal(generate.Heading(opts))
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%s,\n\"outputs\":[", bytes.TrimSuffix(heading, []byte("}"))); err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	separator := "\n"
	for o := range generate.Outputs(opts) {
		if _, err := io.WriteString(w, separator); err != nil {
			return err
		}
		if err := enc.Encode(o); err != nil {
			return err
		}
		separator = ","
	}
	_, err = io.WriteString(w, "]}\n")
	return err
}
