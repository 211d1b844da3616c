//go:build interop

package interop

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Harvesters are the OAI-PMH harvesters of others that [Walk] knows: Sickle and oaipmh-scythe (Python, GET), pyoai (Python,
// POST, Dublin Core alone), HTTP::OAI (Perl) and xoai (Java, the harvester of Dataverse).
var Harvesters = []string{"Sickle", "scythe", "pyoai", "HTTP::OAI", "xoai"}

// Metha is one more harvester that [Walk] knows, which .ci/install cannot get for everybody: it skips the test where metha is
// missing. It selects by days, so that from and until are dates.
const Metha = "metha"

// Row is one record as a harvester of others read it.
type Row struct {
	Identifier string
	Datestamp  string
	Deleted    bool
	Sets       []string
	Fields     map[string][]string // text by local name of the elements that hold no other; not of xoai
	Metadata   string              // the metadata element's content; of xoai alone
}

// Walk lists all records of a prefix with one of [Harvesters], or [Metha], in the order of the answers. The selection is of the form
// "set=axis:1", "from=2023-05-01T00:00:00Z", "until=…".
func Walk(t testing.TB, harvester, baseURL, prefix string, selection ...string) []Row {
	t.Helper()
	argv := append(walker(t, harvester), append([]string{baseURL, prefix}, selection...)...)
	var rows []Row
	for line := range strings.Lines(Run(t, argv[0], argv[1:]...)) {
		var row Row
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatalf("%s: %v in %s", harvester, err, line)
		}
		rows = append(rows, row)
	}
	return rows
}

// walker returns the command that runs a harvester.
func walker(t testing.TB, harvester string) []string {
	t.Helper()
	switch harvester {
	case "Sickle":
		return []string{Python(t, "peers"), Script(t, "walk_sickle.py")}
	case "scythe":
		return []string{Python(t, "peers"), Script(t, "walk_scythe.py")}
	case "pyoai":
		return []string{Python(t, "pyoai"), Script(t, "walk_pyoai.py")}
	case "HTTP::OAI":
		return []string{Tool(t, "perl"), Script(t, "walk_http_oai.pl")}
	case "xoai":
		return []string{Java(t), Script(t, "WalkXoai.java")}
	case Metha:
		return []string{Python(t, "peers"), Script(t, "walk_metha.py"), Optional(t, "metha-sync"), Optional(t, "metha-cat")}
	}
	t.Fatalf("no harvester %s: one of %q", harvester, Harvesters)
	return nil
}

// Provider starts an OAI-PMH server made of pyoai and returns its base URL: count records, page to a page, as the head of
// peers/serve_pyoai.py describes. It stops with the test.
func Provider(t testing.TB, count, page string) string {
	t.Helper()
	return Start(t, Python(t, "pyoai"), "-W", "ignore", Script(t, "serve_pyoai.py"), count, page)
}

// Start runs a program until the test ends and returns the first line that it prints.
func Start(t testing.TB, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env, cmd.Stderr = environment(t), os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // the context is done before
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("%s %q printed no line: %v", filepath.Base(name), args, err)
	}
	return strings.TrimSpace(line)
}

// Script returns the path of a script of internal/interop/peers.
func Script(t testing.TB, name string) string {
	t.Helper()
	return filepath.Join(root(t), "internal", "interop", "peers", name)
}
