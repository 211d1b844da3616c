package oaipmh

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

// Options are what a [Provider] says of its repository and how it serves it.
// Name, BaseURL and AdminEmails must be given; the rest has zero values that
// work.
type Options struct {
	// Name is the repositoryName, for people.
	Name string
	// BaseURL is the address that harvesters call, character by character.
	BaseURL string
	// AdminEmails are the addresses of those who run the repository, at least
	// one.
	AdminEmails []string
	// DeletedRecord is how the repository keeps deletions; the zero value is
	// Persistent.
	DeletedRecord DeletedRecord
	// Descriptions are the description containers of Identify, each one whole
	// XML element, such as [OAIIdentifier] makes.
	Descriptions [][]byte

	// PageSize is the number of records, headers or sets of a page, 200 if
	// zero. A page ends earlier when it holds 4 MiB.
	PageSize int
	// Keys sign resumption tokens: the first signs, all are honoured, so that
	// a key is replaced by putting the new one before it. Replicas share
	// them. Without keys one is derived from BaseURL: such tokens survive
	// restarts and replicas too, and who forges one gains only what a request
	// without token gives.
	Keys [][]byte
	// MaxConcurrent is the number of requests that are answered at the same
	// time, 64 if zero. A request over it waits for its turn up to ten
	// seconds and then gets status 503 with a Retry-After.
	MaxConcurrent int
	// Now is the clock for a repository that is no Timekeeper, time.Now if
	// nil.
	Now func() time.Time
	// Report, if not nil, is told of what harvesters are not: *RecordError
	// for a record that could not be rendered and was left out, and whatever
	// errors the repository returned. It is called from several goroutines.
	Report func(ctx context.Context, err error)
}

// DeletedRecord is a repository's policy for deletions: OAI-PMH 2.0, section
// 2.5.1 "Deleted records".
type DeletedRecord string

// The policies. A repository that forgets deletions must not say Persistent.
const (
	Persistent DeletedRecord = "persistent"
	Transient  DeletedRecord = "transient"
	No         DeletedRecord = "no"
)

// RecordError says which record could not be rendered, in which format.
type RecordError struct {
	Identifier     string
	MetadataPrefix string
	Err            error
}

// Error returns the identifier, the format and the reason.
func (e *RecordError) Error() string { return e.In(language.English) }

// In says the same in French or English.
func (e *RecordError) In(lang language.Tag) string {
	return say.In(say.Errorf("la notice %s en %s\u00a0: %v", "record %s in %s: %v", e.Identifier, e.MetadataPrefix, e.Err), lang)
}

// Unwrap returns the reason.
func (e *RecordError) Unwrap() error { return e.Err }

const (
	defaultPageSize      = 200
	defaultMaxConcurrent = 64
	maxPageBytes         = 4 << 20
	patience             = 10 * time.Second
)

// Provider is an http.Handler that serves a repository over OAI-PMH 2.0.
type Provider[R any] struct {
	repo    Repository[R]
	formats []Format[R]
	opts    Options
	keys    keyring
	slots   chan struct{}
	clock   *clock
}

// NewProvider returns a provider of a repository in some formats, one of
// which is oai_dc. It returns an error that names all that would make its
// responses invalid.
func NewProvider[R any](repo Repository[R], opts Options, formats ...Format[R]) (*Provider[R], error) {
	if err := errors.Join(opts.check(), checkFormats(formats)); err != nil {
		return nil, fmt.Errorf("oaipmh: %w", err)
	}
	if repo == nil {
		return nil, errors.New("oaipmh: the repository is nil")
	}
	opts.setDefaults()
	return &Provider[R]{
		repo:    repo,
		formats: formats,
		opts:    opts,
		keys:    opts.Keys,
		slots:   make(chan struct{}, opts.MaxConcurrent),
		clock:   &clock{now: opts.Now},
	}, nil
}

// emailPattern is the emailType of the schema.
var emailPattern = regexp.MustCompile(`^\S+@(\S+\.)+\S+$`)

