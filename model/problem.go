package model

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

// Severity of a [Problem].
type Severity uint8

// The severities.
const (
	// Notice tells something that is worth knowing and loses nothing.
	Notice Severity = iota + 1
	// Warning tells what a harvester loses.
	Warning
	// Error makes the catalogue unfit to be served.
	Error
)

// String is the severity in English.
func (s Severity) String() string { return s.In(language.English) }

// In is the severity in French or English.
func (s Severity) In(lang language.Tag) string {
	names := map[Severity][2]string{Notice: {"note", "notice"}, Warning: {"avertissement", "warning"}, Error: {"erreur", "error"}}
	if say.French(lang) {
		return names[s][0]
	}
	return names[s][1]
}

// Problem is something wrong with a catalogue, and where.
type Problem struct {
	Severity Severity
	// Code names the sort of problem, such as "title-missing".
	Code string
	// File, Line and Column, counted from 1, tell where it is; zero where the
	// catalogue was not read from a file.
	File         string
	Line, Column int
	// Path of the value, such as "outputs[3].title".
	Path string
	// Record is the id of the output that it is a problem of, if it is one's.
	Record string
	// Message says what is wrong, in French and English.
	Message Text
	// Loss says what a harvester loses by it.
	Loss Text
	// Remedy says how to mend it.
	Remedy Text
}

// String is the problem in English.
func (p Problem) String() string { return p.In(language.English) }

// In is the problem on one line, in French or English:
// "file:line:column: severity: path: message; loss; remedy".
func (p Problem) In(lang language.Tag) string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:%d:", p.Line, p.Column)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(p.Severity.In(lang) + say.Colon(lang))
	if p.Path != "" {
		b.WriteString(p.Path + say.Colon(lang))
	}
	b.WriteString(p.Message.In(lang))
	for _, t := range []Text{p.Loss, p.Remedy} {
		if len(t) > 0 {
			b.WriteString(semicolon(lang) + t.In(lang))
		}
	}
	return b.String()
}

func semicolon(lang language.Tag) string {
	if say.French(lang) {
		return "\u00a0; "
	}
	return "; "
}

// LoadError holds every problem of a file that cannot be read as a catalogue.
type LoadError struct{ Problems []Problem }

// Error returns the problems in English, one a line.
func (e *LoadError) Error() string { return e.In(language.English) }

// In returns the problems in French or English, one a line.
func (e *LoadError) In(lang language.Tag) string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.In(lang)
	}
	return strings.Join(lines, "\n")
}

// problem makes a Problem of a code of the table of messages.
func problem(severity Severity, code, path string, args ...any) Problem {
	m := messages[code]
	p := Problem{Severity: severity, Code: code, Path: path}
	p.Message = bilingual(m.french, m.english, args...)
	if m.lossFrench != "" {
		p.Loss = bilingual(m.lossFrench, m.lossEnglish)
	}
	if m.remedyFrench != "" {
		p.Remedy = bilingual(m.remedyFrench, m.remedyEnglish)
	}
	return p
}

// bilingual formats a French and an English sentence with the same arguments;
// one that speaks both languages is put in the sentence's.
func bilingual(fr, en string, args ...any) Text {
	in := func(format string, lang language.Tag) LangString {
		own := make([]any, len(args))
		for i, a := range args {
			own[i] = a
			switch t := a.(type) {
			case Text:
				own[i] = t.In(lang)
			case interface{ In(language.Tag) string }: // an error in both languages
				own[i] = t.In(lang)
			}
		}
		return LangString{lang, fmt.Sprintf(format, own...)}
	}
	return Text{in(fr, language.French), in(en, language.English)}
}
