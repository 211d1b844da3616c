package oaipmh

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gtnum/gtnum/internal/say"
)

const (
	clientUserAgent = "gtnum (+https://github.com/gtnum/gtnum)"
	clientAccept    = "text/xml, application/xml;q=0.9, */*;q=0.1"
)

var (
	errClientSilent    = say.Errorf("le serveur ne répond plus", "server is silent")
	errClientRedirects = say.Errorf("plus de 10 redirections", "stopped after 10 redirects")
)

// clientArg is an argument of a request.
type clientArg struct{ name, value string }

type clientArgs []clientArg

// url adds the arguments to a base URL that may have a query of its own. A
// space is %20, which servers read that know no +.
func (a clientArgs) url(base string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil {
		return "", err
	}
	if u.Host == "" {
		return "", say.Errorf("l’adresse %q n’est pas entière", "base URL %q is not absolute", base)
	}
	q := u.RawQuery
	for _, arg := range a {
		if q != "" {
			q += "&"
		}
		q += arg.name + "=" + strings.ReplaceAll(url.QueryEscape(arg.value), "+", "%20")
	}
	u.RawQuery, u.Fragment = q, ""
	return u.String(), nil
}

// ask sends a request until read has read its answer without a transient
// error.
func (c *Client) ask(ctx context.Context, args clientArgs, read func(*clientPage) error) error {
	return c.retry(ctx, args, func() (bool, error) { return false, c.once(ctx, args, read) })
}