func (o *Options) check() error {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if o.Name == "" {
		fail("Options.Name is empty")
	}
	if !isURI(o.BaseURL) || !strings.HasPrefix(o.BaseURL, "http://") && !strings.HasPrefix(o.BaseURL, "https://") {
		fail("Options.BaseURL %q is not an absolute http or https URL", o.BaseURL)
	}
	if strings.Contains(o.BaseURL, "#") {
		fail("Options.BaseURL %q has a fragment, which no request has", o.BaseURL)
	}
	if len(o.AdminEmails) == 0 {
		fail("Options.AdminEmails is empty")
	}
	for _, email := range o.AdminEmails {
		if !emailPattern.MatchString(email) {
			fail("Options.AdminEmails: %q is not an e-mail address", email)
		}
	}
	for i, d := range o.Descriptions {
		if err := checkElement(d); err != nil {
			fail("Options.Descriptions[%d]: %w", i, err)
		}
	}
	switch o.DeletedRecord {
	case "", Persistent, Transient, No:
	default:
		fail("Options.DeletedRecord %q is none of persistent, transient, no", o.DeletedRecord)
	}
	for i, key := range o.Keys {
		if len(key) < 16 {
			fail("Options.Keys[%d] has %d bytes, fewer than 16", i, len(key))
		}
	}
	if o.PageSize < 0 || o.MaxConcurrent < 0 {
		fail("Options.PageSize and MaxConcurrent must not be negative")
	}
	return errors.Join(errs...)
}

func (o *Options) setDefaults() {
	if o.DeletedRecord == "" {
		o.DeletedRecord = Persistent
	}
	if o.PageSize == 0 {
		o.PageSize = defaultPageSize
	}
	if o.MaxConcurrent == 0 {
		o.MaxConcurrent = defaultMaxConcurrent
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if len(o.Keys) == 0 {
		key := sha256.Sum256([]byte("oaipmh resumptionToken " + o.BaseURL))
		o.Keys = [][]byte{key[:]}
	}
}

func checkFormats[R any](formats []Format[R]) error {
	var errs []error
	prefixes := map[string]bool{}
	namespaces := map[string]string{}
	for _, f := range formats {
		errs = append(errs, f.check())
		if prefixes[f.Prefix] {
			errs = append(errs, fmt.Errorf("format %q is given twice", f.Prefix))
		}
		if other, ok := namespaces[f.Namespace]; ok && other != f.Prefix {
			errs = append(errs, fmt.Errorf("formats %q and %q share namespace %q: harvesters that find formats by namespace would take one for the other", other, f.Prefix, f.Namespace))
		}
		prefixes[f.Prefix], namespaces[f.Namespace] = true, f.Prefix
	}
	if !prefixes["oai_dc"] {
		errs = append(errs, errors.New("no format has the prefix oai_dc, which every repository must offer"))
	}
	return errors.Join(errs...)
}

// format returns the format of a prefix, nil if there is none.
func (p *Provider[R]) format(prefix string) *Format[R] {
	for i := range p.formats {
		if p.formats[i].Prefix == prefix {
			return &p.formats[i]
		}
	}
	return nil
}

// report tells the embedder of an error.
func (p *Provider[R]) report(ctx context.Context, err error) {
	if p.opts.Report != nil {
		p.opts.Report(ctx, err)
	}
}

// asOf returns the instant that a response may vouch for, in whole seconds.
// It must be asked before the repository is read.
func (p *Provider[R]) asOf(ctx context.Context) (time.Time, error) {
	t, ok := p.repo.(Timekeeper)
	if !ok {
		return p.clock.read(), nil
	}
	at, err := t.AsOf(ctx)
	return at.UTC().Truncate(time.Second), err
}

// clock never steps back.
type clock struct {
	now  func() time.Time
	mu   sync.Mutex
	last time.Time
}

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now().UTC().Truncate(time.Second); now.After(c.last) {
		c.last = now
	}
	return c.last
}

// acquire waits for the right to answer one request, and reports whether it
// came. A refusal ends the harvest of many a client, so it is the last
// resort.
func (p *Provider[R]) acquire(ctx context.Context) bool {
	select {
	case p.slots <- struct{}{}:
		return true
	default:
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case p.slots <- struct{}{}:
		return true
	case <-timer.C:
	case <-ctx.Done():
	}
	return false
}

func (p *Provider[R]) release() { <-p.slots }

// unavailable answers 503. Retry-After is whole seconds between 1 and 3600,
// as harvesters parse nothing else.
func unavailable(w http.ResponseWriter, message string, after time.Duration) {
	w.Header().Set("Retry-After", strconv.Itoa(int(after/time.Second)))
	http.Error(w, message, http.StatusServiceUnavailable)
}
