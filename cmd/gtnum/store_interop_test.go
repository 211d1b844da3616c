//go:build interop && linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/store"
)

// process is a gtnum of its own.
type process struct {
	*exec.Cmd
	stderr *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// launch starts a command of gtnum, which ends with the test.
func launch(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{exec.Command(os.Args[0], args...), &lockedBuffer{}}
	p.Env = append(os.Environ(), "GTNUM_BE_THE_COMMAND=1")
	p.Stderr = p.stderr
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Process.Kill(); p.Wait() })
	return p
}

// launchServer starts a server of a store and returns its address.
func launchServer(t *testing.T, args ...string) (*process, string) {
	t.Helper()
	p := launch(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--base-url", "http://catalogue.example.org"}, args...)...)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if m := regexp.MustCompile(`listening on (127[0-9.:]+)`).FindStringSubmatch(p.stderr.String()); m != nil {
			return p, m[1]
		}
	}
	t.Fatalf("no server: %s", p.stderr)
	return nil, ""
}

// balancer sends requests to one server after the other, and to another one
// where one does not answer.
type balancer struct {
	mu      sync.Mutex
	servers []string
	turn    int
}

func (b *balancer) set(servers ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.servers = servers
}

func (b *balancer) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	b.mu.Lock()
	servers := append([]string{}, b.servers...)
	b.turn++
	turn := b.turn
	b.mu.Unlock()
	for i := range servers {
		clone := r.Clone(r.Context())
		clone.URL.Host = servers[(turn+i)%len(servers)]
		if resp, err = http.DefaultTransport.RoundTrip(clone); err == nil {
			return resp, nil
		}
	}
	return nil, err
}

// harvester holds what it has harvested: datestamps, of tombstones with a
// cross.
type harvester struct {
	client  *oaipmh.Client
	have    map[string]string
	harvest *oaipmh.Harvest
	lists   int
}

func newHarvester(b *balancer) *harvester {
	client := &oaipmh.Client{BaseURL: "http://catalogue.example.org/oai", HTTP: &http.Client{Transport: b}, Retries: 20}
	return &harvester{client: client, have: map[string]string{}, harvest: &oaipmh.Harvest{}}
}

// list takes one list: all at first, then what changed.
func (h *harvester) list(ctx context.Context) error {
	met := map[string]bool{}
	for rec, err := range h.client.Harvest(ctx, h.harvest) {
		if err != nil {
			return err
		}
		stamp := stampOf(rec.Header)
		if met[rec.Identifier+stamp] {
			return fmt.Errorf("%s comes twice", rec.Identifier)
		}
		met[rec.Identifier+stamp] = true
		h.have[rec.Identifier] = stamp
	}
	h.harvest = h.harvest.Next()
	h.lists++
	return nil
}

// during harvests until done is closed, and then once more.
func (h *harvester) during(t *testing.T, done chan struct{}) {
	for last := false; ; {
		if err := h.list(t.Context()); err != nil {
			t.Error(err)
			return
		}
		if last {
			return
		}
		time.Sleep(50 * time.Millisecond)
		select {
		case <-done:
			last = true
		default:
		}
	}
}

func stampOf(h oaipmh.Header) string {
	stamp := h.Datestamp.Format(time.RFC3339)
	if h.Deleted {
		stamp += " †"
	}
	return stamp
}

// compare checks what a harvester has against a store.
func (h *harvester) compare(t *testing.T, want map[string]string) {
	t.Helper()
	wrong := 0
	for id, stamp := range want {
		if h.have[id] != stamp {
			if wrong++; wrong < 5 {
				t.Errorf("a harvester has %s as %q, the store as %q", id, h.have[id], stamp)
			}
		}
	}
	if len(h.have) != len(want) || wrong > 0 {
		t.Errorf("a harvester has %d records, %d of them wrong; the store has %d", len(h.have), wrong, len(want))
	}
	t.Logf("a harvester took %d lists", h.lists)
}

// contentOf opens a store and returns what harvesters ought to have of it.
func contentOf(t *testing.T, db string) map[string]string {
	t.Helper()
	s, err := store.Open(t.Context(), db, store.Options{Formats: formats()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	content := map[string]string{}
	for rec, err := range s.Records(t.Context(), oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			t.Fatal(err)
		}
		content[rec.Identifier] = stampOf(rec.Header)
	}
	return content
}

func verifySound(t *testing.T, db string) {
	t.Helper()
	s, err := store.Open(t.Context(), db, store.Options{Formats: formats()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Verify(t.Context(), func(problem error) { t.Error(problem) }); err != nil {
		t.Error(err)
	}
}

// catalogueFile writes a generated catalogue. Other seeds make other records
// of the same ids.
func catalogueFile(t *testing.T, records int, seed uint64, revision int) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), fmt.Sprintf("c%d-%d-%d.json", records, seed, revision))
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := generate.Catalogue(generate.Options{Records: records, Seed: seed, Revision: revision}).WriteJSON(f); err != nil {
		t.Fatal(err)
	}
	return file
}

