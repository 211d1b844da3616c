package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/gtnum/gtnum/dcat"
)

// A peer is a library that writes RDF.
type peer struct {
	name string
	run  func(file string) ([]result, error)
}

var peers = []peer{
	{"gtnum", self("gtnum")},
	{"knakk/rdf", self("knakk/rdf")},
	{"N3.js, jsonld-streaming-serializer", program("node", "peers.cjs")},
	{"raptor", raptor},
	{"Jena", program("java", "-Xmx4g", "Peers.java")},
	{"rdflib", program(interop("peers", "bin", "python"), "peers.py", "rdflib")},
	{"pyoxigraph", program(interop("peers", "bin", "python"), "peers.py", "pyoxigraph")},
}

// interop returns a path in the folder that .ci/install fills.
func interop(path ...string) string {
	dir := os.Getenv("GTNUM_INTEROP")
	if dir == "" {
		cache, _ := os.UserCacheDir()
		dir = filepath.Join(cache, "gtnum-interop")
	}
	return filepath.Join(append([]string{dir}, path...)...)
}

// self measures with this very program.
func self(name string) func(string) ([]result, error) {
	return func(file string) ([]result, error) {
		program, err := os.Executable()
		if err != nil {
			return nil, err
		}
		return results(exec.Command(program, "-worker", name, file))
	}
}

// program measures with another program, whose source is beside this one.
func program(name string, args ...string) func(string) ([]result, error) {
	return func(file string) ([]result, error) {
		c := exec.Command(name, append(args, file)...)
		c.Dir = filepath.Join("bench", "rdf")
		return results(c)
	}
}

// results runs a worker and reads what it prints.
func results(c *exec.Cmd) ([]result, error) {
	c.Env = append(os.Environ(),
		"NODE_PATH="+interop("npm", "node_modules"), "CLASSPATH="+interop("java", "lib", "*"), "PYTHONDONTWRITEBYTECODE=1")
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, stderr.Bytes())
	}
	var list []result
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var r result
		if err := d.Decode(&r); err != nil {
			if errors.Is(err, io.EOF) {
				return list, nil
			}
			return nil, fmt.Errorf("%w in %q", err, out)
		}
		r.MiB = largest(c)
		list = append(list, r)
	}
}

// largest returns the most memory that a process had, in MiB.
func largest(c *exec.Cmd) int64 {
	return c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10
}

// raptor measures rapper, which reads before it writes: what it needs to read
// and count alone is taken off.
func raptor(file string) ([]result, error) {
	read, _, err := rapper("-c", file)
	if err != nil {
		return nil, err
	}
	var list []result
	for syntax, name := range map[string]string{"turtle": "turtle", "rdfxml": "rdfxml", "ntriples": "ntriples"} {
		both, mib, err := rapper("-o", name, file)
		if err != nil {
			return nil, err
		}
		list = append(list, result{Peer: "raptor", Syntax: syntax, Seconds: (both - read).Seconds(), MiB: mib})
	}
	return list, nil
}

// rapper returns the fastest of three runs.
func rapper(args ...string) (fastest time.Duration, mib int64, err error) {
	for range 3 {
		c := exec.Command("rapper", append([]string{"-q", "-i", "ntriples"}, args...)...)
		if err := c.Run(); err != nil {
			return 0, 0, err
		}
		if d := c.ProcessState.UserTime() + c.ProcessState.SystemTime(); fastest == 0 || d < fastest {
			fastest, mib = d, largest(c)
		}
	}
	return fastest, mib, nil
}

// measureMemory has a process of its own write a stream in each syntax.
func measureMemory(triples int) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("%d triples as a stream\n\n| syntax | MiB | triples a second |\n|---|---|---|\n", triples)
	for _, s := range dcat.Syntaxes() {
		c := exec.Command(program, "-worker", "stream", "-memory", strconv.Itoa(triples), s.String())
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
		seconds := (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
		fmt.Printf("| %s | %d | %s |\n", s, largest(c), short(float64(triples)/seconds))
	}
	return nil
}
