package crosswalk

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/model"
)

// readDC reads Dublin Core, simple or qualified: the terms that both know have
// the same names.
func readDC(r *reader, root *etree.Element) {
	d := &dcReader{reader: r, hasAbstract: first(root, "abstract") != nil}
	for _, e := range all(root, "date") {
		date, err := parseDate(collapse(deepText(e)))
		d.hasDay = d.hasDay || err == nil && date.Precision() < model.Instant
	}
	d.kind(all(root, "type"), func(e *etree.Element) string { return collapse(deepText(e)) })
	for _, e := range all(root, "type") {
		d.version(e)
	}
	for _, e := range root.ChildElements() {
		if read, ok := dcTerms[e.Tag]; ok {
			read(d, e)
		}
	}
	for _, e := range root.ChildElements() { // now that the output's own addresses are known
		if read, ok := dcRelations[e.Tag]; ok {
			read(d, e)
		}
	}
	d.education(root)
	d.describeFiles(all(root, "format"), all(root, "extent"))
}

type dcReader struct {
	*reader
	issn        bool // the last source was an ISSN
	hasAbstract bool // the abstract has a term of its own
	hasDay      bool // a date has no time of day
}

// dcTerms read the terms that stand by themselves. A term that no table has is
// listed as lost.
var dcTerms = map[string]func(*dcReader, *etree.Element){
	"title":        func(d *dcReader, e *etree.Element) { d.title(e) },
	"alternative":  func(d *dcReader, e *etree.Element) { d.alternative(e) },
	"creator":      func(d *dcReader, e *etree.Element) { d.agent(e, model.Author) },
	"contributor":  func(d *dcReader, e *etree.Element) { d.agent(e, "contributor") },
	"rightsHolder": func(d *dcReader, e *etree.Element) { d.agent(e, "rights-holder") },
	"publisher":    func(d *dcReader, e *etree.Element) { d.publisher(e) },
	"subject":      (*dcReader).subject,
	"description":  (*dcReader).description,
	"abstract":     (*dcReader).description,
	"date":         (*dcReader).anyDate,
	"issued":       func(d *dcReader, e *etree.Element) { d.date(e, &d.out.Issued) },
	"created":      func(d *dcReader, e *etree.Element) { d.date(e, &d.out.Created) },
	"dateAccepted": func(d *dcReader, e *etree.Element) { d.date(e, &d.out.Accepted) },
	"available":    func(d *dcReader, e *etree.Element) { d.date(e, &d.out.Available) },
	"modified":     func(d *dcReader, e *etree.Element) { d.date(e, &d.out.Modified) },
	"identifier":   (*dcReader).anyIdentifier,
	"language":     func(d *dcReader, e *etree.Element) { d.language(e, d.text(e)) },
	"coverage":     (*dcReader).coverage,
	"temporal":     (*dcReader).coverage,
	"spatial":      (*dcReader).coverage,
	"rights":       (*dcReader).rights,
	"accessRights": (*dcReader).rights,
	"license":      (*dcReader).rights,

	"accrualPeriodicity": (*dcReader).frequency,
}

// dcRelations read the terms that lead elsewhere.
var dcRelations = map[string]func(*dcReader, *etree.Element){
	"source":         (*dcReader).source,
	"isPartOf":       (*dcReader).isPartOf,
	"relation":       (*dcReader).anyRelation,
	"conformsTo":     (*dcReader).conformsTo,
	"hasFormat":      (*dcReader).qualified,
	"hasPart":        (*dcReader).qualified,
	"hasVersion":     (*dcReader).qualified,
	"isFormatOf":     (*dcReader).qualified,
	"isReferencedBy": (*dcReader).qualified,
	"isReplacedBy":   (*dcReader).qualified,
	"isRequiredBy":   (*dcReader).qualified,
	"isVersionOf":    (*dcReader).qualified,
	"references":     (*dcReader).qualified,
	"replaces":       (*dcReader).qualified,
	"requires":       (*dcReader).qualified,
}

