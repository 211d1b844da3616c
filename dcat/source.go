package dcat

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/gtnum/gtnum/model"
)

// ErrNotFound says that a [Source] has no record of an id.
var ErrNotFound = errors.New("record not found")

// A Source is what is exported and served. Implementations must be safe for
// concurrent use.
type Source interface {
	// Catalogue returns the heading of the catalogue. Its Outputs are not
	// looked at.
	Catalogue(ctx context.Context) (*model.Catalogue, error)

	// Records yields the records whose output ids come after an id, in
	// ascending order of the ids, byte by byte; all after "". What it yields
	// stays as it is. An error ends the sequence.
	Records(ctx context.Context, after string) iter.Seq2[model.Record, error]

	// Record returns the record of an output's id. Its error is ErrNotFound
	// for one that is not there.
	Record(ctx context.Context, id string) (model.Record, error)
}

// A Counter is a [Source] that knows how many records it has. Pages then say
// so.
type Counter interface {
	Count(ctx context.Context) (int, error)
}

// A Versioner is a [Source] that can tell whether it changed. A [Handler] then
// answers conditional requests. The version is the same as long as every
// answer of the source is, and only then; modified is when the last change
// was made known, zero where nobody knows the time.
type Versioner interface {
	Version(ctx context.Context) (version string, modified time.Time, err error)
}

// NewSource returns a Source of loaded catalogues, which must not change any
// more. The first one's heading is the heading of all, with the groups and
// agents of those that have its base. It is a [Counter] and a [Versioner]. Two
// outputs of one id are a *[model.LoadError] that tells where they are.
func NewSource(catalogues ...*model.Catalogue) (Source, error) {
	if len(catalogues) == 0 {
		return nil, errors.New("dcat: no catalogue")
	}
	if shared := model.SharedIDs(catalogues...); len(shared) > 0 {
		return nil, &model.LoadError{Problems: shared}
	}
	s := &memory{heading: mergeHeadings(catalogues)}
	digest := sha256.New()
	enc := json.NewEncoder(digest)
	for _, c := range catalogues {
		for r := range c.Records() {
			s.records = append(s.records, r)
			s.changed(cmp.Or(r.Output.Datestamp, c.Modified))
		}
		s.changed(c.Modified)
		if err := enc.Encode(c); err != nil {
			return nil, fmt.Errorf("dcat: catalogue %s: %w", c.ID, err)
		}
	}
	s.version = base64.RawURLEncoding.EncodeToString(digest.Sum(nil)[:12])
	slices.SortStableFunc(s.records, func(a, b model.Record) int { return strings.Compare(a.Output.ID, b.Output.ID) })
	return s, nil
}

// changed takes note of when something changed. A day is no answer to whether
// something changed since a time of that day: then nobody knows.
func (s *memory) changed(d model.Date) {
	if d.Precision() != model.Instant {
		s.vague = true
	}
	if d.Time().After(s.modified) {
		s.modified = d.Time()
	}
}

func mergeHeadings(catalogues []*model.Catalogue) *model.Catalogue {
	if len(catalogues) == 1 {
		return catalogues[0]
	}
	h := *catalogues[0]
	h.Outputs = nil
	h.Groups, h.Agents = slices.Clone(h.Groups), slices.Clone(h.Agents)
	for _, c := range catalogues[1:] {
		if c.Base != h.Base {
			continue
		}
		for _, g := range c.Groups {
			if h.Group(g.ID) == nil {
				h.Groups = append(h.Groups, g)
			}
		}
		for _, a := range c.Agents {
			if !slices.ContainsFunc(h.Agents, func(b model.Agent) bool { return a.ID == b.ID }) {
				h.Agents = append(h.Agents, a)
			}
		}
	}
	return &h
}

// memory is a Source of loaded catalogues.
type memory struct {
	heading  *model.Catalogue
	records  []model.Record // by id
	version  string
	modified time.Time
	vague    bool // some dates have no time
}

func (s *memory) Catalogue(context.Context) (*model.Catalogue, error) { return s.heading, nil }

func (s *memory) Count(context.Context) (int, error) { return len(s.records), nil }

func (s *memory) Version(context.Context) (string, time.Time, error) {
	if s.vague {
		return s.version, time.Time{}, nil
	}
	return s.version, s.modified.UTC().Truncate(time.Second), nil
}

func (s *memory) find(id string) (int, bool) {
	return slices.BinarySearchFunc(s.records, id, func(r model.Record, id string) int { return strings.Compare(r.Output.ID, id) })
}

func (s *memory) Record(_ context.Context, id string) (model.Record, error) {
	if i, ok := s.find(id); ok {
		return s.records[i], nil
	}
	return model.Record{}, fmt.Errorf("dcat: %q: %w", id, ErrNotFound)
}

func (s *memory) Records(ctx context.Context, after string) iter.Seq2[model.Record, error] {
	i, ok := s.find(after)
	if ok {
		i++
	}
	return func(yield func(model.Record, error) bool) {
		for _, r := range s.records[i:] {
			if err := ctx.Err(); err != nil {
				yield(model.Record{}, err)
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}
