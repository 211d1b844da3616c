package crosswalk

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// reader fills an output from a tree of elements and keeps count of what it
// took, so that the rest can be listed: nothing gets lost by being forgotten.
type reader struct {
	out     model.Output
	header  oaipmh.Header
	taken   map[*etree.Element]bool       // whose text was read
	attrs   map[*etree.Attr]bool          // that were read
	reasons map[*etree.Element]model.Text // why an element's text was read in vain
	parts   map[*etree.Element][]Loss     // what was not taken of a text that was
}

func newReader(rec oaipmh.Record[oaipmh.Metadata], origin model.Origin) *reader {
	origin.Identifier = rec.Identifier
	origin.Datestamp = model.NewDate(rec.Datestamp, model.Instant)
	r := &reader{
		header:  rec.Header,
		taken:   map[*etree.Element]bool{},
		attrs:   map[*etree.Attr]bool{},
		reasons: map[*etree.Element]model.Text{},
		parts:   map[*etree.Element][]Loss{},
	}
	r.out.ID = OutputID(rec.Identifier)
	r.out.Provenance.Origins = append([]model.Origin{origin}, earlierOrigins(rec.About)...)
	return r
}

var notInID = regexp.MustCompile(`[^A-Za-z0-9._~-]+`)

// OutputID is the id that [Read] gives an output, made from its OAI identifier
// by rule: the local part, after the first word of the domain where that part
// alone is a number, or a hash where it has nothing that an id may hold, as
// "论文". Different identifiers can have the same: "a/1" and "a-1".
func OutputID(identifier string) string {
	local := identifier
	if parts := strings.SplitN(identifier, ":", 3); len(parts) == 3 && strings.EqualFold(parts[0], "oai") {
		local = parts[2]
		if strings.Trim(local, "0123456789") == "" {
			domain, _, _ := strings.Cut(strings.ToLower(parts[1]), ".")
			local = domain + "-" + local
		}
	}
	if id := strings.Trim(notInID.ReplaceAllString(local, "-"), "-._~"); id != "" {
		return id
	}
	h := fnv.New32a()
	h.Write([]byte(identifier))
	return fmt.Sprintf("record-%08x", h.Sum32())
}

// text takes an element's text with that of the elements within it, in normal
// form C, white space collapsed.
func (r *reader) text(e *etree.Element) string {
	if e == nil {
		return ""
	}
	r.take(e)
	return collapse(deepText(e))
}

// take marks the text of an element and of the elements within it as read.
func (r *reader) take(e *etree.Element) {
	r.taken[e] = true
	for _, child := range e.ChildElements() {
		r.take(child)
	}
}

// whole takes an element with all that is in it, attributes too.
func (r *reader) whole(e *etree.Element) {
	r.take(e)
	for i := range e.Attr {
		r.attrs[&e.Attr[i]] = true
	}
	for _, child := range e.ChildElements() {
		r.whole(child)
	}
}

// lose marks an element, text and attributes, as read in vain.
func (r *reader) lose(e *etree.Element, reason model.Text) {
	r.take(e) // so that what is within is not listed a second time
	for i := range e.Attr {
		delete(r.attrs, &e.Attr[i])
	}
	r.reasons[e] = reason
}

// remains lists a part of an element's text that did not come into the model.
func (r *reader) remains(e *etree.Element, part string, reason model.Text) {
	r.parts[e] = append(r.parts[e], Loss{Value: part, Reason: reason})
}

// why is what an error says as a reason.
func why(err error) model.Text {
	return text(say.In(err, language.French), say.In(err, language.English))
}

// detailed is a reason with the value that it turns on behind a colon.
func detailed(french, english, value string) model.Text {
	return text(french+"\u00a0: "+value, english+": "+value)
}

// nameless says that of somebody all is known but who it is.
var nameless = text("sans nom", "without a name")

// noAddress says that something is no address of the web.
var noAddress = text("pas une adresse web entière", "no whole web address")

// attr takes an attribute of an element, "" if there is none.
func (r *reader) attr(e *etree.Element, name string) string {
	for i := range e.Attr {
		if a := &e.Attr[i]; a.Key == name {
			r.attrs[a] = true
			return collapse(a.Value)
		}
	}
	return ""
}

// lang takes the xml:lang of an element. One that cannot be read stays, and is
// listed.
func (r *reader) lang(e *etree.Element) language.Tag {
	for i := range e.Attr {
		a := &e.Attr[i]
		if a.Space != "xml" || a.Key != "lang" {
			continue
		}
		tag, err := model.ParseLanguage(a.Value)
		if err == nil || a.Value == "" {
			r.attrs[a] = true
			return tag
		}
	}
	return language.Und
}

// langString takes an element's text with its language.
func (r *reader) langString(e *etree.Element) model.LangString {
	return model.LangString{Lang: r.lang(e), Value: r.text(e)}
}

