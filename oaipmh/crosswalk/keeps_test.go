package crosswalk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/model"
)

// field is a row of the table in README.md: how a field is filled, and what to
// look for in the metadata then. Each mark is of the field alone.
type field struct {
	name  string
	set   func(o *model.Output)
	marks []string
}

func mark(s string) model.Text { return model.NewText("fr", s) }

func maker(role model.Role, a model.Agent) func(*model.Output) {
	return func(o *model.Output) {
		o.Contributions = append(o.Contributions, model.Contribution{Agent: a, Role: role})
	}
}

func container(change func(*model.Container)) func(*model.Output) {
	return func(o *model.Output) {
		o.Container = &model.Container{Title: mark("Journal"), Kind: "journal"}
		change(o.Container)
	}
}

func file(change func(*model.File)) func(*model.Output) {
	return func(o *model.Output) {
		o.Files = []model.File{{URL: "https://example.org/file", MediaType: "application/pdf"}}
		change(&o.Files[0])
	}
}

func funding(change func(*model.Funding)) func(*model.Output) {
	return func(o *model.Output) {
		o.Funding = []model.Funding{{Funder: model.Agent{Kind: model.Organisation, Name: "Funder"}, Award: "1"}}
		change(&o.Funding[0])
	}
}

// marker is a word that stands in no format by itself.
const marker = "ZQXJ"

