package dcat

import (
	"fmt"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// A Profile says how a catalogue is told to one sort of portal, where portals
// contradict each other. Its fields are all that differs: the graph is walked
// the same way for each. The README of this package tells why they differ, and
// what is lost with another value.
//
// An embedder makes one from another:
//
//	p := dcat.DCATAP()
//	p.Name = "mine"
//	p.WholeDates = true
type Profile struct {
	// Name of the profile, as in "?profile=dcat-ap".
	Name string
	// Title of the profile, for people.
	Title string
	// Standard is the IRI of the profile's specification.
	Standard string

	// ChecksumType is the datatype of spdx:checksumValue.
	ChecksumType string
	// SPDX is the namespace of checksum algorithms.
	SPDX string
	// WholeDates writes a year or a month as its first day, or as its last one
	// where a period ends.
	WholeDates bool
	// LicenceTitle returns the French and English title of a licence; nil
	// takes those of the register.
	LicenceTitle func(model.LicenceInfo) (french, english string)
	// Roles are properties that lead straight to the agents of some roles,
	// beside prov:qualifiedAttribution.
	Roles []RoleProperty
	// HideWithdrawn leaves out what was taken back.
	HideWithdrawn bool
	// SeriesOnce describes a data set series where it is a record itself and
	// nowhere else, though DCAT-AP demands its class beside each data set.
	SeriesOnce bool
	// DocumentationParts says of the documentation of a data set that it is a
	// part of it, beside foaf:page.
	DocumentationParts bool
	// Extra writes what else the portal wants of a record, as predicates of
	// its open node.
	Extra func(*Encoder, model.Record)
}

// A RoleProperty is a property for the agents of some roles.
type RoleProperty struct {
	Property string // IRI
	Roles    []model.Role
}

// DCATAP returns the profile "dcat-ap": DCAT-AP 3.0.1 as its SHACL shapes
// have it. It is what data.europa.eu and CKAN read.
func DCATAP() Profile {
	return Profile{
		Name:         "dcat-ap",
		Title:        "DCAT-AP 3.0.1",
		Standard:     "https://semiceu.github.io/DCAT-AP/releases/3.0.1",
		ChecksumType: xsdHex,
		SPDX:         "https://spdx.org/rdf/terms#",
		Roles:        []RoleProperty{{nsDCT + "contributor", contributors()}},
	}
}

// DataGouv returns the profile "data.gouv.fr": what udata, the program of
// data.gouv.fr, keeps.
func DataGouv() Profile {
	p := DCATAP()
	p.Name = "data.gouv.fr"
	p.ChecksumType = xsdString
	p.SPDX = nsSPDX
	p.WholeDates = true
	p.LicenceTitle = dataGouvTitle
	p.Roles = append(p.Roles, geoRoles()...)
	p.HideWithdrawn = true
	p.SeriesOnce = true
	p.DocumentationParts = true
	return p
}

// Profiles returns the profiles of this package, the default first.
func Profiles() []Profile { return []Profile{DCATAP(), DataGouv()} }

// FindProfile returns the profile of a name among profiles; of no name, the
// first.
func FindProfile(name string, profiles ...Profile) (Profile, error) {
	if len(profiles) == 0 {
		profiles = Profiles()
	}
	names := make([]string, len(profiles))
	for i, p := range profiles {
		if name == "" || p.Name == name {
			return p, nil
		}
		names[i] = p.Name
	}
	return Profile{}, fmt.Errorf("dcat: unknown profile %q, choose one of %s", name, strings.Join(names, ", "))
}

// contributors are the roles that are neither author nor publisher.
func contributors() (roles []model.Role) {
	for _, r := range model.Roles() {
		if r.Role != model.Author && r.Role != "publisher" {
			roles = append(roles, r.Role)
		}
	}
	return roles
}

// geoRoles are the properties of GeoDCAT-AP for roles, of which udata reads
// some: custodian, distributor, originator, principalInvestigator,
// resourceProvider.
func geoRoles() (properties []RoleProperty) {
	for _, r := range model.Roles() {
		p := nsGeo + r.GeoDCAT
		switch r.GeoDCAT {
		case "", "author", "contributor", "publisher":
			continue
		case "rightsHolder":
			p = rightsHolder
		}
		properties = addRole(properties, p, r.Role)
	}
	return properties
}

func addRole(to []RoleProperty, property string, role model.Role) []RoleProperty {
	for i := range to {
		if to[i].Property == property {
			to[i].Roles = append(to[i].Roles, role)
			return to
		}
	}
	return append(to, RoleProperty{property, []model.Role{role}})
}

func dataGouvTitle(l model.LicenceInfo) (french, english string) {
	if l.DataGouvTitle != "" {
		return l.DataGouvTitle, l.DataGouvTitle
	}
	return l.French, l.English
}

func (p *Profile) licence(l model.LicenceInfo) (french, english string) {
	if p.LicenceTitle != nil {
		return p.LicenceTitle(l)
	}
	return l.French, l.English
}

// date writes a date in the profile's datatype.
func (p *Profile) date(d model.Date) (value, datatype string) {
	switch d.Precision() {
	case model.Instant:
		return d.String(), xsdDateTime
	case model.Day:
		return d.String(), xsdDate
	}
	if p.WholeDates {
		return d.Time().Format("2006-01-02"), xsdDate
	}
	if d.Precision() == model.Month {
		return d.String(), xsdMonth
	}
	return d.String(), xsdYear
}

// end returns the end of a period, which is included, as the profile has it.
func (p *Profile) end(d model.Date) model.Date {
	if p.WholeDates && d.Precision() == model.Year {
		return model.NewDate(d.Time().AddDate(1, 0, -1), model.Day)
	}
	if p.WholeDates && d.Precision() == model.Month {
		return model.NewDate(d.Time().AddDate(0, 1, -1), model.Day)
	}
	return d
}
