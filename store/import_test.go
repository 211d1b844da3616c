package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// small is a catalogue of two groups with an output a letter of ids: those of
// lower case are of group a, the others of group b.
func small(ids string) *model.Catalogue {
	cat := &model.Catalogue{
		ID: "small", Base: "https://small.example.org/", Title: model.NewText("fr", "Petit"), Modified: day("2026-01-01"),
		Agents: []model.Agent{{ID: "x", Kind: model.Person, Name: "Xavier Xylo"}, {ID: "y", Kind: model.Person, Name: "Yann Yves"}},
		Groups: []model.Group{{ID: "a", Title: model.NewText("fr", "A")}, {ID: "b", Title: model.NewText("fr", "B")}},
	}
	for _, letter := range ids {
		id := string(letter)
		o := model.Output{ID: "low-" + id, Kind: "text", Group: "a", Title: model.NewText("fr", "Titre "+id), URL: "https://small.example.org/" + id}
		o.Contributions = []model.Contribution{{Agent: model.Agent{ID: "x"}, Role: model.Author}}
		if id == strings.ToUpper(id) {
			o.ID, o.Group = "up-"+strings.ToLower(id), "b"
			o.Contributions[0].Agent.ID = "y"
		}
		cat.Outputs = append(cat.Outputs, o)
	}
	return cat
}

func day(s string) model.Date {
	d, err := model.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// with changes a catalogue.
func with(cat *model.Catalogue, change func(*model.Catalogue)) *model.Catalogue {
	change(cat)
	return cat
}

// counts is a report without its datestamp.
func counts(r Report) [5]int {
	return [5]int{r.Created, r.Changed, r.Deleted, r.Restored, r.Unchanged}
}

func TestImportFindsWhatChanged(t *testing.T) {
	before := small("abcAB")
	tests := map[string]struct {
		now  *model.Catalogue
		want [5]int // created, changed, deleted, restored, unchanged
	}{
		"nothing":                         {small("abcAB"), [5]int{0, 0, 0, 0, 5}},
		"another order":                   {small("BAcba"), [5]int{0, 0, 0, 0, 5}},
		"a new one":                       {small("abcdAB"), [5]int{1, 0, 0, 0, 5}},
		"a missing one":                   {small("acAB"), [5]int{0, 0, 1, 0, 4}},
		"all of a group":                  {small("AB"), [5]int{0, 0, 3, 0, 2}},
		"the file's date":                 {with(small("abcAB"), func(c *model.Catalogue) { c.Modified = day("2026-02-02") }), [5]int{0, 0, 0, 0, 5}},
		"a title":                         {with(small("abcAB"), func(c *model.Catalogue) { c.Outputs[1].Title = model.NewText("fr", "Neuf") }), [5]int{0, 1, 0, 0, 4}},
		"an agent's name":                 {with(small("abcAB"), func(c *model.Catalogue) { c.Agents[1].Name = "Yves Yann" }), [5]int{0, 2, 0, 0, 3}},
		"a group's title":                 {with(small("abcAB"), func(c *model.Catalogue) { c.Groups[0].Title = model.NewText("fr", "AA") }), [5]int{0, 3, 0, 0, 2}},
		"the licence of all":              {with(small("abcAB"), func(c *model.Catalogue) { c.Licence = "etalab-2.0" }), [5]int{0, 5, 0, 0, 0}},
		"the languages of all":            {with(small("abcAB"), func(c *model.Catalogue) { c.Languages = []language.Tag{language.French} }), [5]int{0, 5, 0, 0, 0}},
		"the title of all":                {with(small("abcAB"), func(c *model.Catalogue) { c.Title = model.NewText("fr", "Grand") }), [5]int{0, 5, 0, 0, 0}},
		"a move to a group":               {with(small("abcAB"), func(c *model.Catalogue) { c.Outputs[0].Group = "b" }), [5]int{0, 1, 0, 0, 4}},
		"a withdrawal":                    {with(small("abcAB"), func(c *model.Catalogue) { c.Outputs[0].Status = model.Withdrawn }), [5]int{0, 0, 1, 0, 4}},
		"a group the import is silent of": {with(small("ab"), func(c *model.Catalogue) { c.Groups = c.Groups[:1] }), [5]int{0, 0, 1, 0, 2}},
		"an agent of a group the import is silent of": {with(small("abc"), func(c *model.Catalogue) {
			c.Groups, c.Agents[1].Name = c.Groups[:1], "Yves Yann"
		}), [5]int{0, 2, 0, 0, 3}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := &clock{time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}
			s := open(t, "", Options{Now: c.now})
			load(t, s, before)
			first := snapshot(t, s)
			c.tick()
			r := load(t, s, tt.now)
			if counts(r) != tt.want {
				t.Errorf("got %v, want %v", counts(r), tt.want)
			}
			moved := 0
			for id, rec := range snapshot(t, s) {
				switch old, known := first[id]; {
				case !known || !rec.Datestamp.Equal(old.Datestamp):
					moved++
					if !rec.Datestamp.Equal(r.Datestamp) {
						t.Errorf("%s has the datestamp %v, the import %v", id, rec.Datestamp, r.Datestamp)
					}
				}
			}
			if want := r.Created + r.Changed + r.Deleted + r.Restored; moved != want {
				t.Errorf("%d records have a new datestamp, want %d", moved, want)
			}
			sound(t, s)
			if again := load(t, s, tt.now); again.Created+again.Changed+again.Deleted+again.Restored > 0 {
				t.Errorf("a second import changes %v", counts(again))
			}
		})
	}
}

