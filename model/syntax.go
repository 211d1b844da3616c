package model

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// reasons are what the readers of YAML and JSON say most often, in French.
var reasons = map[string]string{
	"the file ends too early":                                      "le fichier s’arrête trop tôt",
	"something follows the value":                                  "quelque chose suit la dernière accolade",
	"mapping values are not allowed in this context":               "un deux-points de trop\u00a0: une valeur qui en contient un se met entre guillemets",
	"could not find expected ':'":                                  "il manque un deux-points après une clé",
	"did not find expected key":                                    "une clé était attendue, alignée sur ses voisines",
	"did not find expected '-' indicator":                          "un tiret de liste était attendu, aligné sur ses voisins",
	"did not find expected node content":                           "une valeur était attendue",
	"did not find expected ',' or ']'":                             "il manque une virgule ou un crochet fermant",
	"did not find expected ',' or '}'":                             "il manque une virgule ou une accolade fermante",
	"did not find expected <document start>":                       "cette ligne n’a pas sa place ici",
	"found unexpected end of stream":                               "un guillemet ouvert n’est pas refermé",
	"found unexpected document indicator":                          "un guillemet ouvert n’est pas refermé",
	"found character that cannot start any token":                  "une valeur ne commence pas par ce caractère, sauf entre guillemets",
	"found a tab character that violates indentation":              "une tabulation sert d’alignement\u00a0: il faut des espaces",
	"found a tab character where an indentation space is expected": "une tabulation sert d’alignement\u00a0: il faut des espaces",
	"block sequence entries are not allowed in this context":       "un tiret de liste n’a pas sa place ici",
	"block mapping keys are not allowed in this context":           "une clé n’a pas sa place ici",
	"found unknown escape character":                               "une barre oblique inverse ne veut rien dire ici\u00a0: doublez-la",
	"did not find expected alphabetic or numeric character":        "le signe & ou * ne commence pas une valeur, sauf entre guillemets",
	"did not find expected comment or line break":                  "quelque chose suit le signe | ou > sur sa ligne",
	"found invalid Unicode character escape code":                  "un code de caractère n’existe pas",
	"did not find expected hexdecimal number":                      "un code de caractère n’est pas en hexadécimal",
	"mapping keys are not allowed in this context":                 "une clé n’a pas sa place ici",
	"found incompatible YAML document":                             "cette version de YAML n’est pas connue",
	"something else than an object is among the outputs":           "parmi les productions se trouve autre chose qu’un groupe de clés",
	"a key follows the outputs":                                    "une clé suit les productions",
	"duplicate object member name":                                 "une clé est donnée deux fois",
	"object member name must be a string":                          "une clé n’est pas entre guillemets\u00a0; une virgule est peut-être de trop",
	"missing value after object name":                              "il manque une valeur après une clé",
	"mismatching structural token for object or array":             "une accolade ou un crochet de trop, ou l’un pour l’autre",
	"invalid UTF-8":      "des octets ne sont pas de l’UTF-8",
	"exceeded max depth": "trop de valeurs l’une dans l’autre",
}

// jsonReasons are what the JSON readers say of a character, in French.
var jsonReasons = []struct{ english, french string }{
	{"looking for beginning of object key string", "%s au lieu d’une clé entre guillemets\u00a0; une virgule est peut-être de trop"},
	{"looking for beginning of value", "%s au lieu d’une valeur\u00a0; une virgule est peut-être de trop"},
	{"after object key:value pair", "%s au lieu d’une virgule ou d’une accolade fermante"},
	{"after array element", "%s au lieu d’une virgule ou d’un crochet fermant"},
	{"after object key", "%s au lieu d’un deux-points"},
	{"after object value", "%s au lieu d’une virgule ou d’une accolade fermante"},
	{"after array value", "%s au lieu d’une virgule ou d’un crochet fermant"},
	{"after object name", "%s au lieu d’un deux-points"},
	{"at start of value", "%s au lieu d’une valeur\u00a0; une virgule est peut-être de trop"},
	{"at start of string", "%s au lieu d’une clé entre guillemets\u00a0; une virgule est peut-être de trop"},
	{"in literal", "%s dans true, false ou null"},
	{"in number", "%s dans un nombre"},
	{"in string (", "%s dans un texte\u00a0: un saut de ligne s’y écrit \\n"},
	{"in string literal", "%s dans un texte\u00a0: un saut de ligne s’y écrit \\n"},
	{"in string escape code", "%s après une barre oblique inverse\u00a0: doublez-la"},
}

var jsonCharacter = regexp.MustCompile(`^invalid character '(.+?)' (.+)$`)

// explained says in both languages what a reader of YAML or JSON says in
// English.
func explained(english string) Text {
	french := english
	if fr, ok := reasons[english]; ok {
		french = fr
	} else if m := jsonCharacter.FindStringSubmatch(english); m != nil {
		for _, r := range jsonReasons {
			if strings.HasPrefix(m[2], r.english) {
				french = fmt.Sprintf(r.french, "« "+m[1]+" »")
				break
			}
		}
	}
	return Text{{language.French, french}, {language.English, english}}
}

// readable returns the text of a file, each character that it may not hold
// replaced by U+FFFD, and reports the first: a reader of YAML would give no
// place of it and see nothing else, one of JSON would replace it in silence.
func (d *decoder) readable(data []byte, refused func(r rune, size int) bool) []byte {
	at := indexRefused(data, refused)
	if at < 0 {
		return data
	}
	r, size := utf8.DecodeRune(data[at:])
	found := fmt.Sprintf("U+%04X", r)
	if notUTF8(r, size) {
		found = fmt.Sprintf("0x%02X", data[at])
	}
	line := 1 + bytes.Count(data[:at], []byte{'\n'})
	column := 1 + utf8.RuneCount(data[bytes.LastIndexByte(data[:at], '\n')+1:at])
	d.report(&yaml.Node{Line: line, Column: column}, "character", "", found)
	clean := append(make([]byte, 0, len(data)), data[:at]...)
	for rest := data[at:]; len(rest) > 0; rest = rest[size:] {
		if r, size = utf8.DecodeRune(rest); refused(r, size) {
			r = utf8.RuneError
		}
		clean = utf8.AppendRune(clean, r)
	}
	return clean
}

func indexRefused(data []byte, refused func(r rune, size int) bool) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if refused(r, size) {
			return i
		}
		i += size
	}
	return -1
}

func notUTF8(r rune, size int) bool { return r == utf8.RuneError && size == 1 }

// notYAML tells what YAML 1.2, section 5.1, does not allow.
func notYAML(r rune, size int) bool {
	switch {
	case r < ' ':
		return r != '\t' && r != '\n' && r != '\r'
	case r < 0xa0:
		return r >= 0x7f && r != 0x85
	}
	return r == 0xfffe || r == 0xffff || notUTF8(r, size)
}
