package crosswalk

import (
	"strings"

	"github.com/gtnum/gtnum/model"
)

// The rows of the model's tables as the crosswalks use them, found by one
// look-up a record and with the addresses that are written put together.

type kindInfo struct {
	model.KindInfo
	euRepo string // IRI of info:eu-repo
}

type accessInfo struct {
	model.AccessInfo
	euRepo string // IRI of info:eu-repo
}

type schemeInfo struct {
	model.SchemeInfo
	name string // in English
}

const euRepoSemantics = "info:eu-repo/semantics/"

var (
	kinds = index(model.Kinds(), func(i model.KindInfo) (model.Kind, *kindInfo) {
		return i.Kind, newKindInfo(i)
	})
	accesses = index(model.Accesses(), func(i model.AccessInfo) (model.Access, *accessInfo) {
		return i.Access, &accessInfo{i, euRepoSemantics + i.EURepo}
	})
	roles = index(model.Roles(), func(i model.RoleInfo) (model.Role, *model.RoleInfo) {
		return i.Role, &i
	})
	relations = index(model.RelationTypes(), func(i model.RelationInfo) (model.RelationType, *model.RelationInfo) {
		return i.Type, &i
	})
	schemes = index(model.Schemes(), func(i model.SchemeInfo) (model.Scheme, *schemeInfo) {
		return i.Scheme, newSchemeInfo(i)
	})
	frequencies = index(model.Frequencies(), func(i model.FrequencyInfo) (model.Frequency, string) {
		return i.Frequency, "http://publications.europa.eu/resource/authority/frequency/" + i.EU
	})
	licences = index(model.Licences(), func(i model.LicenceInfo) (model.Licence, *model.LicenceInfo) {
		return i.SPDX, &i
	})
)

// versionInfo is what vocabularies call the version of an article.
type versionInfo struct{ COAR, euRepo string }

// versions are the version types of COAR by their short names, and the terms
// of info:eu-repo, which are fewer.
var versions = func() map[string]versionInfo {
	const coar = "http://purl.org/coar/version/"
	m := map[string]versionInfo{
		"AO":   {coar + "c_b1a7d7d4d402bcce", euRepoSemantics + "draft"},
		"SMUR": {coar + "c_71e4c1898caa6e32", euRepoSemantics + "submittedVersion"},
		"AM":   {coar + "c_ab4af688f83e57aa", euRepoSemantics + "acceptedVersion"},
		"P":    {coar + "c_fa2ee174bc00049f", ""},
		"VoR":  {coar + "c_970fb48d4fbd8a85", euRepoSemantics + "publishedVersion"},
		"CVoR": {coar + "c_e19f295774971610", euRepoSemantics + "updatedVersion"},
		"EVoR": {coar + "c_dc82b40f9837b551", euRepoSemantics + "updatedVersion"},
	}
	for _, name := range []string{"AO", "SMUR", "AM", "VoR"} {
		m[strings.TrimPrefix(m[name].euRepo, euRepoSemantics)] = m[name]
	}
	return m
}()

func index[R any, K comparable, V any](rows []R, entry func(R) (K, V)) map[K]V {
	m := make(map[K]V, len(rows))
	for _, row := range rows {
		k, v := entry(row)
		m[k] = v
	}
	return m
}

func newKindInfo(i model.KindInfo) *kindInfo { return &kindInfo{i, euRepoSemantics + i.EURepo} }

func kindOf(k model.Kind) *kindInfo {
	if i, ok := kinds[k]; ok {
		return i
	}
	return newKindInfo(k.Info())
}

// accessOf returns nothing for an access right that is not said or unknown.
func accessOf(a model.Access) *accessInfo {
	if i, ok := accesses[a]; ok {
		return i
	}
	return &accessInfo{}
}

// licenceOf returns nothing for a licence that is not said.
func licenceOf(l model.Licence) *model.LicenceInfo {
	if i, ok := licences[l]; ok {
		return i
	}
	i := l.Info()
	return &i
}

func roleOf(r model.Role) *model.RoleInfo {
	if i, ok := roles[r]; ok {
		return i
	}
	i := r.Info()
	return &i
}

func relationInfo(t model.RelationType) *model.RelationInfo {
	if i, ok := relations[t]; ok {
		return i
	}
	i := t.Info()
	return &i
}

func newSchemeInfo(i model.SchemeInfo) *schemeInfo {
	if i.Scheme == model.Local {
		return &schemeInfo{i, "local"}
	}
	return &schemeInfo{i, i.Name}
}

// schemeOf returns nothing for the scheme of no identifier.
func schemeOf(s model.Scheme) *schemeInfo {
	if i, ok := schemes[s]; ok {
		return i
	}
	return newSchemeInfo(s.Info())
}
