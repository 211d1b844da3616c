package dcat

import "strings"

// jsonldTypes are the predicates that the context of JSON-LD gives a type,
// so that their most usual objects need no braces. Plain strings are among
// them too: jsonld-streaming-parser 5 with N3.js 2 fails on a string of
// which neither the context nor the text says the type.
var jsonldTypes = []struct{ coercion, names string }{
	{"@id", `
		adms:status adms:representationTechnique
		dcat:accessService dcat:accessURL dcat:catalog dcat:compressFormat dcat:contactPoint dcat:dataset dcat:distribution
		dcat:downloadURL dcat:endpointDescription dcat:endpointURL dcat:first dcat:hadRole dcat:hasVersion dcat:inSeries
		dcat:isVersionOf dcat:landingPage dcat:last dcat:mediaType dcat:packageFormat dcat:prev dcat:record dcat:resource
		dcat:servesDataset dcat:service dcat:theme dcat:themeTaxonomy
		dcatap:applicableLegislation dcatap:availability
		dct:accessRights dct:accrualPeriodicity dct:conformsTo dct:contributor dct:creator dct:format dct:hasPart
		dct:hasVersion dct:isPartOf dct:isReferencedBy dct:isReplacedBy dct:isVersionOf dct:language dct:license
		dct:publisher dct:references dct:relation dct:replaces dct:rightsHolder dct:source dct:spatial dct:subject dct:type
		foaf:depiction foaf:homepage foaf:isPrimaryTopicOf foaf:mbox foaf:page foaf:primaryTopic
		hydra:first hydra:last hydra:next hydra:nextPage hydra:previous hydra:previousPage hydra:view
		odrl:hasPolicy org:memberOf org:subOrganizationOf owl:sameAs
		prov:agent prov:hadDerivation prov:qualifiedAttribution prov:wasDerivedFrom prov:wasGeneratedBy
		rdfs:isDefinedBy rdfs:seeAlso skos:exactMatch skos:inScheme spdx:algorithm
		vcard:hasEmail vcard:hasTelephone vcard:hasURL void:dataDump void:rootResource void:vocabulary`},
	{"xsd:string", `
		adms:schemaAgency adms:versionNotes dcat:keyword dcat:version
		dct:alternative dct:bibliographicCitation dct:description dct:identifier dct:provenance dct:title
		foaf:familyName foaf:givenName foaf:name foaf:nick
		owl:versionInfo rdfs:comment rdfs:label skos:altLabel skos:notation skos:prefLabel
		spdx:checksumValue vcard:fn vcard:organization-name`},
}

// jsonldType returns the type that the context gives a shortened name.
var jsonldType = func() map[string]string {
	m := make(map[string]string)
	for _, row := range jsonldTypes {
		for short := range strings.FieldsSeq(row.names) {
			m[short] = row.coercion
		}
	}
	return m
}()

// jsonldContext is the context as a JSON object, two steps deep.
var jsonldContext = func() string {
	var dst []byte
	between := "{"
	for _, p := range prefixes {
		dst = append(dst, between+"\n    \""+p.name+`": "`+p.iri+`"`...)
		between = ","
	}
	for _, row := range jsonldTypes {
		for short := range strings.FieldsSeq(row.names) {
			dst = append(dst, ",\n    \""+short+`": {"@type": "`+row.coercion+`"}`...)
		}
	}
	return string(append(dst, "\n  }"...))
}()
