package crosswalk

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// Record returns the record that is harvested: its header, itself, and what is
// to be said about it. A withdrawn output is a deleted record.
func Record(r model.Record) oaipmh.Record[model.Record] {
	rec := oaipmh.Record[model.Record]{Header: oaipmh.Header{
		Identifier: r.OAIIdentifier(),
		Datestamp:  r.Datestamp(),
		Sets:       SetSpecs(r),
		Deleted:    r.Output.Status == model.Withdrawn,
	}}
	if !rec.Deleted {
		rec.Value, rec.About = r, About(r)
	}
	return rec
}

// Catalogue returns a repository of all outputs of some catalogues, with the
// sets of their groups, axes and kinds. Formats are those that it is going to
// be served in. Lists and counts in one that refuses records are indexed; the
// first, which harvesters ask for most, is rendered once and kept with the
// header, for some 3 kB a record. The error is that of [Fill].
func Catalogue(formats []oaipmh.Format[model.Record], catalogues ...*model.Catalogue) (*oaipmh.Memory[model.Record], error) {
	repo := &oaipmh.Memory[model.Record]{Formats: formats, Render: formats[:min(1, len(formats))]}
	return repo, Fill(repo, catalogues...)
}

// Fill puts the outputs and the sets of some catalogues into a repository.
//
// A record that cannot be served, or whose identifier another one has, does
// not hide the others: the repository holds the others, and the error names
// each that is left out.
func Fill(repo *oaipmh.Memory[model.Record], catalogues ...*model.Catalogue) error {
	kinds := map[model.Kind]bool{}
	seen := map[string]bool{}
	shared := map[string][]string{} // sets of records, by their specs in a row
	var errs []error
	for _, c := range catalogues {
		for r := range c.Records() {
			rec := Record(r)
			rec.Sets = share(shared, rec.Sets)
			if seen[rec.Identifier] {
				errs = append(errs, fmt.Errorf("record %s is left out: another record has that identifier", rec.Identifier))
				continue
			}
			seen[rec.Identifier] = true
			if err := repo.Put(rec); err != nil {
				errs = append(errs, fmt.Errorf("record %s is left out: %w", rec.Identifier, err))
				continue
			}
			kinds[r.Output.Kind] = true
		}
	}
	for _, s := range Sets(slices.Sorted(maps.Keys(kinds)), catalogues...) {
		if err := repo.PutSet(s); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// share returns the slice of the same strings that was there first, so that a
// million records hold few of them.
func share(shared map[string][]string, list []string) []string {
	key := strings.Join(list, " ")
	if known, ok := shared[key]; ok {
		return known
	}
	shared[key] = list
	return list
}
