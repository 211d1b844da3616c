package model

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// decoder fills model values from a tree of YAML nodes, as which JSON is read
// too. It goes on after each problem, so that one pass shows them all.
type decoder struct {
	problems []Problem
	places   places
}

func (d *decoder) report(n *yaml.Node, code, path string, args ...any) {
	p := problem(Error, code, path, args...)
	p.Line, p.Column = n.Line, n.Column
	d.problems = append(d.problems, p)
}

// value fills v from n. A null is as good as nothing.
func (d *decoder) value(n *yaml.Node, v reflect.Value, path string) {
	d.places[path] = place{n.Line, n.Column}
	d.characters(n, path)
	d.marks(n, path)
	switch {
	case n.Kind == yaml.AliasNode:
		d.report(n, "alias", path, n.Value)
	case isNull(n):
	default:
		d.typed(n, v, path)
	}
}

// characters reports a character that an escape brought into a text, past
// [decoder.readable]: XML has no way to write it.
func (d *decoder) characters(n *yaml.Node, path string) {
	for _, r := range n.Value {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			d.report(n, "character", path, fmt.Sprintf("U+%04X", r))
			return
		}
	}
}

// marks reports what YAML takes from the beginning of a value as not its own:
// a tag, or of a text an anchor, which no alias may name.
func (d *decoder) marks(n *yaml.Node, path string) {
	if n.Anchor != "" && n.Kind == yaml.ScalarNode {
		d.report(n, "anchor", path, n.Anchor)
	}
	if n.Style&yaml.TaggedStyle == 0 {
		return
	}
	switch tag := n.ShortTag(); tag {
	case "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!map", "!!seq":
	default:
		d.report(n, "tag", path, tag)
	}
}

// comment reports a comment that cuts a text off, as "The group #PLEIADES" does
// it. One that begins otherwise than a word does is meant as one.
func (d *decoder) comment(n *yaml.Node, comment, path string) {
	first, _ := utf8.DecodeRuneInString(strings.TrimPrefix(comment, "#"))
	if n.Style == 0 && (unicode.IsLetter(first) || unicode.IsDigit(first)) {
		d.report(n, "comment", path, comment)
	}
}

// spaced are the keys of strings in which a space may stand. A comment behind any
// other, such as an id or an address, cuts nothing off.
var spaced = []string{"acronym", "award", "code", "country", "familyName", "givenName", "issue", "missing", "name", "pages", "place", "printed", "programme", "publisher", "version", "volume"}

// isSpaced reports whether a space may stand in what has a path and a type.
func isSpaced(path string, t reflect.Type) bool {
	return t == reflect.TypeFor[Text]() || t.Kind() == reflect.String && slices.Contains(spaced, lastKey(path))
}

func isNull(n *yaml.Node) bool { return n.ShortTag() == "!!null" }

func (d *decoder) typed(n *yaml.Node, v reflect.Value, path string) {
	switch dst := v.Addr().Interface().(type) {
	case *Text:
		d.text(n, dst, path)
		return
	case *Identifier:
		d.identifier(n, dst, path)
		return
	case *Agent:
		if n.Kind == yaml.ScalarNode {
			dst.ID = n.Value
			return
		}
	case *Wholes:
		if n.Kind != yaml.SequenceNode {
			*dst = make(Wholes, 1)
			d.value(n, v.Index(0), path)
			return
		}
	case encoding.TextUnmarshaler:
		if d.scalar(n, path, aString) {
			if err := dst.UnmarshalText([]byte(n.Value)); err != nil {
				d.invalid(n, v, path, err)
			}
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.object(n, v, path)
	case reflect.Slice:
		d.list(n, v, path)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), path)
	case reflect.String:
		d.string(n, v, path)
	case reflect.Int64:
		d.integer(n, v, path)
	case reflect.Bool:
		d.boolean(n, v, path)
	}
}

// invalid reports a value that its type refused, in the type's words.
func (d *decoder) invalid(n *yaml.Node, v reflect.Value, path string, err error) {
	if v.Type() == reflect.TypeFor[language.Tag]() {
		d.report(n, "language-tag", path, n.Value)
		return
	}
	d.report(n, "invalid", path, err)
}

// The names of what can be expected and found, in both languages.
var (
	anObject = bilingual("un groupe de clés", "an object")
	aList    = bilingual("une liste", "a list")
	aString  = bilingual("un texte", "a string")
	aNumber  = bilingual("un nombre entier", "a whole number")
	aBoolean = bilingual("true ou false", "true or false")
	aText    = bilingual("un texte, ou des textes par langue", "a string, or strings by language")
)

