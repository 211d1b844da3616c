package model

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/gtnum/gtnum/internal/eu"
)

// LanguageInfo is what vocabularies call a language.
type LanguageInfo struct {
	Tag             language.Tag
	ISO1            string // ISO 639-1, two letters; empty where there is none
	ISO2            string // ISO 639-2/B, three letters, as libraries use them: "fre"
	ISO3            string // ISO 639-3, three letters: "fra"
	EU              string // code in the EU authority table "language", "FRA"; empty where it has none
	French, English string // labels
}

// bibliographic are the ISO 639-2/B codes that are not the ISO 639-3 ones.
var bibliographic = map[string]string{
	"sqi": "alb", "hye": "arm", "eus": "baq", "bod": "tib", "mya": "bur",
	"ces": "cze", "zho": "chi", "cym": "wel", "deu": "ger", "nld": "dut",
	"ell": "gre", "fas": "per", "fra": "fre", "kat": "geo", "isl": "ice",
	"mkd": "mac", "mri": "mao", "msa": "may", "ron": "rum", "slk": "slo",
}

// LanguageOf returns what vocabularies call a language.
func LanguageOf(tag language.Tag) LanguageInfo {
	base, _ := tag.Base()
	info := LanguageInfo{
		Tag: tag, ISO3: base.ISO3(),
		French:  display.French.Languages().Name(tag),
		English: display.English.Languages().Name(tag),
	}
	if _, ok := eu.Languages.Find(strings.ToUpper(info.ISO3)); ok {
		info.EU = strings.ToUpper(info.ISO3)
	}
	info.ISO2 = info.ISO3
	if b, ok := bibliographic[info.ISO3]; ok {
		info.ISO2 = b
	}
	if code := base.String(); len(code) == 2 {
		info.ISO1 = code
	}
	return info
}

// ParseLanguage reads a BCP 47 tag or an ISO 639-1, -2 or -3 code.
func ParseLanguage(s string) (language.Tag, error) {
	s = strings.TrimSpace(s)
	for iso3, b := range bibliographic {
		if strings.EqualFold(s, b) {
			s = iso3
		}
	}
	return language.Parse(s)
}
