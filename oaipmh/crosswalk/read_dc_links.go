package crosswalk

import (
	"net/url"
	"strings"

	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/model"
)

// anyIdentifier reads an address or an identifier in any usual form.
func (d *dcReader) anyIdentifier(e *etree.Element) {
	s := d.text(e)
	switch id, bare := schemeOfBare(s); {
	case s == "" || s == d.header.Identifier: // which its origin tells
	case strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://"):
		d.webIdentifier(e, s)
	case bare && id.Scheme == model.ISSN:
		c := d.container()
		c.Identifiers = appendNew(c.Identifiers, id)
	case bare:
		d.addIdentifier(id)
	case strings.ContainsAny(s, " \t"):
		d.lose(e, text("pas un identifiant mais une référence en toutes lettres", "no identifier: a reference in words"))
	default:
		d.identifier(e, model.Local, &d.out.Identifiers)
	}
}

// addIdentifier adds an identifier, once; one that is stated is no longer
// derived.
func (r *reader) addIdentifier(id model.Identifier) {
	for i, known := range r.out.Identifiers {
		if known.Scheme == id.Scheme && known.Value == id.Value {
			r.out.Identifiers[i].Derived = known.Derived && id.Derived
			return
		}
	}
	r.out.Identifiers = append(r.out.Identifiers, id)
}

// webIdentifier reads an address: of an identifier that resolves, of a file,
// or of the page that presents the output.
func (d *dcReader) webIdentifier(e *etree.Element, s string) {
	u, err := model.NormalizeURL(s)
	if err != nil {
		d.lose(e, noAddress)
		return
	}
	if isFile(u) {
		d.file(u)
		return
	}
	if id, ok := persistent(u); ok {
		d.addIdentifier(id)
		return
	}
	resolver := false
	for _, id := range model.IdentifiersOf(u) {
		id.Derived = id.URL() != u
		resolver = resolver || !id.Derived
		d.addIdentifier(id)
	}
	switch {
	case d.out.URL == "":
		d.out.URL = u
	case d.out.URL != u && !resolver:
		d.link(e, model.Link{URL: u})
	}
}

// isFile reports whether an address is one of a file, by the extension of its
// name or by HAL's path of a deposit's document.
func isFile(address string) bool {
	_, err := model.NewIdentifier(model.HAL, address)
	return mediaTypeOf(address) != "" || err == nil && strings.HasSuffix(address, "/document")
}

func (r *reader) file(address string) {
	for _, f := range r.out.Files {
		if f.URL == address {
			return
		}
	}
	f := model.File{URL: address, MediaType: mediaTypeOf(address)}
	if f.MediaType != "" {
		r.derive("files.mediaType", "Le type suit l’extension du nom de fichier.", "The media type follows from the file name's extension.")
	}
	r.out.Files = append(r.out.Files, f)
}

// source reads what the output appeared in: ISSN and ISBN, and the title that
// HAL writes after an ISSN. A citation in words cannot be told apart.
func (d *dcReader) source(e *etree.Element) {
	s := d.text(e)
	after := d.issn
	d.issn = false
	id, bare := schemeOfBare(s)
	switch {
	case s == "":
	case bare && (id.Scheme == model.ISSN || id.Scheme == model.ISBN):
		c := d.container()
		c.Identifiers = appendNew(c.Identifiers, id)
		d.issn = true
	case isWeb(s):
		if !d.own(s) {
			d.related(e, s, "isDerivedFrom")
		}
	case after && len(d.container().Title) == 0 && !strings.ContainsAny(s, "0123456789"):
		d.container().Title = d.label(e)
	default:
		d.lose(e, text("une référence en toutes lettres", "a citation in words"))
	}
}

// own reports whether an address is one of the output's own.
func (r *reader) own(address string) bool {
	u, err := model.NormalizeURL(address)
	if err != nil {
		return false
	}
	if u == r.out.URL {
		return true
	}
	for _, id := range r.out.Identifiers {
		if id.URL() == u {
			return true
		}
	}
	return false
}

