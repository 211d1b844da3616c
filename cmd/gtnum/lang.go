package main

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
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
func (l lang) colon() string { return say.Colon(l.Tag) }

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
		return localeLang(getenv), usageError{say.Errorf("--lang « %s »\u00a0: attendu fr ou en", "--lang %q: want fr or en", value)}
	}
	return localeLang(getenv), nil
}

// localeLang reads the locale as POSIX has it: the first variable that is set
// decides.
func localeLang(getenv func(string) string) lang {
	locale := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	if code, _, _ := strings.Cut(strings.NewReplacer(".", "_", "@", "_").Replace(locale), "_"); code == "en" {
		return english
	}
	return french
}
