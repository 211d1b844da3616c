package main

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// harvested is what some files of harvests hold. They are read once to
// see which records come more than once, which takes eight bytes a record, once
// more to count the versions if any does, and once to take the last of each.
type harvested struct {
	files    []string
	names    []string // of the repositories, by their own word
	total    int      // lines
	latest   time.Time
	seed     maphash.Seed
	repeated map[string]*repeated // by output id
}

// repeated are the records of one output id that come more than once.
type repeated struct {
	versions map[string]*versions // by OAI identifier
}

// versions are those of one record.
type versions struct {
	id   string // of the output
	left int    // still to come
	kind model.Kind
	live bool // one was not deleted
	last line // without its texts
	sum  uint64
}

// harvestedRecord is the last version of a record.
type harvestedRecord struct {
	line
	id   string     // of the output
	kind model.Kind // of an earlier version of a deleted record
}

// surveyHarvest reads the files a first time.
func surveyHarvest(files []string) (*harvested, error) {
	h := &harvested{files: files, seed: maphash.MakeSeed()}
	var keys []uint64
	for l, err := range h.lines() {
		if err != nil {
			return nil, err
		}
		keys = append(keys, maphash.String(h.seed, crosswalk.OutputID(l.Identifier)))
		date := l.Datestamp
		if !l.Harvested.IsZero() {
			date = l.Harvested.Time()
		}
		if date.After(h.latest) {
			h.latest = date
		}
	}
	h.total = len(keys)
	for _, file := range files {
		var s harvestState
		if s.read(file) != nil {
			continue // put together by hand, say
		}
		if s.Repository != "" && !slices.Contains(h.names, s.Repository) {
			h.names = append(h.names, s.Repository)
		}
		if len(keys) == 0 && s.Harvest.Started.After(h.latest) {
			h.latest = s.Harvest.Started
		}
	}
	slices.Sort(keys)
	return h, h.findRepeated(keys)
}

// findRepeated counts the versions of the records whose keys come twice.
func (h *harvested) findRepeated(keys []uint64) error {
	twice := map[uint64]bool{}
	for i := 1; i < len(keys); i++ {
		if keys[i] == keys[i-1] {
			twice[keys[i]] = true
		}
	}
	h.repeated = map[string]*repeated{}
	if len(twice) == 0 {
		return nil
	}
	for l, err := range h.lines() {
		if err != nil {
			return err
		}
		if id := crosswalk.OutputID(l.Identifier); twice[maphash.String(h.seed, id)] {
			h.count(id, l)
		}
	}
	return nil
}

// count counts a version. Records whose output ids would be the same get
// different ones: all but the first have a part of their own.
func (h *harvested) count(id string, l line) {
	r := h.repeated[id]
	if r == nil {
		r = &repeated{versions: map[string]*versions{}}
		h.repeated[id] = r
	}
	v := r.versions[l.Identifier]
	if v == nil {
		v = &versions{id: id}
		if len(r.versions) > 0 {
			v.id = fmt.Sprintf("%s-%08x", id, stableHash(l.Identifier))
		}
		r.versions[l.Identifier] = v
	}
	v.left++
	v.live = v.live || !l.Deleted
}

// modified is when the catalogue last changed: the last harvest.
func (h *harvested) modified() model.Date {
	if h.latest.IsZero() {
		return model.Date{}
	}
	return model.NewDate(h.latest, model.Instant)
}

// records yields the last version of each record. A record that was deleted
// before it ever came is not among them: nobody was told of it.
func (h *harvested) records() iter.Seq2[harvestedRecord, error] {
	return func(yield func(harvestedRecord, error) bool) {
		for l, err := range h.lines() {
			r, ok := harvestedRecord{line: l}, err != nil || !l.Deleted
			if err == nil {
				r.id = crosswalk.OutputID(l.Identifier)
				if v := h.versionsOf(r); v != nil {
					v.take(&r, maphash.String(h.seed, l.Metadata))
					ok = v.left == 0 && (!l.Deleted || v.live)
				}
			}
			if ok && !yield(r, err) {
				return
			}
		}
	}
}

