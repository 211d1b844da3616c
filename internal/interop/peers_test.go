//go:build interop

package interop

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every harvester walks every page of a server that none of us wrote, so that what it says of our own server counts.
func TestInteropHarvesters(t *testing.T) {
	url := Provider(t, "23", "5")
	for _, harvester := range Harvesters {
		t.Run(harvester, func(t *testing.T) {
			rows := Walk(t, harvester, url, "oai_dc")
			if len(rows) != 23 {
				t.Fatalf("%d records, want 23", len(rows))
			}
			for i, row := range rows {
				if want := fmt.Sprintf("oai:example.org:%d", i); row.Identifier != want {
					t.Errorf("record %d is %s, want %s", i, row.Identifier, want)
				}
				if got, want := row.Deleted, i%7 == 6; got != want {
					t.Errorf("%s deleted: %t, want %t", row.Identifier, got, want)
				}
			}
			if got := rows[3]; got.Datestamp != "2020-01-01T03:00:00Z" || !slices.Equal(got.Sets, []string{"odd"}) {
				t.Errorf("record 3 is of %s in %v", got.Datestamp, got.Sets)
			}
			if got := rows[3].Metadata + strings.Join(rows[3].Fields["title"], ""); !strings.Contains(got, "Titre été") {
				t.Errorf("the title of record 3 is not in %q", got)
			}
			rows = Walk(t, harvester, url, "oai_dc", "set=even", "from=2020-01-01T03:00:00Z", "until=2020-01-01T09:00:00Z")
			if len(rows) != 3 || rows[0].Identifier != "oai:example.org:4" {
				t.Errorf("the selection brings %v, want 4, 6 and 8", rows)
			}
		})
	}
}

// catalogue is a data set that portals keep, and one that they lose.
const catalogue = `@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://catalogue.example.org/#it> a dcat:Catalog ; dcat:dataset <https://catalogue.example.org/1>, <https://catalogue.example.org/2> .
<https://catalogue.example.org/1> a dcat:Dataset ; dct:identifier "1" ; dct:title "Enquête"@fr ; dct:description "Une enquête."@fr ;
  dcat:distribution <https://catalogue.example.org/1#csv> .
<https://catalogue.example.org/1#csv> a dcat:Distribution ; dcat:downloadURL <https://data.example.org/1.csv> ;
  dct:license <https://www.etalab.gouv.fr/licence-ouverte-open-licence> .
<https://catalogue.example.org/2> a dcat:Dataset ; dct:identifier "2" ; dct:title "Perdu"@fr ;
  dcat:distribution [ a dcat:Distribution ; dcat:downloadURL <http://localhost/2.csv> ] .
`

func TestInteropUdata(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/turtle; charset=utf-8")
		_, _ = w.Write([]byte(catalogue))
	}))
	defer server.Close()
	var got struct {
		Items []struct {
			ID     string `json:"remote_id"`
			Status string
		}
		Datasets []struct{ Title, License string }
	}
	if err := json.Unmarshal([]byte(Run(t, Python(t, "udata"), Script(t, "harvest_udata.py"), server.URL+"/catalog.ttl")), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Items) != 2 || len(got.Datasets) != 1 || got.Datasets[0].Title != "Enquête" || got.Datasets[0].License != "lov2" {
		t.Errorf("udata keeps %+v, want the first data set, under the Licence Ouverte", got)
	}
}

func TestInteropCKAN(t *testing.T) {
	file := filepath.Join(t.TempDir(), "catalog.ttl")
	if err := os.WriteFile(file, []byte(catalogue), 0o644); err != nil {
		t.Fatal(err)
	}
	var got struct{ Datasets []struct{ Title string } }
	if err := json.Unmarshal([]byte(Run(t, Python(t, "ckan"), Script(t, "harvest_ckan.py"), file, "turtle")), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Datasets) != 2 {
		t.Errorf("CKAN reads %+v, want both data sets", got)
	}
}
