package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
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

// importing imports a catalogue, its next revision, and that once more.
func (b *bench) importing(ctx context.Context) (err error) {
	for i, what := range []string{"first import", "second import, 1 % changed"} {
		if b.imports[i], err = measure(ctx, nil, nil, b.file("gtnum"), "import", b.catalogue(i), "--db", b.db); err != nil {
			return err
		}
		tell(what, "%s", b.perRecord(b.imports[i]))
	}
	first, second := b.imports[0], b.imports[1]
	wall, cpu := second.wall.Seconds()/first.wall.Seconds(), second.cpu.Seconds()/first.cpu.Seconds()
	judge("second import of the first", fmt.Sprintf("%.2f by the clock, %.2f by the processor", wall, cpu), "≤ 0.5", wall <= 0.5 && cpu <= 0.5)
	most := max(first.memory, second.memory)
	judge("memory of the imports", fmt.Sprintf("%d MiB", most), "≤ 200 MiB", most <= 200)
	same, err := measure(ctx, nil, nil, b.file("gtnum"), "import", b.catalogue(1), "--db", b.db)
	if err != nil {
		return err
	}
	tell("third import, nothing changed", "%s", b.perRecord(same))
	for i := range b.imports {
		if err := os.Remove(b.catalogue(i)); err != nil {
			return err
		}
	}
	info, err := os.Stat(b.db)
	if err == nil {
		tell("the file", "%d MiB, %d bytes a record", info.Size()>>20, info.Size()/int64(b.records))
	}
	return err
}

// baseline lets sqlite3 import the same rows into the same tables.
func (b *bench) baseline(ctx context.Context) error {
	tables := []string{"catalogues", "records", "renderings", "record_sets", "set_counts", "group_counts"}
	var load strings.Builder
	fmt.Fprintln(&load, "PRAGMA page_size = 16384;\nPRAGMA cache_size = -65536;")
	for _, table := range tables {
		f, err := os.Create(b.file(table + ".csv"))
		if err != nil {
			return err
		}
		columns := "*"
		if table == "records" {
			columns = "id, catalogue, grp, revision, version, datestamp, standing, formats, sets, hex(source), payload, rendered"
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
	tell("the same rows by `sqlite3 .import`", "%s", b.perRecord(u))
	wall, cpu := u.wall.Seconds()/b.imports[0].wall.Seconds(), u.cpu.Seconds()/b.imports[0].cpu.Seconds()
	judge("speed of the first import, of that of `.import`", fmt.Sprintf("%.0f %% by the clock, %.0f %% by the processor", 100*wall, 100*cpu), "≥ 50 %", wall >= 0.5 && cpu >= 0.5)
	return os.Remove(b.file("baseline.db"))
}
