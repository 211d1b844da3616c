package crosswalk

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// readFormats are the formats that are read as well as written.
var readFormats = []string{"oai_dc", "oai_dcterms", "xml-tei", "datacite", "oai_datacite", "oai_openaire", "lom"}

// What comes back of the full record, and what is listed as lost.
func TestReadGolden(t *testing.T) {
	for _, prefix := range readFormats {
		t.Run(prefix, func(t *testing.T) {
			out, losses := read(t, string(render(t, prefix, fullRecord())))
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(out); err != nil {
				t.Fatal(err)
			}
			for _, l := range losses {
				b.WriteString("lost " + l.String() + "\n")
			}
			golden(t, "read."+prefix+".golden", bytes.TrimRight(b.Bytes(), "\n"))
		})
	}
}

// What a format can say survives: a record that came from a format goes there
// and comes back the same.
func TestRoundTripIsStable(t *testing.T) {
	for _, prefix := range readFormats {
		for name, r := range map[string]model.Record{"full": fullRecord(), "bare": bareRecord(), "untitled": untitledRecord()} {
			t.Run(prefix+"/"+name, func(t *testing.T) {
				if f := formatOf(t, prefix); f.Accepts != nil && !f.Accepts(r) {
					t.Skip("the format cannot express it")
				}
				once := again(t, prefix, r)
				twice := again(t, prefix, model.Record{Catalogue: heading(), Output: once})
				if diff := cmp.Diff(once, twice, alike, stated); diff != "" {
					t.Errorf("first and second time (-first +second):\n%s", diff)
				}
			})
		}
	}
}

// stated ignores whether an identifier was derived: a format states it.
var stated = cmpopts.IgnoreFields(model.Identifier{}, "Derived")

// again is an output after a trip through a format. Its group, which formats
// tell as a contributor, is taken out.
func again(t *testing.T, prefix string, r model.Record) *model.Output {
	t.Helper()
	o := *r.Output
	r.Output = &o
	r.Output.Group, r.Output.Axes = "", nil
	out, _ := read(t, string(render(t, prefix, r)))
	return &out
}

// The heart of a record survives every format that is read.
func TestRoundTripKeepsTheHeart(t *testing.T) {
	want := fullRecord()
	for _, prefix := range readFormats {
		t.Run(prefix, func(t *testing.T) {
			got, _ := read(t, string(render(t, prefix, want)))
			check := func(field string, want, got any) {
				t.Helper()
				if diff := cmp.Diff(want, got, alike); diff != "" {
					t.Errorf("%s (-want +got):\n%s", field, diff)
				}
			}
			check("kind", want.Output.Kind, got.Kind)
			check("languages of the title", langs(want.Output.Title), langs(got.Title))
			check("abstract in French", collapse(exactly(want.Output.Abstract, language.French)), collapse(exactly(got.Abstract, language.French)))
			check("authors", authors(want, want.Output), authors(want, &got))
			check("main language", want.Output.Languages[0], got.Languages[0])
			check("issued", want.Output.Issued, got.Issued)
			check("licence", want.Output.Licence, got.Licence)
			check("url", want.Output.URL, got.URL)
			if doi, ok := got.Identifier(model.DOI); !ok || doi.Value != "10.4000/ree.11158" || doi.Derived {
				t.Errorf("DOI %v", doi)
			}
			check("last keyword", "Education", got.Subjects[slices.IndexFunc(got.Subjects, func(s model.Subject) bool { return s.Label.String() == "Education" })].Label.String())
		})
	}
}

func langs(t model.Text) (tags []language.Tag) {
	for _, s := range t {
		tags = append(tags, s.Lang)
	}
	return tags
}

func authors(r model.Record, o *model.Output) (names []string) {
	for _, a := range o.By(model.Author) {
		names = append(names, r.Agent(a).Name)
	}
	return names
}