// snapshot is everything that a harvester sees.
func snapshot(t testing.TB, s *Store) map[string]oaipmh.Record[model.Record] {
	t.Helper()
	all := map[string]oaipmh.Record[model.Record]{}
	for rec, err := range s.Records(t.Context(), oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			t.Fatal(err)
		}
		all[rec.Identifier] = rec
	}
	return all
}

// sound fails if the store is not.
func sound(t testing.TB, s *Store) {
	t.Helper()
	if _, err := s.Verify(t.Context(), func(problem error) { t.Error(problem) }); err != nil {
		t.Error(err)
	}
}

// What one file says of an agent holds for the outputs of another one, in
// whichever order they come.
func TestImportJudgesByAllHeadings(t *testing.T) {
	first := with(small("ab"), func(c *model.Catalogue) { c.Groups = c.Groups[:1] })
	second := with(small("A"), func(c *model.Catalogue) {
		c.Groups, c.Agents = c.Groups[1:], []model.Agent{{ID: "x", Kind: model.Person, Name: "Xylo Xavier"}, c.Agents[1]}
	})
	s := open(t, "", Options{})
	load(t, s, small("abA"))
	if got, want := counts(load(t, s, first, second)), [5]int{0, 2, 0, 0, 1}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	sound(t, s)
}

// What an agent is a part of is served with its records, however far up.
func TestImportFollowsAgentsToTheTop(t *testing.T) {
	ministry := func(name string) *model.Catalogue {
		return with(small("abA"), func(c *model.Catalogue) {
			c.Agents[0].Affiliations = []model.Agent{{ID: "lab"}}
			c.Agents = append(c.Agents,
				model.Agent{ID: "lab", Kind: model.Organisation, Name: "Labo", PartOf: model.Wholes{{ID: "university"}}},
				model.Agent{ID: "university", Kind: model.Organisation, Name: "Université", PartOf: model.Wholes{{ID: "ministry"}, {ID: "lab"}}},
				model.Agent{ID: "ministry", Kind: model.Organisation, Name: name})
		})
	}
	s := open(t, "", Options{})
	load(t, s, ministry("Ministère"))
	if got, want := counts(load(t, s, ministry("Ministère de la Recherche"))), [5]int{0, 2, 0, 0, 1}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	sound(t, s)
}

func TestImportFromAnySource(t *testing.T) { testAnySource(t, "") }

// A file system takes names that a database does not.
func testAnySource(t *testing.T, address string) {
	s := open(t, address, Options{})
	if _, err := s.Import(t.Context(), ImportOptions{Source: "caf\xe9\x00.json"}, streamOf(t, small("a"))); err != nil {
		t.Fatal(err)
	}
	if list, err := s.History(t.Context(), "low-a"); err != nil || list[0].Source != "caf\uFFFD.json" {
		t.Errorf("got %+v, %v", list, err)
	}
	if n, err := s.Live(t.Context(), "caf\xe9\x00"); n != 0 || err != nil {
		t.Errorf("%d records are in a set that is no text: %v", n, err)
	}
}

func TestImportBringsBack(t *testing.T) {
	s := open(t, "", Options{})
	load(t, s, small("abA"))
	load(t, s, small("bA"))
	gone, err := s.Record(t.Context(), "oai:small.example.org:low-a")
	if err != nil || !gone.Deleted || !slices.Contains(gone.Sets, "gtnum:a") {
		t.Errorf("a missing record is %+v, %v; want a tombstone in its sets", gone.Header, err)
	}
	if got := counts(load(t, s, small("abA"))); got != [5]int{0, 0, 0, 1, 2} {
		t.Errorf("bringing it back: %v", got)
	}
	back, err := s.Record(t.Context(), "oai:small.example.org:low-a")
	if err != nil || back.Deleted || back.Value.Output.Title.String() != "Titre a" {
		t.Errorf("it comes back as %+v, %v", back, err)
	}
	sound(t, s)
}

