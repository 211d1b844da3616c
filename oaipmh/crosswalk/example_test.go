package crosswalk_test

import (
	"fmt"
	"log"
	"net/http/httptest"
	"strings"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// A catalogue, served over OAI-PMH in every format.
func Example() {
	catalogue, err := model.Read(strings.NewReader(`
id: example
base: https://example.org/gtnum/
title: Un catalogue
modified: 2023-05-12
licence: etalab-2.0
outputs:
  - id: entretiens
    kind: dataset
    title: {fr: Entretiens avec des enseignants}
    url: https://zenodo.org/records/7648514
`), "example.yaml")
	if err != nil {
		log.Fatal(err)
	}
	formats := crosswalk.Formats(crosswalk.Options{})
	repo, err := crosswalk.Catalogue(formats, catalogue)
	if err != nil {
		log.Fatal(err)
	}
	provider, err := oaipmh.NewProvider(repo, oaipmh.Options{
		Name:         "Catalogue",
		BaseURL:      "https://example.org/oai",
		AdminEmails:  []string{"oai@example.org"},
		Descriptions: crosswalk.Descriptions(catalogue),
	}, formats...)
	if err != nil {
		log.Fatal(err)
	}

	answer := httptest.NewRecorder()
	provider.ServeHTTP(answer, httptest.NewRequest("GET", "/oai?verb=ListRecords&metadataPrefix=oai_dc", nil))
	for line := range strings.Lines(answer.Body.String()) {
		if strings.HasPrefix(line, "<dc:") {
			fmt.Print(line)
		}
	}
	// Output:
	// <dc:title xml:lang="fr">Entretiens avec des enseignants</dc:title>
	// <dc:type>info:eu-repo/semantics/other</dc:type>
	// <dc:type>http://purl.org/coar/resource_type/c_ddb1</dc:type>
	// <dc:type>Dataset</dc:type>
	// <dc:identifier>https://zenodo.org/records/7648514</dc:identifier>
}
