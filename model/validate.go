package model

import (
	"encoding/hex"
	"fmt"
	"mime"
	"net/mail"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Validate returns every problem of the catalogue, in the order of its file:
// what is wrong, what a harvester loses by it and how to mend it. A catalogue
// without problems of severity [Error] can be served.
func (c *Catalogue) Validate() []Problem {
	v := &validator{cat: c, addresses: newAddresses(), series: seriesOf{}}
	for i := range c.Outputs {
		v.series.add(&c.Outputs[i])
	}
	v.heading()
	for i := range c.Groups {
		v.group(fmt.Sprintf("groups[%d]", i), &c.Groups[i])
	}
	for i := range c.Outputs {
		v.output(i, &c.Outputs[i])
	}
	v.everywhere(reflect.ValueOf(c).Elem(), "")
	v.problems = append(v.problems, c.checkReferences(true)...)
	sortProblems(v.problems)
	return v.problems
}

type validator struct {
	cat       *Catalogue
	problems  []Problem
	addresses *addresses // of the outputs so far
	series    seriesOf
}

// seriesOf are the ids of the outputs that data sets can be issues of.
type seriesOf map[string]bool

func (s seriesOf) add(o *Output) {
	if o.Kind == "dataset-series" {
		s[o.ID] = true
	}
}

func (v *validator) report(s Severity, code, path string, args ...any) {
	v.problems = append(v.problems, v.cat.at(problem(s, code, path, args...)))
}

// when reports a problem if it is there.
func (v *validator) when(is bool, s Severity, code, path string, args ...any) {
	if is {
		v.report(s, code, path, args...)
	}
}

func (v *validator) heading() {
	c := v.cat
	v.when(c.ID == "", Error, "required", "id", "id")
	v.when(c.Base == "", Error, "required", "base", "base")
	v.when(len(c.Title) == 0, Error, "required", "title", "title")
	v.when(c.Modified.IsZero(), Error, "required", "modified", "modified")
	v.licence("licence", c.Licence)
	for i, a := range c.Agents {
		v.when(a.ID == "", Error, "required", fmt.Sprintf("agents[%d].id", i), "id")
		v.when(a.Name == "", Error, "required", fmt.Sprintf("agents[%d].name", i), "name")
		v.when(a.Kind == "", Error, "required", fmt.Sprintf("agents[%d].kind", i), "kind")
	}
	for i, s := range c.Sources {
		v.when(len(s.Title) == 0, Error, "required", fmt.Sprintf("sources[%d].title", i), "title")
	}
	v.contacts("contacts", c.Contacts)
}

func (v *validator) group(path string, g *Group) {
	v.when(g.ID == "", Error, "required", path+".id", "id")
	v.when(len(g.Title) == 0, Error, "required", path+".title", "title")
	v.when(utf8.RuneCountInString(g.Acronym) > 128, Warning, "acronym-long", path+".acronym")
	for i, a := range g.Axes {
		v.when(len(a.Title) == 0, Error, "required", fmt.Sprintf("%s.axes[%d].title", path, i), "title")
	}
	for i, gap := range g.Gaps {
		v.report(Warning, "gap", fmt.Sprintf("%s.gaps[%d]", path, i), missing(gap.Missing), gap.Printed)
	}
	v.contributions(path, g.Contributions)
}

// missing names what is missing in both languages, where it is a usual thing.
func missing(what string) Text {
	switch what {
	case "name":
		return bilingual("nom", "name")
	case "title":
		return bilingual("titre", "title")
	}
	return NewText("und", what)
}

func (v *validator) contributions(path string, list []Contribution) {
	for i, c := range list {
		at := fmt.Sprintf("%s.contributions[%d]", path, i)
		v.when(c.Agent.IsZero(), Error, "required", at+".agent", "agent")
		v.when(c.Role == "", Error, "required", at+".role", "role")
	}
}

// output checks output i.
func (v *validator) output(i int, o *Output) {
	path := fmt.Sprintf("outputs[%d]", i)
	v.when(o.ID == "", Error, "required", path+".id", "id")
	v.when(o.Kind == "", Error, "required", path+".kind", "kind")
	v.contributions(path, o.Contributions)
	if o.Status == Withdrawn {
		return // a tombstone loses nothing more
	}
	if len(o.Title) == 0 {
		v.report(Warning, "title-missing", path+".title", o.DerivedTitle())
	}
	for _, s := range o.Title {
		v.when(fileName.MatchString(s.Value), Warning, "title-file-name", path+".title", s.Value)
	}
	v.when(len(o.By(Author)) == 0, Warning, "author-missing", path+".contributions")
	v.when(o.Issued.IsZero(), Warning, "issued-missing", path+".issued")
	v.when(len(o.Languages) == 0 && o.hasWords(), Warning, "language-missing", path+".languages")
	v.when(len(o.AxisCandidates) > 0, Warning, "axis-unsure", path+".axisCandidates", strings.Join(o.AxisCandidates, ", "))
	v.address(i, path, o)
	v.rights(path, o)
	v.words(path, o)
	v.dataset(path, o)
	v.when(o.Series != "" && !v.series[o.Series], Warning, "series-kind", path+".series", o.Series)
	for i, f := range o.Files {
		v.file(fmt.Sprintf("%s.files[%d]", path, i), &f)
	}
}

// fileName is what a title is where a program gave it.
var fileName = regexp.MustCompile(`(?i)^\S+\.(pdf|docx?|odt|rtf|pptx?|odp|xlsx?|ods|csv|zip|html?|mp[34]|jpe?g|png)$`)

// hasWords reports whether the output is in a language: images and data may
// not be.
func (o *Output) hasWords() bool { return o.Kind != "image" && o.Kind != "map" && !o.IsDataset() }

func (v *validator) address(i int, path string, o *Output) {
	resolves := o.URL != ""
	persistent := false
	shared := false
	for j, id := range o.Identifiers {
		address := id.URL()
		resolves = resolves || address != ""
		if !shared && address != "" && id.Scheme != ISSN { // a journal's, which its articles share
			var first int
			if first, shared = v.addresses.before(i, address); shared {
				v.report(Warning, "same-identifier", fmt.Sprintf("%s.identifiers[%d]", path, j), fmt.Sprintf("%s, outputs[%d]", id, first))
			}
		}
		persistent = persistent || id.Scheme == DOI || id.Scheme == Handle
	}
	v.when(!resolves, Warning, "url-missing", path+".url")
	v.when(!persistent, Notice, "doi-missing", path+".identifiers")
	if o.URL == "" || shared {
		return
	}
	if first, dup := v.addresses.before(i, o.URL); dup {
		v.report(Warning, "same-url", path+".url", fmt.Sprintf("outputs[%d]", first))
	}
}

func (v *validator) rights(path string, o *Output) {
	v.when(o.Access == "", Warning, "access-missing", path+".access")
	v.when(o.Access == Embargoed && o.Available.IsZero(), Warning, "embargo-date", path+".available")
	v.when(o.Licence == "" && (o.IsDataset() || o.Access == Open), Warning, "licence-missing", path+".licence")
	v.licence(path+".licence", o.Licence)
}

func (v *validator) licence(path string, l Licence) {
	v.when(l != "" && l.Info().SPDX == "", Warning, "licence-unknown", path, l)
}

func (v *validator) words(path string, o *Output) {
	v.when(len(o.Abstract) == 0, Warning, "abstract-missing", path+".abstract")
	for _, s := range o.Abstract {
		n := utf8.RuneCountInString(s.Value)
		v.when(o.IsDataset() && (n < 50 || n > 5000), Warning, "abstract-length", path+".abstract", n)
	}
	for i, s := range o.Subjects {
		for _, label := range s.Label {
			v.when(utf8.RuneCountInString(label.Value) < 3, Warning, "keyword-short", fmt.Sprintf("%s.subjects[%d]", path, i), label.Value)
		}
	}
}

func (v *validator) dataset(path string, o *Output) {
	if !o.IsDataset() {
		return
	}
	v.when(len(o.Files) == 0, Warning, "file-missing", path+".files")
	v.when(len(o.Contacts)+len(v.cat.Contacts) == 0, Warning, "contact-missing", path+".contacts")
	v.contacts(path+".contacts", o.Contacts)
}

func (v *validator) contacts(path string, agents []Agent) {
	for i, a := range agents {
		a = v.cat.Agent(a)
		v.when(a.Email == "" && a.Homepage == "", Warning, "contact-unreachable", fmt.Sprintf("%s[%d]", path, i))
	}
}

func (v *validator) file(path string, f *File) {
	v.when(f.URL == "", Error, "required", path+".url", "url")
	v.when(f.Size < 0, Error, "size", path+".size")
	switch kind, _, err := mime.ParseMediaType(f.MediaType); {
	case f.MediaType == "":
		v.report(Warning, "media-type-missing", path+".mediaType")
	case err != nil || strings.Count(kind, "/") != 1:
		v.report(Warning, "media-type", path+".mediaType", f.MediaType)
	}
	if f.Checksum != (Checksum{}) && !f.Checksum.ok() {
		v.report(Warning, "checksum", path+".checksum", f.Checksum.Algorithm)
	}
}

// ok reports whether the value has the form of the algorithm.
func (c Checksum) ok() bool {
	size := map[string]int{"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}[c.Algorithm]
	b, err := hex.DecodeString(c.Value)
	return err == nil && size > 0 && len(b) == size
}

// everywhere checks what can stand in any place of a value.
func (v *validator) everywhere(value reflect.Value, path string) {
	walk(value, path, func(path string, value reflect.Value) {
		switch x := value.Interface().(type) {
		case Text:
			for _, s := range x {
				v.when(s.Lang == language.Und, Notice, "text-no-language", path)
				v.lost(path, s.Value)
			}
		case Relation:
			v.when(x.Type == "", Error, "required", path+".type", "type")
		case Link:
			v.when(x.URL == "", Error, "required", path+".url", "url")
		case Period:
			v.when(x.backwards(), Warning, "period", path, x.End, x.Start)
		case Agent:
			address, err := mail.ParseAddress(x.Email)
			v.when(x.Email != "" && (err != nil || address.Address != x.Email || visible(x.Email) != x.Email), Warning, "email", join(path, "email"), x.Email)
			v.when(x.Name == "" && !x.isBare() && !isListed(path) && !x.IsReference(), Warning, "agent-name", path)
		case string:
			v.when(x != "" && isAddress(path) && !isAbsolute(x), Warning, "address", path, x)
			v.lost(path, x)
		}
	})
}

// lost reports a text with the mark of a character that was no more to be read.
func (v *validator) lost(path, s string) {
	v.when(strings.ContainsRune(s, utf8.RuneError), Warning, "character-lost", path, s)
}

// absolute is what begins with the scheme of an address.
var absolute = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:.`)

// isAbsolute reports whether s has the form of an address or an IRI, and if it is
// one of the web, a host.
func isAbsolute(s string) bool {
	if !absolute.MatchString(s) || visible(s) != s {
		return false
	}
	u, err := url.Parse(s)
	return err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() != ""
}

// isAddress reports whether what has a path should be an address or an IRI.
// The key "url" is not among them, as reading a file checks it.
func isAddress(path string) bool {
	switch lastKey(path) {
	case "homepage", "page", "iri", "uri", "type", "themes", "baseURL", "metadataNamespace":
		return true
	}
	return false
}
