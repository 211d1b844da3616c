package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

func TestOpenRefuses(t *testing.T) {
	newer := func(t *testing.T, file string) {
		s := open(t, file, Options{})
		if _, err := s.pools.write.Exec("UPDATE gtnum_schema SET version = 99"); err != nil {
			t.Fatal(err)
		}
	}
	foreign := func(t *testing.T, file string) {
		db := sqliteDB(file, &Options{Create: true, synchronous: "OFF"}, 1)
		defer db.Close()
		if _, err := db.Exec("CREATE TABLE other (a)"); err != nil {
			t.Fatal(err)
		}
	}
	text := func(t *testing.T, file string) {
		if err := os.WriteFile(file, []byte("id: not a database\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	partless := func(t *testing.T, file string) {
		s := open(t, file, Options{})
		if _, err := s.pools.write.Exec("UPDATE clock SET buckets = 0"); err != nil {
			t.Fatal(err)
		}
	}
	tests := map[string]struct {
		make   func(t *testing.T, file string)
		create bool
		is     error
		says   string
	}{
		"a store of a newer program":        {newer, true, ErrNewer, "version 99"},
		"a store whose lists have no parts": {partless, true, ErrCorrupt, "0 parts"},
		"a database of another program":     {foreign, true, ErrCorrupt, "another program"},
		"a file that is no database":        {text, true, ErrCorrupt, "does not begin"},
		"a file that is not there":          {func(*testing.T, string) {}, false, nil, "there is no store"},
		"an empty file, to be read from":    {func(t *testing.T, file string) { os.WriteFile(file, nil, 0o600) }, false, nil, "there is no store"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "a file.db")
			tt.make(t, file)
			_, err := Open(t.Context(), file, Options{Create: tt.create})
			if err == nil || tt.is != nil && !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), file) {
				t.Errorf("the error is %v; want one that is %v, names the file and says %q", err, tt.is, tt.says)
			}
			if fr := say.In(err, language.French); !strings.Contains(fr, "entrepôt") || !strings.Contains(fr, file) {
				t.Errorf("French: %q", fr)
			}
		})
	}
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "no", "store.db"), Options{Create: true}); err == nil || !strings.Contains(err.Error(), "no folder") {
		t.Errorf("a folder that is not there: %v", err)
	}
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "parts.db"), Options{Create: true, Buckets: 501}); err == nil || !strings.Contains(err.Error(), "at most 500") {
		t.Errorf("lists of 501 parts: %v", err)
	}
	if err := (&Store{dialect: onPostgres}).explain(&pgconn.PgError{Code: "53100"}); !strings.Contains(err.Error(), "no room") {
		t.Errorf("a full disk of PostgreSQL: %v", err)
	}
	if _, err := Open(t.Context(), "x.db", Options{Read: "postgres://host/db"}); err == nil {
		t.Error("a standby of a file is accepted")
	}
}

