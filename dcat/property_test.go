package dcat

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/gtnum/gtnum/internal/eu"
	"github.com/gtnum/gtnum/model"
)

// A maker draws catalogues with everything in them that DCAT can say.
type maker struct {
	*rand.Rand
	dirty bool // characters too that no syntax can hold
	n     int  // makes names unique
	extra string
}

func newMaker(seed uint64) *maker { return &maker{Rand: rand.New(rand.NewPCG(seed, 1))} }

func (m *maker) next() int { m.n++; return m.n }

func (m *maker) maybe() bool { return m.IntN(3) > 0 }

// alphabets: Latin, quotes and what syntaxes escape, right to left, Han,
// combining marks, other planes.
var alphabets = []string{
	"abcdefghij klmno", "àéèçœÆßñ", "\"'\\<>&;{}[]()|^`#%@,.=:/?~*+$!", "שלום عربي", "漢字かな한글",
	"éȧ", "𝒳😀🏳️‍🌈𐍈\U0010FFFD", "\t\n", "\u00a0\u2028\u200f",
}

const unwritable = "\x00\x01\x0b\x0c\x1f\x7f\u0085\ufffe\uffff\xff\xc3"

func (m *maker) string() string {
	var b strings.Builder
	for range 1 + m.IntN(12) {
		a := []rune(alphabets[m.IntN(len(alphabets))])
		b.WriteRune(a[m.IntN(len(a))])
		if m.dirty && m.IntN(4) == 0 {
			b.WriteByte(unwritable[m.IntN(len(unwritable))])
		}
	}
	s := fmt.Sprint(b.String(), m.extra, " ", m.next())
	if m.dirty {
		return s
	}
	return norm.NFC.String(s)
}

var someTags = []language.Tag{language.French, language.English, language.Arabic, language.Make("fr-CA"), language.Make("zh-Hant"), language.Make("oc"), language.Make("sr-Latn-RS"), language.Und}

func (m *maker) text() (t model.Text) {
	for _, i := range m.Perm(len(someTags))[:1+m.IntN(3)] {
		t = append(t, model.LangString{Lang: someTags[i], Value: m.string()})
	}
	return t
}

func (m *maker) maybeText() model.Text {
	if m.maybe() {
		return m.text()
	}
	return nil
}

func (m *maker) url() string {
	forms := []string{"https://example.org/%d", "http://exemple.org/é/%d?a=b&c='x'", "https://例え.jp/%d#frag", "https://example.org/a(%d)/b;c=1", "https://example.org/%%20%d"}
	return fmt.Sprintf(forms[m.IntN(len(forms))], m.next())
}

func (m *maker) date() model.Date {
	t := time.Date(1990+m.IntN(60), time.Month(1+m.IntN(12)), 1+m.IntN(28), m.IntN(24), m.IntN(60), m.IntN(60), 0, time.UTC)
	return model.NewDate(t, model.Precision(1+m.IntN(4)))
}

func (m *maker) maybeDate() model.Date {
	if m.maybe() {
		return m.date()
	}
	return model.Date{}
}

func pick[T any](m *maker, from ...T) T { return from[m.IntN(len(from))] }

func (m *maker) link(kind string) model.Link {
	return model.Link{URL: m.url(), Title: m.maybeText(), Kind: kind}
}

// agent is an inline one, or a reference.
func (m *maker) agent() model.Agent {
	if m.IntN(3) == 0 {
		return model.Agent{ID: pick(m, "a0", "a1", "a2")}
	}
	return m.inline(2)
}

func (m *maker) inline(depth int) model.Agent {
	a := model.Agent{Name: m.string(), Kind: pick(m, model.Person, model.Organisation, "")}
	if a.Kind == model.Person {
		a.GivenName, a.FamilyName = m.string(), m.string()
	}
	if m.maybe() {
		a.Homepage, a.Email = m.url(), fmt.Sprintf("x%d@example.org", m.next())
	}
	if depth > 0 && m.maybe() {
		a.Affiliations = append(a.Affiliations, m.inline(depth-1))
	}
	for depth > 0 && m.IntN(4) == 0 {
		a.PartOf = append(a.PartOf, m.inline(0))
	}
	return a
}

