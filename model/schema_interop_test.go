//go:build interop

package model_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/model"
)

// validate is a validator of others: it prints the path of each value that
// the schema refuses.
const validate = `
import json, sys, yaml, jsonschema
class Loader(yaml.SafeLoader): pass
Loader.yaml_implicit_resolvers = {k: [r for r in v if r[0] != 'tag:yaml.org,2002:timestamp'] for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()}
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
for error in sorted(jsonschema.Draft202012Validator(schema).iter_errors(yaml.load(open(sys.argv[2]), Loader)), key=str):
    print('/'.join(map(str, error.absolute_path)), error.message[:200])
`

// TestInteropSchema: what Load takes the published schema takes too, and what
// it refuses for its shape the schema refuses.
func TestInteropSchema(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	schemas := []string{write("schema.json", model.Schema(language.English)), write("schema.fr.json", model.Schema(language.French))}
	check := func(file string) string {
		refused := interop.Run(t, "/usr/bin/python3", "-c", validate, schemas[0], file)
		if french := interop.Run(t, "/usr/bin/python3", "-c", validate, schemas[1], file); french != refused {
			t.Errorf("the schema in French refuses of %s\n%s\nand the one in English\n%s", file, french, refused)
		}
		return refused
	}
	var filled bytes.Buffer
	if err := full().WriteYAML(&filled); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"../testdata/pleiades.yaml", write("full.yaml", filled.Bytes())} {
		if refused := check(file); refused != "" {
			t.Errorf("the schema refuses %s:\n%s", file, refused)
		}
	}
	broken := check("../cmd/gtnum/testdata/broken.yaml")
	for _, want := range []string{"outputs/0/kind", "outputs/0 Additional properties", "'titel' was unexpected", "outputs/1/files"} {
		if !strings.Contains(broken, want) {
			t.Errorf("the schema does not tell of %s:\n%s", want, broken)
		}
	}
}
