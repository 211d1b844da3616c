package oaipmh

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// orders are the ways in which servers sort lists.
var orders = map[string]func(a, b Header) int{
	"oldest first":  nil,
	"newest first":  func(a, b Header) int { return b.Datestamp.Compare(a.Datestamp) },
	"by identifier": func(a, b Header) int { return strings.Compare(a.Identifier, b.Identifier) },
	"by hash": func(a, b Header) int {
		return int(harvestKey(a)>>40) - int(harvestKey(b)>>40)
	},
}

// spreads are the ways in which datestamps lie.
var spreads = map[string]func(i int) time.Duration{
	"one an hour":        func(i int) time.Duration { return time.Duration(i) * time.Hour },
	"bursts":             func(i int) time.Duration { return time.Duration(i/7) * 24 * time.Hour },
	"no order":           func(i int) time.Duration { return time.Duration(i*7919%1000) * time.Minute },
	"mostly in order":    func(i int) time.Duration { return time.Duration(i*60+(i%13/12)*5000) * time.Minute },
	"one burst at first": func(i int) time.Duration { return time.Duration(max(0, i-12)) * time.Hour },
}

func spreadRecords(n int, spread func(int) time.Duration) []Header {
	records := clientRecords(n)
	for i := range records {
		records[i].Datestamp = clientEpoch.Add(spread(i))
	}
	return records
}

// TestTokenRefused: tokens expire after a number of pages, whatever order the
// server lists in, and the harvest ends complete.
func TestTokenRefused(t *testing.T) {
	refusals := map[string]func(w http.ResponseWriter){
		"badResumptionToken": func(w http.ResponseWriter) {
			io.WriteString(w, clientEnvelope(`<error code="badResumptionToken">expired</error>`))
		},
		"noRecordsMatch": func(w http.ResponseWriter) {
			io.WriteString(w, clientEnvelope(`<error code="noRecordsMatch"/>`))
		},
		"504 behind a wall": func(w http.ResponseWriter) { w.WriteHeader(504) },
		"422":               func(w http.ResponseWriter) { w.WriteHeader(422) },
	}
	for order, compare := range orders {
		for spread, at := range spreads {
			for refusal, refuse := range refusals {
				for i := range 4 {
					day, size := i&1 > 0, i&2 > 0
					t.Run(fmt.Sprintf("%s/%s/%s/day=%v/size=%v", order, spread, refusal, day, size), func(t *testing.T) {
						s := &clientServer{t: t, records: spreadRecords(60, at), compare: compare, day: day, size: size, pageSize: 4}
						if day {
							for i := range s.records {
								s.records[i].Datestamp = clientEpoch.Add(at(i) * 24).Truncate(24 * time.Hour)
							}
						}
						pages := 0 // of the list since its first request
						s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
							if r.FormValue("verb") == "Identify" {
								return false
							}
							if r.FormValue("resumptionToken") == "" {
								pages = 0
							}
							if pages++; pages > 5 {
								refuse(w)
								return true
							}
							return false
						}
						s.wantAll(collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
					})
				}
			}
		}
	}
}

// TestTokenBehindTheEnd: some servers end a full last page with a token that
// leads to noRecordsMatch.
func TestTokenBehindTheEnd(t *testing.T) {
	for order, compare := range orders {
		for _, size := range []bool{false, true} {
			s := &clientServer{t: t, records: clientRecords(40), compare: compare, size: size}
			s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
				if !strings.HasSuffix(r.FormValue("resumptionToken"), "/30") {
					return false
				}
				io.WriteString(w, strings.Replace(s.page(r), "></resumptionToken>", ">"+strings.Replace(r.FormValue("resumptionToken"), "/30", "/40", 1)+"</resumptionToken>", 1))
				return true
			}
			s.wantAll(collect(s.start().Records(t.Context(), Selection{})))
			if size && len(s.requests) != 5 || len(s.requests) > 20 {
				t.Errorf("%s, size %v: %d requests", order, size, len(s.requests))
			}
		}
	}
}

