package dcat

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCleanIRI(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"clean stays", "https://example.org/a;b=c/~d_e?f=g&h='i'#j", "https://example.org/a;b=c/~d_e?f=g&h='i'#j"},
		{"accents stay", "https://example.org/école/日本", "https://example.org/école/日本"},
		{"escapes stay", "https://example.org/%C3%A9%20x", "https://example.org/%C3%A9%20x"},
		{"urn", "urn:isbn:978-2-07", "urn:isbn:978-2-07"},
		{"scheme with a plus", "git+ssh://example.org/x", "git+ssh://example.org/x"},
		{"space and controls", "http://example.org/a b\t\n\x00\x7f", "http://example.org/a%20b%09%0A%00%7F"},
		{"what Turtle cannot hold", "http://example.org/<>\"{}|\\^`", "http://example.org/%3C%3E%22%7B%7D%7C%5C%5E%60"},
		{"brackets outside of an address", "http://example.org/a[1]", "http://example.org/a%5B1%5D"},
		{"brackets of an address", "http://[2001:db8::1]:80/a[", "http://[2001:db8::1]:80/a%5B"},
		{"second number sign", "http://example.org/#a#b", "http://example.org/#a%23b"},
		{"percent that escapes nothing", "http://example.org/100%/%zz%4", "http://example.org/100%25/%25zz%254"},
		{"bytes of Latin-1", "http://example.org/\xe9t\xe9", "http://example.org/%E9t%E9"},
		{"noncharacters", "http://example.org/\ufdd0\ufffe\U0001ffff\ufffd", "http://example.org/%EF%B7%90%EF%BF%BE%F0%9F%BF%BF%EF%BF%BD"},
		{"private use, in the path and in the query", "http://example.org/\ue000?\ue000#\ue000", "http://example.org/%EE%80%80?\ue000#%EE%80%80"},
		{"white space of other kinds", "http://example.org/a\u00a0b\u2028c\ufeff", "http://example.org/a%C2%A0b%E2%80%A8c%EF%BB%BF"},
		{"marks of direction", "http://example.org/\u202eabc", "http://example.org/%E2%80%AEabc"},
		{"dot segments", "http://example.org/a/./b/../c/..", "http://example.org/a/"},
		{"dot segments above the root", "http://example.org/../../a", "http://example.org/a"},
		{"dots that are no segments", "http://example.org/.well-known/a..b/...", "http://example.org/.well-known/a..b/..."},
		{"dots in a query", "http://example.org/?a=/../b", "http://example.org/?a=/../b"},
		{"dot segments without a host", "file:/a/./b/../c", "file:/a/c"},
		{"dot segments of a path without a root", "urn:x:a/./b/c/../d?=/../#/./", "urn:x:a/b/d?=/../#/./"},
		{"dot segments above the first one", "urn:a/../b", "urn:/b"},
		{"dot segments at the beginning", "x:../a/..", "x:/"},
		{"dots alone", "x:..", "x:"},
		{"dot segments that keep a host away", "x:/a/..//b", "x:/a/..//b"},
		{"a dot that is the query's", "x:a?/.", "x:a?/."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := cleanIRI(test.in); got != test.want || err != nil {
				t.Errorf("cleanIRI(%q) = %q, %v, want %q", test.in, got, err, test.want)
			}
		})
	}
}

// What is taken for clean eight bytes at a time has no marks byte by byte, and
// the other way round, whatever two bytes there are and wherever they stand.
func TestUsualIRI(t *testing.T) {
	for at := len("https://"); at < 26; at++ {
		for a := range 256 {
			for b := range 256 {
				s := "https://example.org/abcdefgh"
				s = s[:at] + string([]byte{byte(a), byte(b)}) + s[at+2:]
				marks := iriMarks(s)
				clean := marks&iriDotted == 0 && isCleanIRI(s, marks)
				if got := isUsualIRI(s); got != clean && (got || !strings.ContainsAny(s, "~!")) {
					t.Fatalf("isUsualIRI(%q) = %t", s, got)
				}
			}
		}
	}
}

func TestCleanIRIOfNone(t *testing.T) {
	for _, in := range []string{"", "a", "/a", "//example.org", "a/b:c", "#a", "1a:b", "é:x", ":", "_:x", "dct:title", "dcat:Dataset"} {
		if got, err := cleanIRI(in); !errors.Is(err, ErrIRI) {
			t.Errorf("cleanIRI(%q) = %q, %v, want ErrIRI", in, got, err)
		}
	}
}

