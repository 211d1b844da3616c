//go:build interop

package dcat

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/model"
)

// A fieldRow is a field of a data set, what was sent in it, and how each
// portal shows it.
type fieldRow struct {
	field, sent string
	udata       func(udataSet) string
	ckan        func(ckanSet) string
}

func extra(key string) func(ckanSet) string { return func(s ckanSet) string { return s.extra(key) } }

func none[T any](T) string { return "" }

func harvestDate(key string) func(udataSet) string {
	return func(s udataSet) string {
		date, _ := s.Harvest[key].(map[string]any)
		ms, ok := date["$date"].(float64)
		if !ok {
			return ""
		}
		return day(int64(ms))
	}
}

func dcatExtra(key string) func(udataSet) string {
	return func(s udataSet) string {
		extras, _ := s.Extras["dcat"].(map[string]any)
		return strings.Trim(fmt.Sprint(extras[key]), "[]")
	}
}

func contactOf(role string) func(udataSet) string {
	return func(s udataSet) string {
		for _, c := range s.ContactPoints {
			if c.Role == role {
				name, _, _ := strings.Cut(c.Name, " (")
				return name
			}
		}
		return ""
	}
}

func attributionOf(marc string) func(ckanSet) string {
	return func(s ckanSet) string {
		for _, a := range s.Attributions {
			if strings.HasSuffix(a.Role, "/"+marc) {
				return "role " + marc
			}
		}
		return ""
	}
}

