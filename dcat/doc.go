// Package dcat describes a catalogue as an RDF graph of DCAT-AP 3, and writes
// and reads that graph as Turtle, RDF/XML, N-Triples and JSON-LD.
//
//	e := dcat.NewEncoder(os.Stdout, dcat.Turtle)
//	e.Begin("https://example.org/dataset/1")
//	e.Predicate("http://purl.org/dc/terms/title")
//	e.Literal("Enquête auprès des enseignants", "fr")
//	e.End()
//	err := e.Close()
package dcat
