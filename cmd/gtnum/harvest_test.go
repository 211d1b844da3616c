package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// lines reads a harvest's output and returns the records by identifier.
func lines(t *testing.T, text string) map[string]line {
	t.Helper()
	records := map[string]line{}
	dec := json.NewDecoder(strings.NewReader(text))
	for dec.More() {
		var l line
		if err := dec.Decode(&l); err != nil {
			t.Fatal(err)
		}
		if _, twice := records[l.Identifier]; twice {
			t.Errorf("%s came twice", l.Identifier)
		}
		records[l.Identifier] = l
	}
	return records
}

func TestHarvestOurOwnServer(t *testing.T) {
	base, _ := start(t, "--page-size", "5")
	status, stdout, stderr := call(t, "harvest", base+"/oai")
	if status != 0 {
		t.Fatalf("status %d: %s", status, stderr)
	}
	records := lines(t, stdout)
	if len(records) != 33 || !strings.Contains(records["oai:gtnum.github.io:zenodo-7648514"].Metadata, "https://doi.org/10.5281/zenodo.7648514") {
		t.Errorf("%d records", len(records))
	}
	if !strings.Contains(stderr, "33 records") {
		t.Errorf("the summary is %q", stderr)
	}
	status, stdout, _ = call(t, "harvest", base+"/oai", "--set", "type:dataset")
	if records := lines(t, stdout); status != 0 || len(records) != 3 {
		t.Errorf("status %d, %d data sets", status, len(records))
	}
	status, stdout, stderr = call(t, "harvest", base+"/oai", "--format", "marc21")
	if status != 1 || !strings.Contains(stderr, "cannotDisseminateFormat") {
		t.Errorf("status %d, %q, %q", status, stdout, stderr)
	}
}

// TestAHarvestGoesOn: what an interrupted harvest wrote is kept, and the same
// command brings the rest, then only changes.
func TestAHarvestGoesOn(t *testing.T) {
	base, _ := start(t, "--page-size", "5")
	upstream, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	var requests, limit atomic.Int64
	limit.Store(4)
	proxy := httputil.NewSingleHostReverseProxy(upstream)
	flaky := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1) > limit.Load() {
			http.Error(w, "down", http.StatusNotFound)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	defer flaky.Close()

	file := filepath.Join(t.TempDir(), "out.jsonl")
	harvestTo := func() (int, string) {
		status, _, stderr := call(t, "harvest", flaky.URL+"/oai", "--output", file)
		return status, stderr
	}
	read := func() map[string]line {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return lines(t, string(data))
	}
	status, stderr := harvestTo()
	if status != 1 || !strings.Contains(stderr, "goes on where it stood") {
		t.Fatalf("status %d: %s", status, stderr)
	}
	if n := len(read()); n == 0 || n >= 33 {
		t.Fatalf("%d records of an interrupted harvest", n)
	}
	limit.Store(1 << 30)
	if status, stderr := harvestTo(); status != 0 {
		t.Fatalf("status %d: %s", status, stderr)
	}
	if n := len(read()); n != 33 {
		t.Errorf("%d records, want 33", n)
	}
	before := requests.Load()
	if status, stderr := harvestTo(); status != 0 {
		t.Fatalf("status %d: %s", status, stderr)
	}
	if n := requests.Load() - before; n > 3 {
		t.Errorf("%d requests for nothing new", n)
	}
	status, _, stderr = call(t, "harvest", flaky.URL+"/oai", "--output", file, "--format", "oai_datacite")
	if status != 1 || !strings.Contains(stderr, "holds another harvest") {
		t.Errorf("status %d: %s", status, stderr)
	}
}

// TestAHarvestGoesOnAsItWasAsked: a request that was refused can be mended, and
// what came up to a date is not followed by what changed later.
func TestAHarvestGoesOnAsItWasAsked(t *testing.T) {
	base, _ := start(t)
	file := filepath.Join(t.TempDir(), "out.jsonl")
	for _, step := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--format", "marc21"}, 1, "cannotDisseminateFormat"},
		{[]string{"--from", "2026-01-02", "--until", "2026-01-01"}, 1, "from is later than until"},
		{[]string{"--until", "2020-01-01"}, 0, "0 records"},
		{[]string{"--until", "2020-01-01"}, 0, "0 records"},
		{[]string{"--until", "2020-01-02"}, 0, "0 records"},
		{nil, 0, "33 records"},
		{nil, 0, "0 records"},
	} {
		status, _, stderr := call(t, append([]string{"harvest", base + "/oai", "--output", file}, step.args...)...)
		if status != step.status || !strings.Contains(stderr, step.want) {
			t.Fatalf("%v: status %d, %q lacks %q", step.args, status, stderr, step.want)
		}
	}
}

// TestAHarvestFromAnEarlierDate: what a file cannot begin with any more is not
// left out without a word.
func TestAHarvestFromAnEarlierDate(t *testing.T) {
	base, _ := start(t)
	file := filepath.Join(t.TempDir(), "out.jsonl")
	for _, step := range []struct {
		from   string
		status int
		want   string
	}{
		{"2020-01-02", 0, "33 records"},
		{"2020-01-02", 0, "0 records"},
		{"2021-01-01", 0, "0 records"},
		{"2020-01-01", 1, "begins with what changed from 2020-01-02T00:00:00Z on: for what is older choose another --output"},
	} {
		status, _, stderr := call(t, "harvest", base+"/oai", "--output", file, "--from", step.from)
		if status != step.status || !strings.Contains(stderr, step.want) {
			t.Fatalf("from %s: status %d, %q lacks %q", step.from, status, stderr, step.want)
		}
	}
}