// label takes an element's text as a Text of one language, nil if it is empty.
func (r *reader) label(e *etree.Element) model.Text {
	if e == nil {
		return nil
	}
	s := r.langString(e)
	if s.Value == "" {
		return nil
	}
	return model.Text{s}
}

// statement takes an element as a statement of rights.
func (r *reader) statement(e *etree.Element) { r.add(&r.out.Rights, r.langString(e), " – ") }

// add adds a text in a language to dst, after what it says in it already.
func (r *reader) add(dst *model.Text, s model.LangString, between string) {
	if s.Value == "" {
		return
	}
	for i, known := range *dst {
		if known.Lang == s.Lang {
			(*dst)[i].Value += between + s.Value
			return
		}
	}
	*dst = append(*dst, s)
}

// title takes an element as the title in its language; a second title in one
// language is an alternative.
func (r *reader) title(e *etree.Element) { r.addTitle(r.langString(e)) }

func (r *reader) addTitle(s model.LangString) {
	s.Value = collapse(plainText(s.Value))
	switch {
	case s.Value == "":
	case exactly(r.out.Title, s.Lang) == "":
		r.out.Title = append(r.out.Title, s)
	case exactly(r.out.Title, s.Lang) != s.Value:
		r.out.AlternativeTitles = append(r.out.AlternativeTitles, model.Text{s})
	}
}

// abstract takes a text as the abstract in its language; a second one in that
// language is a further paragraph of it.
func (r *reader) abstract(s model.LangString) { r.add(&r.out.Abstract, s, "\n\n") }

// date takes an element's text as a date into dst, unless there is one.
func (r *reader) date(e *etree.Element, dst *model.Date) {
	if e == nil {
		return
	}
	s := r.text(e)
	if s == "" {
		return
	}
	d, err := parseDate(s)
	if err != nil {
		r.lose(e, why(err))
		return
	}
	r.setDate(e, d, dst)
}

// setDate takes the date that an element states into dst, unless there is one.
func (r *reader) setDate(e *etree.Element, d model.Date, dst *model.Date) {
	if dst.IsZero() {
		*dst = d
	} else if d.String() != dst.String() {
		r.lose(e, detailed("une autre date de cette sorte est connue", "another date of this kind is known", dst.String()))
	}
}

// language takes an element's text as a language of the output.
func (r *reader) language(e *etree.Element, code string) {
	tag, err := model.ParseLanguage(code)
	if err != nil || tag == language.Und {
		r.lose(e, text("aucune langue connue de BCP 47 ou d’ISO 639", "no language that BCP 47 or ISO 639 knows"))
		return
	}
	r.out.Languages = appendNew(r.out.Languages, tag)
}

// identifier takes an element's text as an identifier of a scheme.
func (r *reader) identifier(e *etree.Element, scheme model.Scheme, dst *[]model.Identifier) {
	value := r.text(e)
	if value == "" {
		return
	}
	id, err := model.NewIdentifier(scheme, value)
	if err != nil {
		r.lose(e, why(err))
		return
	}
	*dst = appendNew(*dst, id)
}

// contribution adds a contributor, if it has a name.
func (r *reader) contribution(c model.Contribution) {
	if c.Agent.Name != "" {
		r.out.Contributions = append(r.out.Contributions, c)
	}
}

// only takes an element's value into a field that has room for one; another
// value than the one that is there is listed.
func (r *reader) only(e *etree.Element, value string, dst *string) {
	if !once(dst, value) && value != "" {
		r.lose(e, second(*dst))
	}
}

// second is why a value is not taken where there is room for one.
func second(known string) model.Text {
	return detailed("une autre valeur est connue", "another value is known", known)
}

// named takes an identifier whose scheme has a name: of the output's schemes,
// or as "name:value" of one that the model does not know.
func (r *reader) named(e *etree.Element, name, value string) (model.Identifier, bool) {
	scheme, ok := schemeNamed(name)
	switch {
	case value == "":
		return model.Identifier{}, false
	case name == "":
		r.lose(e, text("un identifiant sans type", "an identifier without type"))
		return model.Identifier{}, false
	case !ok:
		scheme, value = model.Local, strings.ToLower(name)+":"+value
	}
	id, err := model.NewIdentifier(scheme, value)
	if err != nil {
		r.lose(e, why(err))
		return id, false
	}
	return id, true
}

// relation adds a relation that an element states; what is known of one already
// goes together.
func (r *reader) relation(e *etree.Element, rel model.Relation) {
	for i := range r.out.Relations {
		known := &r.out.Relations[i]
		if known.Identifier == rel.Identifier && known.URL == rel.URL && (known.Type == rel.Type || rel.Type == "relation" || known.Type == "relation") {
			if known.Type == "relation" {
				known.Type = rel.Type
			}
			if known.Kind = cmp.Or(known.Kind, rel.Kind); rel.Kind != "" && rel.Kind != known.Kind {
				r.remains(e, string(rel.Kind), second(string(known.Kind)))
			}
			r.titled(e, &known.Title, rel.Title)
			return
		}
	}
	r.out.Relations = append(r.out.Relations, rel)
}

