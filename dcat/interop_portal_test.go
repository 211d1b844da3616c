//go:build interop

package dcat

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/model"
)

const public = "https://catalogue.example.org"

// complete returns a catalogue of n data sets with every field filled, in one
// series.
func complete(t *testing.T, n int) *model.Catalogue {
	c := load(t, "testdata/filled.yaml")
	var set, series model.Output
	for _, o := range c.Outputs {
		switch o.ID {
		case "enquete-2021":
			set = o
		case "enquetes":
			series = o
		}
	}
	c.Outputs = []model.Output{series}
	for i := range n {
		o := set
		o.ID = fmt.Sprintf("enquete-%04d", i)
		o.URL = fmt.Sprintf("https://zenodo.org/records/%d", 1000000+i)
		o.Identifiers = []model.Identifier{{Scheme: model.DOI, Value: fmt.Sprintf("10.5281/zenodo.%d", 1000000+i)}}
		o.Relations = nil
		o.Files = slices.Clone(o.Files)
		for j := range o.Files {
			o.Files[j].URL = fmt.Sprintf("%s/files/%d.csv", o.URL, j)
		}
		c.Outputs = append(c.Outputs, o)
	}
	return c
}

// write exports a catalogue in each syntax into files.
func write(t *testing.T, c *model.Catalogue, p Profile) (files []string) {
	t.Helper()
	src := source(t, c)
	for _, s := range Syntaxes() {
		file := filepath.Join(t.TempDir(), "catalog"+s.Ext())
		if err := os.WriteFile(file, export(t, src, Options{Syntax: s, Profile: p}), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

func TestInteropShapes(t *testing.T) {
	for name, c := range map[string]*model.Catalogue{
		"every field of every kind": load(t, "testdata/filled.yaml"),
		"1 data set":                complete(t, 1),
		"10 data sets":              complete(t, 10),
		"1,000 data sets":           complete(t, 1000),
		"what the benchmarks use":   generate.Catalogue(generate.Options{Records: 60, Seed: 1}),
		"anything at all":           newMaker(1).catalogue(20),
	} {
		t.Run(name, func(t *testing.T) {
			files := write(t, c, DCATAP())
			report := interop.Run(t, interop.Tool(t, "check-dcat"), "--recommended", files[0])
			t.Log(report)
			if strings.Contains(name, "data set") { // the others leave fields out
				onlyWarnings(t, report)
			}
			t.Log(interop.Run(t, interop.Tool(t, "check-same-graph"), files...))
		})
	}
}

// honest are the warnings of the recommended shapes that remain where every
// field is filled, by the property that they miss. The README says why.
var honest = []string{"availability", "centroid", "distribution", "endDate", "issued", "keyword", "publisher", "spatial", "status", "type"}

// onlyWarnings takes the report of check-dcat, and accepts no other warnings
// than those of honest.
func onlyWarnings(t *testing.T, report string) {
	t.Helper()
	for _, m := range warning.FindAllStringSubmatch(report, -1) {
		if !slices.Contains(honest, m[1]) {
			t.Errorf("a warning that the README does not explain: %s", m[0])
		}
	}
}

var warning = regexp.MustCompile(`Warning  (\S+)  .*`)

func TestInteropQuality(t *testing.T) {
	c := complete(t, 10)
	c.Outputs = c.Outputs[1:] // the series has no distributions
	for i := range c.Outputs {
		c.Outputs[i].Series = ""
	}
	out := interop.Run(t, interop.Tool(t, "mqa"), write(t, c, DCATAP())[0])
	var sets, lowest int
	var mean float64
	last := out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:]
	if _, err := fmt.Sscanf(last, "%d data sets: mean %f, lowest %d", &sets, &mean, &lowest); err != nil || sets != 10 || lowest < 395 {
		t.Errorf("lowest %d of 405 for %d complete data sets (%v):\n%s", lowest, sets, err, out)
	}
}

func TestInteropSchemaOrg(t *testing.T) {
	h := &Handler{Source: source(t, load(t, "testdata/filled.yaml"))}
	for _, path := range []string{"/catalog.schema.json", "/records/enquete-2021.schema.json"} {
		file := filepath.Join(t.TempDir(), "schema.json")
		if err := os.WriteFile(file, []byte(text(t, get(t, h, path))), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Log(interop.Run(t, interop.Tool(t, "check-jsonld-schemaorg"), file))
	}
}

// What udata, the program of data.gouv.fr, keeps.
type udata struct {
	Status string
	Errors []string
	Items  []struct {
		ID     string `json:"remote_id"`
		Status string
		Errors []string
	}
	Datasets []udataSet
}

type udataSet struct {
	Title, Description, License, Frequency string
	Tags                                   []string
	Resources                              []udataResource
	Access                                 string `json:"access_type"`
	Schema                                 struct{ URL string }
	Spatial                                struct{ Geom json.RawMessage }
	ContactPoints                          []udataContact `json:"contact_points"`
	Temporal                               map[string]any `json:"temporal_coverage"`
	Harvest                                map[string]any
	Extras                                 map[string]any
}

type udataResource struct {
	Title, Description, URL, Type, Format, Mime string
	Filesize                                    int64
	Checksum                                    struct{ Type, Value string }
	Harvest, Extras                             map[string]any
}

func day(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.DateOnly) }

type udataContact struct{ Name, Email, Role string }

func harvestUdata(t *testing.T, h *Handler, path string) udata {
	t.Helper()
	h.BaseURL = public
	server := httptest.NewServer(h)
	defer server.Close()
	out := interop.Run(t, interop.Python(t, "udata"), interop.Script(t, "harvest_udata.py"), server.URL+path)
	var got udata
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v:\n%s", err, out)
	}
	return got
}

func (u udata) set(t *testing.T, title string) udataSet {
	t.Helper()
	for _, s := range u.Datasets {
		if s.Title == title {
			return s
		}
	}
	t.Fatalf("no data set %q; job %s %v, items %v", title, u.Status, u.Errors, u.Items)
	return udataSet{}
}

// Every field of the profile data.gouv.fr that differs from DCAT-AP's, with
// what udata loses without it.
func TestInteropUdataNeedsEachDifference(t *testing.T) {
	const survey, untitled = "Enquête auprès des enseignants 2021", "Jeu de données – Zenodo – 7654321"
	role := func(u udata, role string) bool {
		return slices.ContainsFunc(u.set(t, survey).ContactPoints, func(c udataContact) bool { return c.Role == role })
	}
	issued := func(u udata) string {
		date, _ := u.set(t, untitled).Harvest["issued_at"].(map[string]any)
		ms, _ := date["$date"].(float64)
		return day(int64(ms))
	}
	cat := load(t, "testdata/filled.yaml")
	for i := range cat.Outputs {
		if cat.Outputs[i].ID == "enquete-2021" {
			cat.Outputs[i].Licence = "CC-BY-4.0"
		}
	}
	harvest := func(p Profile) udata {
		return harvestUdata(t, &Handler{Source: source(t, cat), PageSize: 2, Profiles: []Profile{p}}, "/catalog.ttl")
	}
	with := harvest(DataGouv())
	for name, c := range map[string]struct {
		without func(p *Profile, ap Profile)
		kept    func(udata) bool
	}{
		"ChecksumType: the whole data set": {
			func(p *Profile, ap Profile) { p.ChecksumType = ap.ChecksumType },
			func(u udata) bool {
				return slices.ContainsFunc(u.Datasets, func(s udataSet) bool { return s.Title == survey })
			},
		},
		"SPDX: the checksum": {
			func(p *Profile, ap Profile) { p.SPDX = ap.SPDX },
			func(u udata) bool { return u.set(t, survey).Resources[0].Checksum.Type == "md5" },
		},
		"WholeDates: a year gets the day of the harvest": {
			func(p *Profile, ap Profile) { p.WholeDates = ap.WholeDates },
			func(u udata) bool { return issued(u) == "2022-01-01" },
		},
		"LicenceTitle: the licence": {
			func(p *Profile, ap Profile) { p.LicenceTitle = ap.LicenceTitle },
			func(u udata) bool { return u.set(t, survey).License == "cc-by" },
		},
		"Roles: who led the research": {
			func(p *Profile, ap Profile) { p.Roles = ap.Roles },
			func(u udata) bool { return role(u, "principalInvestigator") && role(u, "custodian") },
		},
		"HideWithdrawn: what was taken back is shown as if it were there": {
			func(p *Profile, ap Profile) { p.HideWithdrawn = ap.HideWithdrawn },
			func(u udata) bool {
				return !slices.ContainsFunc(u.Datasets, func(s udataSet) bool { return s.Title == "Entretiens" })
			},
		},
		"SeriesOnce: the harvest ends with errors": {
			func(p *Profile, ap Profile) { p.SeriesOnce = ap.SeriesOnce },
			func(u udata) bool { return u.Status == "done" },
		},
		"DocumentationParts: the documentation": {
			func(p *Profile, ap Profile) { p.DocumentationParts = ap.DocumentationParts },
			func(u udata) bool { return documentation(u.set(t, survey)) == "https://example.org/guide" },
		},
	} {
		t.Run(name, func(t *testing.T) {
			if !c.kept(with) {
				t.Errorf("lost with it: %+v", with)
			}
			p := DataGouv()
			c.without(&p, DCATAP())
			if without := harvest(p); c.kept(without) {
				t.Errorf("kept without it: the difference is not needed: %+v", without)
			}
		})
	}
}

// udata hides nothing because of an access right alone. It does for a reason
// of the INSPIRE directive among the rights, in the words of French metadata
// guides or by its IRI.
func TestInteropUdataRestrictsForAReason(t *testing.T) {
	const survey = "Enquête auprès des enseignants 2021"
	for rights, want := range map[string]string{
		"Sur demande motivée.": "open",
		"L124-4-I-1 du code de l’environnement (Directive 2007/2/CE (INSPIRE), Article 13.1.f)":                  "restricted",
		"http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/INSPIRE_Directive_Article13_1f": "restricted",
	} {
		cat := load(t, "testdata/filled.yaml")
		for i := range cat.Outputs {
			if o := &cat.Outputs[i]; o.ID == "enquete-2021" {
				o.Access, o.Rights = model.Restricted, model.NewText("fr", rights)
			}
		}
		got := harvestUdata(t, &Handler{Source: source(t, cat)}, "/catalog.ttl?profile=data.gouv.fr").set(t, survey)
		if got.Access != want {
			t.Errorf("%s: access is %q, want %q", rights, got.Access, want)
		}
	}
}

// A ckan is what CKAN's parser reads in a page.
type ckan struct {
	Next     string
	Datasets []ckanSet
}

type ckanSet struct {
	Title, Notes, URL, Version string
	Tags                       []struct{ Name string }
	Extras                     []struct{ Key, Value string }
	Resources                  []map[string]any
	Attributions               []struct{ Role string } `json:"qualified_attribution"`
}

func (s ckanSet) extra(key string) string {
	for _, e := range s.Extras {
		if e.Key == key {
			return e.Value
		}
	}
	return ""
}

func (s ckanSet) file(key string) string {
	if len(s.Resources) == 0 || s.Resources[0][key] == nil {
		return ""
	}
	if n, ok := s.Resources[0][key].(float64); ok {
		return strconv.FormatInt(int64(n), 10)
	}
	return fmt.Sprint(s.Resources[0][key])
}

// harvestCKAN reads all pages of a handler.
func harvestCKAN(t *testing.T, h *Handler, path, syntax string) (sets []ckanSet) {
	t.Helper()
	h.BaseURL = public
	for path != "" {
		file := filepath.Join(t.TempDir(), "page")
		if err := os.WriteFile(file, []byte(text(t, get(t, h, path))), 0o644); err != nil {
			t.Fatal(err)
		}
		out := interop.Run(t, interop.Python(t, "ckan"), interop.Script(t, "harvest_ckan.py"), file, syntax)
		var got ckan
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("%v:\n%s", err, out)
		}
		sets = append(sets, got.Datasets...)
		path = strings.TrimPrefix(got.Next, public)
	}
	return sets
}