// TestTokenRefusedInLongList: what was forgotten of a sorted list does not come
// again.
func TestTokenRefusedInLongList(t *testing.T) {
	for _, order := range []string{"oldest first", "newest first"} {
		for _, spread := range []string{"one an hour", "bursts"} {
			s := &clientServer{t: t, records: spreadRecords(6000, spreads[spread]), compare: orders[order], size: true, pageSize: 101}
			refused := 0
			s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
				if len(s.requests)%17 != 0 || r.FormValue("resumptionToken") == "" {
					return false
				}
				refused++
				io.WriteString(w, clientEnvelope(`<error code="badResumptionToken"/>`))
				return true
			}
			h := &Harvest{Selection: Selection{MetadataPrefix: "oai_dc"}}
			s.wantAll(collect(s.start().Harvest(t.Context(), h)))
			if refused < 3 {
				t.Errorf("%s, %s: only %d tokens were refused", order, spread, refused)
			}
		}
	}
}

// TestTokenRefusedForGood: where dates cannot part the records, the harvest
// fails with what the server said.
func TestTokenRefusedForGood(t *testing.T) {
	s := &clientServer{t: t, records: spreadRecords(30, func(int) time.Duration { return 0 })}
	s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
		if r.FormValue("resumptionToken") == "" {
			return false
		}
		io.WriteString(w, clientEnvelope(`<error code="badResumptionToken"/>`))
		return true
	}
	records, err := collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"}))
	if !errors.Is(err, &Error{Code: BadResumptionToken}) || len(records) != 10 {
		t.Errorf("%d records, %v", len(records), err)
	}
}

// TestDatesIgnored: a server that does not heed from and until cannot drive
// the client round for ever.
func TestDatesIgnored(t *testing.T) {
	for name, compare := range orders {
		s := &clientServer{t: t, records: clientRecords(60), compare: compare}
		s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasSuffix(r.FormValue("resumptionToken"), "/30") {
				io.WriteString(w, clientEnvelope(`<error code="badResumptionToken"/>`))
				return true
			}
			q := r.URL.Query()
			if q.Get("verb") != "Identify" {
				q.Del("from")
				q.Del("until")
				r.URL.RawQuery, r.Form = q.Encode(), nil
			}
			return false
		}
		if _, err := collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})); !errors.Is(err, &Error{Code: BadResumptionToken}) || len(s.requests) > 100 {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests))
		}
	}
}

// TestLoops: a server that repeats itself is left.
func TestLoops(t *testing.T) {
	n := 0
	for name, token := range map[string]func() string{
		"the same token":          func() string { return "again" },
		"a circle of tokens":      func() string { n++; return fmt.Sprint(n % 7) },
		"new tokens, same page":   func() string { n++; return fmt.Sprint("t", n) },
		"new tokens, empty pages": func() string { n++; return fmt.Sprint("t", n) },
	} {
		t.Run(name, func(t *testing.T) {
			s := &clientServer{t: t}
			s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
				record := recordText("oai:x:1", clientDC("x"))
				switch name {
				case "a circle of tokens", "the same token":
					record = recordText(fmt.Sprint("oai:x:", len(s.requests)), clientDC("x"))
				case "new tokens, empty pages":
					record = ""
				}
				io.WriteString(w, listText(record, "<resumptionToken>"+token()+"</resumptionToken>"))
				return true
			}
			_, err := collect(s.start().Records(t.Context(), Selection{}))
			if !errors.Is(err, ErrLoop) || len(s.requests) > 110 {
				t.Errorf("%v after %d requests", err, len(s.requests))
			}
		})
	}
	for name, list := range map[string]string{
		"sets, the same token":          "<set><setSpec>a</setSpec><setName>A</setName></set><resumptionToken>x</resumptionToken>",
		"sets, new tokens, same page":   "<set><setSpec>a</setSpec><setName>A</setName></set><resumptionToken>%d</resumptionToken>",
		"sets, new tokens, empty pages": "<resumptionToken>%d</resumptionToken>",
	} {
		t.Run(name, func(t *testing.T) {
			s := &clientServer{t: t}
			s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
				io.WriteString(w, clientEnvelope("<ListSets>"+strings.ReplaceAll(list, "%d", fmt.Sprint(len(s.requests)))+"</ListSets>"))
				return true
			}
			if sets, err := collect(s.start().Sets(t.Context())); !errors.Is(err, ErrLoop) || len(sets) > 3 || len(s.requests) > 110 {
				t.Errorf("%v, %v after %d requests", sets, err, len(s.requests))
			}
		})
	}
}

