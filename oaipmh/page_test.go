package oaipmh_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/oaipmh"
)

// browse asks as Firefox does.
func browse(h http.Handler, query, language string) (res *http.Response, body string) {
	req := httptest.NewRequest("GET", "/oai", nil)
	req.URL.RawQuery = query
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	req.Header.Set("Accept-Language", language)
	res = do(h, req)
	b, _ := io.ReadAll(res.Body)
	return res, string(b)
}

func TestPage(t *testing.T) {
	m := library(t, 80)
	h := provider(t, m, func(o *oaipmh.Options) { o.PageSize, o.Descriptions = 100, descriptions })
	tests := map[string]struct {
		query, language string
		status          int
		want            []string
	}{
		"no verb is the repository":         {"", "", 200, []string{`<html lang="fr">`, "<h1>Le dépôt</h1>", `<a href="mailto:oai@books.example">`, "conservées durablement", "oai:books.example:0001"}},
		"English if the browser prefers it": {"", "en-GB,en;q=0.9,fr;q=0.5", 200, []string{`<html lang="en">`, "<h1>The repository</h1>"}},
		"the first of two as dear":          {"", "de, en, fr", 200, []string{`<html lang="en">`}},
		"French for who reads neither":      {"", "de", 200, []string{`<html lang="fr">`}},
		"lang is obeyed and goes on":        {"lang=en", "fr", 200, []string{"<h1>The repository</h1>", "?verb=ListSets&amp;lang=en"}},
		"a list, 25 a page":                 {listAll, "", 200, []string{"1–25 sur <strong>80</strong>", `rel="next"`, "Livre n° 1 &lt;&amp;&gt;", `<span class="deleted">Retirée</span>`}},
		"an empty argument of a form":       {listAll + "&from=&until=&set=", "", 200, []string{"1–25"}},
		"a window":                          {listAll + "&from=2023-05-04&until=2023-05-05", "", 200, []string{"1–2 sur <strong>2</strong>", `value="2023-05-04"`}},
		"a window in seconds":               {listAll + "&from=2023-05-04T00:00:00Z&until=2023-05-05T23:59:59Z", "", 200, []string{`name="from" value="2023-05-04"`, `name="until" value="2023-05-05"`}},
		"headers":                           {"verb=ListIdentifiers&metadataPrefix=oai_dc", "", 200, []string{"1–25", "oai:books.example:0001"}},
		"sets":                              {"verb=ListSets", "", 200, []string{"?verb=ListRecords&amp;metadataPrefix=oai_dc&amp;set=shelf%3Aa"}},
		"formats":                           {"verb=ListMetadataFormats", "", 200, []string{"?verb=ListRecords&amp;metadataPrefix=shelf"}},
		"a record":                          {"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:0002", "", 200, []string{"dir=\"auto\">Livre n° 2 &lt;&amp;&gt;</h1>", "<dt>Titre</dt>", "&lt;GetRecord&gt;", "identifier=oai%3Abooks.example%3A0002"}},
		"a tombstone":                       {"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:books.example:0003", "", 200, []string{"Retirée"}},
		"no such record":                    {"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:1", "", 404, []string{"Aucune notice n’a cet identifiant", "idDoesNotExist"}},
		"an unknown verb":                   {"verb=%3Cscript%3E", "", 400, []string{"badVerb", "&lt;script&gt;", "n’est pas un verbe d’OAI-PMH"}},
		"an unknown verb in English":        {"verb=none", "en", 400, []string{"&#34;none&#34; is not a verb of OAI-PMH"}},
		"a date that is none":               {listAll + "&from=hier", "", 400, []string{"from &#34;hier&#34; n’est pas une date de la forme AAAA-MM-JJ"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			res, body := browse(h, tt.query, tt.language)
			if res.StatusCode != tt.status || res.Header.Get("Content-Type") != "text/html; charset=UTF-8" {
				t.Errorf("status %d, %s", res.StatusCode, res.Header.Get("Content-Type"))
			}
			for _, want := range tt.want {
				if !strings.Contains(body, want) {
					t.Errorf("no %q in\n%s", want, body)
				}
			}
			if strings.Contains(body, "<script") || strings.Contains(body, "ZgotmplZ") || strings.Contains(body, "no value") {
				t.Errorf("the page is not sound:\n%s", body)
			}
			for _, header := range []string{"Accept", "Accept-Language", "Accept-Encoding"} {
				if !strings.Contains(res.Header.Get("Vary"), header) {
					t.Errorf("Vary %q lacks %s", res.Header.Get("Vary"), header)
				}
			}
		})
	}
}

