package crosswalk

import (
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// Options are what formats ask that a catalogue does not tell. The zero value
// works.
type Options struct {
	// DatacentreSymbol names, in oai_datacite, the data centre that the
	// records come from; where it is empty, the host of the catalogue's base
	// stands in.
	DatacentreSymbol string
	// ScoLOMFR is the version of ScoLOMFR that lom names, such as "3.2"; where
	// it is empty, 8.0.
	ScoLOMFR string
}

// table is the one list of formats: a new one is a line here, a file of its
// own and a golden file.
var table = []func(*Options) oaipmh.Format[model.Record]{
	oaiDC,
	oaiDCTerms,
	dataCite,
	oaiDataCite,
	oaiOpenAIRE,
	lom,
	xmlTEI,
}

// Formats returns the formats that records are served in, oai_dc first.
func Formats(opts Options) []oaipmh.Format[model.Record] {
	formats := make([]oaipmh.Format[model.Record], len(table))
	for i, format := range table {
		formats[i] = format(&opts)
	}
	return formats
}
