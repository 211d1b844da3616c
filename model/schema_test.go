package model

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

var update = flag.Bool("update", false, "rewrite the files that tests compare with")

// TestSchemaIsThatOfTheStructs makes the schema from the structs, their doc
// comments and the tables, and compares it with the published one: in English,
// and in French by testdata/schema.fr.yaml.
func TestSchemaIsThatOfTheStructs(t *testing.T) {
	translations := map[string]any{}
	if data, err := os.ReadFile("testdata/schema.fr.yaml"); err != nil {
		t.Fatal(err)
	} else if err := yaml.Unmarshal(data, &translations); err != nil {
		t.Fatal(err)
	}
	for file, g := range map[string]*schemaMaker{
		"schema.json":    {docs: docComments(t)},
		"schema.fr.json": {docs: frenchDocs(t, translations)},
	} {
		g.defs = map[string]any{}
		g.of(reflect.TypeFor[Catalogue]())
		doc := map[string]any{
			"$schema": "https://json-schema.org/draft/2020-12/schema",
			"$id":     "https://raw.githubusercontent.com/gtnum/gtnum/main/model/" + file,
			"title":   g.text("gtnum catalogue"),
			"$ref":    "#/$defs/Catalogue",
			"$defs":   g.defs,
		}
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(doc); err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(file, want.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(want.String(), string(got)); diff != "" {
			t.Errorf("%s is not that of the structs; go test ./model -update renews it (-structs +file):\n%s", file, diff)
		}
	}
}

// frenchDocs returns what docComments does, in French, and an error for each
// text that is missing there or too many.
func frenchDocs(t *testing.T, translations map[string]any) map[string]string {
	docs := map[string]string{}
	wanted := 0
	g := &schemaMaker{docs: docs, defs: map[string]any{}}
	g.of(reflect.TypeFor[Catalogue]())
	for name := range g.defs {
		fields, _ := translations[name].(map[string]any)
		typ := g.types[name]
		take := func(key, as string) {
			wanted++
			if docs[as], _ = fields[key].(string); docs[as] == "" {
				t.Errorf("testdata/schema.fr.yaml lacks %s: %s", name, key)
			}
		}
		take("self", name)
		known := fieldsOf(typ)
		for _, field := range known.names {
			take(field, name+"."+typ.Field(known.index[field]).Name)
		}
		wanted -= len(fields)
	}
	for key, text := range translations {
		if text, ok := text.(string); ok {
			docs[key] = text
		} else if g.defs[key] == nil {
			t.Errorf("testdata/schema.fr.yaml has %s, which is not in files", key)
		}
	}
	if wanted != 0 {
		t.Errorf("testdata/schema.fr.yaml has %d fields too many", -wanted)
	}
	return docs
}

// A schemaMaker makes the schema of types.
type schemaMaker struct {
	docs  map[string]string // by "Type" and "Type.Field", and other texts by what they are in English
	defs  map[string]any
	types map[string]reflect.Type // of defs
}

// text returns a text that is no doc comment.
func (g *schemaMaker) text(english string) string { return cmp.Or(g.docs[english], english) }

type object = map[string]any

// of returns the schema of a type, by reference for named structs.
func (g *schemaMaker) of(t reflect.Type) object {
	if special := g.special(t); special != nil {
		return special
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.of(t.Elem())
	case reflect.Slice:
		return object{"type": "array", "items": g.of(t.Elem())}
	case reflect.Struct:
		return g.reference(t)
	case reflect.Int64:
		return object{"type": "integer"}
	case reflect.Bool:
		return object{"type": "boolean"}
	}
	return object{"type": []string{"string", "number"}}
}

// special are the types that files write otherwise than Go does.
func (g *schemaMaker) special(t reflect.Type) object {
	switch v := reflect.New(t).Elem().Interface().(type) {
	case Text:
		return object{"oneOf": []any{object{"type": "string", "minLength": 1}, object{
			"type": "object", "minProperties": 1,
			"propertyNames":        object{"pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
			"additionalProperties": object{"type": "string", "minLength": 1}}}}
	case language.Tag:
		return object{"type": "string", "description": g.text("BCP 47 language tag")}
	case Date:
		return object{"type": []string{"string", "integer"}, "description": g.text("2023, 2023-05, 2023-05-12 or 2023-05-12T08:30:00Z")}
	case Identifier:
		return object{"oneOf": []any{object{"type": "string", "pattern": "^[a-z]+:"}, g.reference(t)}}
	case Agent:
		return object{"oneOf": []any{object{"type": "string", "description": g.text("id of an agent of the catalogue")}, g.reference(t)}}
	case Wholes:
		one := g.of(t.Elem())["oneOf"].([]any)
		return object{"oneOf": append(one, object{"type": "array", "items": g.of(t.Elem())})}
	case Licence:
		return object{"anyOf": []any{object{"enum": v.known()}, object{"type": "string", "format": "iri"}}}
	case interface{ known() []string }:
		return object{"enum": v.known()}
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return object{"type": "string"}
	}
	return nil
}

func (g *schemaMaker) reference(t reflect.Type) object {
	ref := object{"$ref": "#/$defs/" + t.Name()}
	if _, done := g.defs[t.Name()]; done {
		return ref
	}
	def := object{"type": "object", "additionalProperties": false, "description": g.docs[t.Name()]}
	if g.types == nil {
		g.types = map[string]reflect.Type{}
	}
	g.defs[t.Name()], g.types[t.Name()] = def, t
	fields, properties := fieldsOf(t), object{}
	for _, name := range fields.names {
		f := t.Field(fields.index[name])
		property := g.of(f.Type)
		if doc := g.docs[t.Name()+"."+f.Name]; doc != "" {
			property["description"] = doc
		}
		properties[name] = property
	}
	def["properties"] = properties
	if len(fields.required) > 0 {
		def["required"] = fields.required
	}
	return ref
}

// docComments returns the doc comments of the package's types and fields.
func docComments(t *testing.T) map[string]string {
	docs := map[string]string{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.TYPE {
				typeDocs(docs, d)
			}
		}
	}
	return docs
}

func typeDocs(docs map[string]string, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		s := spec.(*ast.TypeSpec)
		docs[s.Name.Name] = oneLine(d.Doc)
		st, ok := s.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range st.Fields.List {
			for _, name := range f.Names {
				docs[s.Name.Name+"."+name.Name] = oneLine(f.Doc)
			}
		}
	}
}

var docLink = regexp.MustCompile(`\[([A-Z][A-Za-z.]*)\]`)

func oneLine(c *ast.CommentGroup) string {
	return docLink.ReplaceAllString(strings.Join(strings.Fields(c.Text()), " "), "$1")
}

func TestSchemaIsACopy(t *testing.T) {
	for _, lang := range []language.Tag{language.French, language.English} {
		s := Schema(lang)
		s[0] = 'x'
		if Schema(lang)[0] != '{' {
			t.Errorf("a caller changed the schema in %s", lang)
		}
	}
}

func TestSchemaSpeaks(t *testing.T) {
	for tag, want := range map[string]string{"fr": "Résumé.", "fr-CA": "Résumé.", "en": "Abstract of the output.", "de": "Abstract of the output."} {
		if s := string(Schema(language.MustParse(tag))); !strings.Contains(s, want) {
			t.Errorf("the schema in %s does not say %q", tag, want)
		}
	}
}
