package oaipmh

import (
	"fmt"
	"net/http"
	"testing"
)

func TestRecordsComeOnce(t *testing.T) {
	for _, n := range []int{0, 1, 9, 10, 11, 57} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			s := &clientServer{t: t, records: clientRecords(n), size: true}
			s.wantAll(collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
		})
	}
}

func TestRecordAsItWasSent(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(7)}
	records, err := collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"}))
	s.wantAll(records, err)
	rec := records[5]
	if got, want := string(rec.Value), clientDC("oai:example.org:00005"); got != want {
		t.Errorf("metadata\n got %s\nwant %s", got, want)
	}
	if got, want := fmt.Sprint(rec.Header), fmt.Sprint(s.records[5]); got != want {
		t.Errorf("header\n got %s\nwant %s", got, want)
	}
	if rec := records[6]; !rec.Deleted || rec.Value != nil {
		t.Errorf("deleted record: got %+v", rec)
	}
	e, err := rec.Value.Element()
	if err != nil || e.NamespaceURI() != "http://www.openarchives.org/OAI/2.0/oai_dc/" {
		t.Errorf("Element: %v, %v", e, err)
	}
}

func TestHeaders(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(33)}
	headers, err := collect(s.start().Headers(t.Context(), Selection{MetadataPrefix: "oai_dc"}))
	if err != nil || len(headers) != 33 || fmt.Sprint(headers[32]) != fmt.Sprint(s.records[32]) {
		t.Fatalf("%d headers, last %v, %v", len(headers), headers[len(headers)-1], err)
	}
}

func TestStop(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(33)}
	n := 0
	for range s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"}) {
		if n++; n == 12 {
			break
		}
	}
	if len(s.requests) != 2 {
		t.Errorf("%d requests for 12 records of pages of 10, want 2", len(s.requests))
	}
}

func TestPolite(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(1), spoil: func(w http.ResponseWriter, r *http.Request) bool {
		if got := r.UserAgent(); got != "gtnum (+https://github.com/gtnum/gtnum)" {
			t.Errorf("User-Agent %q", got)
		}
		return false
	}}
	s.wantAll(collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
}
