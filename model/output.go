package model

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Output is one thing that a group published: an article, a data set, a
// video, a blog post.
type Output struct {
	// ID names the output within the catalogue. It is part of its IRI and of
	// its OAI identifier and never changes.
	ID string `json:"id"`
	// Kind of the output: a COAR resource type.
	Kind Kind `json:"kind"`
	// Group is the id of the group that published it.
	Group string `json:"group,omitzero"`
	// Axes are the ids of the group's axes that it belongs to.
	Axes []string `json:"axes,omitzero"`
	// AxisCandidates are axes of which it belongs to at least one, where the
	// source does not tell which. It is in none of their sets.
	AxisCandidates []string `json:"axisCandidates,omitzero"`

	// Title of the output, one a language.
	Title Text `json:"title,omitzero"`
	// Subtitle of the output.
	Subtitle Text `json:"subtitle,omitzero"`
	// AlternativeTitles are further titles.
	AlternativeTitles []Text `json:"alternativeTitles,omitzero"`
	// Abstract of the output.
	Abstract Text `json:"abstract,omitzero"`
	// Subjects are keywords and terms of classifications.
	Subjects []Subject `json:"subjects,omitzero"`
	// Languages of the output itself.
	Languages []language.Tag `json:"languages,omitzero"`
	// Version of the output, in its publisher's words.
	Version string `json:"version,omitzero"`

	// Contributions are who made it, in the order of its title page.
	Contributions []Contribution `json:"contributions,omitzero"`
	// Publisher of the output.
	Publisher Agent `json:"publisher,omitzero"`
	// Contacts answer questions about it.
	Contacts []Agent `json:"contacts,omitzero"`
	// Funding that paid for it.
	Funding []Funding `json:"funding,omitzero"`
	// Container that it appeared in: a journal, a book, a channel.
	Container *Container `json:"container,omitzero"`
	// Conference that it was given at.
	Conference *Conference `json:"conference,omitzero"`

	// URL of the page that presents it.
	URL string `json:"url,omitzero"`
	// Identifiers of the output: DOI, HAL id, PeerTube UUID.
	Identifiers []Identifier `json:"identifiers,omitzero"`
	// Links are further pages about it.
	Links []Link `json:"links,omitzero"`
	// Files are what can be downloaded.
	Files []File `json:"files,omitzero"`
	// Relations to other outputs, inside and outside the catalogue.
	Relations []Relation `json:"relations,omitzero"`

	// Issued is when it was published.
	Issued Date `json:"issued,omitzero"`
	// Created is when it was made.
	Created Date `json:"created,omitzero"`
	// Accepted is when a journal or conference took it.
	Accepted Date `json:"accepted,omitzero"`
	// Modified is when the output itself last changed.
	Modified Date `json:"modified,omitzero"`
	// Duration of a recording, whole seconds.
	Duration Duration `json:"duration,omitzero"`

	// Licence of the output.
	Licence Licence `json:"licence,omitzero"`
	// Access says who can read it.
	Access Access `json:"access,omitzero"`
	// Available is when it became or becomes open: the end of an embargo.
	Available Date `json:"available,omitzero"`
	// Rights is a statement of rights for people.
	Rights Text `json:"rights,omitzero"`

	// Temporal is the time that its content is about.
	Temporal []Period `json:"temporal,omitzero"`
	// Spatial are the places that its content is about.
	Spatial []Place `json:"spatial,omitzero"`
	// Frequency at which a data set is renewed.
	Frequency Frequency `json:"frequency,omitzero"`
	// Themes are IRIs of EU data themes; EDUC where none is given.
	Themes []string `json:"themes,omitzero"`
	// ConformsTo are the standards that a data set follows.
	ConformsTo []Link `json:"conformsTo,omitzero"`
	// Series is the id of the output of kind "dataset-series" that a data set
	// is one issue of.
	Series string `json:"series,omitzero"`
	// Education says which learners and uses it is meant for.
	Education *Education `json:"education,omitzero"`

	// Status is "withdrawn" for an output that was taken back; what remains
	// of its record is a tombstone.
	Status Status `json:"status,omitzero"`
	// Datestamp is when this description last changed; where there is none,
	// the catalogue's Modified holds.
	Datestamp Date `json:"datestamp,omitzero"`
	// Provenance of the description.
	Provenance Provenance `json:"provenance,omitzero"`
}

// Status of an output.
type Status string

// Withdrawn says that an output was taken back.
const Withdrawn Status = "withdrawn"

