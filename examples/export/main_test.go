package main

import (
	"io"
	"os"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/dcat"
)

func TestExport(t *testing.T) {
	t.Chdir("../..")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = stdout }()
	go func() { main(); w.Close() }()
	turtle, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	datasets := 0
	for triple, err := range dcat.Decode(strings.NewReader(string(turtle)), dcat.Turtle, "https://example.org/") {
		if err != nil {
			t.Fatal(err)
		}
		if triple.Object.Value == "http://www.w3.org/ns/dcat#Dataset" {
			datasets++
		}
	}
	if datasets != 3 {
		t.Errorf("%d data sets, want 3", datasets)
	}
}
