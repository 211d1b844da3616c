package model

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"

	"github.com/gtnum/gtnum/internal/say"
)

// outputReader reads outputs in the context of a heading.
type outputReader struct {
	name   string // of the file
	ids    known
	places places // where the file was read whole
}

func newOutputReader(heading *Catalogue, name string) *outputReader {
	k := &checker{cat: heading}
	return &outputReader{name: name, ids: k.headingIDs()}
}

// read reads output i, which begins at a place. What is written as
// [Catalogue.WriteJSON] writes it is read fast; all else by the decoder, which
// takes several times as long and knows what is wrong with it. Text is raw if
// it was read fast.
func (r *outputReader) read(raw []byte, i int, at place) (o *Output, text string, err error) {
	if o, text, ok := r.fast(raw); ok {
		return o, text, nil
	}
	path := fmt.Sprintf("outputs[%d]", i)
	root, err := parseJSON(raw)
	if err != nil {
		p := problem(Error, "syntax", path, say.Syntax(err.Error()))
		if syntax, ok := errors.AsType[*syntaxError](err); ok {
			at = syntax.at.from(at)
		}
		p.File, p.Line, p.Column = r.name, at.line, at.column
		return nil, "", &LoadError{[]Problem{p}}
	}
	shift(root, at)
	d := &decoder{places: places{}}
	o = &Output{}
	v := reflect.ValueOf(o).Elem()
	d.value(root, v, path)
	context := &Catalogue{file: r.name, places: d.places}
	d.problems = append(d.problems, context.normalizeURLs(v, path)...)
	k := &checker{cat: context}
	if o.ID != "" && !idPattern.MatchString(o.ID) {
		k.report("id", path+".id", o.ID)
	}
	k.output(path+".", o, r.ids)
	k.agents(v, path, r.ids.agents)
	problems := append(d.problems, k.problems...)
	if len(problems) == 0 {
		return o, "", nil
	}
	for j := range problems {
		problems[j].File, problems[j].Record = r.name, o.ID
	}
	sortProblems(problems)
	return nil, "", &LoadError{problems}
}

// shift moves the places of a tree that was parsed from the middle of a file.
func shift(n *yaml.Node, at place) {
	moved := place{n.Line, n.Column}.from(at)
	n.Line, n.Column = moved.line, moved.column
	for _, child := range n.Content {
		shift(child, at)
	}
}

// fast reads an output that needs no second look: nothing in it is to be
// normalised, refused or looked up in vain. Among what UTF-8 begins with EF BF
// are the characters that XML has no way to write.
func (r *outputReader) fast(raw []byte) (*Output, string, bool) {
	if !norm.NFC.IsNormal(raw) || bytes.Contains(raw, []byte(`\u`)) || bytes.Contains(raw, []byte("\xef\xbf")) {
		return nil, "", false
	}
	text := string(raw)
	o := &Output{}
	if !readPlain(text, reflect.ValueOf(o).Elem()) || !idPattern.MatchString(o.ID) || !o.listed() || !o.addressed() {
		return nil, "", false
	}
	k := &checker{cat: &Catalogue{}}
	k.output("", o, r.ids)
	return o, text, len(k.problems) == 0 && r.knowsAgents(o)
}

// listed reports whether every value of a closed list is one of it.
func (o *Output) listed() bool {
	ok := listed(o.Kind, false) && listed(o.Licence, true) && listed(o.Access, true) && listed(o.Frequency, true) && listed(o.Status, true)
	for _, c := range o.Contributions {
		ok = ok && listed(c.Role, false)
	}
	for _, r := range o.Relations {
		ok = ok && listed(r.Type, false) && listed(r.Kind, true)
	}
	for _, f := range o.Files {
		ok = ok && listed(f.Licence, true) && listed(f.Access, true)
	}
	return ok && (o.Container == nil || listed(o.Container.Kind, true))
}

func listed[T interface {
	~string
	known() []string
}](v T, orEmpty bool) bool {
	return v == "" && orEmpty || slices.Contains(v.known(), string(v))
}

// addressed reports whether the output's addresses are such that normalising
// changes nothing.
func (o *Output) addressed() bool {
	ok := o.URL == "" || plainURL(o.URL)
	for _, l := range slices.Concat(o.Links, o.ConformsTo) {
		ok = ok && plainURL(l.URL)
	}
	for _, f := range o.Files {
		ok = ok && plainURL(f.URL) && len(f.ConformsTo) == 0
	}
	for _, r := range o.Relations {
		ok = ok && (r.URL == "" || plainURL(r.URL))
	}
	return ok && (o.Container == nil || o.Container.URL == "")
}

// plainURL reports whether an address is plain: all of it lower-case letters,
// digits and the most usual signs.
func plainURL(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	return ok && rest != "" && rest[0] != '/' && strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz0123456789-./_~") == ""
}

// knowsAgents reports whether the output's agents are described or known. An
// agent that has agents of its own gets the second look.
func (r *outputReader) knowsAgents(o *Output) bool {
	ok := r.knows(&o.Publisher) && r.knowsAll(o.Contacts)
	for i := range o.Contributions {
		ok = ok && r.knows(&o.Contributions[i].Agent) && r.knowsAll(o.Contributions[i].Affiliations)
	}
	for i := range o.Funding {
		ok = ok && r.knows(&o.Funding[i].Funder)
	}
	return ok && (o.Container == nil || r.knowsAll(o.Container.Editors))
}

func (r *outputReader) knowsAll(list []Agent) bool {
	for i := range list {
		if !r.knows(&list[i]) {
			return false
		}
	}
	return true
}

func (r *outputReader) knows(a *Agent) bool {
	if len(a.Affiliations) > 0 || a.PartOf != nil || !listed(a.Kind, true) {
		return false
	}
	if !a.IsReference() {
		return true
	}
	_, known := slices.BinarySearch(r.ids.agents, a.ID)
	return known && a.isBare()
}
