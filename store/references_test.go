package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/model"
)

// citing gives the first output of a catalogue relations to others.
func citing(cat *model.Catalogue, ids ...string) *model.Catalogue {
	return with(cat, func(c *model.Catalogue) {
		for _, id := range ids {
			c.Outputs[0].Relations = append(c.Outputs[0].Relations, model.Relation{Type: "cites", Output: id})
		}
	})
}

func TestImportLooksUpReferences(t *testing.T) {
	testReferences(t, func() string { return "" })
}

// testReferences tests stores at addresses that are new each time.
func testReferences(t *testing.T, next func() string) {
	first := func(c *model.Catalogue) { c.Groups = c.Groups[:1] }
	tests := map[string]struct {
		cats []*model.Catalogue
		lost []string // targets that are not found
	}{
		"to an output behind":                         {[]*model.Catalogue{citing(small("abA"), "low-b")}, nil},
		"to itself":                                   {[]*model.Catalogue{citing(small("abA"), "low-a")}, nil},
		"to an output of another file":                {[]*model.Catalogue{citing(with(small("ab"), first), "up-c"), with(small("CA"), func(c *model.Catalogue) { c.Groups = c.Groups[1:] })}, nil},
		"to a record that is there and not spoken of": {[]*model.Catalogue{citing(with(small("ab"), first), "up-a")}, nil},
		"to nothing":                                  {[]*model.Catalogue{citing(small("abA"), "low-x", "low-b", "low-y")}, []string{"low-x", "low-y"}},
		"to a record that the import deletes":         {[]*model.Catalogue{citing(small("aA"), "low-b")}, []string{"low-b"}},
		"of a series that is not there":               {[]*model.Catalogue{with(small("abA"), func(c *model.Catalogue) { c.Outputs[1].Series = "low-z" })}, []string{"low-z"}},
		"of an output that is otherwise wrong":        {[]*model.Catalogue{citing(with(small("abA"), func(c *model.Catalogue) { c.Outputs[1].Kind = "nonsense" }), "low-b", "low-x")}, []string{"nonsense", "low-x"}},
	}
	for name, tt := range tests {
		check := func(t *testing.T, streams []*model.Stream) {
			s := open(t, next(), Options{})
			load(t, s, small("abA"))
			_, err := s.Import(t.Context(), ImportOptions{}, streams...)
			lines := strings.Split(fmt.Sprint(err), "\n")
			if err == nil {
				lines = nil
			}
			if len(lines) != len(tt.lost) {
				t.Fatalf("the import says %v; want %d problems", err, len(tt.lost))
			}
			for i, want := range tt.lost {
				if !strings.Contains(lines[i], `"`+want+`"`) {
					t.Errorf("%q does not name %s", lines[i], want)
				}
			}
			sound(t, s)
		}
		t.Run(name, func(t *testing.T) {
			var streams []*model.Stream
			for _, cat := range tt.cats {
				streams = append(streams, streamOf(t, cat))
			}
			check(t, streams)
		})
		t.Run(name+", in YAML", func(t *testing.T) {
			var streams []*model.Stream
			for _, cat := range tt.cats {
				var text strings.Builder
				if err := cat.WriteYAML(&text); err != nil {
					t.Fatal(err)
				}
				s, err := model.NewStream(strings.NewReader(text.String()), cat.ID+".yaml")
				if err != nil && strings.Contains(err.Error(), "nonsense") {
					return // a file with problems of its own is refused as a whole
				} else if err != nil {
					t.Fatal(err)
				}
				streams = append(streams, s)
			}
			check(t, streams)
		})
	}
}

// What was not found is told as validation tells it, with its place and what
// may be meant.
func TestReferenceToNothingIsTold(t *testing.T) {
	s := open(t, "", Options{})
	cat := citing(small("abA"), "low-bb")
	_, err := s.Import(t.Context(), ImportOptions{}, streamOf(t, cat))
	var load *model.LoadError
	if !errors.As(err, &load) {
		t.Fatalf("the import says %v", err)
	}
	var b strings.Builder
	if err := cat.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	_, err = model.Parse("small.json", []byte(b.String()))
	var whole *model.LoadError
	if !errors.As(err, &whole) {
		t.Fatalf("the file is fine: %v", err)
	}
	if got, want := load.Error(), whole.Error(); got != want || !strings.Contains(got, `did you mean "low-b"?`) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A record that is as it was is not read again, but what it refers to is
// looked up.
func TestUnchangedRecordKeepsItsReferences(t *testing.T) {
	s := open(t, "", Options{})
	load(t, s, citing(small("abA"), "low-b"))
	if got := counts(load(t, s, citing(small("abcA"), "low-b"))); got != [5]int{1, 0, 0, 0, 3} {
		t.Errorf("with one more: %v", got)
	}
	if _, err := s.Import(t.Context(), ImportOptions{}, streamOf(t, citing(small("acA"), "low-b"))); err == nil || !strings.Contains(err.Error(), "low-b") {
		t.Errorf("what it refers to is gone, and the import says %v", err)
	}
	sound(t, s)
}
