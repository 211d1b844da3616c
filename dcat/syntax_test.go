package dcat

import (
	"io"
	"strings"
	"testing"
)

func TestSyntax(t *testing.T) {
	endings := make(map[string]bool)
	for _, s := range Syntaxes() {
		if got, err := ParseSyntax(s.String()); got != s || err != nil {
			t.Errorf("ParseSyntax(%q) = %v, %v", s, got, err)
		}
		if want := s.MediaType() + "; charset=utf-8"; s.ContentType() != want {
			t.Errorf("%s: content type %q, want %q", s, s.ContentType(), want)
		}
		endings[s.Ext()] = true
	}
	for _, want := range []string{".ttl", ".rdf", ".nt", ".jsonld"} {
		if !endings[want] {
			t.Errorf("no syntax has the ending %s", want)
		}
	}
}

func TestUnknownSyntaxIsAnError(t *testing.T) {
	if _, err := ParseSyntax("n3"); err == nil || !strings.Contains(err.Error(), "turtle, rdfxml, ntriples, jsonld") {
		t.Errorf("ParseSyntax(n3): %v, want an error that names the syntaxes", err)
	}
	none := Syntax(99)
	if err := NewEncoder(io.Discard, none).Close(); err == nil {
		t.Errorf("an Encoder of %s has no error", none)
	}
	for _, err := range Decode(strings.NewReader(""), none, "") {
		if err == nil {
			t.Errorf("Decode of %s has no error", none)
		}
	}
}
