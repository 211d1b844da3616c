package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// badServer answers Identify as it should, and all else with a body.
func badServer(t *testing.T, contentType, body string) string {
	t.Helper()
	const head = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2023-05-17T10:00:00Z</responseDate><request/>`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		if r.FormValue("verb") == "Identify" {
			io.WriteString(w, head+"<Identify><repositoryName>M</repositoryName></Identify></OAI-PMH>")
			return
		}
		io.WriteString(w, strings.Replace(body, "<OAI-PMH>", head, 1))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestReportsOnBadServersSpeakFrench: what a harvest and a check of a server
// that breaks the rules say, to the letter.
func TestReportsOnBadServersSpeakFrench(t *testing.T) {
	const record = "<record><header><identifier>oai:x:1</identifier><datestamp>2023-05-17</datestamp></header><metadata>"
	for _, test := range []struct{ name, contentType, body, harvest, check string }{
		{"tags crossed", "text/xml; charset=UTF-8", "<OAI-PMH><ListRecords>" + record + "<a><b></a></metadata></record></ListRecords></OAI-PMH>",
			"la moisson continue\u00a0: oai:x:1\u00a0: XML mal formé\u00a0: </a> ferme <b>\n", "la réponse n’est pas du XML bien formé\u00a0: ligne 1\u00a0: <b> est fermé par </a>\n"},
		{"an encoding that nobody knows", "text/xml; charset=klingon", "<OAI-PMH><ListRecords>" + record + "<a/></metadata></record></ListRecords></OAI-PMH>",
			"encodage inconnu\u00a0: \"klingon\"\n", "sans charset=UTF-8"},
		{"too few records", "text/xml; charset=UTF-8", "<OAI-PMH><ListRecords>" + record + "<a/></metadata></record><resumptionToken completeListSize='3'/></ListRecords></OAI-PMH>",
			"completeListSize annonce 3 notices, il en est venu 1\n", "badVerb est attendu, pas une réponse sans erreur"},
		{"a page that repeats itself", "text/xml; charset=UTF-8", "<OAI-PMH><ListRecords>" + record + "<a/></metadata></record><resumptionToken>x</resumptionToken></ListRecords></OAI-PMH>",
			"le serveur se répète", "badVerb est attendu"},
		{"no OAI-PMH", "text/html", "<html/>", "ce n’est pas un serveur OAI-PMH", "l’élément racine est {}html"},
	} {
		t.Run(test.name, func(t *testing.T) {
			base := badServer(t, test.contentType, test.body)
			status, _, stderr := call(t, "--lang", "fr", "harvest", base, "--output", filepath.Join(t.TempDir(), "h.jsonl"))
			if !strings.Contains(stderr, test.harvest) {
				t.Errorf("harvest: status %d, %q lacks %q", status, stderr, test.harvest)
			}
			status, stdout, stderr := call(t, "--lang", "fr", "check", base)
			if status != 1 || !strings.Contains(stdout, test.check) {
				t.Errorf("check: status %d, %q%q lacks %q", status, stdout, stderr, test.check)
			}
		})
	}
}
