package model

import (
	"bytes"
	_ "embed"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

//go:embed schema.json
var schema []byte

//go:embed schema.fr.json
var schemaFR []byte

// Schema returns the JSON Schema (2020-12) of catalogue files, YAML and JSON
// alike, with which editors complete, explain and check them as they are
// written. It explains in French if that is the language, else in English.
func Schema(lang language.Tag) []byte {
	if say.French(lang) {
		return bytes.Clone(schemaFR)
	}
	return bytes.Clone(schema)
}