// A program that goes on while a newer one upgrades the store may read it, but
// not write to it.
func TestImportIntoAStoreThatWasUpgradedMeanwhile(t *testing.T) {
	s := open(t, "", Options{})
	load(t, s, small("a"))
	if _, err := s.pools.write.Exec("UPDATE gtnum_schema SET version = 99"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(t.Context(), ImportOptions{}, streamOf(t, small("ab"))); !errors.Is(err, ErrNewer) {
		t.Errorf("it is written to: %v", err)
	}
	if n := len(snapshot(t, s)); n != 1 {
		t.Errorf("%d records are read", n)
	}
}

func TestOpenTakesEveryPath(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{dir + "/é à.db", "/" + dir + "/twice.db", "//" + dir + "/thrice.db", dir + "/50%25?a=b#c.db", dir + "/a:b.db", dir + "/a\\b.db"} {
		load(t, open(t, name, Options{}), small("a"))
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	t.Chdir(dir)
	for _, name := range []string{"file:x.db", "a:b", " b.db", "~.db", "postgres:x"} {
		load(t, open(t, name, Options{}), small("a"))
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"", ":memory:"} {
		if _, err := Open(t.Context(), name, Options{Create: true}); err == nil || !strings.Contains(err.Error(), "takes a file") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestAddressesAreToldWithoutPasswords(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://user:secret@host/db":                 "postgres://user:xxxxx@host/db",
		"postgres://host/db?user=u&password=secret":      "postgres://host/db?password=xxxxx&user=u",
		"postgres://host/db?sslpassword=secret&sslkey=k": "postgres://host/db?sslkey=k&sslpassword=xxxxx",
		"postgres://user:100%secret@host/db?password=x":  "postgres://xxxxx@host/db",
		"postgres://user:se@cret%@host":                  "postgres://xxxxx@host",
		"postgres://%":                                   "postgres://xxxxx@%",
		"a:secret@b.db":                                  "a:secret@b.db",
	} {
		if got := (&Store{address: address}).String(); got != want {
			t.Errorf("%s: told as %q, want %q", address, got, want)
		}
	}
	s := &Store{address: "postgres://user:secret@host/db", dialect: onPostgres}
	if got := s.explain(errors.New("away")).Error(); strings.Contains(got, "secret") {
		t.Errorf("the error is %q", got)
	}
}

// A page in the middle of the file is overwritten.
func TestCorruptFileIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	s := filled(t, file, 1)
	if err := s.checkpoint(context.Background()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for page := 5; page < len(data)/8192; page++ {
		copy(data[page*8192:], strings.Repeat("\xa5", 4096))
	}
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	if err := os.WriteFile(damaged, data, 0o600); err != nil {
		t.Fatal(err)
	}
	broken, err := Open(t.Context(), damaged, Options{})
	if err == nil {
		defer broken.Close()
		for _, e := range broken.Records(t.Context(), oaipmh.Selection{}, oaipmh.Key{}) {
			err = e
		}
		found := 0
		if _, e := broken.Verify(t.Context(), func(error) { found++ }); e == nil && found == 0 {
			t.Error("Verify finds nothing")
		}
	}
	if !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), damaged) {
		t.Errorf("the error is %v", err)
	}
}

func TestReadOnlyStoreIsNamed(t *testing.T) {
	s := open(t, "", Options{})
	_, err := s.pools.read.Exec("DELETE FROM records")
	if err = s.explain(err); err == nil || !strings.Contains(err.Error(), "read-only") || !strings.Contains(say.In(err, language.French), "lecture seule") {
		t.Errorf("got %v", err)
	}
}

// A list that leaves out what is lost would be complete to a harvester.
func TestListsNameWhatIsLost(t *testing.T) {
	s := open(t, "", Options{})
	load(t, s, small("ab"))
	if _, err := s.pools.write.Exec("DELETE FROM records WHERE id = 'low-b'"); err != nil {
		t.Fatal(err)
	}
	var last error
	for _, err := range s.Records(t.Context(), oaipmh.Selection{}, oaipmh.Key{}) {
		last = err
	}
	if !errors.Is(last, ErrCorrupt) || !strings.Contains(last.Error(), "low-b") {
		t.Errorf("the error is %v", last)
	}
}

// What a program of today would refuse was right once, and history does not change.
func TestVerifyTakesHistoryAsItWas(t *testing.T) {
	s := open(t, "", Options{})
	load(t, s, small("a"))
	load(t, s, with(small("a"), func(c *model.Catalogue) { c.Outputs[0].Title = model.NewText("fr", "Neuf") }))
	if _, err := s.pools.write.Exec(`UPDATE history SET payload = replace(payload, '"id":"low-a"', '"id":"low-a","issued":"0000"')`); err != nil {
		t.Fatal(err)
	}
	if list, err := s.History(t.Context(), "low-a"); err != nil || !strings.Contains(list[0].Payload, "0000") {
		t.Fatalf("got %+v, %v", list, err)
	}
	sound(t, s)
}

func TestVerifyFindsEachFault(t *testing.T) {
	tests := map[string]string{
		"a record out of its list":    "DELETE FROM record_sets WHERE spec = '' AND id = 'low-a'",
		"a record in a wrong list":    "UPDATE record_sets SET spec = 'gtnum:b' WHERE spec = 'gtnum:a' AND id = 'low-a'",
		"a stale row of a list":       "UPDATE record_sets SET datestamp = datestamp - 1 WHERE spec = '' AND id = 'low-a'",
		"a count that is off":         "UPDATE set_counts SET n = n + 1 WHERE spec = ''",
		"a group's count":             "UPDATE group_counts SET n = 7",
		"a text that is no JSON":      "UPDATE records SET payload = '{' WHERE id = 'low-a'",
		"a text of another record":    "UPDATE records SET payload = replace(payload, 'low-a', 'low-z') WHERE id = 'low-a'",
		"sets that it has not":        "UPDATE records SET sets = 'type' WHERE id = 'low-a'",
		"a tombstone with a text":     "UPDATE records SET standing = 2 WHERE id = 'low-a'",
		"a datestamp to come":         "UPDATE clock SET at = 5",
		"a revision that is missing":  "DELETE FROM history",
		"a revision of no record":     "UPDATE history SET id = 'nobody'",
		"a rendering of another text": "UPDATE renderings SET metadata = replace(metadata, 'b', 'c') WHERE id = 'low-b'",
		"a rendering in wrong sets":   "UPDATE renderings SET sets = 'type' WHERE id = 'low-b'",
		"a rendering that is gone":    "DELETE FROM renderings WHERE id = 'low-b'",
		"a rendering of no record":    "UPDATE renderings SET id = 'nobody' WHERE id = 'low-b'",
		"a catalogue that is gone":    "DELETE FROM catalogues",
		"a standing that is none":     "UPDATE records SET standing = 7, rendered = ''; DELETE FROM renderings",
		"a revision that is no JSON":  "UPDATE history SET payload = '{'",
		"a revision without a text":   "UPDATE history SET payload = ''",
		"a revision of another time":  "UPDATE history SET datestamp = datestamp - 1",
		"a record of no import":       "UPDATE records SET version = 1 WHERE id = 'low-a'; DELETE FROM imports WHERE version = 1",
		"imports that are gone":       "DELETE FROM imports",
		"a clock of another import":   "UPDATE clock SET version = version + 1",
		"a change at another time":    "UPDATE clock SET changed = changed - 1",
		"a clock that nobody sets":    "UPDATE clock SET id = 2",
		"two clocks":                  "INSERT INTO clock SELECT 2, at, version, changed, buckets FROM clock",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t, "", Options{})
			load(t, s, small("abA"))
			load(t, s, with(small("abA"), func(c *model.Catalogue) { c.Outputs[0].Title = model.NewText("fr", "Neuf") }))
			sound(t, s)
			if _, err := s.pools.write.Exec(text); err != nil {
				t.Fatal(err)
			}
			s.state = nil
			var found, french []string
			if _, err := s.Verify(t.Context(), func(p error) {
				found, french = append(found, p.Error()), append(french, say.In(p, language.French))
			}); err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 {
				t.Error("nothing is found")
			}
			t.Log(found)
			for i, fr := range french {
				if fr == found[i] {
					t.Errorf("French: %q", fr)
				}
			}
		})
	}
}

