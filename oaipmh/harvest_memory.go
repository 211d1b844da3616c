package oaipmh

import "time"

// harvestMemory remembers the keys of what was yielded, as hashes of 64 bits:
// at a million keys the chance that one new record is taken for an old one is
// 1 in 10^13 each.
//
// It does not grow with the list. Of one that is sorted over a thousand
// records, what is not at its end is forgotten; of one in no order, all is at
// a million keys, about 40 MB. A restart after either may repeat, the first
// only if the order breaks after all.
type harvestMemory struct {
	keys   map[uint64]int64 // Unix time of the datestamp
	kept   int              // how many turn could not forget
	forgot bool
}

const (
	harvestSortedMemory = 1 << 10
	harvestMaxMemory    = 1 << 20
)

// add remembers a key; false if it is there.
func (m *harvestMemory) add(key uint64, t time.Time) bool {
	if _, known := m.keys[key]; known {
		return false
	}
	if m.keys == nil {
		m.keys = make(map[uint64]int64)
	}
	m.keys[key] = t.Unix()
	return true
}

// turn begins a page. The list of a window that is sorted will not be asked
// for dates before its last again.
func (m *harvestMemory) turn(o harvestOrder, w harvestWindow) {
	if len(m.keys) > max(harvestSortedMemory, 2*m.kept) && o.sorted() {
		for key, t := range m.keys {
			if t != o.last.Unix() && w.holds(time.Unix(t, 0)) {
				delete(m.keys, key)
				m.forgot = true
			}
		}
		m.kept = len(m.keys)
	}
	if len(m.keys) > harvestMaxMemory {
		clear(m.keys)
		m.forgot = true
	}
}

const (
	harvestOffset = 14695981039346656037
	harvestPrime  = 1099511628211
)

// harvestHash is FNV-1a, which is the same in every process.
func harvestHash(b []byte) uint64 {
	sum := uint64(harvestOffset)
	for _, c := range b {
		sum = (sum ^ uint64(c)) * harvestPrime
	}
	return sum
}

// harvestKey is the hash of a record as it stands.
func harvestKey(h Header) uint64 {
	sum := uint64(harvestOffset)
	for i := 0; i < len(h.Identifier); i++ {
		sum = (sum ^ uint64(h.Identifier[i])) * harvestPrime
	}
	t := uint64(h.Datestamp.Unix()) << 1
	if h.Deleted {
		t |= 1
	}
	for range 8 {
		sum = (sum ^ t&0xff) * harvestPrime
		t >>= 8
	}
	return sum
}

// clientLoop finds out that a sequence has begun to repeat itself, after at
// most three times the length of the circle and with the memory of one
// element: Brent's algorithm.
type clientLoop struct {
	mark       uint64
	steps, lap int
}

func (l *clientLoop) turn(s string) bool { return l.turnSum(harvestHash([]byte(s))) }

func (l *clientLoop) turnSum(sum uint64) bool {
	if l.lap > 0 && sum == l.mark {
		return true
	}
	if l.steps++; l.steps >= l.lap {
		l.mark, l.steps, l.lap = sum, 0, max(1, 2*l.lap)
	}
	return false
}
