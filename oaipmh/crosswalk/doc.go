// Package crosswalk carries records of package model into the metadata
// formats of OAI-PMH and back: one file a format.
package crosswalk