// retry calls try until it succeeds or fails for good. Where try made
// progress, all retries begin again.
func (c *Client) retry(ctx context.Context, args clientArgs, try func() (progress bool, err error)) error {
	for attempt := 0; ; attempt++ {
		progress, err := try()
		var transient clientTransient
		if !errors.As(err, &transient) {
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if progress {
			attempt = 0
		}
		pause, ok := c.pause(transient.error, attempt)
		if !ok {
			return transient.error
		}
		where, _ := args.url(c.BaseURL)
		c.report(Problem{Fault: FaultTransport, URL: where, Err: transient.error})
		if err := c.wait(ctx, pause); err != nil {
			return err
		}
	}
}

// pause says how long to wait before the next attempt, false for no more.
func (c *Client) pause(err error, attempt int) (time.Duration, bool) {
	if attempt >= cmp.Or(c.Retries, 5) {
		return 0, false
	}
	if status, ok := errors.AsType[*StatusError](err); ok && status.RetryAfter > 0 {
		return status.RetryAfter, status.RetryAfter <= cmp.Or(c.MaxWait, time.Hour)
	}
	pause := min(time.Second<<min(attempt, 6), time.Minute)
	return pause*3/4 + rand.N(pause/2), true
}

func (c *Client) wait(ctx context.Context, d time.Duration) error {
	if c.sleep != nil {
		return c.sleep(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (c *Client) report(p Problem) {
	if c.Report != nil {
		c.Report(p)
	}
}

// once sends a request and reads its answer.
func (c *Client) once(ctx context.Context, args clientArgs, read func(*clientPage) error) error {
	if err := c.keepDelay(ctx); err != nil {
		return err
	}
	defer c.stamp()
	address, err := args.url(c.BaseURL)
	if err != nil {
		return fmt.Errorf("oaipmh: %w", err)
	}
	watch := clientWatch{limit: cmp.Or(c.Timeout, 3*time.Minute)}
	ctx, watch.cancel = context.WithCancelCause(ctx)
	defer watch.cancel(nil)
	watch.cause = func() error { return context.Cause(ctx) }
	resp, err := c.get(ctx, &watch, address)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	watch.r = resp.Body
	return c.read(resp, &watch, address, read)
}

// keepDelay waits until the next request may be sent.
func (c *Client) keepDelay(ctx context.Context) error {
	c.mu.Lock()
	left := c.Delay - time.Since(c.last)
	c.mu.Unlock()
	if c.Delay <= 0 || left <= 0 {
		return context.Cause(ctx)
	}
	return c.wait(ctx, left)
}

func (c *Client) stamp() {
	c.mu.Lock()
	c.last = time.Now()
	c.mu.Unlock()
}

// get sends the request.
func (c *Client) get(ctx context.Context, watch *clientWatch, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("oaipmh: %w", err)
	}
	req.Header.Set("User-Agent", cmp.Or(c.UserAgent, clientUserAgent))
	req.Header.Set("Accept", clientAccept)
	req.Header.Set("Accept-Encoding", "gzip, zstd")
	hc := http.Client{}
	if c.HTTP != nil {
		hc = *c.HTTP
	}
	hc.CheckRedirect = clientRedirect(req.URL.RawQuery, hc.CheckRedirect)
	watch.start()
	resp, err := hc.Do(req)
	watch.stop()
	if err != nil {
		return nil, clientClassify(ctx, err)
	}
	return resp, nil
}

// clientRedirect follows redirects, and adds the arguments again where one
// leads to the bare base URL at https, which may have a query of its own.
func clientRedirect(query string, next func(*http.Request, []*http.Request) error) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		if req.URL.RawQuery == "" {
			req.URL.RawQuery = query
		} else if !req.URL.Query().Has("verb") {
			req.URL.RawQuery += "&" + query[strings.LastIndex(query, "verb="):]
		}
		if next != nil {
			return next(req, via)
		}
		if len(via) >= 10 {
			return errClientRedirects
		}
		return nil
	}
}

// clientClassify tells errors that may pass from those that will not.
func clientClassify(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && cause != errClientSilent {
		return cause
	} else if cause != nil {
		return clientTransient{say.Errorf("%v (%v)", "%v: %v", cause, err)}
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return err
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return err
	}
	if errors.Is(err, errClientRedirects) || strings.Contains(err.Error(), "unsupported protocol scheme") {
		return err
	}
	return clientTransient{err}
}

// read reads an answer. A status other than 200 is an error, unless there is
// OAI-PMH under it, as Invenio sends its errors.
func (c *Client) read(resp *http.Response, body io.Reader, address string, read func(*clientPage) error) error {
	plain, done, err := clientInflate(body)
	if err != nil {
		return clientBroken(err)
	}
	defer done()
	plain = &clientLimit{plain, cmp.Or(c.MaxPage, 1<<30)}
	text, fault := clientDecode(plain, resp.Header.Get("Content-Type"))
	page := clientNewPage(text, cmp.Or(c.MaxRecord, 32<<20), address, c.report)
	if fault != nil {
		page.report(Problem{Fault: FaultEncoding, Err: fault})
	}
	if resp.StatusCode == http.StatusOK {
		return read(page)
	}
	status := &StatusError{URL: address, Code: resp.StatusCode, RetryAfter: clientRetryAfter(resp.Header, time.Now())}
	if resp.StatusCode == http.StatusServiceUnavailable || resp.StatusCode == http.StatusTooManyRequests {
		return clientTransient{status} // flow control, whatever stands below
	}
	if err := read(page); err == errHarvestStopped {
		return err // the caller has enough, whatever would have come
	} else if page.whole() {
		page.report(Problem{Fault: FaultStatus, Err: status})
		return err
	}
	if clientRetryable(resp.StatusCode) {
		return clientTransient{status}
	}
	return status
}

// clientRetryable reports whether a status may pass.
func clientRetryable(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests,
		http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return status >= 520 && status < 530 // Cloudflare's
}

// clientRetryAfter reads Retry-After, in seconds or as a date, else
// X-RateLimit-Reset, in seconds since 1970 or from now.
func clientRetryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if t, err := http.ParseTime(value); err == nil {
		return max(0, t.Sub(now))
	}
	if value == "" {
		value = strings.TrimSpace(cmp.Or(h.Get("X-RateLimit-Reset"), h.Get("RateLimit-Reset")))
	}
	n, err := strconv.ParseInt(value, 10, 64)
	switch {
	case err != nil || n <= 0:
		return 0
	case n > 1e11: // milliseconds
		return max(0, time.UnixMilli(n).Sub(now)+time.Second)
	case n > 1e9:
		return max(0, time.Unix(n, 0).Sub(now)+time.Second)
	}
	return time.Duration(n) * time.Second
}

// clientWatch cancels a request when the server is silent for too long. The
// time between reads, which is the caller's, does not count.
type clientWatch struct {
	r      io.Reader
	limit  time.Duration
	cancel context.CancelCauseFunc
	cause  func() error
	timer  *time.Timer
}

func (w *clientWatch) start() {
	if w.timer == nil {
		w.timer = time.AfterFunc(w.limit, func() { w.cancel(errClientSilent) })
		return
	}
	w.timer.Reset(w.limit)
}

func (w *clientWatch) stop() { w.timer.Stop() }

func (w *clientWatch) Read(p []byte) (int, error) {
	w.start()
	defer w.stop()
	n, err := w.r.Read(p)
	if err != nil && w.cause() == errClientSilent {
		err = errClientSilent
	}
	return n, err
}
