// Package generate makes catalogues for tests and benchmarks: deterministic,
// of any size, and like real ones in what costs time: all kinds, several
// languages, groups whose sizes follow a power law, 2 to 30 authors.
//
// Everything in them is made up, and says so: the names are those of nobody,
// the identifiers are of prefixes that register none.
package generate

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// Options say which catalogue to make.
type Options struct {
	// Records is the number of outputs.
	Records int
	// Seed decides everything else: the same options give the same
	// catalogue.
	Seed uint64
	// Revision of the catalogue. From one to the next one record of a hundred
	// changes.
	Revision int
}

const (
	groupCount = 48
	axisCount  = 5
)

// Heading returns the catalogue without its outputs.
func Heading(opts Options) *model.Catalogue {
	cat := &model.Catalogue{
		ID:        "generated",
		Base:      "https://generated.example.org/",
		Title:     both("Catalogue engendré", "Generated catalogue"),
		Issued:    date("2023-05"),
		Modified:  date(fmt.Sprintf("2026-01-%02dT00:00:00Z", 1+opts.Revision%28)),
		Languages: []language.Tag{language.French, language.English},
		Licence:   "etalab-2.0",
		Publisher: model.Agent{ID: "publisher"},
		Contacts:  []model.Agent{{ID: "publisher"}},
		Agents: []model.Agent{{
			ID: "publisher", Kind: model.Organisation, Name: "Organisme engendré",
			Email: "contact@generated.example.org", Homepage: "https://generated.example.org/",
		}},
	}
	cat.Description = both("Un catalogue fait par un programme, pour les essais et les mesures.", "A catalogue that a program made, for tests and measurements.")
	for i := range groupCount {
		cat.Groups = append(cat.Groups, group(i))
	}
	return cat
}

func group(i int) model.Group {
	g := model.Group{ID: fmt.Sprintf("g%02d", i), Acronym: fmt.Sprintf("#GT%02d", i), Issued: date("2023-05")}
	g.Title = both(fmt.Sprintf("Groupe %d", i), fmt.Sprintf("Group %d", i))
	for a := range axisCount {
		g.Axes = append(g.Axes, model.Axis{
			ID: fmt.Sprintf("a%d", a), Title: both(fmt.Sprintf("Axe %d", a), fmt.Sprintf("Axis %d", a)),
		})
	}
	return g
}

// Outputs yields the outputs of the catalogue.
func Outputs(opts Options) iter.Seq[*model.Output] {
	return func(yield func(*model.Output) bool) {
		for i := range opts.Records {
			if !yield(output(opts, i)) {
				return
			}
		}
	}
}

// Catalogue returns the catalogue with its outputs, for sizes that memory
// holds.
func Catalogue(opts Options) *model.Catalogue {
	cat := Heading(opts)
	for o := range Outputs(opts) {
		cat.Outputs = append(cat.Outputs, *o)
	}
	return cat
}

// revision of one record: it grows by one in the catalogue's revisions that
// change the record.
func revision(opts Options, i int) int {
	n := 0
	for r := 1; r <= opts.Revision; r++ {
		if (i+r)%100 == 0 {
			n = r
		}
	}
	return n
}

// output makes record i from the seed and its number alone, so that any
// record can be made without those before it.
func output(opts Options, i int) *model.Output {
	g := &maker{Rand: rand.New(rand.NewPCG(opts.Seed, uint64(i)))}
	o := &model.Output{ID: fmt.Sprintf("r%07d", i), Kind: kinds.pick(g)}
	o.Group = fmt.Sprintf("g%02d", g.powerLaw(groupCount))
	for a := range 1 + g.IntN(2) {
		o.Axes = append(o.Axes, fmt.Sprintf("a%d", (a+g.IntN(3))%axisCount))
	}
	if len(o.Axes) == 2 && o.Axes[0] == o.Axes[1] {
		o.Axes = o.Axes[:1]
	}
	g.describe(o, revision(opts, i))
	g.publish(o, i)
	if o.Kind == "dataset" {
		g.dataset(o, i)
	}
	return o
}

// maker draws the parts of one record.
type maker struct{ *rand.Rand }

