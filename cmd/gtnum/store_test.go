package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/store"
	"github.com/gtnum/gtnum/testdata"
)

// edited writes the built-in catalogue with a change.
func edited(t *testing.T, old, now string) string {
	t.Helper()
	text := string(testdata.Pleiades)
	if !strings.Contains(text, old) {
		t.Fatalf("the catalogue lacks %q", old)
	}
	file := filepath.Join(t.TempDir(), "pleiades.yaml")
	if err := os.WriteFile(file, []byte(strings.Replace(text, old, now, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestStoreCommands(t *testing.T) {
	db := filepath.Join(t.TempDir(), "store.db")
	file := "../../testdata/pleiades.yaml"
	backup := filepath.Join(t.TempDir(), "backup.db")
	broken := edited(t, "outputs:\n", "outputs:\n  - id: new-one\n    kind: nonsense\n")
	withdrawn := edited(t, "outputs:\n", "outputs:\n  - id: new-one\n    kind: text\n    group: pleiades\n    title: {fr: Neuf}\n")
	for _, step := range []struct {
		name           string
		args           []string
		status         int
		stdout, stderr []string // what they hold
	}{
		{"no store is named", []string{"import", file}, 2, nil, []string{"--db is missing"}},
		{"no catalogue is named", []string{"import", "--db", db}, 2, nil, nil},
		{"a store that is not there", []string{"history", "x", "--db", db}, 1, nil, []string{"there is no store " + db}},
		{"a first import", []string{"import", file, "--db", db}, 0, nil, []string{"33 created, 0 changed, 0 deleted, 0 restored, 0 unchanged"}},
		{"the same again", []string{"import", file, "--db", db}, 0, nil, []string{"0 created", "33 unchanged"}},
		{"problems", []string{"import", broken, "--db", db}, 1, nil, []string{"nonsense", "nothing was imported"}},
		{"a file that is not there", []string{"import", "nowhere.yaml", "--db", db}, 1, nil, []string{"there is no file nowhere.yaml"}},
		{"a dry run", []string{"import", withdrawn, "--db", db, "--dry-run"}, 0, []string{"+ new-one"}, []string{"would import: 1 created"}},
		{"an import of one more", []string{"import", withdrawn, "--db", db}, 0, nil, []string{"1 created", "33 unchanged"}},
		{"an import of one less", []string{"import", file, "--db", db}, 0, nil, []string{"1 deleted"}},
		{"its history", []string{"history", "new-one", "--db", db, "--lang", "fr"}, 0, []string{"créée", "retirée", withdrawn}, nil},
		{"its history in English", []string{"history", "new-one", "--db", db, "--lang", "en"}, 0, []string{"created", "deleted"}, nil},
		{"the history of nobody", []string{"history", "nobody", "--db", db}, 1, nil, []string{`there is no record "nobody"`}},
		{"verify", []string{"verify", "--db", db}, 0, nil, []string{"is sound: 34 records"}},
		{"backup", []string{"backup", backup, "--db", db}, 0, nil, []string{backup}},
		{"backup over a file", []string{"backup", backup, "--db", db}, 1, nil, []string{"is there already"}},
		{"verify of the backup", []string{"verify", "--db", backup}, 0, nil, []string{"is sound: 34 records"}},
		{"serve a file and a store", []string{"serve", file, "--db", db}, 2, nil, []string{"gtnum import"}},
		{"serve a standby alone", []string{"serve", "--db-read", "postgres://x/y"}, 2, nil, []string{"--db-read goes with --db"}},
	} {
		status, stdout, stderr := call(t, step.args...)
		if status != step.status {
			t.Errorf("%s: status %d, want %d: %s", step.name, status, step.status, stderr)
		}
		for _, want := range step.stdout {
			if !strings.Contains(stdout, want) {
				t.Errorf("%s: %q lacks %q", step.name, stdout, want)
			}
		}
		for _, want := range step.stderr {
			if !strings.Contains(stderr, want) {
				t.Errorf("%s: %q lacks %q", step.name, stderr, want)
			}
		}
	}
}

// What a server serves of a store changes with it.
func TestServeStore(t *testing.T) {
	db := filepath.Join(t.TempDir(), "store.db")
	if status, _, stderr := call(t, "import", "../../testdata/pleiades.yaml", "--db", db); status != 0 {
		t.Fatal(stderr)
	}
	base, _ := start(t, "--db", db)
	for path, want := range map[string]string{
		"/oai?verb=Identify":                          "<sampleIdentifier>oai:",
		"/oai?verb=ListRecords&metadataPrefix=oai_dc": "<record>",
		"/oai?verb=ListSets":                          "<setSpec>gtnum:pleiades</setSpec>",
		"/catalog.ttl":                                "dcat:Catalog",
		"/":                                           "33 productions",
	} {
		if resp, body := get(t, base+path); resp.StatusCode != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: status %d, without %q: %.300s", path, resp.StatusCode, want, body)
		}
	}
	more := edited(t, "outputs:\n", "outputs:\n  - id: new-one\n    kind: text\n    group: pleiades\n    title: {fr: Neuf}\n")
	if status, _, stderr := call(t, "import", more, "--db", db); status != 0 {
		t.Fatal(stderr)
	}
	if _, body := get(t, base+"/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=type:text"); !strings.Contains(body, ":new-one<") {
		t.Errorf("what was imported meanwhile is not served: %.600s", body)
	}
}

// Nobody is told of a client that has left before the headings were read.
func TestServeStoreToWhoHasLeft(t *testing.T) {
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "store.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, leave := context.WithCancel(t.Context())
	leave()
	o := &storeOAI{store: s, report: func(err error) { t.Errorf("reported: %v", err) }}
	o.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, "GET", "/oai?verb=Identify", nil))
}

func TestShedRefusesWhatIsTooMuch(t *testing.T) {
	busy, free := make(chan bool), make(chan bool)
	server := newSlowServer(t, busy, free)
	go server.ask()
	<-busy
	if status, wait := server.ask(); status != 503 || wait != "10" {
		t.Errorf("a request too many: status %d, Retry-After %q", status, wait)
	}
	close(free)
}

// slowServer holds one request at a time, for as long as the test says.
type slowServer struct{ http.Handler }

func newSlowServer(_ *testing.T, busy, free chan bool) slowServer {
	return slowServer{shed(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { busy <- true; <-free }), 1)}
}

func (s slowServer) ask() (status int, retryAfter string) {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	return w.Code, w.Header().Get("Retry-After")
}

// Who opens a store that a first import has for itself is told so, and then
// served.
func TestWaitingForAFirstImportIsSaid(t *testing.T) {
	db := filepath.Join(t.TempDir(), "store.db")
	s, err := store.Open(t.Context(), db, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	catalogue, err := model.OpenStream("../../testdata/pleiades.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer catalogue.Close()
	stderr, said := io.Pipe()
	lines := bufio.NewReader(stderr)
	verify := sync.OnceFunc(func() {
		go func() {
			run(t.Context(), []string{"verify", "--db", db, "--lang", "fr"}, locale(), io.Discard, said)
			said.Close()
		}()
		if line, _ := lines.ReadString('\n'); !strings.Contains(line, "une première importation a "+db+" pour elle") {
			t.Errorf("%q", line)
		}
	})
	if _, err := s.Import(t.Context(), store.ImportOptions{Exclusive: true, Progress: func(int) { verify() }}, catalogue); err != nil {
		t.Fatal(err)
	}
	if rest, _ := io.ReadAll(lines); !strings.Contains(string(rest), "33 notice(s)") || strings.Contains(string(rest), "importation") {
		t.Errorf("then %q", rest)
	}
}
