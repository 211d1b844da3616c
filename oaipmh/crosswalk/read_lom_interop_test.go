//go:build interop

package crosswalk

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/model"
)

// The reference example of ScoLOMFR's manual, and what came through.
func TestInteropScoLOMFRReferenceExample(t *testing.T) {
	metadata, err := os.ReadFile(filepath.Join(samplesDir(), "scolomfr", "ExempleManuelReferenceScoLOMFRv3-2.xml"))
	if err != nil {
		t.Fatalf("%v: say where the samples are in GTNUM_SAMPLES", err)
	}
	out, losses := read(t, string(metadata))
	var b strings.Builder
	writeTable(&b, out, losses)
	golden(t, "scolomfr.golden", []byte(b.String()))

	c := heading() // served again, it is valid in every format
	c.Outputs = []model.Output{out}
	validate(t, c, queries())
}

// The concepts that are read by their labels are those of the schemas.
func TestInteropScoLOMFRTerms(t *testing.T) {
	enumerated := regexp.MustCompile(`<xs:enumeration value="([^"]+)"`)
	for vocabulary, concepts := range lomTerms {
		schema, err := os.ReadFile(filepath.Join(interop.Schemas(t), "scolomfr-3.2.1", "scolomfr", "vocab", "voc_"+vocabulary+".xsd"))
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, m := range enumerated.FindAllStringSubmatch(string(schema), -1) {
			want = append(want, m[1])
		}
		for _, c := range concepts {
			got = append(got, c.iri)
		}
		slices.Sort(want)
		same(t, got, want...)
	}
}