func nameOf(n *yaml.Node) Text {
	switch {
	case n.Kind == yaml.MappingNode:
		return anObject
	case n.Kind == yaml.SequenceNode:
		return aList
	}
	short := n.Value
	if r := []rune(short); len(r) > 40 {
		short = string(r[:40]) + "…"
	}
	return bilingual("« %s »", "%q", short)
}

// scalar reports whether n is a scalar, and says that it should have been.
func (d *decoder) scalar(n *yaml.Node, path string, want Text) bool {
	if n.Kind == yaml.ScalarNode {
		return true
	}
	d.report(n, "wrong-type", path, want, nameOf(n))
	return false
}

// string takes any scalar but a boolean: "volume: 12" means what it says.
func (d *decoder) string(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!bool" {
		d.report(n, "wrong-type", path, aString, nameOf(n))
		return
	}
	s := norm.NFC.String(n.Value)
	v.SetString(s)
	enum, ok := v.Interface().(interface{ known() []string })
	if isSpaced(path, v.Type()) {
		d.comment(n, n.LineComment, path)
	}
	if !ok || s == "" {
		return
	}
	if l, isLicence := v.Interface().(Licence); isLicence {
		v.SetString(string(ParseLicence(string(l))))
		if strings.Contains(s, "://") {
			return // any other licence, by its IRI
		}
	}
	for _, k := range enum.known() {
		if k == v.String() {
			return
		}
	}
	d.report(n, "not-in-list", path, s, didYouMean(s, enum.known(), labelsOf(enum)...))
	if known := enum.known(); len(known) <= shortList {
		list := strings.Join(known, ", ")
		d.problems[len(d.problems)-1].Remedy = bilingual("écrivez une de ces valeurs\u00a0: %s", "write one of these values: %s", list)
	}
}

// shortList is how many values a remedy names.
const shortList = 12

// labelsOf are the French names of a vocabulary's values, in their order.
func labelsOf(vocabulary any) []string {
	if l, ok := vocabulary.(interface{ labels() []string }); ok {
		return l.labels()
	}
	return nil
}

func (d *decoder) integer(n *yaml.Node, v reflect.Value, path string) {
	i, err := strconv.ParseInt(n.Value, 10, 64)
	if n.Kind != yaml.ScalarNode || err != nil {
		d.report(n, "wrong-type", path, aNumber, nameOf(n))
		return
	}
	v.SetInt(i)
}

func (d *decoder) boolean(n *yaml.Node, v reflect.Value, path string) {
	b, err := strconv.ParseBool(n.Value)
	if n.ShortTag() != "!!bool" || err != nil {
		d.report(n, "wrong-type", path, aBoolean, nameOf(n))
		return
	}
	v.SetBool(b)
}

