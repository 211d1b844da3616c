package oaipmh

// Rendered is the metadata of a record in one format, as text that was looked
// at once, so that answers need not look again. The zero Rendered is none.
type Rendered struct {
	prefix string
	xml    string
}

// NewRendered checks metadata in the format of a metadataPrefix. It returns an
// error, which says at what byte, unless that is exactly one well-formed
// element that declares every namespace it uses, with no XML declaration before
// it: one broken record would break a page of good ones.
func NewRendered(prefix, xml string) (Rendered, error) {
	if err := checkElement(xml); err != nil {
		return Rendered{}, err
	}
	return Rendered{prefix, xml}, nil
}

// Trusted returns metadata that [NewRendered] or [Format.Render] returned once
// and that was kept since where nobody else writes, such as in the embedder's
// database, without a second look at it.
func Trusted(prefix, xml string) Rendered { return Rendered{prefix, xml} }

// Prefix is the metadataPrefix of the format.
func (r Rendered) Prefix() string { return r.prefix }

// String is the metadata.
func (r Rendered) String() string { return r.xml }

// carried returns the metadata that the record carries in a format, "" if it
// does not.
func (r *Record[R]) carried(prefix string) string { return textIn(r.Rendered, prefix) }

// textIn returns the text of a format, "" if there is none.
func textIn(all []Rendered, prefix string) string {
	for i := range all {
		if r := &all[i]; r.prefix == prefix {
			return r.xml
		}
	}
	return ""
}
