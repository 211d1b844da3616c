// Package model describes what research groups publish: catalogues of
// groups, their axes and their outputs, with agents, identifiers, licences
// and provenance. It knows neither XML nor RDF; packages that speak those
// are built on it.
//
// A catalogue is a YAML or JSON file that a person keeps:
//
//	cat, err := model.Load("catalogue.yaml")
//	if err != nil {
//		return err // every problem of the file, each with its place
//	}
//	for record := range cat.Records() {
//		fmt.Println(record.OAIIdentifier(), record.Output.Title)
//	}
//
// Nothing is invented: a field that no source states is empty, and what
// follows by rule is marked as derived.
package model
