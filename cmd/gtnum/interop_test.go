//go:build interop

package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/oaitest"
)

// decode reads an answer of the server.
func decode(t *testing.T, url string, v any) {
	t.Helper()
	_, body := get(t, url)
	if err := xml.Unmarshal([]byte(body), v); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
}

// queries are all verbs in all formats that the server says it has, the token
// of each list, and requests that deserve an error.
func queries(t *testing.T, oai string) []string {
	t.Helper()
	list := []string{
		"verb=Identify", "verb=ListSets", "verb=ListMetadataFormats",
		"", "verb=%3Cx%3E", "verb=Identify&verb=Identify", "verb=ListRecords", "verb=ListRecords&resumptionToken=forged",
		"verb=ListIdentifiers&metadataPrefix=oai_dc&from=2099-01-01", "verb=GetRecord&metadataPrefix=none&identifier=oai:x:none",
		"verb=ListRecords&metadataPrefix=oai_dc&from=2023&until=2022-01-01T00:00:00Z&set=none&x=%00%ff",
	}
	var formats struct {
		Prefixes []string `xml:"ListMetadataFormats>metadataFormat>metadataPrefix"`
	}
	decode(t, oai+"?verb=ListMetadataFormats", &formats)
	if len(formats.Prefixes) < 6 {
		t.Fatalf("the server has no more formats than %q", formats.Prefixes)
	}
	for _, prefix := range formats.Prefixes {
		list = append(list, formatQueries(t, oai, prefix)...)
	}
	return list
}

// formatQueries walk the list of a format to its end, and ask for its first
// record alone.
func formatQueries(t *testing.T, oai, prefix string) (list []string) {
	t.Helper()
	list = append(list, "verb=ListIdentifiers&metadataPrefix="+prefix)
	for query := "verb=ListRecords&metadataPrefix=" + prefix; query != ""; {
		var page struct {
			Identifiers []string `xml:"ListRecords>record>header>identifier"`
			Token       string   `xml:"ListRecords>resumptionToken"`
		}
		decode(t, oai+"?"+query, &page)
		if list = append(list, query); page.Token != "" {
			query = "verb=ListRecords&resumptionToken=" + page.Token
			continue
		}
		if query = ""; len(page.Identifiers) > 0 {
			id := "&identifier=" + url.QueryEscape(page.Identifiers[0])
			list = append(list, "verb=GetRecord&metadataPrefix="+prefix+id, "verb=ListMetadataFormats"+id)
		}
	}
	return list
}

var responseDate = regexp.MustCompile(`<responseDate>[^<]*`)

// TestInteropEveryAnswerIsValid asks everything by GET and by POST, of the
// seed and of records that no format refuses: the answers are the same, and
// valid against the schemas of their makers.
func TestInteropEveryAnswerIsValid(t *testing.T) {
	seed, _ := start(t, "--page-size", "8")
	full := serveCatalogue(t, generate.Catalogue(generate.Options{Records: 12, Seed: 7}), "--page-size", "8")
	dir := t.TempDir()
	files := map[bool][]string{} // by whether they hold oai_dcterms
	for _, oai := range []string{seed + "/oai", full} {
		tei := 0
		for _, query := range queries(t, oai) {
			body := answer(t, oai, query)
			if strings.Contains(body, "<TEI") {
				if tei++; tei > 1 { // each record takes its checker a second
					continue
				}
			}
			terms := strings.Contains(body, "/oai_dcterms/")
			file := filepath.Join(dir, fmt.Sprintf("%t-%03d.xml", terms, len(files[terms])))
			if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
			files[terms] = append(files[terms], file)
		}
	}
	interop.Run(t, interop.Tool(t, "check-oai-xsd"), files[false]...)
	t.Setenv("GTNUM_SCHEMAS", interop.DCTermsSchemas(t))
	interop.Run(t, interop.Tool(t, "check-oai-xsd"), files[true]...)
}

// answer returns the answer to a query by GET, and sees that POST gets the
// same.
func answer(t *testing.T, oai, query string) string {
	t.Helper()
	_, body := get(t, oai+"?"+query)
	resp, err := http.Post(oai, "application/x-www-form-urlencoded", strings.NewReader(query))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	posted, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	got, want := responseDate.ReplaceAllString(string(posted), ""), responseDate.ReplaceAllString(body, "")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: POST is not answered as GET is (-GET +POST):\n%s", query, diff)
	}
	return body
}