func importFile(t *testing.T, file, db string) {
	t.Helper()
	p := launch(t, "import", file, "--db", db)
	if err := p.Wait(); err != nil {
		t.Fatalf("import: %v\n%s", err, p.stderr)
	}
}

// Imports are killed at random moments, while the store is served and
// harvested. GTNUM_KILLS says how often, 8 if it does not.
func TestInteropKilledImports(t *testing.T) {
	rounds := 8
	if n, err := strconv.Atoi(os.Getenv("GTNUM_KILLS")); err == nil {
		rounds = n
	}
	db := filepath.Join(t.TempDir(), "store.db")
	importFile(t, catalogueFile(t, 2000, 1, 0), db)
	files := []string{catalogueFile(t, 2000, 2, 0), catalogueFile(t, 1900, 3, 0)}
	start := time.Now()
	importFile(t, files[1], db)
	usual := time.Since(start)

	_, address := launchServer(t, "--db", db)
	b := &balancer{servers: []string{address}}
	done := make(chan struct{})
	var harvesters sync.WaitGroup
	list := []*harvester{newHarvester(b), newHarvester(b)}
	for _, h := range list {
		harvesters.Go(func() { h.during(t, done) })
	}
	before := contentOf(t, db)
	old, changed := 0, 0
	for i := range rounds {
		p := launch(t, "import", files[i%2], "--db", db)
		time.Sleep(time.Duration(rand.Int64N(int64(2 * usual))))
		p.Process.Kill()
		p.Wait()
		after := contentOf(t, db)
		switch stamps := newStamps(before, after); {
		case len(stamps) == 0:
			old++
		case len(stamps) == 1: // one transaction has one datestamp
			changed++
		default:
			t.Errorf("round %d left something between: datestamps %v", i, stamps)
		}
		before = after
	}
	verifySound(t, db)
	importFile(t, files[0], db)
	time.Sleep(2 * time.Second) // what is published is vouched for a second later
	close(done)
	harvesters.Wait()
	for _, h := range list {
		h.compare(t, contentOf(t, db))
	}
	t.Logf("%d kills in %v: %d left the old state, %d the new one", rounds, time.Since(start).Round(time.Second), old, changed)
}

// First imports, which have the file for themselves and write without the log,
// are killed at random moments: there is no store then, an empty one or all.
func TestInteropKilledFirstImports(t *testing.T) {
	const records = 8000 // more than the cache of pages holds
	file := catalogueFile(t, records, 1, 0)
	start := time.Now()
	importFile(t, file, filepath.Join(t.TempDir(), "usual.db"))
	usual := time.Since(start)
	none, whole := 0, 0
	for i := range 8 {
		db := filepath.Join(t.TempDir(), "store.db")
		p := launch(t, "import", file, "--db", db)
		time.Sleep(usual/10 + time.Duration(rand.Int64N(int64(usual))))
		p.Process.Kill()
		p.Wait()
		switch n := recordsOf(t, db); n {
		case 0:
			none++
		case records:
			whole++
		default:
			t.Errorf("round %d left %d records", i, n)
		}
		importFile(t, file, db)
		if n := recordsOf(t, db); n != records {
			t.Errorf("round %d: the next import leaves %d records", i, n)
		}
		verifySound(t, db)
	}
	t.Logf("%d left nothing, %d all", none, whole)
}

