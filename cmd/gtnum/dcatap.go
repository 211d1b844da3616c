package main

import (
	"bytes"
	"context"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// formats are all OAI-PMH formats: those of crosswalk, and dcat_ap, where the
// two halves of the house meet.
func formats() []oaipmh.Format[model.Record] {
	return append(crosswalk.Formats(crosswalk.Options{}), dcatAP())
}

// dcatAP is the format by which data.europa.eu harvests over OAI-PMH: the
// data set's DCAT-AP graph as RDF/XML. It expects one data set a record, so
// the format refuses all else.
func dcatAP() oaipmh.Format[model.Record] {
	return oaipmh.Format[model.Record]{
		Prefix:    "dcat_ap",
		Schema:    "http://www.openarchives.org/OAI/2.0/rdf.xsd",
		Namespace: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
		Accepts:   func(r model.Record) bool { return r.Output.IsDataset() },
		Append: func(dst []byte, r model.Record) ([]byte, error) {
			if !r.Output.IsDataset() {
				return dst, oaipmh.ErrCannotDisseminate
			}
			doc := bytes.NewBuffer(dst)
			err := dcat.ExportRecord(context.Background(), doc, nil, r, dcat.Options{Syntax: dcat.RDFXML})
			if err != nil {
				return dst, err
			}
			all := doc.Bytes()
			return append(all[:len(dst)], bytes.TrimSpace(withoutProlog(all[len(dst):]))...), nil
		},
	}
}

// withoutProlog cuts the XML declaration off, which must not stand inside
// another document.
func withoutProlog(doc []byte) []byte {
	if bytes.HasPrefix(doc, []byte("<?xml")) {
		if _, rest, ok := bytes.Cut(doc, []byte("?>")); ok {
			return rest
		}
	}
	return doc
}
