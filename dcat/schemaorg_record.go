package dcat

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gtnum/gtnum/model"
)

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
	var others []model.Agent
	for _, by := range out.Contributions {
		if by.Role != model.Author {
			others = append(others, by.Agent)
		}
	}
	o.set("contributor", schemaAgents(c, others))
	o.set("publisher", schemaAgents(c, agentList(out.Publisher)))
	var grants, funders []any
	for _, f := range out.Funding {
		funder := schemaAgent(c, f.Funder)
		if funder != nil {
			funders = append(funders, funder)
		}
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
		if absolute(p.IRI) {
			place.set("@id", p.IRI)
		}
		place.set("name", schemaText(p.Label))
		if b := p.Box; b != (model.Box{}) { // latitude first, unlike everywhere else
			place.set("geo", object{{"@type", "GeoShape"}, {"box", decimals(b.South, b.West, b.North, b.East)}})
		}
		places = append(places, place)
	}
	o.set("temporalCoverage", times)
	o.set("spatialCoverage", places)
}

// decimals are numbers with blanks between them, none with an exponent.
func decimals(numbers ...float64) string {
	var dst []byte
	for _, x := range numbers {
		dst = strconv.AppendFloat(append(dst, ' '), x, 'f', -1, 64)
	}
	return string(dst[1:])
}

func schemaFiles(r model.Record) []any {
	var files []any
	for _, f := range r.Output.Files {
		o := object{{"@id", fileIRI(r.IRI(), f)}, {"@type", "DataDownload"}}
		o.set("name", schemaText(f.Title))
		o.set("description", schemaText(f.Description))
		o.set("contentUrl", f.URL)
		if baseType(f.MediaType) != "" {
			o.set("encodingFormat", f.MediaType)
		}
		if f.Size > 0 {
			o.set("contentSize", fmt.Sprintf("%d B", f.Size))
		}
		if algorithmOf(f.Checksum) == "sha256" {
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
		// Of a data set, Google asks for the articles to cite beside it; an
		// article does not cite who cites it.
		term := rel.Type.Info().DCTerms
		if term == "references" || term == "isReferencedBy" && isDataset(out) {
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
	if d := r.Datestamp(); !d.IsZero() {
		o.set("sdDatePublished", model.NewDate(d, model.Day).String())
	}
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
