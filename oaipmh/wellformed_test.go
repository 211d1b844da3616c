package oaipmh

import (
	"bytes"
	"encoding/xml"
	"io"
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

func TestCheckElement(t *testing.T) {
	good := map[string]string{
		"an element":                    `<a xmlns="urn:x"/>`,
		"children, text, references":    `<a xmlns="urn:x"><b c='d&amp;&#233;&#xE9;'>é &lt;</b> <b/></a>`,
		"a prefix":                      `<p:a xmlns:p="urn:x" p:b="" xml:lang="fr"><p:c></p:c></p:a >`,
		"xml declared as it is":         `<a xmlns="urn:x" xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:lang="fr"/>`,
		"a default declared further in": `<p:a xmlns:p="urn:x"><c xmlns="urn:y"/></p:a>`,
		"comment and CDATA":             "<a xmlns='urn:x'><!-- < - & --><![CDATA[ <b> & ]]></a>",
	}
	bad := map[string]string{
		"nothing":                         ``,
		"text":                            `a`,
		"a prolog":                        `<?xml version="1.0"?><a xmlns="urn:x"/>`,
		"a document type":                 `<!DOCTYPE a><a xmlns="urn:x"/>`,
		"an empty namespace":              `<a xmlns=""/>`,
		"an empty namespace of a prefix":  `<a xmlns="urn:x" xmlns:p=""/>`,
		"an attribute without a name":     `<a xmlns="urn:x" =""/>`,
		"two elements":                    `<a xmlns="urn:x"/><a xmlns="urn:x"/>`,
		"text before":                     ` <a xmlns="urn:x"/>`,
		"text after":                      `<a xmlns="urn:x"/> `,
		"no namespace":                    `<a/>`,
		"a prefix of nobody":              `<p:a xmlns="urn:x"/>`,
		"a prefix of a sibling":           `<a xmlns="urn:x"><b xmlns:p="urn:y"/><p:c/></a>`,
		"a prefix of a closed child":      `<a xmlns="urn:x"><b xmlns:p="urn:y"></b><p:c/></a>`,
		"an attribute of nobody's prefix": `<a xmlns="urn:x" p:b=""/>`,
		"a child in no namespace":         `<p:a xmlns:p="urn:x"><b/></p:a>`,
		"not closed":                      `<a xmlns="urn:x">`,
		"closed in the wrong order":       `<a xmlns="urn:x"><b></a></b>`,
		"closed twice":                    `<a xmlns="urn:x"></a></a>`,
		"an attribute twice":              `<a xmlns="urn:x" b="" b=""/>`,
		"attributes without a space":      `<a xmlns="urn:x"b=""/>`,
		"an attribute without a value":    `<a xmlns="urn:x" b/>`,
		"an attribute without quotes":     `<a xmlns="urn:x" b=c/>`,
		"a bare ampersand":                `<a xmlns="urn:x">R&D</a>`,
		"an ampersand in an attribute":    `<a xmlns="urn:x" b="?a&b"/>`,
		"an entity of HTML":               `<a xmlns="urn:x">&eacute;</a>`,
		"a reference to NUL":              `<a xmlns="urn:x">&#0;</a>`,
		"a control character":             "<a xmlns=\"urn:x\">\f</a>",
		"bytes that are not UTF-8":        "<a xmlns=\"urn:x\">\xe9</a>",
		"less-than in an attribute":       `<a xmlns="urn:x" b="<"/>`,
		"the end of CDATA in text":        `<a xmlns="urn:x">]]></a>`,
		"two dashes in a comment":         `<a xmlns="urn:x"><!-- -- --></a>`,
		"three dashes at its end":         `<a xmlns="urn:x"><!-- ---></a>`,
		"an instruction":                  `<a xmlns="urn:x"><?php ?></a>`,
		"a name that starts with a digit": `<a xmlns="urn:x"><1/></a>`,
		"cut in a tag":                    `<a xmlns="urn:x" `,
		"cut in a value":                  `<a xmlns="urn:x>`,
		"a slash alone":                   `<a xmlns="urn:x"/ >`,
		"a name of two colons":            `<p:a:b xmlns:p="urn:x"/>`,
		"a name of a colon first":         `<:a xmlns="urn:x"/>`,
		"a name of a colon last":          `<p: xmlns:p="urn:x"/>`,
		"a colon alone":                   `<: xmlns="urn:x"/>`,
		"a digit behind a prefix":         `<p:1 xmlns:p="urn:x"/>`,
		"such an attribute":               `<p:a xmlns:p="urn:x" p:-b=""/>`,
		"an attribute of a colon first":   `<a xmlns="urn:x" :b=""/>`,
		"a reserved prefix":               `<a xmlns="urn:x" xmlns:xmlns="urn:y"/>`,
		"xml for another namespace":       `<a xmlns="urn:x" xmlns:xml="urn:y"/>`,
		"another prefix for that of xml":  `<a xmlns="urn:x" xmlns:p="http://www.w3.org/XML/1998/namespace"/>`,
		"a prefix with a digit first":     `<a xmlns="urn:x" xmlns:1="urn:y"/>`,
	}
	for name, doc := range good {
		if err := checkElement([]byte(doc)); err != nil {
			t.Errorf("%s: %s: %v", name, doc, err)
		}
	}
	for name, doc := range bad {
		err := checkElement([]byte(doc))
		if err == nil {
			t.Errorf("%s: %s passes", name, doc)
			continue
		}
		for _, why := range err.(interface{ Unwrap() []error }).Unwrap() {
			if french := say.In(why, language.French); french == why.Error() {
				t.Errorf("%s: %q is the same in French", name, french)
			}
		}
	}
}

// FuzzCheckElement proves that what passes is one element for another parser
// too.
func FuzzCheckElement(f *testing.F) {
	f.Add([]byte(`<p:a xmlns:p="urn:x" p:b="&amp;"><c xmlns="urn:y">t<!-- c --><![CDATA[d]]></c></p:a>`))
	f.Add([]byte(`<a xmlns='urn:x' b = "c"/>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if checkElement(b) != nil {
			return
		}
		d := xml.NewDecoder(bytes.NewReader(b))
		for depth, roots := 0, 0; ; {
			tok, err := d.Token()
			if err == io.EOF && roots == 1 {
				return
			}
			if err != nil {
				t.Fatalf("%q passes, but: %v, %d roots", b, err, roots)
			}
			switch tok.(type) {
			case xml.StartElement:
				if depth == 0 {
					roots++
				}
				depth++
			case xml.EndElement:
				depth--
			}
		}
	})
}

func TestLegalText(t *testing.T) {
	for s, want := range map[string]bool{
		"": true,
		"des élèves, \t\r\n<&>\"' 中 \U0001F393": true,
		"12345678\x01":     false,
		"12345678\x00":     false,
		"1234567\v":        false,
		"\f":               false,
		"\uFFFD":           true,
		"\uFFFE":           false,
		"12345\uFFFF":      false,
		"\xEF":             false,
		"12345678\xEF\xBF": false,
		"\x80":             false,
		"\xC0\x80":         false,
	} {
		if got := legalText(s); got != want {
			t.Errorf("legalText(%q) is %t", s, got)
		}
	}
}