func TestHistory(t *testing.T) {
	c := &clock{time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}
	s := open(t, "", Options{Now: c.now})
	retitle := func(cat *model.Catalogue) {
		cat.Outputs[0].Title, cat.Outputs[0].Version = model.NewText("fr", "Neuf"), "2"
	}
	for i, cat := range []*model.Catalogue{small("ab"), small("ab"), with(small("ab"), retitle), small("b"), small("ab")} {
		if _, err := s.Import(t.Context(), ImportOptions{Source: string(rune('0' + i))}, streamOf(t, cat)); err != nil {
			t.Fatal(err)
		}
		c.tick()
	}
	for _, id := range []string{"low-a", "oai:small.example.org:low-a"} {
		list, err := s.History(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range list {
			got = append(got, strings.Join(append([]string{r.Datestamp.Format("05"), string(r.Kind), r.Source}, r.Fields...), " "))
		}
		want := []string{"07 created 0", "09 changed 2 title version", "10 deleted 3", "11 restored 4 title version"}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
	if _, err := s.History(t.Context(), "nobody"); !errors.Is(err, oaipmh.ErrNotFound) {
		t.Errorf("of nobody: %v", err)
	}
}

// The store is backed up while a change is under way, which is not in it.
func TestBackup(t *testing.T) {
	s := filled(t, "", 1)
	w, err := s.begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.exec(t.Context(), "DELETE FROM records WHERE 1 = 1"); err != nil {
		t.Fatal(err)
	}
	testBackup(t, s)
	w.rollback()
}

func TestBackupWithoutLinks(t *testing.T) {
	dir := t.TempDir()
	whole, file := filepath.Join(dir, "whole"), filepath.Join(dir, "file")
	none := func(a, b string) error { return &os.LinkError{Op: "link", Old: a, New: b, Err: syscall.EPERM} }
	for _, text := range []string{"first", "second"} {
		if err := os.WriteFile(whole, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := name(whole, file, none); (err == nil) != (text == "first") || text == "second" && !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", text, err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != "first" {
			t.Errorf("the backup holds %q, %v", got, err)
		}
	}
	if err := name(filepath.Join(dir, "nothing"), filepath.Join(dir, "new"), none); err == nil {
		t.Error("nothing gets a name")
	}
	if _, err := os.Lstat(filepath.Join(dir, "new")); err == nil {
		t.Error("a name is left without a backup")
	}
}

func testBackup(t *testing.T, s *Store) {
	file := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	copied := open(t, file, Options{})
	want := snapshot(t, s)
	got := snapshot(t, copied)
	if len(got) != len(want) {
		t.Errorf("the copy has %d records, the store %d", len(got), len(want))
	}
	for id, rec := range want {
		if g := got[id]; !g.Datestamp.Equal(rec.Datestamp) || g.Deleted != rec.Deleted || !slices.Equal(g.Sets, rec.Sets) {
			t.Errorf("%s is %+v in the copy, %+v in the store", id, g.Header, rec.Header)
		}
	}
	sound(t, copied)
	if err := s.Backup(t.Context(), file); err == nil {
		t.Error("a file that is there is overwritten")
	}
}

func TestSourceIsTheCatalogue(t *testing.T) {
	cat := with(small("abcA"), func(c *model.Catalogue) { c.Outputs[1].Status = model.Withdrawn })
	s := open(t, "", Options{})
	if _, err := s.Source().Catalogue(t.Context()); err == nil {
		t.Error("an empty store has a catalogue")
	}
	load(t, s, small("abcdA"))
	load(t, s, cat)
	memory, err := dcat.NewSource(cat)
	if err != nil {
		t.Fatal(err)
	}
	for _, after := range []string{"", "low-a", "low-b", "zzz"} {
		if got, want := idsOf(t, s.Source(), after), idsOf(t, memory, after); !slices.Equal(got, want) {
			t.Errorf("after %q: got %q, want %q", after, got, want)
		}
	}
	got, _ := s.Source().(dcat.Counter).Count(t.Context())
	if want, _ := memory.(dcat.Counter).Count(t.Context()); got != want {
		t.Errorf("it counts %d, want %d", got, want)
	}
	if _, err := s.Source().Record(t.Context(), "low-d"); !errors.Is(err, dcat.ErrNotFound) {
		t.Errorf("a record that is gone: %v", err)
	}
	versioner := s.Source().(dcat.Versioner)
	before, _, _ := versioner.Version(t.Context())
	load(t, s, cat)
	if same, _, _ := versioner.Version(t.Context()); same != before {
		t.Errorf("the version is %s after an import of the same, %s before", same, before)
	}
	load(t, s, small("a"))
	if other, _, _ := versioner.Version(t.Context()); other == before {
		t.Error("the version is the same after a change")
	}
}

func idsOf(t *testing.T, src dcat.Source, after string) (ids []string) {
	for r, err := range src.Records(t.Context(), after) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.Output.ID)
	}
	return ids
}

