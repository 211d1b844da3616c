package model

import (
	"iter"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Catalogue is what one file holds: the heading (programme, groups, agents,
// sources) and the outputs. Only Outputs grows with the number of records;
// a heading without them is what streams and stores keep in memory.
type Catalogue struct {
	// ID names the catalogue within its base.
	ID string `json:"id"`
	// Base is the IRI under which everything in the catalogue is named, such
	// as "https://example.org/gtnum/". It must never change: portals know
	// records by it. Its host is the namespace of the OAI identifiers.
	Base string `json:"base"`
	// Title of the catalogue.
	Title Text `json:"title"`
	// Description of the catalogue, for people.
	Description Text `json:"description,omitzero"`
	// Issued is when the catalogue was first published.
	Issued Date `json:"issued,omitzero"`
	// Modified is when the file was last changed. It is the datestamp of
	// every output without one of its own.
	Modified Date `json:"modified"`
	// Languages that the catalogue is written in.
	Languages []language.Tag `json:"languages,omitzero"`
	// Publisher of the catalogue.
	Publisher Agent `json:"publisher,omitzero"`
	// Contacts answer questions about the catalogue.
	Contacts []Agent `json:"contacts,omitzero"`
	// Licence of the descriptions in this file, not of what they describe.
	Licence Licence `json:"licence,omitzero"`
	// Homepage of the catalogue.
	Homepage string `json:"homepage,omitzero"`
	// Programme that the groups belong to.
	Programme Programme `json:"programme,omitzero"`
	// Sources that the descriptions were made from.
	Sources []Source `json:"sources,omitzero"`
	// Agents that other fields name by their ids.
	Agents []Agent `json:"agents,omitzero"`
	// Groups are the thematic groups.
	Groups []Group `json:"groups,omitzero"`
	// Outputs are what the groups published.
	Outputs []Output `json:"outputs,omitzero"`

	file       string         // that it was read from, if it was
	places     places         // where each value stood in the file
	agentIndex map[string]int // places in Agents by id, from a file
}

// Programme is the funding frame of the groups, such as GTnum.
type Programme struct {
	// ID names the programme.
	ID string `json:"id"`
	// Acronym of the programme.
	Acronym string `json:"acronym,omitzero"`
	// Title of the programme.
	Title Text `json:"title"`
	// Description of the programme.
	Description Text `json:"description,omitzero"`
	// Coordinator of the programme: the body that runs and funds it.
	Coordinator Agent `json:"coordinator,omitzero"`
	// Links are pages about the programme.
	Links []Link `json:"links,omitzero"`
}

// Source is a document that descriptions were made from.
type Source struct {
	// ID names the source.
	ID string `json:"id"`
	// Title of the source.
	Title Text `json:"title"`
	// URL where the source can be had.
	URL string `json:"url,omitzero"`
	// Issued is when the source was published.
	Issued Date `json:"issued,omitzero"`
	// Note says what state the source is in.
	Note Text `json:"note,omitzero"`
}

// Record is the unit that is harvested: one output in its context.
type Record struct {
	// Catalogue is the heading; its Outputs are not looked at.
	Catalogue *Catalogue
	// Output is the record's subject.
	Output *Output
}

// Records yields the outputs of the catalogue, each in its context, in the
// order of the file.
func (c *Catalogue) Records() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		for i := range c.Outputs {
			if !yield(Record{c, &c.Outputs[i]}) {
				return
			}
		}
	}
}

// Agent returns the agent that a reference means: the one of
// [Catalogue.Agents] with its id if it has no name of its own, else itself.
func (c *Catalogue) Agent(a Agent) Agent {
	if !a.IsReference() {
		return a
	}
	if i, ok := c.agentIndex[a.ID]; ok && i < len(c.Agents) && c.Agents[i].ID == a.ID {
		return c.Agents[i]
	}
	if known := find(c.Agents, func(known *Agent) bool { return known.ID == a.ID }); known != nil {
		return *known
	}
	return a
}

// indexAgents makes [Catalogue.Agent] quick in a catalogue of many agents.
// It is a hint: an entry that is out of date does no harm.
func (c *Catalogue) indexAgents() {
	c.agentIndex = make(map[string]int, len(c.Agents))
	for i := range slices.Backward(c.Agents) { // the first of an id holds
		c.agentIndex[c.Agents[i].ID] = i
	}
}

// Group returns the group of that id, nil if there is none.
func (c *Catalogue) Group(id string) *Group {
	for i := range c.Groups {
		if c.Groups[i].ID == id {
			return &c.Groups[i]
		}
	}
	return nil
}

// Domain is the host of the catalogue's base: the namespace of its OAI
// identifiers (OAI identifier guideline 2.0, section 2.1).
func (c *Catalogue) Domain() string {
	_, rest, ok := strings.Cut(c.Base, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, ":")
	return strings.ToLower(host)
}

// Group of the record's output, nil if it names none.
func (r Record) Group() *Group { return r.Catalogue.Group(r.Output.Group) }

// Axes of the record's output, in the order of the group.
func (r Record) Axes() []Axis {
	g := r.Group()
	if g == nil {
		return nil
	}
	var axes []Axis
	for _, axis := range g.Axes {
		for _, id := range r.Output.Axes {
			if axis.ID == id {
				axes = append(axes, axis)
				break
			}
		}
	}
	return axes
}

// Agent returns the agent that a reference in the record means.
func (r Record) Agent(a Agent) Agent { return r.Catalogue.Agent(a) }

// OAIIdentifier is the record's identifier in OAI-PMH:
// "oai:<domain>:<output id>", by the OAI identifier guideline.
func (r Record) OAIIdentifier() string {
	return "oai:" + r.Catalogue.Domain() + ":" + r.Output.ID
}

// IRI names the record's output in RDF: the catalogue's base, "records/" and
// the output's id.
func (r Record) IRI() string { return r.Catalogue.Base + "records/" + r.Output.ID }

// Datestamp is when the record last changed, in UTC, whole seconds: the
// output's own datestamp, else the catalogue's Modified. A date without time
// is the first instant that it can mean, so that a restart changes nothing.
func (r Record) Datestamp() time.Time {
	d := r.Output.Datestamp
	if d.IsZero() {
		d = r.Catalogue.Modified
	}
	return d.Time().UTC().Truncate(time.Second)
}