// TestOneHarvestAtATime: a second one into the same file would write between
// the lines of the first.
func TestOneHarvestAtATime(t *testing.T) {
	base, _ := start(t)
	upstream, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "out.jsonl")
	proxy := httputil.NewSingleHostReverseProxy(upstream)
	asked := false
	watched := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("verb") == "ListRecords" && !asked {
			asked = true
			if status, _, stderr := call(t, "harvest", base+"/oai", "--output", file); status != 1 || !strings.Contains(stderr, "another gtnum harvest writes to "+file) {
				t.Errorf("a second harvest: status %d, %q", status, stderr)
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	defer watched.Close()
	if status, _, stderr := call(t, "harvest", watched.URL+"/oai", "--output", file); status != 0 || !asked {
		t.Errorf("status %d: %s", status, stderr)
	}
}

// TestAHarvestIntoAPipe: there is nothing that could go on, and nowhere to say
// how far it came.
func TestAHarvestIntoAPipe(t *testing.T) {
	base, _ := start(t)
	if status, _, stderr := call(t, "harvest", base+"/oai", "--output", os.DevNull); status != 0 || !strings.Contains(stderr, "33 records") {
		t.Errorf("status %d: %s", status, stderr)
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		status, _, stderr := call(t, "harvest", base+"/oai", "--output", "/dev/full")
		if want := "gtnum: cannot write /dev/full: no space left on device\n"; status != 1 || stderr != want {
			t.Errorf("status %d: %q, want %q", status, stderr, want)
		}
	}
	if _, err := os.Stat(os.DevNull + ".state"); err == nil {
		t.Errorf("%s.state was written", os.DevNull)
	}
}

// TestAHarvestKilledEarly: the state is there before the first record is, or
// else the same command would refuse the file.
func TestAHarvestKilledEarly(t *testing.T) {
	base, _ := start(t, "--page-size", "5")
	upstream, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "out.jsonl")
	proxy := httputil.NewSingleHostReverseProxy(upstream)
	watched := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("verb") == "ListRecords" {
			if _, err := os.Stat(file + ".state"); err != nil {
				t.Error(err)
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	defer watched.Close()
	if status, _, stderr := call(t, "harvest", watched.URL+"/oai", "--output", file); status != 0 {
		t.Errorf("status %d: %s", status, stderr)
	}
}

// TestAHarvestWithoutItsFile: what the state tells of and is not there is
// neither made up nor passed over.
func TestAHarvestWithoutItsFile(t *testing.T) {
	base, _ := start(t)
	file := filepath.Join(t.TempDir(), "out.jsonl")
	for _, state := range []string{`{"bytes": 7, "harvest": {"done": true}}`, `{"harvest": null}`, `null`, `{`, ``} {
		if err := os.WriteFile(file+".state", []byte(state), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, _, stderr := call(t, "harvest", base+"/oai", "--output", file, "--lang", "fr"); strings.Contains(stderr, "JSON") {
			t.Errorf("in French: %s", stderr)
		}
		status, _, stderr := call(t, "harvest", base+"/oai", "--output", file)
		if info, err := os.Stat(file); status != 1 || !strings.Contains(stderr, "to begin anew") || err != nil || info.Size() > 0 {
			t.Errorf("%s: status %d, %s %v", state, status, stderr, err)
		}
	}
}

func TestHarvestArguments(t *testing.T) {
	for _, args := range [][]string{{"harvest"}, {"harvest", "http://127.0.0.1:1/", "--from", "May"}, {"harvest", "http://127.0.0.1:1/", "--until", "2023"}} {
		if status, _, stderr := call(t, args...); status != 2 {
			t.Errorf("%v: status %d, %s", args, status, stderr)
		}
	}
}

func TestCheckFindsNothingOnOurOwnServer(t *testing.T) {
	base, _ := start(t, "--page-size", "5")
	status, stdout, stderr := call(t, "check", base+"/oai", "--lang", "fr")
	if status != 0 || stdout != "0 erreur(s), 0 avertissement(s)\n" {
		t.Errorf("status %d, %s\n%s", status, stdout, stderr)
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	base, _ := start(t)
	upstream, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(upstream)
	proxy.ModifyResponse = func(r *http.Response) error {
		r.Header.Set("Content-Type", "text/html")
		return nil
	}
	wrong := httptest.NewServer(proxy)
	defer wrong.Close()
	status, stdout, _ := call(t, "check", wrong.URL+"/oai", "--lang", "en")
	if status != 1 || !strings.Contains(stdout, "OAI-PMH 2.0") {
		t.Errorf("status %d:\n%s", status, stdout)
	}
	status, stdout, _ = call(t, "check", wrong.URL+"/oai", "--json")
	var finding map[string]any
	if err := json.NewDecoder(strings.NewReader(stdout)).Decode(&finding); status != 1 || err != nil || finding["clause"] == "" {
		t.Errorf("status %d, %v: %s", status, err, stdout)
	}
	var out, errs bytes.Buffer
	if status := run(context.Background(), []string{"check", "http://127.0.0.1:1/oai"}, locale(), &out, &errs); status != 1 {
		t.Errorf("nobody there: status %d", status)
	}
}
