package dcat

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// ExportSchemaOrg writes the catalogue of a source as schema.org JSON-LD: a
// DataCatalog and what is in it, each as the class that schema.org has for
// its kind. Data sets have what Google Dataset Search asks for. It holds one
// record at a time.
func ExportSchemaOrg(ctx context.Context, w io.Writer, src Source) error {
	c, err := src.Catalogue(ctx)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, flushSize)
	io.WriteString(b, "{\n\"@context\": \"https://schema.org/\",\n\"@graph\": [\n")
	if err := writeJSON(b, schemaCatalogue(c)); err != nil {
		return err
	}
	for r, err := range src.Records(ctx, "") {
		if err != nil {
			return err
		}
		io.WriteString(b, ",\n")
		if err := writeJSON(b, schemaRecord(r)); err != nil {
			return err
		}
	}
	io.WriteString(b, "\n]\n}\n")
	return b.Flush()
}

// SchemaOrg returns a record as schema.org JSON-LD with its context, to be
// shown in a page: "<" never stands in it.
func SchemaOrg(r model.Record) ([]byte, error) {
	o := append(object{{"@context", "https://schema.org/"}}, schemaRecord(r)...)
	return indented(o)
}

// indented writes JSON with "<" and the like escaped.
func indented(o object) ([]byte, error) { return json.MarshalIndent(o, "", "  ") }

func writeJSON(w io.Writer, o object) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(o); err != nil {
		return err
	}
	_, err := w.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return err
}

// An object is a JSON object whose members keep their order.
type object []member

type member struct {
	key   string
	value any
}

