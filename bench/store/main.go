// Store measures the store against sqlite3's .import and against the
// Repository in memory, and prints a table of what is measured, what the goal
// is and whether it is met.
//
//	go run ./bench/store -records 1000000
//
// It needs Linux, the program sqlite3 and, for a million records, 12 GiB of
// disk. It times what it runs by the processor as well as by the clock: the
// clock is true on a machine that does nothing else.
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
	fmt.Print("| what | measured | goal | met |\n|---|---|---|---|\n")
	for _, step := range []func(context.Context) error{b.build, b.importing, b.baseline, b.harvesters, b.pages, b.lists} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// tell prints what has no goal.
func tell(what, format string, args ...any) {
	fmt.Printf("| %s | %s | | |\n", what, fmt.Sprintf(format, args...))
}

// judge prints a ratio or a size, and whether it is as it should be.
func judge(what, measured, goal string, met bool) {
	fmt.Printf("| %s | %s | %s | %s |\n", what, measured, goal, map[bool]string{true: "yes", false: "**no**"}[met])
}

func (b *bench) file(name string) string { return filepath.Join(b.dir, name) }

// perRecord is the time of one record in microseconds.
func (b *bench) perRecord(u usage) string {
	return fmt.Sprintf("%.1f s, %.1f s of processor: %.1f µs a record", u.wall.Seconds(), u.cpu.Seconds(), u.cpu.Seconds()*1e6/float64(b.records))
}