// alternative takes a further title.
func (r *reader) alternative(e *etree.Element) {
	if label := r.label(e); label != nil {
		r.out.AlternativeTitles = append(r.out.AlternativeTitles, label)
	}
}

// version reads a type that is one of an article's versions, as OpenAIRE puts
// it.
func (d *dcReader) version(e *etree.Element) {
	if name := versionOf(collapse(deepText(e))); name != "" && d.out.Version == "" {
		d.text(e)
		d.out.Version = name
	}
}

// agent reads a name. Dublin Core does not tell people from organisations;
// one with one comma is taken for a person's.
func (d *dcReader) agent(e *etree.Element, role model.Role) {
	a := model.Agent{Name: d.text(e)}
	if isUnknown(a.Name) {
		return
	}
	if family, given, ok := inverted(a.Name); ok {
		a = model.Agent{Kind: model.Person, Name: given + " " + family, GivenName: given, FamilyName: family}
		d.derive("contributions.agent.kind", "Un nom avec une virgule est celui d’une personne, nom de famille d’abord.", "A name with one comma is a person's, family name first.")
	}
	d.contribution(model.Contribution{Agent: a, Role: role})
}

// isUnknown reports whether a name is one of DataCite's words for one that is
// not known, such as "(:unav)".
func isUnknown(name string) bool { return strings.HasPrefix(name, "(:") }

// inverted splits "Family, Given".
func inverted(name string) (family, given string, ok bool) {
	family, given, ok = strings.Cut(name, ", ")
	ok = ok && family != "" && given != "" && !strings.ContainsAny(given, ",;(0123456789") && !strings.ContainsAny(family, ";(0123456789")
	return family, given, ok
}

// publisher takes the publisher; a further one is a contributor.
func (r *reader) publisher(e *etree.Element) {
	switch a := (model.Agent{Name: r.text(e)}); {
	case a.Name == "" || isUnknown(a.Name):
	case r.out.Publisher.IsZero():
		r.out.Publisher = a
	case r.out.Publisher.Name != a.Name:
		r.contribution(model.Contribution{Agent: a, Role: "publisher"})
	}
}

// subject reads a keyword, or a term by its IRI. HAL marks its domains and the
// headings of thesauri in brackets.
func (d *dcReader) subject(e *etree.Element) {
	label := d.label(e)
	if label == nil {
		return
	}
	value := label.String()
	if m := halDomain.FindStringSubmatch(value); m != nil {
		label[0].Value = m[2]
		d.out.Subjects = append(d.out.Subjects, model.Subject{Label: label, Scheme: "hal-domain", Code: strings.ToLower(m[1])})
		return
	}
	if strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://") {
		d.out.Subjects = append(d.out.Subjects, model.Subject{IRI: value})
		return
	}
	d.out.Subjects = append(d.out.Subjects, model.Subject{Label: label})
}

// halDomain is a domain as HAL's Dublin Core writes it:
// "[SHS.EDU]Humanities and Social Sciences/Education".
var halDomain = regexp.MustCompile(`^\[([A-Z][A-Z-]*(?:\.[A-Z-]+)*)\]\s*(.+)$`)

// audience are notes that HAL puts among the descriptions.
var audience = regexp.MustCompile(`(?i)^((inter)?national|no|not set|unspecified) audience$|^audience\s*:?\s*((inter)?nationale?|not set|non spécifiée?|non précisée?)$`)

func (d *dcReader) description(e *etree.Element) {
	if audience.MatchString(collapse(deepText(e))) {
		d.lose(e, text("une note de HAL sur le public, pas un résumé", "a note of HAL's on the audience, no abstract"))
		return
	}
	if e.Tag == "description" && d.hasAbstract {
		return // which is listed: the abstract says itself what it is
	}
	d.abstract(model.LangString{Lang: d.lang(e), Value: d.blocks(e)})
}

// blocks takes a text with its paragraphs, which blank lines or HTML separate.
func (r *reader) blocks(e *etree.Element) string {
	r.take(e)
	var parts []string
	for _, p := range blankLine.Split(plainText(deepText(e)), -1) {
		if p = collapse(p); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "\n\n")
}

