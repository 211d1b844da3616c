// Package testdata holds the catalogue of the PLEIADES group, transcribed by
// hand from its brochure: what gtnum serves where no catalogue is named, and
// what tests read. Its own tests stand in package model, as "./..." passes
// over folders of this name.
package testdata

import _ "embed"

// Pleiades is the catalogue, as YAML.
//
//go:embed pleiades.yaml
var Pleiades []byte
