package dcat

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/model"
)

// lone exports one record of testdata/filled.yaml as a document of its own.
func lone(t *testing.T, src Source, r model.Record, s Syntax) string {
	t.Helper()
	var doc bytes.Buffer
	if err := ExportRecord(context.Background(), &doc, src, r, Options{Syntax: s}); err != nil {
		t.Fatal(err)
	}
	return doc.String()
}

func filledRecord(t *testing.T, id string) (Source, model.Record) {
	t.Helper()
	src := source(t, load(t, "testdata/filled.yaml"))
	r, err := src.Record(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return src, r
}

func TestASeriesIsDescribedOrAWhole(t *testing.T) {
	src, r := filledRecord(t, "enquete-2021")
	const series = "> <https://example.org/gtnum/records/enquetes>"
	with, without := lone(t, src, r, NTriples), lone(t, nil, r, NTriples)
	if !strings.Contains(with, inSeries+series) || !strings.Contains(with, "DatasetSeries>") || strings.Contains(with, isPartOf+series) {
		t.Errorf("with a source the series is not described as such:\n%s", with)
	}
	if !strings.Contains(without, isPartOf+series) || strings.Contains(without, inSeries) || strings.Contains(without, "DatasetSeries>") {
		t.Errorf("without a source the record is not part of its series alone:\n%s", without)
	}
	if n := strings.Count(without, "<"+rdfType+"> <"+nsDCAT+"Dataset>"); n != 1 {
		t.Errorf("%d data sets in the document of one", n)
	}
	o := *r.Output
	o.Relations = []model.Relation{{Type: "isPartOf", URL: "https://example.org/whole"}, {Type: "cites", URL: "https://example.org/cited"}}
	r.Output = &o
	if doc := lone(t, nil, r, NTriples); !strings.Contains(doc, isPartOf+series) || !strings.Contains(doc, isPartOf+"> <https://example.org/whole>") {
		t.Errorf("a data set that is part of more than its series:\n%s", doc)
	}
}

// What a document leaves to the next must not show in it.
func TestDocumentsDoNotShowTheOnesBefore(t *testing.T) {
	src, r := filledRecord(t, "enquete-2021")
	other, _ := src.Record(context.Background(), "entretiens")
	for _, s := range Syntaxes() {
		want := lone(t, src, r, s)
		e := NewEncoder(new(bytes.Buffer), s) // one that fails in the middle of a node
		e.Begin("https://example.org/left")
		e.Predicate(title)
		e.Literal("left behind", "fr")
		e.IRI("nothing absolute")
		if e.Close() == nil {
			t.Fatal("a relative IRI is no error")
		}
		for range 3 {
			lone(t, src, other, s)
			if got := lone(t, src, r, s); got != want {
				t.Errorf("%s: the same record gives other bytes:\n%s", s, got)
			}
		}
	}
}
