package main

import (
	"cmp"
	"hash/fnv"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// lossReport tells what of a harvest did not come into a catalogue: each loss
// as it comes, and in the end how many there were of each kind.
type lossReport struct {
	lang
	each            *printer
	kept, withdrawn int
	refused         int
	refusal         error // the first
	kinds           map[string]*lossKind
	others          int // losses of more kinds than a report can hold
}

// lossKind are the losses of one place in the metadata.
type lossKind struct {
	path, record string // record is where the example is of
	example      crosswalk.Loss
	count        int
}

// maxLossKinds bounds the memory that nonsense can take.
const maxLossKinds = 2000

func newLossReport(l lang) *lossReport {
	return &lossReport{lang: l, each: &printer{w: io.Discard, lang: l}, kinds: map[string]*lossKind{}}
}

// refuse counts a record that did not come through.
func (r *lossReport) refuse(identifier string, err error) {
	if r.refused++; r.refusal == nil {
		r.refusal = err
	}
	r.each.printf(r.say("%s  laissée de côté\u00a0: %s\n", "%s  left out: %s\n"), identifier, say.In(err, r.lang.Tag))
}

// keep counts an output and what it lost.
func (r *lossReport) keep(o *model.Output, losses []crosswalk.Loss) {
	r.kept++
	if o.Status == model.Withdrawn {
		r.withdrawn++
	}
	for _, l := range losses {
		r.each.printf("%s  %s\n", o.ID, l.In(r.Tag))
		path := lossPath(l.Path)
		k := r.kinds[path]
		if k == nil && len(r.kinds) == maxLossKinds {
			r.others++
			continue
		}
		if k == nil {
			k = &lossKind{path: path, record: o.ID, example: l}
			r.kinds[path] = k
		}
		k.count++
	}
}

var (
	ordinal   = regexp.MustCompile(`\[\d+\]`)
	attribute = regexp.MustCompile(`\[@([\w:.-]+)=("(?:[^"\\]|\\.)*")\]`)
)

// lossPath is the place of a loss without what tells it from its like: its
// number among elements, and values of attributes that are no types.
func lossPath(path string) string {
	return attribute.ReplaceAllStringFunc(ordinal.ReplaceAllString(path, ""), func(a string) string {
		m := attribute.FindStringSubmatch(a)
		if name := strings.ToLower(m[1]); strings.HasSuffix(name, "type") || strings.HasSuffix(name, "scheme") {
			return a
		}
		return "[@" + m[1] + "]"
	})
}

// summary writes a line a kind of loss, the most frequent first.
func (r *lossReport) summary(w io.Writer, catalogue string) error {
	if r.each.err != nil {
		return r.each.err
	}
	p := &printer{w: w, lang: r.lang}
	p.printf(r.say("%s\u00a0: %d notice(s), dont %d retirée(s) ; %d laissée(s) de côté\n", "%s: %d record(s), %d of them withdrawn; %d left out\n"),
		catalogue, r.kept, r.withdrawn, r.refused)
	if r.refusal != nil {
		p.printf(r.say("  la première laissée de côté\u00a0: %s\n", "  the first left out: %s\n"), say.In(r.refusal, r.lang.Tag))
	}
	if len(r.kinds) == 0 {
		return p.err
	}
	p.printf("%s%s\n", r.say("ce que le catalogue ne garde pas, et un exemple", "what the catalogue does not keep, and an example"), r.colonEnd())
	for _, k := range slices.SortedFunc(maps.Values(r.kinds), func(a, b *lossKind) int {
		return cmp.Or(b.count-a.count, strings.Compare(a.path, b.path))
	}) {
		l := k.example
		l.Path, l.Value = k.path, clip(l.Value)
		p.printf("%6d × %s  (%s)\n", k.count, l.In(r.Tag), k.record)
	}
	if r.others > 0 {
		p.printf(r.say("%6d × d’autres sortes\n", "%6d × other kinds\n"), r.others)
	}
	return p.err
}

// clip is a text that leaves room on its line.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

// stableHash is the same in every run.
func stableHash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}
