package dcat

import (
	"strconv"
	"strings"

	"github.com/gtnum/gtnum/model"
)

const (
	bbox       = nsDCAT + "bbox"
	wktLiteral = "http://www.opengis.net/ont/geosparql#wktLiteral"
)

// box writes a bounding box as a polygon in WKT without a reference system,
// which means WGS 84, longitude first: udata takes no other (DCAT 3, section
// 6.15.2, leaves the choice).
func (g *graph) box(b model.Box) {
	if b != (model.Box{}) {
		g.Predicate(bbox)
		g.Typed(wktOf(b), wktLiteral)
	}
}

// wktOf returns a polygon, two where the box crosses the 180th meridian.
func wktOf(b model.Box) string {
	if b.West > b.East {
		return "MULTIPOLYGON(" + ring(b.West, b.South, 180, b.North) + "," + ring(-180, b.South, b.East, b.North) + ")"
	}
	return "POLYGON" + ring(b.West, b.South, b.East, b.North)
}

// ring is the rectangle of four limits, from its south-west corner against the
// clock.
func ring(west, south, east, north float64) string {
	var dst []byte
	for i, corner := range [...][2]float64{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}} {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendFloat(dst, corner[0], 'f', -1, 64)
		dst = append(dst, ' ')
		dst = strconv.AppendFloat(dst, corner[1], 'f', -1, 64)
	}
	return "((" + string(dst) + "))"
}

// boxOf reads the first polygon that dcat:bbox has in WKT.
func (n *node) boxOf() (b model.Box) {
	n.take(bbox, 1, func(t Term) bool {
		var ok bool
		b, ok = parseWKT(t.Value)
		return ok && t.Datatype == wktLiteral
	})
	return b
}

// parseWKT returns the box around a polygon, or of the two halves that wktOf
// writes.
func parseWKT(s string) (model.Box, bool) {
	s = strings.ToUpper(s)
	corners, one := strings.CutPrefix(s, "POLYGON")
	if !one {
		var several bool
		if corners, several = strings.CutPrefix(s, "MULTIPOLYGON"); !several {
			return model.Box{}, false
		}
	}
	var rings [][]float64
	for _, text := range strings.Split(corners, ")") {
		numbers := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" (,", r) })
		if len(numbers) == 0 {
			continue
		}
		ring, ok := limitsOf(numbers)
		if !ok {
			return model.Box{}, false
		}
		rings = append(rings, ring)
	}
	switch {
	case len(rings) == 1 || one && len(rings) > 1: // those after the first are holes
		return parsedBox(rings[0][0], rings[0][1], rings[0][2], rings[0][3])
	case len(rings) == 2 && rings[0][2] == 180 && rings[1][0] == -180:
		return parsedBox(rings[0][0], rings[0][1], rings[1][2], rings[0][3])
	}
	return model.Box{}, false
}

// limitsOf returns the least and greatest longitude and latitude of points:
// west, south, east, north.
func limitsOf(numbers []string) (limits []float64, ok bool) {
	for i, s := range numbers {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return nil, false
		}
		if i < 2 {
			limits = append(limits, x)
			continue
		}
		if i < 4 {
			limits = append(limits, limits[i-2])
		}
		limits[i%2] = min(limits[i%2], x)
		limits[2+i%2] = max(limits[2+i%2], x)
	}
	return limits, len(numbers) >= 8 && len(numbers)%2 == 0
}

// parsedBox is a box if its limits are on the globe.
func parsedBox(west, south, east, north float64) (model.Box, bool) {
	b, err := model.ParseBox(model.Box{West: west, South: south, East: east, North: north}.String())
	return b, err == nil
}
