// Embed serves records of a type of one's own over OAI-PMH, inside a server of
// one's own.
package main

import (
	"log"
	"net/http"

	"github.com/gtnum/gtnum/oaipmh"
)

// Thesis is a record as this program keeps it; gtnum never heard of it.
type Thesis struct{ ID, Title, Author, Year string }

func main() {
	provider, err := newProvider("http://127.0.0.1:8080/oai", []Thesis{{"1", "L'école à distance", "Ada", "2023"}})
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("/oai", provider)
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", nil))
}

func newProvider(baseURL string, theses []Thesis) (http.Handler, error) {
	repo := &oaipmh.Memory[Thesis]{}
	for _, t := range theses {
		header := oaipmh.Header{Identifier: "oai:theses.example.org:" + t.ID, Sets: []string{"year:" + t.Year}}
		if err := repo.Put(oaipmh.Record[Thesis]{Header: header, Value: t}); err != nil {
			return nil, err
		}
	}
	dc := oaipmh.DublinCore(func(t Thesis) []oaipmh.Element {
		return []oaipmh.Element{{Name: "title", Value: t.Title, Lang: "fr"}, {Name: "creator", Value: t.Author}, {Name: "date", Value: t.Year}}
	})
	return oaipmh.NewProvider(repo, oaipmh.Options{Name: "Theses", BaseURL: baseURL, AdminEmails: []string{"oai@example.org"}}, dc)
}
