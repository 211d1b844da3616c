package main

import (
	"net/http"
	"time"
)

// patience is how long a server waits for a client that takes nothing of its
// answer.
const patience = 30 * time.Second

// piece is how much a client has to take meanwhile.
const piece = 64 << 10

// hurry cuts clients off that take no piece of their answer for a time. Who
// reads slowly but steadily is served whole, however long that takes.
func hurry(h http.Handler, patience time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(&impatient{w, http.NewResponseController(w), patience}, r)
	})
}

// impatient is a ResponseWriter that gives each piece a deadline of its own.
type impatient struct {
	http.ResponseWriter
	conn     *http.ResponseController
	patience time.Duration
}

func (w *impatient) Write(p []byte) (n int, err error) {
	for more := true; more; more = n < len(p) && err == nil {
		w.conn.SetWriteDeadline(time.Now().Add(w.patience)) // what cannot have one has the server's own
		var m int
		m, err = w.ResponseWriter.Write(p[n:min(n+piece, len(p))])
		n += m
	}
	return n, err
}

// Unwrap is what http.ResponseController looks for.
func (w *impatient) Unwrap() http.ResponseWriter { return w.ResponseWriter }
