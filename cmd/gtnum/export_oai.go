package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// exportOAI writes all records in one OAI-PMH format as one ListRecords
// response, which any program that reads OAI-PMH reads. Its responseDate is
// the newest datestamp, so that the same catalogue gives the same bytes.
func exportOAI(ctx context.Context, w io.Writer, cats []*model.Catalogue, format oaipmh.Format[model.Record]) error {
	repo := &oaipmh.Memory[model.Record]{}
	if err := crosswalk.Fill(repo, cats...); err != nil {
		return err
	}
	var newest time.Time
	for rec, err := range repo.Records(ctx, oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			return err
		}
		newest = rec.Datestamp // in the order of datestamps
	}
	x := &oaiFile{w: w, format: format}
	x.open(cats, newest)
	for rec, err := range repo.Records(ctx, oaipmh.Selection{}, oaipmh.Key{}) {
		if err != nil {
			return err
		}
		x.record(rec)
	}
	x.close()
	return x.err
}

// oaiFile writes a ListRecords response and keeps the first error.
type oaiFile struct {
	w      io.Writer
	format oaipmh.Format[model.Record]
	buf    []byte
	n      int // records
	err    error
}

func (x *oaiFile) printf(format string, args ...any) {
	if x.err == nil {
		_, x.err = fmt.Fprintf(x.w, format, args...)
	}
}

func (x *oaiFile) open(cats []*model.Catalogue, responseDate time.Time) {
	x.printf(`<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
<responseDate>%s</responseDate>
`, responseDate.Format(time.RFC3339))
	base := ""
	if len(cats) > 0 {
		base = cats[0].Base + "oai"
	}
	x.printf("<request verb=\"ListRecords\" metadataPrefix=\"%s\">%s</request>\n", x.format.Prefix, oaipmh.AppendText(nil, base))
}

// record writes a record that the format can express, and a deleted one.
func (x *oaiFile) record(rec oaipmh.Record[model.Record]) {
	var metadata []byte
	if !rec.Deleted {
		var err error
		metadata, err = x.format.Append(x.buf[:0], rec.Value)
		if errors.Is(err, oaipmh.ErrCannotDisseminate) {
			return
		}
		if err != nil && x.err == nil {
			x.err = &oaipmh.RecordError{Identifier: rec.Identifier, MetadataPrefix: x.format.Prefix, Err: err}
		}
		x.buf = metadata
	}
	if x.n++; x.n == 1 {
		x.printf("<ListRecords>\n")
	}
	status := ""
	if rec.Deleted {
		status = ` status="deleted"`
	}
	x.printf("<record>\n<header%s>\n<identifier>%s</identifier>\n<datestamp>%s</datestamp>\n",
		status, oaipmh.AppendText(nil, rec.Identifier), rec.Datestamp.Format(time.RFC3339))
	for _, set := range rec.Sets {
		x.printf("<setSpec>%s</setSpec>\n", set)
	}
	x.printf("</header>\n")
	if !rec.Deleted {
		x.printf("<metadata>\n%s\n</metadata>\n", metadata)
	}
	for _, about := range rec.About {
		x.printf("<about>\n%s\n</about>\n", about)
	}
	x.printf("</record>\n")
}

// close ends the response; a list has one record at least.
func (x *oaiFile) close() {
	if x.n == 0 {
		x.printf("<error code=\"noRecordsMatch\">the catalogue holds no record in %s</error>\n", x.format.Prefix)
	} else {
		x.printf("</ListRecords>\n")
	}
	x.printf("</OAI-PMH>\n")
}
