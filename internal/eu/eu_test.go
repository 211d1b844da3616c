package eu_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/internal/eu"
)

var tables = map[string]eu.Table{
	"access-right": eu.AccessRights, "data-theme": eu.Themes, "frequency": eu.Frequencies,
	"language": eu.Languages, "licence": eu.Licences,
}

func TestEveryRowIsFoundByItsCode(t *testing.T) {
	for name, table := range tables {
		for _, c := range table {
			if got, ok := table.Find(c.Code); !ok || got != c {
				t.Errorf("%s: %s is found as %v, %t", name, c.Code, got, ok)
			}
			if c.English == "" || c.Code == "" || strings.TrimSpace(c.English) != c.English {
				t.Errorf("%s: %+v lacks its code or a clean label", name, c)
			}
		}
		if !slices.IsSortedFunc(table, func(a, b eu.Concept) int { return strings.Compare(a.Code, b.Code) }) {
			t.Errorf("%s is not in the order of its codes", name)
		}
	}
}

func TestTablesHoldWhatCataloguesName(t *testing.T) {
	for name, want := range map[string]eu.Concept{
		"data-theme":   {Code: "EDUC", French: "Éducation, culture et sport", English: "Education, culture and sport"},
		"frequency":    {Code: "ANNUAL_2", French: "semestriel", English: "semiannual"},
		"language":     {Code: "FRA", French: "français", English: "French"},
		"access-right": {Code: "PUBLIC", English: "public"},
		"licence":      {Code: "ETALAB_2_0", English: "Etalab Open Licence V 2.0"},
	} {
		if got, _ := tables[name].Find(want.Code); got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
	if got := eu.FileTypes["text/csv"]; got.Code != "CSV" {
		t.Errorf("text/csv is a file of type %+v", got)
	}
	if _, ok := eu.Licences.Find("CC_BY"); ok {
		t.Error("CC_BY is deprecated and in the table")
	}
	if got, ok := eu.Themes.Find(""); ok {
		t.Errorf("the empty code is that of %+v", got)
	}
}
