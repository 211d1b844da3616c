//go:build interop

package crosswalk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