func (g *maker) describe(o *model.Output, revision int) {
	o.Languages = []language.Tag{language.French}
	title, abstract := g.sentence(frenchWords, 5, 12), g.sentence(frenchWords, 25, 70)
	if revision > 0 {
		title += fmt.Sprintf(" (version %d)", revision)
		o.Version = fmt.Sprint(revision)
	}
	o.Title, o.Abstract = model.NewText("fr", title), model.NewText("fr", abstract)
	if g.IntN(3) == 0 {
		o.Title = append(o.Title, model.LangString{Lang: language.English, Value: g.sentence(englishWords, 5, 12)})
		o.Abstract = append(o.Abstract, model.LangString{Lang: language.English, Value: g.sentence(englishWords, 25, 70)})
	}
	if g.IntN(20) == 0 {
		o.Languages = []language.Tag{language.English}
	}
	for range 3 + g.IntN(5) {
		o.Subjects = append(o.Subjects, model.Subject{Label: model.NewText("fr", g.sentence(frenchWords, 1, 2))})
	}
	for range 2 + g.powerLaw(29) {
		o.Contributions = append(o.Contributions, model.Contribution{Agent: g.person(), Role: model.Author})
	}
}

func (g *maker) publish(o *model.Output, i int) {
	o.Issued = date(fmt.Sprintf("%d-%02d-%02d", 2019+g.IntN(7), 1+g.IntN(12), 1+g.IntN(28)))
	o.Access, o.Licence = model.Open, licences.pick(g)
	if g.IntN(10) == 0 {
		o.Access, o.Licence = model.Restricted, ""
	}
	o.URL = fmt.Sprintf("https://generated.example.org/page/%d", i)
	if g.IntN(2) == 0 {
		o.Identifiers = append(o.Identifiers, model.Identifier{Scheme: model.DOI, Value: fmt.Sprintf("10.99999/generated.%d", i)})
	}
	o.Identifiers = append(o.Identifiers, model.Identifier{Scheme: model.Local, Value: fmt.Sprintf("GEN-%d", i)})
}

// dataset fills every field that a portal asks of a data set.
func (g *maker) dataset(o *model.Output, i int) {
	o.Contacts = []model.Agent{{ID: "publisher"}}
	o.Publisher = model.Agent{ID: "publisher"}
	o.Access, o.Licence = model.Open, "etalab-2.0"
	o.Modified = o.Issued
	o.Frequency = "annual"
	o.Temporal = []model.Period{{Start: date("2020-03-16"), End: date("2020-07-04")}}
	o.Spatial = []model.Place{{Label: both("France", "France"), IRI: "http://publications.europa.eu/resource/authority/country/FRA"}}
	o.Rights = both("Réutilisation libre, sous réserve de mentionner la source.", "Free reuse, provided that the source is named.")
	for f := range 1 + g.IntN(3) {
		o.Files = append(o.Files, model.File{
			URL:       fmt.Sprintf("https://generated.example.org/file/%d/%d.csv", i, f),
			Title:     both(fmt.Sprintf("Fichier %d", f), fmt.Sprintf("File %d", f)),
			MediaType: "text/csv", Size: 1000 + g.Int64N(1e7), Issued: o.Issued, Modified: o.Issued,
			Rights:   o.Rights,
			Checksum: model.Checksum{Algorithm: "sha256", Value: fmt.Sprintf("%016x%016x%016x%016x", g.Uint64(), g.Uint64(), g.Uint64(), g.Uint64())},
		})
	}
}

func (g *maker) person() model.Agent {
	given, family := pick(g, givenNames), capital(pick(g, syllables)+pick(g, syllables)+pick(g, endings))
	return model.Agent{Kind: model.Person, Name: given + " " + family, GivenName: given, FamilyName: family}
}

// powerLaw draws from 0 to n-1, small numbers far more often.
func (g *maker) powerLaw(n int) int {
	u := g.Float64()
	return int(float64(n) * u * u * u)
}

func (g *maker) sentence(words []string, from, to int) string {
	var b strings.Builder
	for i := range from + g.IntN(to-from+1) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(pick(g, words))
	}
	return capital(b.String())
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

func pick[T any](g *maker, list []T) T { return list[g.IntN(len(list))] }

func both(fr, en string) model.Text {
	return model.Text{{Lang: language.French, Value: fr}, {Lang: language.English, Value: en}}
}

func date(s string) model.Date {
	d, err := model.ParseDate(s)
	if err != nil {
		panic(err) // a mistake in this package
	}
	return d
}
