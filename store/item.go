package store

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"runtime"
	"strings"
	"sync"

	"github.com/gtnum/gtnum/model"
)

// item is one output on its way in.
type item struct {
	raw     model.RawOutput
	id      string
	source  digest // of the text it stands in
	output  *model.Output
	payload string
	err     error

	rendering rendering

	references []model.Reference
}

// itemBatch are as many items as go the way together.
type itemBatch struct {
	items []item
	err   error // behind the items
	ready chan struct{}
}

const batchItems = 256

// read yields the stream's outputs in batches, prepared by all processors
// ahead of their use: decoded if most are going to be needed so, that is
// unless they were there before under the same heading.
func (p *part) read(ctx context.Context, stream *model.Stream) iter.Seq[*itemBatch] {
	return func(yield func(*itemBatch) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var workers sync.WaitGroup
		defer workers.Wait()
		defer cancel()
		n := runtime.GOMAXPROCS(0)
		inOrder, jobs := make(chan *itemBatch, n), make(chan *itemBatch, n)
		for range n {
			workers.Go(func() {
				for b := range jobs {
					for i := range b.items {
						b.items[i].prepare(p)
					}
					close(b.ready)
				}
			})
		}
		workers.Go(func() {
			defer close(inOrder)
			defer close(jobs)
			for b := range batches(stream) {
				for _, c := range []chan *itemBatch{jobs, inOrder} {
					select {
					case c <- b:
					case <-ctx.Done():
						return
					}
				}
			}
		})
		for b := range inOrder {
			select {
			case <-b.ready:
			case <-ctx.Done():
				return
			}
			if !yield(b) {
				return
			}
		}
	}
}

// batches yields the outputs of a stream in batches.
func batches(stream *model.Stream) iter.Seq[*itemBatch] {
	return func(yield func(*itemBatch) bool) {
		b := &itemBatch{ready: make(chan struct{})}
		for raw, err := range stream.Raw() {
			if err != nil {
				b.err = err
				break
			}
			b.items = append(b.items, item{raw: raw})
			if len(b.items) < batchItems {
				continue
			}
			if !yield(b) {
				return
			}
			b = &itemBatch{ready: make(chan struct{})}
		}
		yield(b)
	}
}

// prepare finds out what it takes to compare an item with what is there.
func (it *item) prepare(p *part) {
	decode := !p.same
	it.id = idOf(it.raw.Text)
	if it.raw.Text != nil {
		it.source = digestOf(it.raw.Text)
	}
	refers := it.raw.MayRefer()
	if decode || it.id == "" || refers {
		it.decode()
	}
	if refers && it.err == nil {
		it.references = it.raw.References(it.output)
	}
	if decode {
		it.render(p)
		it.raw = model.RawOutput{} // room for the next ones
	}
}

// decode reads the output.
func (it *item) decode() {
	if it.output != nil || it.err != nil {
		return
	}
	var text string
	if it.output, text, it.err = it.raw.Read(); it.err != nil {
		return
	}
	it.id = it.output.ID
	switch {
	case text == "":
		it.payload = payloadOf(it.output)
	case strings.IndexByte(text, '\n') >= 0 || strings.IndexByte(text, '\t') >= 0:
		var b bytes.Buffer
		json.Compact(&b, []byte(text)) // it was read, so it is JSON
		it.payload = b.String()
	default:
		it.payload = text
	}
	if it.raw.Text == nil {
		it.source = digestOf([]byte(it.payload))
	}
}

// render finds what is to be kept of an output that was decoded.
func (it *item) render(p *part) {
	if it.err == nil && it.rendering == (rendering{}) {
		it.rendering = p.s.render(model.Record{Catalogue: p.now, Output: it.output})
	}
}

// payloadOf is an output as it is stored.
func payloadOf(o *model.Output) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(o) // model values always can
	return strings.TrimRight(b.String(), "\n")
}

// idOf finds the id of an output that begins with it, as files are written;
// "" for one that does not.
func idOf(text []byte) string {
	rest := text
	for _, sign := range []string{"{", `"id"`, ":", `"`} {
		var ok bool
		if rest, ok = bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(sign)); !ok {
			return ""
		}
	}
	id, _, ok := bytes.Cut(rest, []byte(`"`))
	if !ok || bytes.ContainsRune(id, '\\') {
		return ""
	}
	return string(id)
}