func TestImportOfPartsOfACatalogue(t *testing.T) {
	a := with(small("ab"), func(c *model.Catalogue) { c.Groups = c.Groups[:1] })
	b := with(small("AB"), func(c *model.Catalogue) { c.Groups = c.Groups[1:] })
	s := open(t, "", Options{})
	if got := counts(load(t, s, a, b)); got != [5]int{4, 0, 0, 0, 0} {
		t.Errorf("both files at once: %v", got)
	}
	if got := counts(load(t, s, b)); got != [5]int{0, 0, 0, 0, 2} {
		t.Errorf("one file again: %v", got)
	}
	if got := counts(load(t, s, a, b)); got != [5]int{0, 0, 0, 0, 4} {
		t.Errorf("both again: %v", got)
	}
	cats, err := s.Catalogues(t.Context())
	if err != nil || len(cats) != 1 || len(cats[0].Groups) != 2 {
		t.Errorf("the heading lacks a group: %v", err)
	}
	sound(t, s)
}

// An output that is put into a group does not make its file speak for all that
// have none; one that has none does.
func TestImportOfOutputsWithoutGroup(t *testing.T) {
	flat := func(c *model.Catalogue) {
		for i := range c.Outputs {
			c.Outputs[i].Group = ""
		}
	}
	for name, tt := range map[string]struct {
		now  *model.Catalogue
		want [5]int
	}{
		"one that is put into a group":  {small("a"), [5]int{0, 1, 0, 0, 0}},
		"one that stays without":        {with(small("a"), flat), [5]int{0, 0, 1, 0, 1}},
		"one that stays, and is mended": {with(with(small("a"), flat), func(c *model.Catalogue) { c.Outputs[0].Title = model.NewText("fr", "Neuf") }), [5]int{0, 1, 1, 0, 0}},
		"a new one":                     {with(small("c"), flat), [5]int{1, 0, 2, 0, 0}},
		"a heading without groups":      {with(with(small(""), flat), func(c *model.Catalogue) { c.Groups = nil }), [5]int{0, 0, 2, 0, 0}},
		"a heading with groups":         {small(""), [5]int{}},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, "", Options{})
			load(t, s, with(small("ab"), flat))
			if got := counts(load(t, s, tt.now)); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			sound(t, s)
		})
	}
}

func TestImportOfTheSameInOtherWords(t *testing.T) {
	cat := small("abA")
	cat.Outputs[0].Abstract = model.Text{{Lang: language.French, Value: "Résumé <b> & \"c\""}}
	var indented, yaml bytes.Buffer
	if err := errors.Join(cat.WriteJSON(&indented), cat.WriteYAML(&yaml)); err != nil {
		t.Fatal(err)
	}
	compact := strings.NewReplacer("\n", "", "  ", "").Replace(indented.String())
	escaped := strings.ReplaceAll(indented.String(), "é", `\u00e9`)
	s := open(t, "", Options{})
	load(t, s, cat)
	for name, text := range map[string]string{"compact.json": compact, "escaped.json": escaped, "file.yaml": yaml.String(), "indented.json": indented.String()} {
		stream, err := model.NewStream(strings.NewReader(text), name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Import(t.Context(), ImportOptions{}, stream)
		if err != nil || r.Unchanged != 3 {
			t.Errorf("%s: %v, %v", name, counts(r), err)
		}
		sound(t, s)
	}
}

func TestImportRefusesWhole(t *testing.T) {
	second := func(c *model.Catalogue) { c.ID, c.Agents, c.Groups = "second", nil, nil }
	tests := map[string]struct {
		cats []*model.Catalogue
		want []string // in the error
	}{
		"an id twice":                     {[]*model.Catalogue{with(small("dbce"), func(c *model.Catalogue) { c.Outputs[3].ID = "low-d" })}, []string{`two outputs have the id "low-d"`}},
		"an id of the store twice":        {[]*model.Catalogue{with(small("abc"), func(c *model.Catalogue) { c.Outputs[2].ID = "low-a" })}, []string{`two outputs have the id "low-a"`}},
		"an id twice in two files":        {[]*model.Catalogue{small("ad"), small("db")}, []string{`two outputs have the id "low-d"`}},
		"an id of the store in two files": {[]*model.Catalogue{small("ab"), small("ac")}, []string{`two outputs have the id "low-a"`}},
		"two headings of one catalogue":   {[]*model.Catalogue{small("ab"), with(small("A"), func(c *model.Catalogue) { c.Title = model.NewText("fr", "Autre") })}, []string{`title: the heading of catalogue "small" says here otherwise than in small.json`}},
		"an output of another catalogue":  {[]*model.Catalogue{with(with(small("a"), second), func(c *model.Catalogue) { c.Outputs[0].Group, c.Outputs[0].Contributions = "", nil })}, []string{`one of catalogue small already`}},
		"another domain":                  {[]*model.Catalogue{with(small("a"), func(c *model.Catalogue) { c.Base = "https://other.example.org/" })}, []string{"of other.example.org, but the store is of small.example.org"}},
		"several problems are all told": {[]*model.Catalogue{with(small("abc"), func(c *model.Catalogue) {
			c.Outputs[0].Kind, c.Outputs[2].Contributions[0].Agent.ID = "nonsense", "nobody"
		})}, []string{"nonsense", "nobody"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t, "", Options{})
			load(t, s, small("abA"))
			before := snapshot(t, s)
			var streams []*model.Stream
			for _, cat := range tt.cats {
				streams = append(streams, streamOf(t, cat))
			}
			r, err := s.Import(t.Context(), ImportOptions{}, streams...)
			if err == nil {
				t.Fatalf("it is imported: %v", counts(r))
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error %q lacks %q", err, want)
				}
			}
			if fr := say.In(err, language.French); strings.Contains(fr, "catalogue ") && !strings.Contains(fr, "\u00a0") {
				t.Errorf("French: %q", fr)
			}
			if !reflect.DeepEqual(snapshot(t, s), before) {
				t.Error("the store is not as it was")
			}
			sound(t, s)
		})
	}
}

