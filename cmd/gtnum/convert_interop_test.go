//go:build interop

package main

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gtnum/gtnum/internal/interop"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

// serveHAL serves the ten records of HAL as HAL does.
func serveHAL(t *testing.T) (base string, n int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(interop.Samples(t), "hal-tei", "*.xml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	repo := &oaipmh.Memory[[]byte]{}
	for _, file := range files {
		tei, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		header := oaipmh.Header{Identifier: "oai:HAL:" + strings.TrimSuffix(filepath.Base(file), ".xml") + "v1", Datestamp: time.Date(2023, 7, 22, 0, 0, 0, 0, time.UTC)}
		if err := repo.Put(oaipmh.Record[[]byte]{Header: header, Value: bytes.TrimSpace(tei[bytes.Index(tei, []byte("<TEI")):])}); err != nil {
			t.Fatal(err)
		}
	}
	format := oaipmh.Format[[]byte]{
		Prefix: "xml-tei", Schema: "http://www.tei-c.org/release/xml/tei/custom/schema/xsd/tei_all.xsd", Namespace: "http://www.tei-c.org/ns/1.0",
		Append: func(dst, tei []byte) ([]byte, error) { return append(dst, tei...), nil },
	}
	dc := oaipmh.DublinCore(func([]byte) []oaipmh.Element { return []oaipmh.Element{{Name: "title", Value: "x"}} })
	server := httptest.NewServer(nil)
	t.Cleanup(server.Close)
	server.Config.Handler, err = oaipmh.NewProvider(repo, oaipmh.Options{Name: "HAL", BaseURL: server.URL, AdminEmails: []string{"hal@example.org"}, Report: func(_ context.Context, err error) { t.Error(err) }}, dc, format)
	if err != nil {
		t.Fatal(err)
	}
	return server.URL, len(files)
}

// TestInteropHALBecomesACatalogue: ten real records of HAL's come through as a
// person would want them, validate, are imported, and what is served of them
// is valid.
func TestInteropHALBecomesACatalogue(t *testing.T) {
	hal, n := serveHAL(t)
	file := filepath.Join(t.TempDir(), "hal.yaml")
	status, stdout, stderr := call(t, append([]string{"harvest", hal, "--format", "xml-tei", "--catalogue", file, "--group", "pleiades", "--group-title", "#PLEIADES"}, heading...)...)
	if status != 0 || !strings.Contains(stdout, "10 record(s), 0 of them withdrawn; 0 left out") {
		t.Fatalf("status %d: %s%s", status, stdout, stderr)
	}
	cat, err := model.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(cat.Outputs) != n || cat.Title.String() != "HAL" {
		t.Errorf("%d outputs of %v, want %d", len(cat.Outputs), cat.Title, n)
	}
	for i := range cat.Outputs {
		o := &cat.Outputs[i]
		origin := o.Provenance.Origins[0]
		if len(o.Title) == 0 || len(o.By(model.Author)) == 0 || o.Issued.IsZero() || len(o.Languages) == 0 || len(o.Subjects) == 0 || o.Group != "pleiades" {
			t.Errorf("%s lost a title, author, date, language, subject or its group: %+v", o.ID, o)
		}
		if origin.BaseURL != hal || !strings.HasPrefix(origin.Identifier, "oai:HAL:") || origin.Datestamp.String() != "2023-07-22T00:00:00Z" {
			t.Errorf("%s: origin %+v", o.ID, origin)
		}
	}
	if status, stdout, _ := call(t, "validate", file); status != 0 {
		t.Errorf("validate: status %d: %s", status, stdout)
	}
	if status, _, stderr := call(t, "import", file, "--db", filepath.Join(t.TempDir(), "hal.db")); status != 0 || !strings.Contains(stderr, "10 created") {
		t.Errorf("import: status %d: %s", status, stderr)
	}
	base, _ := start(t, file)
	for _, prefix := range []string{"oai_dc", "oai_openaire", "oai_datacite", "xml-tei"} {
		answer := filepath.Join(t.TempDir(), prefix+".xml")
		_, body := get(t, base+"/oai?verb=ListRecords&metadataPrefix="+prefix)
		if err := os.WriteFile(answer, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		interop.Run(t, interop.Tool(t, "check-oai-xsd"), answer)
	}
}
