// Package dcat describes a catalogue as an RDF graph of DCAT-AP 3: it writes
// the graph as Turtle, RDF/XML, N-Triples and JSON-LD, serves it to portals
// and people, and reads it back.
//
//	src, err := dcat.NewSource(catalogue)
//	if err != nil {
//		return err
//	}
//	return dcat.Export(ctx, os.Stdout, src, dcat.Options{Syntax: dcat.Turtle})
//
// [Export] and [Handler] stream: their memory does not grow with the number
// of records. Portals contradict each other in places; a [Profile] holds what
// differs. Below the model stands an [Encoder] for any graph, and [Decode] to
// read one.
package dcat
