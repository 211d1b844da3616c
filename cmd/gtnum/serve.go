package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// serveFlags are the flags of the command.
type serveFlags struct {
	addr, baseURL string
	pageSize      int
	adminEmails   []string
	store         storeFlags
}

func newServe() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve [CATALOGUE...]",
		Short: "Serve catalogues over OAI-PMH and as DCAT",
		Long: `Serve catalogues: OAI-PMH 2.0 at /oai; DCAT at /catalog by content negotiation
and at /catalog.ttl, .rdf, .nt and .jsonld; each record at /records/ID.

With --db it serves what gtnum import brought into a store, while imports run.

SIGTERM and Ctrl+C let the answers that are under way finish.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return serve(cmd.Context(), f, args, cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&f.addr, "addr", "127.0.0.1:8080", "address to listen on, HOST:PORT")
	cmd.Flags().StringVar(&f.baseURL, "base-url", "", "address at which the world reaches the server (default http://ADDR)")
	cmd.Flags().IntVar(&f.pageSize, "page-size", 200, "records a page")
	cmd.Flags().StringSliceVar(&f.adminEmails, "admin-email", nil, "e-mail of who runs the server (default the catalogue's contacts)")
	f.store.add(cmd)
	cmd.Flags().StringVar(&f.store.read, "db-read", "", "standby of PostgreSQL to read from, postgres://…")
	return cmd
}

func (f serveFlags) check() error {
	if _, _, err := net.SplitHostPort(f.addr); err != nil {
		return usageError{fmt.Errorf("--addr %q: want HOST:PORT, as 127.0.0.1:8080", f.addr)}
	}
	if f.pageSize < 1 || f.pageSize > 10000 {
		return usageError{fmt.Errorf("--page-size %d: want 1 to 10000", f.pageSize)}
	}
	if f.baseURL == "" {
		return nil
	}
	if u, err := url.Parse(f.baseURL); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return usageError{fmt.Errorf("--base-url %q: want http:// or https:// and a host", f.baseURL)}
	}
	return nil
}

// serve runs the server until the context ends.
func serve(ctx context.Context, f serveFlags, files []string, stderr io.Writer) error {
	if err := f.check(); err != nil {
		return err
	}
	src, err := f.source(ctx, files)
	if err != nil {
		return err
	}
	defer src.close()
	l, err := net.Listen("tcp", f.addr)
	if err != nil {
		return listenError(f.addr, err)
	}
	defer l.Close()
	if f.baseURL == "" {
		f.baseURL = "http://" + l.Addr().String()
	}
	f.baseURL = strings.TrimRight(f.baseURL, "/")
	handler, err := src.site(f, func(err error) { fmt.Fprintf(stderr, "gtnum: %v\n", err) })
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, "gtnum: listening on %s, serving at %s/ (OAI-PMH at %s/oai, DCAT at %s/catalog)\n", l.Addr(), f.baseURL, f.baseURL, f.baseURL)
	return runServer(ctx, l, handler)
}

// runServer serves until the context ends, then lets answers finish.
func runServer(ctx context.Context, l net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           shed(handler, maxRequests),
		ReadHeaderTimeout: 10 * time.Second, // who sends a header a byte a minute holds no connection
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      5 * time.Minute, // a whole catalogue over a slow line
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return fmt.Errorf("stopping: %w", err)
	}
	return nil
}

func listenError(addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("another program already listens on %s; choose another port with --addr", addr)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("no permission to listen on %s; ports below 1024 need privileges", addr)
	}
	return fmt.Errorf("cannot listen on %s: %w", addr, err)
}
