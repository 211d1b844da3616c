package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the files that tests compare with")

// call runs the command, in an English locale, and returns its status and what
// it wrote.
func call(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(t.Context(), args, locale("LANG", "en_GB.UTF-8"), &out, &errs)
	return status, out.String(), errs.String()
}

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is not what came; go test ./cmd/gtnum -update renews it (-file +got):\n%s", file, diff)
	}
}

func TestStatusAndSentence(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	tests := []struct {
		name   string
		args   []string
		status int
		stderr string
	}{
		{"no command", nil, 2, "a command is missing"},
		{"unknown command", []string{"sreve"}, 2, `there is no command "sreve"`},
		{"unknown flag", []string{"serve", "--port", "1"}, 2, "unknown flag: --port"},
		{"bad address", []string{"serve", "--addr", "8080"}, 2, `--addr "8080": want HOST:PORT`},
		{"bad page size", []string{"serve", "--page-size", "0"}, 2, "--page-size 0: want 1 to 10000"},
		{"bad base URL", []string{"serve", "--base-url", "example.org"}, 2, `--base-url "example.org"`},
		{"unknown format", []string{"export", "--format", "pdf"}, 2, `--format "pdf"`},
		{"unknown profile", []string{"export", "--profile", "x"}, 2, `--profile "x"`},
		{"unknown language", []string{"validate", "--lang", "de"}, 2, `--lang "de": want fr or en`},
		{"argument where none is", []string{"schema", "x"}, 2, "schema"},
		{"missing file, serve", []string{"serve", "none.yaml"}, 1, "gtnum: there is no file none.yaml\n"},
		{"missing file, validate", []string{"validate", "none.yaml"}, 1, "gtnum: there is no file none.yaml\n"},
		{"a folder for a file", []string{"export", "testdata"}, 1, "testdata cannot be read: is a directory"},
		{"port in use", []string{"serve", "--addr", taken.Addr().String()}, 1, "another program already listens on " + taken.Addr().String()},
		{"output that cannot be written", []string{"export", "--output", "none/x.ttl"}, 1, "gtnum: cannot write none/x.ttl: there is no folder none\n"},
		{"output that is a folder", []string{"export", "--output", "testdata"}, 1, "gtnum: cannot write testdata: file exists\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := call(t, test.args...)
			if status != test.status || !strings.Contains(stderr, test.stderr) {
				t.Errorf("status %d and %q, want status %d and %q", status, stderr, test.status, test.stderr)
			}
			if stdout != "" {
				t.Errorf("standard output is not for errors: %q", stdout)
			}
			if test.status == 1 && strings.Count(stderr, "\n") != 1 {
				t.Errorf("not one sentence: %q", stderr)
			}
		})
	}
}

func TestHelpIsNoError(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"--help"}, {"serve", "--help"}} {
		if status, stdout, _ := call(t, args...); status != 0 || !strings.Contains(stdout, "Usage:") {
			t.Errorf("gtnum %s: status %d, %q", strings.Join(args, " "), status, stdout)
		}
	}
}

func TestValidateReports(t *testing.T) {
	status, stdout, stderr := call(t, "validate", "--lang", "fr", "../../testdata/pleiades.yaml")
	if status != 0 || stderr != "" {
		t.Errorf("status %d, %q: missing titles are no errors", status, stderr)
	}
	golden(t, "validate-pleiades.txt", stdout)
	if !strings.Contains(stdout, "pas de titre") && !strings.Contains(stdout, "title-missing") {
		t.Error("the report does not tell of missing titles")
	}
}

func TestValidateTellsEveryProblemOfABrokenFile(t *testing.T) {
	status, stdout, stderr := call(t, "validate", "--lang=fr", "testdata/broken.yaml")
	if status != 1 || stderr != "" {
		t.Errorf("status %d, %q", status, stderr)
	}
	golden(t, "validate-broken.txt", stdout)
	status, stdout, _ = call(t, "validate", "--lang", "en", "testdata/broken.yaml")
	if status != 1 {
		t.Errorf("status %d", status)
	}
	golden(t, "validate-broken-en.txt", stdout)
	status, stdout, _ = call(t, "validate", "--json", "testdata/broken.yaml")
	if status != 1 {
		t.Errorf("status %d", status)
	}
	golden(t, "validate-broken.jsonl", stdout)
}

