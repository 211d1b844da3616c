//go:build interop

package crosswalk

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// everything is a catalogue that holds every value of every table once.
func everything() *model.Catalogue {
	c := catalogue()
	add := func(change func(*model.Output)) {
		for _, r := range []model.Record{fullRecord(), untitledRecord()} {
			o := *r.Output
			o.ID = fmt.Sprintf("r%d", len(c.Outputs))
			change(&o)
			c.Outputs = append(c.Outputs, o)
		}
	}
	for _, i := range model.Kinds() {
		add(func(o *model.Output) { o.Kind = i.Kind })
	}
	add(func(o *model.Output) { o.Kind = "serious game & more" })
	for _, i := range model.Accesses() {
		add(func(o *model.Output) { o.Access = i.Access })
	}
	for _, i := range model.Licences() {
		add(func(o *model.Output) { o.Licence = i.SPDX })
	}
	add(func(o *model.Output) {
		for _, i := range model.Roles() {
			o.Contributions = append(o.Contributions, model.Contribution{Agent: model.Agent{ID: "netter"}, Role: i.Role})
		}
		for _, i := range model.RelationTypes() {
			o.Relations = append(o.Relations, model.Relation{Type: i.Type, URL: "https://example.org/?a=1&b=2"})
		}
		for _, s := range []string{"doi:10.1234/a(b)<c>", "handle:20.500.12345/42", "urn:urn:nbn:fr:1234", "isbn:9782070368228", "issn:1954-3077"} {
			if i, err := model.ParseIdentifier(s); err == nil {
				o.Identifiers = append(o.Identifiers, i)
			}
		}
	})
	add(func(o *model.Output) { o.URL, o.Identifiers, o.Files, o.Group = "", nil, nil, "" })
	add(func(o *model.Output) { o.Temporal = []model.Period{{Start: date("2020")}, {End: date("2021-05")}} })
	return c
}

// Whole responses of every format, from records with every value of every
// table, are valid against the schemas of their makers.
func TestInteropSchemas(t *testing.T) {
	cat := everything()
	validate(t, cat, queries())
}

// validate serves a catalogue and checks the answers to some queries.
func validate(t *testing.T, cat *model.Catalogue, queries []string) {
	t.Helper()
	formats := Formats(Options{})
	repo, err := Catalogue(formats, cat)
	if err != nil {
		t.Fatal(err)
	}
	provider, err := oaipmh.NewProvider(repo, oaipmh.Options{
		Name: "GTnum", BaseURL: "https://example.org/oai", AdminEmails: []string{"oai@example.org"},
		Descriptions: Descriptions(cat), PageSize: 1000,
	}, formats...)
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range queries {
		t.Run(query, func(t *testing.T) {
			w := httptest.NewRecorder()
			provider.ServeHTTP(w, httptest.NewRequest("GET", "/oai?"+query, nil))
			file := filepath.Join(t.TempDir(), "response.xml")
			if err := os.WriteFile(file, w.Body.Bytes(), 0o666); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(query, "oai_dcterms") {
				t.Setenv("GTNUM_SCHEMAS", interop.DCTermsSchemas(t))
			}
			interop.Run(t, interop.Tool(t, "check-oai-xsd"), file)
		})
	}
}

// rdflib knows every element and encoding scheme of oai_dcterms as one of the
// DCMI terms.
func TestInteropDCMITerms(t *testing.T) {
	const script = `
import sys, xml.etree.ElementTree as tree
from rdflib.namespace import DCTERMS
terms, namespace, seen = DCTERMS.__annotations__, "{http://purl.org/dc/terms/}", 0
for element in tree.parse(sys.argv[1]).iter():
    names = [element.tag.removeprefix(namespace)] if element.tag.startswith(namespace) else []
    names += [v.removeprefix("dcterms:") for k, v in element.attrib.items() if k.endswith("}type")]
    for name in names:
        seen += 1
        if name not in terms: sys.exit(name + " is no DCMI term")
print(seen)
`
	out := interop.Run(t, interop.Python(t, "peers"), "-c", script, filepath.Join("testdata", "oai_dcterms.full.xml"))
	if n, _ := strconv.Atoi(strings.TrimSpace(out)); n < 50 {
		t.Errorf("only %d terms were looked at", n)
	}
}

func queries() []string {
	list := []string{"verb=Identify", "verb=ListSets", "verb=ListMetadataFormats"}
	for _, f := range Formats(Options{}) {
		list = append(list, "verb=ListRecords&metadataPrefix="+f.Prefix)
	}
	return list
}
