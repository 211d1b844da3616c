package dcat

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/gtnum/gtnum/model"
)

// IRIs of what a catalogue names. They hang on ids and contents alone, never
// on positions, so that they are the same whatever comes before and after.

// CatalogueIRI names a catalogue in RDF: its base and "catalog".
func CatalogueIRI(c *model.Catalogue) string { return c.Base + "catalog" }

func agentIRI(c *model.Catalogue, id string) string  { return c.Base + "agents/" + id }
func groupIRI(c *model.Catalogue, id string) string  { return c.Base + "groups/" + id }
func sourceIRI(c *model.Catalogue, id string) string { return c.Base + "sources/" + id }

func axisIRI(c *model.Catalogue, group, axis string) string {
	return groupIRI(c, group) + "#axis-" + axis
}

// fileIRI names a file by its address, which tells the files of a record
// apart.
func fileIRI(rec string, f model.File) string { return rec + "#file-" + digest(f.URL) }

func digest(s string) string {
	h := fnv.New64a()
	h.Write([]byte(s))
	return strconv.FormatUint(h.Sum64(), 36)
}

// slug makes a fragment of a name. A name that is not of Latin letters ends
// in its digest, so that no two names are taken for one.
func slug(name string) string { return string(appendSlug(nil, name)) }

// appendSlug writes the slug over the decomposed name, which is never shorter.
func appendSlug(dst []byte, name string) []byte {
	start, faithful := len(dst), true
	dst = norm.NFD.AppendString(dst, name)
	slug := dst[:start]
	for i := start; i < len(dst); {
		r, size := utf8.DecodeRune(dst[i:])
		i += size
		r = unicode.ToLower(r)
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			slug = append(slug, byte(r))
		case unicode.Is(unicode.Mn, r):
		default:
			faithful = faithful && strings.ContainsRune(" -'’.", r)
			if len(slug) > start && slug[len(slug)-1] != '-' {
				slug = append(slug, '-')
			}
		}
	}
	for len(slug) > start && slug[len(slug)-1] == '-' {
		slug = slug[:len(slug)-1]
	}
	if len(slug) > start && faithful {
		return slug
	}
	if len(slug) > start {
		slug = append(slug, '-')
	}
	return append(slug, digest(name)...)
}

// identifierIRI names an identifier: the address that resolves it, a URN, or
// a fragment of the record.
func identifierIRI(rec string, id model.Identifier) string {
	switch u := id.URL(); {
	case u != "":
		return u
	case id.Scheme == model.URN:
		return id.Value
	case id.Scheme == model.ISBN:
		return "urn:isbn:" + id.Value
	}
	return rec + "#" + slug(string(id.Scheme)) + "-" + digest(id.Value)
}
