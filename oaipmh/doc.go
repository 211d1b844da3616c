// Package oaipmh speaks the Open Archives Initiative Protocol for Metadata
// Harvesting, version 2.0, on both sides: http://www.openarchives.org/OAI/openarchivesprotocol.html.
//
// A [Provider] is an http.Handler that serves the records of a [Repository],
// whatever their type, in the formats that the embedder writes down as
// [Format] values. [Memory] is a Repository for what fits in memory; package
// oaitest tests those that an embedder writes. A record may carry its metadata
// as text, [Rendered] before, which answers copy; a repository that keeps such
// texts is a [RenderedLister], and one that counts or lists headers quickly says
// so, too ([Counter], [HeaderLister]).
//
//	zoo := &oaipmh.Memory[Animal]{}
//	provider, err := oaipmh.NewProvider(zoo, oaipmh.Options{
//		Name: "Zoo", BaseURL: "https://zoo.example/oai", AdminEmails: []string{"oai@zoo.example"},
//	}, oaipmh.DublinCore(elements))
//	…
//	http.Handle("/oai", provider)
//
// A [Client] harvests such servers, and those of others with all their faults:
//
//	client := &oaipmh.Client{BaseURL: "https://zoo.example/oai"}
//	for rec, err := range client.Records(ctx, oaipmh.Selection{MetadataPrefix: "oai_dc"}) {
//		…
//	}
//
// A [Harvest] is the state of such a walk: saved between two records it goes
// on there, and once done it knows what to ask for next time.
package oaipmh
