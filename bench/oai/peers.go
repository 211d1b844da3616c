package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A peer is a program that serves the records of a folder. It prints the
// address of the first page once it serves.
type peer struct {
	name    string
	command func(dir string) *exec.Cmd
}

// What the first ones of peers are, and the last, matters to the comparison.
var peers = []peer{
	{"gtnum, rendered before", self("rendered")},
	{"gtnum", self("gtnum")},
	{"xoai, rendered before", program("java", "-Xmx2g", "ServeXoai.java")},
	{"oai-repo", program(interop("peers", "bin", "python"), "serve_oai_repo.py")},
	{"pyoai", program(interop("pyoai", "bin", "python"), "-W", "ignore", "serve_pyoai.py")},
	{static, self("files")},
}

const (
	static = "files"
	own    = 2 // of peers, from the first
)

// interop returns a path in the folder that .ci/install fills.
func interop(path ...string) string {
	dir := os.Getenv("GTNUM_INTEROP")
	if dir == "" {
		cache, _ := os.UserCacheDir()
		dir = filepath.Join(cache, "gtnum-interop")
	}
	return filepath.Join(append([]string{dir}, path...)...)
}

// self serves with this very program.
func self(name string) func(string) *exec.Cmd {
	return func(dir string) *exec.Cmd {
		program, err := os.Executable()
		if err != nil {
			program = os.Args[0]
		}
		return exec.Command(program, "-serve", name, dir)
	}
}

// program serves with another program, whose source is beside this one.
func program(name string, args ...string) func(string) *exec.Cmd {
	return func(dir string) *exec.Cmd {
		c := exec.Command(name, append(args, filepath.Join(dir, recordsFile), strconv.Itoa(pageSize))...)
		c.Dir = filepath.Join("bench", "oai")
		c.Env = append(os.Environ(), "CLASSPATH="+interop("java", "lib", "*"), "PYTHONDONTWRITEBYTECODE=1")
		return c
	}
}

// server is a peer that runs.
type server struct {
	name  string
	first string // address of the first page
	cmd   *exec.Cmd
}

func start(ctx context.Context, p peer, dir string) (*server, error) {
	c := p.command(dir)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	s := &server{name: p.name, cmd: c}
	context.AfterFunc(ctx, s.stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("it printed no address: %w", err)
	}
	go io.Copy(io.Discard, out)
	s.first = strings.TrimSpace(line)
	return s, nil
}

func (s *server) stop() {
	s.cmd.Process.Kill()
	s.cmd.Wait()
}

// processor returns the time that the server has had of the processors.
func (s *server) processor() (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, nil
}

// memory returns what the server has in memory now, and had at most, in MiB.
func (s *server) memory() (now, most int, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for line := range strings.Lines(string(b)) {
		var kib int
		switch name, value, _ := strings.Cut(line, ":"); name {
		case "VmRSS":
			fmt.Sscan(value, &kib)
			now = kib >> 10
		case "VmHWM":
			fmt.Sscan(value, &kib)
			most = kib >> 10
		}
	}
	return now, most, err
}
