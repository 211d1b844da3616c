package crosswalk

import (
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// earlierOrigins are where the repository of a record has it from, the nearest
// first, as far as its about containers tell. One that cannot be read tells
// nothing.
func earlierOrigins(about [][]byte) []model.Origin {
	var origins []model.Origin
	for _, container := range about {
		p, ok, err := oaipmh.ParseProvenance(container)
		if !ok || err != nil {
			continue
		}
		for o := &p; o != nil; o = o.Origin {
			datestamp, _ := parseDate(o.Datestamp)
			origins = append(origins, model.Origin{
				BaseURL: o.BaseURL, Identifier: o.Identifier, Datestamp: datestamp, MetadataNamespace: o.MetadataNamespace,
				Harvested: model.NewDate(o.HarvestDate, model.Instant), Altered: o.Altered,
			})
		}
	}
	return origins
}
