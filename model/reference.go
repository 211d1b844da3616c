package model

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// normalizeURLs strips what follows readers from the addresses of pages under
// v, and reports those that are no address.
func (c *Catalogue) normalizeURLs(v reflect.Value, path string) []Problem {
	var problems []Problem
	walk(v, path, func(path string, v reflect.Value) {
		if v.Kind() != reflect.String || v.Len() == 0 || !strings.HasSuffix(path, ".url") {
			return
		}
		clean, err := NormalizeURL(v.String())
		if err != nil {
			problems = append(problems, c.at(problem(Error, "url", path, v.String())))
			return
		}
		v.SetString(clean)
	})
	return problems
}

// walk visits every value under v, parents first.
func walk(v reflect.Value, path string, visit func(path string, v reflect.Value)) {
	visit(path, v)
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Struct:
		fields := fieldsOf(v.Type())
		for _, name := range fields.names {
			walk(v.Field(fields.index[name]), join(path, name), visit)
		}
	}
}

// at puts a problem at the place of its path.
func (c *Catalogue) at(p Problem) Problem {
	at := c.places.of(p.Path)
	p.File, p.Line, p.Column = c.file, at.line, at.column
	p.Record = c.recordOf(p.Path)
	return p
}

// recordOf is the id of the output that a path leads into, if it does.
func (c *Catalogue) recordOf(path string) string {
	rest, ok := strings.CutPrefix(path, "outputs[")
	number, _, _ := strings.Cut(rest, "]")
	i, err := strconv.Atoi(number)
	if !ok || err != nil || i >= len(c.Outputs) {
		return ""
	}
	return c.Outputs[i].ID
}

// idPattern is the characters that an address holds without escapes, which
// some harvesters do not write.
var idPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._~-]*$`)

// noBase is what a graph would write otherwise, so that IRIs would have two
// forms.
var noBase = regexp.MustCompile("[\\s<>\"{}|\\\\^`]|/\\.\\.?/")

// isBase reports whether ids behind it make addresses.
func isBase(s string) bool {
	u, err := url.Parse(s)
	return err == nil && !noBase.MatchString(s) && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" &&
		strings.HasSuffix(s, "/") && u.RawQuery == "" && u.Fragment == ""
}

// checker looks up references.
type checker struct {
	cat      *Catalogue
	problems []Problem
}

// checkReferences reports malformed ids, ids given twice and references to
// nothing; those from output to output only if outputs is set.
func (c *Catalogue) checkReferences(outputs bool) []Problem {
	k := &checker{cat: c}
	if c.ID != "" && !idPattern.MatchString(c.ID) {
		k.report("id", "id", c.ID)
	}
	if c.Base != "" && !isBase(c.Base) {
		k.report("base", "base", c.Base)
	}
	known := k.headingIDs()
	ids := k.ids("outputs", len(c.Outputs), func(i int) string { return c.Outputs[i].ID })
	if outputs {
		known.outputs = ids
	}
	k.agents(reflect.ValueOf(c).Elem(), "", known.agents)
	for i := range c.Outputs {
		k.output(fmt.Sprintf("outputs[%d].", i), &c.Outputs[i], known)
	}
	return k.problems
}

// known are the ids that references can name, each list sorted.
type known struct {
	agents, sources, groups []string
	axes                    map[string][]string // by group
	outputs                 []string            // nil where they are not at hand
}

// headingIDs checks the ids of the heading and returns them.
func (k *checker) headingIDs() known {
	c := k.cat
	ids := known{
		agents:  k.ids("agents", len(c.Agents), func(i int) string { return c.Agents[i].ID }),
		sources: k.ids("sources", len(c.Sources), func(i int) string { return c.Sources[i].ID }),
		groups:  k.ids("groups", len(c.Groups), func(i int) string { return c.Groups[i].ID }),
		axes:    make(map[string][]string, len(c.Groups)),
	}
	for i, g := range c.Groups {
		ids.axes[g.ID] = k.ids(fmt.Sprintf("groups[%d].axes", i), len(g.Axes), func(j int) string { return g.Axes[j].ID })
		for j, gap := range g.Gaps {
			k.reference(fmt.Sprintf("groups[%d].gaps[%d].source", i, j), gap.Source, ids.sources)
		}
	}
	return ids
}