func ckanTags(s ckanSet) string {
	var names []string
	for _, t := range s.Tags {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}

var fields = []fieldRow{
	{"title", "Enquête auprès des enseignants 2021 / Survey of teachers 2021", func(s udataSet) string { return s.Title }, func(s ckanSet) string { return s.Title }},
	{"abstract", "Réponses anonymes … / Anonymous answers …", func(s udataSet) string { return s.Description[:len("Réponses anonymes ")] + "…" }, func(s ckanSet) string { return s.Notes[:len("Anonymous answers ")] + "…" }},
	{"subjects", "classe à distance, distance class, école", func(s udataSet) string { return strings.Join(s.Tags[:3], ", ") }, ckanTags},
	{"themes", "EDUC", func(s udataSet) string { return s.Tags[3] }, extra("theme")},
	{"licence", "etalab-2.0", func(s udataSet) string { return s.License }, func(s ckanSet) string { return s.file("license") }},
	{"access", "open", dcatExtra("accessRights"), extra("access_rights")},
	{"rights", "Données anonymes.", dcatExtra("rights"), none[ckanSet]},
	{"frequency", "annual", func(s udataSet) string { return s.Frequency }, extra("frequency")},
	{"temporal", "2021-03-01/2021-04-30", func(s udataSet) string { return fmt.Sprint(s.Temporal["start"], "/", s.Temporal["end"]) }, func(s ckanSet) string { return s.extra("temporal_start") + "/" + s.extra("temporal_end") }},
	{"spatial: label", "Créteil", none[udataSet], extra("spatial_text")},
	{"spatial: box", "2.31, 48.68, 2.62, 48.87", func(s udataSet) string { return around(s.Spatial.Geom) }, func(s ckanSet) string { return around(json.RawMessage(s.extra("spatial_bbox"))) }},
	{"contact", "Laboratoire des usages", contactOf("contact"), extra("contact_name")},
	{"creator", "Anne Dupont", contactOf("creator"), extra("creator_name")},
	{"publisher", "Laboratoire des usages", contactOf("publisher"), extra("publisher_name")},
	{"principal investigator", "Anne Dupont", contactOf("principalInvestigator"), attributionOf("res")},
	{"data curator", "Laboratoire des usages", contactOf("custodian"), attributionOf("cur")},
	{"created", "2021-04-12", harvestDate("created_at"), none[ckanSet]},
	{"issued", "2021-07-01", harvestDate("issued_at"), extra("issued")},
	{"modified", "2022-02-03", harvestDate("modified_at"), extra("modified")},
	{"version", "1.1", none[udataSet], func(s ckanSet) string { return s.Version }},
	{"languages", "fr", none[udataSet], extra("language")},
	{"record IRI", "…/records/enquete-2021", func(s udataSet) string { return fmt.Sprint(s.Harvest["dct_identifier"]) }, extra("identifier")},
	{"DOI", "10.5281/zenodo.1234567", func(s udataSet) string { return fmt.Sprint(s.Harvest["doi"]) }, extra("alternate_identifier")},
	{"landing page", "https://zenodo.org/records/1234567", func(s udataSet) string { return fmt.Sprint(s.Harvest["remote_url"]) }, func(s ckanSet) string { return s.URL }},
	{"documentation", "https://example.org/guide", documentation, extra("documentation")},
	{"conformsTo", "https://example.org/schema", func(s udataSet) string { return s.Schema.URL }, extra("conforms_to")},
	{"isReferencedBy", "article, doi:10.1234/autre.7", none[udataSet], extra("is_referenced_by")},
	{"provenance", "La page est un dépôt de données.", dcatExtra("provenance"), extra("provenance")},
	{"file: title", "Réponses / Answers", func(s udataSet) string { return s.Resources[0].Title }, func(s ckanSet) string { return s.file("name") }},
	{"file: description", "Une ligne par répondant. / One line …", func(s udataSet) string { return s.Resources[0].Description }, func(s ckanSet) string { return s.file("description") }},
	{"file: URL", "…/files/reponses.csv", func(s udataSet) string { return s.Resources[0].URL }, func(s ckanSet) string { return s.file("download_url") }},
	{"file: page", "https://zenodo.org/records/1234567", none[udataSet], func(s ckanSet) string { return s.file("access_url") }},
	{"file: media type", "text/csv", func(s udataSet) string { return s.Resources[0].Mime }, func(s ckanSet) string { return s.file("mimetype") }},
	{"file: format", "CSV", func(s udataSet) string { return s.Resources[0].Format }, func(s ckanSet) string { return s.file("format") }},
	{"file: size", "1258291", func(s udataSet) string { return fmt.Sprint(s.Resources[0].Filesize) }, func(s ckanSet) string { return s.file("size") }},
	{"file: checksum", "md5 d41d8cd98f…", func(s udataSet) string {
		return strings.TrimSpace(s.Resources[0].Checksum.Type + " " + short(s.Resources[0].Checksum.Value))
	}, func(s ckanSet) string {
		_, algorithm, _ := strings.Cut(s.file("hash_algorithm"), "Algorithm_")
		return algorithm + " " + short(s.file("hash"))
	}},
	{"file: rights", "Réutilisation libre …", func(s udataSet) string { return dcatExtra("rights")(udataSet{Extras: s.Resources[0].Extras}) }, func(s ckanSet) string { return s.file("rights") }},
	{"file: modified", "2022-02-03T10:00:00Z", func(s udataSet) string { return harvestDate("modified_at")(udataSet{Harvest: s.Resources[0].Harvest}) }, func(s ckanSet) string { return s.file("modified") }},
}

// documentation is a resource among the files.
func documentation(s udataSet) string {
	for _, r := range s.Resources {
		if r.Type == "other" {
			return r.URL
		}
	}
	return ""
}

// around returns the box around a geometry in GeoJSON.
func around(geometry json.RawMessage) string {
	var g struct{ Coordinates any }
	if len(geometry) == 0 || json.Unmarshal(geometry, &g) != nil {
		return ""
	}
	limits, _ := limitsOf(strings.FieldsFunc(fmt.Sprint(g.Coordinates), func(r rune) bool { return strings.ContainsRune("[] ", r) }))
	if len(limits) != 4 {
		return ""
	}
	return model.Box{West: limits[0], South: limits[1], East: limits[2], North: limits[3]}.String()
}

func short(s string) string { return s[:min(10, len(s))] + strings.Repeat("…", min(1, len(s))) }

// The table of the README says what each portal keeps, field by field. It is
// the same in each syntax and however the catalogue is cut into pages.
func TestInteropTableOfTheReadme(t *testing.T) {
	cat := load(t, "testdata/filled.yaml")
	names := map[Syntax]string{Turtle: "turtle", RDFXML: "xml", NTriples: "nt", JSONLD: "json-ld"}
	var table string
	for _, s := range Syntaxes() {
		var columns [2]udataSet
		for i, p := range Profiles() {
			h := &Handler{Source: source(t, cat), PageSize: 2}
			columns[1-i] = harvestUdata(t, h, "/catalog"+s.Ext()+"?profile="+p.Name).set(t, "Enquête auprès des enseignants 2021")
		}
		sets := harvestCKAN(t, &Handler{Source: source(t, cat), PageSize: 2}, "/catalog"+s.Ext(), names[s])
		i := slices.IndexFunc(sets, func(s ckanSet) bool { return s.Title == "Survey of teachers 2021" })
		if i < 0 {
			t.Fatalf("%s: CKAN did not get the data set", s)
		}
		got := portalTable(columns[0], columns[1], sets[i])
		if table == "" {
			table = got
		} else if got != table {
			t.Errorf("%s arrives otherwise than Turtle:\n%s\n%s", s, got, table)
		}
	}
	inReadme(t, "portals", table)
}

func portalTable(gouv, ap udataSet, c ckanSet) string {
	slices.SortFunc(gouv.Resources, byURLDescending)
	slices.SortFunc(ap.Resources, byURLDescending)
	slices.SortFunc(c.Resources, func(a, b map[string]any) int {
		return strings.Compare(fmt.Sprint(b["url"]), fmt.Sprint(a["url"]))
	})
	var b strings.Builder
	b.WriteString("| field | sent | data.gouv.fr, profile data.gouv.fr | data.gouv.fr, profile dcat-ap | CKAN, profile dcat-ap |\n|---|---|---|---|---|\n")
	for _, f := range fields {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", f.field, f.sent, cell(f.udata(gouv)), cell(f.udata(ap)), cell(f.ckan(c)))
	}
	return b.String()
}

func byURLDescending(a, b udataResource) int { return strings.Compare(b.URL, a.URL) }

func cell(s string) string {
	if s == "" || s == "<nil>" {
		return "–"
	}
	s = strings.NewReplacer(euAuthority, "eu:", "https://example.org/gtnum/", "…/", "https://zenodo.org/records/1234567/", "…/", "|", "\\|").Replace(s)
	return s
}

// inReadme compares a generated part of the README with what it should be.
func inReadme(t *testing.T, name, want string) {
	t.Helper()
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
	before, rest, ok := strings.Cut(string(b), begin)
	got, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("README.md has no part %q", name)
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got != want {
		t.Errorf("the table %q of README.md is old; run with -update:\n%s", name, want)
	}
}
