package oaipmh

import (
	"time"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

// Errors that end a list because the server would never end it.
var (
	// ErrLoop says that a server answered with the same resumptionToken or
	// the same page again.
	ErrLoop = say.Errorf("le serveur se répète", "server repeats itself")
	// ErrPageTooLarge says that an answer is larger than Client.MaxPage.
	ErrPageTooLarge = say.Errorf("la réponse est trop grande", "answer is too large")
	// ErrNotOAI says that an answer is no OAI-PMH response, such as an HTML
	// page.
	ErrNotOAI = say.Errorf("la réponse n’est pas de l’OAI-PMH", "answer is not OAI-PMH")
)

// Fault says what kind of thing a server did wrong.
type Fault string

// What a [Client] puts up with.
const (
	// FaultMarkup: the XML is not well formed.
	FaultMarkup Fault = "markup"
	// FaultPrelude: something stands before the XML.
	FaultPrelude Fault = "prelude"
	// FaultEncoding: the bytes are not of the encoding that was declared, or
	// two encodings were.
	FaultEncoding Fault = "encoding"
	// FaultCharacter: a character that XML forbids.
	FaultCharacter Fault = "character"
	// FaultEntity: an entity that XML does not know, or a lone &, < or ]]>.
	FaultEntity Fault = "entity"
	// FaultHeader: an identifier is missing, a datestamp or a status is
	// none of OAI-PMH.
	FaultHeader Fault = "header"
	// FaultMetadata: a record has no metadata element, or more than one.
	FaultMetadata Fault = "metadata"
	// FaultToken: a resumptionToken was refused or led nowhere, and the rest
	// of the list was asked by date.
	FaultToken Fault = "token"
	// FaultSize: completeListSize is not what came.
	FaultSize Fault = "size"
	// FaultStatus: OAI-PMH with an HTTP status other than 200.
	FaultStatus Fault = "status"
	// FaultTransport: a request failed and is sent again, or the connection
	// broke behind the end of the answer.
	FaultTransport Fault = "transport"
)

// Problem is a fault of a server that a [Client] has met and gone on from.
type Problem struct {
	Fault Fault
	// URL is the request.
	URL string
	// Header is of the record concerned, as far as it could be read.
	Header Header
	// Raw is what the server sent of a record or set that could not be read,
	// else nil.
	Raw []byte
	// Err says more.
	Err error
}

// Error says what happened, of which record, and where.
func (p *Problem) Error() string { return p.In(language.English) }

// In says the same in French or English.
func (p *Problem) In(lang language.Tag) string {
	s, colon := string(p.Fault), say.Colon(lang)
	if p.Header.Identifier != "" {
		s += colon + p.Header.Identifier
	}
	if p.Err != nil {
		s += colon + say.In(p.Err, lang)
	}
	return s + " (" + p.URL + ")"
}

// Unwrap returns p.Err.
func (p *Problem) Unwrap() error { return p.Err }

// Lost reports whether a record, or set, did not come through.
func (p *Problem) Lost() bool { return p.Raw != nil }

// LostError ends a list some records (or sets) of which could not be read, if
// nobody was told through [Client.Report]: all the others have come.
type LostError struct {
	Records int      // how many
	First   *Problem // the first of them, nil if an earlier run met it
}

// Error says how many records were lost, and why the first was.
func (e *LostError) Error() string { return e.In(language.English) }

// In says the same in French or English.
func (e *LostError) In(lang language.Tag) string {
	if e.First == nil {
		return say.In(say.Errorf("%d notice(s) illisible(s)", "%d records could not be read", e.Records), lang)
	}
	return say.In(say.Errorf("%d notice(s) illisible(s), la première\u00a0: %v", "%d records could not be read, the first: %v", e.Records, e.First), lang)
}

// Unwrap returns e.First.
func (e *LostError) Unwrap() error {
	if e.First == nil {
		return nil
	}
	return e.First
}

// StatusError is an HTTP status that ended a request for good.
type StatusError struct {
	URL  string
	Code int
	// RetryAfter is how long the server asked to wait, zero if it did not.
	RetryAfter time.Duration
}

// Error returns the status and the URL.
func (e *StatusError) Error() string { return e.In(language.English) }

// In says the same in French or English.
func (e *StatusError) In(lang language.Tag) string {
	if e.RetryAfter > 0 {
		return say.In(say.Errorf("le serveur répond par le statut HTTP %d (%s), à redemander dans %v", "HTTP status %d from %s, to be asked again in %v", e.Code, e.URL, e.RetryAfter), lang)
	}
	return say.In(say.Errorf("le serveur répond par le statut HTTP %d (%s)", "HTTP status %d from %s", e.Code, e.URL), lang)
}

// clientTransient marks an error after which the same request may do better.
type clientTransient struct{ error }
