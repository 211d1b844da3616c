package main

import (
	"os"
	"path/filepath"
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

// TestReadmeCommandsRun: each call of the command in the README does what it is
// said to do, in the order of the page, in a folder of its own.
func TestReadmeCommandsRun(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	base, _ := start(t)
	catalogue, err := filepath.Abs("../../testdata/pleiades.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	n := 0
	for _, m := range regexp.MustCompile(`(?m)^    (?:\$ )?\./gtnum ([^#\n]+?)(?: +#.*)?$`).FindAllStringSubmatch(string(readme), -1) {
		args := strings.Fields(strings.NewReplacer("http://127.0.0.1:8080", base, "testdata/pleiades.yaml", catalogue).Replace(m[1]))
		if args[0] == "serve" {
			server, _ := start(t, append(args[1:], "--addr", "127.0.0.1:0")...)
			get(t, server+"/oai?verb=Identify")
		} else if status, stdout, stderr := call(t, args...); status != 0 {
			t.Errorf("./gtnum %s: status %d: %s%s", m[1], status, stdout, stderr)
		}
		n++
	}
	if n < 8 {
		t.Errorf("%d calls found in the README", n)
	}
}

// TestReadmeNamesEveryCommand: and no other.
func TestReadmeNamesEveryCommand(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, cmd := range newRoot(french).Commands() {
		if cmd.Name() != "help" && !cmd.Hidden && !strings.Contains(string(readme), "| `gtnum "+cmd.Name()) && !strings.Contains(string(readme), ", `"+cmd.Name()+"`") {
			t.Errorf("the README does not name %s", cmd.Name())
		}
	}
}