// TestEmptyPagesBetween: some servers filter after paging.
func TestEmptyPagesBetween(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(25)}
	s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
		token, ok := strings.CutPrefix(r.FormValue("resumptionToken"), "empty-")
		if !ok && strings.HasSuffix(token, "/10") {
			io.WriteString(w, listText("<resumptionToken>empty-"+token+"</resumptionToken>"))
			return true
		}
		if ok {
			r.Form.Set("resumptionToken", token)
		}
		return false
	}
	s.wantAll(collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
}

// TestSizeDisagrees: a list that ends early does not look complete.
func TestSizeDisagrees(t *testing.T) {
	s := &clientServer{t: t}
	s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
		if r.FormValue("resumptionToken") == "" {
			io.WriteString(w, listText(recordText("oai:x:1", clientDC("x")), `<resumptionToken completeListSize="12">t</resumptionToken>`))
		} else {
			io.WriteString(w, listText(recordText("oai:x:2", clientDC("x"))))
		}
		return true
	}
	c := s.start()
	var problems []Problem
	c.Report = func(p Problem) { problems = append(problems, p) }
	h := &Harvest{}
	if records, err := collect(c.Harvest(t.Context(), h)); err != nil || len(records) != 2 || h.Size != 12 || !slices.Equal(faultsOf(problems), []Fault{FaultSize}) {
		t.Errorf("%v, %v, %v", records, err, problems)
	}
}

// TestUnsortedDoubt: a list that only looked sorted up to the refusal is
// listed again where records are missing, however often tokens are refused.
func TestUnsortedDoubt(t *testing.T) {
	for refuse := range 4 {
		s := &clientServer{t: t, records: clientRecords(80), size: true}
		// By identifier, but the tenth was changed last of all.
		s.records[9].Datestamp = clientEpoch.Add(1000 * time.Hour)
		s.compare = orders["by identifier"]
		resumed := 0
		s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
			if r.FormValue("resumptionToken") == "" {
				return false
			}
			if resumed++; resumed != 1 && (refuse == 0 || resumed%(refuse+1) != 0) {
				return false
			}
			io.WriteString(w, clientEnvelope(`<error code="badResumptionToken"/>`))
			return true
		}
		s.wantAll(collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
	}
}

// TestWrongSize: a completeListSize that was never true costs one more look
// at most.
func TestWrongSize(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(300), size: true}
	s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
		if r.FormValue("resumptionToken") != "" && len(s.requests)%6 == 0 {
			io.WriteString(w, clientEnvelope(`<error code="badResumptionToken"/>`))
			return true
		}
		if r.FormValue("verb") == "Identify" {
			return false
		}
		io.WriteString(w, strings.ReplaceAll(s.page(r), `completeListSize="300"`, `completeListSize="1000000"`))
		return true
	}
	s.wantAll(collect(s.start().Records(t.Context(), Selection{MetadataPrefix: "oai_dc"})))
	if len(s.requests) > 150 {
		t.Errorf("%d requests for 30 pages", len(s.requests))
	}
}

