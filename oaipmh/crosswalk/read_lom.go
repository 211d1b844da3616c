package crosswalk

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/beevik/etree"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// readLOM reads LOM (IEEE 1484.12.3) and its French profiles: ScoLOMFR, in
// which vocabularies are IRIs, and LOMFR, SupLOMFR and plain LOM, in which
// they are words.
func readLOM(r *reader, root *etree.Element) {
	l := &lomReader{reader: r}
	l.plumb(root)
	for _, c := range lomCategories {
		for _, e := range all(root, c.name) {
			c.read(l, e)
		}
	}
	l.typed(root)
	l.untitled(root)
	l.unread(root)
}

type lomReader struct{ *reader }

// lomCategories in the order of the standard, which is that in which one leans
// on another: a location is compared with the addresses, a relation with both.
var lomCategories = []struct {
	name string
	read func(*lomReader, *etree.Element)
}{
	{"general", (*lomReader).general},
	{"lifeCycle", (*lomReader).lifeCycle},
	{"metaMetadata", (*lomReader).meta},
	{"technical", (*lomReader).technical},
	{"educational", (*lomReader).educational},
	{"rights", (*lomReader).rights},
	{"relation", (*lomReader).relates},
	{"classification", (*lomReader).classification},
}

// plumb marks the attribute that the XML schema of LOM puts in by itself.
func (l *lomReader) plumb(e *etree.Element) {
	l.attr(e, "uniqueElementName")
	for _, child := range e.ChildElements() {
		l.plumb(child)
	}
}

// general is category 1: what the output is.
func (l *lomReader) general(e *etree.Element) {
	for _, id := range all(e, "identifier") {
		l.catalogued(id)
	}
	for _, title := range all(e, "title") {
		for _, s := range l.strings(title) {
			l.title(s)
		}
	}
	for _, tag := range all(e, "language") {
		l.language(tag, lomCode(l.text(tag)))
	}
	for _, d := range all(e, "description") {
		for _, s := range l.strings(d) {
			l.abstract(model.LangString{Lang: l.lang(s), Value: l.blocks(s)})
		}
	}
	for _, k := range all(e, "keyword") {
		for _, label := range l.labels(k) {
			l.out.Subjects = append(l.out.Subjects, model.Subject{Label: label})
		}
	}
	for _, c := range all(e, "coverage") {
		l.coverage(c)
	}
}

// catalogued reads an identifier with the name of its catalogue.
func (l *lomReader) catalogued(id *etree.Element) {
	entry := first(id, "entry")
	if entry == nil {
		return
	}
	l.identified(entry, lomCatalogued(l.text(first(id, "catalog"))))
}

// lomCatalogued is the name that other formats call a catalogue by.
func lomCatalogued(name string) string {
	if strings.EqualFold(name, "URI") || isWeb(name) {
		return "" // an address; it says itself of what
	}
	return name
}

// title reads a title; a second one in its language is an alternative.
func (l *lomReader) title(s *etree.Element) {
	l.addTitle(model.LangString{Lang: l.lang(s), Value: l.text(s)})
}

// centuries are times that are written in words.
var centuries = regexp.MustCompile(`(?i)\b(si[èe]cles?|century|centuries)\b`)

// coverage reads a time, else a place.
func (l *lomReader) coverage(e *etree.Element) {
	for _, label := range l.labels(e) {
		s := label.String()
		switch p, ok := parsePeriod(s); {
		case ok:
			l.out.Temporal = append(l.out.Temporal, p)
		case centuries.MatchString(s):
			l.lose(e, text("une époque en toutes lettres", "a time in words"))
		case isWeb(s):
			l.out.Spatial = append(l.out.Spatial, model.Place{IRI: s})
		default:
			l.out.Spatial = append(l.out.Spatial, model.Place{Label: label})
		}
	}
}

// meta is category 3, the description itself: of it the model knows the
// identifier, which its origin tells.
func (l *lomReader) meta(e *etree.Element) {
	for _, id := range all(e, "identifier") {
		if entry := first(id, "entry"); entry != nil && collapse(deepText(entry)) == l.header.Identifier {
			l.take(id)
		}
	}
	for _, c := range all(e, "contribute") {
		l.loseCards(c)
	}
}

