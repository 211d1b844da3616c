package model_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/model"
)

func TestAgentInJSON(t *testing.T) {
	tests := []struct {
		name, in, out string
		reference     bool
	}{
		{"an id is a reference", `"upec"`, `"upec"`, true},
		{"an object with an id alone is one too", `{"id":"upec"}`, `"upec"`, true},
		{"an agent described in place", `{"kind":"organisation","name":"UPEC & <Cie>"}`, `{"kind":"organisation","name":"UPEC & <Cie>"}`, false},
		{"affiliations by reference", `{"id":"a","kind":"person","name":"A","affiliations":["upec"]}`, `{"id":"a","kind":"person","name":"A","affiliations":["upec"]}`, false},
		{"a part of several", `{"id":"a","kind":"organisation","name":"A","partOf":["upec",{"name":"CNRS"}]}`, `{"id":"a","kind":"organisation","name":"A","partOf":["upec",{"name":"CNRS"}]}`, false},
		{"a part of one in a list", `{"id":"a","kind":"organisation","name":"A","partOf":["upec"]}`, `{"id":"a","kind":"organisation","name":"A","partOf":"upec"}`, false},
		{"a part of nothing", `{"id":"a","kind":"organisation","name":"A","partOf":null}`, `{"id":"a","kind":"organisation","name":"A"}`, false},
		{"a part of another", `{"id":"a","kind":"organisation","name":"A","partOf":"upec"}`, `{"id":"a","kind":"organisation","name":"A","partOf":"upec"}`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			agent := model.Agent{Email: "left from before"}
			if test.reference {
				agent.Name = "left from before"
			}
			if err := json.Unmarshal([]byte(test.in), &agent); err != nil {
				t.Fatal(err)
			}
			if test.in[0] == '{' {
				agent.Email = "" // encoding/json leaves what an object does not name
				if test.reference {
					agent.Name = ""
				}
			}
			out, err := agent.MarshalJSON()
			if diff := cmp.Diff(test.out, string(out)); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
			if agent.IsReference() != test.reference {
				t.Errorf("IsReference: got %t", agent.IsReference())
			}
		})
	}
	for _, bad := range []string{`1`, `[]`, `{"name":1}`} {
		var agent model.Agent
		if err := json.Unmarshal([]byte(bad), &agent); err == nil {
			t.Errorf("%s is read as %+v", bad, agent)
		}
	}
}

// TestWholesAreReadAlike: one whole or several, in YAML and by every reader of
// JSON.
func TestWholesAreReadAlike(t *testing.T) {
	for partOf, want := range map[string]model.Wholes{
		`"upec"`:                         {{ID: "upec"}},
		`["upec","cnrs"]`:                {{ID: "upec"}, {ID: "cnrs"}},
		`{"name":"B","partOf":["upec"]}`: {{Name: "B", PartOf: model.Wholes{{ID: "upec"}}}},
		`[{"name":"B","partOf":"upec"}]`: {{Name: "B", PartOf: model.Wholes{{ID: "upec"}}}},
		`[ "upec" , {"name":"\u00e9"} ]`: {{ID: "upec"}, {Name: "é"}},
	} {
		output := `{"id":"o","kind":"text","publisher":{"name":"A","partOf":` + partOf + `}}`
		var plain model.Output
		if err := json.Unmarshal([]byte(output), &plain); err != nil {
			t.Errorf("%s: %v", partOf, err)
		}
		fast, err := model.ParseOutput(output)
		if err != nil {
			t.Fatalf("%s: %v", partOf, err)
		}
		got := map[string]model.Wholes{"encoding/json": plain.Publisher.PartOf, "ParseOutput": fast.Publisher.PartOf}
		for name, file := range map[string]string{"c.json": "", "c.yaml": "# YAML\n"} {
			cat, err := model.Parse(name, []byte(file+`{"id": "c", "base": "https://example.org/", "title": "T", "modified": "2023", "agents": [{"id": "upec", "name": "UPEC"}, {"id": "cnrs", "name": "CNRS"}], "outputs": [`+output+`]}`))
			if cat == nil {
				t.Fatalf("%s: %v", partOf, err)
			}
			got[name] = cat.Outputs[0].Publisher.PartOf
		}
		for reader, wholes := range got {
			if diff := cmp.Diff(want, wholes); diff != "" {
				t.Errorf("%s by %s (-want +got):\n%s", partOf, reader, diff)
			}
		}
	}
}

func TestCatalogueResolvesReferences(t *testing.T) {
	upec := model.Agent{ID: "upec", Kind: model.Organisation, Name: "UPEC"}
	cat := &model.Catalogue{Agents: []model.Agent{upec}}
	for name, test := range map[string]struct{ in, want model.Agent }{
		"a reference":            {model.Agent{ID: "upec"}, upec},
		"a reference to nothing": {model.Agent{ID: "nobody"}, model.Agent{ID: "nobody"}},
		"one described in place": {model.Agent{ID: "upec", Name: "autre"}, model.Agent{ID: "upec", Name: "autre"}},
		"nobody":                 {model.Agent{}, model.Agent{}},
	} {
		if diff := cmp.Diff(test.want, cat.Agent(test.in)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAgentIsInvertedOnlyWhereTheSourceTellsNamesApart(t *testing.T) {
	for want, a := range map[string]model.Agent{
		"Netter, Julien":      {Name: "Julien Netter", GivenName: "Julien", FamilyName: "Netter"},
		"Henrique Vilas-Boas": {Name: "Henrique Vilas-Boas"},
		"Luc Ria":             {Name: "Luc Ria", FamilyName: "Ria"},
	} {
		if got := a.Inverted(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAgentIdentifierIsTheFirstOfItsScheme(t *testing.T) {
	a := model.Agent{Identifiers: []model.Identifier{{Scheme: model.IdRef, Value: "1"}, {Scheme: model.ORCID, Value: "2"}, {Scheme: model.ORCID, Value: "3"}}}
	if id, ok := a.Identifier(model.ORCID); !ok || id.Value != "2" {
		t.Errorf("got %v, %t", id, ok)
	}
	if id, ok := a.Identifier(model.ROR); ok {
		t.Errorf("got %v, want none", id)
	}
	if !(model.Agent{Email: "a@example.org"}).IsZero() || (model.Agent{ID: "a"}).IsZero() {
		t.Error("IsZero: an agent is its id or name")
	}
}