// CKAN drops a whole catalogue for one data set without a title.
func TestInteropCKANPages(t *testing.T) {
	for _, size := range []int{1, 2, 100} {
		h := &Handler{Source: source(t, load(t, "testdata/filled.yaml")), PageSize: size}
		titles := make(map[string]string)
		for _, s := range harvestCKAN(t, h, "/catalog.ttl", "turtle") {
			if s.Title == "" || s.extra("uri") == "" {
				t.Errorf("page size %d: a data set without title or IRI: %+v", size, s)
			}
			titles[s.extra("uri")] = s.Title
		}
		if len(titles) != 4 {
			t.Errorf("page size %d: %v", size, titles)
		}
	}
}

// Each page and each record is valid by itself.
func TestInteropShapesOfPages(t *testing.T) {
	h := &Handler{Source: source(t, load(t, "testdata/filled.yaml")), BaseURL: public, PageSize: 2}
	var files []string
	for _, path := range []string{
		"/catalog.ttl", "/catalog.ttl?after=enquete-2021", "/catalog.ttl?after=enquetes",
		"/records/enquete-2021.ttl", "/records/enquete-2022.ttl", "/records/enquetes.ttl", "/records/entretiens.ttl",
	} {
		file := filepath.Join(t.TempDir(), "page.ttl")
		if err := os.WriteFile(file, []byte(text(t, get(t, h, path))), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	for _, id := range []string{"enquete-2021", "enquetes"} { // as a record of OAI-PMH
		_, r := filledRecord(t, id)
		file := filepath.Join(t.TempDir(), id+".rdf")
		if err := os.WriteFile(file, []byte(lone(t, nil, r, RDFXML)), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	t.Log(interop.Run(t, interop.Tool(t, "check-dcat"), files...))
}

func TestInteropSeed(t *testing.T) {
	files := write(t, load(t, "../testdata/pleiades.yaml"), DCATAP())
	if out := interop.Run(t, interop.Tool(t, "check-dcat"), files[0]); !strings.Contains(out, "Dataset 3,") || !strings.Contains(out, "0 violations") {
		t.Error(out)
	}
	t.Log(interop.Run(t, interop.Tool(t, "check-same-graph"), files...))
}