// take takes up the next version. One that differs from the last in nothing
// is as old as that: an incremental harvest brings again what changed in its
// first second.
func (v *versions) take(r *harvestedRecord, sum uint64) {
	v.left--
	r.id, r.kind = v.id, v.kind
	if !r.Deleted {
		v.kind = kindOf(r.line)
	}
	if v.last.Identifier != "" && v.sum == sum && v.last.Datestamp.Equal(r.Datestamp) && v.last.Deleted == r.Deleted {
		r.Harvested = v.last.Harvested
	}
	v.last, v.sum = line{Identifier: r.Identifier, Datestamp: r.Datestamp, Deleted: r.Deleted, Harvested: r.Harvested}, sum
}

func (h *harvested) versionsOf(r harvestedRecord) *versions {
	if same := h.repeated[r.id]; same != nil {
		return same.versions[r.Identifier]
	}
	return nil
}

// kindOf is the kind of a record, "" if it cannot be read.
func kindOf(l line) model.Kind {
	o, _, _ := crosswalk.Read(l.record(), model.Origin{})
	return o.Kind
}

// lines yields all lines of all files.
func (h *harvested) lines() iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		for _, file := range h.files {
			f, err := os.Open(file)
			if err != nil {
				yield(line{}, readable(file, err))
				return
			}
			more := linesOf(f, file, yield)
			f.Close()
			if !more {
				return
			}
		}
	}
}

func linesOf(r io.ReadSeeker, file string, yield func(line, error) bool) (more bool) {
	dec := jsontext.NewDecoder(bufio.NewReaderSize(r, 1<<16), jsontext.AllowDuplicateNames(true))
	for {
		var l line
		at := dec.InputOffset()
		err := json.UnmarshalDecode(dec, &l)
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil || l.Identifier == "" {
			yield(l, noHarvest(r, at, file, err))
			return false
		}
		if !yield(l, nil) {
			return false
		}
	}
}

// noHarvest says why a file cannot be read behind an offset.
func noHarvest(r io.ReadSeeker, offset int64, file string, err error) error {
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return readable(file, err)
	}
	line := 1
	if _, err := r.Seek(0, io.SeekStart); err == nil {
		text := bufio.NewReader(r)
		for at := int64(0); ; at++ {
			c, err := text.ReadByte()
			if err != nil || at >= offset && c != '\n' && c != '\r' && c != ' ' && c != '\t' {
				break
			}
			if c == '\n' {
				line++
			}
		}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return say.Errorf("%s s’arrête au milieu de la ligne %d\u00a0: la même moisson, relancée, la reprend", "%s ends within line %d: the same harvest, run again, goes on with it", file, line)
	}
	return say.Errorf("%s, ligne %d, ne vient pas de « gtnum harvest --output »", "%s, line %d, is not of gtnum harvest --output", file, line)
}

// record is the line as it was harvested.
func (l line) record() oaipmh.Record[oaipmh.Metadata] {
	rec := oaipmh.Record[oaipmh.Metadata]{
		Header: oaipmh.Header{Identifier: l.Identifier, Datestamp: l.Datestamp, Sets: l.Sets, Deleted: l.Deleted},
		Value:  oaipmh.Metadata(l.Metadata),
	}
	for _, about := range l.About {
		rec.About = append(rec.About, []byte(about))
	}
	return rec
}

// losses are what a catalogue does not keep around the metadata: sets, and
// what is said about the record but where it comes from.
func (l line) losses() (losses []crosswalk.Loss) {
	for _, set := range l.Sets {
		losses = append(losses, crosswalk.Loss{Path: "header/setSpec", Value: set})
	}
	for _, about := range l.About {
		if _, ok, err := oaipmh.ParseProvenance([]byte(about)); ok && err == nil {
			continue
		}
		var root struct{ XMLName xml.Name }
		xml.Unmarshal([]byte(about), &root)
		losses = append(losses, crosswalk.Loss{Path: "about/" + root.XMLName.Local, Value: root.XMLName.Space})
	}
	return losses
}