var fields = []field{
	{"Kind", func(o *model.Output) { o.Kind = "video" }, []string{"c_12ce", "MovingImage", `resourceTypeGeneral="Audiovisual"`, `n="VIDEO"`}},
	{"Group", func(o *model.Output) { o.Group = "pleiades" }, []string{"PLEIADES"}},
	{"Title", func(o *model.Output) { o.Title = mark(marker) }, []string{marker}},
	{"Title in further languages", func(o *model.Output) { o.Title = append(mark("Titre"), model.NewText("en", marker)...) }, []string{marker}},
	{"Subtitle", func(o *model.Output) { o.Subtitle = mark(marker) }, []string{marker}},
	{"AlternativeTitles", func(o *model.Output) { o.AlternativeTitles = []model.Text{mark(marker)} }, []string{marker}},
	{"Abstract", func(o *model.Output) { o.Abstract = mark(marker) }, []string{marker}},
	{"Subjects: label", func(o *model.Output) { o.Subjects = []model.Subject{{Label: mark(marker)}} }, []string{marker}},
	{"Subjects: IRI of the term", func(o *model.Output) {
		o.Subjects = []model.Subject{{Label: mark("sujet"), IRI: "http://example.org/" + marker}}
	}, []string{marker}},
	{"Subjects: code in a scheme", func(o *model.Output) {
		o.Subjects = []model.Subject{{Label: mark("sujet"), Scheme: "hal-domain", Code: marker}}
	}, []string{marker}},
	{"Languages", func(o *model.Output) { o.Languages = []language.Tag{language.MustParse("br")} }, []string{">br<", `ident="br"`, "iso639-2/bre", "language/BRE"}},
	{"Version", func(o *model.Output) { o.Version = marker }, []string{marker}},
	{"Contributions: authors", maker(model.Author, model.Agent{Kind: model.Person, Name: marker}), []string{marker}},
	{"Contributions: identifiers", maker(model.Author, model.Agent{Kind: model.Person, Name: "A", Identifiers: []model.Identifier{{Scheme: model.ORCID, Value: "0000-0002-1825-0097"}}}), []string{"0000-0002-1825-0097"}},
	{"Contributions: affiliations", maker(model.Author, model.Agent{Kind: model.Person, Name: "A", Affiliations: []model.Agent{{Name: marker}}}), []string{marker}},
	{"Contributions: wholes of affiliations", maker(model.Author, model.Agent{Kind: model.Person, Name: "A", Affiliations: []model.Agent{{Kind: model.Organisation, Name: "B", PartOf: model.Wholes{{Kind: model.Organisation, Name: "C"}, {Kind: model.Organisation, Name: marker}}}}}), []string{marker}},
	{"Contributions: e-mail", maker(model.Author, model.Agent{Kind: model.Person, Name: "A", Email: "zqxj@example.org"}), []string{"zqxj@"}},
	{"Contributions: homepage", maker(model.Author, model.Agent{Kind: model.Person, Name: "A", Homepage: "https://example.org/" + marker}), []string{marker}},
	{"Contributions: funders", maker("funder", model.Agent{Kind: model.Organisation, Name: marker}), []string{marker}},
	{"Contributions: other roles", maker("translator", model.Agent{Kind: model.Person, Name: marker}), []string{marker}},
	{"Contributions: role in words", func(o *model.Output) {
		o.Contributions = append(o.Contributions, model.Contribution{Agent: model.Agent{Kind: model.Person, Name: "A"}, Role: "other", Label: mark(marker)})
	}, []string{marker}},
	{"Publisher", func(o *model.Output) { o.Publisher = model.Agent{Kind: model.Organisation, Name: marker} }, []string{marker}},
	{"Contacts", func(o *model.Output) { o.Contacts = []model.Agent{{Kind: model.Organisation, Name: marker}} }, []string{marker}},
	{"Funding: funder", funding(func(f *model.Funding) { f.Funder.Name = marker }), []string{marker}},
	{"Funding: award", funding(func(f *model.Funding) { f.Award = marker }), []string{marker}},
	{"Funding: programme", funding(func(f *model.Funding) { f.Programme = marker }), []string{marker}},
	{"Funding: title", funding(func(f *model.Funding) { f.Title = mark(marker) }), []string{marker}},
	{"Funding: acronym", funding(func(f *model.Funding) { f.Acronym = marker }), []string{marker}},
	{"Funding: address", funding(func(f *model.Funding) { f.URI = "https://example.org/" + marker }), []string{marker}},
	{"Container: title", container(func(c *model.Container) { c.Title = mark(marker) }), []string{marker}},
	{"Container: identifiers", container(func(c *model.Container) {
		c.Identifiers = []model.Identifier{{Scheme: model.ISSN, Value: "1954-3077"}}
	}), []string{"1954-3077"}},
	{"Container: volume, issue, pages", container(func(c *model.Container) { c.Volume = marker }), []string{marker}},
	{"Container: editors", container(func(c *model.Container) { c.Editors = []model.Agent{{Kind: model.Person, Name: marker}} }), []string{marker}},
	{"Container: publisher", container(func(c *model.Container) { c.Publisher = marker }), []string{marker}},
	{"Container: address", container(func(c *model.Container) { c.URL = "https://example.org/" + marker }), []string{marker}},
	{"Conference", func(o *model.Output) { o.Conference = &model.Conference{Title: mark(marker)} }, []string{marker}},
	{"Conference: place", func(o *model.Output) {
		o.Conference = &model.Conference{Title: mark("Colloque"), Place: marker, Country: "FR"}
	}, []string{marker}},
	{"Conference: time", func(o *model.Output) {
		o.Conference = &model.Conference{Title: mark("Colloque"), Period: model.Period{Start: date("2018-03-04"), End: date("2018-03-05")}}
	}, []string{"2018-03-04"}},
	{"URL", func(o *model.Output) { o.URL = "https://example.org/" + marker }, []string{marker}},
	{"Identifiers: DOI", func(o *model.Output) { o.Identifiers = []model.Identifier{{Scheme: model.DOI, Value: "10.1234/zqxj"}} }, []string{"10.1234/zqxj"}},
	{"Identifiers: of platforms", func(o *model.Output) { o.Identifiers = []model.Identifier{{Scheme: model.HAL, Value: "hal-99999999"}} }, []string{"hal-99999999"}},
	{"Identifiers: ISBN", func(o *model.Output) {
		o.Identifiers = []model.Identifier{{Scheme: model.ISBN, Value: "9782070368228"}}
	}, []string{"9782070368228"}},
	{"Identifiers: local", func(o *model.Output) { o.Identifiers = []model.Identifier{{Scheme: model.Local, Value: marker}} }, []string{marker}},
	{"Links", func(o *model.Output) { o.Links = []model.Link{{URL: "https://example.org/" + marker}} }, []string{marker}},
	{"Links: title", func(o *model.Output) {
		o.Links = []model.Link{{URL: "https://example.org/link", Title: mark(marker)}}
	}, []string{marker}},
	{"Links: kind", func(o *model.Output) { o.Links = []model.Link{{URL: "https://example.org/link", Kind: "zqxj"}} }, []string{"zqxj"}},
	{"Files: address", file(func(f *model.File) { f.URL = "https://example.org/" + marker }), []string{marker}},
	{"Files: media type", file(func(f *model.File) { f.MediaType = "application/" + marker }), []string{marker, "application/zqxj"}},
	{"Files: size", file(func(f *model.File) { f.Size = 987654321 }), []string{"987654321"}},
	{"Files: title", file(func(f *model.File) { f.Title = mark(marker) }), []string{marker}},
	{"Files: licence", file(func(f *model.File) { f.Licence = "https://example.org/" + marker }), []string{marker}},
	{"Files: checksum", file(func(f *model.File) {
		f.Checksum = model.Checksum{Algorithm: "md5", Value: "d41d8cd98f00b204e9800998ecf8427e"}
	}), []string{"d41d8cd98f00b204e9800998ecf8427e"}},
	{"Files: page", file(func(f *model.File) { f.Page = "https://example.org/" + marker }), []string{marker}},
	{"Files: description", file(func(f *model.File) { f.Description = mark(marker) }), []string{marker}},
	{"Files: rights", file(func(f *model.File) { f.Rights = mark(marker) }), []string{marker}},
	{"Files: access", file(func(f *model.File) { f.Access = model.Restricted }), []string{"c_16ec", "restrictedAccess", "access-right/RESTRICTED"}},
	{"Files: languages", file(func(f *model.File) { f.Languages = []language.Tag{language.MustParse("br")} }), []string{">br<", "language/BRE"}},
	{"Files: dates", file(func(f *model.File) { f.Issued, f.Modified = date("2018-03-04"), date("2018-03-05") }), []string{"2018-03-04"}},
	{"Files: standards", file(func(f *model.File) { f.ConformsTo = []model.Link{{URL: "https://example.org/" + marker}} }), []string{marker}},
	{"Relations", func(o *model.Output) {
		o.Relations = []model.Relation{{Type: "cites", URL: "https://example.org/" + marker}}
	}, []string{marker}},
	{"Relations: title", func(o *model.Output) {
		o.Relations = []model.Relation{{Type: "cites", URL: "https://example.org/other", Title: mark(marker)}}
	}, []string{marker}},
	{"Relations: kind", func(o *model.Output) {
		o.Relations = []model.Relation{{Type: "cites", URL: "https://example.org/other", Kind: "software"}}
	}, []string{"Software", "software"}},
	{"Issued", func(o *model.Output) { o.Issued = date("2019-03-04") }, []string{"2019-03-04"}},
	{"Created", func(o *model.Output) { o.Created = date("2018-03-04") }, []string{"2018-03-04"}},
	{"Accepted", func(o *model.Output) { o.Accepted = date("2018-03-04") }, []string{"2018-03-04"}},
	{"Modified", func(o *model.Output) { o.Modified = date("2018-03-04") }, []string{"2018-03-04"}},
	{"Available", func(o *model.Output) { o.Access, o.Available = model.Embargoed, date("2031-03-04") }, []string{"2031-03-04"}},
	{"Duration", func(o *model.Output) { o.Kind, o.Duration = "video", model.Duration(3723*time.Second) }, []string{"PT1H2M3S", "1:02:03"}},
	{"Licence", func(o *model.Output) { o.Licence = "CC-BY-4.0" }, []string{"creativecommons.org/licenses/by/4.0"}},
	{"Access", func(o *model.Output) { o.Access = model.Open }, []string{"openAccess", "c_abf2", "access-right/PUBLIC"}},
	{"Rights", func(o *model.Output) { o.Rights = mark(marker) }, []string{marker}},
	{"Temporal", func(o *model.Output) { o.Temporal = []model.Period{{Start: date("1789-07-14")}} }, []string{"1789-07-14"}},
	{"Spatial: label", func(o *model.Output) { o.Spatial = []model.Place{{Label: mark(marker)}} }, []string{marker}},
	{"Spatial: IRI", func(o *model.Output) {
		o.Spatial = []model.Place{{Label: mark("lieu"), IRI: "http://example.org/" + marker}}
	}, []string{marker}},
	{"Spatial: box", func(o *model.Output) {
		o.Spatial = []model.Place{{Label: mark("lieu"), Box: model.Box{West: 2.3125, South: 48.6875, East: 2.625, North: 48.875}}}
	}, []string{"48.6875"}},
	{"Frequency", func(o *model.Output) { o.Kind, o.Frequency = "dataset", "annual" }, []string{"frequency/ANNUAL"}},
	{"Themes", func(o *model.Output) { o.Themes = []string{"http://example.org/" + marker} }, []string{marker}},
	{"ConformsTo", func(o *model.Output) { o.ConformsTo = []model.Link{{URL: "https://example.org/" + marker}} }, []string{marker}},
	{"ConformsTo: name", func(o *model.Output) {
		o.ConformsTo = []model.Link{{URL: "https://example.org/standard", Title: mark(marker)}}
	}, []string{marker}},
	{"Series", func(o *model.Output) { o.Series = marker }, []string{marker}},
	{"Education: audience", func(o *model.Output) {
		o.Education = &model.Education{Audience: []model.Concept{{IRI: "http://data.education.fr/voc/scolomfr/concept/" + marker, Label: mark(marker)}}}
	}, []string{marker}},
	{"Education: levels", func(o *model.Output) {
		o.Education = &model.Education{Levels: []model.Concept{{IRI: "http://data.education.fr/voc/scolomfr/concept/" + marker, Label: mark(marker)}}}
	}, []string{marker}},
	{"Education: resource types", func(o *model.Output) {
		o.Education = &model.Education{ResourceTypes: []model.Concept{{IRI: "http://data.education.fr/voc/scolomfr/concept/" + marker, Label: mark(marker)}}}
	}, []string{marker}},
	{"Education: activities", func(o *model.Output) {
		o.Education = &model.Education{Activities: []model.Concept{{IRI: "http://data.education.fr/voc/scolomfr/concept/" + marker, Label: mark(marker)}}}
	}, []string{marker}},
	{"Education: description", func(o *model.Output) { o.Education = &model.Education{Description: mark(marker)} }, []string{marker}},
}

