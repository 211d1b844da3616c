package oaipmh_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/gtnum/gtnum/oaipmh"
)

// metha asks for one month after the other, from earliestDatestamp to
// yesterday: rule 13. It ends with everything, and a month without records is
// noRecordsMatch under status 200.
func TestMethaAsksMonthByMonth(t *testing.T) {
	m := &oaipmh.Memory[book]{Now: func() time.Time { return time.Date(2023, 9, 15, 6, 0, 0, 0, time.UTC) }}
	var want []string
	for i, date := range []string{"2022-11-30", "2023-01-31", "2023-02-01", "2023-02-28", "2023-05-31", "2023-09-14"} {
		day, _ := time.Parse("2006-01-02", date)
		id := fmt.Sprintf("oai:books.example:%d", i)
		want = append(want, id)
		last := day.Add(24*time.Hour - time.Second)
		if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: id, Datestamp: last}, Value: book{Title: date}}); err != nil {
			t.Fatal(err)
		}
	}
	h := provider(t, m, func(o *oaipmh.Options) { o.PageSize = 1 })
	from, err := time.Parse(time.RFC3339, get(t, h, "verb=Identify").Identify.Earliest)
	if err != nil {
		t.Fatal(err)
	}
	yesterday := m.Now().AddDate(0, 0, -1)
	var got []string
	months, empty := 0, 0
	for from = from.Truncate(24 * time.Hour); !from.After(yesterday); months++ {
		next := time.Date(from.Year(), from.Month()+1, 1, 0, 0, 0, 0, time.UTC)
		until := next.AddDate(0, 0, -1)
		if until.After(yesterday) {
			until = yesterday
		}
		pages := walk(t, h, listAll+"&from="+from.Format("2006-01-02")+"&until="+until.Format("2006-01-02"))
		if codes := pages[0].codes(); codes == "noRecordsMatch" {
			empty++
		} else if codes != "" {
			t.Errorf("from %v: %s", from, codes)
		}
		got, from = append(got, ids(pages)...), next
	}
	if !slices.Equal(got, want) || months != 11 || empty != 6 {
		t.Errorf("%v in %d months, %d of them empty; want each of %v once in 11 months, 6 of them empty", got, months, empty, want)
	}
}

// metha takes the same token twice running for a fault: rule 5.
func TestNoTokenComesTwice(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range walk(t, provider(t, library(t, 12), func(o *oaipmh.Options) { o.PageSize = 1 }), listAll) {
		if tok := p.token(); tok == nil || seen[tok.Text] {
			t.Fatalf("token %+v after %d others", tok, len(seen))
		} else {
			seen[tok.Text] = true
		}
	}
}

// VuFind harvests next from the responseDate of Identify: rule 14. What
// changes after Identify was answered comes in that list.
func TestVuFindGoesOnFromIdentify(t *testing.T) {
	now := day(28)
	m := &oaipmh.Memory[book]{Now: func() time.Time { return now }}
	h := provider(t, m, nil)
	for i := range 50 {
		id := fmt.Sprintf("oai:books.example:%d", i)
		from := get(t, h, "verb=Identify").Date
		if i%7 == 3 {
			now = now.Add(-time.Hour) // a clock that is set back
		}
		if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: id}}); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Duration(i%3) * time.Second)
		if got := ids(walk(t, h, listAll+"&from="+from)); !slices.Contains(got, id) {
			t.Fatalf("%s was put after %s and is not in the list from then: %v", id, from, got)
		}
	}
}

// OVAL and OpenAIRE want 100 to 500 records a page, where nobody says
// otherwise.
func TestOVALWantsPagesOf100To500(t *testing.T) {
	h := provider(t, library(t, 501), func(o *oaipmh.Options) { o.PageSize = 0 })
	r := get(t, h, listAll)
	if n := len(r.Records); n < 100 || n > 500 || r.token() == nil {
		t.Errorf("%d records on the first page of 501", n)
	}
}

// Dataverse asks for headers, then for each record by itself; what GetRecord
// gives is what the list would have given.
func TestDataverseGetsEachRecordAsTheListHasIt(t *testing.T) {
	h := provider(t, library(t, 12), func(o *oaipmh.Options) { o.PageSize = 100 })
	listed := map[string]testRecord{}
	for _, r := range get(t, h, listAll).Records {
		listed[r.Header.Identifier] = r
	}
	for _, id := range get(t, h, "verb=ListIdentifiers&metadataPrefix=oai_dc&from=1970-01-01T00:00:00Z").ids() {
		r := get(t, h, "verb=GetRecord&metadataPrefix=oai_dc&identifier="+id).Record
		if r == nil || r.Header.Datestamp != listed[id].Header.Datestamp ||
			(r.Metadata == nil) != (listed[id].Metadata == nil) || r.Metadata != nil && r.Metadata.Inner != listed[id].Metadata.Inner {
			t.Errorf("%s: got %+v, the list has %+v", id, r, listed[id])
		}
	}
}

// A first harvest, without from, holds tombstones: rule 17.
func TestFirstHarvestHoldsTombstones(t *testing.T) {
	deleted := 0
	for _, p := range walk(t, provider(t, library(t, 12), nil), listAll) {
		for _, r := range p.Records {
			if r.Header.Status != nil {
				deleted++
			}
		}
	}
	if deleted != 4 {
		t.Errorf("%d tombstones, want 4", deleted)
	}
}

// piveau (data.europa.eu) reads the verb off the request element, and takes
// no status but 200: rule 16.
func TestPiveauReadsTheVerb(t *testing.T) {
	h := provider(t, library(t, 12), nil)
	query := listAll
	for range 3 { // as it asks: the prefix beside each token
		r := get(t, h, query)
		verb := ""
		for _, a := range r.Request.Attrs {
			if a.Name.Local == "verb" {
				verb = a.Value
			}
		}
		if verb != "ListRecords" || len(r.Records) == 0 {
			t.Fatalf("%s: verb %q, %d records, errors %s", query, verb, len(r.Records), r.codes())
		}
		query = listAll + "&resumptionToken=" + r.token().Text
	}
	req, _ := http.NewRequest("GET", "/oai?"+listAll+"&from=2123-01-01", nil)
	if res := do(h, req); res.StatusCode != http.StatusOK {
		t.Errorf("noRecordsMatch under status %d", res.StatusCode)
	}
}
