//go:build interop

package model_test

import (
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/model"
)

// enumerations returns the values that an XML schema or grammar enumerates:
// of xs:enumeration and of RELAX NG's value.
func enumerations(t *testing.T, file string) map[string]bool {
	t.Helper()
	f, err := os.Open(filepath.Join(interop.Schemas(t), file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	values := map[string]bool{}
	for dec := xml.NewDecoder(f); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "enumeration" {
			for _, a := range e.Attr {
				if a.Name.Local == "value" {
					values[a.Value] = true
				}
			}
		}
	}
	if len(values) == 0 {
		t.Fatalf("%s enumerates nothing", file)
	}
	return values
}

func TestInteropDataCiteHasEveryEquivalent(t *testing.T) {
	types := enumerations(t, "datacite-4.7/include/datacite-resourceType-v4.xsd")
	for _, k := range model.Kinds() {
		if !types[k.DataCite] {
			t.Errorf("kind %s: DataCite has no resource type %q", k.Kind, k.DataCite)
		}
	}
	roles := enumerations(t, "datacite-4.7/include/datacite-contributorType-v4.xsd")
	for _, r := range model.Roles() {
		if r.DataCite != "" && !roles[r.DataCite] {
			t.Errorf("role %s: DataCite has no contributor type %q", r.Role, r.DataCite)
		}
	}
	relations := enumerations(t, "datacite-4.7/include/datacite-relationType-v4.xsd")
	for _, r := range model.RelationTypes() {
		if !relations[r.DataCite] {
			t.Errorf("relation %s: DataCite has no relation type %q", r.Type, r.DataCite)
		}
	}
	identifiers := enumerations(t, "datacite-4.7/include/datacite-relatedIdentifierType-v4.xsd")
	for _, s := range model.Schemes() {
		if s.DataCite != "" && !s.Agent && !identifiers[s.DataCite] {
			t.Errorf("scheme %s: DataCite has no identifier type %q", s.Scheme, s.DataCite)
		}
	}
}

func TestInteropOpenAIREHasEveryKindOrOneBroader(t *testing.T) {
	concepts := enumerations(t, "openaire-4/oaire-resourceType-v4.xsd")
	general := enumerations(t, "openaire-4/oaire.xsd")
	maps.Copy(general, concepts)
	for _, k := range model.Kinds() {
		if !general[k.OpenAIRE] {
			t.Errorf("kind %s: OpenAIRE has no general type %q", k.Kind, k.OpenAIRE)
		}
		at := k
		for !concepts[at.COAR] && at.Broader != "" {
			at = at.Broader.Info()
		}
		if !concepts[at.COAR] {
			t.Errorf("kind %s: OpenAIRE has neither %s nor a broader one", k.Kind, k.COAR)
		}
	}
	rights := enumerations(t, "openaire-4/oaire-accessRight-v4.xsd")
	for _, a := range model.Accesses() {
		if !rights[a.COAR] {
			t.Errorf("access %s: OpenAIRE has no %s", a.Access, a.COAR)
		}
	}
}

// TestInteropHALKindsAreThoseOfItsRecords compares with real records, as HAL's
// grammar leaves the list of types open.
func TestInteropHALKindsAreThoseOfItsRecords(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(interop.Samples(t), "hal-tei", "*.xml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no records of HAL: %v", err)
	}
	known := map[string]bool{}
	for _, k := range model.Kinds() {
		known[k.HAL] = true
	}
	typology := regexp.MustCompile(`scheme="halTypology"[^>]*n="([A-Z]+)"|n="([A-Z]+)"[^>]*scheme="halTypology"`)
	found := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range typology.FindAllStringSubmatch(string(data), -1) {
			found++
			if !known[m[1]+m[2]] {
				t.Errorf("%s: no kind is HAL's %s", filepath.Base(file), m[1]+m[2])
			}
		}
	}
	if found == 0 {
		t.Error("no record says its type")
	}
}

