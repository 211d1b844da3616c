//go:build interop

package interop

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// timeout bounds one run of another's program.
const timeout = 5 * time.Minute

// Schemas returns the folder of XML schemas and SHACL shapes: GTNUM_SCHEMAS, or ../shared/schemas beside the module.
func Schemas(t testing.TB) string {
	t.Helper()
	return folder(t, "GTNUM_SCHEMAS", "schemas")
}

// Samples returns the folder of real records of others: GTNUM_SAMPLES, or ../shared/samples beside the module.
func Samples(t testing.TB) string {
	t.Helper()
	return folder(t, "GTNUM_SAMPLES", "samples")
}

// Seed returns the folder of the brochure that the PLEIADES catalogue was transcribed from: GTNUM_SEED, or ../shared/seed
// beside the module.
func Seed(t testing.TB) string {
	t.Helper()
	return folder(t, "GTNUM_SEED", "seed")
}

// Tool returns the path of a program: one of the checkers (GTNUM_TOOLS, or ../shared/tools beside the module), else one
// that .ci/install built, else one on the PATH.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path := find(t, name)
	if path == "" {
		t.Fatalf("the program %s is missing: run .ci/install", name)
	}
	return path
}

// Optional is Tool for the few programs that .ci/install cannot get for everybody: it skips the test where one is missing.
func Optional(t testing.TB, name string) string {
	t.Helper()
	path := find(t, name)
	if path == "" {
		t.Skipf("the program %s is missing: CONTRIBUTING.md says how to install it", name)
	}
	return path
}

// OptionalPerl is Perl with a module that .ci/install cannot get for everybody: it skips the test where that is missing.
func OptionalPerl(t testing.TB, module string) string {
	t.Helper()
	perl := Tool(t, "perl")
	if out, err := Try(t, perl, "-M"+module, "-e", "1"); err != nil {
		t.Skipf("the Perl module %s is missing: CONTRIBUTING.md says how to install it\n%s", module, out)
	}
	return perl
}

// find returns the path of a program, "" if it is nowhere.
func find(t testing.TB, name string) string {
	t.Helper()
	for _, path := range []string{filepath.Join(shared(t, "GTNUM_TOOLS", "tools"), name), filepath.Join(home(t), "bin", name)} {
		if isFile(path) {
			return path
		}
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}

// Python returns the interpreter of a Python environment of .ci/python: "peers" (Sickle, rdflib, pySHACL, pyoxigraph),
// "pyoai", "udata" or "ckan".
func Python(t testing.TB, environment string) string {
	t.Helper()
	path := filepath.Join(home(t), environment, "bin", "python")
	if !isFile(path) {
		t.Fatalf("the Python environment %s is missing: run .ci/install", environment)
	}
	return path
}

// Node returns the Node.js interpreter; a CommonJS script that it runs can require the packages of .ci/npm.
func Node(t testing.TB) string {
	t.Helper()
	if !isFolder(filepath.Join(home(t), "npm", "node_modules")) {
		t.Fatal("the npm packages are missing: run .ci/install")
	}
	return Tool(t, "node")
}

// Java returns the Java launcher; a class or single source file that it runs finds the jars of .ci/java on its class path.
func Java(t testing.TB) string {
	t.Helper()
	if !isFolder(filepath.Join(home(t), "java", "lib")) {
		t.Fatal("the Java packages are missing: run .ci/install")
	}
	return Tool(t, "java")
}

// Run runs a program and returns its standard output. A status other than 0 fails the test, with all that it printed.
func Run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := Try(t, name, args...)
	if err != nil {
		t.Fatalf("%s %q: %v\n%s", filepath.Base(name), args, err, out)
	}
	return out
}

// Try is Run for programs whose failure is the matter of the test: the error is the [exec.ExitError] of a status other
// than 0, and the output then has standard error after standard output.
func Try(t testing.TB, name string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = environment(t), &stdout, &stderr, time.Second
	err := cmd.Run()
	if err == nil {
		return stdout.String(), nil
	}
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || ctx.Err() != nil {
		t.Fatalf("%s %q: %v, %v\n%s%s", name, args, err, ctx.Err(), &stdout, &stderr)
	}
	return stdout.String() + stderr.String(), err
}

// environment is what programs see: this test's variables, and where their packages and the schemas are.
func environment(t testing.TB) []string {
	t.Helper()
	return append(os.Environ(),
		"GTNUM_SCHEMAS="+Schemas(t),
		"NODE_PATH="+filepath.Join(home(t), "npm", "node_modules"),
		"CLASSPATH="+filepath.Join(home(t), "java", "lib", "*"),
		"PERL5LIB="+filepath.Join(home(t), "perl", "lib", "perl5")+string(filepath.ListSeparator)+os.Getenv("PERL5LIB"),
		"PYTHONDONTWRITEBYTECODE=1",
		"PYTHONUTF8=1",
	)
}

// folder returns a folder beside the module and fails the test where there is none.
func folder(t testing.TB, variable, name string) string {
	t.Helper()
	path := shared(t, variable, name)
	if !isFolder(path) {
		t.Fatalf("the folder %s is missing: set %s to where the %s are", path, variable, name)
	}
	return path
}

// shared returns what the variable says, relative paths from the module's root, or ../shared/name.
func shared(t testing.TB, variable, name string) string {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		path = filepath.Join("..", "shared", name)
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(root(t), path)
	}
	return path
}

// home returns the folder that .ci/install fills.
func home(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("GTNUM_INTEROP"); path != "" {
		return path
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatalf("set GTNUM_INTEROP: %v", err)
	}
	return filepath.Join(cache, "gtnum-interop")
}

// root returns the module's root, which stands above every test's working directory.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for at := dir; ; at = filepath.Dir(at) {
		if isFile(filepath.Join(at, "go.mod")) {
			return at
		}
		if at == filepath.Dir(at) {
			t.Fatalf("no go.mod above %s", dir)
		}
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
