//go:build interop

package oaipmh

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// startPyoai serves 1,234 records with pyoai.
func startPyoai(t *testing.T) *Client {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	python := filepath.Join(cmp.Or(os.Getenv("GTNUM_INTEROP"), filepath.Join(cache, "gtnum-interop")), "pyoai", "bin", "python")
	cmd := exec.CommandContext(t.Context(), python, filepath.Join("testdata", "harvest", "pyoai_server.py"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("%v: run .ci/install", err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	port, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return &Client{BaseURL: "http://127.0.0.1:" + strings.TrimSpace(port) + "/oai", Report: func(p Problem) { t.Error(&p) }}
}

func TestInteropClientOfPyoai(t *testing.T) {
	c := startPyoai(t)
	epoch := time.Date(2023, 5, 17, 0, 0, 0, 0, time.UTC)
	id, err := c.Identify(t.Context())
	if err != nil || id.RepositoryName != "pyoai" || !id.EarliestDatestamp.Equal(epoch) || id.DeletedRecord != Persistent {
		t.Errorf("Identify: %+v, %v", id, err)
	}
	if sets, err := collect(c.Sets(t.Context())); err != nil || len(sets) != 2 || sets[1].Name != "Odd" {
		t.Errorf("Sets: %v, %v", sets, err)
	}
	if _, err := c.Record(t.Context(), "oai:pyoai:none", "oai_dc"); !errors.Is(err, &Error{Code: IDDoesNotExist}) {
		t.Errorf("Record: %v", err)
	}

	i := 0
	h := &Harvest{Selection: Selection{MetadataPrefix: "oai_dc"}}
	for rec, err := range c.Harvest(t.Context(), h) {
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("oai:pyoai:%04d", i)
		if rec.Identifier != want || !rec.Datestamp.Equal(epoch.Add(time.Duration(i)*time.Hour)) || rec.Deleted != (i%10 == 9) {
			t.Fatalf("record %d: %+v", i, rec.Header)
		}
		if !rec.Deleted {
			e, err := rec.Value.Element()
			if err != nil {
				t.Fatal(err)
			}
			if got, want := e.FindElement("title").Text(), fmt.Sprintf("L'école <%d> & toile", i); got != want {
				t.Fatalf("title %q, want %q", got, want)
			}
		}
		i++
	}
	if i != 1234 || h.Pages != 13 {
		t.Errorf("%d records in %d pages, want 1234 in 13", i, h.Pages)
	}

	window := Selection{MetadataPrefix: "oai_dc", Set: "even", From: epoch.Add(100 * time.Hour), Until: epoch.Add(800 * time.Hour)}
	if headers, err := collect(c.Headers(t.Context(), window)); err != nil || len(headers) != 351 {
		t.Errorf("%d headers, %v, want 351", len(headers), err)
	}
}

// TestInteropMetadataStandsAlone: libxml2 takes the metadata of each record by
// itself, namespaces and all, however the server sent it.
func TestInteropMetadataStandsAlone(t *testing.T) {
	pages := [][]byte{}
	for _, name := range []string{"hal.xml", "zenodo.xml", "dspace.xml", "openedition.xml"} {
		page, err := os.ReadFile(filepath.Join("testdata", "harvest", name))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	for _, test := range mendable {
		pages = append(pages, []byte(listText(recordText("oai:x:1", clientDC(test.sent)))))
	}
	for _, page := range pages {
		records, _, err := harvestText(t, "text/xml", page)
		if err != nil || len(records) == 0 {
			t.Fatalf("%v, %v", records, err)
		}
		xmllint := exec.CommandContext(t.Context(), "xmllint", "--noout", "-")
		xmllint.Stdin = bytes.NewReader(records[0].Value)
		if out, err := xmllint.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s\n%v\n%s", records[0].Value, err, out)
		}
	}
}
