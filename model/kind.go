package model

import "strings"

// Kind of an output: the key of a COAR resource type.
type Kind string

// KindInfo is what vocabularies call a kind. Empty fields have no equivalent.
type KindInfo struct {
	Kind    Kind
	Broader Kind   // the next more general kind, for vocabularies that lack this one
	COAR    string // COAR Resource Types, https://vocabularies.coar-repositories.org/resource_types/
	French  string // label
	English string // label
	DCMI    string // DCMI Type Vocabulary
	// DataCite is the resourceTypeGeneral of kernel 4.
	DataCite string
	// HAL is the typdoc of a deposit.
	HAL string
	// SchemaOrg is the class of schema.org.
	SchemaOrg string
	// OpenAIRE is the resourceTypeGeneral of the literature guidelines 4.
	OpenAIRE string
	// EURepo is the publication type of info:eu-repo/semantics/.
	EURepo string
	// Dataset says that DCAT describes it as a dcat:Dataset.
	Dataset bool
}

const coar = "http://purl.org/coar/resource_type/"

// kinds is the one table of kinds; its order is that of lists for people.
var kinds = []KindInfo{
	{"text", "", coar + "c_18cf", "texte", "text", "Text", "Text", "OTHER", "CreativeWork", "literature", "other", false},
	{"journal-article", "text", coar + "c_6501", "article de revue", "journal article", "Text", "JournalArticle", "ART", "ScholarlyArticle", "literature", "article", false},
	{"research-article", "journal-article", coar + "c_2df8fbb1", "article de recherche", "research article", "Text", "JournalArticle", "ART", "ScholarlyArticle", "literature", "article", false},
	{"review-article", "journal-article", coar + "c_dcae04bc", "article de synthèse", "review article", "Text", "JournalArticle", "ART", "ScholarlyArticle", "literature", "article", false},
	{"data-paper", "journal-article", coar + "c_beb9", "article de données", "data paper", "Text", "DataPaper", "ART", "ScholarlyArticle", "literature", "article", false},
	{"preprint", "text", coar + "c_816b", "prépublication", "preprint", "Text", "Preprint", "UNDEFINED", "ScholarlyArticle", "literature", "preprint", false},
	{"working-paper", "text", coar + "c_8042", "document de travail", "working paper", "Text", "Text", "UNDEFINED", "ScholarlyArticle", "literature", "workingPaper", false},
	{"report", "text", coar + "c_93fc", "rapport", "report", "Text", "Report", "REPORT", "Report", "literature", "report", false},
	{"research-report", "report", coar + "c_18ws", "rapport de recherche", "research report", "Text", "Report", "REPORT", "Report", "literature", "report", false},
	{"technical-report", "report", coar + "c_18gh", "rapport technique", "technical report", "Text", "Report", "REPORT", "Report", "literature", "report", false},
	{"data-management-plan", "report", coar + "c_ab20", "plan de gestion de données", "data management plan", "Text", "OutputManagementPlan", "REPORT", "Report", "literature", "other", false},
	{"book", "text", coar + "c_2f33", "livre", "book", "Text", "Book", "OUV", "Book", "literature", "book", false},
	{"book-part", "text", coar + "c_3248", "chapitre de livre", "book part", "Text", "BookChapter", "COUV", "Chapter", "literature", "bookPart", false},
	{"conference-output", "text", coar + "c_c94f", "communication", "conference output", "Text", "Text", "COMM", "CreativeWork", "literature", "conferenceObject", false},
	{"conference-paper", "conference-output", coar + "c_5794", "article de colloque", "conference paper", "Text", "ConferencePaper", "COMM", "ScholarlyArticle", "literature", "conferenceObject", false},
	{"conference-poster", "conference-output", coar + "c_6670", "poster de colloque", "conference poster", "Text", "Poster", "POSTER", "Poster", "literature", "conferenceObject", false},
	{"conference-presentation", "conference-output", coar + "R60J-J5BD", "présentation de colloque", "conference presentation", "Text", "Presentation", "COMM", "PresentationDigitalDocument", "literature", "conferenceObject", false},
	{"conference-proceedings", "conference-output", coar + "c_f744", "actes de colloque", "conference proceedings", "Text", "ConferenceProceeding", "PROCEEDINGS", "Book", "literature", "conferenceObject", false},
	{"thesis", "text", coar + "c_46ec", "mémoire ou thèse", "thesis", "Text", "Dissertation", "MEM", "Thesis", "literature", "other", false},
	{"doctoral-thesis", "thesis", coar + "c_db06", "thèse de doctorat", "doctoral thesis", "Text", "Dissertation", "THESE", "Thesis", "literature", "doctoralThesis", false},
	{"master-thesis", "thesis", coar + "c_bdcc", "mémoire de master", "master thesis", "Text", "Dissertation", "MEM", "Thesis", "literature", "masterThesis", false},
	{"lecture", "text", coar + "c_8544", "cours ou conférence", "lecture", "Text", "Text", "LECTURE", "LearningResource", "literature", "lecture", false},
	{"blog-post", "text", coar + "c_6947", "billet de blog", "blog post", "Text", "Text", "BLOG", "BlogPosting", "literature", "other", false},
	{"website", "interactive-resource", coar + "c_7ad9", "page web", "website", "InteractiveResource", "InteractiveResource", "OTHER", "WebPage", "other research product", "other", false},
	{"learning-object", "interactive-resource", coar + "c_e059", "ressource pédagogique", "learning object", "InteractiveResource", "InteractiveResource", "OTHER", "LearningResource", "other research product", "other", false},
	{"interactive-resource", "other", coar + "c_e9a0", "ressource interactive", "interactive resource", "InteractiveResource", "InteractiveResource", "OTHER", "CreativeWork", "other research product", "other", false},
	{"video", "other", coar + "c_12ce", "vidéo", "video", "MovingImage", "Audiovisual", "VIDEO", "VideoObject", "other research product", "other", false},
	{"sound", "other", coar + "c_18cc", "enregistrement sonore", "sound", "Sound", "Sound", "SON", "AudioObject", "other research product", "other", false},
	{"image", "other", coar + "c_c513", "image", "image", "Image", "Image", "IMG", "ImageObject", "other research product", "other", false},
	{"map", "image", coar + "c_12cd", "carte", "map", "Image", "Image", "MAP", "Map", "other research product", "other", false},
	{"dataset", "", coar + "c_ddb1", "jeu de données", "dataset", "Dataset", "Dataset", "OTHER", "Dataset", "dataset", "other", true},
	{"dataset-series", "dataset", coar + "c_ddb1", "série de jeux de données", "dataset series", "Collection", "Collection", "OTHER", "Dataset", "dataset", "other", false},
	{"software", "", coar + "c_5ce6", "logiciel", "software", "Software", "Software", "SOFTWARE", "SoftwareSourceCode", "software", "other", false},
	{"journal", "text", coar + "c_0640", "revue", "journal", "Text", "Journal", "OTHER", "Periodical", "literature", "other", false},
	{"other", "", coar + "c_1843", "autre", "other", "", "Other", "OTHER", "CreativeWork", "other research product", "other", false},
}