// recordsOf counts the records of a store, none if there is no store.
func recordsOf(t *testing.T, db string) int {
	t.Helper()
	s, err := store.Open(t.Context(), db, store.Options{Formats: formats()})
	if errors.Is(err, store.ErrNoStore) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n, err := s.Count(t.Context(), oaipmh.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// newStamps are the datestamps of what differs.
func newStamps(before, after map[string]string) map[string]bool {
	stamps := map[string]bool{}
	for id, stamp := range after {
		if before[id] != stamp {
			stamps[strings.TrimSuffix(stamp, " †")] = true
		}
	}
	for id := range before {
		if after[id] == "" {
			stamps["lost "+id] = true
		}
	}
	return stamps
}

// The disk is full in the middle of an import.
func TestInteropDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=12m"); err != nil {
		t.Fatalf("a small file system is needed, and the right to mount it: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	db := filepath.Join(dir, "store.db")
	importFile(t, catalogueFile(t, 1000, 1, 0), db)
	before := contentOf(t, db)
	_, address := launchServer(t, "--db", db)

	p := launch(t, "import", catalogueFile(t, 6000, 2, 0), "--db", db)
	if err := p.Wait(); err == nil {
		t.Fatal("it is imported")
	}
	if said := p.stderr.String(); !strings.Contains(said, "no room is left") || !strings.Contains(said, db) || !strings.Contains(said, "nothing was imported") {
		t.Errorf("the error is %q", said)
	}
	h := newHarvester(&balancer{servers: []string{address}})
	if err := h.list(t.Context()); err != nil {
		t.Error(err)
	}
	h.compare(t, before)
	verifySound(t, db)
	importFile(t, catalogueFile(t, 1000, 1, 1), db) // a small one fits
	verifySound(t, db)
}

// Two servers on a primary and its standby, harvested through an import, a
// standby that lags, the kill of a server, the loss of the primary, the
// promotion of the standby and an import into that.
func TestInteropFailover(t *testing.T) {
	pair := interop.PostgresPair(t)
	importFile(t, catalogueFile(t, 1500, 1, 0), pair.Primary)
	time.Sleep(time.Second) // the standby has the store
	serve := func() (*process, string) {
		return launchServer(t, "--db", pair.Both(), "--db-read", pair.Standby, "--page-size", "50")
	}
	first, firstAddress := serve()
	_, secondAddress := serve()
	b := &balancer{servers: []string{firstAddress, secondAddress}}
	done := make(chan struct{})
	var harvesters sync.WaitGroup
	list := []*harvester{newHarvester(b), newHarvester(b), newHarvester(b)}
	for _, h := range list {
		harvesters.Go(func() { h.during(t, done) })
	}

	importFile(t, catalogueFile(t, 1500, 1, 1), pair.Primary)
	pair.Pause(t)
	importFile(t, catalogueFile(t, 1400, 1, 2), pair.Primary)
	time.Sleep(time.Second)
	first.Process.Kill()
	first.Wait()
	time.Sleep(time.Second)
	_, thirdAddress := serve()
	b.set(secondAddress, thirdAddress)
	pair.Resume(t)
	time.Sleep(time.Second)
	pair.KillPrimary(t)
	time.Sleep(time.Second)
	pair.Promote(t)
	importFile(t, catalogueFile(t, 1500, 1, 3), pair.Both())
	time.Sleep(2 * time.Second)
	close(done)
	harvesters.Wait()
	want := contentOf(t, pair.Standby)
	for _, h := range list {
		h.compare(t, want)
	}
	verifySound(t, pair.Standby)
}

// Four times as many requests as are held at once.
func TestInteropOverload(t *testing.T) {
	db := filepath.Join(t.TempDir(), "store.db")
	importFile(t, catalogueFile(t, 3000, 1, 0), db)
	server, address := launchServer(t, "--db", db)
	page := "http://" + address + "/oai?verb=ListRecords&metadataPrefix=oai_dc"
	status(t, page)
	quiet := resident(t, server)

	slow := slowClients(t, address, 20)
	var answered, refused, wrong atomic.Int64
	var clients sync.WaitGroup
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4 * maxRequests}}
	end := time.Now().Add(6 * time.Second)
	for range 4 * maxRequests {
		clients.Go(func() {
			for time.Now().Before(end) {
				resp, err := client.Get(page)
				if err != nil {
					wrong.Add(1)
					continue
				}
				_, err = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				wait, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
				switch {
				case err == nil && resp.StatusCode == 200:
					answered.Add(1)
				case resp.StatusCode == 503 && wait >= 1 && wait <= 3600:
					refused.Add(1)
					time.Sleep(100 * time.Millisecond)
				default:
					wrong.Add(1)
				}
			}
		})
	}
	clients.Wait()
	busy := resident(t, server)
	t.Logf("%d answered, %d refused, %d wrong; at most %d MiB, %d before", answered.Load(), refused.Load(), wrong.Load(), busy, quiet)
	if answered.Load() == 0 || refused.Load() == 0 || wrong.Load() > 0 {
		t.Error("want some answered, some refused and none wrong")
	}
	if busy > 200 {
		t.Errorf("%d MiB under load", busy)
	}
	if start := time.Now(); status(t, page) != 200 || time.Since(start) > 2*time.Second {
		t.Errorf("after the load a page takes %v", time.Since(start))
	}
	for _, c := range slow {
		if err := c.SetReadDeadline(time.Now().Add(15 * time.Second)); err != nil {
			t.Error(err)
		}
		if _, err := io.Copy(io.Discard, c); err != nil {
			t.Errorf("who sends a header byte by byte is not cut: %v", err)
		}
	}
	server.Process.Signal(syscall.SIGTERM)
	if err := server.Wait(); err != nil {
		t.Errorf("it does not stop as it should: %v", err)
	}
}

// slowClients send a header and never end it.
func slowClients(t *testing.T, address string, n int) (conns []net.Conn) {
	for range n {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		fmt.Fprintf(c, "GET /oai?verb=Identify HTTP/1.1\r\nHost: x\r\nX-Slow: ")
		conns = append(conns, c)
	}
	return conns
}

func status(t *testing.T, url string) int {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

// resident is the most memory that a process has had, in MiB.
func resident(t *testing.T, p *process) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(text)
	n, _ := strconv.Atoi(string(m[1]))
	return n >> 10
}
