package crosswalk

import (
	"strconv"
	"time"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// addresses writes what names an output on the web, each once: what resolves
// for ever first, so that the first is the one that readers should follow
// (OpenAIRE shows it) and the first with "doi" or "hdl" in it is a DOI or a
// handle (Dataverse takes it for one, and fails otherwise); then the page
// that presents it, its addresses elsewhere, and its files (CORE looks for
// the full text here).
func (w *writer) addresses(name string, o *model.Output, attrs ...attr) {
	first := len(w.buf)
	for _, scheme := range []model.Scheme{model.DOI, model.Handle} {
		for _, id := range o.Identifiers {
			if id.Scheme == scheme {
				w.inline(name, func() { w.address(id) }, attrs...)
			}
		}
	}
	mark := len(w.buf)
	w.text(name, o.URL, attrs...)
	w.forget(first, mark)
	for _, id := range o.Identifiers {
		mark := len(w.buf)
		w.inline(name, func() { w.address(id) }, attrs...)
		w.forget(first, mark)
	}
	for _, f := range o.Files {
		if f.URL != o.URL {
			w.text(name, f.URL, attrs...)
		}
	}
}

// hasAddress reports whether addresses writes anything.
func hasAddress(o *model.Output) bool {
	return o.URL != "" || firstAddress(o) != ""
}

// firstAddress is an address of an output that has neither page nor what
// resolves for ever, "" if there is none.
func firstAddress(o *model.Output) string {
	for _, id := range o.Identifiers {
		if address := id.URL(); address != "" {
			return address
		}
	}
	for _, f := range o.Files {
		if f.URL != "" {
			return f.URL
		}
	}
	return ""
}

// hasName reports whether the name of an agent is known.
func hasName(a model.Agent) bool { return a.Name != "" || a.FamilyName != "" && a.GivenName != "" }

// whoever writes an agent of a record, which may be a reference.
func (w *writer) whoever(name string, r model.Record, a *model.Agent) {
	if a.IsReference() {
		w.agent(name, r.Agent(*a))
		return
	}
	w.agent(name, *a)
}

// agent writes an element that holds the name of an agent as catalogues sort
// it, "Family, Given", where the two are known apart.
func (w *writer) agent(name string, a model.Agent, attrs ...attr) {
	if a.FamilyName == "" || a.GivenName == "" {
		w.text(name, a.Name, attrs...)
		return
	}
	w.start(name, attrs...)
	w.add(a.FamilyName, ", ", a.GivenName)
	w.close(name)
}

// mainDate is the date of a format that has room for one: of publication, else
// the next best that is known.
func mainDate(o *model.Output) model.Date {
	for _, d := range [...]model.Date{o.Issued, o.Available, o.Accepted, o.Created} {
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
	for i := range r.Output.Contributions {
		if c := &r.Output.Contributions[i]; c.Role == "publisher" {
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
// that is not said, and none is inferred from a script or a region.
func isoLanguage(tag language.Tag) string {
	if base, _, _ := tag.Raw(); base != (language.Base{}) {
		return base.String()
	}
	return ""
}

// languages writes each language once.
func (w *writer) languages(name string, tags []language.Tag, attrs ...attr) {
	first := len(w.buf)
	for _, tag := range tags {
		mark := len(w.buf)
		w.text(name, isoLanguage(tag), attrs...)
		w.forget(first, mark)
	}
}

// mediaTypes writes each media type of the files once.
func (w *writer) mediaTypes(name string, files []model.File, attrs ...attr) {
	first := len(w.buf)
	for _, f := range files {
		mark := len(w.buf)
		w.text(name, f.MediaType, attrs...)
		w.forget(first, mark)
	}
}

// related adds the name of the other end of a relation.
func (w *writer) related(r model.Record, rel model.Relation) {
	switch {
	case rel.Output != "":
		w.add(r.Catalogue.Base, "records/", rel.Output)
	case !rel.Identifier.IsZero():
		w.resolvable(rel.Identifier)
	default:
		w.add(rel.URL)
	}
}

// resolvable adds the address of an identifier, else its URN or bare form.
func (w *writer) resolvable(id model.Identifier) {
	switch id.Scheme {
	case model.ISSN, model.ISBN:
		w.add("urn:", string(id.Scheme), ":", id.Value)
	case model.URN, model.Local:
		w.add(id.Value)
	default:
		at := len(w.buf)
		if w.address(id); len(w.buf) == at {
			w.add(string(id.Scheme), ":", id.Value)
		}
	}
}

// citation adds what an output appeared in, as far as it is known: "Title,
// volume (issue), pages".
func (w *writer) citation(c *model.Container) {
	at := len(w.buf)
	w.item(at, c.Title.String())
	switch {
	case c.Issue == "":
		w.item(at, c.Volume)
	case c.Volume == "":
		w.item(at, "(", c.Issue, ")")
	default:
		w.item(at, c.Volume, " (", c.Issue, ")")
	}
	w.item(at, c.Pages)
}

// conference adds a conference with its place and time, as far as they are
// known.
func (w *writer) conference(c *model.Conference) {
	at := len(w.buf)
	w.item(at, c.Title.String())
	w.item(at, c.Place)
	w.item(at, c.Country)
	if c.Period != (model.Period{}) {
		w.item(at, c.Period.String())
	}
}

// period adds a period as an ISO 8601 interval, nothing for one without ends;
// open is how an end that is not known is written.
func (w *writer) period(p model.Period, open string) {
	if p == (model.Period{}) {
		return
	}
	for i, d := range [...]model.Date{p.Start, p.End} {
		if i > 0 {
			w.buf = append(w.buf, '/')
		}
		if d.IsZero() {
			w.buf = append(w.buf, open...)
		}
		w.buf = d.AppendDay(w.buf)
	}
}

// sizes writes how long a recording is and how large the files are.
func (w *writer) sizes(name string, o *model.Output) {
	if time.Duration(o.Duration) >= time.Second {
		w.text(name, o.Duration.String())
	}
	for _, f := range o.Files {
		if f.Size > 0 {
			w.start(name)
			w.buf = strconv.AppendInt(w.buf, f.Size, 10)
			w.add(" bytes")
			w.close(name)
		}
	}
}
