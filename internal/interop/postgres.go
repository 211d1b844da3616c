//go:build interop && linux

package interop

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

const postgresBin = "/usr/lib/postgresql/15/bin"

// Postgres starts an empty PostgreSQL server of the test's own, which ends with it, and returns the URL of its database.
// Settings are of the form "wal_level=logical"; by default it does not wait for the disk.
func Postgres(t testing.TB, settings ...string) string {
	t.Helper()
	if !isFile(filepath.Join(postgresBin, "initdb")) {
		t.Fatal("PostgreSQL 15 is missing: run .ci/install")
	}
	// Not t.TempDir: the server's account could not enter that folder, and a socket's path must be short.
	dir, err := os.MkdirTemp("", "gtnum-pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	account := postgresAccount(t, dir)
	data := filepath.Join(dir, "data")
	initdb := postgresCommand(t, account, "initdb", "-D", data, "-U", "gtnum", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	args := []string{"-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off"}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	serve(t, postgresCommand(t, account, "postgres", args...), dir)
	return "postgres://gtnum@/postgres?host=" + dir
}

// serve starts the server, waits until it answers and stops it with the test.
func serve(t testing.TB, server *exec.Cmd, dir string) {
	t.Helper()
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	server.Stdout, server.Stderr = log, log
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGINT) } // its fast way to stop
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Wait() })
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		err := exec.Command(filepath.Join(postgresBin, "pg_isready"), "-q", "-h", dir).Run()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			out, _ := os.ReadFile(log.Name())
			t.Fatalf("PostgreSQL does not start: %v\n%s", err, out)
		}
	}
}

func postgresCommand(t testing.TB, account *syscall.Credential, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), filepath.Join(postgresBin, name), args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: account}
	cmd.Dir = "/"
	return cmd
}

// postgresAccount gives the folder to the account that the server runs as where root runs the tests: PostgreSQL refuses root.
func postgresAccount(t testing.TB, dir string) *syscall.Credential {
	t.Helper()
	if os.Geteuid() != 0 {
		return nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(account.Uid) // numbers on every Linux
	gid, _ := strconv.Atoi(account.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}
