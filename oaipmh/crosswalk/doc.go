// Package crosswalk carries records of package model into the metadata
// formats of OAI-PMH and back: one file a format. It is where the protocol,
// which knows no record type, and the model, which knows no XML, meet.
//
// A catalogue is served in all formats by
//
//	formats := crosswalk.Formats(crosswalk.Options{})
//	repo, err := crosswalk.Catalogue(formats, catalogue)
//	…
//	provider, err := oaipmh.NewProvider(repo, oaipmh.Options{…}, formats...)
//
// Nothing is invented on the way. What the model does not hold is not written;
// where a format demands a title and there is none, a label made by rule
// stands in, in square brackets, as cataloguers mark a title that they
// supplied; a format that demands what cannot be made by rule refuses the
// record. README.md says what each format keeps of the model and what it must
// leave out.
package crosswalk