// titled gives what is known already the title that an element states; a second
// one in a language is listed.
func (r *reader) titled(e *etree.Element, known *model.Text, title model.Text) {
	for _, s := range title {
		switch have := exactly(*known, s.Lang); have {
		case "":
			*known = append(*known, s)
		case s.Value:
		default:
			r.remains(e, s.Value, second(have))
		}
	}
}

// container of the output, which is made where there is none yet.
func (r *reader) container() *model.Container {
	if r.out.Container == nil {
		r.out.Container = &model.Container{}
	}
	return r.out.Container
}

// kind takes elements as the type of the output: the most exact tells it, the
// others are taken as far as they agree.
func (r *reader) kind(elements []*etree.Element, value func(*etree.Element) string) {
	var best typing
	for _, e := range elements {
		if t := typingOf(value(e)); t.rank > best.rank {
			best = t
		}
	}
	if best.rank == 0 {
		return
	}
	r.out.Kind = best.kind
	for _, e := range elements {
		if agrees(best.kind, value(e)) {
			r.text(e)
		}
	}
}

// relationTo is what an element relates to by an address. One that is none is
// listed: no catalogue would take the record with it.
func (r *reader) relationTo(e *etree.Element, target string) (model.Relation, bool) {
	rel, ok := relationTo(target)
	if !ok {
		r.lose(e, noAddress)
	}
	return rel, ok
}

// web is the address that an element gives, "" for none. One that is none of
// the web is listed.
func (r *reader) web(e *etree.Element, address string) string {
	u, err := model.NormalizeURL(address)
	if err != nil && address != "" {
		r.lose(e, noAddress)
	}
	return u
}

// address takes an element as the page of the output, a second one as a link.
func (r *reader) address(e *etree.Element, address string) {
	u, err := model.NormalizeURL(address)
	if err != nil {
		r.lose(e, noAddress)
		return
	}
	if r.out.URL == "" {
		r.out.URL = u
	} else if u != r.out.URL {
		r.link(e, model.Link{URL: u})
	}
}

// link adds a link that an element states; what is known of one already goes
// together.
func (r *reader) link(e *etree.Element, l model.Link) {
	for i := range r.out.Links {
		known := &r.out.Links[i]
		if known.URL != l.URL {
			continue
		}
		if !once(&known.Kind, l.Kind) && l.Kind != "" {
			r.remains(e, l.Kind, second(known.Kind))
		}
		r.titled(e, &known.Title, l.Title)
		return
	}
	r.out.Links = append(r.out.Links, l)
}

// asOf is when the record said what it says: when it was harvested, else its
// datestamp.
func (r *reader) asOf() time.Time {
	if h := r.out.Provenance.Origins[0].Harvested; !h.IsZero() {
		return h.Time()
	}
	return r.header.Datestamp
}

// local takes an identifier of a scheme that the model does not know, as
// "name:value".
func (r *reader) local(name string, e *etree.Element, dst *[]model.Identifier) {
	if id, err := model.NewIdentifier(model.Local, name+":"+r.text(e)); err != nil {
		r.lose(e, why(err))
	} else if id.Value != name+":" {
		*dst = appendNew(*dst, id)
	}
}

// derive says that a rule filled a field.
func (r *reader) derive(field, french, english string) {
	for _, d := range r.out.Provenance.Derived {
		if d.Field == field {
			return
		}
	}
	r.out.Provenance.Derived = append(r.out.Provenance.Derived, model.Derivation{Field: field, Rule: text(french, english)})
}

// stated takes back that a rule filled a field.
func (r *reader) stated(field string) {
	derived := slices.DeleteFunc(r.out.Provenance.Derived, func(d model.Derivation) bool { return d.Field == field })
	if len(derived) == 0 {
		derived = nil // an empty list would be written down
	}
	r.out.Provenance.Derived = derived
}

// finish sees to what every format leaves open.
func (r *reader) finish() {
	if r.out.Kind == "" {
		r.out.Kind = "other"
		r.derive("kind", "Le dépôt n’indique aucun type connu.", "The repository states no type that is known.")
	}
}

// parseDate reads what ParseDate does, and an instant as databases print it.
// The time of day without a zone means nothing, so that the day remains.
func parseDate(s string) (model.Date, error) {
	if len(s) > 10 && (s[10] == ' ' || s[10] == 'T') {
		if d, err := model.ParseDate(s); err == nil {
			return d, nil
		}
		s = s[:10]
	}
	return model.ParseDate(s)
}

// appendNew appends a value that is not in the list yet.
func appendNew[T comparable](list []T, v T) []T {
	for _, known := range list {
		if known == v {
			return list
		}
	}
	return append(list, v)
}
