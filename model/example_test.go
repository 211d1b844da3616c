package model_test

import (
	"fmt"
	"log"

	"github.com/gtnum/gtnum/model"
)

func Example() {
	cat, err := model.Parse("catalogue.yaml", []byte(`
id: demo
base: https://example.org/demo/
title: {fr: Démonstration}
modified: 2026-01-02
outputs:
  - id: enquete
    kind: dataset
    url: https://zenodo.org/record/7648514#.ZDe-P-xBzGE
    title: {fr: Enquête auprès des enseignants}
`))
	if err != nil {
		log.Fatal(err) // every problem of the file, each with its place
	}
	for record := range cat.Records() {
		fmt.Println(record.OAIIdentifier(), record.Output.Title)
		fmt.Println(model.IdentifiersOf(record.Output.URL))
	}

	// Output:
	// oai:example.org:enquete Enquête auprès des enseignants
	// [zenodo:7648514 doi:10.5281/zenodo.7648514]
}

func ExampleCatalogue_Validate() {
	cat, err := model.Parse("catalogue.yaml", []byte("id: demo\nbase: https://example.org/demo/\ntitle: {fr: Démonstration}\nmodified: 2026-01-02\nlicence: https://example.org/ma-licence\n"))
	if err != nil {
		log.Fatal(err)
	}
	for _, problem := range cat.Validate() {
		fmt.Println(problem)
	}

	// Output:
	// catalogue.yaml:5:10: warning: licence: licence not of the register: https://example.org/ma-licence; portals do not recognise it; take the SPDX id of one in the register if there is one
}
