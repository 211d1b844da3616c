package model_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

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
		"generated":                         {"c.json", generated.String()},
		"every field filled":                {"c.json", filled.String()},
		"YAML":                              {"c.yaml", yaml.String()},
		"outputs not last":                  {"c.json", unordered},
		"keys in the order of the alphabet": {"c.json", `{"base": "https://example.org/", "id": "x", "modified": "2023", "outputs": [{"id": "a", "kind": "text"}], "title": {"fr": "x"}}`},
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
  {"id": "e", "kind": "text", "version": "é"}, {"id": "f", "version": "é", "knid": 1}, {"id": "g", "knid": 1},
  {"id": "h", "kind": "text", "version": "\b"}, {"id": "i", "kind": "text", "version": "\u0007"}
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
	const good = streamHead + "{\"id\": \"a\", \"kind\": \"text\"}"
	line := strings.Count(streamHead, "\n") + 1
	for name, test := range map[string]struct {
		text, french string
		line, column int
	}{
		"cut off in a record":  {good + ",\n{\"id\": \"b", "le fichier s’arrête trop tôt", line + 1, 10},
		"cut off between":      {good, "le fichier s’arrête trop tôt", line, 28},
		"no key in a record":   {good + ",\n {id}]}", "« i » au lieu d’une clé entre guillemets\u00a0; une virgule est peut-être de trop", line + 1, 3},
		"no comma in a record": {good + ",\n {\"id\": \"b\" \"kind\": \"text\"}]}", "« \" » au lieu d’une virgule ou d’une accolade fermante", line + 1, 13},
		"no comma in a list":   {good + ",\n {\"id\": \"b\", \"axes\": [1 2]}]}", "« 2 » au lieu d’une virgule ou d’un crochet fermant", line + 1, 25},
		"a number":             {good + ", 3]}", "parmi les productions se trouve autre chose qu’un groupe de clés", line, 30},
		"a key behind outputs": {good + "], \"licence\": \"MIT\"}", "une clé suit les productions", line, 31},
		"something behind":     {good + "]}\n x", "quelque chose suit la dernière accolade", line + 1, 2},
		"deep":                 {good + ", {\"version\": \"é\",\n\"éx\": " + strings.Repeat("[", 120) + strings.Repeat("]", 120) + "}]}", "des valeurs s’emboîtent sur plus de 100 niveaux", line + 1, 107},
		"behind accents":       {good + ", {\"version\": \"é\", \"x\": %}]}", "« % » au lieu d’une valeur\u00a0; une virgule est peut-être de trop", line, 52},
		"a key twice":          {good + ", {\"id\": \"b\", \"id\": \"c\"}]}", "une clé est donnée deux fois", line, 42},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := model.NewStream(strings.NewReader(test.text), "c.json")
			if err != nil {
				t.Fatal(err)
			}
			var last error
			for _, last = range s.Outputs() {
			}
			load, ok := errors.AsType[*model.LoadError](last)
			if !ok || len(load.Problems) != 1 {
				t.Fatalf("got %v", last)
			}
			p := load.Problems[0]
			if want := "syntaxe illisible (" + test.french + ")"; p.Message.In(language.French) != want || p.Line != test.line || p.Column != test.column {
				t.Errorf("%d:%d: %s, want %d:%d: %s", p.Line, p.Column, p.Message.In(language.French), test.line, test.column, want)
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