func (Status) known() []string { return []string{string(Withdrawn)} }

// Subject is a keyword, or a term of a classification if it has an IRI or a
// scheme.
type Subject struct {
	// Label of the subject.
	Label Text `json:"label"`
	// IRI of the term.
	IRI string `json:"iri,omitzero"`
	// Scheme that the term is of, such as "hal-domain" or an IRI.
	Scheme string `json:"scheme,omitzero"`
	// Code of the term within the scheme, such as "shs.edu".
	Code string `json:"code,omitzero"`
}

// Link is a page on the web.
type Link struct {
	// URL of the page.
	URL string `json:"url"`
	// Title of the page.
	Title Text `json:"title,omitzero"`
	// Kind of the page: "channel", "blog", "homepage", "documentation".
	Kind string `json:"kind,omitzero"`
}

// File is one file of an output: a Distribution in DCAT.
type File struct {
	// URL of the file itself.
	URL string `json:"url"`
	// Page where the file is presented; the output's URL where there is none.
	Page string `json:"page,omitzero"`
	// Title of the file.
	Title Text `json:"title,omitzero"`
	// Description of the file.
	Description Text `json:"description,omitzero"`
	// MediaType as registered with IANA, such as "text/csv".
	MediaType string `json:"mediaType,omitzero"`
	// Size in bytes.
	Size int64 `json:"size,omitzero"`
	// Checksum of the file.
	Checksum Checksum `json:"checksum,omitzero"`
	// Licence of the file, where it is not the output's.
	Licence Licence `json:"licence,omitzero"`
	// Rights is a statement for people.
	Rights Text `json:"rights,omitzero"`
	// Access to the file, where it is not the output's.
	Access Access `json:"access,omitzero"`
	// Languages of the file, where they are not the output's.
	Languages []language.Tag `json:"languages,omitzero"`
	// Issued is when the file was published.
	Issued Date `json:"issued,omitzero"`
	// Modified is when the file last changed.
	Modified Date `json:"modified,omitzero"`
	// ConformsTo are the standards that the file follows.
	ConformsTo []Link `json:"conformsTo,omitzero"`
}

// Checksum of a file.
type Checksum struct {
	// Algorithm: "md5", "sha1", "sha256" or "sha512".
	Algorithm string `json:"algorithm"`
	// Value in hexadecimal, lower case.
	Value string `json:"value"`
}

// Relation of an output to another. Exactly one of Output, Identifier and URL
// names the other.
type Relation struct {
	// Type of the relation: what this output is to the other.
	Type RelationType `json:"type"`
	// Output is the id of one of this catalogue.
	Output string `json:"output,omitzero"`
	// Identifier of one elsewhere.
	Identifier Identifier `json:"identifier,omitzero"`
	// URL of one elsewhere.
	URL string `json:"url,omitzero"`
	// Title of the other.
	Title Text `json:"title,omitzero"`
	// Kind of the other.
	Kind Kind `json:"kind,omitzero"`
}

// Funding of an output.
type Funding struct {
	// Funder who paid.
	Funder Agent `json:"funder"`
	// Award number.
	Award string `json:"award,omitzero"`
	// Title of the award or project.
	Title Text `json:"title,omitzero"`
	// Acronym of the project.
	Acronym string `json:"acronym,omitzero"`
	// Programme or stream of the funder, such as "H2020" or "ANR".
	Programme string `json:"programme,omitzero"`
	// URI of the award.
	URI string `json:"uri,omitzero"`
}

// Container is what an output appeared in.
type Container struct {
	// Title of the journal, book or channel.
	Title Text `json:"title"`
	// Kind of the container.
	Kind Kind `json:"kind,omitzero"`
	// Identifiers of the container: ISSN, ISBN, DOI.
	Identifiers []Identifier `json:"identifiers,omitzero"`
	// Publisher of the container.
	Publisher string `json:"publisher,omitzero"`
	// Volume, as printed.
	Volume string `json:"volume,omitzero"`
	// Issue, as printed.
	Issue string `json:"issue,omitzero"`
	// Pages, as printed.
	Pages string `json:"pages,omitzero"`
	// Editors of the container.
	Editors []Agent `json:"editors,omitzero"`
	// URL of the container.
	URL string `json:"url,omitzero"`
}

// Conference that an output was given at.
type Conference struct {
	// Title of the conference.
	Title Text `json:"title"`
	// Place where it was held.
	Place string `json:"place,omitzero"`
	// Country of the place: ISO 3166-1 alpha-2.
	Country string `json:"country,omitzero"`
	// Period when it was held.
	Period Period `json:"period,omitzero"`
}

