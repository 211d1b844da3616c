package oaipmh_test

import (
	"fmt"
	"log"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

func Example() {
	type animal struct{ Name, Keeper string }
	zoo := &oaipmh.Memory[animal]{}
	err := zoo.Put(oaipmh.Record[animal]{
		Header: oaipmh.Header{Identifier: "oai:zoo.example:7", Sets: []string{"mammals"}, Datestamp: time.Unix(1684000000, 0)},
		Value:  animal{"Giraffe", "Amélie"},
	})
	if err != nil {
		log.Fatal(err)
	}
	provider, err := oaipmh.NewProvider(zoo, oaipmh.Options{
		Name: "Zoo", BaseURL: "https://zoo.example/oai", AdminEmails: []string{"oai@zoo.example"},
	}, oaipmh.DublinCore(func(a animal) []oaipmh.Element {
		return []oaipmh.Element{{Name: "title", Value: a.Name, Lang: "en"}, {Name: "creator", Value: a.Keeper}}
	}))
	if err != nil {
		log.Fatal(err)
	}
	// http.ListenAndServe(":8080", provider), or look at one answer:
	w := httptest.NewRecorder()
	provider.ServeHTTP(w, httptest.NewRequest("GET", "/oai?verb=ListRecords&metadataPrefix=oai_dc", nil))
	_, list, _ := strings.Cut(w.Body.String(), "</request>\n")
	fmt.Print(list)

	// Output:
	// <ListRecords>
	// <record>
	// <header><identifier>oai:zoo.example:7</identifier><datestamp>2023-05-13T17:46:40Z</datestamp><setSpec>mammals</setSpec></header>
	// <metadata>
	// <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
	// <dc:title xml:lang="en">Giraffe</dc:title>
	// <dc:creator>Amélie</dc:creator>
	// </oai_dc:dc>
	// </metadata>
	// </record>
	// </ListRecords>
	// </OAI-PMH>
}

// Records that come as XML are served as that XML.
func ExamplePrerendered() {
	type none struct{}
	xml, err := oaipmh.NewRendered("mods", `<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Giraffe</title></titleInfo></mods>`)
	if err != nil {
		log.Fatal(err) // not one element that can stand alone
	}
	archive := &oaipmh.Memory[none]{}
	err = archive.Put(oaipmh.Record[none]{
		Header:   oaipmh.Header{Identifier: "oai:zoo.example:7", Datestamp: time.Unix(1684000000, 0)},
		Rendered: []oaipmh.Rendered{xml},
	})
	if err != nil {
		log.Fatal(err)
	}
	provider, err := oaipmh.NewProvider(archive, oaipmh.Options{
		Name: "Zoo", BaseURL: "https://zoo.example/oai", AdminEmails: []string{"oai@zoo.example"},
	},
		oaipmh.DublinCore(func(none) []oaipmh.Element { return nil }),
		oaipmh.Prerendered[none]("mods", "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd", "http://www.loc.gov/mods/v3"),
	)
	if err != nil {
		log.Fatal(err)
	}
	w := httptest.NewRecorder()
	provider.ServeHTTP(w, httptest.NewRequest("GET", "/oai?verb=GetRecord&metadataPrefix=mods&identifier=oai:zoo.example:7", nil))
	_, record, _ := strings.Cut(w.Body.String(), "<metadata>\n")
	record, _, _ = strings.Cut(record, "\n</metadata>")
	fmt.Println(record)

	// Output:
	// <mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Giraffe</title></titleInfo></mods>
}
