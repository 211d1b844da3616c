package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// LangString is a string in a language; language.Und where the language is
// not said.
type LangString struct {
	Lang  language.Tag
	Value string
}

// Text is one text in one or more languages, the main one first. In files it
// is a string, or an object of BCP 47 language tags and strings.
type Text []LangString

// NewText returns a text in one language, in Unicode normal form C, U+FFFD for
// bytes that are no UTF-8. The language is a BCP 47 tag; one that is not
// well-formed counts as not said.
func NewText(lang, value string) Text {
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.Und
	}
	return Text{{tag, norm.NFC.String(strings.ToValidUTF8(value, "\uFFFD"))}}
}

// In returns the text in the first of the languages that it has, else in its
// main one; "" for an empty text.
func (t Text) In(langs ...language.Tag) string {
	for _, lang := range langs {
		if s, ok := t.Get(lang); ok {
			return s
		}
	}
	if len(t) == 0 {
		return ""
	}
	return t[0].Value
}

// Get returns the text in a language: that tag, else another tag of its base
// language.
func (t Text) Get(lang language.Tag) (string, bool) {
	for _, s := range t {
		if s.Lang == lang {
			return s.Value, true
		}
	}
	want, _ := lang.Base()
	for _, s := range t {
		if base, _ := s.Lang.Base(); base == want && s.Lang != language.Und {
			return s.Value, true
		}
	}
	return "", false
}

// String returns the text in its main language.
func (t Text) String() string { return t.In() }

// MarshalJSON writes a string for one text without language, else an object.
func (t Text) MarshalJSON() ([]byte, error) {
	if len(t) == 1 && t[0].Lang == language.Und {
		return marshalPlain(t[0].Value)
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for i, s := range t {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := marshalPlain(s.Value)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", s.Lang, value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshalPlain is json.Marshal without the escapes that HTML alone needs.
func marshalPlain(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// unmarshalStrict is json.Unmarshal that refuses unknown members.
func unmarshalStrict(b []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	return dec.Decode(v)
}

// UnmarshalJSON reads a string or an object. The order of an object's members
// is kept: the first is the main language.
func (t *Text) UnmarshalJSON(b []byte) error {
	*t = nil
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = NewText("und", s)
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	if start, err := dec.Token(); err != nil {
		return err
	} else if start == nil {
		return nil
	} else if start != json.Delim('{') {
		return fmt.Errorf("a text is a string or an object of languages and strings, not %v", start)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		var value string
		if err := dec.Decode(&value); err != nil {
			return err
		}
		name, _ := key.(string)
		lang, err := language.Parse(name)
		if err != nil {
			return fmt.Errorf("%q is no BCP 47 language tag", name)
		}
		if strings.TrimSpace(value) == "" {
			return fmt.Errorf("empty text in language %q", name)
		}
		*t = append(*t, LangString{lang, norm.NFC.String(value)})
	}
	return nil
}
