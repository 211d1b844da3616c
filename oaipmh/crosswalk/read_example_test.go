package crosswalk_test

import (
	"fmt"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

func ExampleRead() {
	record := oaipmh.Record[oaipmh.Metadata]{
		Header: oaipmh.Header{Identifier: "oai:HAL:hal-03526140v1"},
		Value: oaipmh.Metadata(`<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
			<dc:title xml:lang="fr">La classe à distance</dc:title>
			<dc:creator>Netter, Julien</dc:creator>
			<dc:type>info:eu-repo/semantics/article</dc:type>
			<dc:description>International audience</dc:description>
			<dc:identifier>https://hal.science/hal-03526140</dc:identifier>
		</oai_dc:dc>`),
	}
	output, losses, err := crosswalk.Read(record, model.Origin{BaseURL: "https://api.archives-ouvertes.fr/oai/hal/"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(output.Kind, output.Title, output.Identifiers, output.By(model.Author)[0].FamilyName)
	for _, loss := range losses {
		fmt.Println("lost", loss)
	}
	// Output:
	// journal-article La classe à distance [hal:hal-03526140] Netter
	// lost dc/description: "International audience": a note of HAL's on the audience, no abstract
}
