package oaipmh

import (
	"context"

	"github.com/gtnum/gtnum/internal/say"
)

// appendRecord appends a record element. Each part starts on a line of its
// own and <metadata> stands bare, as Dataverse finds it by its text.
func (a *answer[R]) appendRecord(dst []byte, e *entry[R]) ([]byte, error) {
	start := len(dst)
	if begun := textIn(e.begun, a.format.Prefix); begun != "" {
		dst = append(dst, begun...)
	} else {
		var err error
		if dst, err = render(a.format, appendStart(dst, &e.Header), &e.Record); err != nil {
			return dst[:start], err
		}
	}
	if !e.Deleted {
		dst = append(dst, "\n</metadata>\n"...)
		for _, about := range e.About {
			if err := a.checkAbout(about); err != nil {
				return dst[:start], say.Errorf("about\u00a0: %v", "about: %v", err)
			}
			dst = append(dst, "<about>\n"...)
			dst = append(dst, about...)
			dst = append(dst, "\n</about>\n"...)
		}
	}
	return append(dst, "</record>\n"...), nil
}

// appendStart appends a record element up to its metadata.
func appendStart(dst []byte, h *Header) []byte {
	dst = appendHeader(append(dst, "<record>\n"...), h)
	if h.Deleted {
		return dst
	}
	return append(dst, "<metadata>\n"...)
}

// checkAbout checks a container. Most records of a repository share theirs, and
// it is enough to check that once.
func (a *answer[R]) checkAbout(about []byte) error {
	if len(about) > 0 && len(about) == len(a.about) && &about[0] == &a.about[0] {
		return nil
	}
	err := checkElement(about)
	if err == nil {
		a.about = about
	}
	return err
}

// render appends the metadata of a record that is live. One record must not
// take a whole page with it, so a format that panics has failed like any
// other.
func render[R any](f *Format[R], dst []byte, rec *Record[R]) (out []byte, err error) {
	if rec.Deleted {
		return dst, nil
	}
	if xml := rec.carried(f.Prefix); xml != "" {
		return append(dst, xml...), nil
	}
	if err := f.admits(rec); err != nil {
		return dst, err
	}
	start := len(dst)
	defer func() {
		if v := recover(); v != nil {
			out, err = dst[:start], say.Errorf("panique\u00a0: %v", "panic: %v", v)
		}
	}()
	out, err = f.Append(dst, rec.Value)
	if err != nil {
		return dst[:start], err
	}
	if len(out) <= start || out[start] != '<' || out[len(out)-1] != '>' {
		return dst[:start], say.Errorf("le format n’a pas ajouté un élément", "the format did not append one element")
	}
	return out, nil
}

func appendHeader(dst []byte, h *Header) []byte {
	if h.Deleted {
		dst = append(dst, `<header status="deleted">`...)
	} else {
		dst = append(dst, "<header>"...)
	}
	dst = append(dst, "<identifier>"...)
	dst = AppendText(dst, h.Identifier)
	dst = append(dst, "</identifier><datestamp>"...)
	dst = appendDate(dst, h.Datestamp)
	dst = append(dst, "</datestamp>"...)
	for _, set := range h.Sets {
		dst = append(dst, "<setSpec>"...)
		dst = AppendText(dst, set)
		dst = append(dst, "</setSpec>"...)
	}
	return append(dst, "</header>\n"...)
}

// appendSet appends a set element. A description that would break the response
// is left out.
func (a *answer[R]) appendSet(ctx context.Context, dst []byte, s *Set) []byte {
	dst = append(dst, "<set>\n"...)
	dst = appendElement(dst, "setSpec", s.Spec)
	dst = appendElement(dst, "setName", s.Name)
	for _, d := range s.Descriptions {
		if err := checkElement(d); err != nil {
			a.p.report(ctx, say.Errorf("ensemble %s, description\u00a0: %v", "set %s: description: %v", s.Spec, err))
			continue
		}
		dst = append(dst, "<setDescription>"...)
		dst = append(dst, d...)
		dst = append(dst, "</setDescription>\n"...)
	}
	return append(dst, "</set>\n"...)
}

// appendElement appends an element of the protocol with text in it.
func appendElement(dst []byte, name, text string) []byte {
	dst = append(dst, '<')
	dst = append(dst, name...)
	dst = append(dst, '>')
	dst = AppendText(dst, text)
	dst = append(dst, "</"...)
	dst = append(dst, name...)
	return append(dst, ">\n"...)
}
