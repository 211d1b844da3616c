package main

import (
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// lang is the language that the command speaks: French unless English is
// asked for.
type lang struct{ language.Tag }

var (
	french  = lang{language.French}
	english = lang{language.English}
)

// say returns the text of the language.
func (l lang) say(fr, en string) string {
	if l == english {
		return en
	}
	return fr
}

// colon is a colon as the language sets it, before a word.
func (l lang) colon() string { return l.colonEnd() + " " }

// colonEnd is a colon at the end of a line.
func (l lang) colonEnd() string { return l.say("\u00a0:", ":") }

// langOf is the language of a call: what --lang says, else English where the
// locale is an English one, else French. It is known before the arguments are
// read, since their errors are told in it.
func langOf(args []string, getenv func(string) string) (lang, error) {
	for i, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		switch {
		case arg == "--":
			return localeLang(getenv), nil
		case name != "--lang":
			continue
		case !ok && i+1 < len(args):
			value = args[i+1]
		}
		switch value {
		case "fr":
			return french, nil
		case "en":
			return english, nil
		}
		return localeLang(getenv), usageError{sayErr("--lang « %s »\u00a0: attendu fr ou en", "--lang %q: want fr or en", value)}
	}
	return localeLang(getenv), nil
}

// localeLang reads the locale as POSIX has it: the first variable that is set
// decides.
func localeLang(getenv func(string) string) lang {
	locale := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	if code, _, _ := strings.Cut(locale, "_"); code == "en" {
		return english
	}
	return french
}

// sentence is an error that speaks both languages.
type sentence struct {
	fr, en string
	args   []any
}

// sayErr returns an error from formats of the same arguments. Arguments that
// are errors are told in the same language, and are wrapped.
func sayErr(fr, en string, args ...any) error { return &sentence{fr, en, args} }

func (s *sentence) Error() string { return s.In(language.English) }

// In returns the sentence in French or English.
func (s *sentence) In(tag language.Tag) string {
	l := lang{tag}
	args := make([]any, len(s.args))
	for i, a := range s.args {
		if err, ok := a.(error); ok {
			a = tell(err, l)
		}
		args[i] = a
	}
	return fmt.Sprintf(l.say(s.fr, s.en), args...)
}

func (s *sentence) Unwrap() (errs []error) {
	for _, a := range s.args {
		if err, ok := a.(error); ok {
			errs = append(errs, err)
		}
	}
	return errs
}

// tell says an error in a language, as far as it speaks it.
func tell(err error, l lang) string {
	switch e := err.(type) {
	case nil:
		return ""
	case interface{ In(language.Tag) string }:
		return e.In(l.Tag)
	case usageError:
		return tell(e.error, l)
	case interface{ Unwrap() []error }:
		if strings.Count(err.Error(), "\n") >= len(e.Unwrap())-1 { // of errors.Join
			lines := make([]string, len(e.Unwrap()))
			for i, each := range e.Unwrap() {
				lines[i] = tell(each, l)
			}
			return strings.Join(lines, "\n")
		}
	}
	return err.Error()
}
