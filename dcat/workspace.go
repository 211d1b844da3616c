package dcat

import (
	"strings"
	"sync"
	"unsafe"
)

// A workspace is what an Encoder leaves to the next document: room for text,
// and names, which are mostly the same in all documents. A document of one
// record takes a quarter of the time for it.
type workspace struct {
	buf    []byte
	names  map[string]*name
	recent [256]recent
	clean  [512]string // IRIs of late that are clean
	levels []level     // Turtle
}

var workspaces = sync.Pool{New: func() any {
	return &workspace{buf: make([]byte, 0, flushSize+4<<10), names: make(map[string]*name)}
}}

// maxKept bounds the room for text that a document leaves to the next.
const maxKept = 1 << 20

// release gives the workspace back, once the document is at its end.
func (e *Encoder) release() {
	w := e.workspace
	if w == nil {
		return
	}
	e.workspace = nil
	if cap(w.buf) > maxKept || len(w.names) == maxNames {
		return
	}
	w.buf = w.buf[:0]
	clear(w.recent[:]) // which hold on to what the document was made of
	clear(w.clean[:])
	for i := range w.levels {
		w.levels[i].empty()
	}
	workspaces.Put(w)
}

// A recent is a name that was asked for of late.
type recent struct {
	iri  string // as the caller holds it
	name *name
}

// slotOf returns a place among 512 for a string, by where it lies in memory.
func slotOf(s string) int {
	at := uint64(uintptr(unsafe.Pointer(unsafe.StringData(s))))
	return int(at * 0x9E3779B97F4A7C15 >> 55) // the golden ratio mixes best
}

// isSame reports whether two strings lie in the same place, which tells without
// a look at them that they are equal. The one that is kept keeps its place.
func isSame(a, b string) bool {
	return len(a) == len(b) && unsafe.StringData(a) == unsafe.StringData(b)
}

// maxNames bounds the memory that names take. A vocabulary has some hundreds.
const maxNames = 4096

// name returns the name of an IRI, which it makes only once. Callers mostly
// hand in the same constants.
func (e *Encoder) name(iri string) (*name, error) {
	r := &e.recent[slotOf(iri)/2]
	if isSame(r.iri, iri) && r.name != nil {
		return r.name, nil
	}
	n, err := e.lookUp(iri)
	if err == nil {
		*r = recent{iri, n}
	}
	return n, err
}

func (w *workspace) lookUp(iri string) (*name, error) {
	if n := w.names[iri]; n != nil {
		return n, nil
	}
	iri = strings.Clone(iri)
	clean, err := cleanIRI(iri)
	if err != nil {
		return nil, err
	}
	n := newName(clean)
	n.number = len(w.names)
	if len(w.names) < maxNames {
		w.names[iri] = n
	}
	return n, nil
}

// cleanIRI is the function of that name with a memory: half of the IRIs of a
// catalogue are those of licences, languages, themes and formats.
func (w *workspace) cleanIRI(iri string) (string, error) {
	known := &w.clean[slotOf(iri)]
	if isSame(*known, iri) && iri != "" {
		return iri, nil
	}
	clean, err := cleanIRI(iri)
	if err == nil {
		*known = clean
	}
	return clean, err
}