func (m *maker) catalogue(outputs int) *model.Catalogue {
	c := &model.Catalogue{
		Base: "https://example.org/c/", Title: m.text(), Description: m.text(), Issued: m.maybeDate(), Modified: m.date(),
		Languages: []language.Tag{language.French, language.German}, Publisher: model.Agent{ID: "a0"}, Licence: "etalab-2.0", Homepage: m.url(),
	}
	for i := range 3 {
		a := m.inline(1)
		a.ID = fmt.Sprintf("a%d", i)
		c.Agents = append(c.Agents, a)
	}
	c.Agents[1].Identifiers = []model.Identifier{{Scheme: model.ORCID, Value: "0000-0002-1825-0097"}}
	c.Programme = model.Programme{ID: "p", Title: m.text(), Acronym: m.string(), Description: m.text(), Coordinator: model.Agent{ID: "a1"}, Links: []model.Link{m.link("page")}}
	for i := range 2 {
		c.Groups = append(c.Groups, m.group(i))
	}
	c.Sources = []model.Source{{ID: "s0", Title: m.text(), URL: m.url(), Issued: m.maybeDate(), Note: m.maybeText()}}
	for i := range outputs {
		c.Outputs = append(c.Outputs, m.output(fmt.Sprintf("o%03d", i)))
	}
	// Who nobody names and what nobody cites does not come back.
	if outputs > 0 {
		c.Outputs[0].Provenance.Source = "s0"
		for i := range c.Agents {
			c.Outputs[0].Contributions = append(c.Outputs[0].Contributions, model.Contribution{Agent: model.Agent{ID: c.Agents[i].ID}, Role: "other"})
		}
	}
	return c
}

func (m *maker) group(i int) model.Group {
	g := model.Group{ID: fmt.Sprintf("g%d", i), Title: m.text(), Acronym: m.string(), Question: m.maybeText(), Description: m.maybeText(), Issued: m.maybeDate()}
	g.Laboratories, g.Academies, g.Supporters = []model.Agent{m.agent()}, []model.Agent{m.inline(0)}, []model.Agent{m.inline(0)}
	g.Contributions = m.contributions()
	g.Period = model.Period{Start: m.date(), End: m.maybeDate()}
	g.Links = []model.Link{m.link("blog")}
	for a := range 2 {
		g.Axes = append(g.Axes, model.Axis{ID: fmt.Sprintf("x%d", a), Title: m.text(), Description: m.maybeText()})
	}
	return g
}

func (m *maker) contributions() (by []model.Contribution) {
	for range 1 + m.IntN(3) {
		c := model.Contribution{Agent: m.inline(1), Role: pick(m, model.Roles()...).Role, Label: m.maybeText()}
		if m.IntN(3) == 0 {
			c.Affiliations = []model.Agent{m.inline(0)}
		}
		by = append(by, c)
	}
	return by
}

func (m *maker) output(id string) model.Output {
	o := model.Output{ID: id, Group: "g0", Axes: []string{"x0"}, Title: m.text(), Abstract: m.text(), Subtitle: m.maybeText(), URL: m.url()}
	o.Kind = "dataset"
	if m.maybe() {
		o.Kind = pick(m, model.Kinds()...).Kind
	}
	if m.IntN(4) == 0 {
		o.Title, o.Abstract = nil, nil
	}
	m.describe(&o)
	m.link2(&o)
	for range m.IntN(3) {
		o.Files = append(o.Files, m.file())
	}
	o.Contributions, o.Publisher = m.contributions(), m.agent()
	o.Contacts = []model.Agent{{Kind: pick(m, model.Person, model.Organisation), Name: m.string(), Email: "c@example.org", Homepage: m.url()}}
	if m.maybe() {
		o.Funding = []model.Funding{{Funder: m.inline(0), Award: m.string(), Title: m.text(), Acronym: m.string(), Programme: m.string(), URI: m.url()}}
	}
	return o
}

