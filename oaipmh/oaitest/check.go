package oaitest

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Finding is one thing that is wrong with an OAI-PMH address.
type Finding struct {
	// Clause is the section of the specification, or the harvester, that
	// asks for it: "OAI-PMH 2.0, 3.5 Flow Control".
	Clause   string   `json:"clause"`
	Severity Severity `json:"severity"`
	// Request is the URL that was asked, with the body after a space if it
	// was asked by POST.
	Request string `json:"request"`
	French  string `json:"fr"`
	English string `json:"en"`
}

// Text returns what is wrong in a language, "fr" or else English.
func (f Finding) Text(lang string) string {
	if lang == "fr" {
		return f.French
	}
	return f.English
}

// String returns the finding in English.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s (%s) %s", f.Severity, f.English, f.Clause, f.Request)
}

// Severity says how bad a finding is.
type Severity string

const (
	// Violation breaks a rule of the specification.
	Violation Severity = "error"
	// Risk keeps to the specification, but some harvester fails on it.
	Risk Severity = "warning"
)

// Check examines the OAI-PMH address at baseURL with a few dozen requests, one
// at a time, and returns what it finds, by clause. The zero [Checker] does it.
// It returns an error only if nothing answers there, or ctx is done.
func Check(ctx context.Context, baseURL string) ([]Finding, error) {
	return Checker{}.Check(ctx, baseURL)
}

// Checker examines an OAI-PMH address.
type Checker struct {
	// Client makes the requests; nil is one that waits up to a minute for an
	// answer.
	Client *http.Client
	// UserAgent is what the checker calls itself, "gtnum-check" if empty.
	UserAgent string
	// Pages is the number of pages of a list that are read, 5 if zero.
	Pages int
}

// Check is like the function of that name.
func (c Checker) Check(ctx context.Context, baseURL string) ([]Finding, error) {
	s := newSession(ctx, c, baseURL)
	if err := s.reach(); err != nil {
		return nil, err
	}
	for _, clause := range clauses {
		s.clause = clause.name
		clause.check(s)
		if err := ctx.Err(); err != nil {
			return s.findings, err
		}
	}
	return s.findings, nil
}

func newSession(ctx context.Context, c Checker, baseURL string) *session {
	client := http.Client{Timeout: time.Minute}
	if c.Client != nil {
		client = *c.Client
	}
	if c.UserAgent == "" {
		c.UserAgent = "gtnum-check"
	}
	if c.Pages == 0 {
		c.Pages = 5
	}
	s := &session{Checker: c, ctx: ctx, base: baseURL, told: map[string]int{}}
	client.CheckRedirect = func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}
	s.Client = &client
	return s
}

// clauses is all that is examined, in this order: later clauses rely on what
// earlier ones found out.
var clauses = []struct {
	name  string
	check func(*session)
}{
	{"OAI-PMH 2.0, 4.2 Identify", checkIdentify},
	{"OAI-PMH 2.0, 4.4 ListMetadataFormats", checkFormats},
	{"OAI-PMH 2.0, 4.6 ListSets", checkListSets},
	{"OAI-PMH 2.0, 4.5 ListRecords", checkListRecords},
	{"OAI-PMH 2.0, 4.3 ListIdentifiers", checkListIdentifiers},
	{"OAI-PMH 2.0, 4.1 GetRecord", checkGetRecord},
	{"OAI-PMH 2.0, 2.5.1 Deleted records", checkDeleted},
	{"OAI-PMH 2.0, 2.7.1 Selective harvesting and datestamps", checkDatestamps},
	{"OAI-PMH 2.0, 2.7.2 Selective harvesting and sets", checkSelectiveSets},
	{"OAI-PMH 2.0, 3.5 Flow Control", checkFlow},
	{"OAI-PMH 2.0, 3.6 Error and Exception Conditions", checkErrors},
	{"OAI-PMH 2.0, 3.1.1.2 POST", checkPOST},
	{"OAI-PMH 2.0, 3.1.3 Response compression", checkCompression},
}
