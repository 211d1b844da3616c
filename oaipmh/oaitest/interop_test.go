//go:build interop

package oaitest

import (
	"strings"
	"testing"

	"github.com/gtnum/gtnum/internal/interop"
)

// TestInteropCheckPyoai proves that Check finds the faults of a server that
// others wrote, and does not invent any in what it does right.
func TestInteropCheckPyoai(t *testing.T) {
	findings, err := Check(t.Context(), interop.Provider(t, "120", "25"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range findings {
		t.Log(f)
		all.WriteString(f.String() + "\n")
	}
	for _, want := range []string{"without completeListSize"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no finding %q", want)
		}
	}
}
