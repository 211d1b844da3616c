package oaipmh

import "time"

// harvestWindow is a range of datestamps, both ends included; a zero time is
// no bound.
type harvestWindow struct{ from, until time.Time }

func (w harvestWindow) holds(t time.Time) bool {
	return (w.from.IsZero() || !t.Before(w.from)) && (w.until.IsZero() || !t.After(w.until))
}

// harvestOrder is what the datestamps of a window show of the order that the
// server lists them in.
type harvestOrder struct {
	last, min, max time.Time
	rose, fell     bool
}

func (o *harvestOrder) see(t time.Time) {
	if t.IsZero() {
		return
	}
	if o.last.IsZero() {
		*o = harvestOrder{last: t, min: t, max: t}
	}
	o.rose = o.rose || t.After(o.last)
	o.fell = o.fell || t.Before(o.last)
	o.last = t
	if t.Before(o.min) {
		o.min = t
	}
	if t.After(o.max) {
		o.max = t
	}
}

// sorted reports whether datestamps went one way.
func (o *harvestOrder) sorted() bool { return o.rose != o.fell }

// within reports whether w is smaller than outer.
func (w harvestWindow) within(outer harvestWindow) bool {
	return w != outer && (w.until.IsZero() || !w.until.Before(w.from)) &&
		(outer.from.IsZero() || !w.from.Before(outer.from)) &&
		(outer.until.IsZero() || !w.until.IsZero() && !w.until.After(outer.until))
}

// cut says what must be listed of a window whose list broke off, and what need
// not if the list is sorted, which is believed only on trust. Each window
// returned is smaller than w; none is returned if w cannot be made smaller, or
// if the server does not heed it.
func (o *harvestOrder) cut(w harvestWindow, unit time.Duration, trust bool) (again, doubt []harvestWindow) {
	lo, hi, last := o.min.Truncate(unit), o.max.Truncate(unit), o.last.Truncate(unit)
	before := func(t time.Time) harvestWindow { return harvestWindow{w.from, t.Add(-time.Second)} }
	after := func(t time.Time) harvestWindow { return harvestWindow{t, w.until} }
	next := last.Add(unit)
	sorted := trust && o.sorted()
	switch {
	case o.last.IsZero():
		return nil, nil
	case sorted && o.rose && last.After(lo):
		again, doubt = []harvestWindow{after(last)}, []harvestWindow{before(last)}
	case sorted && o.fell && last.Before(hi):
		again, doubt = []harvestWindow{before(next)}, []harvestWindow{after(next)}
	case lo.Before(hi):
		middle := lo.Add(hi.Sub(lo) / 2).Truncate(unit).Add(unit) // in (lo, hi]
		again = []harvestWindow{before(middle), after(middle)}
	default: // the only date that was seen
		again = []harvestWindow{{last, next.Add(-time.Second)}}
		for _, side := range []harvestWindow{before(last), after(next)} {
			if side.within(w) {
				again = append(again, side)
			}
		}
	}
	for _, part := range again {
		if !part.within(w) {
			return nil, nil
		}
	}
	return again, doubt
}
