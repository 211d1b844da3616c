package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// reader asks a server for an answer and has small buffers.
func reader(t *testing.T, server *httptest.Server) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.(*net.TCPConn).SetReadBuffer(64 << 10)
	fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	return c
}

// large answers with more than any socket holds, in one write as a page of
// records is, and tells how that ended.
func large(t *testing.T, patience time.Duration) (*httptest.Server, chan error) {
	ended := make(chan error, 1)
	answer := make([]byte, 24<<20)
	server := httptest.NewServer(hurry(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n, err := w.Write(answer)
		if err == nil && n != len(answer) {
			err = fmt.Errorf("%d bytes written, without an error", n)
		}
		ended <- err
	}), patience))
	t.Cleanup(server.Close)
	return server, ended
}

func TestWhoReadsNothingIsCutOff(t *testing.T) {
	server, ended := large(t, 100*time.Millisecond)
	c := reader(t, server)
	select {
	case err := <-ended:
		if err == nil {
			t.Error("the whole answer was written")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it still waits")
	}
	c.SetReadDeadline(time.Now().Add(20 * time.Second))
	if n, _ := io.Copy(io.Discard, c); n >= 24<<20 {
		t.Errorf("%d bytes came", n)
	}
}

func TestWhoReadsSlowlyIsServedWhole(t *testing.T) {
	const patience = time.Second
	server, ended := large(t, patience)
	c := reader(t, server)
	start, n := time.Now(), 0
	buf := make([]byte, 1<<20)
	for {
		m, err := io.ReadFull(c, buf)
		if n += m; err != nil {
			break
		}
		time.Sleep(patience / 16) // longer than its patience in all
	}
	if err := <-ended; err != nil || n < 24<<20 {
		t.Errorf("%d bytes came, %v", n, err)
	}
	if took := time.Since(start); took < patience {
		t.Errorf("it took %v only", took)
	}
}

// A connection that is kept is not cut for what came late before.
func TestPatienceIsNewForEachAnswer(t *testing.T) {
	server := httptest.NewUnstartedServer(hurry(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "well") }), 50*time.Millisecond))
	server.Config.WriteTimeout = time.Minute
	server.Start()
	defer server.Close()
	for range 2 {
		resp, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(resp.Body); err != nil || string(body) != "well" {
			t.Errorf("%q, %v", body, err)
		}
		resp.Body.Close()
		time.Sleep(100 * time.Millisecond)
	}
}