// TestResume: the harvest is saved and taken up again after every record, by
// a new client, while the server refuses tokens and breaks off.
func TestResume(t *testing.T) {
	for seed := range uint64(5) {
		for order, compare := range orders {
			for spread, at := range spreads {
				t.Run(fmt.Sprintf("%s/%s/%d", order, spread, seed), func(t *testing.T) {
					testResume(t, seed, compare, at)
				})
			}
		}
	}
}

func testResume(t *testing.T, seed uint64, compare func(a, b Header) int, at func(int) time.Duration) {
	s := &clientServer{t: t, records: spreadRecords(50, at), compare: compare, pageSize: 7, size: true}
	dice := clientDice(seed)
	s.spoil = func(w http.ResponseWriter, r *http.Request) bool {
		if r.FormValue("verb") == "Identify" || dice(4) > 0 {
			return false
		}
		if r.FormValue("resumptionToken") != "" && dice(3) == 0 {
			io.WriteString(w, clientEnvelope(`<error code="badResumptionToken"/>`))
			return true
		}
		page := s.page(r)
		io.WriteString(w, page[:dice(len(page))])
		panic(http.ErrAbortHandler)
	}
	c := s.start()
	saved, err := json.Marshal(&Harvest{Selection: Selection{MetadataPrefix: "oai_dc"}})
	if err != nil {
		t.Fatal(err)
	}
	var records []Record[Metadata]
	for done := false; !done; {
		var h Harvest
		if err := json.Unmarshal(saved, &h); err != nil {
			t.Fatal(err)
		}
		for rec, err := range c.Harvest(t.Context(), &h) {
			if err != nil {
				t.Fatalf("%v\n%s", err, saved)
			}
			records = append(records, rec)
			if dice(5) == 0 {
				break
			}
		}
		if h.Records != len(records) {
			t.Fatalf("state says %d records, %d came", h.Records, len(records))
		}
		done = h.Done
		if saved, err = json.Marshal(&h); err != nil {
			t.Fatal(err)
		}
	}
	s.wantAll(records, nil)
}

// TestResumeChecks: a state is of one repository, and of a form.
func TestResumeChecks(t *testing.T) {
	c := &Client{BaseURL: "http://example.org/oai"}
	if _, err := collect(c.Harvest(t.Context(), &Harvest{BaseURL: "http://example.com/oai"})); err == nil {
		t.Error("a state of another repository is taken")
	}
	for _, bad := range []string{"", "[]", `{"seen":"AAAA"}`, `{"records":"x"}`} {
		if err := json.Unmarshal([]byte(bad), new(Harvest)); err == nil {
			t.Errorf("state %q is taken", bad)
		}
	}
}

// TestState: what a saved state looks like, and that it is small.
func TestState(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(1000), pageSize: 100, size: true}
	h := &Harvest{Selection: Selection{MetadataPrefix: "oai_dc", Set: "all", From: clientEpoch}}
	n := 0
	for _, err := range s.start().Harvest(t.Context(), h) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 801 {
			break
		}
	}
	saved, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var back map[string]any
	if err := json.Unmarshal(saved, &back); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"baseURL": h.BaseURL, "metadataPrefix": "oai_dc", "set": "all", "from": "2023-05-17T10:00:00Z",
		"started": "2024-01-01T00:00:00Z", "completeListSize": 1000.0, "records": 801.0, "pages": 8.0,
		"resumptionToken": "2023-05-17T10:00:00Z//800", "done": false,
	}
	for key, v := range want {
		if fmt.Sprint(back[key]) != fmt.Sprint(v) {
			t.Errorf("%s: got %v, want %v", key, back[key], v)
		}
	}
	if len(saved) > 1000+22*h.Records {
		t.Errorf("state of %d bytes:\n%s", len(saved), saved)
	}
	h.Done = true
	if next := h.Next(); !next.Selection.From.Equal(h.Started) || next.Selection.Set != "all" || next.Records != 0 {
		t.Errorf("next harvest %+v", next)
	}
}