// technical is category 4: where the output is, as a page or as files.
func (l *lomReader) technical(e *etree.Element) {
	formats := all(e, "format")
	for _, location := range all(e, "location") {
		l.location(location, formats)
	}
	for _, f := range formats {
		l.mediaType(f, lomMediaTypeOf(f), len(formats) == 1)
	}
	l.size(first(e, "size"))
	if d := first(e, "duration", "duration"); d != nil && l.out.Duration == 0 && l.out.Duration.UnmarshalText([]byte(collapse(deepText(d)))) == nil {
		l.text(d)
	}
}

func lomMediaTypeOf(e *etree.Element) string {
	s := collapse(deepText(e))
	if !isWeb(s) {
		return strings.ToLower(s)
	}
	_, mediaType, _ := strings.Cut(s, "://purl.org/NET/mediatypes/")
	return mediaType
}

// location reads an address: the output's own page, a file, which its name or
// a media type other than that of pages shows, or else a page.
func (l *lomReader) location(e *etree.Element, formats []*etree.Element) {
	s := l.text(e)
	u, err := model.NormalizeURL(s)
	switch {
	case s == "":
	case err != nil:
		l.lose(e, noAddress)
	case isFile(u):
		l.file(u)
	case l.own(u):
	case len(formats) == 1 && strings.Contains(lomMediaTypeOf(formats[0]), "/") && !strings.HasPrefix(lomMediaTypeOf(formats[0]), "text/html"):
		l.out.Files = append(l.out.Files, model.File{URL: u})
	default:
		l.address(e, s)
	}
}

// size reads the size of the one file, in bytes.
func (l *lomReader) size(e *etree.Element) {
	if e == nil {
		return
	}
	n, err := strconv.ParseInt(collapse(deepText(e)), 10, 64)
	if err == nil && n > 0 && len(l.out.Files) == 1 {
		l.text(e)
		l.out.Files[0].Size = n
	}
}

// rights is category 6. What it costs and whether rights are reserved is
// taken as far as access and licence say the same.
func (l *lomReader) rights(e *etree.Element) {
	for _, d := range all(e, "description") {
		l.right(d)
	}
	if cost := first(e, "cost"); cost != nil && l.out.Access == model.Open && lomTermOf(cost).is(lomFree) {
		l.concept(cost, lomFree)
	}
	if c := first(e, "copyrightAndOtherRestrictions"); c != nil {
		reserved := lomReserved
		if publicDomain[l.licence(e)] {
			reserved = lomUnreserved
		}
		if l.licence(e) != "" && lomTermOf(c).is(reserved) {
			l.concept(c, reserved)
		}
	}
}

// licence of the output, which a relation can state as well.
func (l *lomReader) licence(rights *etree.Element) model.Licence {
	if l.out.Licence == "" {
		for _, rel := range all(rights.Parent(), "relation") {
			l.licensed(rel)
		}
	}
	return l.out.Licence
}

var (
	// lomNames are names with an address: "accès ouvert <http://…>".
	lomNames      = regexp.MustCompile(`^[^<>]*<([^<>\s]+)>$`)
	lomEmbargoEnd = regexp.MustCompile(`(?i)^(?:fin de l’embargo|end of the embargo)\s*: (\d{4}(?:-\d\d(?:-\d\d)?)?)$`)
)

// right reads a licence or an access right by the address in it, the end of an
// embargo, or a statement.
func (l *lomReader) right(d *etree.Element) {
	for _, s := range l.strings(d) {
		value := collapse(deepText(s))
		if m := lomNames.FindStringSubmatch(value); m != nil {
			value = m[1]
		}
		if access, ok := accessOfTerm(value); ok {
			l.take(s)
			l.lang(s)
			l.setAccess(s, access)
			continue
		}
		if licence, ok := licenceOfAddress(value); ok {
			l.take(s)
			l.lang(s)
			l.setLicence(s, licence)
			continue
		}
		if m := lomEmbargoEnd.FindStringSubmatch(value); m != nil {
			if end, err := parseDate(m[1]); err == nil {
				l.take(s)
				l.lang(s)
				l.setDate(s, end, &l.out.Available)
				continue
			}
		}
		l.add(&l.out.Rights, model.LangString{Lang: l.lang(s), Value: l.text(s)}, " – ")
	}
}

