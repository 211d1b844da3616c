package dcat

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// distributions writes the files of an output. A data set of which only its
// page is known gets one distribution with that page as dcat:accessURL, as
// DCAT 3 (section 6.6.9, "Property: access URL") asks for; no download is
// claimed.
func (g *graph) distributions(r entry) {
	o := r.Output
	for _, f := range o.Files {
		if absolute(f.URL) {
			g.Predicate(distribution)
			g.node(fileIRI(r.iri, f), nsDCAT+"Distribution", func() { g.file(r, f) })
		}
	}
	if len(o.Files) == 0 && isDataset(o) && !isSeries(o) && absolute(o.URL) {
		g.Predicate(distribution)
		g.node(r.iri+"#page", nsDCAT+"Distribution", func() { g.landing(r) })
	}
}

func (g *graph) file(r entry, f model.File) {
	o := r.Output
	g.text(title, f.Title)
	g.text(description, f.Description)
	for _, u := range []string{f.Page, o.URL, f.URL} {
		if absolute(u) {
			g.link(accessURL, u)
			break
		}
	}
	g.link(downloadURL, f.URL)
	g.mediaType(f.MediaType)
	if f.Size > 0 {
		g.Predicate(byteSize)
		g.Typed(strconv.FormatInt(f.Size, 10), xsdCount)
	}
	g.checksum(f.Checksum)
	g.licence(license, cmp.Or(f.Licence, o.Licence))
	g.fileRights(r, f)
	g.accessRights(cmp.Or(f.Access, o.Access))
	if len(f.Languages) > 0 {
		g.languages(f.Languages)
	} else {
		g.languages(o.Languages)
	}
	g.date(issued, f.Issued)
	g.date(modified, f.Modified)
	g.documents(conformsTo, nsDCT+"Standard", f.ConformsTo...)
	g.fileStatus(o)
}

var landingTitle = [2]string{"Page de présentation", "Landing page"}

func (g *graph) landing(r entry) {
	o := r.Output
	g.labels(title, landingTitle[0], landingTitle[1])
	g.labels(description, "Le catalogue ne décrit aucun fichier de ce jeu de données ; il renvoie à sa page.", "The catalogue describes no file of this data set and leads to its page.")
	g.link(accessURL, o.URL)
	g.licence(license, o.Licence)
	g.rightsStatement(r.iri+"#rights", o.Rights)
	g.accessRights(o.Access)
	g.fileStatus(o)
}

func (g *graph) fileRights(r entry, f model.File) {
	if len(f.Rights) > 0 {
		g.rightsStatement(fileIRI(r.iri, f)+"-rights", f.Rights)
	} else {
		g.rightsStatement(r.iri+"#rights", r.Output.Rights)
	}
}

func (g *graph) fileStatus(o *model.Output) {
	if o.Status == model.Withdrawn {
		g.Predicate(status)
		g.concept(withdrawn("distribution-status"))
	}
}

// mediaType writes the IANA media type and the EU file type.
func (g *graph) mediaType(t string) {
	base := baseType(t)
	if base == "" {
		return
	}
	if c, ok := fileTypeConcepts[base]; ok {
		g.Predicate(format_)
		g.concept(c)
	}
	g.Predicate(mediaType)
	g.node(ianaMedia+base, nsDCT+"MediaType", func() {
		g.plain(label, base)
	})
}

// checksum leaves out what is none: its value would be no xsd:hexBinary, and for
// an algorithm that is not there data.gouv.fr drops the whole data set.
func (g *graph) checksum(c model.Checksum) {
	algorithm := algorithmOf(c)
	if algorithm == "" {
		return
	}
	g.Predicate(nsSPDX + "checksum")
	g.BeginBlank("")
	g.is(nsSPDX + "Checksum")
	g.Predicate(nsSPDX + "algorithm")
	g.node(g.profile.SPDX+"checksumAlgorithm_"+algorithm, nsSPDX+"ChecksumAlgorithm", func() {})
	g.Predicate(nsSPDX + "checksumValue")
	g.Typed(c.Value, g.profile.ChecksumType)
	g.End()
}

// algorithmOf returns the algorithm as SPDX spells it, "" where the checksum is
// none: "SHA-256" is sha256.
func algorithmOf(c model.Checksum) string {
	algorithm := strings.ReplaceAll(strings.ToLower(c.Algorithm), "-", "")
	_, err := hex.DecodeString(c.Value)
	if err != nil || c.Value == "" || !slices.Contains(algorithms, algorithm) {
		return ""
	}
	return algorithm
}

// algorithms are those of SPDX 2.3 whose names have no part after a dash.
var algorithms = []string{"adler32", "md2", "md4", "md5", "md6", "sha1", "sha224", "sha256", "sha384", "sha512"}
