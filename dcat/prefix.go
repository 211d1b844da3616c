package dcat

import "strings"

// prefixes are the names that every document declares, by name. None is a
// registered URI scheme, as "geo" would be: JSON-LD could not tell its IRIs
// from shortened ones.
var prefixes = []struct{ name, iri string }{
	{"adms", "http://www.w3.org/ns/adms#"},
	{"cc", "http://creativecommons.org/ns#"},
	{"dcat", "http://www.w3.org/ns/dcat#"},
	{"dcatap", "http://data.europa.eu/r5r/"},
	{"dct", "http://purl.org/dc/terms/"},
	{"dqv", "http://www.w3.org/ns/dqv#"},
	{"foaf", "http://xmlns.com/foaf/0.1/"},
	{"geosparql", "http://www.opengis.net/ont/geosparql#"},
	{"hydra", "http://www.w3.org/ns/hydra/core#"},
	{"locn", "http://www.w3.org/ns/locn#"},
	{"odrl", "http://www.w3.org/ns/odrl/2/"},
	{"org", "http://www.w3.org/ns/org#"},
	{"owl", "http://www.w3.org/2002/07/owl#"},
	{"prov", "http://www.w3.org/ns/prov#"},
	{"rdf", rdfNS},
	{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
	{"schema", "http://schema.org/"},
	{"skos", "http://www.w3.org/2004/02/skos/core#"},
	{"spdx", "http://spdx.org/rdf/terms#"},
	{"time", "http://www.w3.org/2006/time#"},
	{"vcard", "http://www.w3.org/2006/vcard/ns#"},
	{"void", "http://rdfs.org/ns/void#"},
	{"xsd", xsdNS},
}

const (
	rdfNS         = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	xsdNS         = "http://www.w3.org/2001/XMLSchema#"
	rdfType       = rdfNS + "type"
	rdfLangString = rdfNS + "langString"
	rdfFirst      = rdfNS + "first"
	rdfRest       = rdfNS + "rest"
	rdfNil        = rdfNS + "nil"
	xsdString     = xsdNS + "string"
)

// prefixOf returns the declared prefix of a namespace.
func prefixOf(namespace string) (string, bool) {
	for _, p := range prefixes {
		if p.iri == namespace {
			return p.name, true
		}
	}
	return "", false
}

// isPrefix reports whether a URI scheme is taken by a declared prefix.
func isPrefix(scheme string) bool {
	for _, p := range prefixes {
		if p.name == scheme {
			return true
		}
	}
	return false
}

// splitName cuts an IRI into a namespace and the longest local name after it
// that XML, Turtle and JSON-LD all take without escapes: ASCII letters,
// digits, "_" and "-", not beginning with a digit or "-".
func splitName(iri string) (namespace, local string) {
	i := len(iri)
	for i > 0 && isNameByte(iri[i-1]) {
		i--
	}
	for i < len(iri) && !isNameStart(iri[i]) {
		i++
	}
	return iri[:i], iri[i:]
}

func isNameStart(c byte) bool { return c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' }

func isNameByte(c byte) bool { return isNameStart(c) || c == '-' || '0' <= c && c <= '9' }

// reserved are the names of rdf: that RDF/XML does not take as a predicate
// (RDF 1.1 XML Syntax, section 6.1.4).
var reserved = " Description RDF ID about parseType resource nodeID datatype li bagID aboutEach aboutEachPrefix "

func isReserved(local string) bool { return strings.Contains(reserved, " "+local+" ") }
