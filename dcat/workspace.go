package dcat

import (
	"strings"
	"sync"
)

// A workspace is what an Encoder leaves to the next document: room for text,
// and names, which are mostly the same in all documents. A document of one
// record takes a quarter of the time for it.
type workspace struct {
	buf    []byte
	names  map[string]*name
	recent [256]recent
	clean  [256]string // IRIs of late that are clean
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
	clear(w.clean[:]) // which hold on to what the document was made of
	for i := range w.levels {
		w.levels[i].empty()
	}
	workspaces.Put(w)
}

// A recent is a name that was asked for of late.
type recent struct {
	iri  string
	name *name
}

// recentSlot returns a place among the recent names, which differs for the
// names of most vocabularies.
func recentSlot(iri string) uint8 {
	n := len(iri)
	if n < 4 {
		return 0
	}
	x := uint32(iri[n-1]) | uint32(iri[n-2])<<8 | uint32(iri[n-3])<<16 | uint32(n)<<24
	return uint8(x * 0x9E3779B1 >> 24) // the golden ratio mixes best
}

// maxNames bounds the memory that names take. A vocabulary has some hundreds.
const maxNames = 4096

// name returns the name of an IRI, which it makes only once.
func (e *Encoder) name(iri string) (*name, error) {
	r := &e.recent[recentSlot(iri)]
	if r.iri == iri && r.name != nil {
		return r.name, nil
	}
	n, err := e.lookUp(iri)
	if err == nil {
		*r = recent{n.iri, n}
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
	known := &w.clean[recentSlot(iri)]
	if *known == iri && iri != "" {
		return iri, nil
	}
	clean, err := cleanIRI(iri)
	if err == nil {
		*known = clean
	}
	return clean, err
}
