package model_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
)

// fileOf writes a file.
func fileOf(t testing.TB, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// told are problems as a report tells them.
func told(t testing.TB, problems iter.Seq2[model.Problem, error]) (list []string) {
	t.Helper()
	for p, err := range problems {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p.String()+" "+p.Code+" "+p.Record)
	}
	return list
}

// toldWhole are the problems of a file that is read whole.
func toldWhole(t testing.TB, file string) (list []string) {
	t.Helper()
	cat, err := model.Load(file)
	var problems []model.Problem
	if load, ok := errors.AsType[*model.LoadError](err); ok {
		problems = load.Problems
	} else if err != nil {
		t.Fatal(err)
	} else {
		problems = cat.Validate()
	}
	for _, p := range problems {
		list = append(list, p.String()+" "+p.Code+" "+p.Record)
	}
	return list
}

// TestProblemsOfAStreamAreThoseOfTheCatalogue: what is told of a file that is
// read output by output is what is told of it whole, in the same order, with
// the same places.
func TestProblemsOfAStreamAreThoseOfTheCatalogue(t *testing.T) {
	var plain, pretty, filled bytes.Buffer
	cat := generate.Catalogue(generate.Options{Records: 200, Seed: 7})
	for i := range cat.Outputs { // some of everything that Validate finds
		o := &cat.Outputs[i]
		switch i % 10 {
		case 1:
			o.Title, o.Issued, o.Languages = nil, model.Date{}, nil
		case 2:
			o.URL = cat.Outputs[i-1].URL
		case 3:
			o.Access, o.Licence, o.Abstract = "", "https://example.org/l", nil
		case 4:
			o.Title, o.Rights = model.NewText("und", "plan.pdf"), model.NewText("und", "x")
		case 5:
			o.Files = append(o.Files, model.File{URL: "https://example.org/x", MediaType: "pdf", Size: -1})
		case 6:
			o.Status = model.Withdrawn
		}
	}
	if err := cat.WriteJSON(&plain); err != nil {
		t.Fatal(err)
	}
	if err := json.Indent(&pretty, plain.Bytes(), "", "\t"); err != nil {
		t.Fatal(err)
	}
	if err := full().WriteJSON(&filled); err != nil {
		t.Fatal(err)
	}
	const head = `{"id": "x", "base": "https://example.org/", "title": "x", "modified": "2023", "contacts": [{"name": "nobody"}], "outputs": [`
	for name, test := range map[string]struct {
		file, text string
		steps      bool // tells the same where it counts as large
	}{
		"generated":                             {"c.json", plain.String(), true},
		"indented":                              {"c.json", pretty.String(), true},
		"every field filled":                    {"c.json", filled.String(), true},
		"YAML":                                  {"c.yaml", "id: x\nbase: https://example.org/\ntitle: x\nmodified: 2023\noutputs: [{id: a, kind: text}]", true},
		"outputs not last":                      {"c.json", `{"outputs": [{"id": "a", "kind": "text"}], "id": "x", "base": "https://example.org/", "title": "x", "modified": "2023"}`, true},
		"nothing":                               {"c.json", ``, true},
		"an id given twice":                     {"c.json", head + "\n{\"id\": \"a\", \"kind\": \"text\"},\n{\"id\": \"b\", \"kind\": \"text\"},\n{\"kind\": \"text\", \"id\": \"a\"}]}", true},
		"series of another kind":                {"c.json", head + `{"id": "a", "kind": "dataset", "series": "b"}, {"id": "b", "kind": "text"}, {"id": "c", "kind": "dataset-series"}, {"id": "d", "kind": "dataset", "series": "c"}]}`, true},
		"characters for no XML":                 {"c.json", head + "{\"id\": \"a\", \"kind\": \"text\", \"version\": \"\ufffe\"}, {\"id\": \"b\", \"kind\": \"text\", \"version\": \"\ufffd\"}]}", true},
		"empty items":                           {"c.json", head + `{"id": "a", "kind": "text", "themes": [""]}, {"id": "b", "kind": "text", "contacts": [""]}]}`, true},
		"half a character":                      {"c.json", head + `{"id": "a", "kind": "text", "title": "\ud83d "}]}`, false},
		"references":                            {"c.json", head + `{"id": "a", "kind": "text", "series": "serie", "relations": [{"type": "cites", "output": "z"}]}, {"id": "series", "kind": "dataset-series"}, {"id": "c", "kind": "text", "relations": [{"type": "cites", "output": "zz"}]}, {"id": "zz", "kind": "text"}]}`, true},
		"references of outputs that come first": {"c.json", `{"outputs": [{"id": "a", "kind": "text", "relations": [{"type": "cites", "output": "c"}], "series": "b"}], "id": "x", "base": "https://example.org/", "title": "x", "modified": "2023"}`, true},
		"an output of no kind":                  {"c.json", head + `{"id": "a"}, {"id": "b", "kind": "txt", "knid": 1}]}`, true},
		"a broken heading":                      {"c.json", strings.Replace(head, `"x"`, `5, "y": 1`, 1) + `{"id": "a"}]}`, false},
		"a broken output":                       {"c.json", head + `{"id": "a", "kind": "text"}, {"id": ]}`, false},
		"a broken end":                          {"c.json", head + `{"id": "a", "kind": "text"}`, false},
		"something behind":                      {"c.json", head + `{"id": "a", "kind": "text"}]} x`, false},
		"a key behind":                          {"c.json", head + `{"id": "a", "kind": "text"}], "homepage": "https://example.org/"}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			file := fileOf(t, test.file, []byte(test.text))
			want := toldWhole(t, file)
			if diff := cmp.Diff(want, told(t, model.Problems(file))); diff != "" {
				t.Errorf("-whole +stream:\n%s", diff)
			}
			steps := told(t, model.ProblemsInSteps(file))
			if diff := cmp.Diff(want, steps); diff != "" && test.steps {
				t.Errorf("-whole +in steps:\n%s", diff)
			}
			if len(want) > 0 && len(steps) == 0 {
				t.Error("in steps nothing is told")
			}
		})
	}
	if _, err := os.Stat("none.json"); err == nil {
		t.Fatal("none.json exists")
	}
	for _, err := range model.Problems("none.json") {
		if !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a file that is not there: %v", err)
		}
	}
	for range model.Problems(fileOf(t, "c.json", plain.Bytes())) {
		break // which ends the sequence without a word
	}
}

// TestProblemsOfSeveralFiles: an id that two files share is told at the second,
// and a file that is not there hides none of the others.
func TestProblemsOfSeveralFiles(t *testing.T) {
	const head = "{\"id\": \"x\", \"base\": \"https://example.org/\", \"title\": {\"fr\": \"x\"}, \"modified\": \"2023\", \"outputs\": [\n"
	first := fileOf(t, "a.json", []byte(head+`{"id": "a", "kind": "text", "status": "withdrawn"}]}`))
	second := fileOf(t, "b.json", []byte(head+"{\"id\": \"b\", \"kind\": \"text\", \"status\": \"withdrawn\"},\n{\"id\": \"a\", \"kind\": \"text\", \"status\": \"withdrawn\"}]}"))
	third := fileOf(t, "c.yaml", []byte(heading+"outputs:\n- {kind: text, status: withdrawn, id: b}\n"))
	for name, problems := range map[string]iter.Seq2[model.Problem, error]{
		"whole":    model.Problems(first, "none.yaml", second, third),
		"in steps": model.ProblemsInSteps(first, "none.yaml", second, third),
	} {
		var got []string
		for p, err := range problems {
			if err != nil {
				got = append(got, "error")
				continue
			}
			got = append(got, fmt.Sprintf("%s:%d:%d %s %s", filepath.Base(p.File), p.Line, p.Column, p.Code, p.Message.In(language.French)))
		}
		want := []string{"error",
			"b.json:3:8 shared-id l’identifiant « a » est déjà pris (" + first + ":2)",
			"c.yaml:6:39 shared-id l’identifiant « b » est déjà pris (" + second + ":2)"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestProblemsOfTwoHeadings: those of one catalogue say the same, but for
// their groups, agents and dates.
func TestProblemsOfTwoHeadings(t *testing.T) {
	const head = "{\"id\": \"x\", \"base\": \"https://example.org/\", \"title\": {\"fr\": \"X\"},\n"
	first := fileOf(t, "a.json", []byte(head+`"modified": "2023", "licence": "etalab-2.0", "agents": [{"id": "a", "kind": "person", "name": "A"}], "groups": [{"id": "g", "title": {"fr": "G"}}], "outputs": []}`))
	same := fileOf(t, "b.json", []byte(head+`"modified": "2024", "licence": "etalab-2.0", "agents": [{"id": "b", "kind": "person", "name": "B"}, {"id": "a", "kind": "person", "name": "A"}], "groups": [{"id": "h", "title": {"fr": "H"}}], "outputs": []}`))
	other := fileOf(t, "c.json", []byte(head+"\"modified\": \"2024\",\n\"publisher\": {\"name\": \"P\"},\n\"agents\": [{\"id\": \"b\", \"kind\": \"person\", \"name\": \"C\"}], \"outputs\": []}"))
	yaml := fileOf(t, "d.yaml", []byte("id: x\nbase: https://elsewhere.example.org/\ntitle: {fr: Another}\nmodified: 2024\n"))
	for name, problems := range map[string]iter.Seq2[model.Problem, error]{
		"whole":    model.Problems(first, same, other, yaml),
		"in steps": model.ProblemsInSteps(first, same, other, yaml),
	} {
		var got []string
		for p, err := range problems {
			if err != nil {
				t.Fatal(err)
			}
			if p.Severity == model.Error {
				got = append(got, fmt.Sprintf("%s:%d:%d %s %s", filepath.Base(p.File), p.Line, p.Column, p.Path, p.Message.In(language.English)))
			}
		}
		want := []string{
			`c.json:1:1 licence the heading of catalogue "x" says here otherwise than in ` + first,
			`c.json:3:14 publisher the heading of catalogue "x" says here otherwise than in ` + first,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestProblemsTakeLittleMemory: read whole, a file takes forty times its size.
func TestProblemsTakeLittleMemory(t *testing.T) {
	var data bytes.Buffer
	if err := generate.Catalogue(generate.Options{Records: 1000, Seed: 7}).WriteJSON(&data); err != nil {
		t.Fatal(err)
	}
	size := uint64(data.Len())
	file := fileOf(t, "c.json", data.Bytes())
	data = bytes.Buffer{}
	live := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, most, n := live(), uint64(0), 0
	for p := range model.Problems(file) {
		if p.Severity == model.Error {
			t.Fatal(p)
		}
		if n++; n%50 == 0 {
			most = max(most, live())
		}
	}
	if n < 200 || most > before+4*size {
		t.Errorf("%d bytes live with %d problems of a file of %d bytes, %d before", most, n, size, before)
	}
}
