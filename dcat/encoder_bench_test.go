package dcat

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"
)

// benchDataset returns a data set with what portals ask for: 30 triples.
func benchDataset(n int) *randomNode {
	is := func(short string, objects ...randomObject) randomProp {
		for _, p := range prefixes {
			if prefix := p.name + ":"; len(short) > len(prefix) && short[:len(prefix)] == prefix {
				return randomProp{p.iri + short[len(prefix):], objects}
			}
		}
		panic(short)
	}
	iri := func(iri string) randomObject { return randomObject{t: Term{Value: iri}} }
	text := func(s, lang string) randomObject {
		return randomObject{t: Term{Kind: KindLiteral, Value: s, Lang: lang}}
	}
	typed := func(s, datatype string) randomObject {
		return randomObject{t: Term{Kind: KindLiteral, Value: s, Datatype: xsdNS + datatype}}
	}
	node := func(iri string, props ...randomProp) randomObject {
		return randomObject{node: &randomNode{iri: iri, props: props}}
	}
	address := fmt.Sprintf("https://generated.example.org/records/%d", n)
	const description = "Enquête menée auprès de 1 200 enseignants du premier degré sur leurs usages du numérique : matériels, ressources, formation, freins et leviers. "
	return node(address,
		is("rdf:type", iri("http://www.w3.org/ns/dcat#Dataset")),
		is("dct:title", text("Usages du numérique à l’école élémentaire", "fr"), text("Digital practices in primary school", "en")),
		is("dct:description", text(description+description, "fr")),
		is("dct:identifier", text(address, "")),
		is("dct:issued", typed("2023-05-12", "date")),
		is("dct:language", iri("http://publications.europa.eu/resource/authority/language/FRA")),
		is("dct:license", iri("https://creativecommons.org/licenses/by/4.0/")),
		is("dcat:keyword", text("numérique", "fr"), text("école élémentaire", "fr"), text("enquête", "fr")),
		is("dcat:theme", iri("http://publications.europa.eu/resource/authority/data-theme/EDUC")),
		is("dct:publisher", node("https://generated.example.org/agents/ministry",
			is("rdf:type", iri("http://xmlns.com/foaf/0.1/Organization")),
			is("foaf:name", text("Ministère de l’Éducation nationale", "fr")))),
		is("dcat:contactPoint", node("",
			is("rdf:type", iri("http://www.w3.org/2006/vcard/ns#Organization")),
			is("vcard:fn", text("GTnum", "")),
			is("vcard:hasEmail", iri("mailto:gtnum@example.org")))),
		is("dcat:distribution", node(address+"/csv",
			is("rdf:type", iri("http://www.w3.org/ns/dcat#Distribution")),
			is("dct:title", text("Données au format CSV", "fr")),
			is("dcat:accessURL", iri(address)),
			is("dcat:downloadURL", iri(address+"/donnees.csv")),
			is("dcat:mediaType", iri("https://www.iana.org/assignments/media-types/text/csv")),
			is("dcat:byteSize", typed("1048576", "nonNegativeInteger")),
			is("dct:format", iri("http://publications.europa.eu/resource/authority/file-type/CSV")))),
	).node
}

func writeDatasets(w io.Writer, s Syntax, nodes []*randomNode) error {
	e := NewEncoder(w, s)
	e.Begin("https://generated.example.org/catalog")
	e.Predicate("http://www.w3.org/ns/dcat#dataset")
	for _, n := range nodes {
		n.write(e)
	}
	e.End()
	return e.Close()
}

// benchDatasets returns data sets, and the number of triples that writeDatasets
// makes of them.
func benchDatasets(n int) (nodes []*randomNode, triples int) {
	for i := range n {
		nodes = append(nodes, benchDataset(i))
		said, _ := nodes[i].expect(nil, new(int))
		triples += len(said) + 1
	}
	return nodes, triples
}

func BenchmarkEncoder(b *testing.B) {
	nodes, triples := benchDatasets(1000)
	for _, s := range Syntaxes() {
		b.Run(s.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := writeDatasets(io.Discard, s, nodes); err != nil {
					b.Fatal(err)
				}
			}
			reportTriples(b, triples)
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	nodes, triples := benchDatasets(1000)
	for _, s := range Syntaxes() {
		b.Run(s.String(), func(b *testing.B) {
			var document bytes.Buffer
			if err := writeDatasets(&document, s, nodes); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.SetBytes(int64(document.Len()))
			for b.Loop() {
				for _, err := range Decode(bytes.NewReader(document.Bytes()), s, "") {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			reportTriples(b, triples)
		})
	}
}

func reportTriples(b *testing.B, each int) {
	b.ReportMetric(float64(each*b.N)/b.Elapsed().Seconds(), "triples/s")
	b.ReportMetric(float64(b.Elapsed()/time.Duration(each))/float64(b.N), "ns/triple")
}
