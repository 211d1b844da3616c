package oaipmh

import (
	"bytes"
	"strings"
	"time"

	"github.com/gtnum/gtnum/internal/say"
)

// Identity is what a repository says of itself: OAI-PMH 2.0, section 4.2
// "Identify".
type Identity struct {
	RepositoryName string
	// BaseURL is the address of the repository as it names itself.
	BaseURL string
	// ProtocolVersion is "2.0".
	ProtocolVersion string
	// AdminEmails are one or more e-mail addresses.
	AdminEmails []string
	// EarliestDatestamp is a lower limit of all datestamps.
	EarliestDatestamp time.Time
	// DeletedRecord is how it keeps deletions.
	DeletedRecord DeletedRecord
	// Granularity is "YYYY-MM-DDThh:mm:ssZ" or "YYYY-MM-DD".
	Granularity string
	// Compressions are the content codings that it offers, such as "gzip".
	Compressions []string
	// Descriptions are description contents, each one whole XML element with
	// its own namespace declarations.
	Descriptions [][]byte
}

// MetadataFormat is a format that records are offered in: OAI-PMH 2.0,
// section 4.4 "ListMetadataFormats".
type MetadataFormat struct {
	// Prefix is the metadataPrefix that requests name it by.
	Prefix string
	// Schema is the URL of its XML schema.
	Schema string
	// Namespace is the URI of its XML namespace.
	Namespace string
}

// identity reads an Identify element.
func (p *clientPage) identity(e clientElement) Identity {
	var id Identity
	if e.err != nil {
		p.report(Problem{Fault: FaultMarkup, Err: e.err})
	}
	for i, n := range e.nodes {
		if n.depth != 1 {
			continue
		}
		text := e.text(n)
		switch string(e.raw[n.name.start:n.name.end]) {
		case "repositoryName":
			id.RepositoryName = text
		case "baseURL":
			id.BaseURL = text
		case "protocolVersion":
			id.ProtocolVersion = text
		case "adminEmail":
			id.AdminEmails = append(id.AdminEmails, text)
		case "earliestDatestamp":
			id.EarliestDatestamp = p.date(text, Header{})
		case "deletedRecord":
			id.DeletedRecord = DeletedRecord(strings.ToLower(text))
		case "granularity":
			id.Granularity = text
		case "compression":
			id.Compressions = append(id.Compressions, text)
		case "description":
			id.Descriptions = append(id.Descriptions, p.payloads(e, i)...)
		}
	}
	return id
}

// set reads a set element.
func (p *clientPage) set(e clientElement) (s Set, problem *Problem) {
	for i, n := range e.nodes {
		switch {
		case n.depth != 1:
		case e.is(n, "setSpec"):
			s.Spec = e.text(n)
		case e.is(n, "setName"):
			s.Name = e.text(n)
		case e.is(n, "setDescription"):
			s.Descriptions = append(s.Descriptions, p.payloads(e, i)...)
		}
	}
	if e.err != nil {
		return s, &Problem{Fault: FaultMarkup, URL: p.url, Raw: bytes.Clone(e.raw), Err: e.err}
	}
	return s, nil
}

// clientFormat reads a metadataFormat element.
func clientFormat(e clientElement) MetadataFormat {
	var f MetadataFormat
	for _, n := range e.nodes {
		switch {
		case e.is(n, "metadataPrefix"):
			f.Prefix = e.text(n)
		case e.is(n, "schema"):
			f.Schema = e.text(n)
		case e.is(n, "metadataNamespace"):
			f.Namespace = e.text(n)
		}
	}
	return f
}

const (
	clientDay    = "2006-01-02"
	clientSecond = "2006-01-02T15:04:05Z"
)

// clientDates are the forms of UTCdatetime, then what servers send instead.
var clientDates = []string{
	clientSecond, clientDay,
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04Z", "2006-01", "2006",
}

// date reads a datestamp; the zero time if it is none.
func (p *clientPage) date(s string, h Header) time.Time {
	for i, layout := range clientDates {
		if t, err := time.Parse(layout, s); err == nil {
			if i > 1 || len(s) != len(layout) {
				p.report(Problem{Fault: FaultHeader, Header: h, Err: say.Errorf("la date %q n’a pas la forme UTCdatetime", "datestamp %q is no UTCdatetime", s)})
			}
			return t.UTC().Truncate(time.Second)
		}
	}
	p.report(Problem{Fault: FaultHeader, Header: h, Err: say.Errorf("la date %q est illisible", "datestamp %q cannot be read", s)})
	return time.Time{}
}
