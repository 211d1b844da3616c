package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

const guideFile = "../../LISEZMOI.md"

// TestGuideListsWhatCanBeWritten: the lists of the guide for those who keep a
// catalogue are those of the model.
func TestGuideListsWhatCanBeWritten(t *testing.T) {
	data, err := os.ReadFile(guideFile)
	if err != nil {
		t.Fatal(err)
	}
	got := string(data)
	want := got
	for name, list := range map[string]string{
		"champs":   outputFields(t),
		"natures":  inline(model.Kinds(), func(k model.KindInfo) (string, string) { return string(k.Kind), k.French }),
		"rôles":    inline(model.Roles(), func(r model.RoleInfo) (string, string) { return string(r.Role), r.French }),
		"accès":    inline(model.Accesses(), func(a model.AccessInfo) (string, string) { return string(a.Access), a.French }),
		"rythmes":  inline(model.Frequencies(), func(f model.FrequencyInfo) (string, string) { return string(f.Frequency), f.French }),
		"licences": inline(model.Licences(), func(l model.LicenceInfo) (string, string) { return string(l.SPDX), l.French }),
		"liens":    inline(model.RelationTypes(), func(r model.RelationInfo) (string, string) { return string(r.Type), r.French }),
	} {
		place := regexp.MustCompile(`(?s)(<!-- fait par go test \./cmd/gtnum -update : ` + name + ` -->\n).*?(<!-- fin -->)`)
		if !place.MatchString(want) {
			t.Errorf("the guide has no place for %s", name)
		}
		want = place.ReplaceAllStringFunc(want, func(s string) string {
			m := place.FindStringSubmatch(s)
			return m[1] + list + "\n" + m[2]
		})
	}
	if *update {
		if err := os.WriteFile(guideFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != want {
		t.Error("the lists of LISEZMOI.md are not those of the model; go test ./cmd/gtnum -update renews them")
	}
}

// inline is a table as a paragraph of keys and labels.
func inline[T any](table []T, of func(T) (key, label string)) string {
	var items []string
	for _, row := range table {
		key, label := of(row)
		items = append(items, fmt.Sprintf("`%s` (%s)", key, label))
	}
	return strings.Join(items, ", ") + "."
}

// outputFields is the table of an output's fields, from the schema.
func outputFields(t *testing.T) string {
	var schema struct {
		Defs map[string]struct {
			Properties map[string]struct{ Description string }
			Required   []string
		} `json:"$defs"`
	}
	if err := json.Unmarshal(model.Schema(language.French), &schema); err != nil {
		t.Fatal(err)
	}
	output := schema.Defs["Output"]
	rows := []string{"| champ | |", "|---|---|"}
	var names []string
	for name := range output.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		must := ""
		if slices.Contains(output.Required, name) {
			must = " **Obligatoire.**"
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s%s |", name, output.Properties[name].Description, must))
	}
	return strings.Join(rows, "\n")
}

// TestGuideShowsACatalogueWithoutFault: what readers copy, the command finds no
// fault with, in any of its commands.
func TestGuideShowsACatalogueWithoutFault(t *testing.T) {
	guide, err := os.ReadFile(guideFile)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(guide)
	if m == nil {
		t.Fatal("the guide shows no catalogue")
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("catalogue.yaml", m[1], 0o644); err != nil {
		t.Fatal(err)
	}
	if status, stdout, stderr := call(t, "validate", "--lang", "fr", "catalogue.yaml"); status != 0 || stdout+stderr != "0 erreur(s), 0 avertissement(s), 0 note(s)\n" {
		t.Errorf("validate: status %d: %s%s", status, stdout, stderr)
	}
	for _, call := range regexp.MustCompile(`(?m)^    \./gtnum (.*)$`).FindAllSubmatch(guide, -1) {
		runGuide(t, strings.Fields(string(call[1])))
	}
	if _, err := os.Stat(filepath.Join(".", "catalogue.ttl")); err != nil {
		t.Error(err)
	}
}

// runGuide runs a call of the guide, unless it goes to the world.
func runGuide(t *testing.T, args []string) {
	switch {
	case args[0] == "serve":
		server, _ := start(t, args[1:]...)
		get(t, server+"/oai?verb=Identify")
	case args[0] == "harvest":
		if status, _, stderr := call(t, append(args, "--help")...); status != 0 {
			t.Errorf("%v: %s", args, stderr)
		}
	default:
		if status, stdout, stderr := call(t, args...); status != 0 {
			t.Errorf("%v: status %d: %s%s", args, status, stdout, stderr)
		}
	}
}
