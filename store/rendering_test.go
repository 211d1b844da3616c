package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// titles is a format that writes a record's id between two words.
func titles(revision, before string, fails ...string) []oaipmh.Format[model.Record] {
	return []oaipmh.Format[model.Record]{{
		Prefix: "titles", Schema: "https://titles.example/titles.xsd", Namespace: "https://titles.example/", Revision: revision,
		Append: func(dst []byte, r model.Record) ([]byte, error) {
			for _, id := range fails {
				if r.Output.ID == id {
					return dst, errors.New("no title")
				}
			}
			return fmt.Appendf(dst, `<t xmlns="https://titles.example/">%s %s</t>`, before, r.Output.ID), nil
		},
	}}
}

// kept is what RenderedRecords yields by id: metadata, or "a value".
func kept(t *testing.T, s *Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	for rec, err := range s.RenderedRecords(t.Context(), "titles", oaipmh.Selection{}, oaipmh.Key{}) {
		id := strings.TrimPrefix(rec.Identifier, "oai:small.example.org:")
		switch {
		case err != nil:
			t.Fatal(err)
		case rec.Rendered != nil:
			all[id] = rec.Rendered[0].String()
		case rec.Value.Output != nil && rec.Value.Output.ID == id:
			all[id] = "a value"
		}
	}
	return all
}

func title(before, id string) string {
	return fmt.Sprintf(`<t xmlns="https://titles.example/">%s %s</t>`, before, id)
}

// What an older program rendered is not served, and the next import writes it
// anew without a word to harvesters.
func TestRenderingsOfAnOlderRevision(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	old := open(t, file, Options{Formats: titles("1", "old")})
	load(t, old, small("ab"))
	if got := kept(t, old); got["low-a"] != title("old", "low-a") || len(got) != 2 {
		t.Errorf("kept are %q", got)
	}
	s := open(t, file, Options{Formats: titles("2", "new")})
	if got := kept(t, s); got["low-a"] != "a value" || got["low-b"] != "a value" {
		t.Errorf("of another revision: %q", got)
	}
	sound(t, s)
	if got, want := counts(load(t, s, small("ab"))), [5]int{0, 0, 0, 0, 2}; got != want {
		t.Errorf("the next import changes %v, want %v", got, want)
	}
	if got := kept(t, s); got["low-a"] != title("new", "low-a") || got["low-b"] != title("new", "low-b") {
		t.Errorf("after the next import: %q", got)
	}
	sound(t, s)
	if got := kept(t, old); got["low-a"] != "a value" {
		t.Errorf("the older program is served %q", got)
	}
}

// No import meets a tombstone again, so that it must not keep the lists from what
// is kept.
func TestTombstonesOfAnOlderRevision(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	old := open(t, file, Options{Formats: titles("1", "old")})
	load(t, old, small("ab"))
	load(t, old, small("b"))
	s := open(t, file, Options{Formats: titles("2", "new")})
	load(t, s, small("b"))
	if got := kept(t, s); got["low-b"] != title("new", "low-b") {
		t.Errorf("kept are %q", got)
	}
	sound(t, s)
}

// Until then a list is as long as it was, though it is read in other batches.
func TestLongListOfAnOlderRevision(t *testing.T) {
	file := filepath.Join(t.TempDir(), "store.db")
	load(t, open(t, file, Options{Formats: titles("1", "old")}), generate.Catalogue(generate.Options{Records: 2*page + 1, Seed: 7}))
	s := open(t, file, Options{Formats: titles("2", "new")})
	n := 0
	for _, err := range s.RenderedRecords(t.Context(), "titles", oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 2*page+1 {
		t.Errorf("%d records are listed, want %d", n, 2*page+1)
	}
}

func TestRecordThatCannotBeRendered(t *testing.T) {
	s := open(t, "", Options{Formats: titles("1", "it is", "low-b")})
	load(t, s, small("ab"))
	if got := kept(t, s); got["low-a"] != "a value" || got["low-b"] != "a value" { // as a page is read whole
		t.Errorf("kept are %q", got)
	}
	sound(t, s)
}

func TestFormatsThatAreNotKept(t *testing.T) {
	choosy := titles("1", "it is")
	choosy[0].Accepts = func(model.Record) bool { return true }
	for name, formats := range map[string][]oaipmh.Format[model.Record]{"no revision": titles("", "it is"), "choosy": choosy, "none": {}} {
		t.Run(name, func(t *testing.T) {
			s := open(t, "", Options{Formats: formats})
			load(t, s, small("ab"))
			for _, err := range s.RenderedRecords(t.Context(), "titles", oaipmh.Selection{}, oaipmh.Key{}) {
				if !errors.Is(err, errors.ErrUnsupported) {
					t.Errorf("the error is %v", err)
				}
			}
			sound(t, s)
		})
	}
}

// A store of the schema's first version has no renderings.
func TestStoreOfTheFirstVersion(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "first.db")
	load(t, open(t, filepath.Join(dir, "now.db"), Options{}), small("abA"))
	scripts, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	first := &Store{dialect: onSQLite, opts: Options{Create: true}}
	first.opts.setDefaults()
	if first.pools, err = openSQLite(file, &first.opts); err != nil {
		t.Fatal(err)
	}
	if err := first.migrate(t.Context(), scripts[:1]); err != nil {
		t.Fatal(err)
	}
	statements := []string{"ATTACH '" + filepath.Join(dir, "now.db") + "' AS now", "DELETE FROM clock"}
	for _, table := range tables {
		if table.name != "renderings" {
			columns := strings.Replace(strings.Join(table.columns, ", "), ", rendered", "", 1)
			statements = append(statements, "INSERT INTO main."+table.name+" ("+columns+") SELECT "+columns+" FROM now."+table.name)
		}
	}
	for _, text := range statements {
		if _, err := first.pools.write.Exec(text); err != nil {
			t.Fatal(text, err)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, file, Options{})
	sound(t, s)
	if len(snapshot(t, s)) != 3 {
		t.Error("records are missing")
	}
	load(t, s, small("abA"))
	sound(t, s)
	n := 0
	for rec := range s.RenderedRecords(t.Context(), crosswalk.Formats(crosswalk.Options{})[0].Prefix, oaipmh.Selection{}, oaipmh.Key{}) {
		if n++; rec.Rendered == nil {
			t.Errorf("%s has no rendering after an import", rec.Identifier)
		}
	}
	if n != 3 {
		t.Errorf("%d records are listed", n)
	}
}
