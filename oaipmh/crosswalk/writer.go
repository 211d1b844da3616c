package crosswalk

import (
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
	if tag == language.Und {
		return attr{}
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