// TestInteropTheSeedAsAGraph: all syntaxes hold the same triples, which keep
// to the shapes of DCAT-AP, and three data sets.
func TestInteropTheSeedAsAGraph(t *testing.T) {
	base, _ := start(t)
	dir := t.TempDir()
	var files []string
	for _, ext := range []string{".ttl", ".jsonld", ".rdf", ".nt"} {
		_, body := get(t, base+"/catalog"+ext)
		file := filepath.Join(dir, "catalog"+ext)
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	triples := interop.Run(t, interop.Tool(t, "rapper"), "-q", "-i", "turtle", "-o", "ntriples", files[0])
	const dataset = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset>"
	if n := strings.Count(triples, dataset); n != 3 {
		t.Errorf("%d data sets, want 3", n)
	}
	interop.Run(t, interop.Tool(t, "check-dcat"), files[0])
	interop.Run(t, interop.Tool(t, "check-same-graph"), files...)
}

// state is what a harvest should end with: rows by identifier.
func state(cat *model.Catalogue) map[string]interop.Row {
	rows := map[string]interop.Row{}
	for r := range cat.Records() {
		row := interop.Row{
			Identifier: r.OAIIdentifier(),
			Datestamp:  r.Datestamp().Format("2006-01-02T15:04:05Z"),
			Deleted:    r.Output.Status == model.Withdrawn,
		}
		if !row.Deleted {
			row.Fields = map[string][]string{}
			for _, s := range r.Output.Title {
				row.Fields["title"] = append(row.Fields["title"], s.Value)
			}
			row.Fields["identifier"] = []string{r.Output.URL}
		}
		rows[row.Identifier] = row
	}
	return rows
}

// reap walks the server and brings what was harvested before up to date.
func reap(t *testing.T, rows map[string]interop.Row, harvester, oai string, selection ...string) {
	t.Helper()
	seen := map[string]bool{}
	for _, row := range interop.Walk(t, harvester, oai, "oai_dc", selection...) {
		if seen[row.Identifier] {
			t.Errorf("%s came twice", row.Identifier)
		}
		seen[row.Identifier], rows[row.Identifier] = true, row
	}
}

// compare compares what was harvested with what there is. A harvester that
// gives metadata raw has the values somewhere in it.
func compare(t *testing.T, want, got map[string]interop.Row) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d records, want %d", len(got), len(want))
	}
	for id, w := range want {
		g := got[id]
		if g.Identifier != id || g.Datestamp != w.Datestamp || g.Deleted != w.Deleted {
			t.Fatalf("%s: %s deleted %t, want %s %t", id, g.Datestamp, g.Deleted, w.Datestamp, w.Deleted)
		}
		for field, values := range w.Fields {
			for _, v := range values {
				if !slices.Contains(g.Fields[field], v) && !strings.Contains(g.Metadata, ">"+string(oaipmh.AppendText(nil, v))+"<") {
					t.Fatalf("%s: no %s %q in %v%s", id, field, v, g.Fields, g.Metadata)
				}
			}
		}
	}
}

