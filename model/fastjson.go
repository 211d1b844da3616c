package model

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/text/language"
)

// strictly are the options by which outputs are read fast: what the decoder
// would report is an error here, so that it can have its second look. The
// types that files write in more than one way are read without a
// detour.
var strictly = json.JoinOptions(
	json.RejectUnknownMembers(true),
	json.WithUnmarshalers(json.JoinUnmarshalers(
		json.UnmarshalFromFunc(readText),
		json.UnmarshalFromFunc(readAgent),
		json.UnmarshalFromFunc(readIdentifier),
		json.UnmarshalFromFunc(readWholes),
	)),
)

func readText(dec *jsontext.Decoder, t *Text) error {
	*t = nil
	if dec.PeekKind() == '"' {
		s, err := readString(dec)
		*t = Text{{language.Und, s}}
		return err
	}
	if open, err := dec.ReadToken(); err != nil || open.Kind() != '{' {
		return fmt.Errorf("not a text (%w)", err)
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return err
		}
		lang, ok := knownLanguage(name.String())
		if !ok {
			return fmt.Errorf("%q is no BCP 47 language tag", name)
		}
		s, err := readString(dec)
		if err != nil {
			return err
		}
		*t = append(*t, LangString{lang, s})
	}
	_, err := dec.ReadToken()
	return err
}

// readString reads a string that is not blank. Its normal form is checked
// with the whole output's.
func readString(dec *jsontext.Decoder) (string, error) {
	token, err := dec.ReadToken()
	if err != nil {
		return "", err
	}
	s := token.String()
	if token.Kind() != '"' || strings.TrimSpace(s) == "" {
		return "", fmt.Errorf("not a string with something in it: %s", s)
	}
	return s, nil
}

// knownLanguage parses a tag, the most usual ones without parsing.
func knownLanguage(s string) (language.Tag, bool) {
	switch s {
	case "fr":
		return language.French, true
	case "en":
		return language.English, true
	}
	tag, err := language.Parse(s)
	return tag, err == nil
}

func readAgent(dec *jsontext.Decoder, a *Agent) error {
	if dec.PeekKind() == '"' {
		id, err := readString(dec)
		*a = Agent{ID: id}
		return err
	}
	return json.UnmarshalDecode(dec, (*agentFields)(a))
}

func readWholes(dec *jsontext.Decoder, w *Wholes) error {
	if dec.PeekKind() == '[' {
		return json.UnmarshalDecode(dec, (*[]Agent)(w))
	}
	*w = make(Wholes, 1)
	return json.UnmarshalDecode(dec, &(*w)[0])
}

func readIdentifier(dec *jsontext.Decoder, id *Identifier) (err error) {
	if dec.PeekKind() == '"' {
		s, err := readString(dec)
		if err != nil {
			return err
		}
		*id, err = ParseIdentifier(s)
		return err
	}
	var f identifierFields
	if err := json.UnmarshalDecode(dec, &f); err != nil {
		return err
	}
	*id, err = NewIdentifier(f.Scheme, f.Value)
	id.Derived = f.Derived
	return err
}
