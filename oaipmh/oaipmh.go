package oaipmh

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// ErrNotFound says that a repository holds no record of an identifier, and
// never did: a withdrawn record is a [Header] with Deleted set. It becomes
// the OAI error idDoesNotExist.
var ErrNotFound = errors.New("record not found")

// ErrNoSets says that a repository has no sets. It becomes the OAI error
// noSetHierarchy.
var ErrNoSets = errors.New("repository has no sets")

// ErrCannotDisseminate is what a [Format] answers for a record that it cannot
// express. GetRecord turns it into cannotDisseminateFormat; lists leave the
// record out.
var ErrCannotDisseminate = errors.New("record cannot be expressed in this format")

// Header is what a harvester learns of a record beside its metadata: OAI-PMH
// 2.0, section 2.5 "Record".
type Header struct {
	// Identifier is the record's OAI identifier, a URI such as
	// "oai:example.org:42". It never changes and is never used again.
	Identifier string
	// Datestamp is when the record was last created, changed or deleted, in
	// UTC, whole seconds.
	Datestamp time.Time
	// Sets are the setSpecs of the sets that the record is in. A record in
	// "a:b" is in "a" too, said or not.
	Sets []string
	// Deleted says that the record was withdrawn: what remains is this
	// header.
	Deleted bool
}

// Key is the place of the record in the order of lists.
func (h Header) Key() Key { return Key{h.Datestamp, h.Identifier} }

// Record is a header with the record that it heads: R is the embedder's own
// type in a [Repository], [Metadata] in what a [Client] harvests.
type Record[R any] struct {
	Header
	// Value is the record itself, the zero value if Deleted.
	Value R
	// About holds XML elements about the metadata, such as rights and
	// provenance: each is one whole element with its own namespace
	// declarations.
	About [][]byte
	// Rendered is the record's metadata in some formats, made before anybody
	// asks: what it was harvested as, what a store has kept, or a format of
	// the embedder's own. Answers copy it. The formats that are not there are
	// made from Value.
	Rendered []Rendered
}

// Key is a place in the order of lists: ascending by Datestamp, then by
// Identifier, byte by byte. The zero Key is before all records.
type Key struct {
	Datestamp  time.Time
	Identifier string
}

// Compare returns -1, 0 or +1 as k is before, at or after other.
func (k Key) Compare(other Key) int {
	if c := k.Datestamp.Compare(other.Datestamp); c != 0 {
		return c
	}
	switch {
	case k.Identifier < other.Identifier:
		return -1
	case k.Identifier > other.Identifier:
		return +1
	}
	return 0
}

// Selection is what a list asks for: OAI-PMH 2.0, section 2.7 "Selective
// Harvesting". The zero Selection is everything.
type Selection struct {
	// From and Until bound the datestamp, both included; the zero time is no
	// bound.
	From, Until time.Time
	// Set is a setSpec; records of its subsets are in it too. Empty is no
	// restriction.
	Set string
	// MetadataPrefix is the format that the list is asked in, empty if the
	// format expresses every record. A repository may leave out the live
	// records that it knows the format does not accept; it need not.
	MetadataPrefix string
}

// Matches reports whether a record is in the selection, whatever its format:
// bounds included, subsets too.
func (s Selection) Matches(h Header) bool {
	return (s.From.IsZero() || !h.Datestamp.Before(s.From)) &&
		(s.Until.IsZero() || !h.Datestamp.After(s.Until)) &&
		(s.Set == "" || slices.ContainsFunc(h.Sets, func(spec string) bool {
			return spec == s.Set || strings.HasPrefix(spec, s.Set+":")
		}))
}

// Set is a group of records that can be harvested by itself: OAI-PMH 2.0,
// section 2.6 "Set".
type Set struct {
	// Spec is the setSpec: one or more segments of unreserved characters,
	// joined by colons from the most general to the most special.
	Spec string
	// Name is the setName, for people.
	Name string
	// Descriptions are setDescription contents, each one whole XML element
	// with its own namespace declarations.
	Descriptions [][]byte
}

