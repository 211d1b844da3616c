package dcat

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gtnum/gtnum/internal/eu"
	"github.com/gtnum/gtnum/model"
)

// files reads the distributions. One that only shows the landing page is no
// file; what others than this package say of it is lost.
func (rd *reader) files(n *node, o *model.Output) {
	for _, d := range n.nodes(distribution) {
		d.is(nsDCAT + "Distribution")
		f := model.File{URL: d.iri(downloadURL), Page: d.iri(accessURL)}
		if f.URL == "" && (f.Page == "" || f.Page == o.URL) {
			if titles := d.take(title, 1, func(t Term) bool { return t.Value == landingTitle[0] }); len(titles) > 0 {
				d.codes(status, "distribution-status", isWithdrawn)
				d.known()
			}
			continue
		}
		if f.URL == "" {
			f.URL, f.Page = f.Page, ""
		}
		if f.Page == o.URL || f.Page == f.URL {
			f.Page = ""
		}
		rd.file(d, o, &f)
		o.Files = append(o.Files, f)
	}
}

func (rd *reader) file(d *node, o *model.Output, f *model.File) {
	f.Title, f.Description = d.text(title), d.text(description)
	f.MediaType = mediaTypeOf(d)
	d.take(byteSize, 1, func(t Term) bool { // "12.0" is what DCAT 2 has
		whole, rest, _ := strings.Cut(t.Value, ".")
		size, err := strconv.ParseUint(whole, 10, 63)
		if err != nil || strings.Trim(rest, "0") != "" {
			return false
		}
		f.Size = int64(size)
		return true
	})
	for _, c := range d.nodes(nsSPDX + "checksum") {
		c.is(nsSPDX + "Checksum")
		for _, a := range c.nodes(nsSPDX + "algorithm") {
			a.known()
			_, name, _ := strings.Cut(a.term.Value, "checksumAlgorithm_")
			f.Checksum = model.Checksum{Algorithm: strings.ToLower(name), Value: strings.ToLower(c.string(nsSPDX + "checksumValue"))}
		}
	}
	if f.Licence = d.licence(license); f.Licence == o.Licence {
		f.Licence = ""
	}
	if f.Rights = rd.rightsOf(d); reflect.DeepEqual(f.Rights, o.Rights) {
		f.Rights = nil
	}
	if f.Access = accessOf(d, o.Available); f.Access == o.Access {
		f.Access = ""
	}
	if f.Languages = d.languages(); slices.Equal(f.Languages, o.Languages) {
		f.Languages = nil
	}
	f.Issued, f.Modified, f.ConformsTo = d.date(issued), d.date(modified), d.links(conformsTo)
	d.codes(status, "distribution-status", isWithdrawn)
}

// mediaTypeOf reads the IANA media type, or one that the EU file type has.
func mediaTypeOf(d *node) string {
	var found string
	d.codes(format_, "file-type", func(code string) (has bool) {
		for m, t := range eu.FileTypes {
			if t.Code == code {
				has = true
				if found == "" || m < found {
					found = m
				}
			}
		}
		return has
	})
	for _, m := range d.nodes(mediaType) {
		m.known()
		if _, name, ok := strings.Cut(m.term.Value, "/assignments/media-types/"); ok {
			found = name
		}
	}
	return found
}