// set adds a member, unless it says nothing.
func (o *object) set(key string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case object:
		if len(v) == 0 {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
		if len(v) == 1 {
			value = v[0]
		}
	case nil:
		return
	}
	*o = append(*o, member{key, value})
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:", m.key)
		if err := enc.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func schemaCatalogue(c *model.Catalogue) object {
	o := object{{"@id", CatalogueIRI(c)}, {"@type", "DataCatalog"}}
	o.set("name", schemaText(c.Title))
	o.set("description", schemaText(c.Description))
	o.set("url", cmp.Or(c.Homepage, CatalogueIRI(c)))
	o.set("inLanguage", schemaLanguages(c.Languages))
	o.set("publisher", schemaAgents(c, agentList(c.Publisher)))
	o.set("license", c.Licence.Info().IRI)
	o.set("datePublished", c.Issued.String())
	o.set("dateModified", c.Modified.String())
	return o
}

func schemaRecord(r model.Record) object {
	out := r.Output
	o := object{{"@id", r.IRI()}, {"@type", cmp.Or(out.Kind.Info().SchemaOrg, "CreativeWork")}}
	schemaNames(&o, r)
	o.set("url", cmp.Or(out.URL, r.IRI()))
	schemaIdentifiers(&o, out)
	o.set("keywords", schemaKeywords(out.Subjects))
	o.set("inLanguage", schemaLanguages(out.Languages))
	o.set("version", out.Version)
	schemaPeople(&o, r)
	o.set("license", out.Licence.Info().IRI)
	if out.Access == model.Open {
		o.set("isAccessibleForFree", true)
	}
	if out.Access != "" {
		o.set("conditionsOfAccess", out.Access.Info().COAR)
	}
	schemaDates(&o, out)
	schemaCoverage(&o, out)
	o.set("distribution", schemaFiles(r))
	schemaContext(&o, r)
	return o
}

// schemaNames writes the title and the description. Google wants 50 to 5000
// characters of the latter.
func schemaNames(o *object, r model.Record) {
	title, derived := r.Output.DisplayTitle()
	o.set("name", schemaText(title))
	if derived {
		o.set("disambiguatingDescription", schemaText(derivedTitle.Rule))
	}
	alternatives := schemaTexts(append([]model.Text{r.Output.Subtitle}, r.Output.AlternativeTitles...))
	o.set("alternateName", alternatives)
	d := r.Output.Abstract
	if len(d) == 0 && isDataset(r.Output) {
		d = derivedDescription(r)
	}
	o.set("description", schemaText(shorten(d, 5000)))
}

// shorten keeps the languages of a text that fit, and cuts the first one
// between words if it does not.
func shorten(t model.Text, limit int) model.Text {
	var out model.Text
	for _, s := range t {
		n := utf8.RuneCountInString(s.Value)
		switch {
		case n <= limit:
			out, limit = append(out, s), limit-n
		case len(out) == 0:
			runes := []rune(s.Value)[:limit-1]
			cut := string(runes)
			if i := strings.LastIndexAny(cut, " \n\t"); i > 0 {
				cut = cut[:i]
			}
			return model.Text{{Lang: s.Lang, Value: cut + "…"}}
		}
	}
	return out
}

// schemaIdentifiers writes the addresses of identifiers; a DOI is where the
// data set itself is.
func schemaIdentifiers(o *object, out *model.Output) {
	var ids, same []any
	for _, id := range out.Identifiers {
		ids = append(ids, agentIdentifier(id))
		if u := id.URL(); u != "" && u != out.URL {
			same = append(same, u)
		}
	}
	o.set("identifier", ids)
	o.set("sameAs", same)
}

func schemaKeywords(subjects []model.Subject) []any {
	texts := make([]model.Text, len(subjects))
	for i, s := range subjects {
		texts[i] = s.Label
	}
	return schemaTexts(texts)
}

func schemaPeople(o *object, r model.Record) {
	c, out := r.Catalogue, r.Output
	o.set("creator", schemaAgents(c, out.By(model.Author)))
	var others, funders []any
	for _, by := range out.Contributions {
		if by.Role != model.Author {
			others = append(others, schemaAgent(c, by.Agent))
		}
	}
	o.set("contributor", others)
	o.set("publisher", schemaAgents(c, agentList(out.Publisher)))
	var grants []any
	for _, f := range out.Funding {
		funder := schemaAgent(c, f.Funder)
		funders = append(funders, funder)
		grant := object{{"@type", "Grant"}}
		grant.set("name", schemaText(f.Title))
		grant.set("identifier", f.Award)
		grant.set("url", f.URI)
		grant.set("funder", funder)
		grants = append(grants, grant)
	}
	o.set("funder", funders)
	o.set("funding", grants)
}

func schemaDates(o *object, out *model.Output) {
	o.set("dateCreated", out.Created.String())
	o.set("datePublished", out.Issued.String())
	o.set("dateModified", out.Modified.String())
	if out.Duration > 0 {
		o.set("duration", out.Duration.String())
	}
	if out.Kind.Info().SchemaOrg == "VideoObject" {
		o.set("uploadDate", out.Issued.String())
	}
}

func schemaCoverage(o *object, out *model.Output) {
	var times, places []any
	for _, p := range out.Temporal {
		times = append(times, p.String())
	}
	for _, p := range out.Spatial {
		place := object{{"@type", "Place"}}
		place.set("@id", p.IRI)
		place.set("name", schemaText(p.Label))
		places = append(places, place)
	}
	o.set("temporalCoverage", times)
	o.set("spatialCoverage", places)
}

func schemaFiles(r model.Record) []any {
	var files []any
	for _, f := range r.Output.Files {
		o := object{{"@id", fileIRI(r.IRI(), f)}, {"@type", "DataDownload"}}
		o.set("name", schemaText(f.Title))
		o.set("description", schemaText(f.Description))
		o.set("contentUrl", f.URL)
		o.set("encodingFormat", f.MediaType)
		if f.Size > 0 {
			o.set("contentSize", fmt.Sprintf("%d B", f.Size))
		}
		if strings.EqualFold(f.Checksum.Algorithm, "sha256") {
			o.set("sha256", f.Checksum.Value)
		}
		o.set("inLanguage", schemaLanguages(f.Languages))
		o.set("license", cmp.Or(f.Licence, r.Output.Licence).Info().IRI)
		o.set("datePublished", f.Issued.String())
		o.set("dateModified", f.Modified.String())
		files = append(files, o)
	}
	return files
}

// schemaContext writes what the output is part of and who describes it.
func schemaContext(o *object, r model.Record) {
	c, out := r.Catalogue, r.Output
	var parents, cited []any
	if out.Series != "" {
		parents = append(parents, object{{"@id", model.Record{Catalogue: c, Output: &model.Output{ID: out.Series}}.IRI()}})
	}
	if out.Container != nil {
		parents = append(parents, schemaContainer(out.Container))
	}
	for _, rel := range out.Relations {
		if slices.Contains([]string{"isReferencedBy", "references"}, rel.Type.Info().DCTerms) {
			cited = append(cited, relationTarget(r, rel))
		}
	}
	o.set("isPartOf", parents)
	o.set("citation", cited)
	if out.Status == model.Withdrawn {
		o.set("creativeWorkStatus", "Withdrawn")
	}
	catalogue := object{{"@id", CatalogueIRI(c)}, {"@type", "DataCatalog"}}
	catalogue.set("name", schemaText(c.Title))
	if isDataset(out) {
		o.set("includedInDataCatalog", catalogue)
	}
	o.set("sdPublisher", schemaAgents(c, agentList(c.Publisher)))
	o.set("sdLicense", c.Licence.Info().IRI)
	o.set("sdDatePublished", model.NewDate(r.Datestamp(), model.Day).String())
}

func schemaContainer(c *model.Container) object {
	o := object{{"@type", cmp.Or(c.Kind.Info().SchemaOrg, "CreativeWork")}}
	o.set("name", schemaText(c.Title))
	o.set("url", c.URL)
	for _, id := range c.Identifiers {
		if id.Scheme == model.ISSN || id.Scheme == model.ISBN {
			o.set(string(id.Scheme), id.Value)
		}
	}
	return o
}

func schemaAgents(c *model.Catalogue, agents []model.Agent) []any {
	var out []any
	for _, a := range agents {
		out = append(out, schemaAgent(c, a))
	}
	return out
}

func schemaAgent(c *model.Catalogue, a model.Agent) object {
	a = c.Agent(a)
	o := object{}
	if a.ID != "" {
		o.set("@id", agentIRI(c, a.ID))
	}
	if a.Kind == model.Person {
		o.set("@type", "Person")
	} else {
		o.set("@type", "Organization")
	}
	o.set("name", a.Name)
	o.set("givenName", a.GivenName)
	o.set("familyName", a.FamilyName)
	o.set("url", a.Homepage)
	var ids []any
	for _, id := range a.Identifiers {
		ids = append(ids, agentIdentifier(id))
	}
	o.set("identifier", ids)
	o.set("affiliation", schemaAgents(c, a.Affiliations))
	return o
}

// schemaText returns a string, or values with their languages where there
// are several.
func schemaText(t model.Text) any {
	if len(t) == 0 {
		return nil
	}
	if len(t) == 1 {
		return t[0].Value
	}
	return schemaTexts([]model.Text{t})
}

func schemaTexts(texts []model.Text) []any {
	var out []any
	for _, t := range texts {
		for _, s := range t {
			if s.Lang == language.Und {
				out = append(out, s.Value)
				continue
			}
			out = append(out, object{{"@language", s.Lang.String()}, {"@value", s.Value}})
		}
	}
	return out
}

func schemaLanguages(tags []language.Tag) []any {
	var out []any
	for _, t := range tags {
		out = append(out, t.String())
	}
	return out
}

func agentList(a model.Agent) []model.Agent {
	if a.IsZero() {
		return nil
	}
	return []model.Agent{a}
}
