//go:build interop

package interop

import (
	"os"
	"path/filepath"
	"testing"
)

// DCTermsSchemas returns a folder of the schemas with all of the DCMI terms in place of OpenAIRE's copy, which holds the one
// term that OpenAIRE uses: what validates oai_dcterms.
func DCTermsSchemas(t testing.TB) string {
	t.Helper()
	schemas, dir := Schemas(t), t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "openaire-4"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"*", "openaire-4/*"} {
		files, err := filepath.Glob(filepath.Join(schemas, pattern))
		if err != nil || files == nil {
			t.Fatalf("no schemas in %s: %v", schemas, err)
		}
		for _, file := range files {
			name, _ := filepath.Rel(schemas, file)
			if name == "openaire-4" {
				continue
			}
			if filepath.Base(name) == "dcterms.xsd" {
				file = filepath.Join(root(t), "oaipmh", "crosswalk", "testdata", "dcterms.xsd")
			}
			if err := os.Symlink(file, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}