// plain is a record that every format can express and that holds no mark.
func plain() model.Record {
	return model.Record{Catalogue: heading(), Output: &model.Output{
		ID: "plain", Kind: "text", Title: mark("Titre"), Issued: date("2020"), URL: "https://example.org/plain",
		Contributions: []model.Contribution{{Agent: model.Agent{Kind: model.Person, Name: "Ada Lovelace"}, Role: model.Author}},
	}}
}

// The tables of README.md say what each format keeps of the model, and what of
// it comes back: they are made by filling one field at a time and looking for
// it in the metadata, and in what is read of them.
func TestREADMESaysWhatEachFormatKeeps(t *testing.T) {
	section(t, "what each format keeps", keeps(t))
	section(t, "what comes back of each format", comesBack(t))
}

// section compares a part of README.md that is made, or renews it.
func section(t *testing.T, name, got string) {
	t.Helper()
	begin, end := "<!-- made by go test -update: "+name+" -->\n", "<!-- end of what is made -->"
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(readme), begin)
	table, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("README.md has no table of %s", name)
	}
	switch {
	case *update:
		if err := os.WriteFile("README.md", []byte(head+begin+got+end+tail), 0o666); err != nil {
			t.Fatal(err)
		}
	case got != table:
		t.Errorf("README.md is out of date; go test -update renews it. It should say:\n%s", got)
	}
}