// All connections are taken at once, by readers none of which has read before:
// whoever waited for a second one would wait for ever.
func TestManyFirstReadersAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	load(t, open(t, file, Options{}), small("abA"))
	for range 5 {
		s := open(t, file, Options{})
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		begin := make(chan struct{})
		var all sync.WaitGroup
		for range 8 * readers {
			all.Go(func() {
				<-begin
				n, err := s.Count(ctx, oaipmh.Selection{})
				for _, e := range s.Records(ctx, oaipmh.Selection{}, oaipmh.Key{}) {
					err = errors.Join(err, e)
				}
				if err != nil || n != 3 {
					t.Errorf("%d records, %v", n, err)
				}
			})
		}
		close(begin)
		all.Wait()
		cancel()
	}
}

// What a record says of its last change stays as long as its datestamp does.
func TestRecordsSayWhenTheyChanged(t *testing.T) {
	c := &clock{time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}
	s := open(t, "", Options{Now: c.now})
	load(t, s, small("ab"))
	c.tick()
	load(t, s, with(small("ab"), func(cat *model.Catalogue) {
		cat.Modified, cat.Outputs[1].Title = day("2026-03-05"), model.NewText("fr", "Neuf")
	}))
	for id, want := range map[string]string{"low-a": "05:06:07", "low-b": "05:06:08"} {
		served, err := s.Source().Record(t.Context(), id)
		if got := served.Datestamp().Format(time.TimeOnly); err != nil || got != want {
			t.Errorf("%s changed at %s in package dcat, want %s: %v", id, got, want, err)
		}
		listed, err := s.Record(t.Context(), "oai:small.example.org:"+id)
		if err != nil || !listed.Value.Datestamp().Equal(listed.Datestamp) {
			t.Errorf("%s changed at %v, but has the datestamp %v: %v", id, listed.Value.Datestamp(), listed.Datestamp, err)
		}
	}
}