// isPartOf reads a container: by title, by number, or as a relation.
func (d *dcReader) isPartOf(e *etree.Element) {
	s := d.text(e)
	id, bare := schemeOfBare(s)
	switch {
	case s == "":
	case bare && (id.Scheme == model.ISSN || id.Scheme == model.ISBN):
		c := d.container()
		c.Identifiers = appendNew(c.Identifiers, id)
	case isWeb(s):
		d.related(e, s, "isPartOf")
	case len(d.container().Title) == 0:
		d.container().Title = d.label(e)
	default:
		d.lose(e, detailed("le titre de la revue ou de l’ouvrage est déjà connu", "the title of the container is known", d.container().Title.String()))
	}
}

func isWeb(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// related adds a relation to what an address or identifier names.
func (d *dcReader) related(e *etree.Element, s string, kind model.RelationType) {
	if id, ok := schemeOfBare(s); ok {
		d.relation(e, model.Relation{Type: kind, Identifier: id})
	} else if rel, ok := d.relationTo(e, s); ok {
		rel.Type = kind
		d.relation(e, rel)
	}
}

// qualified reads a refinement of dcterms:relation.
func (d *dcReader) qualified(e *etree.Element) {
	for _, info := range relationRows {
		if info.DCTerms == e.Tag {
			d.relationText(e, info.Type)
			return
		}
	}
}

// relationText reads the other end of a relation: one in words has no place.
func (d *dcReader) relationText(e *etree.Element, kind model.RelationType) {
	s := d.text(e)
	_, bare := schemeOfBare(s)
	switch {
	case s == "":
	case isWeb(s) || bare:
		d.related(e, s, kind)
	default:
		d.lose(e, text("ni une adresse ni un identifiant", "neither an address nor an identifier"))
	}
}

// conformsTo reads a standard.
func (d *dcReader) conformsTo(e *etree.Element) {
	if u := d.web(e, d.text(e)); u != "" {
		d.out.ConformsTo = append(d.out.ConformsTo, model.Link{URL: u})
	}
}

// anyRelation reads a relation of simple Dublin Core, among which info:eu-repo
// puts grants, further identifiers, data sets and what is cited.
func (d *dcReader) anyRelation(e *etree.Element) {
	s := d.text(e)
	if grant, ok := strings.CutPrefix(s, "info:eu-repo/grantAgreement/"); ok {
		d.grant(e, grant)
		return
	}
	term, ok := strings.CutPrefix(s, euRepoSemantics)
	if !ok {
		d.relationText(e, "relation")
		return
	}
	what, rest, _ := strings.Cut(term, "/")
	scheme, value, _ := strings.Cut(rest, "/")
	id, ok := d.named(e, scheme, value)
	switch {
	case !ok:
		d.lose(e, text("pas un identifiant au sens de info:eu-repo", "no identifier that info:eu-repo describes"))
	case what == "altIdentifier":
		d.addIdentifier(id)
	case what == "dataset":
		d.relation(e, model.Relation{Type: "relation", Identifier: id, Kind: "dataset"})
	case what == "reference":
		d.relation(e, model.Relation{Type: "references", Identifier: id})
	default:
		d.lose(e, text("pas une relation au sens de info:eu-repo", "no relation that info:eu-repo describes"))
	}
}

// grant reads "Funder/Programme/Number[/Jurisdiction/Title/Acronym]".
func (d *dcReader) grant(e *etree.Element, s string) {
	parts := strings.Split(s, "/")
	for i, p := range parts {
		if un, err := url.PathUnescape(p); err == nil {
			parts[i] = collapse(un)
		}
	}
	if len(parts) < 3 || parts[0] == "" || parts[2] == "" {
		d.lose(e, text("un financement s’écrit Financeur/Programme/Numéro", "a grant is Funder/Programme/Number"))
		return
	}
	f := model.Funding{Funder: model.Agent{Kind: model.Organisation, Name: parts[0]}, Programme: parts[1], Award: parts[2]}
	if len(parts) > 4 && parts[4] != "" {
		f.Title = model.NewText("und", parts[4])
	}
	if len(parts) > 5 {
		f.Acronym = parts[5]
	}
	if len(parts) > 3 && parts[3] != "" || len(parts) > 6 {
		d.lose(e, text("le modèle n’a pas de place pour la juridiction", "the model has no place for the jurisdiction"))
	}
	d.out.Funding = append(d.out.Funding, f)
}
