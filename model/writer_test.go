package model_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
)

// generated is a catalogue like real ones.
func generated(n int) *model.Catalogue {
	opts := generate.Options{Records: n, Seed: 1}
	cat := generate.Heading(opts)
	for o := range generate.Outputs(opts) {
		cat.Outputs = append(cat.Outputs, *o)
	}
	return cat
}

func writeAll(t *testing.T, name string, cat *model.Catalogue) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := model.NewWriter(&b, name, cat)
	if err != nil {
		t.Fatal(err)
	}
	for i := range cat.Outputs {
		if err := w.Write(&cat.Outputs[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWriterWritesWhatWriteYAMLDoes(t *testing.T) {
	cat := generated(200)
	cat.Outputs[0].Abstract = model.NewText("fr", "Un résumé\n\n  de plusieurs lignes,\ndont une en retrait")
	cat.Outputs[1].Abstract = model.NewText("fr", "  en retrait\nd’abord, "+strings.Repeat("puis long ", 30))
	var want bytes.Buffer
	if err := cat.WriteYAML(&want); err != nil {
		t.Fatal(err)
	}
	got := writeAll(t, "c.yaml", cat)
	if diff := cmp.Diff(want.String(), string(got)); diff != "" {
		t.Errorf("(-WriteYAML +Writer):\n%s", diff)
	}
}

func TestWhatAWriterWritesStreamsBack(t *testing.T) {
	for _, name := range []string{"c.json", "c.yaml"} {
		for _, n := range []int{0, 1, 100} {
			cat := generated(n)
			s, err := model.NewStream(bytes.NewReader(writeAll(t, name, cat)), name)
			if err != nil {
				t.Fatalf("%s of %d: %v", name, n, err)
			}
			i := 0
			for o, err := range s.Outputs() {
				if err != nil || o.ID != cat.Outputs[i].ID || o.Title.String() != cat.Outputs[i].Title.String() {
					t.Fatalf("%s of %d, output %d: %v %v", name, n, i, o, err)
				}
				i++
			}
			if i != n {
				t.Errorf("%s: %d outputs, want %d", name, i, n)
			}
		}
	}
}

func TestWriterRefusesWhatNoReaderTakes(t *testing.T) {
	var b bytes.Buffer
	w, err := model.NewWriter(&b, "c.json", &model.Catalogue{ID: "c"})
	if err != nil {
		t.Fatal(err)
	}
	var load *model.LoadError
	if err := w.Write(&model.Output{ID: "a b", Kind: "article"}); !errors.As(err, &load) {
		t.Errorf("got %v, want a LoadError", err)
	}
	if err := w.Write(&model.Output{ID: "a", Kind: "other"}); err != nil {
		t.Errorf("a good output after a bad one: %v", err)
	}
	if err := w.Close(); err != nil || strings.Contains(b.String(), "a b") {
		t.Errorf("%v: %s", err, b.String())
	}
}

// TestOddTextsComeBack: blocks of YAML can hold most of what people paste.
func TestOddTextsComeBack(t *testing.T) {
	long := strings.Repeat("long ", 30)
	for _, s := range []string{
		"\ta\nb", "\n\na", "  a\n b ", "a\u2028b\nc", "\u2028" + long, "a\u0085b\nc", "a\r\nb", "\t" + long, " " + long, long + "\u2029a", "- a\n# b\n", "a: b\n...\n---\n", "\ufeff" + long,
	} {
		cat := generated(1)
		cat.Description, cat.Outputs[0].Version = model.NewText("fr", s), s
		cat.Outputs[0].AlternativeTitles = []model.Text{model.NewText("und", s)}
		var whole bytes.Buffer
		if err := cat.WriteYAML(&whole); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string][]byte{"WriteYAML": whole.Bytes(), "Writer": writeAll(t, "c.yaml", cat)} {
			got, err := model.Parse("c.yaml", text)
			if err != nil {
				t.Errorf("%s of %q: %v", name, s, err)
				continue
			}
			if o := got.Outputs[0]; got.Description.String() != s || o.Version != s || o.AlternativeTitles[0].String() != s {
				t.Errorf("%s of %q: %q, %q, %q", name, s, got.Description, o.Version, o.AlternativeTitles)
			}
		}
	}
}
