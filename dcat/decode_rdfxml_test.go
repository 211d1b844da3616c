package dcat

import "testing"

// rdfxmlDocument puts a body into a document of RDF/XML.
func rdfxmlDocument(body string) string {
	return `<?xml version="1.0"?><r:RDF xmlns:r="` + rdfNS + `" xmlns:x="x:">` + body + `</r:RDF>`
}

const statement = `<x:s> <x:p> <x:o> .`

// rdfxmlTests are of the constructs of RDF 1.1 XML Syntax, section 2, and of
// what others write.
var rdfxmlTests = []decodeTest{
	{"nothing", ``, ``},
	{"nested nodes", `<r:Description r:about="x:s"><x:p><r:Description r:about="x:o"/></x:p></r:Description>`, statement},
	{"typed nodes, one in another", `<x:C r:about="x:s"><x:p><x:D r:about="x:o"/></x:p></x:C>`,
		statement + `<x:s> <` + rdfType + `> <x:C> . <x:o> <` + rdfType + `> <x:D> .`},
	{"resource", `<r:Description r:about="x:s"><x:p r:resource="x:o"/></r:Description>`, statement},
	{"mailto is no prefix", `<r:Description r:about="x:s"><x:p r:resource="mailto:a@example.org"/></r:Description>`, `<x:s> <x:p> <mailto:a@example.org> .`},
	{"relative", `<r:Description r:about="../s"><x:p r:resource="#o"/></r:Description><r:Description r:ID="i"><x:p r:resource=""/></r:Description>`,
		`<http://base.example/s> <x:p> <http://base.example/dir/doc?q#o> . <http://base.example/dir/doc?q#i> <x:p> <http://base.example/dir/doc?q> .`},
	{"base", `<r:Description xml:base="http://b.example/x/y#f" r:about="s"><x:p r:resource="/o"/><x:p xml:base="http://c.example/" r:resource="o"/></r:Description><r:Description r:about="s"><x:p/></r:Description>`,
		`<http://b.example/x/s> <x:p> <http://b.example/o> . <http://b.example/x/s> <x:p> <http://c.example/o> . <http://base.example/dir/s> <x:p> "" .`},
	{"texts", `<r:Description r:about="x:s"><x:p>a<!-- b --> &lt;c&gt; <![CDATA[<d>]]> &#233;</x:p><x:p></x:p><x:p> </x:p><x:p/></r:Description>`,
		`<x:s> <x:p> "a <c> <d> é" . <x:s> <x:p> "" . <x:s> <x:p> " " .`},
	{"languages", `<r:Description r:about="x:s" xml:lang="FR"><x:p>a</x:p><x:p xml:lang="">b</x:p><x:p xml:lang="en-GB">c</x:p><x:p>d</x:p></r:Description><r:Description r:about="x:s"><x:p>e</x:p></r:Description>`,
		`<x:s> <x:p> "a"@fr . <x:s> <x:p> "b" . <x:s> <x:p> "c"@en-gb . <x:s> <x:p> "d"@fr . <x:s> <x:p> "e" .`},
	{"datatype goes before language", `<r:Description r:about="x:s" xml:lang="fr"><x:p r:datatype="x:t">1</x:p><x:p r:datatype="http://www.w3.org/2001/XMLSchema#string">2</x:p></r:Description>`,
		`<x:s> <x:p> "1"^^<x:t> . <x:s> <x:p> "2" .`},
	{"property attributes", `<x:C r:about="x:s" x:p="a" r:type="x:D" xml:lang="fr"/>`, `<x:s> <` + rdfType + `> <x:C> . <x:s> <` + rdfType + `> <x:D> . <x:s> <x:p> "a"@fr .`},
	{"property attributes of a property", `<r:Description r:about="x:s"><x:p x:q="a"/><x:p r:resource="x:o" x:q="b"/></r:Description>`,
		statement + `<x:s> <x:p> _:n . _:n <x:q> "a" . <x:o> <x:q> "b" .`},
	{"blank nodes", `<r:Description r:nodeID="a"><x:p r:nodeID="b.c"/><x:p><r:Description/></x:p></r:Description><r:Description r:nodeID="b.c"><x:p r:nodeID="a"/></r:Description>`,
		`_:a <x:p> _:b . _:b <x:p> _:a . _:a <x:p> _:c .`},
	{"parseType Resource", `<r:Description r:about="x:s"><x:p r:parseType="Resource"><x:q>a</x:q><x:p r:parseType="Resource"/></x:p></r:Description>`,
		`<x:s> <x:p> _:a . _:a <x:q> "a" . _:a <x:p> _:b .`},
	{"parseType Collection", `<r:Description r:about="x:s"><x:p r:parseType="Collection"><x:C/><r:Description r:about="x:o"/></x:p><x:q r:parseType="Collection"/></r:Description>`,
		`<x:s> <x:p> _:a . _:a <` + rdfFirst + `> _:c . _:c <` + rdfType + `> <x:C> . _:a <` + rdfRest + `> _:b . _:b <` + rdfFirst + `> <x:o> . _:b <` + rdfRest + `> <` + rdfNil + `> . <x:s> <x:q> <` + rdfNil + `> .`},
	{"parseType Literal", `<r:Description r:about="x:s"><x:p r:parseType="Literal">a &amp; <b xmlns="http://www.w3.org/1999/xhtml">c</b></x:p></r:Description>`,
		`<x:s> <x:p> "a &amp; <b xmlns=\"http://www.w3.org/1999/xhtml\">c</b>"^^<` + rdfNS + `XMLLiteral> .`},
	{"containers", `<r:Seq r:about="x:s"><r:li r:resource="x:o"/><r:_5>a</r:_5><r:li>b</r:li></r:Seq>`,
		`<x:s> <` + rdfType + `> <` + rdfNS + `Seq> . <x:s> <` + rdfNS + `_1> <x:o> . <x:s> <` + rdfNS + `_5> "a" . <x:s> <` + rdfNS + `_2> "b" .`},
	{"statement with an id", `<r:Description r:about="x:s"><x:p r:ID="i" r:resource="x:o"/></r:Description>`,
		statement + `<http://base.example/dir/doc?q#i> <` + rdfType + `> <` + rdfNS + `Statement> . <http://base.example/dir/doc?q#i> <` + rdfNS + `subject> <x:s> .
		<http://base.example/dir/doc?q#i> <` + rdfNS + `predicate> <x:p> . <http://base.example/dir/doc?q#i> <` + rdfNS + `object> <x:o> .`},
}

