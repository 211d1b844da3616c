//go:build interop

package dcat

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/internal/interop"
)

// randomFiles writes random graphs in a syntax, and returns what they hold by
// the name of the file.
func randomFiles(t *testing.T, s Syntax) (files []string, want map[string][]Triple) {
	t.Helper()
	dir := t.TempDir()
	want = make(map[string][]Triple)
	for seed := range uint64(100) {
		nodes, triples := randomGraph(seed)
		file := filepath.Join(dir, fmt.Sprint(seed)+s.Ext())
		if err := os.WriteFile(file, encode(t, s, nodes), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		want[file] = triples
	}
	return files, want
}

// theirs reads what a reader of others made of a file.
func theirs(t *testing.T, ntriples string) []Triple {
	t.Helper()
	return collect(t, Decode(strings.NewReader(ntriples), NTriples, ""))
}

// TestInteropOthersReadTheSame has random graphs read by programs that are not ours:
// rdflib; N3.js, rdfxml-streaming-parser and jsonld.js; raptor.
func TestInteropOthersReadTheSame(t *testing.T) {
	readers := map[string]func(files []string){
		"rdflib": func(files []string) {
			interop.Run(t, interop.Python(t, "peers"), append([]string{"testdata/interop/rdflib_read.py"}, files...)...)
		},
		"node": func(files []string) {
			interop.Run(t, interop.Node(t), append([]string{"testdata/interop/node_read.cjs"}, files...)...)
		},
	}
	for _, s := range Syntaxes() {
		for name, read := range readers {
			t.Run(fmt.Sprint(name, "/", s), func(t *testing.T) {
				files, want := randomFiles(t, s)
				read(files)
				for _, file := range files {
					out, err := os.ReadFile(file + "." + name + ".nt")
					if err != nil {
						t.Fatal(err)
					}
					t.Run(filepath.Base(file), func(t *testing.T) { sameGraph(t, want[file], theirs(t, string(out))) })
				}
			})
		}
	}
}

// TestInteropRaptorReadsTheSame does so with raptor, which has no JSON-LD.
func TestInteropRaptorReadsTheSame(t *testing.T) {
	for s, name := range map[Syntax]string{Turtle: "turtle", NTriples: "ntriples", RDFXML: "rdfxml"} {
		files, want := randomFiles(t, s)
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) {
				sameGraph(t, want[file], theirs(t, interop.Run(t, interop.Tool(t, "rapper"), "-q", "-i", name, "-o", "ntriples", file)))
			})
		}
	}
}

// TestInteropCheckSameGraph runs the checker that compares files of all syntaxes.
func TestInteropCheckSameGraph(t *testing.T) {
	for seed := range uint64(10) {
		nodes, triples := randomGraph(seed)
		if len(triples) == 0 {
			continue
		}
		var files []string
		for _, s := range Syntaxes() {
			file := filepath.Join(t.TempDir(), fmt.Sprint(seed)+s.Ext())
			if err := os.WriteFile(file, encode(t, s, nodes), 0o644); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) { interop.Run(t, interop.Tool(t, "check-same-graph"), files...) })
	}
}
