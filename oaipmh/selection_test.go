package oaipmh

import (
	"testing"
	"time"
)

func TestSelectionMatches(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2023, 5, d, 0, 0, 0, 0, time.UTC) }
	header := Header{Datestamp: day(12), Sets: []string{"a:b", "c"}}
	tests := []struct {
		name string
		sel  Selection
		want bool
	}{
		{"everything", Selection{}, true},
		{"from is included", Selection{From: day(12)}, true},
		{"before from", Selection{From: day(13)}, false},
		{"until is included", Selection{Until: day(12)}, true},
		{"after until", Selection{Until: day(11)}, false},
		{"its set", Selection{Set: "c"}, true},
		{"the set above its set", Selection{Set: "a"}, true},
		{"a set below its set", Selection{Set: "c:d"}, false},
		{"a set that begins alike", Selection{Set: "a:"}, false},
		{"set and dates", Selection{Set: "a:b", From: day(1), Until: day(30)}, true},
		{"set, and dates of others", Selection{Set: "a:b", From: day(13), Until: day(30)}, false},
	}
	for _, test := range tests {
		if got := test.sel.Matches(header); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