func (d *decoder) list(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.SequenceNode {
		d.report(n, "wrong-type", path, aList, nameOf(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		if isNull(item) || item.Kind == yaml.ScalarNode && item.Value == "" {
			d.report(item, "empty-item", fmt.Sprintf("%s[%d]", path, i))
			continue
		}
		d.value(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
	}
}

func (d *decoder) object(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.report(n, "wrong-type", path, anObject, nameOf(n))
		return
	}
	fields, given := fieldsOf(v.Type()), map[string]*yaml.Node{}
	for key, value := range d.members(n, path) {
		given[key.Value] = value
		i, ok := fields.index[key.Value]
		if !ok {
			d.report(key, "unknown-key", join(path, key.Value), key.Value, didYouMean(key.Value, fields.names))
			if strings.ContainsAny(key.Value, noBreak) {
				d.problems[len(d.problems)-1].Remedy = bilingual("la clé contient une espace insécable\u00a0: retapez les espaces de la ligne", "the key holds a no-break space: type the spaces of the line again")
			}
			continue
		}
		if isNull(value) && isSpaced(key.Value, v.Field(i).Type()) {
			d.comment(value, key.LineComment, join(path, key.Value))
		}
		d.value(value, v.Field(i), join(path, key.Value))
	}
	for _, name := range fields.required {
		switch value := given[name]; {
		case value == nil:
			d.report(n, "required", join(path, name), name)
		case isNull(value):
			d.report(value, "required", join(path, name), name)
		}
	}
}

// members yields the members of a mapping, and reports keys given twice.
func (d *decoder) members(n *yaml.Node, path string) func(yield func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		seen := make(map[string]int, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if first, dup := seen[key.Value]; dup {
				d.report(key, "duplicate-key", join(path, key.Value), key.Value, first)
				continue
			}
			seen[key.Value] = key.Line
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}

func (d *decoder) text(n *yaml.Node, t *Text, path string) {
	switch n.Kind {
	case yaml.ScalarNode:
		if strings.TrimSpace(n.Value) == "" {
			d.report(n, "empty-text", path)
			return
		}
		d.comment(n, n.LineComment, path)
		*t = NewText("und", n.Value)
	case yaml.MappingNode:
		for key, value := range d.members(n, path) {
			d.translation(key, value, t, join(path, key.Value))
		}
	default:
		d.report(n, "wrong-type", path, aText, nameOf(n))
	}
}

func (d *decoder) translation(key, value *yaml.Node, t *Text, path string) {
	d.places[path] = place{value.Line, value.Column}
	d.characters(value, path)
	d.marks(value, path)
	comment := value.LineComment
	if isNull(value) {
		comment = key.LineComment
	}
	d.comment(value, comment, path)
	lang, err := language.Parse(key.Value)
	switch {
	case err != nil:
		d.report(key, "language-tag", path, key.Value)
	case value.Kind == yaml.AliasNode:
		d.report(value, "alias", path, value.Value)
	case !d.scalar(value, path, aString):
	case isNull(value), strings.TrimSpace(value.Value) == "":
		d.report(value, "empty-text", path)
	case slices.ContainsFunc(*t, func(s LangString) bool { return s.Lang == lang }): // "FR" is "fr"
		d.report(key, "duplicate-language", path, key.Value)
	default:
		*t = append(*t, LangString{lang, norm.NFC.String(value.Value)})
	}
}

func (d *decoder) identifier(n *yaml.Node, id *Identifier, path string) {
	var err error
	if n.Kind == yaml.ScalarNode {
		*id, err = ParseIdentifier(n.Value)
	} else {
		before := len(d.problems)
		var fields identifierFields
		d.object(n, reflect.ValueOf(&fields).Elem(), path)
		if len(d.problems) > before {
			return
		}
		*id, err = NewIdentifier(fields.Scheme, fields.Value)
		id.Derived = fields.Derived
	}
	if err != nil {
		d.report(n, "invalid", path, err)
	}
}

// fieldTable are the fields of a struct by their names in files.
type fieldTable struct {
	names    []string
	required []string // those that are written even if empty
	index    map[string]int
}

func fieldsOf(t reflect.Type) fieldTable {
	f := fieldTable{index: map[string]int{}}
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "" {
			continue
		}
		f.names = append(f.names, name)
		f.index[name] = i
		if !strings.Contains(options, "omitzero") {
			f.required = append(f.required, name)
		}
	}
	return f
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// lastKey is the key that a path ends with.
func lastKey(path string) string {
	key, _, _ := strings.Cut(path[strings.LastIndexByte(path, '.')+1:], "[")
	return key
}

// didYouMean proposes the nearest of some words, if one is near: by itself,
// else by its label, which begins with what was written, or holds it as a
// word, or nearly is it.
func didYouMean(word string, known []string, labels ...string) Text {
	best := nearest(word, known, 1+len(word)/4)
	if best < 0 {
		best = nearest(word, labels, 1) // "traducteur" is no "producteur"
	}
	if best < 0 && len(word) > 2 {
		best = slices.IndexFunc(labels, func(l string) bool {
			return slices.Contains(strings.Fields(strings.ToLower(l)), strings.ToLower(word))
		})
	}
	if best < 0 {
		return bilingual("", "")
	}
	return bilingual(" (vouliez-vous « %s » ?)", "; did you mean %q?", known[best])
}

// nearest is the index of the word that begins with what was written, else of
// the one fewest letters away; -1 if none is within a distance.
func nearest(word string, known []string, distance int) int {
	best := -1
	for i, k := range known {
		if len(word) > 2 && strings.HasPrefix(strings.ToLower(k), strings.ToLower(word)) {
			return i
		}
		if n := editDistance(strings.ToLower(word), strings.ToLower(k)); n <= distance && (best < 0 || n < distance) {
			best, distance = i, n
		}
	}
	return best
}

// editDistance is how many letters must be put in, left out, replaced or
// swapped with their neighbour to make b of a: optimal string alignment.
func editDistance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			cost := last[j]
			if a[i] != b[j] {
				cost++
			}
			row[j+1] = min(cost, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