func keeps(t *testing.T) string {
	var b strings.Builder
	columns := []string{}
	for _, f := range Formats(Options{}) {
		columns = append(columns, f.Prefix)
	}
	columns = append(columns, "dcat_ap")
	tableHead(&b, columns)
	for _, row := range fields {
		b.WriteString("| " + row.name + " |")
		for _, prefix := range columns {
			without, with := plain(), plain()
			if prefix == "dcat_ap" { // which is for data sets alone
				without.Output.Kind, with.Output.Kind = "dataset", "dataset"
			}
			row.set(with.Output)
			if holds(expressed(t, prefix, without), row.marks) {
				t.Errorf("%s: %s holds a mark of %q by itself", row.name, prefix, row.marks)
			}
			if holds(expressed(t, prefix, with), row.marks) {
				b.WriteString(" ✓ |")
			} else {
				b.WriteString(" – |")
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func tableHead(b *strings.Builder, columns []string) {
	b.WriteString("| field of an output | `" + strings.Join(columns, "` | `") + "` |\n")
	b.WriteString("|---|" + strings.Repeat(":-:|", len(columns)) + "\n")
}

func comesBack(t *testing.T) string {
	var b strings.Builder
	tableHead(&b, readFormats)
	for _, row := range fields {
		b.WriteString("| " + row.name + " |")
		with := plain()
		row.set(with.Output)
		wanted := added(t, plain().Output, with.Output, row.marks)
		if len(wanted) == 0 {
			t.Errorf("%s: no value can be looked for", row.name)
		}
		for _, prefix := range readFormats {
			before, _ := read(t, string(render(t, prefix, plain())))
			after, _ := read(t, string(render(t, prefix, with)))
			b.WriteString(" " + cameBack(wanted, added(t, &before, &after, nil)) + " |")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// value is one that stands somewhere in a field of an output.
type value struct{ field, text string }

// added are the values of an output that another does not have; of those that
// hold a mark these alone.
func added(t *testing.T, without, with *model.Output, marks []string) map[value]bool {
	t.Helper()
	known, all, marked := valuesOf(t, without), map[value]bool{}, map[value]bool{}
	for v := range valuesOf(t, with) {
		if known[v] {
			continue
		}
		all[v] = true
		for _, m := range marks {
			if strings.Contains(v.text, strings.ToLower(m)) {
				marked[v] = true
			}
		}
	}
	if len(marked) > 0 {
		return marked
	}
	return all
}

// valuesOf are the values of an output, in small letters, but for its id and
// where it comes from.
func valuesOf(t *testing.T, o *model.Output) map[value]bool {
	t.Helper()
	data, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(data, &fields); err != nil {
		t.Fatal(err)
	}
	values := map[value]bool{}
	for name, field := range fields {
		if name != "id" && name != "provenance" {
			eachLeaf(field, func(s string) { values[value{name, strings.ToLower(s)}] = true })
		}
	}
	return values
}

func eachLeaf(v any, visit func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, inner := range v {
			eachLeaf(inner, visit)
		}
	case []any:
		for _, inner := range v {
			eachLeaf(inner, visit)
		}
	case float64:
		visit(strconv.FormatFloat(v, 'f', -1, 64))
	default:
		visit(fmt.Sprint(v))
	}
}

// cameBack says whether values came back where they were, elsewhere, or not.
func cameBack(wanted, got map[value]bool) string {
	there, elsewhere := true, true
	for v := range wanted {
		there = there && got[v]
		found := false
		for other := range got {
			found = found || strings.Contains(other.text, v.text)
		}
		elsewhere = elsewhere && found
	}
	switch {
	case there:
		return "✓"
	case elsewhere:
		return "○"
	}
	return "–"
}

// expressed is a record in a format; dcat_ap is the graph of package dcat,
// which cmd/gtnum serves beside the formats of this package.
func expressed(t *testing.T, prefix string, r model.Record) []byte {
	if prefix != "dcat_ap" {
		return render(t, prefix, r)
	}
	var doc bytes.Buffer
	if err := dcat.ExportRecord(t.Context(), &doc, nil, r, dcat.Options{Syntax: dcat.RDFXML}); err != nil {
		t.Fatal(err)
	}
	return doc.Bytes()
}

func holds(metadata []byte, marks []string) bool {
	for _, m := range marks {
		if bytes.Contains(metadata, []byte(m)) {
			return true
		}
	}
	return false
}
