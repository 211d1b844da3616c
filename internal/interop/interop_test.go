//go:build interop

package interop

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recorder stands in for a test that fails: Fatalf is remembered and ends the goroutine's test function by a panic.
type recorder struct {
	testing.TB
	message string
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.message = fmt.Sprintf(format, args...)
	panic(r)
}

func (r *recorder) Fatal(args ...any) { r.Fatalf("%s", fmt.Sprint(args...)) }

// failure returns the message that f fails its test with, or "".
func failure(t *testing.T, f func(testing.TB)) string {
	r := &recorder{TB: t}
	func() {
		defer func() {
			if p := recover(); p != nil && p != any(r) {
				panic(p)
			}
		}()
		f(r)
	}()
	return r.message
}

func TestInteropMissingThingsFail(t *testing.T) {
	empty := t.TempDir()
	t.Setenv("GTNUM_INTEROP", empty)
	t.Setenv("GTNUM_SCHEMAS", filepath.Join(empty, "none"))
	for _, test := range []struct {
		name string
		call func(testing.TB)
		want string
	}{
		{"program", func(t testing.TB) { Tool(t, "no-such-program") }, "run .ci/install"},
		{"Python environment", func(t testing.TB) { Python(t, "peers") }, "run .ci/install"},
		{"npm packages", func(t testing.TB) { Node(t) }, "run .ci/install"},
		{"jars", func(t testing.TB) { Java(t) }, "run .ci/install"},
		{"schemas", func(t testing.TB) { Schemas(t) }, "set GTNUM_SCHEMAS"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := failure(t, test.call); !strings.Contains(got, test.want) {
				t.Errorf("the test fails with %q, want %q in it", got, test.want)
			}
		})
	}
}

func TestInteropStatusFails(t *testing.T) {
	got := failure(t, func(t testing.TB) { Run(t, Tool(t, "sh"), "-c", "echo out; echo err >&2; exit 3") })
	if !strings.Contains(got, "exit status 3") || !strings.Contains(got, "out\nerr\n") {
		t.Errorf("Run fails with %q, want the status and both outputs", got)
	}
}

func TestInteropRelativeFolder(t *testing.T) {
	t.Setenv("GTNUM_SCHEMAS", "internal")
	if got, want := Schemas(t), filepath.Join(root(t), "internal"); got != want {
		t.Errorf("Schemas = %s, want %s: relative to the module", got, want)
	}
}

// What .ci/install promises is there and starts.
func TestInteropPrograms(t *testing.T) {
	turtle := filepath.Join(t.TempDir(), "one.ttl")
	if err := os.WriteFile(turtle, []byte("<http://example.org/a> <http://example.org/b> \"c\"@fr .\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name    string
		program string
		args    []string
	}{
		{"rapper", Tool(t, "rapper"), []string{"-q", "-i", "turtle", "-c", turtle}},
		{"chromium", Tool(t, "chromium"), []string{"--version"}},
		{"rdflib, pySHACL, pyoxigraph", Python(t, "peers"), []string{"-c", "import rdflib, pyshacl, pyoxigraph"}},
		{"npm", Node(t), []string{"-e", "for (const p of ['n3', 'jsonld', 'rdf-canonize', 'jsonld-streaming-parser', 'jsonld-streaming-serializer', 'rdfxml-streaming-parser']) require(p)"}},
		{"Jena", Java(t), []string{"riotcmd.riot", "--validate", turtle}},
	} {
		t.Run(test.name, func(t *testing.T) { Run(t, test.program, test.args...) })
	}
}

// The checkers accept what is good and refuse what is bad, so that a test that asks them can fail.
func TestInteropCheckers(t *testing.T) {
	fixtures := filepath.Join(shared(t, "GTNUM_TOOLS", "tools"), "fixtures")
	for _, test := range []struct{ checker, good, bad string }{
		{"check-oai-xsd", "good-response.xml", "bad-response.xml"},
		{"check-dcat", "good.ttl", "bad.ttl"},
	} {
		t.Run(test.checker, func(t *testing.T) {
			Run(t, Tool(t, test.checker), filepath.Join(fixtures, test.good))
			if out, err := Try(t, Tool(t, test.checker), filepath.Join(fixtures, test.bad)); err == nil {
				t.Errorf("%s accepts %s:\n%s", test.checker, test.bad, out)
			}
		})
	}
}