var hrefs = regexp.MustCompile(`href="(\?[^"]*)"`)

// TestPageLinks follows every link within the pages: all lead to a page that
// is no error, and all 80 records are found.
func TestPageLinks(t *testing.T) {
	m := library(t, 80)
	h := provider(t, m, func(o *oaipmh.Options) { o.PageSize = 100 })
	seen := map[string]bool{}
	queue := []string{"?verb=ListRecords&metadataPrefix=oai_dc"}
	records := map[string]bool{}
	for len(queue) > 0 {
		link := queue[0]
		queue = queue[1:]
		if seen[link] {
			continue
		}
		seen[link] = true
		res, body := browse(h, strings.TrimPrefix(link, "?"), "")
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", link, res.StatusCode)
		}
		q, _ := url.ParseQuery(strings.TrimPrefix(link, "?"))
		if q.Get("verb") == "GetRecord" {
			records[q.Get("identifier")] = true
		}
		for _, m := range hrefs.FindAllStringSubmatch(body, -1) {
			if next := strings.ReplaceAll(m[1], "&amp;", "&"); !strings.Contains(next, "lang=") {
				queue = append(queue, next)
			}
		}
	}
	if len(records) != 80 {
		t.Errorf("%d records are found by following links, want 80", len(records))
	}
}

// A page says the language of a title, and lets a title in Arabic run its way.
func TestPageTitleInAnotherLanguage(t *testing.T) {
	const id = "oai:books.example:0001"
	m := &oaipmh.Memory[string]{}
	if err := m.Put(oaipmh.Record[string]{Header: oaipmh.Header{Identifier: id}, Value: "التعليم عن بعد"}); err != nil {
		t.Fatal(err)
	}
	h, err := oaipmh.NewProvider(m, oaipmh.Options{Name: "Books", BaseURL: "https://books.example/oai", AdminEmails: []string{"oai@books.example"}},
		oaipmh.DublinCore(func(title string) []oaipmh.Element {
			return []oaipmh.Element{{Name: "title", Lang: "ar", Value: title}}
		}))
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		listAll: ` lang="ar" dir="auto">التعليم عن بعد</a>`,
		"verb=GetRecord&metadataPrefix=oai_dc&identifier=" + id: `<h1 lang="ar" dir="auto">التعليم عن بعد</h1>`,
	} {
		_, body := browse(h, query, "fr")
		if !strings.Contains(body, want) {
			t.Errorf("%s: no %q in\n%s", query, want, body)
		}
	}
}

// Where there are no sets, none are offered, not even the one that was asked for.
func TestPageOffersNoSetsWhereThereAreNone(t *testing.T) {
	m := &oaipmh.Memory[book]{}
	if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: "oai:books.example:0001"}}); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{listAll, listAll + "&set=a"} {
		_, body := browse(provider(t, m, nil), query, "")
		for _, sets := range []string{"verb=ListSets", `name="set"`} {
			if strings.Contains(body, sets) {
				t.Errorf("%s: %s in\n%s", query, sets, body)
			}
		}
	}
}

// A form that offers a part of many sets does not forget the one that was
// chosen.
func TestPageKeepsTheSet(t *testing.T) {
	m := library(t, 1)
	for i := range 300 {
		if err := m.PutSet(oaipmh.Set{Spec: fmt.Sprintf("s%03d", i), Name: "S"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Put(oaipmh.Record[book]{Header: oaipmh.Header{Identifier: "oai:books.example:z", Sets: []string{"s299"}}}); err != nil {
		t.Fatal(err)
	}
	if _, body := browse(provider(t, m, nil), listAll+"&set=s299", ""); !strings.Contains(body, `<option value="s299" selected>`) {
		t.Errorf("the set is not selected:\n%s", body)
	}
}

func TestLangIsNoArgumentOfTheProtocol(t *testing.T) {
	if got := get(t, provider(t, library(t, 1), nil), "verb=Identify&lang=en").codes(); got != "badArgument" {
		t.Errorf("errors %q, want badArgument", got)
	}
}
