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

// Identifiers of what an output is related to, and of what it appeared in, are
// of a type that the format has, else addresses, and come back.
func TestRoundTripOfRelated(t *testing.T) {
	local := func(s string) model.Identifier { return model.Identifier{Scheme: model.Local, Value: s} }
	for _, c := range []struct {
		id     model.Identifier
		kernel []string // type and value in DataCite's formats; none for what has no place there
	}{
		{id("doi:10.1234/x"), []string{"DOI", "10.1234/x"}},
		{id("ark:ark:12148/btv1b8449691v"), []string{"ARK", "ark:12148/btv1b8449691v"}},
		{id("isbn:978-2-07-036822-8"), []string{"ISBN", "9782070368228"}},
		{id("urn:urn:nbn:fr:1234"), []string{"URN", "urn:nbn:fr:1234"}},
		{id("hypotheses:edunumrech/2875"), []string{"URL", "https://edunumrech.hypotheses.org/2875"}},
		{id("orcid:0000-0002-1825-0097"), []string{"URL", "https://orcid.org/0000-0002-1825-0097"}},
		{local("arxiv:2101.00001"), []string{"arXiv", "2101.00001"}},
		{id("siren:110043015"), nil},
		{local("A-42"), nil},
		{model.Identifier{Scheme: "unknown", Value: "42"}, nil},
	} {
		r := plain()
		r.Output.Relations = []model.Relation{{Type: "cites", Identifier: c.id}}
		r.Output.Container = &model.Container{Title: mark("Revue"), Identifiers: []model.Identifier{c.id}}
		for _, prefix := range []string{"oai_dc", "xml-tei", "datacite", "oai_openaire"} {
			metadata := render(t, prefix, r)
			out, _ := read(t, string(metadata))
			typed := len(c.kernel) > 0 && c.kernel[0] != "URL" && c.id.Scheme != model.Local
			cites := func(rel model.Relation) bool { return rel.Identifier == c.id }
			if (typed || prefix == "xml-tei" && c.id.Scheme == model.Local) && !slices.ContainsFunc(out.Relations, cites) {
				t.Errorf("%s: %v comes back as %+v", prefix, c.id, out.Relations)
			}
			for _, name := range map[string][]string{"datacite": {"relatedIdentifier", "relatedItemIdentifier"}, "oai_openaire": {"relatedIdentifier"}}[prefix] {
				var got []string
				for _, e := range root(t, metadata).FindElements(".//" + name) {
					got = append(got, e.SelectAttrValue(name+"Type", ""), e.Text())
				}
				same(t, got, c.kernel...)
			}
			if prefix == "oai_openaire" && typed && !slices.Contains(out.Container.Identifiers, c.id) {
				t.Errorf("%v comes back as that of %+v", c.id, out.Container)
			}
		}
	}
}

// Where there is room for one number of a container, it is the first that the
// vocabulary has a type for.
func TestOneNumberOfAContainer(t *testing.T) {
	r := plain()
	r.Output.Container = &model.Container{Title: mark("Revue"), Identifiers: []model.Identifier{{Scheme: model.Local, Value: "A-42"}, id("issn:1954-3077"), id("doi:10.1234/x")}}
	same(t, texts(t, render(t, "datacite", r), "relatedItemIdentifier"), "1954-3077")
}
