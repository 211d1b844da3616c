package dcat

import "testing"

var jsonldTests = []decodeTest{
	{"nothing", `{}`, ``},
	{"byte order mark", "\uFEFF" + `{"@id": "x:s", "x:p": {"@id": "x:o"}}`, statement},
	{"prefixes, types and languages", `{"@context": {"x": "http://x.example/", "p": {"@id": "x:p", "@type": "@id"}, "q": {"@id": "x:q", "@language": "fr"}},
		"@id": "x:s", "@type": "x:C", "p": "x:o", "q": ["a", {"@value": "b", "@language": "EN"}]}`,
		`<http://x.example/s> <http://x.example/p> <http://x.example/o> . <http://x.example/s> <` + rdfType + `> <http://x.example/C> .
		<http://x.example/s> <http://x.example/q> "a"@fr . <http://x.example/s> <http://x.example/q> "b"@en .`},
	{"relative", `{"@id": "../s", "x:p": {"@id": "#o"}}`, `<http://base.example/s> <x:p> <http://base.example/dir/doc?q#o> .`},
	{"values of JSON", `{"@id": "x:s", "x:p": [1, true, 1.5, "a", null, -25e30, {"@value": 2, "@type": "http://www.w3.org/2001/XMLSchema#double"}, {"@value": 3, "@type": "x:t"}, {"@value": {"b": [1, "<&>"], "a": null}, "@type": "@json"}]}`, `<x:s> <x:p> "1"^^` + anInteger + ` . <x:s> <x:p> "true"^^` + aBoolean + ` .
		<x:s> <x:p> "1.5E0"^^<http://www.w3.org/2001/XMLSchema#double> . <x:s> <x:p> "a" .
		<x:s> <x:p> "-2.5E31"^^<http://www.w3.org/2001/XMLSchema#double> . <x:s> <x:p> "2.0E0"^^<http://www.w3.org/2001/XMLSchema#double> .
		<x:s> <x:p> "3"^^<x:t> . <x:s> <x:p> "{\"a\":null,\"b\":[1,\"<&>\"]}"^^<` + rdfNS + `JSON> .`},
	{"IRIs that net/url does not like", `{"@id": "http://a%80", "x:p": {"@id": "http://a:b/%zz"}}`, `<http://a%80> <x:p> <http://a:b/%25zz> .`},
	{"lists and reverse", `{"@id": "x:s", "x:p": {"@list": ["a"]}, "@reverse": {"x:q": {"@id": "x:o"}}}`,
		`<x:s> <x:p> _:a . _:a <` + rdfFirst + `> "a" . _:a <` + rdfRest + `> <` + rdfNil + `> . <x:o> <x:q> <x:s> .`},
	{"graph with a name", `{"@id": "x:g", "@graph": [{"@id": "x:s", "x:p": {"@id": "x:o"}}]}`, statement},
	{"nodes that are only included", `{"@id": "x:s", "@included": [{"@id": "x:s", "x:p": {"@id": "x:o"}}]}`, statement},
	{"set, index and direction", `{"@id": "x:s", "@index": "i", "x:p": {"@set": [{"@value": "a", "@direction": "rtl", "@language": "ar"}, {"@id": "x:o"}]}}`, statement + `<x:s> <x:p> "a"@ar .`},
	{"list of lists", `{"@id": "x:s", "x:p": {"@list": [{"@list": []}]}}`, `<x:s> <x:p> _:a . _:a <` + rdfFirst + `> <` + rdfNil + `> . _:a <` + rdfRest + `> <` + rdfNil + `> .`},
	{"language map", `{"@context": {"t": {"@id": "x:p", "@container": "@language"}}, "@id": "x:s", "t": {"fr": "a", "en": ["b", "c"]}}`,
		`<x:s> <x:p> "a"@fr . <x:s> <x:p> "b"@en . <x:s> <x:p> "c"@en .`},
}

func TestDecodeJSONLD(t *testing.T) {
	for _, test := range jsonldTests {
		test.run(t, JSONLD)
	}
}

func TestDecodeJSONLDErrors(t *testing.T) {
	for _, test := range []struct{ name, document, want string }{
		{"no JSON", `{"@id": `, ""},
		{"more after the document", `{} {}`, ""},
		{"context elsewhere", `{"@context": "https://schema.org/", "@id": "x:s"}`, "https://schema.org/ is not in the document"},
		{"keyword of a wrong type", `{"@id": 1}`, "invalid @id value"},
	} {
		t.Run(test.name, func(t *testing.T) { wantSyntaxError(t, JSONLD, test.document, test.want) })
	}
}
