package model

import _ "embed"

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (2020-12) of catalogue files, YAML and JSON
// alike, with which editors complete and check them as they are written.
func Schema() []byte { return append([]byte(nil), schema...) }