func (m *maker) describe(o *model.Output) {
	o.AlternativeTitles = []model.Text{m.text()}
	o.Subjects = []model.Subject{{Label: m.text(), IRI: m.url(), Scheme: m.url()}, {Label: m.text()}}
	o.Languages = pick(m, []language.Tag{language.French}, []language.Tag{language.Arabic, language.English}, []language.Tag{language.Make("fr-CA"), language.Make("rcf"), language.Make("gcf")})
	o.Version = m.string()
	o.Created, o.Accepted, o.Issued, o.Modified = m.maybeDate(), m.maybeDate(), m.maybeDate(), m.maybeDate()
	o.Duration = model.Duration(time.Duration(m.IntN(9000)) * time.Second)
	o.Licence = pick[model.Licence](m, pick(m, model.Licences()...).SPDX, "https://example.org/licence", "")
	o.Access = pick(m, model.Open, model.Restricted, model.MetadataOnly, "")
	if m.IntN(5) == 0 {
		o.Access, o.Available = model.Embargoed, m.date()
	}
	o.Rights = m.maybeText()
	o.Temporal = []model.Period{{Start: m.date(), End: m.maybeDate()}}
	o.Spatial = []model.Place{{Label: m.text(), IRI: m.url()}, {Label: m.text()},
		{Label: m.text(), IRI: m.url(), Box: pick(m, model.Box{West: 2.3125, South: -48.5, East: 2.625, North: 48.75}, model.Box{West: 177, South: -20, East: -178.25, North: -12.5})}}
	o.Frequency = pick(m, model.Frequencies()...).Frequency
	o.Themes = []string{euAuthority + "data-theme/" + pick(m, eu.Themes...).Code}
	o.ConformsTo = []model.Link{{URL: m.url(), Title: m.maybeText()}}
	if m.maybe() {
		o.Education = &model.Education{Audience: []model.Concept{{IRI: m.url(), Label: m.text()}}, Levels: []model.Concept{{IRI: m.url()}}, ResourceTypes: []model.Concept{{IRI: m.url(), Label: m.text()}}}
	}
	if m.IntN(6) == 0 {
		o.Status = model.Withdrawn
	}
	o.Provenance.Derived = []model.Derivation{{Field: "kind", Rule: m.text()}}
	if m.maybe() {
		o.Datestamp = model.NewDate(m.date().Time(), model.Instant)
		o.Provenance.Origins = []model.Origin{{BaseURL: m.url(), Identifier: fmt.Sprintf("oai:example.org:%d", m.next()), Datestamp: m.date(), MetadataNamespace: m.url(), Harvested: m.date()}}
	}
}

func (m *maker) link2(o *model.Output) {
	o.Identifiers = []model.Identifier{{Scheme: model.DOI, Value: fmt.Sprintf("10.1234/%d", m.next())}, {Scheme: model.HAL, Value: fmt.Sprintf("hal-%08d", m.next()), Derived: true}, {Scheme: model.ISBN, Value: "9782070368228"}}
	o.Links = []model.Link{m.link("documentation"), m.link("blog")}
	for _, t := range relationTypes {
		if m.IntN(3) == 0 {
			o.Relations = append(o.Relations, m.relation(t.Type))
		}
	}
	if m.IntN(3) == 0 {
		o.Relations = append(o.Relations, m.relation("hasVersion"))
	}
	if m.maybe() {
		o.Container = &model.Container{Title: m.text(), Kind: "journal", Identifiers: []model.Identifier{{Scheme: model.ISSN, Value: "2260-0183"}}, URL: m.url(), Publisher: m.string(), Volume: "3", Issue: "2", Pages: "1–2"}
	}
}

func (m *maker) relation(t model.RelationType) model.Relation {
	r := model.Relation{Type: t, Title: m.maybeText()}
	switch m.IntN(3) {
	case 0:
		r.Output = fmt.Sprintf("elsewhere-%d", m.next())
	case 1:
		r.Identifier = model.Identifier{Scheme: model.DOI, Value: fmt.Sprintf("10.4321/%d", m.next())}
	default:
		r.URL = m.url()
	}
	return r
}

func (m *maker) file() model.File {
	return model.File{
		URL: m.url(), Page: m.url(), Title: m.maybeText(), Description: m.maybeText(), MediaType: pick(m, "text/csv", "application/x-strange", "image/png", ""),
		Size: m.Int64N(1 << 40), Checksum: pick(m, model.Checksum{Algorithm: "sha512", Value: "00ff"}, model.Checksum{}),
		Licence: pick[model.Licence](m, "CC-BY-4.0", "CC0-1.0"), Rights: m.maybeText(), Access: pick[model.Access](m, model.Restricted, ""), Languages: []language.Tag{language.Make("br")},
		Issued: m.maybeDate(), Modified: m.maybeDate(), ConformsTo: []model.Link{{URL: m.url()}},
	}
}

