package oaipmh

// Element is one element of simple Dublin Core.
type Element struct {
	// Name is one of the fifteen names, such as "title".
	Name string
	// Lang is the language tag of Value, empty if it is none's.
	Lang string
	// Value is the text.
	Value string
}

const (
	oaiDCNamespace = "http://www.openarchives.org/OAI/2.0/oai_dc/"
	oaiDCSchema    = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
)

// DublinCore returns the format oai_dc, which every repository must offer:
// OAI-PMH 2.0, section 3.4. Elements without a value, or with a name that is
// none of the fifteen, are left out.
func DublinCore[R any](elements func(R) []Element) Format[R] {
	return Format[R]{
		Prefix:    "oai_dc",
		Schema:    oaiDCSchema,
		Namespace: oaiDCNamespace,
		Append: func(dst []byte, r R) ([]byte, error) {
			return AppendDublinCore(dst, elements(r)...), nil
		},
	}
}

// AppendDublinCore appends an oai_dc:dc element. Beside metadata it is what
// isidore reads in the description of a [Set], with a title and a description
// in it.
func AppendDublinCore(dst []byte, elements ...Element) []byte {
	dst = append(dst, `<oai_dc:dc xmlns:oai_dc="`+oaiDCNamespace+`" xmlns:dc="http://purl.org/dc/elements/1.1/"`...)
	dst = append(dst, ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="`+oaiDCNamespace+` `+oaiDCSchema+`">`...)
	for _, e := range elements {
		if e.Value == "" || !isDublinCore(e.Name) {
			continue
		}
		dst = append(dst, "\n<dc:"...)
		dst = append(dst, e.Name...)
		if e.Lang != "" {
			dst = append(dst, ` xml:lang="`...)
			dst = AppendAttr(dst, e.Lang)
			dst = append(dst, '"')
		}
		dst = append(dst, '>')
		dst = AppendText(dst, e.Value)
		dst = append(dst, "</dc:"...)
		dst = append(dst, e.Name...)
		dst = append(dst, '>')
	}
	return append(dst, "\n</oai_dc:dc>"...)
}

func isDublinCore(name string) bool {
	switch name {
	case "title", "creator", "subject", "description", "publisher", "contributor", "date", "type",
		"format", "identifier", "source", "language", "relation", "coverage", "rights":
		return true
	}
	return false
}
