package dcat

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"

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
func slug(name string) string {
	var b strings.Builder
	faithful := true
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		default:
			faithful = faithful && strings.ContainsRune(" -'’.", r)
			if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
				b.WriteByte('-')
			}
		}
	}
	s := strings.Trim(b.String(), "-")
	if s == "" || !faithful {
		s = strings.Trim(s+"-"+digest(name), "-")
	}
	return s
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
