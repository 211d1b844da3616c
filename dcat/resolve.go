package dcat

import "strings"

// resolve returns the IRI that a reference means in a document at base
// (RFC 3986, section 5.2). It leaves the dot segments to cleanIRI. Without a
// base, or against one that has no hierarchy, the reference is returned.
func resolve(base, reference string) string {
	scheme := schemeOf(base)
	if scheme == "" || schemeOf(reference) != "" {
		return reference
	}
	prefix, path, query := splitIRI(base)
	switch {
	case strings.HasPrefix(reference, "//"):
		return scheme + ":" + reference
	case strings.HasPrefix(reference, "/"):
		return prefix + reference
	case strings.HasPrefix(reference, "?"):
		return prefix + path + reference
	case reference == "" || reference[0] == '#':
		return prefix + path + query + reference
	}
	dir := path[:strings.LastIndexByte(path, '/')+1]
	if dir == "" && strings.Contains(prefix, "//") {
		dir = "/" // an authority without a path
	}
	return prefix + dir + reference
}

// splitIRI returns an absolute IRI as its scheme and authority, its path, and
// its query with the question mark. The fragment is dropped.
func splitIRI(iri string) (prefix, path, query string) {
	iri, _, _ = strings.Cut(iri, "#")
	if i := strings.IndexByte(iri, '?'); i >= 0 {
		iri, query = iri[:i], iri[i:]
	}
	n := len(schemeOf(iri)) + 1
	if strings.HasPrefix(iri[n:], "//") {
		n += 2
		if i := strings.IndexByte(iri[n:], '/'); i >= 0 {
			n += i
		} else {
			n = len(iri)
		}
	}
	return iri[:n], iri[n:], query
}
