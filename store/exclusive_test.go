package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

func journalMode(t testing.TB, s *Store) (mode string) {
	t.Helper()
	if err := s.pools.write.QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil {
		t.Fatal(err)
	}
	return mode
}

func TestExclusiveImportWritesWithoutLog(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := open(t, file, Options{})
	var logs []string
	looked := ImportOptions{Exclusive: true, Progress: func(int) {
		found, _ := filepath.Glob(file + "-*")
		for _, f := range found {
			logs = append(logs, strings.TrimPrefix(f, file))
		}
	}}
	if _, err := s.Import(t.Context(), looked, streamOf(t, small("abA"))); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(logs, "-wal") {
		t.Errorf("it writes to %v", logs)
	}
	if mode := journalMode(t, s); mode != "wal" {
		t.Errorf("it leaves the file with the journal %q", mode)
	}
	sound(t, s)
	logs = nil
	if _, err := s.Import(t.Context(), looked, streamOf(t, small("abcA"))); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(logs, "-wal") {
		t.Error("the second import keeps readers out")
	}
	sound(t, s)
}

func TestExclusiveImportIsUndone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := open(t, file, Options{})
	twice := with(generate.Catalogue(generate.Options{Records: 2000, Seed: 1}), func(c *model.Catalogue) {
		c.Outputs = append(c.Outputs, c.Outputs[0])
	})
	if _, err := s.Import(t.Context(), ImportOptions{Exclusive: true}, streamOf(t, twice)); err == nil {
		t.Fatal("an id that is there twice is accepted")
	}
	if n, err := s.Count(t.Context(), oaipmh.Selection{}); err != nil || n != 0 {
		t.Errorf("%d records, %v", n, err)
	}
	if mode := journalMode(t, s); mode != "wal" {
		t.Errorf("it leaves the file with the journal %q", mode)
	}
	load(t, s, small("abA"))
	sound(t, s)
}

// The file cannot grow as far as it must.
func TestExclusiveImportThatFindsNoRoom(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := open(t, file, Options{})
	for _, pragma := range []string{"cache_size = 20", "max_page_count = 200"} {
		if _, err := s.pools.write.Exec("PRAGMA " + pragma); err != nil {
			t.Fatal(err)
		}
	}
	many := generate.Catalogue(generate.Options{Records: 2000, Seed: 1})
	if _, err := s.Import(t.Context(), ImportOptions{Exclusive: true}, streamOf(t, many)); err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("the import says %v", err)
	}
	if n, err := s.Count(t.Context(), oaipmh.Selection{}); err != nil || n != 0 {
		t.Errorf("%d records, %v", n, err)
	}
	if _, err := s.pools.write.Exec("PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(t.Context(), ImportOptions{Exclusive: true}, streamOf(t, many)); err != nil {
		t.Error(err)
	}
	sound(t, s)
}

func TestOpenWaitsForAnExclusiveImport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := open(t, file, Options{})
	type opened struct {
		*Store
		err error
	}
	other, waiting := make(chan opened), make(chan struct{})
	begun := false
	progress := func(int) {
		if begun {
			return
		}
		begun = true
		go func() {
			s, err := Open(t.Context(), file, Options{Waiting: func() { close(waiting) }})
			other <- opened{s, err}
		}()
		select {
		case o := <-other:
			t.Errorf("it is open during the import: %v", o.err)
		case <-waiting:
		}
	}
	if _, err := s.Import(t.Context(), ImportOptions{Exclusive: true, Progress: progress}, streamOf(t, small("abA"))); err != nil {
		t.Fatal(err)
	}
	o := <-other
	if o.err != nil {
		t.Fatal(o.err)
	}
	defer o.Close()
	if n, err := o.Count(t.Context(), oaipmh.Selection{}); err != nil || n != 3 {
		t.Errorf("%d records, %v", n, err)
	}
}

func TestExclusiveImportYieldsToWhoHasTheFileOpen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := open(t, file, Options{})
	server := open(t, file, Options{})
	reads := 0
	progress := func(int) {
		if _, err := server.Count(t.Context(), oaipmh.Selection{}); err != nil {
			t.Error(err)
		}
		reads++
	}
	if _, err := s.Import(t.Context(), ImportOptions{Exclusive: true, Progress: progress}, streamOf(t, small("abA"))); err != nil {
		t.Fatal(err)
	}
	if n, err := server.Count(t.Context(), oaipmh.Selection{}); err != nil || n != 3 || reads == 0 {
		t.Errorf("%d records, %d reads, %v", n, reads, err)
	}
	sound(t, s)
}

// What a killed import leaves is copied while it runs: the file, and the
// journal that undoes it.
func TestExclusiveImportThatIsKilled(t *testing.T) {
	dir := t.TempDir()
	file, left := filepath.Join(dir, "store.db"), filepath.Join(dir, "left.db")
	s := open(t, file, Options{})
	progress := func(n int) {
		if n < 1500 {
			return
		}
		for _, suffix := range []string{"", "-journal"} {
			data, err := os.ReadFile(file + suffix)
			if err != nil {
				t.Error(err)
			}
			if len(data) == 0 || suffix == "" && len(data) < 1<<20 {
				t.Errorf("%s has %d bytes", file+suffix, len(data))
			}
			if err := os.WriteFile(left+suffix, data, 0o600); err != nil {
				t.Error(err)
			}
		}
	}
	if _, err := s.pools.write.Exec("PRAGMA cache_size = 20"); err != nil { // so that most is in the file already
		t.Fatal(err)
	}
	many := generate.Catalogue(generate.Options{Records: 2000, Seed: 1})
	if _, err := s.Import(t.Context(), ImportOptions{Exclusive: true, Progress: progress}, streamOf(t, many)); err != nil {
		t.Fatal(err)
	}
	after, err := Open(t.Context(), left, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	if n, err := after.Count(t.Context(), oaipmh.Selection{}); err != nil || n != 0 {
		t.Errorf("%d records, %v", n, err)
	}
	sound(t, after)
	load(t, after, small("abA"))
	sound(t, after)
}

// The driver sorts its pragmas: one that comes too late says nothing.
func TestNewFileHasLargePagesAndALog(t *testing.T) {
	s := open(t, "", Options{})
	var size int
	if err := s.pools.read.QueryRow("PRAGMA page_size").Scan(&size); err != nil || size != 16384 {
		t.Errorf("pages of %d bytes, %v", size, err)
	}
	if mode := journalMode(t, s); mode != "wal" {
		t.Errorf("the journal is %q", mode)
	}
}
