package model

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

// Scheme of an identifier.
type Scheme string

// The schemes of identifiers.
const (
	DOI         Scheme = "doi"
	HAL         Scheme = "hal"
	Zenodo      Scheme = "zenodo"
	PeerTube    Scheme = "peertube"
	OpenEdition Scheme = "openedition"
	Prairial    Scheme = "prairial"
	Hypotheses  Scheme = "hypotheses"
	Handle      Scheme = "handle"
	ARK         Scheme = "ark"
	URN         Scheme = "urn"
	ISBN        Scheme = "isbn"
	ISSN        Scheme = "issn"
	ORCID       Scheme = "orcid"
	ROR         Scheme = "ror"
	IdRef       Scheme = "idref"
	ISNI        Scheme = "isni"
	SIREN       Scheme = "siren"
	// Local is an identifier that only its own context understands.
	Local Scheme = "local"
)

// SchemeInfo is what is known of a scheme.
type SchemeInfo struct {
	Scheme   Scheme
	Name     string // for people
	Platform string // the platform that gives such identifiers, if one does
	DataCite string // relatedIdentifierType or nameIdentifierScheme of DataCite; "URL" means: as the address
	Agent    bool   // identifies persons or organisations

	parse func(string) (string, error) // normalises a value
	url   resolver                     // where a value is resolved
}

// Identifier is a normalised identifier of a scheme. In files it is
// "scheme:value", or an object where it is derived.
type Identifier struct {
	// Scheme of the identifier.
	Scheme Scheme `json:"scheme"`
	// Value in the scheme's normal form.
	Value string `json:"value"`
	// Derived says that no source states the identifier: it follows from
	// another by rule, as a HAL id from an address.
	Derived bool `json:"derived,omitzero"`
}

// Schemes returns the table of schemes.
func Schemes() []SchemeInfo { return append([]SchemeInfo(nil), schemes...) }

// Info returns what is known of the scheme; for an unknown one, its name
// alone.
func (s Scheme) Info() SchemeInfo {
	if i := find(schemes, func(info *SchemeInfo) bool { return info.Scheme == s }); i != nil {
		return *i
	}
	return SchemeInfo{Scheme: s, Name: string(s)}
}

var schemeKeys = keys(schemes, func(i *SchemeInfo) string { return string(i.Scheme) })

func (Scheme) known() []string { return schemeKeys }

// IdentifierError says why a value is no identifier of a scheme.
type IdentifierError struct {
	Scheme Scheme
	Value  string
	Reason Text // what is wrong and what would be right
}

// Error returns the scheme, the value and the reason in English.
func (e *IdentifierError) Error() string { return e.In(language.English) }

// In returns the scheme, the value and the reason in French or English.
func (e *IdentifierError) In(lang language.Tag) string {
	subject := Text{{language.French, "« " + e.Value + " »"}, {language.English, strconv.Quote(e.Value)}}.In(lang)
	if e.Scheme != "" {
		subject = e.Scheme.Info().Name + " " + subject
	}
	return subject + say.Colon(lang) + e.Reason.In(lang)
}

// NewIdentifier returns the identifier of a scheme for a value in any usual
// form: bare, with a prefix, or as an address. The error is an
// *IdentifierError.
func NewIdentifier(scheme Scheme, value string) (Identifier, error) {
	info := scheme.Info()
	if info.parse == nil {
		return Identifier{}, &IdentifierError{scheme, value, bilingual("type d’identifiant inconnu ; sont connus %s", "unknown scheme; known are %s", strings.Join(scheme.known(), ", "))}
	}
	v, err := info.parse(strings.TrimSpace(visible(value)))
	if !printable(value) || !printable(v) { // an address hides them in escapes
		return Identifier{}, &IdentifierError{scheme, value, bilingual("il contient des caractères qui ne s’impriment pas", "it holds characters that cannot be printed")}
	}
	if err != nil {
		return Identifier{}, &IdentifierError{scheme, value, bilingual("%s", "%s", err)}
	}
	return Identifier{Scheme: scheme, Value: v}, nil
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(strings.TrimSpace(s), unicode.IsControl)
}

// ParseIdentifier reads "scheme:value".
func ParseIdentifier(s string) (Identifier, error) {
	scheme, value, ok := strings.Cut(visible(s), ":")
	switch {
	case ok && strings.HasPrefix(value, "//"):
		return Identifier{}, noIdentifier(s)
	case !ok:
		return Identifier{}, &IdentifierError{"", s, bilingual("sans type ; écrivez doi:10.5281/zenodo.7648514", "no scheme: write doi:10.5281/zenodo.7648514")}
	}
	return NewIdentifier(Scheme(strings.ToLower(strings.TrimSpace(scheme))), value)
}

// noIdentifier says of an address what is wrong with it, and the identifier
// that it means, if it is one where identifiers are resolved.
func noIdentifier(address string) error {
	bare := strings.TrimPrefix(afterScheme(address), "www.")
	for i := range schemes {
		s := &schemes[i]
		if host := strings.TrimPrefix(afterScheme(s.url.before), "www."); host == "" || !strings.HasPrefix(bare, host) {
			continue
		}
		id, err := NewIdentifier(s.Scheme, address)
		if err != nil {
			return err
		}
		return &IdentifierError{"", address, bilingual("c’est une adresse ; écrivez %s", "an address: write %s", id)}
	}
	return &IdentifierError{"", address, bilingual("c’est une adresse ; mettez-la sous url ou links, et ici ce qui y mène, comme doi:10.5281/zenodo.7648514", "an address: put it under url or links, and here what leads there, as doi:10.5281/zenodo.7648514")}
}

// IsZero reports whether there is no identifier.
func (id Identifier) IsZero() bool { return id.Scheme == "" && id.Value == "" }

// String writes "scheme:value".
func (id Identifier) String() string { return string(id.Scheme) + ":" + id.Value }

// URL is the address that resolves the identifier, "" if there is none.
func (id Identifier) URL() string { return string(id.AppendURL(nil)) }

// AppendURL appends the address that resolves the identifier to dst; nothing
// if there is none.
func (id Identifier) AppendURL(dst []byte) []byte {
	info := find(schemes, func(info *SchemeInfo) bool { return info.Scheme == id.Scheme })
	if info == nil {
		return dst
	}
	return info.url.append(dst, id.Value)
}

type identifierFields Identifier // without the methods

// MarshalJSON writes "scheme:value", or an object if the identifier is
// derived.
func (id Identifier) MarshalJSON() ([]byte, error) {
	if id.Derived {
		return marshalPlain(identifierFields(id))
	}
	return marshalPlain(id.String())
}

// UnmarshalJSON reads "scheme:value" or an object, and normalises the value.
func (id *Identifier) UnmarshalJSON(b []byte) error {
	var err error
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*id, err = ParseIdentifier(s)
		return err
	}
	var f identifierFields
	if err := unmarshalStrict(b, &f); err != nil {
		return err
	}
	*id, err = NewIdentifier(f.Scheme, f.Value)
	id.Derived = f.Derived
	return err
}
