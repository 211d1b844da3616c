package main

import (
	"bufio"
	"encoding/xml"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gtnum/gtnum/model"
)

// TestMain lets the test binary be the command, so that tests meet a process
// as its users do.
func TestMain(m *testing.M) {
	if os.Getenv("GTNUM_BE_THE_COMMAND") != "" {
		os.Setenv("LC_ALL", "en_GB.UTF-8") // not before: it is others' locale too
		main()
		return
	}
	os.Exit(m.Run())
}

// start starts "gtnum serve" on a free port and returns its base URL and the
// process.
func start(t *testing.T, args ...string) (string, *exec.Cmd) {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), "GTNUM_BE_THE_COMMAND=1")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(stderr).ReadString('\n')
	m := regexp.MustCompile(`listening on ([0-9.:]+[0-9])`).FindStringSubmatch(line)
	if err != nil || m == nil {
		t.Fatalf("no address in %q: %v", line, err)
	}
	return "http://" + m[1], cmd
}

func get(t *testing.T, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// dublinCore is as much of a ListRecords response as the test needs.
type dublinCore struct {
	Records []struct {
		Identifiers []string `xml:"metadata>dc>identifier"`
		Titles      []string `xml:"metadata>dc>title"`
	} `xml:"ListRecords>record"`
}

// TestServeTheBrochure: 33 records, and each of the 33 addresses is a
// dc:identifier of exactly one.
func TestServeTheBrochure(t *testing.T) {
	base, _ := start(t)
	_, body := get(t, base+"/oai?verb=ListRecords&metadataPrefix=oai_dc")
	var list dublinCore
	if err := xml.Unmarshal([]byte(body), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Records) != 33 {
		t.Errorf("%d records, want 33", len(list.Records))
	}
	owners := map[string]int{}
	for _, r := range list.Records {
		for _, id := range r.Identifiers {
			owners[id]++
		}
		if len(r.Titles) > 0 {
			t.Errorf("a title was made up: %q", r.Titles)
		}
	}
	cats, err := loadAll(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range cats[0].Outputs {
		if owners[o.URL] != 1 {
			t.Errorf("%s is a dc:identifier of %d records, want 1", o.URL, owners[o.URL])
		}
	}
}

// TestServeAtItsOwnAddress: wherever it listens, it can say where it is.
func TestServeAtItsOwnAddress(t *testing.T) {
	for addr, want := range map[string]string{
		"127.0.0.1:80": "http://127.0.0.1:80", "[::1]:80": "http://[::1]:80", "[::]:80": "http://localhost:80", "0.0.0.0:80": "http://localhost:80",
	} {
		f := serveFlags{baseURL: ownAddress(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(addr)))}
		if f.baseURL != want {
			t.Errorf("listening on %s it is at %s, want %s", addr, f.baseURL, want)
		}
		cats, err := loadAll(nil)
		if err == nil {
			_, err = newSite(cats, f, nil)
		}
		if err != nil {
			t.Errorf("listening on %s: %v", addr, err)
		}
	}
}

// TestServeWithoutAnEmail: an address that validate only warns of does not keep
// a catalogue from being served.
func TestServeWithoutAnEmail(t *testing.T) {
	for email, want := range map[string]string{
		"c@example.org": "c@example.org", "root@localhost": "webmaster@example.org", "C <c@example.org>": "webmaster@example.org",
		`"c c"@example.org`: "webmaster@example.org", "c@example": "webmaster@example.org", "": "webmaster@example.org",
	} {
		cat := &model.Catalogue{ID: "small", Base: "https://example.org/", Title: model.NewText("fr", "Petit"), Contacts: []model.Agent{{Name: "C", Email: email}}}
		f := serveFlags{baseURL: "https://example.org"}
		if got := f.emails([]*model.Catalogue{cat}); !slices.Equal(got, []string{want}) {
			t.Errorf("%q: %q, want %s", email, got, want)
		}
		if _, err := newSite([]*model.Catalogue{cat}, f, nil); err != nil {
			t.Errorf("%q: %v", email, err)
		}
	}
}

// TestServeAndExportAgree: the same content has the same bytes, whichever way
// it is had.
func TestServeAndExportAgree(t *testing.T) {
	base, _ := start(t)
	for ext, format := range map[string]string{".ttl": "turtle", ".rdf": "rdfxml", ".nt": "ntriples", ".jsonld": "jsonld"} {
		for _, profile := range []string{"dcat-ap", "data.gouv.fr"} {
			resp, served := get(t, base+"/dump"+ext+"?profile="+profile)
			if resp.StatusCode != http.StatusOK {
				t.Errorf("%s: %s", ext, resp.Status)
			}
			status, exported, stderr := call(t, "export", "--format", format, "--profile", profile)
			if status != 0 || served != exported {
				t.Errorf("%s %s: served %d bytes, exported %d (%s)", format, profile, len(served), len(exported), stderr)
			}
		}
	}
	_, served := get(t, base+"/catalog.schema.json")
	if _, exported, _ := call(t, "export", "--format", "schema.org"); served != exported {
		t.Errorf("schema.org: served %d bytes, exported %d", len(served), len(exported))
	}
}

func TestHomeSpeaksFrenchAndEnglish(t *testing.T) {
	base, _ := start(t)
	for _, test := range []struct{ accept, query, want string }{
		{"", "", `<html lang="fr">`},
		{"en-GB,en;q=0.9", "", `<html lang="en">`},
		{"de", "", `<html lang="fr">`},
		{"fr", "?lang=en", `<html lang="en">`},
	} {
		resp, body := get(t, base+"/"+test.query, "Accept-Language", test.accept)
		if !strings.Contains(body, test.want) || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("Accept-Language %q %s: no %s", test.accept, test.query, test.want)
		}
	}
	if resp, _ := get(t, base+"/nothing-here"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown page answers %s", resp.Status)
	}
}

// TestStop: SIGTERM ends the process with status 0, soon.
func TestStop(t *testing.T) {
	base, cmd := start(t)
	get(t, base+"/oai?verb=Identify")
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("status: %v", err)
		}
	case <-time.After(15 * time.Second):
		t.Error("still running 15 s after SIGTERM")
	}
}
