package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/model"
)

// A stream's links and their problems are those that a file read whole has.
func TestReferencesAreWhatReadingWholeLooksUp(t *testing.T) {
	const file = `{
  "id": "c", "base": "https://c.example.org/", "title": "C", "modified": "2026-01-01",
  "outputs": [
    {"id": "one", "kind": "text", "title": {"fr": "\"output\": \"nothing\""}},
    {
      "id": "two", "kind": "text", "series": "nothing",
      "relations": [{"type": "cites", "output": "one"}, {"type": "cites",
        "output":
          "thre"}, {"type": "cites", "url": "https://example.org/"}]
    },
    {"id":"three","kind":"text","relations":[{"type":"cites","output":"nothing-else"}],"series":"one"}
  ]
}`
	for _, name := range []string{"c.json", "c.yaml"} { // what is JSON is YAML
		t.Run(name, func(t *testing.T) { testReferencesOf(t, name, file) })
	}
}

func testReferencesOf(t *testing.T, name, file string) {
	_, err := model.Parse(name, []byte(file))
	whole, ok := err.(*model.LoadError)
	if !ok {
		t.Fatal(err)
	}
	s, err := model.NewStream(strings.NewReader(file), name)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"one", "two", "three"}
	var problems []string
	for raw, err := range s.Raw() {
		if err != nil {
			t.Fatal(err)
		}
		o, _, err := raw.Read()
		if err != nil {
			t.Fatal(err)
		}
		links := raw.References(o)
		if len(links) > 0 && !raw.MayRefer() {
			t.Errorf("%s may not refer, but does", o.ID)
		}
		for _, l := range links {
			if !slices.Contains(ids, l.Target) {
				problems = append(problems, l.Dangling(ids).String())
			}
		}
	}
	var want []string
	for _, p := range whole.Problems {
		want = append(want, p.String())
	}
	if len(want) != 3 || !slices.Equal(problems, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(problems, "\n"), strings.Join(want, "\n"))
	}
}