// Kinds returns the table of kinds.
func Kinds() []KindInfo { return append([]KindInfo(nil), kinds...) }

// Info returns what vocabularies call the kind; for an unknown one, what they
// call "other", with the kind itself as its labels.
func (k Kind) Info() KindInfo {
	if i := find(kinds, func(info *KindInfo) bool { return info.Kind == k }); i != nil {
		return *i
	}
	other := kinds[len(kinds)-1]
	if k != "" {
		other.French, other.English = string(k), string(k)
	}
	other.Kind = k
	return other
}

// KindOfCOAR returns the kind of a COAR resource type IRI, over http or
// https.
func KindOfCOAR(iri string) (Kind, bool) {
	iri = "http://" + strings.TrimSuffix(afterScheme(iri), "/")
	if i := find(kinds, func(info *KindInfo) bool { return info.COAR == iri }); i != nil {
		return i.Kind, true
	}
	return "", false
}

var kindKeys = keys(kinds, func(i *KindInfo) string { return string(i.Kind) })

func (Kind) known() []string { return kindKeys }

var kindLabels = keys(kinds, func(i *KindInfo) string { return i.French })

func (Kind) labels() []string { return kindLabels }

// find returns the first row of a table that matches, nil if none does.
func find[T any](table []T, match func(*T) bool) *T {
	for i := range table {
		if match(&table[i]) {
			return &table[i]
		}
	}
	return nil
}

// keys returns the keys of a table, in its order.
func keys[T any](table []T, key func(*T) string) []string {
	out := make([]string, len(table))
	for i := range table {
		out[i] = key(&table[i])
	}
	return out
}

func afterScheme(iri string) string {
	if _, rest, ok := strings.Cut(iri, "://"); ok {
		return rest
	}
	return iri
}