func TestDecodeRDFXML(t *testing.T) {
	for _, test := range rdfxmlTests {
		test.document = rdfxmlDocument(test.document)
		test.run(t, RDFXML)
	}
	for _, test := range []decodeTest{
		{"one node without rdf:RDF", `<x:C xmlns:x="x:" xmlns:r="` + rdfNS + `" r:about="x:s"/>`, `<x:s> <` + rdfType + `> <x:C> .`},
		{"byte order mark", "\uFEFF" + rdfxmlDocument(`<r:Description r:about="x:s"><x:p r:resource="x:o"/></r:Description>`), statement},
		{"entities of a document type", `<!DOCTYPE r:RDF [<!ENTITY x "x:"> <!ENTITY y 'y:'>]><r:RDF xmlns:r="` + rdfNS + `" xmlns:x="x:"><r:Description r:about="&x;s"><x:p r:resource="&y;o"/></r:Description></r:RDF>`, `<x:s> <x:p> <y:o> .`},
		{"Latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><r:RDF xmlns:r='" + rdfNS + "' xmlns:x='x:'><r:Description r:about='x:s'><x:p>\xe9</x:p></r:Description></r:RDF>", `<x:s> <x:p> "é" .`},
	} {
		test.run(t, RDFXML)
	}
}

func TestDecodeRDFXMLErrors(t *testing.T) {
	for _, test := range []struct{ name, document, want string }{
		{"nothing", ``, "no element"},
		{"no XML", "<r:RDF xmlns:r='" + rdfNS + "'>\n<a", "line 2"},
		{"element that does not end", `<r:RDF xmlns:r='` + rdfNS + `'><x:C xmlns:x='x:'>`, "line 1"},
		{"text between nodes", rdfxmlDocument(`a`), `"a"`},
		{"text between properties", rdfxmlDocument(`<x:C>a</x:C>`), `"a"`},
		{"text beside a node", rdfxmlDocument(`<x:C><x:p>a<x:C/></x:p></x:C>`), "both text and a node"},
		{"two nodes in a property", rdfxmlDocument(`<x:C><x:p><x:C/><x:C/></x:p></x:C>`), "more than one node"},
		{"node in a property with a value", rdfxmlDocument(`<x:C><x:p r:resource="x:o"><x:C/></x:p></x:C>`), "already has a value"},
		{"two names for a node", rdfxmlDocument(`<x:C r:about="x:s" r:nodeID="a"/>`), "several of"},
		{"rdf:li as a node", rdfxmlDocument(`<r:li/>`), "<li> cannot be a node"},
		{"rdf:Description as a property", rdfxmlDocument(`<x:C><r:Description/></x:C>`), "<Description> cannot be a property"},
		{"element without a namespace", rdfxmlDocument(`<title>a</title>`), "<title> cannot be a node"},
		{"encoding that nobody knows", `<?xml version="1.0" encoding="klingon"?><x/>`, ""},
	} {
		t.Run(test.name, func(t *testing.T) { wantSyntaxError(t, RDFXML, test.document, test.want) })
	}
}
