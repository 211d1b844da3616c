package crosswalk

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// addresses are what names an output on the web, each once: what resolves for
// ever first, so that the first is the one that readers should follow
// (OpenAIRE shows it) and the first with "doi" or "hdl" in it is a DOI or a
// handle (Dataverse takes it for one, and fails otherwise); then the page
// that presents it, its addresses elsewhere, and its files (CORE looks for
// the full text here).
func addresses(o *model.Output) []string {
	list := make([]string, 0, 4)
	add := func(address string) {
		if address != "" && !slices.Contains(list, address) {
			list = append(list, address)
		}
	}
	for _, scheme := range []model.Scheme{model.DOI, model.Handle} {
		for _, id := range o.Identifiers {
			if id.Scheme == scheme {
				add(id.URL())
			}
		}
	}
	add(o.URL)
	for _, id := range o.Identifiers {
		add(id.URL())
	}
	for _, f := range o.Files {
		add(f.URL)
	}
	return list
}

// mainDate is the date of a format that has room for one: of publication, else
// the next best that is known.
func mainDate(o *model.Output) model.Date {
	for _, d := range []model.Date{o.Issued, o.Available, o.Accepted, o.Created} {
		if !d.IsZero() {
			return d
		}
	}
	return o.Modified
}

// publisher of the output, else of what it appeared in; "" if none is known.
func publisher(r model.Record) string {
	if name := r.Agent(r.Output.Publisher).Name; name != "" {
		return name
	}
	for _, c := range r.Output.Contributions {
		if c.Role == "publisher" {
			return r.Agent(c.Agent).Name
		}
	}
	if r.Output.Container != nil {
		return r.Output.Container.Publisher
	}
	return ""
}

// exactly returns the text in that very language, "" if there is none.
func exactly(t model.Text, tag language.Tag) string {
	for _, s := range t {
		if s.Lang == tag {
			return s.Value
		}
	}
	return ""
}

// isoLanguage is the code of a language in ISO 639-1, else in ISO 639-3: the
// form that OpenAIRE, BASE and GoTriple all read. It is "" for a language
// that is not said.
func isoLanguage(tag language.Tag) string {
	if tag == language.Und {
		return ""
	}
	base, _ := tag.Base()
	return base.String()
}

// languages writes each language once.
func (w *writer) languages(name string, tags []language.Tag, attrs ...attr) {
	for i, tag := range tags {
		code := isoLanguage(tag)
		if !slices.ContainsFunc(tags[:i], func(t language.Tag) bool { return isoLanguage(t) == code }) {
			w.text(name, code, attrs...)
		}
	}
}

// mediaTypes writes each media type of the files once.
func (w *writer) mediaTypes(name string, files []model.File, attrs ...attr) {
	for i, f := range files {
		if !slices.ContainsFunc(files[:i], func(before model.File) bool { return before.MediaType == f.MediaType }) {
			w.text(name, f.MediaType, attrs...)
		}
	}
}

// related names the other end of a relation.
func related(r model.Record, rel model.Relation) string {
	switch {
	case rel.Output != "":
		return r.Catalogue.Base + "records/" + rel.Output
	case !rel.Identifier.IsZero():
		return resolvable(rel.Identifier)
	}
	return rel.URL
}

// resolvable is the address of an identifier, else its URN or bare form.
func resolvable(id model.Identifier) string {
	switch id.Scheme {
	case model.ISSN, model.ISBN:
		return "urn:" + string(id.Scheme) + ":" + id.Value
	case model.URN, model.Local:
		return id.Value
	}
	if address := id.URL(); address != "" {
		return address
	}
	return id.String()
}

// citation of a container, as far as it is known: "Title, volume (issue),
// pages".
func citation(c *model.Container) string {
	volume := c.Volume
	if c.Issue != "" {
		volume = strings.TrimSpace(volume + " (" + c.Issue + ")")
	}
	return join(c.Title.String(), volume, c.Pages)
}

// conference with its place and time, as far as they are known.
func conference(c *model.Conference) string {
	period := ""
	if c.Period != (model.Period{}) {
		period = c.Period.String()
	}
	return join(c.Title.String(), c.Place, c.Country, period)
}

// join joins what is not empty by commas.
func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}
