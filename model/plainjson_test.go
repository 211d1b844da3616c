package model_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
)

// exactly compares outputs to the letter.
var exactly = cmp.Options{
	cmp.Comparer(func(a, b language.Tag) bool { return a == b }),
	cmp.Comparer(func(a, b model.Date) bool { return a == b }),
}

func TestParseOutputIsUnmarshal(t *testing.T) {
	outputs := full().Outputs
	for o := range generate.Outputs(generate.Options{Records: 200, Seed: 3}) {
		outputs = append(outputs, *o)
	}
	for _, o := range outputs {
		text, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		got, err := model.ParseOutput(string(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var want model.Output
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&want, got, exactly); diff != "" {
			t.Errorf("%s: (-encoding/json +ParseOutput)\n%s", text, diff)
		}
	}
}

// FuzzParseOutput: what is read is read as encoding/json reads it.
func FuzzParseOutput(f *testing.F) {
	for o := range generate.Outputs(generate.Options{Records: 20, Seed: 3}) {
		text, err := json.Marshal(o)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, text := range []string{
		`{}`, `{"id":"a","id":"b"}`, `{"id":"a"} x`, `{"id":"a\u00e9"}`, `{"title":{"fr":"a","fr":"b"}}`, `{"title":null}`, `{"duration":"PT4M"}`,
		`{"files":[{"url":"u","size":01}]}`, `{"files":[{"url":"u","size":9223372036854775808}]}`, `{"issued":"2023-02-30"}`, `{"issued":""}`, `{"axes":[]}`, `{"x":1}`, "{\"id\":\"\n\"}", `[`, `{"id":"a",}`,
		`{"version":"\"\\\/\b\f\n\r\té"}`, `{"version":"a\x"}`, `{"version":"a\`, "{\"version\":\"a\\n\n\"}", `{"ID":"a"}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := model.ParseOutput(text)
		if err != nil || !norm.NFC.IsNormalString(text) { // encoding/json makes it so
			return
		}
		var want model.Output
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatalf("%q is read; encoding/json says %v", text, err)
		}
		if diff := cmp.Diff(&want, got, exactly); diff != "" {
			t.Errorf("%q: (-encoding/json +ParseOutput)\n%s", text, diff)
		}
	})
}

func BenchmarkParseOutput(b *testing.B) {
	var texts []string
	for o := range generate.Outputs(generate.Options{Records: 500, Seed: 3}) {
		text, err := json.Marshal(o)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := model.ParseOutput(texts[i%len(texts)]); err != nil {
			b.Fatal(err)
		}
	}
}

// Text is looked at in words of eight bytes: each place of one, and behind
// the last.
func TestParseOutputSeesControlCharacters(t *testing.T) {
	for c := range rune(0x80) {
		if c == '"' || c == '\\' {
			continue
		}
		for at := range 19 {
			id := strings.Repeat("é", 19-at) + string(c) + strings.Repeat("~", at)
			o, err := model.ParseOutput(`{"id":"` + id + `"}`)
			if wrong := c < ' '; wrong != (err != nil) || !wrong && o.ID != id {
				t.Fatalf("%q: %v", id, err)
			}
		}
	}
}

// Texts that programs write need no second reader for their quotes and lines.
func TestEscapesAreReadFast(t *testing.T) {
	s, err := model.NewStream(strings.NewReader(streamHead+`{"id":"a","kind":"text","version":"é\"\\\/\n\r\té"}]}`), "c.json")
	if err != nil {
		t.Fatal(err)
	}
	for raw, err := range s.Raw() {
		if err != nil {
			t.Fatal(err)
		}
		o, text, err := raw.Read()
		if err != nil || o.Version != "é\"\\/\n\r\té" || text == "" {
			t.Errorf("%+q, %q, %v", o.Version, text, err)
		}
	}
}
