package model_test

import (
	"testing"

	"github.com/gtnum/gtnum/model"
)

func TestParseBox(t *testing.T) {
	for in, want := range map[string]model.Box{
		"2.31, 48.68, 2.62, 48.87": {West: 2.31, South: 48.68, East: 2.62, North: 48.87},
		"2.31,48.68,2.62,48.87":    {West: 2.31, South: 48.68, East: 2.62, North: 48.87},
		"2.31 48.68 2.62 48.87":    {West: 2.31, South: 48.68, East: 2.62, North: 48.87},
		"177, -20, -178, -12.5":    {West: 177, South: -20, East: -178, North: -12.5}, // Fiji
		"-180, -90, 180, 90":       {West: -180, South: -90, East: 180, North: 90},
	} {
		got, err := model.ParseBox(in)
		if err != nil || got != want {
			t.Errorf("%q: got %+v, %v, want %+v", in, got, err, want)
		}
		if back, err := model.ParseBox(got.String()); err != nil || back != got {
			t.Errorf("%q is written as %q, which is %+v, %v", in, got, back, err)
		}
	}
	for name, in := range map[string]string{
		"nothing":         "",
		"three limits":    "2.31, 48.68, 2.62",
		"five limits":     "2.31, 48.68, 2.62, 48.87, 1",
		"words":           "west, south, east, north",
		"upside down":     "2.31, 48.87, 2.62, 48.68",
		"beyond the pole": "0, 0, 10, 91",
		"beyond the date": "0, 0, 181, 10",
		"no number":       "NaN, 0, 1, 1",
		"infinite":        "-Inf, 0, 1, 1",
		"a point at 0":    "0, 0, 0, 0",
		"latitude first":  "48.68, 102.31, 48.87, 102.62",
	} {
		if got, err := model.ParseBox(in); err == nil {
			t.Errorf("%s: %q is read as %+v", name, in, got)
		}
	}
	if s := (model.Box{}).String(); s != "" {
		t.Errorf("no box is written as %q", s)
	}
}
