package main

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// recordsFile holds the records for the servers, one JSON object a line.
const recordsFile = "records.jsonl"

// record is what the others are given, in the form that each likes best: the
// fields apart, or the whole element rendered before.
type record struct {
	Identifier string              `json:"identifier"`
	Datestamp  time.Time           `json:"datestamp"`
	Sets       []string            `json:"sets"`
	Fields     map[string][]string `json:"fields"`
	XML        string              `json:"xml"`
}

// catalogue returns the catalogue that is served.
func catalogue(records int) *model.Catalogue {
	return generate.Catalogue(generate.Options{Records: records, Seed: 1})
}

func writeRecords(dir string, n int) error {
	f, err := os.Create(filepath.Join(dir, recordsFile))
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	dc := crosswalk.Formats(crosswalk.Options{})[0]
	for r := range catalogue(n).Records() {
		rec := crosswalk.Record(r)
		data, err := dc.Append(nil, rec.Value)
		if err != nil {
			return err
		}
		fields, err := fieldsOf(data)
		if err != nil {
			return err
		}
		if err := enc.Encode(record{rec.Identifier, rec.Datestamp, rec.Sets, fields, string(data)}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// fieldsOf returns the Dublin Core of a record, by name of element.
func fieldsOf(dc []byte) (map[string][]string, error) {
	var root struct {
		Fields []struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(dc, &root); err != nil {
		return nil, fmt.Errorf("%w in %s", err, dc)
	}
	fields := map[string][]string{}
	for _, f := range root.Fields {
		fields[f.XMLName.Local] = append(fields[f.XMLName.Local], f.Text)
	}
	return fields, nil
}

// readRecords yields what writeRecords wrote.
func readRecords(dir string) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		f, err := os.Open(filepath.Join(dir, recordsFile))
		if err != nil {
			yield(record{}, err)
			return
		}
		defer f.Close()
		for dec := json.NewDecoder(bufio.NewReader(f)); ; {
			var r record
			if err := dec.Decode(&r); err != nil {
				if !errors.Is(err, io.EOF) {
					yield(r, err)
				}
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// manyRecords returns a repository of n records that share a few outputs, and
// differ in identifier and datestamp.
func manyRecords(n int) (*oaipmh.Memory[model.Record], []oaipmh.Format[model.Record], error) {
	formats := crosswalk.Formats(crosswalk.Options{})[:1]
	repo := &oaipmh.Memory[model.Record]{}
	var shared []oaipmh.Record[model.Record]
	for r := range catalogue(distinct).Records() {
		shared = append(shared, crosswalk.Record(r))
	}
	first := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		r := shared[i%len(shared)]
		r.Identifier = fmt.Sprintf("oai:generated.example.org:m%07d", i)
		r.Datestamp = first.Add(time.Duration(i/10) * time.Second)
		if err := repo.Put(r); err != nil {
			return nil, nil, err
		}
	}
	return repo, formats, nil
}

// distinct is a whole number of pages, so that pages of one content come
// again and again.
const distinct = 50 * pageSize
