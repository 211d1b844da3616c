package crosswalk

import (
	"bytes"
	"strings"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// writer appends XML elements to buf, one a line. What is not known is not
// written: an element without text and an attribute without value are left
// out, so that a crosswalk says each field once and asks nothing.
//
// A name with a prefix is written as it is; one without is of the namespace
// of ns, so that formats which share a grammar share its crosswalk.
type writer struct {
	buf []byte
	ns  string // "" or a prefix with its colon, as "datacite:"
}

// attr is an attribute of an element.
type attr struct{ name, value string }

// lang is the xml:lang of a language, none where the language is not said.
func lang(tag language.Tag) attr {
	switch tag {
	case language.Und:
		return attr{}
	case language.French: // nearly all; String takes its time
		return attr{"xml:lang", "fr"}
	}
	return attr{"xml:lang", tag.String()}
}

// start writes a start tag.
func (w *writer) start(name string, attrs ...attr) {
	w.open(name, attrs)
	w.buf = append(w.buf, '>')
}

// end writes an end tag.
func (w *writer) end(name string) {
	w.buf = append(w.buf, '\n')
	w.close(name)
}

// wrap writes an element around what body writes; none if that is nothing.
func (w *writer) wrap(name string, body func()) {
	before := len(w.buf)
	w.start(name)
	inside := len(w.buf)
	body()
	if len(w.buf) == inside {
		w.buf = w.buf[:before]
		return
	}
	w.end(name)
}

// empty writes an element without content.
func (w *writer) empty(name string, attrs ...attr) {
	w.open(name, attrs)
	w.buf = append(w.buf, "/>"...)
}

// concat writes an element that holds some strings one after another.
func (w *writer) concat(name string, parts ...string) {
	w.start(name)
	w.add(parts...)
	w.close(name)
}

// inline writes an element around the text that body adds; none if that is
// nothing.
func (w *writer) inline(name string, body func(), attrs ...attr) {
	before := len(w.buf)
	w.start(name, attrs...)
	inside := len(w.buf)
	body()
	if len(w.buf) == inside {
		w.buf = w.buf[:before]
		return
	}
	w.close(name)
}

// add adds text within an element.
func (w *writer) add(parts ...string) {
	for _, s := range parts {
		w.buf = oaipmh.AppendText(w.buf, s)
	}
}

// item adds text to a list within an element that began at start, after a
// comma if it is not the first.
func (w *writer) item(start int, parts ...string) {
	before := len(w.buf)
	if before > start {
		w.buf = append(w.buf, ", "...)
	}
	inside := len(w.buf)
	if w.add(parts...); len(w.buf) == inside {
		w.buf = w.buf[:before]
	}
}

// address adds the address of an identifier within an element.
func (w *writer) address(id model.Identifier) {
	at := len(w.buf)
	w.buf = id.AppendURL(w.buf)
	for _, c := range w.buf[at:] {
		if c <= ' ' || c > '~' || c == '&' || c == '<' || c == '>' {
			s := string(w.buf[at:])
			w.buf = oaipmh.AppendText(w.buf[:at], s)
			return
		}
	}
}

// day writes an element that holds a date without time of day.
func (w *writer) day(name string, d model.Date, attrs ...attr) {
	if d.IsZero() {
		return
	}
	w.start(name, attrs...)
	w.buf = d.AppendDay(w.buf)
	w.close(name)
}

// forget takes back what was written from mark on, if the same stands already
// between first and mark: an element that would be a second one.
func (w *writer) forget(first, mark int) {
	if bytes.Contains(w.buf[first:mark], w.buf[mark:]) {
		w.buf = w.buf[:mark]
	}
}

// text writes an element that holds s; none if s is empty.
func (w *writer) text(name, s string, attrs ...attr) {
	if s == "" {
		return
	}
	w.open(name, attrs)
	w.buf = append(w.buf, '>')
	w.buf = oaipmh.AppendText(w.buf, s)
	w.close(name)
}

// texts writes an element for each language of t, with its xml:lang.
func (w *writer) texts(name string, t model.Text, attrs ...attr) {
	for _, s := range t {
		w.langString(name, s, attrs...)
	}
}

// langString writes an element that holds s, with its xml:lang.
func (w *writer) langString(name string, s model.LangString, attrs ...attr) {
	if s.Value == "" {
		return
	}
	w.open(name, attrs)
	w.attr(lang(s.Lang))
	w.buf = append(w.buf, '>')
	w.buf = oaipmh.AppendText(w.buf, s.Value)
	w.close(name)
}

// raw writes what is XML already.
func (w *writer) raw(s string) { w.buf = append(w.buf, s...) }

func (w *writer) open(name string, attrs []attr) {
	w.buf = append(w.buf, "\n<"...)
	w.name(name)
	for _, a := range attrs {
		w.attr(a)
	}
}

func (w *writer) attr(a attr) {
	if a.value == "" {
		return
	}
	w.buf = append(w.buf, ' ')
	w.buf = append(w.buf, a.name...)
	w.buf = append(w.buf, '=', '"')
	w.buf = oaipmh.AppendAttr(w.buf, a.value)
	w.buf = append(w.buf, '"')
}

func (w *writer) close(name string) {
	w.buf = append(w.buf, "</"...)
	w.name(name)
	w.buf = append(w.buf, '>')
}

func (w *writer) name(name string) {
	if w.ns != "" && strings.IndexByte(name, ':') < 0 {
		w.buf = append(w.buf, w.ns...)
	}
	w.buf = append(w.buf, name...)
}
