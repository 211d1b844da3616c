package oaipmh

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// Rights returns an about container, or a description of a [Set], that refers
// to the licence of the metadata by its URL: "Conveying rights expressions
// about metadata in the OAI-PMH framework".
func Rights(ref string) []byte {
	b := appendOpen(nil, "rights", "http://www.openarchives.org/OAI/2.0/rights/", "http://www.openarchives.org/OAI/2.0/rights.xsd")
	b = appendRightsReference(b, ref)
	return append(b, "\n</rights>"...)
}

func appendRightsReference(b []byte, ref string) []byte {
	b = append(b, `<rightsReference ref="`...)
	b = AppendAttr(b, ref)
	return append(b, `"/>`...)
}

const provenanceNamespace = "http://www.openarchives.org/OAI/2.0/provenance"

// Provenance says where a record was harvested: "XML Schema to hold provenance
// information in the about part of a record".
type Provenance struct {
	BaseURL    string
	Identifier string
	// Datestamp is the one of the record at its origin, as it was given: of
	// either granularity.
	Datestamp         string
	MetadataNamespace string
	HarvestDate       time.Time
	// Altered says that the metadata were changed since.
	Altered bool
	// Origin is where the repository of BaseURL had the record from, nil if it
	// is its own.
	Origin *Provenance
}

// XML returns the about container.
func (p Provenance) XML() []byte {
	b := appendOpen(nil, "provenance", provenanceNamespace, provenanceNamespace+".xsd")
	b = p.append(b)
	return append(b, "</provenance>"...)
}

func (p *Provenance) append(b []byte) []byte {
	b = append(b, `<originDescription harvestDate="`...)
	b = appendDate(b, p.HarvestDate)
	b = fmt.Appendf(b, `" altered="%t">`+"\n", p.Altered)
	b = appendElement(b, "baseURL", p.BaseURL)
	b = appendElement(b, "identifier", p.Identifier)
	b = appendElement(b, "datestamp", p.Datestamp)
	b = appendElement(b, "metadataNamespace", p.MetadataNamespace)
	if p.Origin != nil {
		b = p.Origin.append(b)
	}
	return append(b, "</originDescription>\n"...)
}

// ParseProvenance reads an about container, so that a harvester which is a
// repository itself can keep the chain of origins. ok is false if about holds
// something else.
func ParseProvenance(about []byte) (p Provenance, ok bool, err error) {
	var x struct {
		XMLName xml.Name
		Origin  *originDescription `xml:"originDescription"`
	}
	if err := xml.Unmarshal(about, &x); err != nil {
		return p, false, fmt.Errorf("oaipmh: about: %w", err)
	}
	if x.XMLName.Local != "provenance" || x.XMLName.Space != provenanceNamespace {
		return p, false, nil
	}
	if x.Origin == nil {
		return p, false, fmt.Errorf("oaipmh: provenance without originDescription")
	}
	origin, err := x.Origin.provenance()
	if err != nil {
		return p, false, fmt.Errorf("oaipmh: provenance: %w", err)
	}
	return *origin, true, nil
}

type originDescription struct {
	HarvestDate       string             `xml:"harvestDate,attr"`
	Altered           string             `xml:"altered,attr"`
	BaseURL           string             `xml:"baseURL"`
	Identifier        string             `xml:"identifier"`
	Datestamp         string             `xml:"datestamp"`
	MetadataNamespace string             `xml:"metadataNamespace"`
	Origin            *originDescription `xml:"originDescription"`
}

func (o *originDescription) provenance() (*Provenance, error) {
	if o == nil {
		return nil, nil
	}
	date, err := time.Parse(time.RFC3339, strings.TrimSpace(o.HarvestDate))
	if day, dayErr := time.Parse(dayLayout, strings.TrimSpace(o.HarvestDate)); dayErr == nil {
		date, err = day, nil // of either granularity, too
	}
	if err != nil {
		return nil, fmt.Errorf("harvestDate: %w", err)
	}
	origin, err := o.Origin.provenance()
	if err != nil {
		return nil, err
	}
	return &Provenance{
		BaseURL:           strings.TrimSpace(o.BaseURL),
		Identifier:        strings.TrimSpace(o.Identifier),
		Datestamp:         strings.TrimSpace(o.Datestamp),
		MetadataNamespace: strings.TrimSpace(o.MetadataNamespace),
		HarvestDate:       date.UTC(),
		Altered:           o.Altered == "true" || o.Altered == "1",
		Origin:            origin,
	}, nil
}