// TestValidateSeveralFiles: one that is not there hides no problem of the
// others, and an id that two share is told.
func TestValidateSeveralFiles(t *testing.T) {
	status, stdout, stderr := call(t, "validate", "testdata/broken.yaml", "none.yaml", "none.json", "../../testdata/pleiades.yaml", "../../testdata/pleiades.yaml")
	if want := "gtnum: there is no file none.yaml\nthere is no file none.json\n"; status != 1 || stderr != want {
		t.Errorf("status %d, %q, want %q", status, stderr, want)
	}
	for _, want := range []string{"testdata/broken.yaml:6:", "  hal-03526140  title: ", "id \"hal-03526140\" is already taken (../../testdata/pleiades.yaml:", " warning(s)"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
}

// TestInterrupted: who reads files for a long time can be stopped meanwhile.
func TestInterrupted(t *testing.T) {
	for _, args := range [][]string{{"validate", "/dev/stdin"}, {"export", "/dev/stdin"}, {"serve", "/dev/stdin"}} {
		cmd := exec.Command(os.Args[0], args...)
		cmd.Env = append(os.Environ(), "GTNUM_BE_THE_COMMAND=1")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		stdin, err := cmd.StdinPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
		stdin.Write(bytes.Repeat([]byte("# more than a pipe holds\n"), 1<<14)) // so that it is being read now
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
		kill.Stop()
		if status := cmd.ProcessState.ExitCode(); status != 1 || stderr.String() != "gtnum: interrupted\n" {
			t.Errorf("gtnum %v: status %d, %q", args, status, stderr.String())
		}
	}
}

func TestABrokenFileIsNotServed(t *testing.T) {
	status, _, stderr := call(t, "serve", "--addr", "127.0.0.1:0", "testdata/broken.yaml")
	if status != 1 || !strings.Contains(stderr, "testdata/broken.yaml:6:") {
		t.Errorf("status %d, %q", status, stderr)
	}
}

// No ListRecords is empty: a format that takes no record of a catalogue says so.
func TestExportWithoutRecords(t *testing.T) {
	file := filepath.Join(t.TempDir(), "undated.yaml")
	const undated = `{id: small, base: "https://small.example.org/", title: Petit, modified: 2026-01-01, outputs: [{id: one, kind: text, title: Un, url: "https://small.example.org/1"}]}`
	if err := os.WriteFile(file, []byte(undated), 0o644); err != nil {
		t.Fatal(err)
	}
	for format, want := range map[string]string{"oai_dc": "</ListRecords>\n</OAI-PMH>\n", "datacite": "<error code=\"noRecordsMatch\">the catalogue holds no record in datacite</error>\n</OAI-PMH>\n"} {
		status, stdout, stderr := call(t, "export", file, "--format", format)
		if status != 0 || !strings.HasSuffix(stdout, want) || strings.Count(stdout, "<ListRecords>") != strings.Count(want, "</ListRecords>") {
			t.Errorf("%s: status %d, %s%s", format, status, stdout, stderr)
		}
	}
}

func TestExportWritesWholeFilesOrNone(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "out.xml")
	if status, stdout, stderr := call(t, "export", "--format", "oai_dc", "--output", file); status != 0 || stdout != "" {
		t.Fatalf("status %d, %q", status, stderr)
	}
	_, direct, _ := call(t, "export", "--format", "oai_dc")
	got, err := os.ReadFile(file)
	if err != nil || string(got) != direct {
		t.Errorf("the file is not what standard output gets: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := writeFile(filepath.Join(dir, "half"), func(w io.Writer) error {
		w.Write([]byte("half"))
		return ctx.Err()
	}); err == nil {
		t.Error("no error")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("a failed export left something behind: %v %v", entries, err)
	}
}

// What a name stands for already stays what it is: a link, who may read the
// file, a pipe.
func TestExportKeepsWhatANameStandsFor(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "out.ttl"), filepath.Join(dir, "link.ttl")
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Symlink("out.ttl", link)); err != nil {
		t.Skip(err)
	}
	status, _, stderr := call(t, "export", "--output", link)
	_, direct, _ := call(t, "export")
	to, linked := os.Readlink(link)
	got, _ := os.ReadFile(file)
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if status != 0 || linked != nil || to != "out.ttl" || string(got) != direct || info.Mode().Perm() != 0o600 {
		t.Errorf("status %d %s: link to %q, %v; %d bytes of mode %v", status, stderr, to, linked, len(got), info.Mode())
	}

	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	name := fmt.Sprintf("/dev/fd/%d", w.Fd())
	if _, err := os.Stat(name); err != nil {
		t.Skip(err)
	}
	piped := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		piped <- string(b)
	}()
	status, _, stderr = call(t, "export", "--output", name)
	w.Close()
	if got := <-piped; status != 0 || got != direct {
		t.Errorf("status %d %s: %d bytes through a pipe", status, stderr, len(got))
	}
}