var blankLine = regexp.MustCompile(`\n[ \t\r]*\n`)

// anyDate reads a date of which simple Dublin Core does not say what happened:
// the first is that of publication, but for those with a time of day among
// others, which DSpace has of the deposit. The end of an embargo says so.
func (d *dcReader) anyDate(e *etree.Element) {
	s := d.text(e)
	if end, ok := strings.CutPrefix(s, "info:eu-repo/date/embargoEnd/"); ok {
		if date, err := parseDate(end); err == nil {
			d.setDate(e, date, &d.out.Available)
			return
		}
	}
	if date, err := parseDate(s); err == nil && date.Precision() == model.Instant && d.hasDay {
		d.lose(e, text("une heure, comme celle d’un dépôt\u00a0; une date sans heure est donnée aussi", "a time of day, as of a deposit; a date without one is given, too"))
		return
	}
	d.date(e, &d.out.Issued)
}

// coverage reads a time, else a place.
func (d *dcReader) coverage(e *etree.Element) {
	s := d.text(e)
	if s == "" {
		return
	} else if b, ok := parseDCMIBox(s); ok {
		if name := dcmiPart(s, "name"); name != "" {
			d.out.Spatial = append(d.out.Spatial, model.Place{Label: model.Text{{Lang: d.lang(e), Value: name}}})
		}
		d.box(b)
		return
	} else if p, ok := parsePeriod(s); ok {
		if name := dcmiPart(s, "name"); name != "" {
			d.remains(e, name, text("le modèle n’a pas de place pour le nom d’une période", "the model has no place for the name of a period"))
		}
		d.out.Temporal = append(d.out.Temporal, p)
		return
	} else if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		d.out.Spatial = append(d.out.Spatial, model.Place{IRI: s})
		return
	}
	if e.Tag == "temporal" {
		d.lose(e, text("pas une période ; écrivez 2020-03-17/2020-05-11", "no period: write 2020-03-17/2020-05-11"))
		return
	}
	d.out.Spatial = append(d.out.Spatial, model.Place{Label: d.label(e)})
}

// box gives the place before it, which it comes after, its box.
func (d *dcReader) box(b model.Box) {
	n := len(d.out.Spatial)
	if n == 0 || d.out.Spatial[n-1].Box != (model.Box{}) {
		d.out.Spatial = append(d.out.Spatial, model.Place{})
		n++
	}
	d.out.Spatial[n-1].Box = b
}

// parsePeriod reads "2020/2021", ".." for an open end, and DCMI's
// "start=2020; end=2021".
func parsePeriod(s string) (model.Period, bool) {
	start, end, ok := strings.Cut(s, "/")
	if strings.Contains(s, "=") {
		start, end, ok = dcmiPart(s, "start"), dcmiPart(s, "end"), true
	}
	if !ok {
		return model.Period{}, false
	}
	var p model.Period
	for _, side := range []struct {
		text string
		date *model.Date
	}{{start, &p.Start}, {end, &p.End}} {
		if side.text = strings.TrimSpace(side.text); side.text == "" || side.text == ".." {
			continue
		}
		d, err := parseDate(side.text)
		if err != nil {
			return model.Period{}, false
		}
		*side.date = d
	}
	return p, p != model.Period{}
}

// dcmiPart is a component of a DCMI Period.
func dcmiPart(s, name string) string {
	for _, part := range strings.Split(s, ";") {
		if value, ok := strings.CutPrefix(strings.TrimSpace(part), name+"="); ok {
			return value
		}
	}
	return ""
}

// parseDCMIBox reads DCMI's "northlimit=48.9; eastlimit=2.6; …" in degrees.
func parseDCMIBox(s string) (model.Box, bool) {
	if dcmiPart(s, "units") != "" || dcmiPart(s, "projection") != "" {
		return model.Box{}, false
	}
	b, err := model.ParseBox(strings.Join([]string{dcmiPart(s, "westlimit"), dcmiPart(s, "southlimit"), dcmiPart(s, "eastlimit"), dcmiPart(s, "northlimit")}, ","))
	return b, err == nil
}

