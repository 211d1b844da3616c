package dcat

import (
	"encoding/json"
	"hash/fnv"
	"slices"
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

// irisOf returns the IRIs of several things: each one's own, or else base and the
// slug of its name. Where others that say something else have the same slug, the
// digest of what it says follows, but for the one that is first in the order of
// the alphabet.
func irisOf[T any](base string, list []T, names func(*T) (own, name string)) []string {
	iris, sharing := make([]string, len(list)), make(map[string][]int, len(list))
	for i := range list {
		own, name := names(&list[i])
		if iris[i] = own; !absolute(own) {
			iris[i] = base + slug(name)
			sharing[iris[i]] = append(sharing[iris[i]], i)
		}
	}
	for _, several := range sharing {
		if len(several) > 1 {
			tellApart(iris, several, list)
		}
	}
	return iris
}

// tellApart adds to the IRI that several of a list have.
func tellApart[T any](iris []string, several []int, list []T) {
	says := make([]string, len(several))
	for k, i := range several {
		b, _ := json.Marshal(list[i]) // model values always can
		says[k] = string(b)
	}
	first := slices.Min(says)
	for k, i := range several {
		if says[k] != first {
			iris[i] += "-" + digest(says[k])
		}
	}
}

// slug makes a fragment of a name. A name that is not of Latin letters ends
// in its digest, so that no two names are taken for one.
func slug(name string) string { return string(appendSlug(nil, name)) }

func appendSlug(dst []byte, name string) []byte {
	start, faithful := len(dst), true
	for i, r := range name {
		var decomposed []byte
		if r >= utf8.RuneSelf {
			decomposed = norm.NFD.PropertiesString(name[i:]).Decomposition()
		}
		if decomposed == nil {
			dst, faithful = appendSlugRune(dst, start, r, faithful)
		}
		for len(decomposed) > 0 {
			r, size := utf8.DecodeRune(decomposed)
			decomposed = decomposed[size:]
			dst, faithful = appendSlugRune(dst, start, r, faithful)
		}
	}
	for len(dst) > start && dst[len(dst)-1] == '-' {
		dst = dst[:len(dst)-1]
	}
	if len(dst) > start && faithful {
		return dst
	}
	if len(dst) > start {
		dst = append(dst, '-')
	}
	return append(dst, digest(name)...)
}

// appendSlugRune appends an ASCII letter or digit, nothing for a mark, and "-"
// for all that stands between two of the first. It tells whether the slug
// still holds all that tells names apart.
func appendSlugRune(dst []byte, start int, r rune, faithful bool) ([]byte, bool) {
	r = unicode.ToLower(r)
	switch {
	case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		return append(dst, byte(r)), faithful
	case r > unicode.MaxLatin1 && unicode.Is(unicode.Mn, r):
		return dst, faithful
	}
	if len(dst) > start && dst[len(dst)-1] != '-' {
		dst = append(dst, '-')
	}
	return dst, faithful && strings.ContainsRune(" -'’.", r)
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
