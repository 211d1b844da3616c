package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// usage is what a program took.
type usage struct {
	wall, cpu time.Duration
	memory    int64 // MiB, at most
}

// measure runs a program. What it says is shown if it fails.
func measure(ctx context.Context, stdin io.Reader, stdout io.Writer, name string, args ...string) (usage, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var said strings.Builder
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, stdout, &said
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return usage{}, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, said.String())
	}
	u := usage{wall: time.Since(start), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	u.memory = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10
	return u, nil
}

func (b *bench) row(what string, u usage, rate string) {
	memory := ""
	if u.memory > 0 {
		memory = fmt.Sprint(u.memory)
	}
	fmt.Printf("| %s | %.1f | %.1f | %s | %s |\n", what, u.wall.Seconds(), u.cpu.Seconds(), memory, rate)
}

func (b *bench) file(name string) string { return filepath.Join(b.dir, name) }

// build builds the command, as users run it, and the catalogues.
func (b *bench) build(ctx context.Context) error {
	for _, program := range []string{"./cmd/gtnum", "./bench/generate"} {
		if _, err := measure(ctx, nil, nil, "go", "build", "-o", b.dir, program); err != nil {
			return err
		}
	}
	for revision := range 2 {
		f, err := os.Create(b.catalogue(revision))
		if err != nil {
			return err
		}
		_, err = measure(ctx, nil, f, b.file("generate"), "-records", fmt.Sprint(b.records), "-revision", fmt.Sprint(revision))
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) catalogue(revision int) string {
	return b.file(fmt.Sprintf("revision%d.json", revision))
}

// importing imports a catalogue and then its next revision.
func (b *bench) importing(ctx context.Context) (err error) {
	for i, what := range []string{"gtnum import, first", "gtnum import, 1 % changed"} {
		if b.imports[i], err = measure(ctx, nil, nil, b.file("gtnum"), "import", b.catalogue(i), "--db", b.db); err != nil {
			return err
		}
		b.row(what, b.imports[i], fmt.Sprintf("%.0f records/s of processor", float64(b.records)/b.imports[i].cpu.Seconds()))
		if err := os.Remove(b.catalogue(i)); err != nil {
			return err
		}
	}
	info, err := os.Stat(b.db)
	if err == nil {
		fmt.Printf("| the file | | | %d | %d bytes a record |\n", info.Size()>>20, info.Size()/int64(b.records))
	}
	return err
}

// baseline lets sqlite3 import the same rows into the same tables.
func (b *bench) baseline(ctx context.Context) error {
	tables := []string{"catalogues", "records", "record_sets", "set_counts", "group_counts"}
	var load strings.Builder
	fmt.Fprintln(&load, "PRAGMA page_size = 8192;\nPRAGMA cache_size = -65536;")
	for _, table := range tables {
		f, err := os.Create(b.file(table + ".csv"))
		if err != nil {
			return err
		}
		columns := "*"
		if table == "records" {
			columns = "id, catalogue, grp, revision, version, datestamp, standing, formats, sets, hex(source), payload"
		}
		if _, err := measure(ctx, nil, f, "sqlite3", "-readonly", "-csv", b.db, "SELECT "+columns+" FROM "+table); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		if _, err := measure(ctx, nil, &load, "sqlite3", "-readonly", b.db, "SELECT sql || ';' FROM sqlite_master WHERE name = '"+table+"'"); err != nil {
			return err
		}
		defer os.Remove(f.Name())
	}
	fmt.Fprintln(&load, ".mode csv")
	for _, table := range tables {
		fmt.Fprintf(&load, ".import %s %s\n", b.file(table+".csv"), table)
	}
	u, err := measure(ctx, bufio.NewReader(strings.NewReader(load.String())), nil, "sqlite3", b.file("baseline.db"))
	if err != nil {
		return err
	}
	b.row("sqlite3 .import of the same rows", u, fmt.Sprintf("gtnum reaches %.0f %% by the clock, %.0f %% by the processor",
		100*u.wall.Seconds()/b.imports[0].wall.Seconds(), 100*u.cpu.Seconds()/b.imports[0].cpu.Seconds()))
	first, again := b.imports[0], b.imports[1]
	fmt.Printf("| second import of the first | | | | %.2f by the clock, %.2f by the processor |\n",
		again.wall.Seconds()/first.wall.Seconds(), again.cpu.Seconds()/first.cpu.Seconds())
	return os.Remove(b.file("baseline.db"))
}
