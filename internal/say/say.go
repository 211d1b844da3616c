// Package say has errors that speak French and English, as people read them.
package say

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// speaker is an error that speaks both languages.
type speaker interface{ In(language.Tag) string }

// Error is a sentence in both languages.
type Error struct {
	fr, en string
	args   []any
}

// Errorf returns an error from formats of the same arguments, as of
// fmt.Sprintf. Arguments that are errors are told in the same language, and
// are wrapped.
func Errorf(fr, en string, args ...any) error { return &Error{fr, en, args} }

// Error is the sentence in English.
func (e *Error) Error() string { return e.In(language.English) }

// In returns the sentence in French or English.
func (e *Error) In(lang language.Tag) string {
	args := make([]any, len(e.args))
	for i, a := range e.args {
		if err, ok := a.(error); ok {
			a = In(err, lang)
		}
		args[i] = a
	}
	if French(lang) {
		return fmt.Sprintf(e.fr, args...)
	}
	return fmt.Sprintf(e.en, args...)
}

// Unwrap returns the arguments that are errors.
func (e *Error) Unwrap() (errs []error) {
	for _, a := range e.args {
		if err, ok := a.(error); ok {
			errs = append(errs, err)
		}
	}
	return errs
}

// French reports whether a language is French.
func French(lang language.Tag) bool {
	base, _ := lang.Base()
	return base.String() == "fr"
}

// Colon is a colon before a word, as the language sets it: French has a
// no-break space before high punctuation.
func Colon(lang language.Tag) string {
	if French(lang) {
		return "\u00a0: "
	}
	return ": "
}

// In says an error in a language, as far as it speaks it: by its method In, if
// it is one that the standard library knows of networks and XML, or if it only
// wraps such errors.
func In(err error, lang language.Tag) string {
	switch e := err.(type) {
	case nil:
		return ""
	case speaker:
		return e.In(lang)
	case interface{ Unwrap() []error }:
		if strings.Count(err.Error(), "\n") >= len(e.Unwrap())-1 { // of errors.Join
			lines := make([]string, len(e.Unwrap()))
			for i, each := range e.Unwrap() {
				lines[i] = In(each, lang)
			}
			return strings.Join(lines, "\n")
		}
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil && inner.Error() == err.Error() {
			return In(inner, lang)
		}
	}
	if known := known(err); known != nil {
		return known.In(lang)
	}
	return err.Error()
}
