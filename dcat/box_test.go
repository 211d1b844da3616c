package dcat

import (
	"testing"

	"github.com/gtnum/gtnum/model"
)

func TestBoxesAreWKTAndBack(t *testing.T) {
	for want, b := range map[string]model.Box{
		"POLYGON((2.31 48.68,2.62 48.68,2.62 48.87,2.31 48.87,2.31 48.68))":                                          {West: 2.31, South: 48.68, East: 2.62, North: 48.87},
		"POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))":                                                        {West: -180, South: -90, East: 180, North: 90},
		"MULTIPOLYGON(((177 -20,180 -20,180 -12,177 -12,177 -20)),((-180 -20,-178 -20,-178 -12,-180 -12,-180 -20)))": {West: 177, South: -20, East: -178, North: -12},
		"POLYGON((0.0000001 -0.5,1 -0.5,1 0,0.0000001 0,0.0000001 -0.5))":                                            {West: 1e-7, South: -.5, East: 1},
	} {
		got := wktOf(b)
		if got != want {
			t.Errorf("%v: got %s, want %s", b, got, want)
		}
		if back, ok := parseWKT(got); !ok || back != b {
			t.Errorf("%s is read as %v, %t", got, back, ok)
		}
	}
	if got, ok := parseWKT("Polygon ((2 48, 3 49, 2.5 50, 2 48))"); !ok || got != (model.Box{West: 2, South: 48, East: 3, North: 50}) {
		t.Errorf("the box around a triangle is %v, %t", got, ok)
	}
	if got, ok := parseWKT("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 2,1 1))"); !ok || got != (model.Box{East: 9, North: 9}) {
		t.Errorf("the box around a polygon with a hole is %v, %t", got, ok)
	}
	for name, s := range map[string]string{
		"nothing": "", "a point": "POINT(2 48)", "another reference system": "<http://www.opengis.net/def/crs/EPSG/0/2154> POLYGON((1 2,3 4,5 6,1 2))",
		"a line": "POLYGON((1 2,3 4))", "words": "POLYGON((a b,c d,e f,a b))", "an odd one out": "POLYGON((1 2,3 4,5 6,1 2,3))",
		"metres":      "POLYGON((652000 6860000,652001 6860000,652001 6860001,652000 6860000))",
		"two islands": "MULTIPOLYGON(((1 2,3 4,5 6,1 2)),((11 2,13 4,15 6,11 2)))",
	} {
		if got, ok := parseWKT(s); ok {
			t.Errorf("%s: %s is read as %v", name, s, got)
		}
	}
}
