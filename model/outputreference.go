package model

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Reference is a reference from one output of a [Stream] to another, which the
// stream does not look up: what it names may stand anywhere.
type Reference struct {
	// Target is the id that it names.
	Target string
	// Record is the id of the output that it is in.
	Record string
	// File, Line, Column and Path are its place, as those of a [Problem].
	File         string
	Line, Column int
	Path         string
}

// References returns the references of an output to others.
func (r RawOutput) References(o *Output) (list []Reference) {
	add := func(key, path, target string) {
		if target == "" {
			return
		}
		path = fmt.Sprintf("outputs[%d].%s", r.i, path)
		at := r.reader.places.of(path)
		if r.output == nil {
			at = r.find(key, target)
		}
		list = append(list, Reference{target, o.ID, r.reader.name, at.line, at.column, path})
	}
	add("series", "series", o.Series)
	for i, rel := range o.Relations {
		add("output", fmt.Sprintf("relations[%d].output", i), rel.Output)
	}
	return list
}

// MayRefer reports whether the output may have [RawOutput.References], without
// reading it.
func (r RawOutput) MayRefer() bool {
	if r.output != nil {
		return r.output.Series != "" || len(r.output.Relations) > 0
	}
	return bytes.Contains(r.Text, []byte(`"output"`)) || bytes.Contains(r.Text, []byte(`"series"`))
}

// find returns the place of a key's value; that of the output if the text has
// it in other words.
func (r RawOutput) find(key, value string) place {
	value = `"` + value + `"`
	for rest := r.Text; ; {
		i := bytes.Index(rest, []byte(`"`+key+`"`))
		if i < 0 {
			return r.at
		}
		rest = rest[i+len(key)+2:]
		found := bytes.TrimLeft(rest, ": \t\r\n")
		if bytes.HasPrefix(found, []byte(value)) {
			return r.at.after(r.Text[:len(r.Text)-len(found)])
		}
	}
}

// after is the place behind a text that begins at p.
func (p place) after(text []byte) place {
	last := text[bytes.LastIndexByte(text, '\n')+1:]
	return place{1 + bytes.Count(text, []byte("\n")), 1 + utf8.RuneCount(last)}.from(p)
}

// Dangling is the problem that there is nothing of its target; near
// are ids that may be meant.
func (l Reference) Dangling(near []string) Problem {
	field, _, _ := strings.Cut(l.Path[strings.LastIndexByte(l.Path, '.')+1:], "[")
	p := problem(Error, "dangling", l.Path, field, l.Target, didYouMean(l.Target, near))
	p.File, p.Line, p.Column, p.Record = l.File, l.Line, l.Column, l.Record
	return p
}
