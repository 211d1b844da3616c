package model_test

import (
	"strings"
	"testing"

	"github.com/gtnum/gtnum/model"
)

func TestCheckDigits(t *testing.T) {
	tests := []struct {
		name        string
		scheme      model.Scheme
		value, want string
	}{
		{"as printed", model.ORCID, "0000-0002-1825-0097", "0000-0002-1825-0097"},
		{"as an address", model.ORCID, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"},
		{"X stands for 10", model.ORCID, "0000-0002-9079-593x", "0000-0002-9079-593X"},
		{"without hyphens", model.ORCID, "0000000218250097", "0000-0002-1825-0097"},
		{"one digit wrong", model.ORCID, "0000-0002-1825-0098", ""},
		{"two digits swapped", model.ORCID, "0000-0002-8125-0097", ""},
		{"X within", model.ORCID, "0000-0002-X825-0097", ""},
		{"too short", model.ORCID, "0000-0002-1825-009", ""},
		{"no digits", model.ORCID, "Julien Netter 12", ""},

		{"as printed", model.ISNI, "0000 0001 2281 955X", "000000012281955X"},
		{"with its name", model.ISNI, "ISNI 0000 0001 2281 955X", "000000012281955X"},
		{"as an address", model.ISNI, "https://isni.org/isni/000000012281955X", "000000012281955X"},
		{"one digit wrong", model.ISNI, "0000000122819551", ""},

		{"as printed", model.IdRef, "026403498", "026403498"},
		{"as an address", model.IdRef, "https://www.idref.fr/026403498/id", "026403498"},
		{"as an address without /id", model.IdRef, "http://www.idref.fr/026403498", "026403498"},
		{"as a PPN with X", model.IdRef, "PPN02734004x", "02734004X"},
		{"one digit wrong", model.IdRef, "026403499", ""},
		{"too long", model.IdRef, "0264034980", ""},

		{"as printed", model.ISSN, "0378-5955", "0378-5955"},
		{"without hyphen, with its name", model.ISSN, "ISSN 03785955", "0378-5955"},
		{"X stands for 10", model.ISSN, "2434-561x", "2434-561X"},
		{"as an address", model.ISSN, "https://portal.issn.org/resource/ISSN/0378-5955", "0378-5955"},
		{"one digit wrong", model.ISSN, "0378-5954", ""},
		{"too short", model.ISSN, "0378-595", ""},

		{"thirteen digits", model.ISBN, "978-0-306-40615-7", "9780306406157"},
		{"ten digits become thirteen", model.ISBN, "0-306-40615-2", "9780306406157"},
		{"ten digits with X", model.ISBN, "ISBN 0-8044-2957-X", "9780804429573"},
		{"ten, one digit wrong", model.ISBN, "0-306-40615-3", ""},
		{"thirteen, one digit wrong", model.ISBN, "978-0-306-40615-8", ""},
		{"an article number that is no book's", model.ISBN, "4006381333931", ""},
		{"too short", model.ISBN, "978-0-306", ""},

		{"with spaces", model.SIREN, "732 829 320", "732829320"},
		{"the State", model.SIREN, "110043015", "110043015"},
		{"one digit wrong", model.SIREN, "732829321", ""},
		{"too short", model.SIREN, "73282932", ""},

		{"as an address", model.ROR, "https://ror.org/05ggc9x40", "05ggc9x40"},
		{"in capitals", model.ROR, "02MHBDP94", "02mhbdp94"},
		{"check digits wrong", model.ROR, "05ggc9x41", ""},
		{"a letter that its base leaves out", model.ROR, "05ggl9x40", ""},
	}
	for _, test := range tests {
		t.Run(string(test.scheme)+": "+test.name, func(t *testing.T) { checkIdentifier(t, test.scheme, test.value, test.want) })
	}
}

// TestEveryMistypedDigitIsFound changes each digit to each other one: what
// check characters are for. ISO 7064 and the modulo 11 and 10 schemes find all
// single mistakes.
func TestEveryMistypedDigitIsFound(t *testing.T) {
	for scheme, value := range map[model.Scheme]string{
		model.ORCID: "0000000218250097", model.ISNI: "000000012281955X", model.IdRef: "026403498", model.ISSN: "03785955",
		model.ISBN: "9780306406157", model.SIREN: "732829320", model.ROR: "05ggc9x40",
	} {
		for i := range value {
			for _, c := range "0123456789" {
				wrong := value[:i] + string(c) + value[i+1:]
				if wrong == value {
					continue
				}
				if id, err := model.NewIdentifier(scheme, wrong); err == nil {
					t.Errorf("%s: %s for %s is accepted as %v", scheme, wrong, value, id)
				}
			}
		}
	}
}

func TestCheckDigitErrorsSayWhatWouldBeRight(t *testing.T) {
	for scheme, test := range map[model.Scheme]struct{ value, tells string }{
		model.ORCID: {"0000-0002-1825-0098", "7, not 8"},
		model.IdRef: {"026403499", "8, not 9"},
		model.ISSN:  {"0378-5954", "5, not 4"},
		model.ROR:   {"05ggc9x41", "40 would"},
	} {
		_, err := model.NewIdentifier(scheme, test.value)
		if err == nil || !strings.Contains(err.Error(), test.tells) || !strings.Contains(err.Error(), test.value) {
			t.Errorf("%s %s: error %v does not tell %q", scheme, test.value, err, test.tells)
		}
	}
}
