package oaipmh

import (
	"slices"
	"sort"
)

// sorted keeps entries in the order of their keys, in blocks: a page is found
// by two binary searches, and a count adds up whole blocks. At a million
// entries there are some 3,000 blocks, and an insertion moves a few kilobytes.
type sorted[R any] struct {
	blocks []*block[R]
}

type block[R any] struct {
	entries []*entry[R]
	// accepted counts, for each indexed format, the entries that a list in it
	// holds.
	accepted []int
}

// maxBlock is the number of entries at which a block is split.
const maxBlock = 512

// entry is one version of a record. It never changes.
type entry[R any] struct {
	Record[R]
	// begun is the record element up to the end of its metadata, in the
	// formats of Memory.Render: one text is one wait for memory, where header
	// and metadata are a dozen.
	begun []Rendered
	// formats has bit i set if a list in indexed format i holds the record.
	formats uint64
}

func (e *entry[R]) in(format int) bool { return format < 0 || e.formats&(1<<format) != 0 }

// find returns the place of the first entry that is not before k.
func (s *sorted[R]) find(k Key) (blk, at int) {
	blk = sort.Search(len(s.blocks), func(i int) bool {
		e := s.blocks[i].entries
		return e[len(e)-1].Key().Compare(k) >= 0
	})
	if blk == len(s.blocks) {
		return blk, 0
	}
	e := s.blocks[blk].entries
	return blk, sort.Search(len(e), func(i int) bool { return e[i].Key().Compare(k) >= 0 })
}

// insert adds an entry whose key is not there yet.
func (s *sorted[R]) insert(e *entry[R], formats int) {
	i, at := s.find(e.Key())
	if i == len(s.blocks) {
		if i == 0 {
			s.blocks = append(s.blocks, &block[R]{accepted: make([]int, formats)})
		} else {
			i--
			at = len(s.blocks[i].entries)
		}
	}
	b := s.blocks[i]
	b.entries = slices.Insert(b.entries, at, e)
	b.count(e, +1)
	if len(b.entries) < maxBlock {
		return
	}
	// A split at the end leaves the block nearly full, so that loading in
	// order packs blocks densely.
	half := maxBlock / 2
	if at == len(b.entries)-1 && i == len(s.blocks)-1 {
		half = maxBlock - 1
	}
	next := &block[R]{entries: slices.Clone(b.entries[half:]), accepted: make([]int, formats)}
	clear(b.entries[half:])
	b.entries = b.entries[:half]
	for _, e := range next.entries {
		next.count(e, +1)
		b.count(e, -1)
	}
	s.blocks = slices.Insert(s.blocks, i+1, next)
}

// remove takes out the entry of a key, if it is there.
func (s *sorted[R]) remove(e *entry[R]) {
	i, at := s.find(e.Key())
	if i == len(s.blocks) || s.blocks[i].entries[at] != e {
		return
	}
	b := s.blocks[i]
	b.count(e, -1)
	b.entries = slices.Delete(b.entries, at, at+1)
	if len(b.entries) == 0 {
		s.blocks = slices.Delete(s.blocks, i, i+1)
	}
}

func (b *block[R]) count(e *entry[R], n int) {
	for f := range b.accepted {
		if e.in(f) {
			b.accepted[f] += n
		}
	}
}

// len is the number of entries of a block that a list in a format holds; a
// negative format is every one.
func (b *block[R]) len(format int) int {
	if format < 0 {
		return len(b.entries)
	}
	return b.accepted[format]
}

// rank returns the number of entries before k that a list in a format holds.
func (s *sorted[R]) rank(k Key, format int) (n int) {
	i, at := s.find(k)
	for _, b := range s.blocks[:i] {
		n += b.len(format)
	}
	if i == len(s.blocks) {
		return n
	}
	for _, e := range s.blocks[i].entries[:at] {
		if e.in(format) {
			n++
		}
	}
	return n
}

// next appends to dst, up to its capacity, the entries after a key and before
// an end that a list in a format holds.
func (s *sorted[R]) next(dst []*entry[R], after, end Key, format int) []*entry[R] {
	i, at := s.find(after)
	if i < len(s.blocks) && s.blocks[i].entries[at].Key().Compare(after) == 0 {
		at++
	}
	for ; i < len(s.blocks); i, at = i+1, 0 {
		if s.blocks[i].len(format) == 0 {
			continue
		}
		for _, e := range s.blocks[i].entries[at:] {
			switch {
			case len(dst) == cap(dst) || end != Key{} && e.Key().Compare(end) >= 0:
				return dst
			case e.in(format):
				dst = append(dst, e)
			}
		}
	}
	return dst
}
