package model

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gtnum/gtnum/internal/say"
)

// Precision of a [Date].
type Precision uint8

// The precisions, from the coarsest.
const (
	Year Precision = iota + 1
	Month
	Day
	Instant
)

// Date is a date as exact as it was given: a year, a month, a day or an
// instant (W3CDTF, a profile of ISO 8601). The zero Date is none.
type Date struct {
	t         time.Time
	precision Precision
}

// NewDate returns the date of an instant at a precision, in UTC.
func NewDate(t time.Time, p Precision) Date {
	t = t.UTC()
	y, m, d := t.Date()
	switch p {
	case Year:
		return Date{time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), Year}
	case Month:
		return Date{time.Date(y, m, 1, 0, 0, 0, 0, time.UTC), Month}
	case Day:
		return Date{time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Day}
	}
	return Date{t.Truncate(time.Second), Instant}
}

var layouts = []struct {
	layout    string
	precision Precision
}{
	{"2006", Year},
	{"2006-01", Month},
	{time.DateOnly, Day},
	{time.RFC3339, Instant},
}

// ParseDate reads "2023", "2023-05", "2023-05-12" or "2023-05-12T08:30:00Z".
func ParseDate(s string) (Date, error) {
	for _, l := range layouts {
		t, err := time.Parse(l.layout, s)
		if err != nil {
			continue
		}
		// an offset can lead out of the years that have four digits, and RDF and
		// XML have no year 0
		if d := NewDate(t, l.precision); d.Year() > 0 && d.Year() <= 9999 {
			return d, nil
		}
	}
	return Date{}, say.Errorf("« %s » n’est pas une date ; écrivez 2023, 2023-05, 2023-05-12 ou 2023-05-12T08:30:00Z", "%q is no date: write 2023, 2023-05, 2023-05-12 or 2023-05-12T08:30:00Z", s)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.precision == 0 }

// Precision of the date, 0 if there is none.
func (d Date) Precision() Precision { return d.precision }

// Time is the first instant that the date can mean, in UTC.
func (d Date) Time() time.Time { return d.t }

// Year of the date, 0 if there is none.
func (d Date) Year() int {
	if d.IsZero() {
		return 0
	}
	return d.t.Year()
}

// String writes the date as it was given; an instant in UTC.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.t.Format(layouts[d.precision-1].layout)
}

// Day writes the date without the time, for formats that have none.
func (d Date) Day() string { return string(d.AppendDay(nil)) }

// AppendDay appends what Day writes to dst.
func (d Date) AppendDay(dst []byte) []byte {
	if d.IsZero() {
		return dst
	}
	return d.t.AppendFormat(dst, layouts[min(d.precision, Day)-1].layout)
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDate does; nothing is no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	var err error
	*d, err = ParseDate(string(b))
	return err
}

// Period from Start to End, both included; a zero date is an open end.
type Period struct {
	// Start of the period.
	Start Date `json:"start,omitzero"`
	// End of the period.
	End Date `json:"end,omitzero"`
}

// backwards reports whether the period ends before it starts, as far as both
// dates tell: 2023 is not before 2023-05.
func (p Period) backwards() bool {
	if p.Start.IsZero() || p.End.IsZero() {
		return false
	}
	precision := min(p.Start.precision, p.End.precision)
	return NewDate(p.End.t, precision).t.Before(NewDate(p.Start.t, precision).t)
}

// String writes the period as an ISO 8601 interval, ".." for an open end.
func (p Period) String() string {
	end := func(d Date) string {
		if d.IsZero() {
			return ".."
		}
		return d.String()
	}
	return end(p.Start) + "/" + end(p.End)
}

// String writes the duration as in ISO 8601: "PT1H2M3S".
func (d Duration) String() string {
	s := int64(time.Duration(d) / time.Second)
	if s <= 0 {
		return "PT0S"
	}
	var b strings.Builder
	b.WriteString("PT")
	for _, u := range []struct {
		unit    byte
		seconds int64
	}{{'H', 3600}, {'M', 60}, {'S', 1}} {
		if n := s / u.seconds; n > 0 {
			b.WriteString(strconv.FormatInt(n, 10))
			b.WriteByte(u.unit)
			s %= u.seconds
		}
	}
	return b.String()
}

// MarshalText writes the duration as String does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

var duration = regexp.MustCompile(`^PT([0-9]+H)?([0-9]+M)?([0-9]+S)?$`)

// UnmarshalText reads an ISO 8601 duration of hours, minutes and seconds.
func (d *Duration) UnmarshalText(b []byte) error {
	parsed, err := time.ParseDuration(strings.ToLower(strings.TrimPrefix(string(b), "PT")))
	if err != nil || !duration.Match(b) {
		return say.Errorf("« %s » n’est pas une durée ; écrivez heures, minutes et secondes comme PT1H2M3S", "%q is no duration: write hours, minutes and seconds as PT1H2M3S", b)
	}
	*d = Duration(parsed)
	return nil
}
