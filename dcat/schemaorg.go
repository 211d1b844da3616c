package dcat

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"

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

func schemaAgents(c *model.Catalogue, agents []model.Agent) []any {
	var out []any
	for _, a := range agents {
		if o := schemaAgent(c, a); o != nil {
			out = append(out, o)
		}
	}
	return out
}

// schemaAgent returns nothing for an agent without a name, as the graph has
// none.
func schemaAgent(c *model.Catalogue, a model.Agent) object {
	a = c.Agent(a)
	if a.Name == "" {
		return nil
	}
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