func TestDryRunTellsAndUndoes(t *testing.T) {
	s := open(t, "", Options{})
	load(t, s, small("abcA"))
	load(t, s, small("acA"))
	before := snapshot(t, s)
	now := with(small("abdA"), func(c *model.Catalogue) { c.Outputs[0].Title = model.NewText("fr", "Neuf") })
	var told []string
	opts := ImportOptions{DryRun: true, Changed: func(c Change) { told = append(told, fmt.Sprint(c.Kind, " ", c.ID, " ", c.Fields)) }}
	if _, err := s.Import(t.Context(), opts, streamOf(t, now)); err != nil {
		t.Fatal(err)
	}
	want := []string{"changed low-a [title]", "restored low-b []", "created low-d []", "deleted low-c []"}
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	if !reflect.DeepEqual(snapshot(t, s), before) {
		t.Error("the store is not as it was")
	}
	if got := counts(load(t, s, now)); got != [5]int{1, 1, 1, 1, 1} {
		t.Errorf("then the import itself: %v", got)
	}
}

func TestImportThatIsCancelledChangesNothing(t *testing.T) {
	s := open(t, "", Options{})
	load(t, s, small("ab"))
	before := snapshot(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := s.Import(ctx, ImportOptions{Progress: func(int) { cancel() }}, streamOf(t, small("bcdef")))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if !reflect.DeepEqual(snapshot(t, s), before) {
		t.Error("the store is not as it was")
	}
	load(t, s, small("bcdef"))
}

// A program with another format judges records anew, those of groups that its
// import is silent of too, without telling harvesters of records that are the
// same to them.
func TestAnotherFormatIsIndexedQuietly(t *testing.T) {
	for name, tt := range map[string]struct {
		now  *model.Catalogue
		want [5]int
	}{
		"the whole": {small("abA"), [5]int{0, 0, 0, 0, 3}},
		"a part":    {with(small("A"), func(c *model.Catalogue) { c.Groups = c.Groups[1:] }), [5]int{0, 0, 0, 0, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			file := t.TempDir() + "/store.db"
			s := open(t, file, Options{})
			load(t, s, small("abA"))
			before := snapshot(t, s)
			odd := oaipmh.Format[model.Record]{Prefix: "aaa_odd", Accepts: func(r model.Record) bool { return r.Output.ID == "low-b" }}
			newer := open(t, file, Options{Formats: []oaipmh.Format[model.Record]{odd}})
			sel := oaipmh.Selection{MetadataPrefix: "aaa_odd"}
			if _, err := newer.Count(t.Context(), sel); !errors.Is(err, errors.ErrUnsupported) {
				t.Errorf("before an import, Count says %v", err)
			}
			if got := counts(load(t, newer, tt.now)); got != tt.want {
				t.Errorf("the import says %v, want %v", got, tt.want)
			}
			if n, err := newer.Count(t.Context(), sel); n != 1 || err != nil {
				t.Errorf("after it, Count says %d, %v", n, err)
			}
			for id, rec := range snapshot(t, newer) {
				if !rec.Datestamp.Equal(before[id].Datestamp) {
					t.Errorf("%s has a new datestamp", id)
				}
			}
			sound(t, newer)
		})
	}
}