// untitled takes the label that stands in for a title back, where an
// annotation says so.
func (l *lomReader) untitled(root *etree.Element) {
	for _, annotation := range all(root, "annotation") {
		l.loseCards(annotation)
		for _, s := range l.strings(first(annotation, "description")) {
			if value := collapse(deepText(s)); value != derivedTitleNote[0].Value && value != derivedTitleNote[1].Value {
				continue
			}
			for _, title := range all(first(root, "general"), "title") {
				l.lose(title, text("un libellé formé par règle, pas un titre", "a label made by rule, no title"))
			}
			l.out.Title, l.out.AlternativeTitles = nil, nil
			l.take(annotation)
			for _, s := range l.strings(first(annotation, "description")) {
				l.lang(s)
			}
		}
	}
}

// unread lists a concept that was not taken as one, with its name and what
// vocabulary it is of.
func (l *lomReader) unread(e *etree.Element) {
	if value := first(e, "value"); value != nil {
		_, listed := l.reasons[e]
		if label := first(e, "label"); !listed && !l.taken[value] && (label == nil || !l.taken[label]) {
			l.loseNamed(e, label, value, nil)
		}
		return
	}
	for _, child := range e.ChildElements() {
		l.unread(child)
	}
}

// loseNamed lists an element by the names and the value in it.
func (l *lomReader) loseNamed(e, name, value *etree.Element, reason model.Text) {
	var words []string
	for _, s := range l.strings(name) {
		words = append(words, l.peek(s))
	}
	l.whole(e)
	l.remains(e, strings.TrimSpace(strings.Join(append(words, l.peek(value)), " ")), reason)
}

// peek is the text of an element, not taken yet.
func (l *lomReader) peek(e *etree.Element) string {
	if e == nil {
		return ""
	}
	return collapse(deepText(e))
}

// strings are the strings of an element, or the element itself if its text
// stands in it bare.
func (l *lomReader) strings(e *etree.Element) []*etree.Element {
	if e == nil {
		return nil
	}
	found := append(all(e, "string"), all(e, "langstring")...)
	if len(found) == 0 && collapse(ownText(e)) != "" {
		return []*etree.Element{e}
	}
	return found
}

// labels are the texts of an element. A language that comes a second time
// begins another.
func (l *lomReader) labels(e *etree.Element) (texts []model.Text) {
	var current model.Text
	for _, s := range l.strings(e) {
		label := model.LangString{Lang: l.lang(s), Value: l.text(s)}
		if label.Value == "" {
			continue
		}
		if exactly(current, label.Lang) != "" {
			texts, current = append(texts, current), nil
		}
		current = append(current, label)
	}
	if len(current) > 0 {
		texts = append(texts, current)
	}
	return texts
}

// label is an element's first text, nil if there is none. Others are listed.
func (l *lomReader) label(e *etree.Element) model.Text {
	texts := l.labels(e)
	if len(texts) == 0 {
		return nil
	}
	for _, further := range texts[1:] {
		l.titled(e, &texts[0], further)
	}
	return texts[0]
}

// lang takes the language of a string. One that cannot be read stays, and is
// listed.
func (l *lomReader) lang(e *etree.Element) language.Tag {
	code := lomCode(e.SelectAttrValue("language", ""))
	if code == "" {
		return l.reader.lang(e)
	}
	if code == "none" || code == "x-none" { // LOM's name for no language
		l.attr(e, "language")
		return language.Und
	}
	tag, err := model.ParseLanguage(code)
	if err == nil {
		l.attr(e, "language")
	}
	return tag
}

// lomCode is the code of a language that may be given as the IRI of its
// concept, http://id.loc.gov/vocabulary/iso639-2/fre.
func lomCode(s string) string {
	if s = strings.TrimSuffix(strings.TrimSpace(s), "/"); isWeb(s) {
		return s[strings.LastIndexByte(s, '/')+1:]
	}
	return s
}
