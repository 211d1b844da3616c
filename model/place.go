package model

// place is where a value stood in a file, counted from 1.
type place struct{ line, column int }

// from is a place in a text that begins at another.
func (p place) from(at place) place {
	if p.line == 1 {
		p.column += at.column - 1
	}
	p.line += at.line - 1
	return p
}

// places maps paths of values, such as "outputs[3].title", to their places.
type places map[string]place

// of returns the place of a path, else that of the nearest value around it:
// what is missing is missed where it should be.
func (p places) of(path string) place {
	for path != "" {
		if at, ok := p[path]; ok {
			return at
		}
		i := len(path) - 1
		for i > 0 && path[i] != '.' && path[i] != '[' {
			i--
		}
		path = path[:i]
	}
	return p[""]
}
