//go:build interop

package crosswalk

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// Ten records of HAL's own, as its OAI server sends them, and what came through
// as a table for people.
func TestInteropRealHALRecords(t *testing.T) {
	var b strings.Builder
	for _, s := range samples(t) {
		writeTable(&b, s.out, s.losses)
	}
	golden(t, "hal-tei.golden", []byte(b.String()))
}

// The same records, served again, are valid in every format.
func TestInteropRealHALRecordsServedAgain(t *testing.T) {
	c := heading()
	for _, s := range samples(t) {
		c.Outputs = append(c.Outputs, s.out)
	}
	validate(t, c, queries())
}

func samplesDir() string { return cmp.Or(os.Getenv("GTNUM_SAMPLES"), "../../../shared/samples") }

type sample struct {
	out    model.Output
	losses []Loss
}

func samples(t *testing.T) (list []sample) {
	t.Helper()
	dir := filepath.Join(samplesDir(), "hal-tei")
	files, err := filepath.Glob(filepath.Join(dir, "*.xml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples in %s: say where they are in GTNUM_SAMPLES", dir)
	}
	for _, file := range files {
		metadata, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rec := oaipmh.Record[oaipmh.Metadata]{Value: metadata}
		rec.Identifier = "oai:HAL:" + strings.TrimSuffix(filepath.Base(file), ".xml")
		rec.Datestamp = time.Date(2023, 7, 22, 0, 0, 0, 0, time.UTC)
		out, losses, err := Read(rec, model.Origin{BaseURL: "https://api.archives-ouvertes.fr/oai/hal/", Harvested: date("2023-07-23T10:00:00Z")})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, sample{out, losses})
	}
	return list
}

// writeTable writes what is known of an output, a line a fact, and how often
// each element was read past.
func writeTable(b *strings.Builder, o model.Output, losses []Loss) {
	line := func(name string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "0" {
			fmt.Fprintf(b, "%-12s %s\n", name, shorten(s))
		}
	}
	texts := func(name string, t model.Text) {
		for _, s := range t {
			line(name, fmt.Sprintf("[%s] %s", s.Lang, s.Value))
		}
	}
	fmt.Fprintf(b, "── %s\n", o.ID)
	line("kind", o.Kind)
	texts("title", o.Title)
	texts("subtitle", o.Subtitle)
	for _, t := range o.AlternativeTitles {
		texts("also titled", t)
	}
	texts("abstract", o.Abstract)
	for _, c := range o.Contributions {
		line(string(c.Role), agentLine(c.Agent)+in(c.Label.String(), " (%s)"))
		for _, a := range slices.Concat(c.Affiliations, c.Agent.Affiliations) {
			line("  of", agentLine(a))
			var wholes func(list model.Wholes, indent string)
			wholes = func(list model.Wholes, indent string) {
				for _, whole := range list {
					line(indent+"of", agentLine(whole))
					wholes(whole.PartOf, indent+"  ")
				}
			}
			wholes(a.PartOf, "    ")
		}
	}
	line("publisher", o.Publisher.Name)
	for _, f := range o.Funding {
		line("funding", strings.Join([]string{f.Funder.Name, f.Programme, f.Award, f.Acronym, f.Title.String()}, " | "))
	}
	if c := o.Container; c != nil {
		line("in", fmt.Sprintf("%s, volume %q, issue %q, pages %q, published by %q, %v, edited by %v", c.Title, c.Volume, c.Issue, c.Pages, c.Publisher, c.Identifiers, names(c.Editors)))
	}
	if c := o.Conference; c != nil {
		line("at", fmt.Sprintf("%s, %s, %s, %s", c.Title, c.Place, c.Country, c.Period))
	}
	line("issued", o.Issued)
	line("created", o.Created)
	line("available", o.Available)
	line("version", o.Version)
	line("languages", spaced(o.Languages))
	line("licence", o.Licence)
	line("access", o.Access)
	line("url", o.URL)
	line("identifiers", spaced(o.Identifiers))
	for _, f := range o.Files {
		line("file", f.URL+" "+f.MediaType)
	}
	for _, l := range o.Links {
		line("link", l.URL+" "+l.Kind)
	}
	for _, s := range o.Subjects {
		line(cmp.Or(s.Scheme, "keyword"), strings.TrimSpace(s.Code+" "+spaced(s.Label)))
	}
	for _, p := range o.Spatial {
		texts("place", p.Label)
	}
	for _, r := range o.Relations {
		line("relation", fmt.Sprintf("%s %s%s", r.Type, r.Identifier, r.URL))
	}
	for _, d := range o.Provenance.Derived {
		line("by rule", d.Field+": "+d.Rule.String())
	}
	writeLosses(b, losses)
}

// number is what tells one element from its like: numbers, and attributes
// whose values are keys.
var number = regexp.MustCompile(`\[\d+\]|\[@(n|key|corresp|status|when|notation)="[^"]*"\]`)

func writeLosses(b *strings.Builder, losses []Loss) {
	count := map[string]int{}
	for _, l := range losses {
		path := number.ReplaceAllString(l.Path, "")
		path = strings.TrimPrefix(path, "TEI/text/body/listBibl/biblFull/")
		count[path+in(l.Reason.In(language.English), " (%s)")]++
	}
	for _, path := range slices.Sorted(func(yield func(string) bool) {
		for p := range count {
			if !yield(p) {
				return
			}
		}
	}) {
		fmt.Fprintf(b, "lost %4d ×  %s\n", count[path], path)
	}
	b.WriteByte('\n')
}

func agentLine(a model.Agent) string {
	return strings.TrimSpace(a.Name + in(a.FamilyName, " <%s>") + in(spaced(a.Identifiers), " %s") + in(a.Homepage, " %s"))
}

func in(s, format string) string {
	if s == "" {
		return ""
	}
	return fmt.Sprintf(format, s)
}

func names(agents []model.Agent) []string {
	var out []string
	for _, a := range agents {
		out = append(out, a.Name)
	}
	return out
}

func spaced[T any](list []T) string {
	var out []string
	for _, v := range list {
		out = append(out, fmt.Sprint(v))
	}
	return strings.Join(out, " ")
}

// shorten keeps lines readable: the texts themselves are HAL's.
func shorten(s string) string {
	if r := []rune(s); len(r) > 160 {
		return string(r[:160]) + "…"
	}
	return s
}