// brochure returns the text that the catalogue was transcribed from.
func brochure(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(interop.Seed(t), "pleiades-brochure.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var printedURL = regexp.MustCompile(`https?://\S+`)

func TestInteropPleiadesHasEveryLinkOfTheBrochureAndNoOther(t *testing.T) {
	printed := slices.Compact(slices.Sorted(slices.Values(printedURL.FindAllString(brochure(t), -1))))
	links := slices.Sorted(slices.Values(linksOf(pleiades(t))))
	if diff := cmp.Diff(printed, links); diff != "" {
		t.Errorf("links (-brochure +catalogue):\n%s", diff)
	}
}

// TestInteropPleiadesWritesNoOtherAddress looks at the file itself, so that no
// field is forgotten: what it writes beside the printed links is its base and
// what links are normalised to.
func TestInteropPleiadesWritesNoOtherAddress(t *testing.T) {
	cat := pleiades(t)
	var file strings.Builder
	if err := cat.WriteJSON(&file); err != nil {
		t.Fatal(err)
	}
	allowed := map[string]bool{cat.Base: true}
	for _, printed := range printedURL.FindAllString(brochure(t), -1) {
		clean, err := model.NormalizeURL(printed)
		if err != nil {
			t.Errorf("the brochure prints no address: %v", err)
		}
		allowed[printed], allowed[clean] = true, true
	}
	for _, address := range regexp.MustCompile(`https?://[^"\s]+`).FindAllString(file.String(), -1) {
		if !allowed[address] {
			t.Errorf("the brochure does not print %s", address)
		}
	}
}

// credits splits the brochure's credits into their persons, and the lines of
// those whose names are lost. A block of lines is one entry: it begins with
// the name and goes on with what the person is; a line after a space begins an
// entry anew, where the extraction lost what stood before. A first line that
// names a body is an entry without its name.
func credits(t *testing.T) (persons, lost []string) {
	t.Helper()
	_, text, ok := strings.Cut(brochure(t), "Crédits")
	if !ok {
		t.Fatal("the brochure has no credits")
	}
	text, _, _ = strings.Cut(text, "http") // what follows are links
	text = strings.ReplaceAll(text, "\n ", "\n\n ")
	body := regexp.MustCompile(`^(DANE|Circeft|Recifes|LAB-E3D|Théodile|Centre)\b`)
	name := regexp.MustCompile(`^\p{Lu}[\p{L}-]+( \p{Lu}[\p{L}-]+)+$`)
	for block := range strings.SplitSeq(text, "\n\n") {
		lines := strings.Split(strings.TrimSpace(block), "\n")
		switch {
		case body.MatchString(lines[0]):
			lost = append(lost, strings.Join(lines, " "))
		case name.MatchString(lines[0]):
			persons = append(persons, lines[0])
		}
	}
	return persons, lost
}

func TestInteropPleiadesHasEveryPersonOfTheBrochureAndNoOther(t *testing.T) {
	persons, lost := credits(t)
	cat := pleiades(t)
	if diff := cmp.Diff(slices.Sorted(slices.Values(persons)), slices.Sorted(slices.Values(personsOf(cat)))); diff != "" {
		t.Errorf("persons (-brochure +catalogue):\n%s", diff)
	}
	var gaps []string
	for _, g := range cat.Group("pleiades").Gaps {
		gaps = append(gaps, g.Printed)
	}
	if diff := cmp.Diff(lost, gaps); diff != "" {
		t.Errorf("credit lines without name (-brochure +catalogue):\n%s", diff)
	}
}

// TestInteropPleiadesKeepsTheWordsOfTheBrochure compares the texts letter by
// letter but for what the extraction damages: accents, apostrophes, capital I
// for a small l.
func TestInteropPleiadesKeepsTheWordsOfTheBrochure(t *testing.T) {
	source := letters(brochure(t))
	cat := pleiades(t)
	group := cat.Group("pleiades")
	texts := []model.Text{cat.Programme.Description, group.Question}
	for paragraph := range strings.SplitSeq(group.Description.String(), "\n\n") {
		before, after, cut := strings.Cut(paragraph, "répondent celles ")
		if texts = append(texts, model.NewText("fr", before)); cut { // a heading stands between
			texts = append(texts, model.NewText("fr", after))
		}
	}
	for _, a := range group.Axes[2:] { // the columns of the first two are interwoven
		texts = append(texts, a.Title, a.Description)
	}
	for _, text := range texts {
		if want := letters(strings.TrimSuffix(text.String(), "[…]")); !strings.Contains(source, want) {
			t.Errorf("the brochure does not say %q", text)
		}
	}
}

// damaged are the letters that the extraction writes in place of others.
var damaged = strings.NewReplacer("€", "e", "I", "l", "’", "", "'", "", "ç", "c", "[", "l")

// letters leaves the letters and digits of a text, without accents, so that
// only its words remain.
func letters(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(damaged.Replace(s)) {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return regexp.MustCompile(`ee+`).ReplaceAllString(b.String(), "e") // "numeérique"
}
