package model

import (
	"strings"

	"github.com/gtnum/gtnum/internal/eu"
)

// Licence is a licence: the SPDX identifier of one in the register, such as
// "etalab-2.0" or "CC-BY-4.0", or the IRI of any other.
type Licence string

// LicenceInfo is what registers call a licence. Empty fields have no
// equivalent.
type LicenceInfo struct {
	SPDX    Licence
	IRI     string // canonical page of the licence
	French  string // title
	English string // title
	// DataGouv is the licence's id on data.gouv.fr, DataGouvTitle the title
	// by which its harvester knows it.
	DataGouv, DataGouvTitle string
	// EU is the code in the EU authority table "licence":
	// http://publications.europa.eu/resource/authority/licence/.
	EU string
	// Open says that the licence meets the Open Definition.
	Open bool
}

// licences is the one register of licences.
var licences = []LicenceInfo{
	{"etalab-2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence", "Licence Ouverte / Open Licence version 2.0", "Open Licence / Licence Ouverte version 2.0", "lov2", "Licence Ouverte / Open Licence version 2.0", "ETALAB_2_0", true},
	{"CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International", "Creative Commons Attribution 4.0 International", "cc-by", "Creative Commons Attribution", "CC_BY_4_0", true},
	{"CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "Creative Commons Attribution – Partage dans les mêmes conditions 4.0 International", "Creative Commons Attribution-ShareAlike 4.0 International", "cc-by-sa", "Creative Commons Attribution Share-Alike", "CC_BYSA_4_0", true},
	{"CC-BY-NC-4.0", "https://creativecommons.org/licenses/by-nc/4.0/", "Creative Commons Attribution – Pas d’utilisation commerciale 4.0 International", "Creative Commons Attribution-NonCommercial 4.0 International", "", "", "CC_BYNC_4_0", false},
	{"CC-BY-ND-4.0", "https://creativecommons.org/licenses/by-nd/4.0/", "Creative Commons Attribution – Pas de modification 4.0 International", "Creative Commons Attribution-NoDerivatives 4.0 International", "", "", "CC_BYND_4_0", false},
	{"CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/", "Creative Commons Attribution – Pas d’utilisation commerciale – Partage dans les mêmes conditions 4.0 International", "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International", "", "", "CC_BYNCSA_4_0", false},
	{"CC-BY-NC-ND-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/", "Creative Commons Attribution – Pas d’utilisation commerciale – Pas de modification 4.0 International", "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International", "", "", "CC_BYNCND_4_0", false},
	{"CC-BY-3.0", "https://creativecommons.org/licenses/by/3.0/", "Creative Commons Attribution 3.0", "Creative Commons Attribution 3.0 Unported", "cc-by", "Creative Commons Attribution", "CC_BY_3_0", true},
	{"CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/", "Creative Commons Attribution – Partage dans les mêmes conditions 3.0", "Creative Commons Attribution-ShareAlike 3.0 Unported", "cc-by-sa", "Creative Commons Attribution Share-Alike", "CC_BYSA_3_0", true},
	{"CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "Creative Commons Zéro 1.0 – Transfert dans le domaine public", "Creative Commons Zero 1.0 Public Domain Dedication", "cc-zero", "Creative Commons CCZero", "CC0", true},
	{"CC-PDM-1.0", "https://creativecommons.org/publicdomain/mark/1.0/", "Marque du domaine public 1.0", "Public Domain Mark 1.0", "other-pd", "Other (Public Domain)", "CC_PDM_1_0", true},
	{"ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "Open Database License (ODbL) 1.0", "Open Data Commons Open Database License 1.0", "odc-odbl", "Open Data Commons Open Database License (ODbL)", "ODC_BL", true},
	{"ODC-By-1.0", "https://opendatacommons.org/licenses/by/1-0/", "Open Data Commons Attribution 1.0", "Open Data Commons Attribution License 1.0", "odc-by", "Open Data Commons Attribution License", "ODC_BY", true},
	{"PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/", "Open Data Commons Domaine public (PDDL) 1.0", "Open Data Commons Public Domain Dedication and License 1.0", "odc-pddl", "Open Data Commons Public Domain Dedication and Licence (PDDL)", "ODC_PDDL", true},
	{"etalab-1.0", "https://www.etalab.gouv.fr/wp-content/uploads/2014/05/Licence_Ouverte.pdf", "Licence Ouverte / Open Licence version 1.0", "Open Licence / Licence Ouverte version 1.0", "fr-lo", "Licence Ouverte / Open Licence", "", true},
	{"MIT", "https://spdx.org/licenses/MIT.html", "Licence MIT", "MIT License", "", "", "MIT", true},
	{"Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0", "Licence Apache 2.0", "Apache License 2.0", "", "", "APACHE_2_0", true},
	{"GPL-3.0-or-later", "https://www.gnu.org/licenses/gpl-3.0.html", "Licence publique générale GNU 3.0 ou ultérieure", "GNU General Public License 3.0 or later", "", "", "GPL_3_0_OR_LATER", true},
	{"CECILL-2.1", "https://cecill.info/licences/Licence_CeCILL_V2.1-fr.html", "Licence CeCILL 2.1", "CeCILL Free Software License 2.1", "", "", "CECILL_2_1", true},
}

// Licences returns the register of licences.
func Licences() []LicenceInfo { return append([]LicenceInfo(nil), licences...) }

// Info returns what registers call the licence; for an IRI that is not of the
// register, what the EU authority table calls it, or that IRI alone.
func (l Licence) Info() LicenceInfo {
	if i := find(licences, func(info *LicenceInfo) bool { return info.SPDX == l }); i != nil {
		return *i
	}
	if c, ok := eu.Licences.Find(euLicence(string(l))); ok {
		return LicenceInfo{IRI: string(l), French: c.English, English: c.English, EU: c.Code}
	}
	return LicenceInfo{IRI: string(l), French: string(l), English: string(l)}
}

// ParseLicence returns the licence of an SPDX identifier, in any case, of an
// IRI of the EU authority table "licence", or of the address of a licence's
// page in any usual form: over http or https, with a deed or language suffix.
// One that is not of the register is itself.
func ParseLicence(s string) Licence {
	s = strings.TrimSpace(s)
	want, code := licencePage(s), euLicence(s)
	for i := range licences {
		l := &licences[i]
		if strings.EqualFold(string(l.SPDX), s) || licencePage(l.IRI) == want || code != "" && l.EU == code {
			return l.SPDX
		}
	}
	return Licence(s)
}

// euLicence returns the code of an IRI of the EU authority table "licence".
func euLicence(iri string) string {
	code, ok := strings.CutPrefix(afterScheme(iri), afterScheme(eu.Authority)+"licence/")
	if !ok {
		return ""
	}
	return code
}

// licencePage strips what does not tell one licence's page from another's.
func licencePage(iri string) string {
	s := strings.ToLower(strings.TrimPrefix(afterScheme(iri), "www."))
	if strings.HasPrefix(s, "creativecommons.org/") {
		parts := strings.SplitN(s, "/", 5)
		if len(parts) >= 4 { // host, "licenses", "by-sa", "4.0", deed or language
			s = strings.Join(parts[:4], "/")
		}
	}
	return strings.TrimSuffix(s, "/")
}

var licenceKeys = keys(licences, func(i *LicenceInfo) string { return string(i.SPDX) })

func (Licence) known() []string { return licenceKeys }

var licenceLabels = keys(licences, func(i *LicenceInfo) string { return i.French })

func (Licence) labels() []string { return licenceLabels }
