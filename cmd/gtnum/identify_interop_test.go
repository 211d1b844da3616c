//go:build interop

package main

import (
	"testing"

	"github.com/gtnum/gtnum/internal/interop"
)

// TestInteropIdentifyIsValid: with all that a file can say.
func TestInteropIdentifyIsValid(t *testing.T) {
	base, _ := start(t, "--identify", "testdata/identify.yaml")
	_, body := get(t, base+"/oai?verb=Identify")
	interop.Run(t, interop.Tool(t, "check-oai-xsd"), write(t, "identify.xml", body))
}
