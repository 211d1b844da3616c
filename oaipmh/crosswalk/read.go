package crosswalk

import (
	"fmt"
	"strings"

	"github.com/beevik/etree"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// ErrUnknownFormat says that no crosswalk reads the metadata of a record.
var ErrUnknownFormat = say.Errorf("aucun passage ne lit ce format de métadonnées", "no crosswalk reads this metadata format")

// Loss is something of a harvested record that did not come into the model.
type Loss struct {
	// Path of the element or attribute within the metadata, as in XPath:
	// "TEI/text/body/listBibl/biblFull/notesStmt/note[2][@type="audience"]"
	// with the attributes that went with it, or "TEI/@version". An element is
	// numbered from its second occurrence on.
	Path string
	// Value that was read past.
	Value string
	// Reason why, in French and English, where the model has a place for such
	// a value and did not take this one; empty where it has none.
	Reason model.Text
}

// String is the loss in English.
func (l Loss) String() string { return l.In(language.English) }

// In writes the loss on one line, in French or English.
func (l Loss) In(lang language.Tag) string {
	format, colon := "%s: %q", ": "
	if say.French(lang) {
		format, colon = "%s\u00a0: «\u00a0%s\u00a0»", "\u00a0: "
	}
	line := fmt.Sprintf(format, l.Path, l.Value)
	if len(l.Reason) == 0 {
		return line
	}
	return line + colon + l.Reason.In(lang)
}

// readers are the formats that are read, by the start of the namespace of
// their root element: versions of DataCite's kernel differ in the rest.
var readers = []struct {
	namespace string
	read      func(*reader, *etree.Element)
}{
	{nsTEI, readTEI},
	{nsOAIDC, readDC},
	{nsOAIDCTerms, readDC},
	{nsOAIDataCite, readDataCiteEnvelope},
	{nsDataCite, readDataCite},
	{nsOAIRE, readOpenAIRE},
	{nsLOM, readLOM},
}

// Namespaces of the formats that are read.
const (
	nsTEI         = "http://www.tei-c.org/ns/1.0"
	nsOAIDC       = "http://www.openarchives.org/OAI/2.0/oai_dc/"
	nsOAIDCTerms  = "http://www.openarchives.org/OAI/2.0/oai_dcterms/"
	nsOAIDataCite = "http://schema.datacite.org/oai/"
	nsDataCite    = "http://datacite.org/schema/kernel"
	nsOAIRE       = "http://namespace.openaire.eu/schema/oaire/"
	nsLOM         = "http://ltsc.ieee.org/xsd/LOM"
)

// Read turns a harvested record into an output of the model, agents within it.
// It reads oai_dc, oai_dcterms, datacite, oai_datacite, oai_openaire, lom and
// HAL's xml-tei, whatever prefix the server gives them: the namespace of the
// metadata tells which.
//
// The origin says where the record was harvested from and when; Read fills in
// the rest of it from the record, and adds the earlier origins that the
// record's provenance tells. The output's id is made from the OAI identifier
// by rule. Every element and attribute that found no place comes back as a
// Loss, in the order of the document; what a rule gave, such as an access
// right that follows from a file, is in the output's provenance.
//
// A deleted record is a withdrawn output, of a kind that nobody knows. The
// error is ErrUnknownFormat for other formats, or says what is wrong with the
// XML.
func Read(rec oaipmh.Record[oaipmh.Metadata], origin model.Origin) (model.Output, []Loss, error) {
	r := newReader(rec, origin)
	if rec.Deleted {
		r.out.Status = model.Withdrawn
		r.finish()
		return r.out, nil, nil
	}
	root, err := parse(rec.Value)
	if err != nil {
		return model.Output{}, nil, say.Errorf("notice %s\u00a0: %v", "record %s: %v", rec.Identifier, err)
	}
	r.out.Provenance.Origins[0].MetadataNamespace = root.NamespaceURI()
	for _, format := range readers {
		if strings.HasPrefix(root.NamespaceURI(), format.namespace) {
			format.read(r, root)
			r.finish()
			return r.out, r.rest(root), nil
		}
	}
	return model.Output{}, nil, say.Errorf("notice %s\u00a0: %v\u00a0: <%s> de l’espace de noms %q", "record %s: %v: <%s> of namespace %q", rec.Identifier, ErrUnknownFormat, root.FullTag(), root.NamespaceURI())
}

// maxDepth of metadata; every format is far flatter.
const maxDepth = 100

func parse(metadata []byte) (*etree.Element, error) {
	doc := etree.NewDocument()
	doc.ReadSettings.MaxDepth = maxDepth
	if err := doc.ReadFromBytes(metadata); err != nil {
		return nil, say.Errorf("métadonnées qui ne sont pas du XML bien formé\u00a0: %v", "metadata is not well-formed XML: %v", err)
	}
	root := doc.Root()
	if root == nil {
		return nil, say.Errorf("notice sans métadonnées", "record has no metadata")
	}
	return root, nil
}