// Repository is what a [Provider] serves and an embedder writes: three
// methods over the embedder's own record type.
//
// Implementations must be safe for concurrent use. Package oaitest holds a
// conformance suite for them.
type Repository[R any] interface {
	// Record returns the record of that OAI identifier, deleted ones
	// included. It returns an error that is ErrNotFound for one that never
	// was.
	Record(ctx context.Context, identifier string) (Record[R], error)

	// Records yields the records of a selection, deleted ones included, that
	// come after a key, in ascending order of their keys. The caller stops
	// when it has enough. An error ends the sequence.
	Records(ctx context.Context, sel Selection, after Key) iter.Seq2[Record[R], error]

	// Sets yields the sets whose setSpec comes after a setSpec, in ascending
	// order byte by byte. It yields ErrNoSets if the repository has no set
	// hierarchy.
	Sets(ctx context.Context, after string) iter.Seq2[Set, error]
}

// Counter is what a [Repository] may be too: one that counts quickly. Without
// it a [Provider] counts by reading a list to its end, once a list, if the
// list does not fit one page.
type Counter interface {
	// Count returns the number of records of a selection, deleted ones
	// included and without the live ones that the format of sel.MetadataPrefix
	// does not accept. It returns an error that is errors.ErrUnsupported where
	// it cannot tell, such as for a format that it does not know.
	Count(ctx context.Context, sel Selection) (int, error)
}

// HeaderLister is what a [Repository] may be too: one that lists headers
// without reading the records, which is what ListIdentifiers asks for.
type HeaderLister interface {
	// Headers yields the headers of what Records yields, without the live
	// records that the format of sel.MetadataPrefix does not accept. It yields
	// an error that is errors.ErrUnsupported, and nothing else, where it
	// cannot tell; the provider then asks Records.
	Headers(ctx context.Context, sel Selection, after Key) iter.Seq2[Header, error]
}

// RenderedLister is what a [Repository] may be too: one that keeps the metadata
// of its records in some formats, and lists them quicker so than with their
// values.
type RenderedLister[R any] interface {
	// RenderedRecords yields what Records yields, each live record with its
	// metadata in a format among its Rendered, or else with its Value. It
	// yields an error that is errors.ErrUnsupported, and nothing else, where
	// it keeps no metadata in the format; the provider then asks Records.
	RenderedRecords(ctx context.Context, metadataPrefix string, sel Selection, after Key) iter.Seq2[Record[R], error]
}

// Timekeeper is what a [Repository] may be too: one that says as of when its
// answers are complete. Without it a [Provider] answers as of now, by its own
// clock, which is right only if every change is visible at the moment of its
// datestamp and no clock steps back.
type Timekeeper interface {
	// AsOf returns an instant such that every change which becomes visible
	// after the call has a datestamp at or after it: the present, the start
	// of the oldest transaction that is still open, or how far a replica has
	// come. A later call never returns an earlier instant.
	AsOf(ctx context.Context) (time.Time, error)
}

// Code is an OAI-PMH error code: OAI-PMH 2.0, section 3.6 "Error and
// Exception Conditions".
type Code string

// The error codes of OAI-PMH 2.0.
const (
	BadArgument             Code = "badArgument"
	BadResumptionToken      Code = "badResumptionToken"
	BadVerb                 Code = "badVerb"
	CannotDisseminateFormat Code = "cannotDisseminateFormat"
	IDDoesNotExist          Code = "idDoesNotExist"
	NoRecordsMatch          Code = "noRecordsMatch"
	NoMetadataFormats       Code = "noMetadataFormats"
	NoSetHierarchy          Code = "noSetHierarchy"
)

// Error is an error condition of the protocol. A [Client] returns it for what
// a server answered; errors.As finds it.
type Error struct {
	Code    Code
	Message string
}

// Error returns the code and the message.
func (e *Error) Error() string {
	if e.Message == "" {
		return string(e.Code)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Message)
}

// Is reports whether target is an *Error of the same code and with no message
// or the same message, so that errors.Is(err, &Error{Code: NoRecordsMatch})
// tells what happened.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && (t.Message == "" || t.Message == e.Message)
}

// Metadata is one record's metadata as it came from a server: the bytes of
// the element inside <metadata>.
type Metadata []byte