// Place that an output is about.
type Place struct {
	// Label of the place.
	Label Text `json:"label"`
	// IRI of the place, such as an EU NUTS or INSEE one.
	IRI string `json:"iri,omitzero"`
	// Box around the place: west, south, east and north, in degrees.
	Box Box `json:"box,omitzero"`
}

// Education says which learners and uses an output is meant for: what
// ScoLOMFR asks.
type Education struct {
	// Audience: ScoLOMFR's end users (scolomfr-voc-011).
	Audience []Concept `json:"audience,omitzero"`
	// Levels: school levels.
	Levels []Concept `json:"levels,omitzero"`
	// ResourceTypes: ScoLOMFR learning resource types.
	ResourceTypes []Concept `json:"resourceTypes,omitzero"`
	// Activities induced in learners.
	Activities []Concept `json:"activities,omitzero"`
	// Description of the pedagogical use.
	Description Text `json:"description,omitzero"`
}

// Concept of a vocabulary.
type Concept struct {
	// IRI of the concept.
	IRI string `json:"iri"`
	// Label of the concept.
	Label Text `json:"label,omitzero"`
}

// Provenance of a description.
type Provenance struct {
	// Source is the id of the catalogue's source that it was made from.
	Source string `json:"source,omitzero"`
	// Printed are the forms of its link that the source shows, where they
	// are not its URL to the letter.
	Printed []string `json:"printed,omitzero"`
	// Derived are the values that no source states and a rule gave.
	Derived []Derivation `json:"derived,omitzero"`
	// Origins are the repositories that the description was harvested from,
	// the nearest first.
	Origins []Origin `json:"origins,omitzero"`
}

// Derivation says that a field was filled by rule.
type Derivation struct {
	// Field that was filled, such as "kind".
	Field string `json:"field"`
	// Rule that filled it, for people.
	Rule Text `json:"rule"`
}

// Origin is a repository that a record was harvested from: the
// originDescription of OAI-PMH's provenance container.
type Origin struct {
	// BaseURL of the repository.
	BaseURL string `json:"baseURL"`
	// Identifier of the record there.
	Identifier string `json:"identifier"`
	// Datestamp of the record there.
	Datestamp Date `json:"datestamp"`
	// MetadataNamespace of the format that was harvested.
	MetadataNamespace string `json:"metadataNamespace"`
	// Harvested is when it was.
	Harvested Date `json:"harvested"`
	// Altered says that it was changed since.
	Altered bool `json:"altered,omitzero"`
}

// Identifier returns the output's first identifier of a scheme.
func (o *Output) Identifier(s Scheme) (Identifier, bool) {
	for _, id := range o.Identifiers {
		if id.Scheme == s {
			return id, true
		}
	}
	return Identifier{}, false
}

// By returns the agents with a role, as the contributions give them:
// references are not resolved.
func (o *Output) By(role Role) []Agent {
	var agents []Agent
	for _, c := range o.Contributions {
		if c.Role == role {
			agents = append(agents, c.Agent)
		}
	}
	return agents
}

// IsDataset reports whether the output is a data set in the sense of DCAT.
func (o *Output) IsDataset() bool { return o.Kind.Info().Dataset }

// DerivedTitle is a label made by rule for an output that has no title: its
// kind, the platform that shows it and its identifier there. It is no title:
// formats that can do without use none, and Validate reports its use.
func (o *Output) DerivedTitle() Text {
	platform, id := o.platform()
	info := o.Kind.Info()
	label := func(tag language.Tag, name string) LangString {
		first, size := utf8.DecodeRuneInString(name)
		parts := []string{string(unicode.ToUpper(first)) + name[size:]}
		if platform != "" {
			parts = append(parts, platform)
		}
		return LangString{tag, strings.Join(append(parts, id), " – ")}
	}
	return Text{label(language.French, info.French), label(language.English, info.English)}
}

// DisplayTitle returns the title, or the label made by rule, which it tells.
func (o *Output) DisplayTitle() (title Text, derived bool) {
	if len(o.Title) > 0 {
		return o.Title, false
	}
	return o.DerivedTitle(), true
}

func (o *Output) platform() (name, id string) {
	for _, i := range o.Identifiers {
		if p := i.Scheme.Info().Platform; p != "" {
			return p, i.Value
		}
	}
	return host(o.URL), o.ID
}

// Duration of a recording, whole seconds, written as in ISO 8601: "PT4M30S".
type Duration time.Duration
