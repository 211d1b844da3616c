package oaipmh

import (
	"testing"

	"github.com/beevik/etree"
)

// The heading of a record's page is its title, wherever its format has it.
func TestRecordTitle(t *testing.T) {
	for metadata, want := range map[string]string{
		`<dc><title> Livre </title></dc>`: "Livre",
		`<dc><title> </title></dc>`:       "oai:x:1",
		`<dc/>`:                           "oai:x:1",
		`<TEI><teiHeader><title>oai:x:1</title></teiHeader><text><title>Livre</title></text></TEI>`: "Livre",
		"<lom><title>\n<string>Livre</string>\n<string>Book</string></title></lom>":                 "Livre",
	} {
		doc := etree.NewDocument()
		if err := doc.ReadFromString("<record><header><identifier>oai:x:1</identifier></header><metadata>" + metadata + "</metadata></record>"); err != nil {
			t.Fatal(err)
		}
		if got := new(view).RecordTitle(doc.Root()); got != want {
			t.Errorf("%s: %q, want %q", metadata, got, want)
		}
	}
}
