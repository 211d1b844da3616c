package oaipmh

import "strconv"

// The containers below go into [Options.Descriptions]; all are in the OAI-PMH
// Implementation Guidelines.

// OAIIdentifier returns the description of identifiers of the form
// oai:<domain>:<local>, with an example of one: "Specification and XML Schema
// for the OAI Identifier Format".
func OAIIdentifier(domain, sample string) []byte {
	b := appendOpen(nil, "oai-identifier", "http://www.openarchives.org/OAI/2.0/oai-identifier", "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd")
	b = appendElement(b, "scheme", "oai")
	b = appendElement(b, "repositoryIdentifier", domain)
	b = appendElement(b, "delimiter", ":")
	b = appendElement(b, "sampleIdentifier", sample)
	return append(b, "</oai-identifier>"...)
}

// Friends returns a list of base URLs of repositories that a harvester may
// like to know.
func Friends(baseURLs ...string) []byte {
	b := appendOpen(nil, "friends", "http://www.openarchives.org/OAI/2.0/friends/", "http://www.openarchives.org/OAI/2.0/friends.xsd")
	for _, u := range baseURLs {
		b = appendElement(b, "baseURL", u)
	}
	return append(b, "</friends>"...)
}

// Branding says how a harvester may show where records come from: an image
// and what it links to.
type Branding struct {
	Icon          string // URL of the image
	Link, Title   string
	Width, Height int // in pixels, 0 if unknown
}

// XML returns the branding container.
func (v Branding) XML() []byte {
	b := appendOpen(nil, "branding", "http://www.openarchives.org/OAI/2.0/branding/", "http://www.openarchives.org/OAI/2.0/branding.xsd")
	if v.Icon != "" {
		b = append(b, "<collectionIcon>\n"...)
		b = appendElement(b, "url", v.Icon)
		b = appendGiven(b, "link", v.Link)
		b = appendGiven(b, "title", v.Title)
		if v.Width > 0 {
			b = appendElement(b, "width", strconv.Itoa(v.Width))
		}
		if v.Height > 0 {
			b = appendElement(b, "height", strconv.Itoa(v.Height))
		}
		b = append(b, "</collectionIcon>\n"...)
	}
	return append(b, "</branding>"...)
}

// Policy is a text, a URL of one, or both.
type Policy struct{ URL, Text string }

// EPrints describes what a repository holds and by which rules.
type EPrints struct {
	Content  Policy // left out if empty
	Metadata Policy
	Data     Policy
	// Submission is left out if empty.
	Submission Policy
	Comments   []string
}

// XML returns the eprints container.
func (v EPrints) XML() []byte {
	b := appendOpen(nil, "eprints", "http://www.openarchives.org/OAI/1.1/eprints", "http://www.openarchives.org/OAI/1.1/eprints.xsd")
	if v.Content != (Policy{}) {
		b = v.Content.append(b, "content")
	}
	b = v.Metadata.append(b, "metadataPolicy")
	b = v.Data.append(b, "dataPolicy")
	if v.Submission != (Policy{}) {
		b = v.Submission.append(b, "submissionPolicy")
	}
	for _, c := range v.Comments {
		b = appendElement(b, "comment", c)
	}
	return append(b, "</eprints>"...)
}

func (p Policy) append(b []byte, name string) []byte {
	b = append(b, '<')
	b = append(b, name...)
	b = append(b, ">\n"...)
	b = appendGiven(b, "URL", p.URL)
	b = appendGiven(b, "text", p.Text)
	b = append(b, "</"...)
	b = append(b, name...)
	return append(b, ">\n"...)
}

// RightsManifest returns the description of Identify that says under which
// licences the metadata of the repository's records are: "Conveying rights
// expressions about metadata in the OAI-PMH framework". Each ref is the URL of
// a licence.
func RightsManifest(refs ...string) []byte {
	const namespace = "http://www.openarchives.org/OAI/2.0/rights/"
	b := append([]byte(nil), `<rightsManifest appliesTo="http://www.openarchives.org/OAI/2.0/entity#metadata"`...)
	b = appendNamespace(b, namespace, "http://www.openarchives.org/OAI/2.0/rightsManifest.xsd")
	for _, ref := range refs {
		b = append(b, "<rights>"...)
		b = appendRightsReference(b, ref)
		b = append(b, "</rights>\n"...)
	}
	return append(b, "</rightsManifest>"...)
}

// appendOpen appends the start tag of a container.
func appendOpen(b []byte, name, namespace, schema string) []byte {
	b = append(b, '<')
	b = append(b, name...)
	return appendNamespace(b, namespace, schema)
}

// appendNamespace appends the end of a start tag that declares its namespace.
func appendNamespace(b []byte, namespace, schema string) []byte {
	b = append(b, ` xmlns="`...)
	b = append(b, namespace...)
	b = append(b, `" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="`...)
	b = append(b, namespace...)
	b = append(b, ' ')
	b = append(b, schema...)
	return append(b, "\">\n"...)
}

// appendGiven appends an element unless its text is empty.
func appendGiven(b []byte, name, text string) []byte {
	if text == "" {
		return b
	}
	return appendElement(b, name, text)
}
