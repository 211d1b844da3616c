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

var dublinCore = oaipmh.DublinCore(func(t Thesis) []oaipmh.Element {
	return []oaipmh.Element{{Name: "title", Value: t.Title, Lang: "fr"}, {Name: "creator", Value: t.Author}, {Name: "date", Value: t.Year}}
})

func main() {
	theses := &oaipmh.Memory[Thesis]{} // or any type with the three methods of oaipmh.Repository
	for _, t := range []Thesis{{"1", "L'école à distance", "Ada", "2023"}} {
		header := oaipmh.Header{Identifier: "oai:theses.example.org:" + t.ID, Sets: []string{"year:" + t.Year}}
		if err := theses.Put(oaipmh.Record[Thesis]{Header: header, Value: t}); err != nil {
			log.Fatal(err)
		}
	}
	provider, err := oaipmh.NewProvider(theses, oaipmh.Options{
		Name: "Theses", BaseURL: "http://127.0.0.1:8080/oai", AdminEmails: []string{"oai@example.org"},
	}, dublinCore)
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("/oai", provider)
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", nil))
}