// What DCAT can say comes back from each syntax, for any catalogue.
func TestReadIsTheInverseOfExport(t *testing.T) {
	for seed := range uint64(25) {
		roundTrip(t, newMaker(seed))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func roundTrip(t *testing.T, m *maker) {
	t.Helper()
	want := m.catalogue(3)
	src := source(t, want)
	docs := make(map[Syntax][]byte)
	for _, s := range Syntaxes() {
		docs[s] = export(t, src, Options{Syntax: s})
	}
	sayable(want)
	for s, doc := range docs {
		got, losses, err := Read(bytes.NewReader(doc), s, "")
		if err != nil {
			t.Fatalf("%s: %v\n%s", s, err, doc)
		}
		for _, l := range losses {
			t.Errorf("%s: lost: %s", s, l)
		}
		orderKeywords(want, got)
		if d := diff(t, want, got); d != "" {
			t.Errorf("%s: came back otherwise (-want +got):\n%s", s, d)
		}
	}
}

// orderKeywords brings sources and relations into one order: a graph has
// none between properties.
func orderKeywords(cs ...*model.Catalogue) {
	for _, c := range cs {
		slices.SortFunc(c.Agents, func(a, b model.Agent) int { return strings.Compare(a.ID, b.ID) })
		for i := range c.Outputs {
			slices.SortStableFunc(c.Outputs[i].Relations, func(a, b model.Relation) int { return strings.Compare(string(a.Type), string(b.Type)) })
		}
	}
}

func FuzzReadIsTheInverseOfExport(f *testing.F) {
	f.Add(uint64(1), "x")
	f.Add(uint64(2), "\"\\\n\u2028 'é漢😀")
	f.Fuzz(func(t *testing.T, seed uint64, s string) {
		m := newMaker(seed)
		m.extra = strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' && r != '\n' || r == 0x7f || r == 0xfffd || r >= 0x80 && r < 0xa0 || r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, ""))
		roundTrip(t, m)
	})
}

// FuzzRead: no document makes the reader fail otherwise than by an error, and
// what it reads can be written again.
func FuzzRead(f *testing.F) {
	// Small documents, as the fuzzer is slow with long ones.
	f.Add(uint8(Turtle), `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<catalog> a dcat:Catalog ; dct:title "T"@fr ; dcat:dataset <records/x> .
<records/x> a dcat:Dataset ; dct:title "X" ; dct:creator [ a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> "N" ; <http://www.w3.org/ns/org#memberOf> <a> ] ; dct:issued "2020" ; dcat:distribution <d> .
<d> dcat:downloadURL <f.csv> ; dct:license <l> . <a> <http://xmlns.com/foaf/0.1/name> "A" ; <http://www.w3.org/ns/org#memberOf> <a> .`)
	f.Add(uint8(NTriples), "<http://a/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .\n<http://a/x> <http://purl.org/dc/terms/isPartOf> <http://a/x> .")
	f.Add(uint8(RDFXML), `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"><dcat:Dataset rdf:about="x"><dcat:keyword xml:lang="fr">k</dcat:keyword></dcat:Dataset></rdf:RDF>`)
	f.Add(uint8(JSONLD), `{"@context":{"dcat":"http://www.w3.org/ns/dcat#"},"@id":"x","@type":"dcat:Dataset","dcat:version":"1"}`)
	f.Fuzz(func(t *testing.T, n uint8, doc string) {
		s := Syntaxes()[int(n)%len(Syntaxes())]
		c, _, err := Read(strings.NewReader(doc), s, "https://example.org/")
		if err != nil {
			return
		}
		src, err := NewSource(c)
		if err != nil {
			return // two records of one id
		}
		if err := Export(context.Background(), io.Discard, src, Options{Syntax: s}); err != nil {
			t.Errorf("read, but not written: %v", err)
		}
	})
}

// The four syntaxes hold the same triples for any catalogue, with characters
// too that none of them can hold.
func TestExportHoldsTheSameTriplesInEachSyntax(t *testing.T) {
	for seed := range uint64(12) {
		m := newMaker(seed)
		m.dirty = true
		src := source(t, m.catalogue(3))
		for _, p := range Profiles() {
			var want []string
			for _, s := range Syntaxes() {
				got := shape(t, export(t, src, Options{Syntax: s, Profile: p}), s)
				if want == nil {
					want = got
				} else if !slices.Equal(got, want) {
					t.Fatalf("seed %d, %s: %s holds other triples than Turtle", seed, p.Name, s)
				}
			}
		}
	}
}

// shape returns the triples of a document without the labels of blank nodes,
// in order.
func shape(t *testing.T, doc []byte, s Syntax) (lines []string) {
	t.Helper()
	for tr, err := range Decode(bytes.NewReader(doc), s, "") {
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		for _, term := range []*Term{&tr.Subject, &tr.Object} {
			if term.Kind == KindBlank {
				term.Value = "b"
			}
		}
		lines = append(lines, tr.String())
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