// TestFromAndUntil: dates go out in the granularity of the repository.
func TestFromAndUntil(t *testing.T) {
	for _, test := range []struct {
		day  bool
		want string
	}{
		{false, "verb=ListRecords&metadataPrefix=oai_dc&from=2023-05-17T12%3A00%3A00Z&until=2023-05-18T10%3A00%3A00Z&set=mod%3A1"},
		{true, "verb=ListRecords&metadataPrefix=oai_dc&from=2023-05-17&until=2023-05-18&set=mod%3A1"},
	} {
		s := &clientServer{t: t, records: clientRecords(100), day: test.day, pageSize: 100}
		sel := Selection{MetadataPrefix: "oai_dc", Set: "mod:1", From: clientEpoch.Add(2 * time.Hour).In(time.FixedZone("", 7200)), Until: clientEpoch.Add(24 * time.Hour)}
		if _, err := collect(s.start().Records(t.Context(), sel)); err != nil {
			t.Fatal(err)
		}
		if got := s.requests[len(s.requests)-1]; got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestDefaultFormat(t *testing.T) {
	s := &clientServer{t: t, records: clientRecords(3)}
	s.wantAll(collect(s.start().Records(t.Context(), Selection{})))
	if got := s.requests[0]; got != "verb=ListRecords&metadataPrefix=oai_dc" {
		t.Errorf("request %s", got)
	}
}

// TestConstantMemory: what a harvest holds after 100 pages is what it held
// after 10.
func TestConstantMemory(t *testing.T) {
	s := &clientServer{t: t, pageSize: 500, spoil: func(w http.ResponseWriter, r *http.Request) bool {
		n := 0
		fmt.Sscan(r.FormValue("resumptionToken"), &n)
		io.WriteString(w, strings.Split(listText(), "</ListRecords>")[0])
		for i := range 500 {
			at := clientEpoch.Add(time.Duration(n*500+i) * time.Second)
			record := recordText(fmt.Sprint("oai:x:", n, "-", i), clientDC(strings.Repeat("long title ", 50)))
			io.WriteString(w, strings.Replace(record, "2023-05-17T10:00:00Z", at.Format(clientSecond), 1))
		}
		if n < 100 {
			fmt.Fprintf(w, "<resumptionToken>%d</resumptionToken>", n+1)
		}
		io.WriteString(w, "</ListRecords></OAI-PMH>")
		return true
	}}
	held := func() int {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	h := &Harvest{}
	early, n := 0, 0
	for _, err := range s.start().Harvest(t.Context(), h) {
		if err != nil {
			t.Fatal(err)
		}
		switch n++; n {
		case 5250:
			early = held()
		case 50250:
			if late := held(); late > early+1<<20 {
				t.Errorf("%d bytes at record 5,250, %d at record 50,250", early, late)
			}
		}
	}
	if n != 50500 {
		t.Errorf("%d records", n)
	}
}

// TestMemoryIsBounded: what a harvest remembers does not grow with a sorted
// list, nor without end with another.
func TestMemoryIsBounded(t *testing.T) {
	var m harvestMemory
	var o harvestOrder
	most := 0
	for i := range 500_000 {
		at := clientEpoch.Add(time.Duration(i/50) * time.Second)
		o.see(at)
		m.add(uint64(i), at)
		if i%100 == 99 {
			most = max(most, len(m.keys))
			m.turn(o, harvestWindow{})
		}
	}
	if most > harvestSortedMemory+200 {
		t.Errorf("%d keys of a sorted list", most)
	}
	m, o = harvestMemory{}, harvestOrder{}
	for i := range harvestMaxMemory + 200 {
		at := clientEpoch.Add(time.Duration(i*7919%1000) * time.Second)
		o.see(at)
		m.add(uint64(i), at)
		if i%100 == 99 {
			m.turn(o, harvestWindow{})
		}
	}
	if len(m.keys) > 200 || !m.forgot {
		t.Errorf("%d keys of an unsorted list, forgot %v", len(m.keys), m.forgot)
	}
}
