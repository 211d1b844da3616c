package model_test

import (
	"testing"
	"time"

	"github.com/gtnum/gtnum/model"
)

func TestDatesKeepTheirPrecision(t *testing.T) {
	tests := []struct {
		in, out, day string
		precision    model.Precision
		first        string // instant
	}{
		{"2023", "2023", "2023", model.Year, "2023-01-01T00:00:00Z"},
		{"2023-05", "2023-05", "2023-05", model.Month, "2023-05-01T00:00:00Z"},
		{"2023-05-12", "2023-05-12", "2023-05-12", model.Day, "2023-05-12T00:00:00Z"},
		{"2023-05-12T08:30:00Z", "2023-05-12T08:30:00Z", "2023-05-12", model.Instant, "2023-05-12T08:30:00Z"},
		{"2023-05-12T00:30:00+02:00", "2023-05-11T22:30:00Z", "2023-05-11", model.Instant, "2023-05-11T22:30:00Z"},
		{"2023-05-12T08:30:00.999Z", "2023-05-12T08:30:00Z", "2023-05-12", model.Instant, "2023-05-12T08:30:00Z"},
		{"2024-02-29", "2024-02-29", "2024-02-29", model.Day, "2024-02-29T00:00:00Z"},
		{"0001", "0001", "0001", model.Year, "0001-01-01T00:00:00Z"},
	}
	for _, test := range tests {
		d, err := model.ParseDate(test.in)
		if err != nil {
			t.Errorf("%s: %v", test.in, err)
			continue
		}
		if d.IsZero() || d.String() != test.out || d.Day() != test.day || d.Precision() != test.precision || d.Time().Format(time.RFC3339) != test.first {
			t.Errorf("%s: got %s, day %s, precision %d, first instant %s", test.in, d, d.Day(), d.Precision(), d.Time().Format(time.RFC3339))
		}
		if d.Year() != d.Time().Year() {
			t.Errorf("%s: got year %d", test.in, d.Year())
		}
	}
}

func TestWhatIsNoDateIsRefused(t *testing.T) {
	for name, in := range map[string]string{
		"nothing": "", "words": "mai 2023", "a day that is not": "2023-02-29", "a month that is not": "2023-13", "one digit": "2023-5",
		"an instant without zone": "2023-05-12T08:30:00", "another order": "12/05/2023", "something behind": "2023-05 ", "five digits": "12023",
		"a year that never was": "0000", "a day of it": "0000-01-01",
		"out of years by its offset": "9999-12-31T23:59:59-01:00", "before years by its offset": "0000-01-01T00:00:00+01:00",
	} {
		if d, err := model.ParseDate(in); err == nil {
			t.Errorf("%s: %q is read as %s", name, in, d)
		}
	}
}

func TestNoDate(t *testing.T) {
	var d model.Date
	if !d.IsZero() || d.String() != "" || d.Day() != "" || d.Year() != 0 || d.Precision() != 0 || !d.Time().IsZero() {
		t.Errorf("the zero date says something: %q", d)
	}
	set, _ := model.ParseDate("2023")
	if err := set.UnmarshalText(nil); err != nil || !set.IsZero() {
		t.Errorf("nothing is read as %s, %v", set, err)
	}
	if err := set.UnmarshalText([]byte("demain")); err == nil {
		t.Error("no date is no error")
	}
}

func TestNewDateIsInUTC(t *testing.T) {
	paris := time.FixedZone("", 2*3600)
	at := time.Date(2023, 1, 1, 0, 30, 5, 999, paris)
	for p, want := range map[model.Precision]string{model.Year: "2022", model.Month: "2022-12", model.Day: "2022-12-31", model.Instant: "2022-12-31T22:30:05Z"} {
		if got := model.NewDate(at, p).String(); got != want {
			t.Errorf("precision %d: got %s, want %s", p, got, want)
		}
	}
}

func TestPeriodsAreIntervals(t *testing.T) {
	date := func(s string) model.Date {
		var d model.Date
		if err := d.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		return d
	}
	for want, p := range map[string]model.Period{
		"2020-03/2020-06": {Start: date("2020-03"), End: date("2020-06")},
		"2020/..":         {Start: date("2020")},
		"../2020":         {End: date("2020")},
		"../..":           {},
	} {
		if got := p.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestDurations(t *testing.T) {
	for in, want := range map[string]string{
		"PT1H2M3S": "PT1H2M3S", "PT90S": "PT1M30S", "PT60M": "PT1H", "PT0S": "PT0S", "PT1H3S": "PT1H3S",
		"": "", "PT": "", "1H": "", "PT1.5S": "", "P1D": "", "PT-1S": "", "PT5M30": "", "PT1S1H": "", "PT1MS": "", "pt1h": "", "PT99999999999999999999S": "", "PT9999999999H": "",
	} {
		var d model.Duration
		err := d.UnmarshalText([]byte(in))
		if (err == nil) != (want != "") || want != "" && d.String() != want {
			t.Errorf("%q: got %s, %v, want %q", in, d, err, want)
		}
	}
	if got := model.Duration(-time.Second).String(); got != "PT0S" {
		t.Errorf("a negative duration is written as %s", got)
	}
	text, err := model.Duration(90 * time.Second).MarshalText()
	if string(text) != "PT1M30S" || err != nil {
		t.Errorf("got %s, %v", text, err)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2023", "2023-05", "2023-05-12", "2023-05-12T08:30:00Z", "2023-05-12T08:30:00,5+14:00", "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:60Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := model.ParseDate(s)
		if err != nil {
			return
		}
		if back, err := model.ParseDate(d.String()); err != nil || back != d {
			t.Errorf("%q is %s, which is read as %s, %v", s, d, back, err)
		}
	})
}
