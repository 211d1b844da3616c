package crosswalk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// catalogue holds the full record, the bare one and a withdrawn one.
func catalogue() *model.Catalogue {
	c := heading()
	gone := model.Output{ID: "gone", Kind: "report", Group: "pleiades", Status: model.Withdrawn, Datestamp: date("2023-07")}
	c.Outputs = []model.Output{*fullRecord().Output, *bareRecord().Output, gone}
	return c
}

func TestCatalogueServesEachOutputOnce(t *testing.T) {
	repo, err := Catalogue(nil, catalogue())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for rec, err := range repo.Records(context.Background(), oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			t.Fatal(err)
		}
		line := rec.Datestamp.Format("2006-01-02T15:04:05Z") + " " + rec.Identifier
		if rec.Deleted {
			line += " deleted"
		}
		got = append(got, line)
	}
	want := []string{
		"2023-05-01T00:00:00Z oai:example.org:video-1", // the catalogue's own date
		"2023-06-02T10:00:00Z oai:example.org:inegalites-classe-a-distance",
		"2023-07-01T00:00:00Z oai:example.org:gone deleted",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestCatalogueKeepsTheGoodRecordsBesideABadOne(t *testing.T) {
	c := catalogue()
	c.Outputs = append(c.Outputs, c.Outputs[1], model.Output{ID: "not a URI", Kind: "video"})
	repo, err := Catalogue(nil, c)
	if n := repo.Len(); n != 3 {
		t.Errorf("%d records, want 3", n)
	}
	for _, want := range []string{"oai:example.org:video-1 is left out", "oai:example.org:not a URI is left out"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not say %q", err, want)
		}
	}
}

func TestCatalogueSelectsBySet(t *testing.T) {
	repo, err := Catalogue(nil, catalogue())
	if err != nil {
		t.Fatal(err)
	}
	for set, want := range map[string]int{
		"": 3, "gtnum": 3, "gtnum:pleiades": 3, "gtnum:pleiades:acces": 1, "type": 3, "type:video": 1, "openaire": 1, "openaire_data": 0,
	} {
		if got, err := repo.Count(context.Background(), oaipmh.Selection{Set: set}); got != want || err != nil {
			t.Errorf("set %q: %d records, %v, want %d", set, got, err, want)
		}
	}
}

func TestRecordOfAWithdrawnOutputIsATombstone(t *testing.T) {
	c := catalogue()
	rec := Record(model.Record{Catalogue: c, Output: &c.Outputs[2]})
	if !rec.Deleted || rec.Value.Output != nil || rec.About != nil {
		t.Errorf("a tombstone holds more than its header: %+v", rec)
	}
}

func TestRecordNotFound(t *testing.T) {
	repo, _ := Catalogue(nil, catalogue())
	if _, err := repo.Record(context.Background(), "oai:example.org:never"); !errors.Is(err, oaipmh.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}
