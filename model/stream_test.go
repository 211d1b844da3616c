package model_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
)

// streamed reads a file as a stream.
func streamed(name, text string) (cat *model.Catalogue, problems []string, err error) {
	s, err := model.NewStream(strings.NewReader(text), name)
	if err != nil {
		return nil, nil, err
	}
	cat = s.Catalogue()
	for o, err := range s.Outputs() {
		var load *model.LoadError
		switch {
		case errors.As(err, &load):
			for _, p := range load.Problems {
				problems = append(problems, p.String())
			}
		case err != nil:
			return nil, nil, err
		default:
			cat.Outputs = append(cat.Outputs, *o)
		}
	}
	return cat, problems, nil
}

func TestAStreamIsTheCatalogue(t *testing.T) {
	var generated, filled, yaml bytes.Buffer
	if err := generate.Catalogue(generate.Options{Records: 300, Seed: 7}).WriteJSON(&generated); err != nil {
		t.Fatal(err)
	}
	if err := full().WriteJSON(&filled); err != nil {
		t.Fatal(err)
	}
	if err := full().WriteYAML(&yaml); err != nil {
		t.Fatal(err)
	}
	const unordered = `{"outputs": [{"id": "a", "kind": "text"}], "id": "x", "base": "https://example.org/", "title": "x", "modified": "2023"}`
	for name, test := range map[string]struct{ file, text string }{
		"generated":          {"c.json", generated.String()},
		"every field filled": {"c.json", filled.String()},
		"YAML":               {"c.yaml", yaml.String()},
		"outputs not last":   {"c.json", unordered},
		"what the fast way leaves to the other": {"c.json", `{"id": "x", "base": "https://example.org/", "title": "x", "modified": "2023", "outputs": [
			{"id": "a", "kind": "text", "version": 2, "url": "https://example.org/?utm_source=x#.Z", "licence": "https://creativecommons.org/licenses/by/4.0/deed.fr"},
			{"id": "b", "kind": "text", "title": {"fr": "e\u0301t\u00e9"}, "contributions": [{"role": "author", "agent": {"name": "A", "affiliations": [{"name": "B"}]}}]}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			want, err := model.Parse(test.file, []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			got, problems, err := streamed(test.file, test.text)
			if err != nil || len(problems) > 0 {
				t.Fatal(err, problems)
			}
			if diff := cmp.Diff(want, got, exact); diff != "" {
				t.Errorf("(-loaded +streamed):\n%s", diff)
			}
		})
	}
}

const streamHead = `{"id": "x", "base": "https://example.org/",
 "title": "x", "modified": "2023", "groups": [{"id": "g", "title": "G", "axes": [{"id": "x", "title": "X"}]}],
 "outputs": [
`

// TestABadRecordHidesNoGoodOne: what is wrong has the place that Load tells,
// and the others come.
func TestABadRecordHidesNoGoodOne(t *testing.T) {
	text := streamHead + `  {"id": "a", "kind": "text"},
  {"id": "b", "kind": "artcle", "titel": 1,
   "issued": "May"}, {"id": "é", "kind": "text", "group": "h"},
  {"id": "c", "kind": "text", "group": "g", "axes": ["y"], "relations": [{"type": "cites"}]},
  {"id": "d", "kind": "text", "publisher": "nobody", "url": "nowhere", "abstract": {"fr": " "}},
  {"id": "e", "kind": "text"}
]}`
	cat, problems, err := streamed("c.json", text)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, o := range cat.Outputs {
		ids = append(ids, o.ID)
	}
	if diff := cmp.Diff([]string{"a", "e"}, ids); diff != "" {
		t.Errorf("good records (-want +got):\n%s", diff)
	}
	_, err = model.Parse("c.json", []byte(text))
	if err == nil {
		t.Fatal("Load takes it")
	}
	if diff := cmp.Diff(strings.Split(err.Error(), "\n"), problems); diff != "" {
		t.Errorf("problems (-Load +stream):\n%s", diff)
	}
}

func TestAStreamThatBreaks(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"cut off in a record":  {streamHead + `{"id": "a", "kind": "text"}, {"id": "b`, "c.json:4:"},
		"cut off between":      {streamHead + `{"id": "a", "kind": "text"}`, "ends too early"},
		"no JSON in a record":  {streamHead + `{"id": "a", "kind": "text"}, {id}]}`, "invalid character"},
		"a key behind outputs": {streamHead + `{"id": "a", "kind": "text"}], "licence": "MIT"}`, "no key follows theirs"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems, err := streamed("c.json", test.text)
			if err != nil || len(problems) != 1 || !strings.Contains(problems[0], test.want) {
				t.Errorf("got %v and %q, want a problem with %q", err, problems, test.want)
			}
		})
	}
	if _, _, err := streamed("c.json", `{"id": "é", "outputs": []}`); err == nil {
		t.Error("a broken heading was taken")
	}
	if _, err := model.OpenStream(filepath.Join(t.TempDir(), "none.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

func BenchmarkStream(b *testing.B) {
	var text bytes.Buffer
	if err := generate.Catalogue(generate.Options{Records: 1000, Seed: 1}).WriteJSON(&text); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		s, err := model.NewStream(bytes.NewReader(text.Bytes()), "c.json")
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range s.Outputs() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/record")
}
