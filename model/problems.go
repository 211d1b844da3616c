package model

import (
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// Problems yields what [Load] finds wrong in each of some files or, if that is
// nothing, what [Catalogue.Validate] does and what [SharedIDs] does beside the
// files before, in the order of the file. A file that [OpenStream] reads output
// by output takes the memory of one output, and about a hundred bytes for each.
// An error tells of a file that cannot be read; the next one still comes.
//
// Such a file that is larger than 16 MiB and that Load would refuse is told of
// in steps: its heading first, then its outputs, then ids given twice and
// references to nothing.
func Problems(files ...string) iter.Seq2[Problem, error] { return problemsOf(smallFile, files...) }

func problemsOf(small int64, files ...string) iter.Seq2[Problem, error] {
	return func(yield func(Problem, error) bool) {
		var others *otherFiles
		if len(files) > 1 {
			others = &otherFiles{maphash.MakeSeed(), map[uint64]outputPlace{}, headings{}}
		}
		for _, file := range files {
			c := fileCheck{file: file, yield: yield, others: others}
			err := c.run(small)
			if errors.Is(err, errEnough) || err != nil && !yield(Problem{}, err) {
				return
			}
		}
	}
}

// smallFile is the size up to which a file that cannot be loaded is read
// whole, so that all its problems come at once.
const smallFile = 16 << 20

var errEnough = errors.New("caller has enough")

// fileCheck is one look for the problems of a file.
type fileCheck struct {
	file   string
	yield  func(Problem, error) bool
	series seriesOf
	others *otherFiles
}

// all yields problems.
func (c *fileCheck) all(problems []Problem) error {
	for _, p := range problems {
		if !c.yield(p, nil) {
			return errEnough
		}
	}
	return nil
}

func (c *fileCheck) run(small int64) error {
	if !strings.EqualFold(filepath.Ext(c.file), ".json") {
		return c.whole()
	}
	info, err := os.Stat(c.file)
	if err != nil {
		return err
	}
	s, err := OpenStream(c.file)
	if err == nil {
		defer s.Close()
	}
	if err == nil && s.dec == nil { // it was read whole, without a look at its references
		s.heading.Outputs = s.memory
		if problems := s.heading.checkReferences(true); len(problems) > 0 {
			sortProblems(problems)
			return c.all(problems)
		}
		return c.valid(s.heading)
	}
	problems, err := c.load(s, err)
	switch {
	case err != nil:
		return err
	case len(problems) > 0 && info.Size() <= small:
		return c.whole()
	case len(problems) > 0:
		return c.all(problems)
	}
	return c.validate()
}

// whole loads the file.
func (c *fileCheck) whole() error {
	cat, err := Load(c.file)
	if load, ok := errors.AsType[*LoadError](err); ok {
		return c.all(load.Problems)
	}
	if err != nil {
		return err
	}
	return c.valid(cat)
}

// valid yields what Validate finds in a catalogue that was loaded, and what it
// shares with the files before.
func (c *fileCheck) valid(cat *Catalogue) error {
	problems := cat.Validate()
	if c.others == nil {
		return c.all(problems)
	}
	problems = append(problems, c.others.heading(cat)...)
	for i := range cat.Outputs {
		path := fmt.Sprintf("outputs[%d]", i)
		id := cat.Outputs[i].ID
		if where, taken := c.others.before(id, c.file, cat.places.of(path).line); taken {
			problems = append(problems, cat.at(problem(Error, "shared-id", path+".id", id, where)))
		}
	}
	sortProblems(problems)
	return c.all(problems)
}

// load returns what keeps a stream from being loaded; err is that of opening
// it.
func (c *fileCheck) load(s *Stream, err error) ([]Problem, error) {
	if load, ok := errors.AsType[*LoadError](err); ok {
		return load.Problems, nil
	}
	if err != nil {
		return nil, err
	}
	var problems []Problem
	ids := newIDTable()
	c.series = seriesOf{}
	for raw, err := range s.raw(false) {
		var o *Output
		if err == nil {
			o, _, err = raw.Read()
		}
		if load, ok := errors.AsType[*LoadError](err); ok {
			problems = append(problems, load.Problems...)
		} else if err != nil {
			return nil, err
		} else {
			ids.add(raw.i, raw.at.line, o)
			c.series.add(o)
		}
	}
	if bad := ids.bad(); len(problems) == 0 && len(bad) > 0 {
		return c.references(ids, bad)
	}
	return problems, nil
}

// idTable knows the ids of outputs by their checksums, so that it is small:
// that two of a million have the same happens once in many million files.
type idTable struct {
	seed   maphash.Seed
	lines  map[uint64]int32
	twice  []int        // outputs whose id came before
	wanted []wantedByID // references to ids that had not come yet
}

// wantedByID is a reference of an output.
type wantedByID struct {
	id     uint64
	output int
}

func newIDTable() *idTable {
	return &idTable{seed: maphash.MakeSeed(), lines: map[uint64]int32{}}
}

// add notes output i and what it refers to.
func (t *idTable) add(i, line int, o *Output) {
	sum := maphash.String(t.seed, o.ID)
	if _, known := t.lines[sum]; known {
		t.twice = append(t.twice, i)
	} else {
		t.lines[sum] = int32(line)
	}
	t.want(i, o.Series)
	for _, rel := range o.Relations {
		t.want(i, rel.Output)
	}
}

func (t *idTable) want(i int, id string) {
	if id == "" {
		return
	}
	sum := maphash.String(t.seed, id)
	if _, known := t.lines[sum]; !known {
		t.wanted = append(t.wanted, wantedByID{sum, i})
	}
}

// bad are the outputs that have the id of another, or refer to none.
func (t *idTable) bad() []int {
	bad := slices.Clone(t.twice)
	for _, w := range t.wanted {
		if _, known := t.lines[w.id]; !known {
			bad = append(bad, w.output)
		}
	}
	slices.Sort(bad)
	return slices.Compact(bad)
}

// otherFiles knows the ids of the outputs of some files by their checksums, and
// their headings. One that is nil knows none.
type otherFiles struct {
	seed     maphash.Seed
	first    map[uint64]outputPlace
	headings headings
}

type outputPlace struct {
	file string
	line int
}

func (p outputPlace) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// heading returns what is wrong with a catalogue's heading beside others.
func (t *otherFiles) heading(cat *Catalogue) []Problem {
	if t == nil {
		return nil
	}
	return t.headings.add(cat)
}

// before returns where an id was given before.
func (t *otherFiles) before(id, file string, line int) (where outputPlace, taken bool) {
	if t == nil || id == "" {
		return where, false
	}
	sum := maphash.String(t.seed, id)
	where, taken = t.first[sum]
	if !taken {
		t.first[sum] = outputPlace{file, line}
	}
	return where, taken
}

// references looks at some outputs with all ids at hand.
func (c *fileCheck) references(ids *idTable, bad []int) (problems []Problem, err error) {
	var known []string
	err = c.each(func(_ RawOutput, o *Output) error {
		known = append(known, o.ID)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(known)
	known = slices.Compact(known)
	err = c.each(func(raw RawOutput, o *Output) error {
		if _, found := slices.BinarySearch(bad, raw.i); !found {
			return nil
		}
		k := &checker{cat: &Catalogue{file: c.file, places: raw.places()}}
		path := fmt.Sprintf("outputs[%d]", raw.i)
		if slices.Contains(ids.twice, raw.i) {
			k.report("duplicate-id", path+".id", o.ID, int(ids.lines[maphash.String(ids.seed, o.ID)]))
		}
		context := raw.reader.ids
		context.outputs = known
		k.output(path+".", o, context)
		problems = append(problems, recordProblems(k.problems, o.ID)...)
		return nil
	})
	return problems, err
}

// recordProblems says of which record problems are, and sorts them.
func recordProblems(problems []Problem, id string) []Problem {
	for i := range problems {
		problems[i].Record = id
	}
	sortProblems(problems)
	return problems
}

// each reads the file's outputs, which are sound.
func (c *fileCheck) each(f func(RawOutput, *Output) error) error {
	s, err := OpenStream(c.file)
	if err != nil {
		return err
	}
	defer s.Close()
	for raw, err := range s.raw(false) {
		var o *Output
		if err == nil {
			o, _, err = raw.Read()
		}
		if err == nil {
			err = f(raw, o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// validate yields what Validate finds.
func (c *fileCheck) validate() error {
	s, err := OpenStream(c.file)
	if err != nil {
		return err
	}
	problems := append(s.heading.Validate(), c.others.heading(s.heading)...)
	sortProblems(problems)
	err = c.all(problems)
	heading := *s.heading
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	heading.places = nil
	addresses := newAddresses()
	return c.each(func(raw RawOutput, o *Output) error {
		v := &validator{cat: &heading, addresses: addresses, series: c.series}
		path := fmt.Sprintf("outputs[%d]", raw.i)
		v.output(raw.i, o)
		v.everywhere(reflect.ValueOf(o).Elem(), path)
		if where, taken := c.others.before(o.ID, c.file, raw.at.line); taken {
			v.report(Error, "shared-id", path+".id", o.ID, where)
		}
		if len(v.problems) == 0 {
			return nil
		}
		places := raw.places()
		for i := range v.problems {
			p := &v.problems[i]
			at := places.of(p.Path)
			p.File, p.Line, p.Column = c.file, at.line, at.column
		}
		return c.all(recordProblems(v.problems, o.ID))
	})
}

// places are those of the output's values.
func (r RawOutput) places() places {
	d := &decoder{places: places{}}
	root, err := parseJSON(r.Text)
	if err != nil { // which who reads it is told
		return d.places
	}
	shift(root, r.at)
	d.value(root, reflect.ValueOf(&Output{}).Elem(), fmt.Sprintf("outputs[%d]", r.i))
	return d.places
}

// addresses are those of outputs, by their checksums.
type addresses struct {
	seed  maphash.Seed
	first map[uint64]int32 // output
}

func newAddresses() *addresses {
	return &addresses{maphash.MakeSeed(), map[uint64]int32{}}
}

// before returns the output before output i that has an address.
func (a *addresses) before(i int, address string) (int, bool) {
	sum := maphash.String(a.seed, address)
	first, ok := a.first[sum]
	if !ok {
		a.first[sum] = int32(i)
	}
	return int(first), ok && int(first) != i
}
