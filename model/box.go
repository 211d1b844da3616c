package model

import (
	"strconv"
	"strings"

	"github.com/gtnum/gtnum/internal/say"
)

// Box is a bounding box: the smallest rectangle around a place, in decimal
// degrees of WGS 84. One whose West is greater than its East crosses the
// 180th meridian. The zero Box is none.
type Box struct{ West, South, East, North float64 }

// ParseBox reads "2.31, 48.68, 2.62, 48.87": west, south, east and north, as
// GeoJSON orders them.
func ParseBox(s string) (Box, error) {
	var limits [4]float64
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
	ok := len(parts) == len(limits)
	for i := range parts[:min(len(parts), len(limits))] {
		var err error
		limits[i], err = strconv.ParseFloat(parts[i], 64)
		ok = ok && err == nil
	}
	b := Box{limits[0], limits[1], limits[2], limits[3]}
	if !ok || !b.ok() {
		return Box{}, say.Errorf("« %s » n’est pas un cadre ; écrivez ouest, sud, est et nord en degrés, comme 2.31, 48.68, 2.62, 48.87", "%q is no box: write west, south, east and north in degrees, as in 2.31, 48.68, 2.62, 48.87", s)
	}
	return b, nil
}

// ok reports whether the limits are on the globe and not upside down. It is
// false for limits that are no numbers.
func (b Box) ok() bool {
	return -180 <= b.West && b.West <= 180 && -180 <= b.East && b.East <= 180 &&
		-90 <= b.South && b.South <= b.North && b.North <= 90 && b != Box{}
}

// String writes the box as ParseBox reads it, nothing for none.
func (b Box) String() string {
	if b == (Box{}) {
		return ""
	}
	var dst []byte
	for i, limit := range [...]float64{b.West, b.South, b.East, b.North} {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = strconv.AppendFloat(dst, limit, 'f', -1, 64)
	}
	return string(dst)
}

// MarshalText writes the box as String does.
func (b Box) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads what ParseBox does; nothing is no box.
func (b *Box) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*b = Box{}
		return nil
	}
	var err error
	*b, err = ParseBox(string(text))
	return err
}
