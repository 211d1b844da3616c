package main

import (
	"net/http"
	"strconv"
)

// maxRequests is the number of requests that a server holds at once, waiting
// ones included. What more they would cost is memory, and the time of those
// that wait.
const maxRequests = 256

// shed answers 503 at once where most requests are already under way.
func shed(h http.Handler, most int) http.Handler {
	slots := make(chan struct{}, most)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
			h.ServeHTTP(w, r)
		default:
			w.Header().Set("Retry-After", strconv.Itoa(10))
			http.Error(w, "too many requests at once", http.StatusServiceUnavailable)
		}
	})
}
