// Store measures the store against sqlite3's .import and against the
// Repository in memory, and prints a table.
//
//	go run ./bench/store -records 1000000
//
// It needs the program sqlite3 and, for a million records, 12 GiB of disk. It
// times what it runs by the processor as well as by the clock, since machines
// are shared.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	records := flag.Int("records", 100_000, "number of outputs")
	dir := flag.String("dir", os.TempDir(), "folder for the files, which are deleted in the end")
	flag.Parse()
	if err := run(context.Background(), *records, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "store:", err)
		os.Exit(1)
	}
}

// bench is what the measurements share.
type bench struct {
	dir     string
	records int
	db      string
	imports [2]usage // of the first import, and of the next revision
}

func run(ctx context.Context, records int, dir string) error {
	dir, err := os.MkdirTemp(dir, "gtnum-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, records: records, db: filepath.Join(dir, "store.db")}
	fmt.Printf("| what | wall s | processor s | memory MiB | rate |\n|---|---|---|---|---|\n")
	for _, step := range []func(context.Context) error{b.build, b.importing, b.baseline, b.lists, b.pages, b.harvesters} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}
