package dcat

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/model"
)

func TestSchemaOrgGolden(t *testing.T) {
	var b bytes.Buffer
	if err := ExportSchemaOrg(context.Background(), &b, source(t, load(t, "testdata/filled.yaml"))); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(b.Bytes()) {
		t.Error("not JSON")
	}
	golden(t, "testdata/filled.schema.org.json", b.Bytes())
}

// TestSchemaOrgCitesWhatItCites: an article that others cite does not cite
// them; a data set says which articles are cited with it.
func TestSchemaOrgCitesWhatItCites(t *testing.T) {
	c := &model.Catalogue{ID: "c", Base: "https://example.org/"}
	for kind, want := range map[model.Kind]string{
		"journal-article": `"citation":"https://example.org/cited"`,
		"dataset":         `"citation":["https://example.org/cited","https://example.org/citing"]`,
	} {
		out := &model.Output{ID: "x", Kind: kind, Spatial: []model.Place{{Label: model.NewText("fr", "Lyon"), IRI: "Lyon"}}, Relations: []model.Relation{
			{Type: "cites", URL: "https://example.org/cited"}, {Type: "isCitedBy", URL: "https://example.org/citing"},
		}}
		b, err := json.Marshal(schemaRecord(model.Record{Catalogue: c, Output: out}))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(b, []byte(want)) || bytes.Contains(b, []byte(`"@id":"Lyon"`)) {
			t.Errorf("%s: no %s in %s", kind, want, b)
		}
	}
}

// TestSchemaOrgSaysNothingOfNobody: what is not known is not said of a thing
// without a name.
func TestSchemaOrgSaysNothingOfNobody(t *testing.T) {
	c := &model.Catalogue{ID: "c", Base: "https://example.org/", Publisher: model.Agent{ID: "nobody"}}
	out := &model.Output{ID: "x", Kind: "dataset", Title: model.NewText("fr", "T"), Funding: []model.Funding{{Award: "1"}, {Award: "2", Funder: model.Agent{Name: "ANR"}}}}
	out.Contributions = []model.Contribution{{Agent: model.Agent{ID: "nobody"}, Role: model.Author}, {Agent: model.Agent{ID: "nobody"}, Role: "editor"}}
	out.Spatial = []model.Place{{Box: model.Box{West: -0.00001, South: 1, East: 2.5, North: 3}}}
	b, err := json.Marshal(schemaRecord(model.Record{Catalogue: c, Output: out}))
	if err != nil {
		t.Fatal(err)
	}
	for _, no := range []string{"nobody", `"@type":"Organization"}`, "creator", "contributor", "0001-01-01", "e-05"} {
		if bytes.Contains(b, []byte(no)) {
			t.Errorf("%s stands in %s", no, b)
		}
	}
	for _, says := range []string{`"funder":{"@type":"Organization","name":"ANR"},"funding":[{"@type":"Grant","identifier":"1"}`, `"box":"1 -0.00001 3 2.5"`} {
		if !bytes.Contains(b, []byte(says)) {
			t.Errorf("no %s in %s", says, b)
		}
	}
}

func TestSchemaOrgCannotCloseAScript(t *testing.T) {
	c := &model.Catalogue{ID: "c", Base: "https://example.org/"}
	out := &model.Output{ID: "x", Kind: "dataset", Title: model.NewText("fr", "</script><script>alert(1)")}
	b, err := SchemaOrg(model.Record{Catalogue: c, Output: out})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsRune(b, '<') {
		t.Errorf("a page would be broken by %s", b)
	}
}

func TestShorten(t *testing.T) {
	long := strings.Repeat("mot ", 2000)
	for name, c := range map[string]struct {
		in   model.Text
		want []int // characters a language
	}{
		"what fits stays":                       {model.NewText("fr", "court"), []int{5}},
		"a second language that fits stays":     {append(model.NewText("fr", "court"), model.NewText("en", "short")...), []int{5, 5}},
		"a second language that does not, goes": {append(model.NewText("fr", "court"), model.NewText("en", long)...), []int{5}},
		"the first one is cut between words":    {model.NewText("fr", long), []int{5000}},
	} {
		got := shorten(c.in, 5000)
		if len(got) != len(c.want) {
			t.Errorf("%s: %d languages, want %d", name, len(got), len(c.want))
			continue
		}
		for i, s := range got {
			if n := len([]rune(s.Value)); n > c.want[i] || n < c.want[i]-10 {
				t.Errorf("%s: language %s has %d characters, want at most %d", name, s.Lang, n, c.want[i])
			}
		}
	}
}
