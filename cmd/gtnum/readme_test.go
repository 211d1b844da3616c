package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeIsTrue: what the README shows is what a reader gets.
func TestReadmeIsTrue(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	base, _ := start(t)
	_, oai := get(t, base+"/oai?verb=ListRecords&metadataPrefix=oai_dc")
	_, turtle := get(t, base+"/catalog.ttl")
	_, report, _ := call(t, "validate", "--lang", "fr", "../../testdata/pleiades.yaml")
	embed, err := os.ReadFile("../../examples/embed/main.go")
	if err != nil {
		t.Fatal(err)
	}
	real := map[string]string{"xml": oai, "turtle": turtle, "": strings.ReplaceAll(report, "../../", ""), "go": string(embed)}
	seen := map[string]bool{}
	for _, block := range regexp.MustCompile("(?s)```([a-z]*)\n(.*?)\n```").FindAllStringSubmatch(string(readme), -1) {
		language, text := block[1], block[2]
		seen[language] = true
		if !strings.Contains(real[language], text) {
			t.Errorf("the README shows, and the program does not:\n%s", text)
		}
	}
	if len(seen) != len(real) {
		t.Errorf("the README has blocks of %v, want of each of %d", seen, len(real))
	}
}
