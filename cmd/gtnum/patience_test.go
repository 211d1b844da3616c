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

// pipes is a listener whose connections hold nothing on the way: what the
// server writes is what the client has taken.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	c, ok := <-p
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (p pipes) Close() error   { close(p); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

const answerSize = 24 << 20

// large asks a server for a large answer, in one write as a page of records
// is, and tells how that ended.
func large(t *testing.T, patience time.Duration) (client net.Conn, ended chan error) {
	ended = make(chan error, 1)
	handler := hurry(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n, err := w.Write(make([]byte, answerSize))
		if err == nil && n != answerSize {
			err = fmt.Errorf("%d bytes written, without an error", n)
		}
		ended <- err
	}), patience)
	listener := make(pipes, 1)
	server := &http.Server{Handler: handler, WriteTimeout: time.Minute}
	go server.Serve(listener)
	client, there := net.Pipe()
	listener <- there
	t.Cleanup(func() { client.Close(); server.Close() })
	fmt.Fprintf(client, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	return client, ended
}

func TestWhoReadsNothingIsCutOff(t *testing.T) {
	c, ended := large(t, 100*time.Millisecond)
	select {
	case err := <-ended:
		if err == nil {
			t.Error("the whole answer was written")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it still waits")
	}
	c.SetReadDeadline(time.Now().Add(20 * time.Second))
	if n, _ := io.Copy(io.Discard, c); n >= answerSize {
		t.Errorf("%d bytes came", n)
	}
}

func TestWhoReadsSlowlyIsServedWhole(t *testing.T) {
	const patience = time.Second
	c, ended := large(t, patience)
	start, n := time.Now(), 0
	buf := make([]byte, 1<<20)
	for {
		m, err := io.ReadFull(c, buf)
		if n += m; err != nil {
			break
		}
		time.Sleep(patience / 16) // longer than its patience in all
	}
	if err := <-ended; err != nil || n < answerSize {
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
