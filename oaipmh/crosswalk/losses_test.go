package crosswalk

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/beevik/etree"
)

// redundant are texts and attributes that say again what something else says:
// the name of a term beside its IRI, a key within the document, how to read a
// value. They may go without a trace.
var redundant = map[string]map[string]bool{
	"xml-tei": {
		"licence": true, "language": true, "country": true, // name their target, ident, key
		"classCode":   true, // of the typology, whose n tells
		"org/@xml:id": true, "listOrg/@type": true,
		"ref/@n":           true, // the order of files
		"recording/@type":  true, // the typology tells
		"forename/@type":   true,
		"keywords/@scheme": true,
	},
	"datacite":     rightsOfDataCite,
	"oai_datacite": rightsOfDataCite,
	"lom":          {"source": true},                           // the version of the vocabulary, which its concepts tell
	"oai_openaire": {"rights": true, "licenseCondition": true}, // name their address
}

var rightsOfDataCite = map[string]bool{
	"rights": true, "rights/@xml:lang": true, // name their address
}

// Nothing is dropped in silence: whatever text or attribute of a record is
// replaced by a word that means nothing, the word turns up in the output or
// among the losses.
func TestNothingIsDroppedInSilence(t *testing.T) {
	for _, prefix := range readFormats {
		t.Run(prefix, func(t *testing.T) {
			doc := etree.NewDocument()
			if err := doc.ReadFromBytes(render(t, prefix, fullRecord())); err != nil {
				t.Fatal(err)
			}
			eachValue(doc.Root(), func(name string, value *string) {
				before := *value
				*value = marker
				defer func() { *value = before }()
				known := redundant[prefix][name] || strings.HasSuffix(name, "/@schemeURI") // which the scheme tells
				if !known && !turnsUp(t, doc) {
					t.Errorf("%s is dropped", name)
				}
			})
		})
	}
}

func turnsUp(t *testing.T, doc *etree.Document) bool {
	metadata, err := doc.WriteToString()
	if err != nil {
		t.Fatal(err)
	}
	out, losses := read(t, metadata)
	known, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(strings.ToLower(fmt.Sprintf("%s%v", known, losses)), strings.ToLower(marker))
}

// eachValue calls f for each text and attribute that says something.
func eachValue(e *etree.Element, f func(name string, value *string)) {
	for i := range e.Attr {
		if a := &e.Attr[i]; !plumbing(a) {
			f(e.Tag+"/@"+a.FullKey(), &a.Value)
		}
	}
	for _, child := range e.Child {
		switch c := child.(type) {
		case *etree.CharData:
			if strings.TrimSpace(c.Data) != "" {
				f(e.Tag, &c.Data)
			}
		case *etree.Element:
			eachValue(c, f)
		}
	}
}
