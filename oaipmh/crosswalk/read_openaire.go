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
	switch {
	case s == "":
	case ok && (id.Scheme == model.ISSN || id.Scheme == model.ISBN):
		c := k.container()
		c.Identifiers = appendNew(c.Identifiers, id)
	case isWeb(s) && k.own(s):
	default:
		k.lose(e, text("une source en toutes lettres", "a source in words"))
	}
}

// citation reads a part of the place in a journal or book.
func (k *kernelReader) citation(e *etree.Element) {
	c := k.container()
	switch s := k.text(e); e.Tag {
	case "citationTitle":
		k.add(&c.Title, model.LangString{Lang: k.lang(e), Value: s}, " – ")
	case "citationVolume":
		c.Volume = s
	case "citationIssue":
		c.Issue = s
	case "citationStartPage":
		c.Pages = pageRange(s, c.Pages)
	case "citationEndPage":
		c.Pages = pageRange(c.Pages, s)
	}
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
	if p, ok := parsePeriod(k.text(e)); ok {
		k.conference().Period = p
	} else if d, err := parseDate(k.text(e)); err == nil {
		k.conference().Period = model.Period{Start: d, End: d}
	} else {
		k.lose(e, text("pas une période ; écrivez 2022-06-01/2022-06-03", "no period: write 2022-06-01/2022-06-03"))
	}
}

// conferencePlace reads "City" or "City, FR".
func (k *kernelReader) conferencePlace(e *etree.Element) {
	place := k.text(e)
	if i := strings.LastIndex(place, ", "); i > 0 && len(place) == i+4 && strings.ToUpper(place[i+2:]) == place[i+2:] {
		k.conference().Country = place[i+2:]
		place = place[:i]
	}
	if place != "" {
		k.conference().Place = place
	}
}
