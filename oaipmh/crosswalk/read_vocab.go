package crosswalk

import (
	"cmp"
	"path"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// The rows of the model's tables, which are searched by what others call them.
var (
	kindRows     = model.Kinds()
	schemeRows   = model.Schemes()
	relationRows = model.RelationTypes()
	accessRows   = model.Accesses()
	roleRows     = model.Roles()
)

// relationOf returns the relation that DataCite or DCMI call so, in any case.
func relationOf(name string) (model.RelationType, bool) {
	if name == "" {
		return "", false
	}
	for _, info := range relationRows {
		if strings.EqualFold(info.DataCite, name) || strings.EqualFold(string(info.Type), name) {
			return info.Type, true
		}
	}
	return "", false
}

// persistent returns the DOI or handle that an address resolves.
func persistent(address string) (model.Identifier, bool) {
	ids := model.IdentifiersOf(address) // that of a resolver first
	if len(ids) == 0 || ids[0].Scheme != model.DOI && ids[0].Scheme != model.Handle {
		return model.Identifier{}, false
	}
	ids[0].Derived = false
	return ids[0], true
}

// resolved returns the identifier that an address stands for: a DOI, a handle,
// or another that belongs to no platform, whose addresses are pages.
func resolved(address string) (model.Identifier, bool) {
	if id, ok := persistent(address); ok {
		return id, true
	}
	ids := model.IdentifiersOf(address)
	if len(ids) == 0 || ids[0].URL() != address || schemeOf(ids[0].Scheme).Platform != "" {
		return model.Identifier{}, false
	}
	ids[0].Derived = false
	return ids[0], true
}

// relationTo names the other end of a relation: by an identifier, else by
// address; false for what is neither.
func relationTo(target string) (model.Relation, bool) {
	u, err := model.NormalizeURL(target)
	if id, ok := resolved(cmp.Or(u, target)); ok {
		return model.Relation{Identifier: id}, true
	}
	return model.Relation{URL: u}, err == nil
}

// roleOfDataCite returns the role of a contributorType: the first of the table.
// One that is not known is a contributor's.
func roleOfDataCite(name string) (model.Role, bool) {
	for _, info := range roleRows {
		if info.DataCite == name && name != "" {
			return info.Role, true
		}
	}
	return "contributor", false
}

// kindOfGeneral returns the kind of a resourceTypeGeneral of DataCite: the most
// general that is called so. A collection need not be one of data sets.
func kindOfGeneral(name string) (model.Kind, bool) {
	if name == "Collection" || name == "Other" {
		return "", false
	}
	for _, info := range kindRows {
		if info.DataCite == name && kindOf(info.Broader).DataCite != name {
			return info.Kind, true
		}
	}
	return "", false
}

// A typing is a kind that a value of a vocabulary stands for, and how sure it
// is: values of several vocabularies go with one record.
type typing struct {
	kind model.Kind
	rank int
}

// typingOf reads a type as repositories write it: an IRI of COAR's, a term of
// info:eu-repo, a label in French or English, or a DCMI type.
func typingOf(value string) typing {
	if k, ok := model.KindOfCOAR(value); ok {
		return typing{k, 4}
	}
	term, isEURepo := strings.CutPrefix(value, euRepoSemantics)
	for _, info := range kindRows {
		switch {
		case isEURepo && term == info.EURepo && term != "other":
			return typing{info.Kind, 3}
		case !isEURepo && (strings.EqualFold(value, info.English) || strings.EqualFold(value, info.French)):
			return typing{info.Kind, 2}
		}
	}
	return typingOfDCMI(value)
}

func typingOfDCMI(value string) typing {
	value = strings.TrimPrefix(value, "http://purl.org/dc/dcmitype/")
	for _, info := range kindRows {
		if info.DCMI != "" && strings.EqualFold(value, info.DCMI) && !strings.EqualFold(kindOf(info.Broader).DCMI, value) && info.Kind != "dataset-series" {
			return typing{info.Kind, 1}
		}
	}
	return typing{}
}

// agrees reports whether a vocabulary calls a kind, or a broader one, by this
// value.
func agrees(k model.Kind, value string) bool {
	for range 4 {
		info := kindOf(k)
		for _, name := range []string{info.COAR, info.euRepo, info.English, info.French, info.DCMI, info.DataCite, "http://purl.org/dc/dcmitype/" + info.DCMI} {
			if strings.EqualFold(name, value) {
				return true
			}
		}
		k = info.Broader
	}
	return false
}

// versionOf returns the version of an article that a term of info:eu-repo, or an
// IRI of COAR's, stands for; "" if it is none.
func versionOf(value string) string {
	if term, ok := strings.CutPrefix(value, euRepoSemantics); ok && versions[term].euRepo == value {
		return term
	}
	short := ""
	for name, info := range versions { // the short name, which is one
		if value != "" && value == info.COAR && (short == "" || len(name) < len(short)) {
			short = name
		}
	}
	return short
}

// accessOfTerm returns the access right of a term of info:eu-repo, in any
// case, or of COAR.
func accessOfTerm(value string) (model.Access, bool) {
	for _, info := range accessRows {
		if strings.EqualFold(value, euRepoSemantics+info.EURepo) || value == info.COAR || value == strings.Replace(info.COAR, "http:", "https:", 1) {
			return info.Access, true
		}
	}
	return "", false
}

// licenceOfAddress returns the licence that an address or SPDX identifier
// names: one of the register, or one of Creative Commons' in a version that is
// not in it.
func licenceOfAddress(value string) (model.Licence, bool) {
	l := model.ParseLicence(value)
	return l, l.Info().SPDX != "" || strings.Contains(value, "://creativecommons.org/")
}

// isLicence reports whether a catalogue takes a licence: one of the register, or
// an address. Words are a statement of rights.
func isLicence(l model.Licence) bool { return l.Info().SPDX != "" || isWeb(string(l)) }

// schemeNamed returns the scheme that DataCite, info:eu-repo or people call so.
func schemeNamed(name string) (model.Scheme, bool) {
	switch strings.ToLower(name) {
	case "hdl":
		return model.Handle, true
	case "url", "":
		return "", false
	case "other":
		return model.Local, true
	case "eissn", "lissn":
		return model.ISSN, true
	}
	for _, info := range schemeRows {
		if strings.EqualFold(name, string(info.Scheme)) || strings.EqualFold(name, info.Name) || strings.EqualFold(name, info.DataCite) {
			return info.Scheme, true
		}
	}
	return "", false
}

// mediaTypesByExtension are those of the files that repositories hold most,
// the same on every machine.
var mediaTypesByExtension = map[string]string{
	".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
	".tif": "image/tiff", ".tiff": "image/tiff", ".mp4": "video/mp4", ".mp3": "audio/mpeg", ".wav": "audio/wav",
	".csv": "text/csv", ".txt": "text/plain", ".html": "text/html", ".zip": "application/zip", ".json": "application/json",
	".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

// mediaTypeOf returns the media type of a file's address, "" if its extension
// does not tell.
func mediaTypeOf(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return mediaTypesByExtension[strings.ToLower(path.Ext(address))]
}
