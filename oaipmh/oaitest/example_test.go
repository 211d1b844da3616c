package oaitest_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/gtnum/gtnum/oaipmh/oaitest"
)

// A server that answers everything with the same page is told what is due.
func ExampleCheck() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<html><p>Bienvenue</p></html>")
	}))
	defer server.Close()
	findings, err := oaitest.Check(context.Background(), server.URL)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range findings[:2] {
		fmt.Println(f.Severity, f.Clause)
		fmt.Println(" ", f.Text("fr"))
		fmt.Println(" ", f.Text("en"))
	}

	// Output:
	// error OAI-PMH 2.0, 3.1.2 HTTP response format
	//   Content-Type est "text/html; charset=utf-8", pas text/xml
	//   the Content-Type is "text/html; charset=utf-8", not text/xml
	// error OAI-PMH 2.0, 3.2 XML response format
	//   l’élément racine est {}html, pas {http://www.openarchives.org/OAI/2.0/}OAI-PMH
	//   the root element is {}html, not {http://www.openarchives.org/OAI/2.0/}OAI-PMH
}