func (k *checker) report(code, path string, args ...any) {
	k.problems = append(k.problems, k.cat.at(problem(Error, code, path, args...)))
}

// ids checks the ids of a list and returns them, sorted.
func (k *checker) ids(list string, n int, id func(int) string) []string {
	first := make(map[string]int, n)
	for i := range n {
		path := fmt.Sprintf("%s[%d].id", list, i)
		switch j, dup := first[id(i)]; {
		case id(i) == "": // the decoder says so, or Validate
		case !idPattern.MatchString(id(i)):
			k.report("id", path, id(i))
		case dup:
			k.report("duplicate-id", path, id(i), k.cat.places.of(fmt.Sprintf("%s[%d].id", list, j)).line)
		default:
			first[id(i)] = i
		}
	}
	known := make([]string, 0, len(first))
	for id := range first {
		known = append(known, id)
	}
	slices.Sort(known)
	return known
}

// SharedIDs returns a problem for each output with an id that one before it
// has, in its catalogue or another, and for each value of a heading of which that
// of a catalogue before it, with the same id and domain, says otherwise: they
// cannot be served together.
func SharedIDs(catalogues ...*Catalogue) (problems []Problem) {
	first, said := make(map[string]Problem), headings{}
	for _, c := range catalogues {
		problems = append(problems, said.add(c)...)
		for i := range c.Outputs {
			id := c.Outputs[i].ID
			p := c.at(Problem{Path: fmt.Sprintf("outputs[%d].id", i)})
			before, taken := first[id]
			if !taken {
				first[id] = p
				continue
			}
			where := before.Path
			if before.File != "" {
				where = fmt.Sprintf("%s:%d:%d", before.File, before.Line, before.Column)
			}
			problems = append(problems, c.at(problem(Error, "shared-id", p.Path, id, where)))
		}
	}
	return problems
}

// reference reports a reference to nothing; no reference is fine.
func (k *checker) reference(path, id string, known []string) {
	if id == "" {
		return
	}
	if _, ok := slices.BinarySearch(known, id); !ok {
		k.report("dangling", path, lastKey(path), id, didYouMean(id, known))
	}
}

// agents checks every agent under v that is a reference: there is one of that
// id, which says all.
func (k *checker) agents(v reflect.Value, path string, known []string) {
	walk(v, path, func(path string, v reflect.Value) {
		if a, ok := v.Interface().(Agent); ok && a.IsReference() && !isListed(path) {
			_, found := slices.BinarySearch(known, a.ID)
			switch {
			case found && !a.isBare():
				k.report("reference-more", path, a.ID)
			case strings.Contains(a.ID, "@"):
				k.report("agent-email", path, a.ID)
			case !found:
				k.reference(path, a.ID, known)
			}
		}
	})
}

// isListed reports whether a path is that of one of the catalogue's agents,
// which must have names.
func isListed(path string) bool {
	return strings.HasPrefix(path, "agents[") && !strings.Contains(path, ".")
}

// output checks the references of an output but those to agents; path ends
// with a dot.
func (k *checker) output(path string, o *Output, ids known) {
	k.reference(path+"group", o.Group, ids.groups)
	k.reference(path+"provenance.source", o.Provenance.Source, ids.sources)
	if o.Group == "" && len(o.Axes)+len(o.AxisCandidates) > 0 {
		k.report("axes-no-group", path+"axes")
	} else if axes, ok := ids.axes[o.Group]; ok {
		for i, id := range o.Axes {
			k.reference(fmt.Sprintf("%saxes[%d]", path, i), id, axes)
		}
		for i, id := range o.AxisCandidates {
			k.reference(fmt.Sprintf("%saxisCandidates[%d]", path, i), id, axes)
		}
	}
	if ids.outputs != nil {
		k.reference(path+"series", o.Series, ids.outputs)
	}
	for i, r := range o.Relations {
		at := fmt.Sprintf("%srelations[%d]", path, i)
		if ids.outputs != nil {
			k.reference(at+".output", r.Output, ids.outputs)
		}
		if !r.namesOne() {
			k.report("relation-target", at)
		}
	}
}

// namesOne reports whether exactly one thing names the other output.
func (r *Relation) namesOne() bool {
	n := 0
	for _, named := range []bool{r.Output != "", !r.Identifier.IsZero(), r.URL != ""} {
		if named {
			n++
		}
	}
	return n == 1
}
