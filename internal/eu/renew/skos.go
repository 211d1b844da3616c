package main

import (
	"io"
	"strings"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/internal/eu"
)

const (
	skos  = "http://www.w3.org/2004/02/skos/core#"
	owl   = "http://www.w3.org/2002/07/owl#"
	euvoc = "http://publications.europa.eu/ontology/euvoc#"
)

// A vocabulary is what the files say that were read.
type vocabulary struct {
	concepts map[string]*concept // by table, "/" and code
	versions map[string]string   // by table
}

// A concept is a row of an authority table.
type concept struct {
	code, french, english string
	mediaTypes            []string
	deprecated            bool
}

func newVocabulary() *vocabulary {
	return &vocabulary{make(map[string]*concept), make(map[string]string)}
}

func (v *vocabulary) read(r io.Reader, s dcat.Syntax) error {
	for t, err := range dcat.Decode(r, s, eu.Authority) {
		if err != nil {
			return err
		}
		iri, ok := strings.CutPrefix(t.Subject.Value, eu.Authority)
		if !ok {
			continue
		}
		if _, code, ok := strings.Cut(iri, "/"); ok {
			v.concept(iri, code).add(t)
		} else if t.Predicate.Value == owl+"versionInfo" {
			v.versions[iri] = t.Object.Value
		}
	}
	return nil
}

func (v *vocabulary) concept(iri, code string) *concept {
	c := v.concepts[iri]
	if c == nil {
		c = &concept{code: code}
		v.concepts[iri] = c
	}
	return c
}

func (c *concept) add(t dcat.Triple) {
	switch {
	case t.Predicate.Value == skos+"prefLabel" && t.Object.Lang == "fr":
		c.french = t.Object.Value
	case t.Predicate.Value == skos+"prefLabel" && t.Object.Lang == "en":
		c.english = t.Object.Value
	case t.Predicate.Value == skos+"notation" && t.Object.Datatype == euvoc+"IANA_MT":
		c.mediaTypes = append(c.mediaTypes, strings.ToLower(t.Object.Value))
	case strings.HasSuffix(t.Predicate.Value, "/deprecated"):
		c.deprecated = t.Object.Value == "true"
	}
}
