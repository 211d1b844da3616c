package model

// Role of an agent in an output or a group.
type Role string

// Author is the role of who made an output; DataCite calls it creator.
const Author Role = "author"

// RoleInfo is what vocabularies call a role. Empty fields have no equivalent.
type RoleInfo struct {
	Role     Role
	French   string // label
	English  string // label
	DataCite string // contributorType of kernel 4; empty for authors, publishers and funders, which have elements of their own
	MARC     string // MARC relator code, http://id.loc.gov/vocabulary/relators/
	CRediT   string // CRediT role, https://credit.niso.org/contributor-roles/
	GeoDCAT  string // ISO 19115 role that GeoDCAT-AP uses in prov:hadRole
}

// roles is the one table of roles.
var roles = []RoleInfo{
	{"author", "auteur", "author", "", "aut", "writing-original-draft", "author"},
	{"contributor", "contributeur", "contributor", "Other", "ctb", "", "contributor"},
	{"editor", "éditeur scientifique", "editor", "Editor", "edt", "writing-review-editing", "editor"},
	{"publisher", "éditeur", "publisher", "", "pbl", "", "publisher"},
	{"funder", "financeur", "funder", "", "fnd", "funding-acquisition", "funder"},
	{"sponsor", "soutien", "sponsor", "Sponsor", "spn", "", "sponsor"},
	{"principal-investigator", "responsable scientifique", "principal investigator", "ProjectLeader", "res", "conceptualization", "principalInvestigator"},
	{"project-leader", "porteur de projet", "project leader", "ProjectLeader", "pdr", "supervision", "principalInvestigator"},
	{"project-manager", "chef de projet", "project manager", "ProjectManager", "pdr", "project-administration", "collaborator"},
	{"project-member", "membre du projet", "project member", "ProjectMember", "rtm", "investigation", "collaborator"},
	{"researcher", "chercheur", "researcher", "Researcher", "res", "investigation", "collaborator"},
	{"research-group", "groupe de recherche", "research group", "ResearchGroup", "res", "investigation", "collaborator"},
	{"work-package-leader", "responsable de lot", "work package leader", "WorkPackageLeader", "rth", "supervision", "collaborator"},
	{"supervisor", "encadrant", "supervisor", "Supervisor", "ths", "supervision", "collaborator"},
	{"contact-person", "personne à contacter", "contact person", "ContactPerson", "ctb", "", "pointOfContact"},
	{"data-collector", "collecteur de données", "data collector", "DataCollector", "col", "investigation", "contributor"},
	{"data-curator", "curateur de données", "data curator", "DataCurator", "cur", "data-curation", "custodian"},
	{"data-manager", "gestionnaire de données", "data manager", "DataManager", "dtm", "data-curation", "custodian"},
	{"distributor", "diffuseur", "distributor", "Distributor", "dst", "", "distributor"},
	{"hosting-institution", "établissement d’accueil", "hosting institution", "HostingInstitution", "his", "resources", "resourceProvider"},
	{"producer", "producteur", "producer", "Producer", "pro", "", "originator"},
	{"related-person", "personne liée", "related person", "RelatedPerson", "oth", "", "contributor"},
	{"rights-holder", "titulaire des droits", "rights holder", "RightsHolder", "cph", "", "rightsHolder"},
	{"translator", "traducteur", "translator", "Translator", "trl", "", "contributor"},
	{"speaker", "intervenant", "speaker", "Other", "spk", "", "contributor"},
	{"interviewer", "intervieweur", "interviewer", "Other", "ivr", "investigation", "contributor"},
	{"interviewee", "interviewé", "interviewee", "Other", "ive", "", "contributor"},
	{"director", "réalisateur", "director", "Other", "drt", "", "contributor"},
	{"illustrator", "illustrateur", "illustrator", "Other", "ill", "visualization", "contributor"},
	{"other", "autre", "other", "Other", "oth", "", "contributor"},
}

// Roles returns the table of roles.
func Roles() []RoleInfo { return append([]RoleInfo(nil), roles...) }

// Info returns what vocabularies call the role; for an unknown one, what they
// call "other".
func (r Role) Info() RoleInfo {
	if i := find(roles, func(info *RoleInfo) bool { return info.Role == r }); i != nil {
		return *i
	}
	other := roles[len(roles)-1]
	other.Role = r
	return other
}

var roleKeys = keys(roles, func(i *RoleInfo) string { return string(i.Role) })

func (Role) known() []string { return roleKeys }

var roleLabels = keys(roles, func(i *RoleInfo) string { return i.French })

func (Role) labels() []string { return roleLabels }
