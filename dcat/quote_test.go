package dcat

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestQuoting(t *testing.T) {
	tests := []struct{ name, in, json, xml string }{
		{"nothing", "", "", ""},
		{"clean and longer than a word", "Recherches en éducation 日本 😀", "Recherches en éducation 日本 😀", "Recherches en éducation 日本 😀"},
		{"quotes", `"a" \ 'b'`, `\"a\" \\ 'b'`, `"a" \ 'b'`},
		{"marks", "<a href=x>&amp;]]>", "<a href=x>&amp;]]>", "&lt;a href=x&gt;&amp;amp;]]&gt;"},
		{"special in each place of eight bytes", strings.Repeat("1234567\"", 2) + "&234567<", `1234567\"1234567\"&234567<`, `1234567"1234567"&amp;234567&lt;`},
		{"lines", "a\r\nb\tc", `a\r\nb\tc`, "a&#xD;\nb\tc"},
		{"words apart", "a\vb\fc", "a b c", "a b c"},
		{"what XML cannot carry", "\x00\x1b\ufffe\uffff", "\ufffd\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd\ufffd"},
		{"what XML can carry", "\x7f\u0085\u2028\ufffd\U0010ffff", "\x7f\u0085\u2028\ufffd\U0010ffff", "\x7f\u0085\u2028\ufffd\U0010ffff"},
		{"bytes that are not UTF-8", "\xff\xc3", "\ufffd\ufffd", "\ufffd\ufffd"},
		{"half a surrogate pair", "\xed\xa0\x80", "\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd"},
		{"cut character", "é"[:1] + "a", "\ufffda", "\ufffda"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := string(jsonQuoting.append(nil, test.in)); got != test.json {
				t.Errorf("JSON, Turtle and N-Triples: %q, want %q", got, test.json)
			}
			if got := string(xmlQuoting.append(nil, test.in)); got != test.xml {
				t.Errorf("XML: %q, want %q", got, test.xml)
			}
		})
	}
}

// What is taken for UTF-8 eight bytes at a time is so character by character,
// wherever it stands.
func TestShortRunes(t *testing.T) {
	kept := func(s string) bool {
		for len(s) > 0 {
			size := 1
			if s[0] >= utf8.RuneSelf {
				size = runeSize(s)
			}
			if size < 0 {
				return false
			}
			s = s[size:]
		}
		return true
	}
	try := func(s string, always bool) {
		for _, before := range []string{"", "a", "abcd", "abcdef", "abcdefg", "abcdefghijklm"} {
			for _, after := range []string{"", "z", "éz", "tuvwxyz"} {
				s := before + s + after
				if got := isShortRunes(s); got && !kept(s) || always && !got {
					t.Fatalf("isShortRunes(%q) = %t", s, got)
				}
			}
		}
	}
	for r := rune(0x80); r < 0x10000; r++ {
		try(string(r), r < 0x800 || 0x1000 <= r && r < 0xD000 || 0xE000 <= r && r < 0xF000)
	}
	bytes := []byte{0, 'a', 0x7F, 0x80, 0x81, 0x9F, 0xA0, 0xBE, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF}
	for _, a := range bytes {
		for _, b := range bytes {
			for _, c := range bytes {
				try(string([]byte{a, b, c}), false)
			}
		}
	}
}

// FuzzQuoting has the standard library read what is quoted.
func FuzzQuoting(f *testing.F) {
	f.Add(strings.Join(fragments, ""))
	for _, s := range fragments {
		f.Add(s)
		f.Add("1234567" + s + "12345678")
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := expectText(s)
		var fromJSON string
		quoted := append(jsonQuoting.append([]byte(`"`), s), '"')
		if err := json.Unmarshal(quoted, &fromJSON); err != nil || fromJSON != want {
			t.Errorf("JSON: %q became %s, which is %q, %v, want %q", s, quoted, fromJSON, err, want)
		}
		var fromXML struct {
			Text string `xml:",chardata"`
		}
		quoted = append(xmlQuoting.append([]byte("<t>"), s), "</t>"...)
		if err := xml.Unmarshal(quoted, &fromXML); err != nil || fromXML.Text != want {
			t.Errorf("XML: %q became %s, which is %q, %v, want %q", s, quoted, fromXML.Text, err, want)
		}
	})
}
