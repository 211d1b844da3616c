package oaipmh

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"sync"
	"time"

	"github.com/gtnum/gtnum/internal/say"
)

// Client harvests one repository: OAI-PMH 2.0, section 4 "Protocol Requests
// and Responses". It needs a BaseURL; the zero value of every other field
// works.
//
// It is polite: it says who it is, a sequence sends one request at a time, and
// it waits as long as the server asks. And it is patient: broken connections
// are taken up again where they broke, and what real servers get wrong is
// mended or left out, record by record, and told to Report.
//
// A Client may be used by several goroutines once its fields are set.
type Client struct {
	// BaseURL is the address of the repository, with or without a query of
	// its own.
	BaseURL string
	// HTTP sends the requests, a client without time limits if nil. It may
	// follow redirects: arguments that one loses are added again.
	HTTP *http.Client
	// UserAgent names the harvester, the project's name and address if empty.
	// A harvester that runs by itself should give an address of its own.
	UserAgent string
	// Delay is the least time between two requests.
	Delay time.Duration
	// Timeout is how long the server may be silent, 3 minutes if zero.
	Timeout time.Duration
	// Retries is how often a failed request is sent again, 5 if zero, never
	// if negative. Pauses double from one second to one minute, unless the
	// server names its own by Retry-After or X-RateLimit-Reset. A request
	// that brought records before it failed has all its retries again.
	Retries int
	// MaxWait is the longest pause that a server may ask for, one hour if
	// zero. A longer one ends the request with a *StatusError.
	MaxWait time.Duration
	// MaxPage is the size in bytes of the largest answer, decompressed, 1 GiB
	// if zero. A larger one ends with ErrPageTooLarge.
	MaxPage int64
	// MaxRecord is the size in bytes of the largest record, 32 MiB if zero. A
	// larger one is left out. It bounds the memory that a harvest takes.
	MaxRecord int
	// Report, if not nil, is told of what the server did wrong, while the
	// sequence runs and by its goroutine. If it is nil, a list that lost
	// records ends with a *LostError.
	Report func(Problem)

	mu   sync.Mutex
	last time.Time // end of the last request
	// sleep stands in for time in tests.
	sleep func(context.Context, time.Duration) error
}

// Records yields the records of a list, each once, deleted ones included:
// ListRecords, in oai_dc if the selection names no metadataPrefix. An empty
// list is no error. An error ends the sequence: the server's *Error, a
// *StatusError, or another that says what failed.
//
// Harvest does the same with a state that can be saved.
func (c *Client) Records(ctx context.Context, sel Selection) iter.Seq2[Record[Metadata], error] {
	return c.Harvest(ctx, &Harvest{Selection: sel})
}

// Headers yields what Records does without the metadata: ListIdentifiers.
func (c *Client) Headers(ctx context.Context, sel Selection) iter.Seq2[Header, error] {
	return func(yield func(Header, error) bool) {
		h := &Harvest{Selection: sel, headers: true}
		for rec, err := range c.Harvest(ctx, h) {
			if !yield(rec.Header, err) {
				return
			}
		}
	}
}

// Record returns one record: GetRecord. A record that cannot be read is a
// *Problem.
func (c *Client) Record(ctx context.Context, identifier, metadataPrefix string) (rec Record[Metadata], err error) {
	args := clientArgs{{"verb", "GetRecord"}, {"metadataPrefix", metadataPrefix}, {"identifier", identifier}}
	err = c.ask(ctx, args, func(p *clientPage) error {
		return p.only("record", func(e clientElement) error {
			var problem *Problem
			if rec, problem = p.record(e); problem != nil {
				return problem
			}
			return nil
		})
	})
	return rec, err
}

// Identify asks the repository what it is.
func (c *Client) Identify(ctx context.Context) (id Identity, err error) {
	err = c.ask(ctx, clientArgs{{"verb", "Identify"}}, func(p *clientPage) error {
		return p.only("Identify", func(e clientElement) error {
			id = p.identity(e)
			return nil
		})
	})
	return id, err
}

// MetadataFormats returns the formats of the repository, or of one record if
// an identifier is given: ListMetadataFormats.
func (c *Client) MetadataFormats(ctx context.Context, identifier string) (formats []MetadataFormat, err error) {
	args := clientArgs{{"verb", "ListMetadataFormats"}}
	if identifier != "" {
		args = append(args, clientArg{"identifier", identifier})
	}
	err = c.ask(ctx, args, func(p *clientPage) error {
		formats = nil
		_, err := p.each("metadataFormat", func(e clientElement) error {
			formats = append(formats, clientFormat(e))
			return nil
		})
		return err
	})
	return formats, err
}

// Sets yields the sets of the repository: ListSets. A repository without sets
// yields the *Error noSetHierarchy.
func (c *Client) Sets(ctx context.Context) iter.Seq2[Set, error] {
	return func(yield func(Set, error) bool) {
		var loop, pages clientLoop
		var empty int // pages without a set, one after another
		var lost LostError
		for token := ""; ; {
			sets, bad, next, err := c.sets(ctx, token)
			if lost.Records += len(bad); lost.First == nil && len(bad) > 0 {
				lost.First = bad[0]
			}
			var sum uint64
			for _, s := range sets {
				sum = sum*harvestPrime + harvestHash([]byte(s.Spec))
				if !yield(s, nil) {
					return
				}
			}
			if empty++; len(sets) > 0 {
				empty = 0
			}
			switch {
			case err != nil:
			case next != "" && (loop.turn(next) || len(sets) > 0 && pages.turnSum(sum) || empty > harvestMaxEmpty):
				err = say.Errorf("%v (resumptionToken %q)", "%v: resumptionToken %q", ErrLoop, next)
			case next != "":
				token = next
				continue
			case lost.Records > 0 && c.Report == nil:
				err = &lost
			}
			if err != nil {
				yield(Set{}, err)
			}
			return
		}
	}
}

// sets asks for one page of sets, good and bad.
func (c *Client) sets(ctx context.Context, token string) (sets []Set, bad []*Problem, next string, err error) {
	args := clientArgs{{"verb", "ListSets"}}
	if token != "" {
		args = append(args, clientArg{"resumptionToken", token})
	}
	err = c.ask(ctx, args, func(p *clientPage) error {
		sets, bad = nil, nil
		_, err := p.each("set", func(e clientElement) error {
			s, problem := p.set(e)
			if problem != nil {
				p.report(*problem)
				bad = append(bad, problem)
			} else {
				sets = append(sets, s)
			}
			return nil
		})
		next = p.token.value
		return err
	})
	return sets, bad, next, err
}

// each calls f for the elements of a name, to the end of the page, and returns
// their number and the errors that the server put in their place.
func (p *clientPage) each(name string, f func(clientElement) error) (n int, err error) {
	for {
		e, err := p.next()
		if err == io.EOF {
			return n, p.failure()
		}
		if err == nil && e.name == name {
			err = f(e)
			n++
		}
		if err != nil {
			return n, err
		}
	}
}

// only is each for an element that must be there.
func (p *clientPage) only(name string, f func(clientElement) error) error {
	n, err := p.each(name, f)
	if n == 0 && err == nil {
		err = say.Errorf("la réponse n’a pas d’élément %s", "answer holds no %s element", name)
	}
	return err
}

// failure is the protocol errors of a page in one.
func (p *clientPage) failure() error {
	if len(p.errs) == 1 {
		return p.errs[0]
	}
	return errors.Join(p.errs...)
}
