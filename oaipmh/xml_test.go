package oaipmh_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gtnum/gtnum/oaipmh"
)

func TestAppendText(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"clean text is copied":               {"Éducation & co", "Éducation &amp; co"},
		"markup is escaped":                  {`<a href="x">]]></a>`, `&lt;a href="x"&gt;]]&gt;&lt;/a&gt;`},
		"tab and line feed stay":             {"a\tb\nc", "a\tb\nc"},
		"carriage return survives parsing":   {"a\r\nb", "a&#13;\nb"},
		"form feed of a PDF separates words": {"fin\fdébut\vsuite", "fin début suite"},
		"NUL and SUB are replaced":           {"a\x00b\x1ac", "a\uFFFDb\uFFFDc"},
		"latin-1 bytes are replaced":         {"caf\xe9", "caf\uFFFD"},
		"surrogates in UTF-8 are replaced":   {"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
		"U+FFFE and U+FFFF are replaced":     {"\uFFFE\uFFFF", "\uFFFD\uFFFD"},
		"U+FFFD that was there stays":        {"\uFFFD", "\uFFFD"},
		"characters beyond the first plane":  {"\U0001F393", "\U0001F393"},
		"a character cut in two at the end":  {"a\xf0\x9f\x8e", "a\uFFFD\uFFFD\uFFFD"},
		"nothing":                            {"", ""},
		"C1 controls are legal and stay":     {"\u0085", "\u0085"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := string(oaipmh.AppendText([]byte("x"), tt.in)); got != "x"+tt.want {
				t.Errorf("AppendText(%q) = %q, want %q", tt.in, got, "x"+tt.want)
			}
		})
	}
}

func TestAppendAttr(t *testing.T) {
	got := string(oaipmh.AppendAttr(nil, "a\"b'c\td\ne\rf&<>\f\x01"))
	if want := "a&quot;b&#39;c&#9;d&#10;e&#13;f&amp;&lt;&gt; \uFFFD"; got != want {
		t.Errorf("AppendAttr = %q, want %q", got, want)
	}
}

// TestAppendEveryByteAtEveryPlace is for the steps of eight bytes that clean
// text is skipped in.
func TestAppendEveryByteAtEveryPlace(t *testing.T) {
	text := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	attr := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;", "\"", "&quot;", "'", "&#39;", "\t", "&#9;", "\n", "&#10;")
	for b := range 256 {
		for at := range 20 {
			in := []byte("abcdefghijklmnopqrst")
			in[at] = byte(b)
			want := replaceIllegal(string(in))
			if got := string(oaipmh.AppendText(nil, string(in))); got != text.Replace(want) {
				t.Fatalf("AppendText(%q) = %q, want %q", in, got, text.Replace(want))
			}
			if got := string(oaipmh.AppendAttr(nil, string(in))); got != attr.Replace(want) {
				t.Fatalf("AppendAttr(%q) = %q, want %q", in, got, attr.Replace(want))
			}
		}
	}
}

// FuzzAppend proves that what is appended parses, and gives the text back
// wherever the text was legal.
func FuzzAppend(f *testing.F) {
	for _, s := range []string{"", "é<&>\"'", "\x00\f\r\n\t", "\xff\xfe", "\uFFFF\U0010FFFF", "]]>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc := oaipmh.AppendAttr([]byte(`<r a="`), s)
		doc = oaipmh.AppendText(append(doc, `">`...), s)
		doc = append(doc, `</r>`...)
		var r struct {
			A string `xml:"a,attr"`
			T string `xml:",chardata"`
		}
		if err := xml.Unmarshal(doc, &r); err != nil {
			t.Fatalf("%q does not parse: %v", doc, err)
		}
		if want := replaceIllegal(s); r.A != want || r.T != want {
			t.Errorf("read back attribute %q and text %q, want %q", r.A, r.T, want)
		}
	})
}

// replaceIllegal is the slow and plain statement of what AppendText documents.
func replaceIllegal(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == '\f' || r == '\v':
			b.WriteByte(' ')
		case r == utf8.RuneError, r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func BenchmarkAppendText(b *testing.B) {
	for name, s := range map[string]string{
		"french": "Cet article présente les résultats d'une enquête menée auprès de six cents élèves et de leurs enseignants dans trois académies, et discute de ce que les outils numériques changent aux gestes professionnels, aux devoirs et à l'attention.",
		"ascii":  "This article presents the results of a survey of six hundred pupils and their teachers in three regions, and discusses what digital tools change in professional practice, homework and attention.",
		"url":    "https://hal.science/hal-03526140v1",
		"name":   "Dupont, Élise",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			var dst []byte
			for b.Loop() {
				dst = oaipmh.AppendText(dst[:0], s)
			}
		})
	}
}
