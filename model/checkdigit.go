package model

import (
	"fmt"
	"strings"

	"github.com/gtnum/gtnum/internal/say"
)

// parseORCID checks the last character (ISO 7064, MOD 11-2).
func parseORCID(s string) (string, error) {
	s = cutPrefixes(s, "https://orcid.org/", "http://orcid.org/", "orcid.org/")
	v, err := mod112(s)
	if err != nil {
		return "", err
	}
	return v[:4] + "-" + v[4:8] + "-" + v[8:12] + "-" + v[12:], nil
}

// parseISNI checks the last character as for ORCID, of which ISNI is the
// larger space.
func parseISNI(s string) (string, error) {
	s = cutPrefixes(s, "https://isni.org/isni/", "http://isni.org/isni/", "http://www.isni.org/isni/", "https://www.isni.org/isni/", "ISNI")
	v, err := mod112(s)
	if err != nil {
		return "", err
	}
	return v, nil
}

func mod112(s string) (string, error) {
	v := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(s))
	if len(v) != 16 || strings.Trim(v[:15], "0123456789") != "" {
		return "", say.Errorf("il faut seize chiffres, dont le dernier peut être X, comme 0000-0002-1825-0097", "it is sixteen digits, the last of which may be X, as 0000-0002-1825-0097")
	}
	sum := 0
	for _, c := range v[:15] {
		sum = (sum + int(c-'0')) * 2
	}
	want := "0123456789X"[(12-sum%11)%11]
	if v[15] != want {
		return "", mistyped(want, v[15])
	}
	return v, nil
}

// mistyped says which check character the others ask for.
func mistyped(want, got byte) error {
	return say.Errorf("son caractère de contrôle serait %c, non %c : un caractère a été mal recopié", "its check character would be %c, not %c: a character was mistyped", want, got)
}

// parseIdRef checks the key of a PPN: weights 9 to 2, modulo 11.
func parseIdRef(s string) (string, error) {
	s = strings.ToUpper(cutPrefixes(s, "https://www.idref.fr/", "http://www.idref.fr/", "https://idref.fr/", "PPN"))
	s = strings.TrimSuffix(s, "/ID")
	if len(s) != 9 || strings.Trim(s[:8], "0123456789") != "" {
		return "", say.Errorf("un IdRef est huit chiffres et un chiffre ou X, comme 026403498", "an IdRef is eight digits and a digit or X, as 026403498")
	}
	if want := weighted(s[:8], 9); s[8] != want {
		return "", mistyped(want, s[8])
	}
	return s, nil
}

// parseISSN checks the last character: weights 8 to 2, modulo 11 (ISO 3297).
func parseISSN(s string) (string, error) {
	v := strings.ToUpper(strings.ReplaceAll(cutPrefixes(s, "https://portal.issn.org/resource/ISSN/", "ISSN:", "ISSN"), "-", ""))
	v = strings.TrimSpace(v)
	if len(v) != 8 || strings.Trim(v[:7], "0123456789") != "" {
		return "", say.Errorf("un ISSN est huit chiffres, dont le dernier peut être X, comme 2260-0183", "an ISSN is eight digits, the last of which may be X, as 2260-0183")
	}
	if want := weighted(v[:7], 8); v[7] != want {
		return "", mistyped(want, v[7])
	}
	return v[:4] + "-" + v[4:], nil
}

// weighted is the modulo 11 check character of digits with falling weights.
func weighted(digits string, weight int) byte {
	sum := 0
	for _, c := range digits {
		sum += int(c-'0') * weight
		weight--
	}
	return "0123456789X"[(11-sum%11)%11]
}

// parseISBN checks both lengths and keeps the thirteen digits.
func parseISBN(s string) (string, error) {
	v := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(cutPrefixes(s, "ISBN:", "ISBN")))
	switch {
	case len(v) == 10 && strings.Trim(v[:9], "0123456789") == "":
		if weighted(v[:9], 10) != v[9] {
			return "", mistyped(weighted(v[:9], 10), v[9])
		}
		v = "978" + v[:9]
		return v + string(ean(v)), nil
	case len(v) == 13 && strings.Trim(v, "0123456789") == "" && (v[:3] == "978" || v[:3] == "979"):
		if ean(v[:12]) != v[12] {
			return "", mistyped(ean(v[:12]), v[12])
		}
		return v, nil
	}
	return "", say.Errorf("un ISBN est dix ou treize chiffres dont un de contrôle, comme 978-2-07-036822-8", "an ISBN is ten or thirteen digits with a check digit, as 978-2-07-036822-8")
}

func ean(digits string) byte {
	sum := 0
	for i, c := range digits {
		sum += int(c-'0') * (1 + 2*(i%2))
	}
	return byte('0' + (10-sum%10)%10)
}

// parseSIREN checks the number by Luhn's rule.
func parseSIREN(s string) (string, error) {
	v := strings.ReplaceAll(s, " ", "")
	if len(v) != 9 || strings.Trim(v, "0123456789") != "" {
		return "", say.Errorf("un SIREN est neuf chiffres, comme 110043015", "a SIREN is nine digits, as 110043015")
	}
	sum := 0
	for i, c := range v {
		d := int(c-'0') * (1 + i%2)
		sum += d/10 + d%10
	}
	if sum%10 != 0 {
		return "", say.Errorf("son chiffre de contrôle ne vérifie pas : un chiffre a été mal recopié", "its check digit does not fit: a digit was mistyped")
	}
	return v, nil
}

// rorCheck are the last two digits of a ROR id for its six middle characters,
// which are Crockford's base 32: 98 less the remainder of the number times
// 100 by 97 (ISO 7064, MOD 97-10).
func rorCheck(middle string) string {
	const crockford = "0123456789abcdefghjkmnpqrstvwxyz"
	n := 0
	for _, c := range middle {
		n = n*32 + strings.IndexRune(crockford, c)
	}
	return fmt.Sprintf("%02d", 98-(n*100)%97)
}
