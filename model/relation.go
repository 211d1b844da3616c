package model

// RelationType is what an output is to another: a relationType of DataCite's
// kernel 4 with a small first letter, such as "isReferencedBy".
type RelationType string

// RelationInfo is what vocabularies call a relation. Empty fields have no
// equivalent.
type RelationInfo struct {
	Type     RelationType
	Inverse  RelationType
	DataCite string // relationType of kernel 4
	DCTerms  string // DCMI term, without its namespace; "relation" where no closer one exists
	French   string // label
	English  string // label
}

var relations = []RelationInfo{
	{"isReferencedBy", "references", "IsReferencedBy", "isReferencedBy", "est référencé par", "is referenced by"},
	{"references", "isReferencedBy", "References", "references", "référence", "references"},
	{"isCitedBy", "cites", "IsCitedBy", "isReferencedBy", "est cité par", "is cited by"},
	{"cites", "isCitedBy", "Cites", "references", "cite", "cites"},
	{"isSupplementTo", "isSupplementedBy", "IsSupplementTo", "relation", "est un supplément de", "is supplement to"},
	{"isSupplementedBy", "isSupplementTo", "IsSupplementedBy", "relation", "a pour supplément", "is supplemented by"},
	{"isPartOf", "hasPart", "IsPartOf", "isPartOf", "fait partie de", "is part of"},
	{"hasPart", "isPartOf", "HasPart", "hasPart", "comprend", "has part"},
	{"isVersionOf", "hasVersion", "IsVersionOf", "isVersionOf", "est une version de", "is version of"},
	{"hasVersion", "isVersionOf", "HasVersion", "hasVersion", "a pour version", "has version"},
	{"isNewVersionOf", "isPreviousVersionOf", "IsNewVersionOf", "replaces", "est une nouvelle version de", "is new version of"},
	{"isPreviousVersionOf", "isNewVersionOf", "IsPreviousVersionOf", "isReplacedBy", "est une version antérieure de", "is previous version of"},
	{"isDocumentedBy", "documents", "IsDocumentedBy", "relation", "est documenté par", "is documented by"},
	{"documents", "isDocumentedBy", "Documents", "relation", "documente", "documents"},
	{"isDescribedBy", "describes", "IsDescribedBy", "relation", "est décrit par", "is described by"},
	{"describes", "isDescribedBy", "Describes", "relation", "décrit", "describes"},
	{"isDerivedFrom", "isSourceOf", "IsDerivedFrom", "source", "est dérivé de", "is derived from"},
	{"isSourceOf", "isDerivedFrom", "IsSourceOf", "relation", "est la source de", "is source of"},
	{"isVariantFormOf", "isOriginalFormOf", "IsVariantFormOf", "isFormatOf", "est une variante de", "is variant form of"},
	{"isOriginalFormOf", "isVariantFormOf", "IsOriginalFormOf", "hasFormat", "est la forme originale de", "is original form of"},
	{"isIdenticalTo", "isIdenticalTo", "IsIdenticalTo", "relation", "est identique à", "is identical to"},
	{"isTranslationOf", "hasTranslation", "IsTranslationOf", "isVersionOf", "est une traduction de", "is translation of"},
	{"hasTranslation", "isTranslationOf", "HasTranslation", "hasVersion", "a pour traduction", "has translation"},
	{"requires", "isRequiredBy", "Requires", "requires", "nécessite", "requires"},
	{"isRequiredBy", "requires", "IsRequiredBy", "isRequiredBy", "est nécessaire à", "is required by"},
	{"reviews", "isReviewedBy", "Reviews", "relation", "évalue", "reviews"},
	{"isReviewedBy", "reviews", "IsReviewedBy", "relation", "est évalué par", "is reviewed by"},
	{"relation", "relation", "Other", "relation", "est lié à", "is related to"},
}

// RelationTypes returns the table of relations.
func RelationTypes() []RelationInfo { return append([]RelationInfo(nil), relations...) }

// Info returns what vocabularies call the relation; for an unknown one, what
// they call "relation".
func (t RelationType) Info() RelationInfo {
	if i := find(relations, func(info *RelationInfo) bool { return info.Type == t }); i != nil {
		return *i
	}
	other := relations[len(relations)-1]
	other.Type = t
	return other
}

var relationTypeKeys = keys(relations, func(i *RelationInfo) string { return string(i.Type) })

func (RelationType) known() []string { return relationTypeKeys }

var relationTypeLabels = keys(relations, func(i *RelationInfo) string { return i.French })

func (RelationType) labels() []string { return relationTypeLabels }
