package crosswalk

import (
	"slices"
	"strings"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// About returns the containers that go with a record: where it was harvested
// from, then the licence of its description. A reader that looks at the first
// alone, as xoai does, learns the origin. They may be shared between records
// and must not be changed.
func About(r model.Record) [][]byte {
	return AboutWith(Provenance(r), r.Catalogue)
}

// AboutWith is About of a record that says so of where it was harvested from.
func AboutWith(provenance []byte, c *model.Catalogue) [][]byte {
	licence := rights(c.Licence)
	if len(provenance) == 0 {
		return licence
	}
	return append([][]byte{provenance}, licence...)
}

// Provenance returns the container of where a record was harvested from, nil if
// it was not.
func Provenance(r model.Record) []byte {
	if p := provenance(r.Output.Provenance.Origins); p != nil {
		return p.XML()
	}
	return nil
}

// rights are the containers of a licence of descriptions, none if it is not
// said. Those of the register are made once.
func rights(l model.Licence) [][]byte {
	if known, ok := licenceRights[l]; ok {
		return known
	}
	return newRights(l)
}

var licenceRights = index(model.Licences(), func(i model.LicenceInfo) (model.Licence, [][]byte) {
	return i.SPDX, newRights(i.SPDX)
})

func newRights(l model.Licence) [][]byte {
	if ref := l.Info().IRI; ref != "" {
		return [][]byte{oaipmh.Rights(ref)}
	}
	return nil
}

// provenance is the chain of origins, the nearest outside; nil if there is
// none. A chain ends where an origin lacks what the container demands.
func provenance(origins []model.Origin) *oaipmh.Provenance {
	if len(origins) == 0 {
		return nil
	}
	o := origins[0]
	if o.BaseURL == "" || o.Identifier == "" || o.MetadataNamespace == "" || o.Harvested.IsZero() || o.Datestamp.Precision() < model.Day {
		return nil
	}
	return &oaipmh.Provenance{
		BaseURL:           o.BaseURL,
		Identifier:        o.Identifier,
		Datestamp:         o.Datestamp.String(),
		MetadataNamespace: o.MetadataNamespace,
		HarvestDate:       o.Harvested.Time(),
		Altered:           o.Altered,
		Origin:            provenance(origins[1:]),
	}
}

// Descriptions returns the containers of Identify that some catalogues tell:
// how their identifiers are built, and the licences of their descriptions.
func Descriptions(catalogues ...*model.Catalogue) [][]byte {
	var descriptions [][]byte
	var domains, licences []string
	for _, c := range catalogues {
		domain := c.Domain()
		if isNamespace(domain) && len(c.Outputs) > 0 && !slices.Contains(domains, domain) {
			domains = append(domains, domain)
			sample := model.Record{Catalogue: c, Output: &c.Outputs[0]}.OAIIdentifier()
			descriptions = append(descriptions, oaipmh.OAIIdentifier(domain, sample))
		}
		if ref := licenceOf(c.Licence).IRI; ref != "" && !slices.Contains(licences, ref) {
			licences = append(licences, ref)
		}
	}
	if licences != nil {
		descriptions = append(descriptions, oaipmh.RightsManifest(licences...))
	}
	return descriptions
}

// isNamespace reports whether a domain can be the namespace of identifiers by
// the OAI identifier guideline, section 2.1: "localhost" and "127.0.0.1" can
// not.
func isNamespace(domain string) bool {
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || label[0] < 'a' || label[0] > 'z' {
			return false
		}
	}
	return strings.Contains(domain, ".")
}
