package say

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// reasons are what the readers of YAML and JSON say most often, in French.
var reasons = map[string]string{
	"the file ends too early":                                      "le fichier s’arrête trop tôt",
	"unexpected end of JSON input":                                 "le fichier s’arrête trop tôt",
	"something follows the value":                                  "quelque chose suit la dernière accolade",
	"mapping values are not allowed in this context":               "un deux-points de trop\u00a0: une valeur qui en contient un se met entre guillemets",
	"could not find expected ':'":                                  "il manque un deux-points après une clé, ou une espace derrière lui",
	"did not find expected key":                                    "une clé était attendue, alignée sur ses voisines\u00a0; un guillemet se ferme peut-être trop tôt",
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
	"invalid UTF-8":                  "des octets ne sont pas de l’UTF-8",
	"values nest more than 100 deep": "des valeurs s’emboîtent sur plus de 100 niveaux",
	"exceeded max depth":             "trop de valeurs l’une dans l’autre",
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

// Syntax says in both languages what a reader of YAML or JSON says in English.
func Syntax(english string) error {
	french := english
	if fr, ok := reasons[english]; ok {
		french = fr
	} else if strings.HasPrefix(english, "invalid surrogate pair") {
		french = "la moitié d’un caractère\u00a0: les codes \\ud800 à \\udfff vont par deux"
	} else if m := jsonCharacter.FindStringSubmatch(english); m != nil {
		for _, r := range jsonReasons {
			if strings.HasPrefix(m[2], r.english) {
				french = fmt.Sprintf(r.french, "« "+m[1]+" »")
				break
			}
		}
	}
	return Errorf("%[1]s", "%[2]s", french, english)
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?(.*)`)

// YAML says an error of syntax in both languages, and on which line it is: the
// reader of YAML knows no column.
func YAML(err error) (line int, why error) {
	english := strings.ReplaceAll(err.Error(), "\n", " ")
	if m := yamlLine.FindStringSubmatch(english); m != nil {
		line, _ = strconv.Atoi(m[1])
		english = m[2]
	}
	return max(line, 1), Syntax(english)
}