func FuzzCleanIRI(f *testing.F) {
	for _, s := range fragments {
		f.Add("http://example.org/" + s)
		f.Add("urn:" + s)
	}
	f.Add("http://[::1]/../a#b#c")
	f.Fuzz(func(t *testing.T, s string) {
		clean, err := cleanIRI(s)
		if err != nil {
			return
		}
		if again, err := cleanIRI(clean); again != clean || err != nil {
			t.Errorf("%q became %q, and that %q, %v", s, clean, again, err)
		}
		if !utf8.ValidString(clean) || strings.ContainsAny(clean, " <>\"{}|\\^`\x00\t\n\r\x7f") {
			t.Errorf("%q became %q", s, clean)
		}
	})
}

// TestResolve has the examples of RFC 3986, section 5.4.
func TestResolve(t *testing.T) {
	const base = "http://a/b/c/d;p?q"
	for reference, want := range map[string]string{
		"g:h": "g:h", "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "g/": "http://a/b/c/g/", "/g": "http://a/g",
		"//g": "http://g", "?y": "http://a/b/c/d;p?y", "g?y": "http://a/b/c/g?y", "#s": "http://a/b/c/d;p?q#s",
		"g#s": "http://a/b/c/g#s", "g?y#s": "http://a/b/c/g?y#s", ";x": "http://a/b/c/;x", "g;x": "http://a/b/c/g;x",
		"g;x?y#s": "http://a/b/c/g;x?y#s", "": "http://a/b/c/d;p?q", ".": "http://a/b/c/", "./": "http://a/b/c/",
		"..": "http://a/b/", "../": "http://a/b/", "../g": "http://a/b/g", "../..": "http://a/", "../../": "http://a/",
		"../../g": "http://a/g", "../../../g": "http://a/g", "../../../../g": "http://a/g", "/./g": "http://a/g",
		"/../g": "http://a/g", "g.": "http://a/b/c/g.", ".g": "http://a/b/c/.g", "g..": "http://a/b/c/g..",
		"..g": "http://a/b/c/..g", "./../g": "http://a/b/g", "./g/.": "http://a/b/c/g/", "g/./h": "http://a/b/c/g/h",
		"g/../h": "http://a/b/c/h", "g;x=1/./y": "http://a/b/c/g;x=1/y", "g;x=1/../y": "http://a/b/c/y",
		"g?y/./x": "http://a/b/c/g?y/./x", "g?y/../x": "http://a/b/c/g?y/../x", "g#s/./x": "http://a/b/c/g#s/./x",
		"g#s/../x": "http://a/b/c/g#s/../x",
	} {
		if got, err := cleanIRI(resolve(base, reference)); got != want || err != nil {
			t.Errorf("%q is %q, %v, want %q", reference, got, err, want)
		}
	}
	if got, err := cleanIRI(resolve("file:/b/c/d", "../g")); got != "file:/b/g" || err != nil {
		t.Errorf("without a host it is %q, %v", got, err)
	}
	for _, test := range []struct{ base, reference, want string }{
		{"http://a", "g", "http://a/g"},
		{"http://a?q", "g", "http://a/g"},
		{"http://a#f", "#g", "http://a#g"},
		{"http://a/?", "#g", "http://a/?#g"},
		{"http://a/b#f", "", "http://a/b"},
		{"urn:a:b", "#g", "urn:a:b#g"},
		{"", "g", "g"},
		{"dir/", "g", "g"},
	} {
		if got := resolve(test.base, test.reference); got != test.want {
			t.Errorf("resolve(%q, %q) = %q, want %q", test.base, test.reference, got, test.want)
		}
	}
}

// FuzzResolve compares with net/url where that keeps what it is given. It
// forgets an empty query of the base, and keeps its fragment.
func FuzzResolve(f *testing.F) {
	f.Add("http://a/b/c/d;p?q", "../g?x#y")
	f.Add("http://a", "g")
	f.Fuzz(func(t *testing.T, base, reference string) {
		b, err := url.Parse(base)
		if err != nil || b.Host == "" || b.String() != base || b.ForceQuery || schemeOf(base) == "" || !isCleanIRI(base, iriMarks(base)) {
			return
		}
		r, err := url.Parse(reference)
		if err != nil || r.String() != reference || !isCleanIRI(reference, iriMarks(reference)) || strings.Contains(reference, "//") || r.Scheme != "" || strings.Contains(b.Path, "//") {
			return
		}
		b.Fragment, b.RawFragment = "", ""
		want, err := cleanIRI(b.ResolveReference(r).String())
		if err != nil {
			return
		}
		got, err := cleanIRI(resolve(base, reference))
		if err != nil || strings.TrimSuffix(got, "/") != strings.TrimSuffix(want, "/") {
			t.Errorf("%q at %q is %q, %v, want %q", reference, base, got, err, want)
		}
	})
}
