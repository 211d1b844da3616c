package crosswalk

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// FuzzFormats writes one string into every field of a record: whatever it is,
// each format appends one well-formed element, or refuses the record as its
// Accepts says.
func FuzzFormats(f *testing.F) {
	for _, s := range []string{"", "a", "Été & <hiver> \"'", "]]>", "\x00\x0b\f\r\n\t", "\xff\xfe", "\uFFFE\uFFFF", "صيف", "a/b:c?d=e&f=g", "journal-article", "doi", "author", "open"} {
		f.Add(s)
	}
	formats := Formats(Options{})
	f.Fuzz(func(t *testing.T, s string) {
		var c model.Catalogue
		fill(reflect.ValueOf(&c).Elem(), s)
		r := model.Record{Catalogue: &c, Output: &c.Outputs[0]}
		for _, format := range formats {
			metadata, err := format.Append([]byte("before"), r)
			if refused := format.Accepts != nil && !format.Accepts(r); refused || err != nil {
				if !refused || !errors.Is(err, oaipmh.ErrCannotDisseminate) {
					t.Fatalf("%s: refused %v, error %v", format.Prefix, refused, err)
				}
				continue
			}
			metadata, kept := bytes.CutPrefix(metadata, []byte("before"))
			if !kept {
				t.Fatalf("%s changed what stood before", format.Prefix)
			}
			if err := oneElement(metadata); err != nil {
				t.Fatalf("%s: %v in %.2000q", format.Prefix, err, metadata)
			}
		}
		for _, about := range About(r) {
			if err := oneElement(about); err != nil {
				t.Fatalf("about: %v in %s", err, about)
			}
		}
	})
}

// oneElement says why b is not exactly one well-formed element.
func oneElement(b []byte) error {
	if !utf8.Valid(b) || len(b) == 0 || b[0] != '<' || b[len(b)-1] != '>' {
		return errors.New("not one element")
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	for depth, roots := 0, 0; ; {
		token, err := d.Token()
		if err == io.EOF && roots == 1 {
			return nil
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 {
				return errors.New("text outside the element")
			}
		}
	}
}

// fill puts s into every string, two values into every list, and a date into
// every date.
func fill(v reflect.Value, s string) {
	switch dst := v.Addr().Interface().(type) {
	case *language.Tag:
		*dst = language.French
		return
	case *model.Date:
		*dst = date("2023-05-12")
		return
	case *model.Relation:
		*dst = model.Relation{Type: model.RelationType(s), Identifier: model.Identifier{Scheme: model.Scheme(s), Value: s}, Output: s, URL: s, Kind: model.Kind(s)}
		return
	case *model.Agent:
		*dst = model.Agent{
			Name: s, FamilyName: s, GivenName: s, Kind: model.AgentKind(s), Email: s, Homepage: s, Type: s,
			Identifiers:  []model.Identifier{{Scheme: model.Scheme(s), Value: s}, {Scheme: model.ROR, Value: s}, {Scheme: model.ORCID, Value: s}},
			Affiliations: []model.Agent{{Name: s, Identifiers: []model.Identifier{{Scheme: model.ROR, Value: s}}}},
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Int64:
		v.SetInt(int64(len(s)))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), s)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), s)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), s)
		}
	}
}
