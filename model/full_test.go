package model_test

import (
	"fmt"
	"reflect"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// exact compares catalogues by what they say: not by the files they are from.
var exact = cmp.Options{
	cmpopts.IgnoreUnexported(model.Catalogue{}),
	cmp.Comparer(func(a, b language.Tag) bool { return a == b }),
	cmp.Comparer(func(a, b model.Date) bool { return a.String() == b.String() }),
}

// full returns a catalogue in which every field of every struct is filled,
// found by reflection so that no field added later is forgotten.
func full() *model.Catalogue {
	cat := &model.Catalogue{}
	fill(reflect.ValueOf(cat).Elem(), "", 0)
	return cat
}

func fill(v reflect.Value, name string, depth int) {
	switch dst := v.Addr().Interface().(type) {
	case *model.Text:
		*dst = model.Text{{Lang: language.French, Value: "Été – « " + name + " » & <b>"}, {Lang: language.English, Value: "Summer\nof \"" + name + "\""}, {Lang: language.Arabic, Value: "صيف"}}
	case *model.Identifier:
		*dst = model.Identifier{Scheme: model.DOI, Value: "10.5281/zenodo.7648514", Derived: depth%2 == 0}
	case *model.Date:
		*dst, _ = model.ParseDate([]string{"2023", "2023-05", "2023-05-12", "2023-05-12T08:30:00Z"}[len(name)%4])
	case *model.Box:
		*dst = model.Box{West: 2.31, South: 48.68, East: 2.62, North: 48.87}
	case *model.Duration:
		*dst = model.Duration(3723e9)
	case *language.Tag:
		*dst = language.French
	case *model.Kind:
		*dst = "dataset"
	case *model.Role:
		*dst = model.Author
	case *model.Licence:
		*dst = "etalab-2.0"
	case *model.Access:
		*dst = model.Open
	case *model.Frequency:
		*dst = "annual"
	case *model.Status:
		*dst = model.Withdrawn
	case *model.RelationType:
		*dst = "isReferencedBy"
	case *model.AgentKind:
		*dst = model.Person
	case *model.Relation:
		*dst = model.Relation{Type: "cites", URL: "https://example.org/other", Title: model.NewText("fr", "Autre"), Kind: "text"}
	case *model.Agent:
		if depth > 3 {
			*dst = model.Agent{ID: "id"}
			return
		}
		fillStruct(v, depth)
	default:
		fillKind(v, name, depth)
	}
}

func fillKind(v reflect.Value, name string, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		fillStruct(v, depth)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), name, depth)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name, depth)
	case reflect.String:
		v.SetString(stringFor(name))
	case reflect.Int64:
		v.SetInt(1234)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic(fmt.Sprintf("%s: no value for a %s", name, v.Type()))
	}
}

func fillStruct(v reflect.Value, depth int) {
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() {
			fill(v.Field(i), f.Name, depth+1)
		}
	}
}

// stringFor is a string that the field of that name can hold.
func stringFor(name string) string {
	switch name {
	case "ID", "Group", "Axes", "AxisCandidates", "Source", "Series":
		return "id"
	case "Base", "URL", "IRI", "Themes", "Homepage":
		return "https://example.org/" + name + "/"
	case "Email":
		return "a@example.org"
	case "Algorithm":
		return "md5"
	}
	return "12: " + name + " #é"
}
