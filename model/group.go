package model

// Group is a GTnum: laboratories and académies that study one question
// together.
type Group struct {
	// ID names the group; it is part of IRIs and of setSpecs.
	ID string `json:"id"`
	// Acronym as the group writes it, such as "#PLEIADES".
	Acronym string `json:"acronym,omitzero"`
	// Title of the group.
	Title Text `json:"title"`
	// Question that the group studies.
	Question Text `json:"question,omitzero"`
	// Description of the group's theme and method.
	Description Text `json:"description,omitzero"`
	// Laboratories that carry the group.
	Laboratories []Agent `json:"laboratories,omitzero"`
	// Academies are the school authorities that take part.
	Academies []Agent `json:"academies,omitzero"`
	// Supporters fund or support the group.
	Supporters []Agent `json:"supporters,omitzero"`
	// Contributions are the people of the group and what they do in it.
	Contributions []Contribution `json:"contributions,omitzero"`
	// Gaps are what the source shows to be missing, such as a credit line
	// without its name.
	Gaps []Gap `json:"gaps,omitzero"`
	// Period that the group worked in.
	Period Period `json:"period,omitzero"`
	// Issued is when the group's brochure or report was published.
	Issued Date `json:"issued,omitzero"`
	// Links are pages of the group: its channel, its blog.
	Links []Link `json:"links,omitzero"`
	// Axes of the group's research.
	Axes []Axis `json:"axes,omitzero"`
}

// Axis is one line of a group's research.
type Axis struct {
	// ID names the axis within its group.
	ID string `json:"id"`
	// Title of the axis.
	Title Text `json:"title"`
	// Description of the axis.
	Description Text `json:"description,omitzero"`
}

// Contribution is what an agent did.
type Contribution struct {
	// Agent who did it: the id of one in the catalogue, or one described
	// here.
	Agent Agent `json:"agent"`
	// Role of the agent.
	Role Role `json:"role"`
	// Label is the role in the words of the source.
	Label Text `json:"label,omitzero"`
	// Affiliations are the bodies that the agent did it for; where there are
	// none, those of the agent itself hold.
	Affiliations []Agent `json:"affiliations,omitzero"`
}

// Gap is something that a source shows to be missing. It is kept so that
// nobody takes the rest for complete, and nobody fills it by guessing.
type Gap struct {
	// Source is the id of the catalogue's source that has the gap.
	Source string `json:"source,omitzero"`
	// Missing says what is missing, such as "name".
	Missing string `json:"missing"`
	// Printed is what the source still shows.
	Printed string `json:"printed,omitzero"`
	// Role of the agent whose name is missing, where it is known.
	Role Role `json:"role,omitzero"`
	// Affiliations of the agent whose name is missing.
	Affiliations []Agent `json:"affiliations,omitzero"`
	// Note for people.
	Note Text `json:"note,omitzero"`
}
