package crosswalk

import (
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// The vocabularies of ScoLOMFR 3.2, as far as the model speaks of them, with
// the labels that their SKOS publication prefers. Concepts are never taken
// back, so a later version knows them too.

//go:generate go run ./internal/renew $SCOLOMFR_SKOS

const scolomfr = "http://data.education.fr/voc/scolomfr/concept/"

// lomSource names the vocabularies that the concepts below are from.
const lomSource = "SCOLOMFRv3.2"

// concept is a term of a vocabulary.
type concept struct{ iri, label string }

// lomRoles are the roles of scolomfr-voc-003. A role that is not here is a
// contributor's, and the vCard says which.
var lomRoles = map[model.Role]concept{
	model.Author:  {scolomfr + "author", "auteur"},
	"contributor": {scolomfr + "scolomfr-voc-003-num-005", "contributeur"},
	"editor":      {scolomfr + "editor", "directeur de la publication"},
	"funder":      {scolomfr + "initiator", "initiateur"}, // "peut être utilisée pour des responsables d'appel à projet"
	"publisher":   {scolomfr + "publisher", "éditeur"},
	"distributor": {scolomfr + "scolomfr-voc-003-num-017", "diffuseur / distributeur"},
	"illustrator": {scolomfr + "scolomfr-voc-003-num-031", "illustrateur"},
}

// lomTypes are the DCMI types of scolomfr-voc-004 that kinds have.
var lomTypes = map[string]concept{
	"Collection":          {dcmiType + "Collection", "collection"},
	"Dataset":             {dcmiType + "Dataset", "ensemble de données"},
	"Image":               {dcmiType + "Image", "image"},
	"InteractiveResource": {dcmiType + "InteractiveResource", "ressource interactive"},
	"MovingImage":         {dcmiType + "MovingImage", "image en mouvement"},
	"Software":            {dcmiType + "Software", "logiciel"},
	"Sound":               {dcmiType + "Sound", "son"},
	"Text":                {dcmiType + "Text", "texte"},
}

const dcmiType = "http://purl.org/dc/dcmitype/"

// lomGenres are the editorial types of scolomfr-voc-005, where their scope
// notes and synonyms name the kind or a broader one: "article" covers blogs,
// "podcast" any sound recording, "base de données" a data set. No other kind
// is made to fit.
var lomGenres = map[model.Kind]concept{
	"journal-article":   {scolomfr + "scolomfr-voc-005-num-003", "article"},
	"blog-post":         {scolomfr + "scolomfr-voc-005-num-003", "article"},
	"dataset":           {scolomfr + "scolomfr-voc-005-num-008", "base de données"},
	"map":               {scolomfr + "scolomfr-voc-005-num-011", "carte"},
	"conference-output": {scolomfr + "scolomfr-voc-005-num-016", "conférence"},
	"lecture":           {scolomfr + "scolomfr-voc-005-num-016", "conférence"},
	"image":             {scolomfr + "scolomfr-voc-005-num-023", "image numérique"},
	"book":              {scolomfr + "scolomfr-voc-005-num-029", "ouvrage"},
	"journal":           {scolomfr + "scolomfr-voc-005-num-031", "périodique"},
	"sound":             {scolomfr + "scolomfr-voc-005-num-033", "podcast"},
	"report":            {scolomfr + "scolomfr-voc-005-num-036", "rapport"},
	"website":           {scolomfr + "scolomfr-voc-005-num-039", "site Web"},
}

// lomGenre returns the editorial type of a kind, else of the broader ones.
func lomGenre(k model.Kind) (concept, bool) {
	for range 4 { // the table of kinds is no deeper
		if c, ok := lomGenres[k]; ok {
			return c, true
		}
		k = kindOf(k).Broader
	}
	return concept{}, false
}

const dcterms = "http://purl.org/dc/terms/"

// lomRelations are the relations of scolomfr-voc-009 by their DCMI term; any
// other is "est associé à".
var lomRelations = map[string]concept{
	"conformsTo":     {dcterms + "conformsTo", "conforme à"},
	"hasFormat":      {dcterms + "hasFormat", "existe dans un format"},
	"hasPart":        {dcterms + "hasPart", "contient"},
	"hasVersion":     {dcterms + "hasVersion", "existe en une autre version"},
	"isFormatOf":     {dcterms + "isFormatOf", "est un format de"},
	"isPartOf":       {dcterms + "isPartOf", "est une partie de"},
	"isReferencedBy": {dcterms + "isReferencedBy", "est référencé par"},
	"isReplacedBy":   {dcterms + "isReplacedBy", "est remplacé par"},
	"isRequiredBy":   {dcterms + "isRequiredBy", "est requis par"},
	"isVersionOf":    {dcterms + "isVersionOf", "est une version de"},
	"references":     {dcterms + "references", "contient une référence à"},
	"replaces":       {dcterms + "replaces", "remplace"},
	"requires":       {dcterms + "requires", "requiert"},
	"source":         {dcterms + "source", "est basé sur"},
	"relation":       {scolomfr + "scolomfr-voc-009-num-001", "est associé à"},
}

// lomExact are the relations that have a closer concept than their DCMI term.
var lomExact = map[model.RelationType]concept{
	"isTranslationOf": {scolomfr + "scolomfr-voc-009-num-016", "est la traduction de"},
	"hasTranslation":  {scolomfr + "scolomfr-voc-009-num-017", "fait l'objet d'une traduction"},
	"isSourceOf":      {scolomfr + "isbasisfor", "est la base de"},
}

// lomRelation returns the concept of a relation.
func lomRelation(t model.RelationType) concept {
	if c, ok := lomExact[t]; ok {
		return c
	}
	return lomRelations[relationInfo(t).DCTerms]
}

// Concepts that are named one by one.
var (
	lomHasLicence = concept{scolomfr + "scolomfr-voc-009-num-040", "a pour licence"}
	lomFree       = concept{scolomfr + "no", "gratuit"}
	lomReserved   = concept{scolomfr + "yes_2", "oui"}
	lomUnreserved = concept{scolomfr + "no_2", "non"}
	lomCreator    = concept{scolomfr + "creator", "créateur"}
	lomDiscipline = concept{scolomfr + "discipline", "champ disciplinaire"}
	lomSubject    = concept{scolomfr + "scolomfr-voc-028-num-003", "domaine d'enseignement"}
	lomLevel      = concept{scolomfr + "educational_level", "niveau éducatif détaillé"}
)

// publicDomain are the licences that leave no right reserved.
var publicDomain = map[model.Licence]bool{"CC0-1.0": true, "CC-PDM-1.0": true, "PDDL-1.0": true}

// lomLanguages are the IRIs of scolomfr-voc-001 by the languages that have two
// letters in ISO 639-1; it is made once, as each look-up asks for names too.
var lomLanguages = sync.OnceValue(func() map[language.Base]string {
	m := map[language.Base]string{}
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			if base, err := language.ParseBase(string([]rune{a, b})); err == nil {
				m[base] = languageIRI(language.Make(base.String()))
			}
		}
	}
	return m
})

func languageIRI(tag language.Tag) string {
	return "http://id.loc.gov/vocabulary/iso639-2/" + model.LanguageOf(tag).ISO2
}

// lomLanguage is the IRI of a language in ISO 639-2. It is "" for one that is
// not said, and none is inferred from a script or a region.
func lomLanguage(tag language.Tag) string {
	base, _, _ := tag.Raw()
	if base == (language.Base{}) {
		return ""
	}
	if iri, ok := lomLanguages()[base]; ok {
		return iri
	}
	return languageIRI(tag)
}

// inVocabulary reports whether an IRI can be a concept of a vocabulary: one of
// ScoLOMFR's whose number, where it bears one, is that vocabulary's.
func inVocabulary(iri, vocabulary string) bool {
	name, ok := strings.CutPrefix(iri, scolomfr)
	numbered := strings.HasPrefix(name, "scolomfr-voc-")
	return ok && (!numbered || strings.HasPrefix(name, "scolomfr-voc-"+vocabulary+"-"))
}