// rights reads an access right, a licence or a statement.
func (d *dcReader) rights(e *etree.Element) {
	s := d.text(e)
	if access, ok := accessOfTerm(s); ok {
		d.setAccess(e, access)
		return
	}
	if l, ok := licenceOfAddress(s); ok || e.Tag == "license" && isLicence(l) {
		d.setLicence(e, l)
		return
	}
	d.statement(e)
}

func (r *reader) setAccess(e *etree.Element, a model.Access) {
	if r.out.Access != "" && r.out.Access != a {
		r.lose(e, detailed("un autre droit d’accès est donné", "another access right is stated", string(r.out.Access)))
		return
	}
	r.out.Access = a
}

func (r *reader) setLicence(e *etree.Element, l model.Licence) {
	if r.out.Licence != "" && r.out.Licence != l {
		r.lose(e, detailed("une autre licence est donnée", "another licence is stated", string(r.out.Licence)))
		return
	}
	r.out.Licence = l
}

// describeFiles gives the one file what is said of media types and sizes.
// Where there are several, a media type is known of those whose name shows it.
func (r *reader) describeFiles(formats, extents []*etree.Element) {
	for _, e := range formats {
		r.mediaType(e, collapse(deepText(e)), len(formats) == 1)
	}
	for _, e := range extents {
		r.extent(e, len(extents))
	}
}

// mediaType takes an element as a media type of the files: only says that it is
// the record's one.
func (r *reader) mediaType(e *etree.Element, mediaType string, only bool) {
	if !strings.Contains(mediaType, "/") {
		return
	}
	if only && len(r.out.Files) == 1 {
		r.out.Files[0].MediaType = mediaType
		r.stated("files.mediaType")
	}
	for _, f := range r.out.Files {
		if f.MediaType == mediaType {
			r.text(e)
		}
	}
}

var bytesPattern = regexp.MustCompile(`(?i)^([0-9]+) *(bytes|octets|b)$`)

func (r *reader) extent(e *etree.Element, extents int) {
	s := collapse(deepText(e))
	var d model.Duration
	if strings.HasPrefix(s, "PT") && d.UnmarshalText([]byte(s)) == nil && r.out.Duration == 0 {
		r.out.Duration = d
		r.text(e)
		return
	}
	m := bytesPattern.FindStringSubmatch(s)
	if m == nil || len(r.out.Files) != 1 || r.out.Files[0].Size != 0 {
		return
	}
	if n, err := strconv.ParseInt(m[1], 10, 64); err == nil {
		r.out.Files[0].Size = n
		r.text(e)
	}
}

// schemeOfBare finds the scheme of an identifier that is written without
// address: "doi:…", "urn:isbn:…", "hal-03526140".
func schemeOfBare(s string) (model.Identifier, bool) {
	if isWeb(s) {
		return model.Identifier{}, false
	}
	name, value, _ := strings.Cut(s, ":")
	if strings.EqualFold(name, "urn") {
		if inner, rest, ok := strings.Cut(value, ":"); ok {
			if scheme, known := schemeNamed(inner); known {
				if id, err := model.NewIdentifier(scheme, rest); err == nil {
					return id, true
				}
			}
		}
		id, err := model.NewIdentifier(model.URN, s)
		return id, err == nil
	}
	if scheme, known := schemeNamed(strings.TrimSpace(name)); known && value != "" {
		for _, v := range []string{value, s} {
			if id, err := model.NewIdentifier(scheme, v); err == nil {
				return id, true
			}
		}
	}
	for _, scheme := range []model.Scheme{model.DOI, model.HAL, model.ARK} {
		if id, err := model.NewIdentifier(scheme, s); err == nil && !strings.Contains(s, "://") {
			return id, true
		}
	}
	return model.Identifier{}, false
}
