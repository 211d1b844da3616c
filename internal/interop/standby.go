//go:build interop && linux

package interop

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// Pair is a PostgreSQL primary and its streaming standby.
type Pair struct {
	Primary, Standby string // URLs
}

// PostgresPair starts both, which end with the test. Settings are those of [Postgres].
func PostgresPair(t testing.TB, settings ...string) *Pair {
	t.Helper()
	url := Postgres(t, settings...)
	_, primaryDir, _ := strings.Cut(url, "host=")
	dir, err := os.MkdirTemp("", "gtnum-pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	account := postgresAccount(t, dir)
	data := filepath.Join(dir, "data")
	backup := postgresCommand(t, account, "pg_basebackup", "-h", primaryDir, "-U", "gtnum", "-D", data, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync")
	if out, err := backup.CombinedOutput(); err != nil {
		t.Fatalf("pg_basebackup: %v\n%s", err, out)
	}
	serve(t, postgresCommand(t, account, "postgres", "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off"), dir)
	return &Pair{Primary: url, Standby: "postgres://gtnum@/postgres?host=" + dir}
}

// Both is the URL of whichever of the two takes changes.
func (p *Pair) Both() string {
	_, dir, _ := strings.Cut(p.Standby, "host=")
	return p.Primary + "," + dir + "&target_session_attrs=read-write"
}

// KillPrimary ends the primary at once, as if its machine had failed.
func (p *Pair) KillPrimary(t testing.TB) {
	t.Helper()
	_, dir, _ := strings.Cut(p.Primary, "host=")
	text, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, _, _ := strings.Cut(string(text), "\n")
	n, err := strconv.Atoi(pid)
	if err == nil {
		err = syscall.Kill(n, syscall.SIGQUIT) // no goodbye to clients, no checkpoint
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Promote makes the standby a primary.
func (p *Pair) Promote(t testing.TB) { p.onStandby(t, "SELECT pg_promote()") }

// Pause stops the standby's replay, Resume goes on with it.
func (p *Pair) Pause(t testing.TB) { p.onStandby(t, "SELECT pg_wal_replay_pause()") }

// Resume goes on with the standby's replay.
func (p *Pair) Resume(t testing.TB) { p.onStandby(t, "SELECT pg_wal_replay_resume()") }

func (p *Pair) onStandby(t testing.TB, query string) {
	t.Helper()
	Run(t, "psql", "-q", "-X", "-d", p.Standby, "-c", query)
}