func TestInteropHarvestersWalkTheSeed(t *testing.T) {
	base, _ := start(t, "--page-size", "5")
	cats, err := loadAll(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, harvester := range interop.Harvesters {
		t.Run(harvester, func(t *testing.T) {
			got := map[string]interop.Row{}
			reap(t, got, harvester, base+"/oai")
			compare(t, state(cats[0]), got)
			owners := map[string]int{}
			for _, row := range got {
				for _, id := range row.Fields["identifier"] {
					owners[id]++
				}
			}
			for _, o := range cats[0].Outputs {
				if n := owners[o.URL]; n != 1 && harvester != "xoai" {
					t.Errorf("%s is a dc:identifier of %d records, want 1", o.URL, n)
				}
			}
		})
	}
}

// instant is a datestamp some seconds into 2026.
func instant(t *testing.T, seconds int) model.Date {
	t.Helper()
	d, err := model.ParseDate(fmt.Sprintf("2026-02-%02dT%02d:%02d:%02dZ", 1+seconds/86400, seconds/3600%24, seconds/60%60, seconds%60))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// generated returns 10,000 outputs, every eleventh withdrawn, in the order of
// other datestamps than of their identifiers; and the same some time later,
// when some have changed, been withdrawn and come back. Most are short, since
// slow readers take a minute for so many whole ones.
func generated(t *testing.T) (before, after *model.Catalogue) {
	t.Helper()
	before = generate.Catalogue(generate.Options{Records: 10_000, Seed: 3})
	for i := range before.Outputs {
		o := &before.Outputs[i]
		o.Datestamp = instant(t, i*7919%10_000/3)
		if i%50 > 0 {
			o.Abstract, o.Contributions, o.Subjects, o.Files = nil, nil, nil, nil
		}
		if i%11 == 5 {
			o.Status = model.Withdrawn
		}
	}
	later := *before
	after = &later
	after.Outputs = slices.Clone(before.Outputs)
	for i := range after.Outputs {
		o := &after.Outputs[i]
		switch i % 97 {
		case 1:
			o.Title = model.NewText("fr", "Changé "+o.ID)
		case 2:
			o.Status = model.Withdrawn
		case 3:
			o.Status = ""
		default:
			continue
		}
		o.Datestamp = instant(t, 500_000+i)
	}
	return before, after
}

// serveCatalogue writes a catalogue into a file and serves it.
func serveCatalogue(t *testing.T, cat *model.Catalogue, args ...string) (oai string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "catalogue.json")
	w, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := cat.WriteJSON(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	base, _ := start(t, append(args, file)...)
	return base + "/oai"
}

// TestInteropHarvestersEndWithTheState: after a full harvest of 10,000 records
// with deletions, and one of what changed later, each harvester has exactly
// what the catalogue has. The last must not be asked for all again.
func TestInteropHarvestersEndWithTheState(t *testing.T) {
	before, after := generated(t)
	first, second := serveCatalogue(t, before), serveCatalogue(t, after)
	for _, harvester := range append([]string{interop.Metha}, interop.Harvesters...) {
		t.Run(harvester, func(t *testing.T) {
			from := instant(t, 10_000).String()
			if harvester == interop.Metha {
				from = instant(t, 86_400).String()[:len(time.DateOnly)]
			}
			got := map[string]interop.Row{}
			reap(t, got, harvester, first)
			compare(t, state(before), got)
			changes := map[string]interop.Row{}
			reap(t, changes, harvester, second, "from="+from)
			if len(changes) > 400 {
				t.Errorf("%d records changed, want fewer than 400", len(changes))
			}
			maps.Copy(got, changes)
			compare(t, state(after), got)
		})
	}
}

// TestInteropValidator: the validator of the Open Archives Initiative's own
// registry finds nothing wrong with a server of 10,000 records, some deleted.
func TestInteropValidator(t *testing.T) {
	perl := interop.OptionalPerl(t, "HTTP::OAIPMH::Validator")
	before, _ := generated(t)
	report := interop.Run(t, perl, interop.Script(t, "validate_http_oaipmh.pl"), serveCatalogue(t, before))
	if strings.Contains(report, "FAIL") || strings.Count(report, "PASS") < 30 {
		t.Error(report)
	}
}

// TestInteropCheck: the check finds nothing wrong with this server, and finds
// what is wrong with another.
func TestInteropCheck(t *testing.T) {
	base, _ := start(t, "--page-size", "5")
	if status, stdout, stderr := call(t, "check", "--json", base+"/oai"); status != 0 || stdout+stderr != "" {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}

	status, stdout, stderr := call(t, "check", "--json", interop.Provider(t, "120", "25"))
	if status != 1 || stderr != "" {
		t.Errorf("pyoai: status %d, %s", status, stderr)
	}
	found := map[string]bool{}
	for line := range strings.Lines(stdout) {
		var f oaitest.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		t.Log(f)
		found[f.Clause] = true
	}
	for _, clause := range []string{"OAI-PMH 2.0, 3.5 Flow Control"} {
		if !found[clause] {
			t.Errorf("pyoai: nothing found on %s", clause)
		}
	}
}

var href = regexp.MustCompile(`href="([^"#]*)"`)

// TestInteropPages opens the pages for people in Chromium, and follows every
// link of the server's on them.
func TestInteropPages(t *testing.T) {
	base, _ := start(t)
	links := map[string]bool{}
	for path, want := range map[string][]string{
		"/":         {`<html lang="fr"`, "33 productions", "/oai"},
		"/?lang=en": {`<html lang="en"`, "33 outputs"},
		"/oai?verb=ListRecords&metadataPrefix=oai_dc&set=type:dataset": {"<html", "zenodo"},
		"/catalog": {"<html", "PLEIADES"},
	} {
		dom := interop.Run(t, interop.Tool(t, "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
			"--disable-background-networking", "--user-data-dir="+t.TempDir(), "--accept-lang=fr-FR", "--dump-dom", base+path)
		for _, w := range want {
			if !strings.Contains(dom, w) {
				t.Errorf("%s does not show %q:\n%s", path, w, dom)
			}
		}
		page, _ := url.Parse(base + path)
		for _, m := range href.FindAllStringSubmatch(dom, -1) {
			if link, err := page.Parse(html.UnescapeString(m[1])); err == nil && link.Host == page.Host {
				links[link.String()] = true
			}
		}
	}
	if len(links) < 30 {
		t.Errorf("the pages have %d links, want 30 or more", len(links))
	}
	for link := range links {
		resp, _ := get(t, link, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", link, resp.Status)
		}
	}
}
