package oaipmh_test

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// A repository that runs for the examples.
func exampleServer() *httptest.Server {
	zoo := &oaipmh.Memory[string]{}
	for i, name := range []string{"Giraffe", "Gnou"} {
		header := oaipmh.Header{Identifier: fmt.Sprint("oai:zoo.example:", i), Datestamp: time.Unix(1684000000, 0)}
		if err := zoo.Put(oaipmh.Record[string]{Header: header, Value: name}); err != nil {
			log.Fatal(err)
		}
	}
	provider, err := oaipmh.NewProvider(zoo, oaipmh.Options{
		Name: "Zoo", BaseURL: "https://zoo.example/oai", AdminEmails: []string{"oai@zoo.example"}, PageSize: 1,
	}, oaipmh.DublinCore(func(name string) []oaipmh.Element { return []oaipmh.Element{{Name: "title", Value: name}} }))
	if err != nil {
		log.Fatal(err)
	}
	return httptest.NewServer(provider)
}

func ExampleClient_Records() {
	server := exampleServer()
	defer server.Close()

	client := &oaipmh.Client{BaseURL: server.URL}
	for rec, err := range client.Records(context.Background(), oaipmh.Selection{MetadataPrefix: "oai_dc"}) {
		if err != nil {
			log.Fatal(err)
		}
		dc, err := rec.Value.Element()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(rec.Identifier, rec.Datestamp.Format(time.DateOnly), dc.FindElement("title").Text())
	}
	// Output:
	// oai:zoo.example:0 2023-05-13 Giraffe
	// oai:zoo.example:1 2023-05-13 Gnou
}

// A harvester asks for everything once, then for what has changed since.
func ExampleHarvest_Next() {
	server := exampleServer()
	defer server.Close()

	client := &oaipmh.Client{BaseURL: server.URL}
	harvest := &oaipmh.Harvest{Selection: oaipmh.Selection{MetadataPrefix: "oai_dc"}}
	for range 2 {
		for _, err := range client.Harvest(context.Background(), harvest) {
			if err != nil {
				log.Fatal(err)
			}
		}
		fmt.Println(harvest.Records, "records")
		harvest = harvest.Next() // save it as JSON until tomorrow
	}
	// Output:
	// 2 records
	// 0 records
}
