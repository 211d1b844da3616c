package model

import (
	"cmp"
	"reflect"
)

// headings are those of some catalogues, by domain and id. Several files may be
// one catalogue, each with groups and agents of its own; but only one of two
// titles could be served.
type headings map[[2]string]*Catalogue

// add takes note of a heading and returns a problem for each value of which the
// first one of the same catalogue says otherwise.
func (h headings) add(c *Catalogue) (problems []Problem) {
	key := [2]string{c.Domain(), c.ID}
	first := h[key]
	if c.ID == "" || first == nil {
		heading := *c
		heading.Outputs, heading.places = nil, nil
		h[key] = &heading
		return nil
	}
	before, now := reflect.ValueOf(first).Elem(), reflect.ValueOf(c).Elem()
	fields := fieldsOf(now.Type())
	for _, name := range fields.names {
		switch name {
		case "modified", "sources", "agents", "groups", "outputs": // which each file has of its own
			continue
		}
		i := fields.index[name]
		if !reflect.DeepEqual(before.Field(i).Interface(), now.Field(i).Interface()) {
			problems = append(problems, c.at(problem(Error, "heading-differs", name, c.ID, cmp.Or(first.file, name))))
		}
	}
	sortProblems(problems)
	return problems
}
