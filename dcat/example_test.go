package dcat_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/model"
)

func catalogue() *model.Catalogue {
	return &model.Catalogue{
		Base:  "https://example.org/",
		Title: model.NewText("fr", "Enquêtes"),
		Outputs: []model.Output{{
			ID: "e1", Kind: "dataset",
			Title:    model.NewText("fr", "Enquête"),
			Abstract: model.NewText("fr", "Ce que disent les enseignants."),
		}},
	}
}

func Example() {
	src, err := dcat.NewSource(catalogue())
	if err != nil {
		fmt.Println(err)
		return
	}
	var doc strings.Builder
	if err := dcat.Export(context.Background(), &doc, src, dcat.Options{Syntax: dcat.NTriples}); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(doc.String()) {
		if strings.Contains(line, "terms/title> \"Enq") {
			fmt.Print(line)
		}
	}
	// Output:
	// <https://example.org/catalog> <http://purl.org/dc/terms/title> "Enquêtes"@fr .
	// <https://example.org/records/e1> <http://purl.org/dc/terms/title> "Enquête"@fr .
}

func ExampleHandler() {
	src, err := dcat.NewSource(catalogue())
	if err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(&dcat.Handler{Source: src})
	defer server.Close()
	res, err := http.Get(server.URL + "/records/e1.jsonld")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer res.Body.Close()
	fmt.Println(res.Status, res.Header.Get("Content-Type"))
	// Output: 200 OK application/ld+json; charset=utf-8
}

func ExampleRead() {
	const doc = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
		<https://example.org/1> a dcat:Dataset ; dct:title "Enquête"@fr ; dct:mediator "?" .`
	c, losses, err := dcat.Read(strings.NewReader(doc), dcat.Turtle, "https://example.org/")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Outputs[0].Title)
	for _, l := range losses {
		fmt.Println("lost:", l)
	}
	// Output:
	// Enquête
	// lost: <https://example.org/1> <http://purl.org/dc/terms/mediator> "?" .
}

// An embedder's own profile.
func ExampleProfile() {
	p := dcat.DCATAP()
	p.Name = "mine"
	p.Extra = func(e *dcat.Encoder, r model.Record) {
		e.Predicate("http://data.europa.eu/r5r/applicableLegislation")
		e.IRI("http://data.europa.eu/eli/reg_impl/2023/138/oj")
	}
	src, err := dcat.NewSource(catalogue())
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := src.Record(context.Background(), "e1")
	if err != nil {
		fmt.Println(err)
		return
	}
	var doc strings.Builder
	if err := dcat.ExportRecord(context.Background(), &doc, src, r, dcat.Options{Syntax: dcat.NTriples, Profile: p}); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(doc.String()) {
		if strings.Contains(line, "Legislation") {
			fmt.Fprint(os.Stdout, line)
		}
	}
	// Output: <https://example.org/records/e1> <http://data.europa.eu/r5r/applicableLegislation> <http://data.europa.eu/eli/reg_impl/2023/138/oj> .
}
