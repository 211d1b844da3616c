package crosswalk

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/gtnum/gtnum/model"
)

// readOpenAIRE reads the application profile of OpenAIRE's guidelines for
// literature repositories 4.
func readOpenAIRE(r *reader, root *etree.Element) { (&kernelReader{reader: r}).read(root) }

// licenseCondition reads the licence: by its address, else in words.
func (k *kernelReader) licenseCondition(e *etree.Element) {
	uri := e.SelectAttrValue("uri", "")
	if start := e.SelectAttrValue("startDate", "-"); start == k.out.Available.Day() || start == k.out.Issued.Day() {
		k.attr(e, "startDate")
	}
	l, known := licenceOfAddress(uri)
	switch {
	case known:
		k.attr(e, "uri")
		k.take(e) // its text is the name of the address
		k.setLicence(e, l)
	case isWeb(uri) && k.out.Licence == "":
		k.out.Licence = model.Licence(k.attr(e, "uri"))
		k.statement(e)
	default:
		k.statement(e)
	}
}

// oaireFile reads a file with who can read it.
func (k *kernelReader) oaireFile(e *etree.Element) {
	f := model.File{URL: k.web(e, k.text(e))}
	if f.URL == "" {
		return
	}
	f.MediaType = k.attr(e, "mimeType")
	if access, ok := accessOfTerm(e.SelectAttrValue("accessRightsURI", "")); ok {
		k.attr(e, "accessRightsURI")
		if access != k.out.Access {
			f.Access = access
		}
	}
	if objectType(k.out.Kind, f.MediaType) == e.SelectAttrValue("objectType", "") {
		k.attr(e, "objectType") // which the kind and the media type tell
	}
	k.out.Files = append(k.out.Files, f)
}

// source reads the numbers of a journal or book. The title of a conference
// stands here too, which only the elements beside it can tell.
func (k *kernelReader) source(e *etree.Element) {
	s := k.text(e)
	id, ok := schemeOfBare(s)
	if !ok {
		id, ok = resolved(s)
	}
	switch {
	case s == "":
	case isWeb(s) && k.own(s):
	case ok:
		c := k.container()
		c.Identifiers = appendNew(c.Identifiers, id)
	default:
		k.lose(e, text("une source en toutes lettres", "a source in words"))
	}
}

// citation reads a part of the place in a journal or book.
func (k *kernelReader) citation(e *etree.Element) {
	c := k.container()
	switch e.Tag {
	case "citationTitle":
		k.add(&c.Title, k.langString(e), " – ")
	case "citationVolume":
		k.only(e, k.text(e), &c.Volume)
	case "citationIssue":
		k.only(e, k.text(e), &c.Issue)
	case "citationStartPage":
		k.only(e, k.text(e), &k.firstPage)
	case "citationEndPage":
		k.only(e, k.text(e), &k.lastPage)
	}
	c.Pages = pageRange(k.firstPage, k.lastPage)
}

// conference that the output was given at, which is made where there is none
// yet.
func (k *kernelReader) conference() *model.Conference {
	if k.out.Conference == nil {
		k.out.Conference = &model.Conference{}
	}
	return k.out.Conference
}

func (k *kernelReader) conferenceDate(e *etree.Element) {
	p, ok := parsePeriod(k.text(e))
	if d, err := parseDate(k.text(e)); err == nil {
		p, ok = model.Period{Start: d, End: d}, true
	}
	if !ok {
		k.lose(e, text("pas une période ; écrivez 2022-06-01/2022-06-03", "no period: write 2022-06-01/2022-06-03"))
		return
	}
	switch c := k.conference(); c.Period {
	case model.Period{}:
		c.Period = p
	case p:
	default:
		k.lose(e, second(c.Period.String()))
	}
}

// conferencePlace reads "City" or "City, FR".
func (k *kernelReader) conferencePlace(e *etree.Element) {
	place, country := k.text(e), ""
	if i := strings.LastIndex(place, ", "); i > 0 && len(place) == i+4 && strings.ToUpper(place[i+2:]) == place[i+2:] {
		place, country = place[:i], place[i+2:]
	}
	if place == "" {
		return
	}
	switch c := k.conference(); {
	case c.Place == "":
		c.Place, c.Country = place, country
	case c.Place != place || country != "" && country != c.Country:
		k.lose(e, second(c.Place))
	}
}
