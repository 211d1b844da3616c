package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestEmbed(t *testing.T) {
	provider, err := newProvider("http://example.org/oai", []Thesis{{"1", "L'école <à> distance", "Ada", "2023"}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(provider)
	defer server.Close()
	resp, err := http.Get(server.URL + "?verb=ListRecords&metadataPrefix=oai_dc&set=year")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	const want = `<dc:title xml:lang="fr">L'école &lt;à&gt; distance</dc:title>`
	if !strings.Contains(string(body), want) {
		t.Errorf("the answer has no %s:\n%s", want, body)
	}
}
