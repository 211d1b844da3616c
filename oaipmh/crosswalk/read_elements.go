package crosswalk

import (
	"github.com/beevik/etree"
)

// all returns the children of an element that have a local name.
func all(e *etree.Element, name string) []*etree.Element {
	if e == nil {
		return nil
	}
	var found []*etree.Element
	for _, child := range e.ChildElements() {
		if child.Tag == name {
			found = append(found, child)
		}
	}
	return found
}

// first returns the first child at a path of local names, nil if there is
// none.
func first(e *etree.Element, path ...string) *etree.Element {
	for _, name := range path {
		children := all(e, name)
		if len(children) == 0 {
			return nil
		}
		e = children[0]
	}
	return e
}
