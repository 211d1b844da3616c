package oaitest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

// session is one examination of an address.
type session struct {
	Checker
	ctx      context.Context
	base     string
	clause   string
	findings []Finding
	told     map[string]int // so that nothing is said twice

	// What has been found out:
	first       *answer // to Identify
	identify    *node
	granularity string
	prefix      string            // the format that lists are asked in
	formats     map[string]string // namespaces by prefix
	sets        []string
	noSets      bool
	moreSets    bool      // than were read
	pages       []*answer // of ListRecords
	records     []*node   // on those
}

// text is a sentence in both languages.
type text struct{ fr, en string }

func (s *session) find(severity Severity, request string, t text, args ...any) {
	s.findAs(s.clause, severity, request, t, args...)
}

func (s *session) findAs(clause string, severity Severity, request string, t text, args ...any) {
	sentence := say.Errorf(t.fr, t.en, args...)
	f := Finding{clause, severity, request, say.In(sentence, language.French), say.In(sentence, language.English)}
	if key := clause + f.English; s.told[key] == 0 {
		s.told[key]++
		if s.told[t.en]++; s.told[t.en] <= sameKind {
			s.findings = append(s.findings, f)
		}
	}
}

// sameKind is how many findings of one kind are told; a server that gets one
// thing wrong does so in every record.
const sameKind = 3

// answer is what came back to one request.
type answer struct {
	request string
	status  int
	header  http.Header
	body    []byte
	root    *node // nil if there is no OAI-PMH in it
}

// codes are the error codes of an answer.
func (a *answer) codes() (codes []string) {
	if a.root != nil {
		for _, e := range a.root.all("error") {
			codes = append(codes, e.attr("code"))
		}
	}
	return codes
}

// refusal says with which errors a request was answered.
func (a *answer) refusal() error {
	if codes := a.codes(); len(codes) > 0 {
		return errors.New(strings.Join(codes, ", "))
	}
	return say.Errorf("une réponse sans erreur", "an answer without error")
}

// reach makes the first request.
func (s *session) reach() error {
	s.clause = clauses[0].name
	a, err := s.send("GET", url.Values{"verb": {"Identify"}}.Encode(), nil)
	if err != nil {
		return say.Errorf("%s ne répond pas\u00a0: %v", "oaitest: nothing answers at %s: %v", s.base, err)
	}
	s.inspect(a, url.Values{"verb": {"Identify"}})
	if a.status >= 300 && a.status < 400 {
		a = s.get("verb", "Identify") // at the new address
	}
	s.first = a
	return nil
}

// get asks by GET and examines what every response must keep to.
func (s *session) get(args ...string) *answer { return s.ask("GET", args...) }

// ask takes names and values of arguments in turn.
func (s *session) ask(method string, args ...string) *answer {
	values := url.Values{}
	for i := 0; i+1 < len(args); i += 2 {
		values.Add(args[i], args[i+1])
	}
	a, err := s.send(method, values.Encode(), nil)
	if err != nil {
		if s.ctx.Err() == nil {
			s.find(Violation, a.request, text{"pas de réponse\u00a0: %v", "no answer: %v"}, err)
		}
		return a
	}
	s.inspect(a, values)
	return a
}

// send makes a request. It waits once if the server is busy.
func (s *session) send(method, query string, header http.Header) (*answer, error) {
	a, err := s.sendOnce(method, query, header)
	if err != nil || a.status != http.StatusServiceUnavailable {
		return a, err
	}
	wait, convErr := strconv.Atoi(a.header.Get("Retry-After"))
	if convErr != nil || wait < 1 || wait > 3600 {
		s.findAs("Sickle, pyoai, VuFind", Risk, a.request, text{
			"statut 503 avec Retry-After %q\u00a0: des moissonneurs n’en lisent que des secondes entières, de 1 à 3600",
			"status 503 with Retry-After %q: harvesters read nothing but whole seconds, 1 to 3600"}, a.header.Get("Retry-After"))
		wait = 1
	}
	select {
	case <-time.After(time.Duration(min(wait, 60)) * time.Second):
	case <-s.ctx.Done():
		return a, s.ctx.Err()
	}
	return s.sendOnce(method, query, header)
}

// most is how much of a response is read.
const most = 64 << 20

func (s *session) sendOnce(method, query string, header http.Header) (*answer, error) {
	sep := "?"
	if strings.Contains(s.base, "?") { // it has a query of its own
		sep = "&"
	}
	target, body := s.base+sep+query, io.Reader(nil)
	a := &answer{request: target}
	if method == "POST" {
		target, body = s.base, strings.NewReader(query)
		a.request = target + " " + query
	}
	req, err := http.NewRequestWithContext(s.ctx, method, target, body)
	if err != nil {
		return a, err
	}
	req.Header.Set("User-Agent", s.UserAgent)
	req.Header.Set("Accept-Encoding", "identity")
	for name, values := range header {
		req.Header[name] = values
	}
	if method == "POST" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := s.Client.Do(req)
	if err != nil {
		return a, err
	}
	defer res.Body.Close()
	a.status, a.header = res.StatusCode, res.Header
	a.body, err = io.ReadAll(io.LimitReader(res.Body, most))
	return a, err
}

// inspect examines what holds for every response.
func (s *session) inspect(a *answer, args url.Values) {
	clause := s.clause
	defer func() { s.clause = clause }()
	s.clause = "OAI-PMH 2.0, 3.1.2 HTTP response format"
	if !s.inspectHTTP(a) {
		return
	}
	s.clause = "OAI-PMH 2.0, 3.2 XML response format"
	root, err := parseXML(a.body)
	if err != nil {
		s.find(Violation, a.request, text{"la réponse n’est pas du XML bien formé\u00a0: %v", "the response is not well-formed XML: %v"}, err)
		return
	}
	if root.name.Local != "OAI-PMH" || root.name.Space != oaiNamespace {
		s.find(Violation, a.request, text{
			"l’élément racine est {%s}%s, pas {" + oaiNamespace + "}OAI-PMH", "the root element is {%s}%s, not {" + oaiNamespace + "}OAI-PMH"}, root.name.Space, root.name.Local)
		return
	}
	a.root = root
	for _, fault := range root.violations() {
		s.find(Violation, a.request, text{"hors du schéma\u00a0: %s", "not valid against the schema: %s"}, fault)
	}
	s.inspectRequest(a, args)
	s.inspectDate(a)
}

// inspectHTTP reports whether there is a response to look into.
func (s *session) inspectHTTP(a *answer) bool {
	switch {
	case a.status >= 300 && a.status < 400:
		s.findAs("Dataverse, pyoai", Risk, a.request, text{
			"redirection (%d) vers %s\u00a0: des moissonneurs ne la suivent pas, ou y perdent le corps d’un POST",
			"a redirect (%d) to %s: some harvesters do not follow, or lose the body of a POST there"}, a.status, a.header.Get("Location"))
		if u, err := url.Parse(s.base); err == nil {
			if to, err := u.Parse(a.header.Get("Location")); err == nil && to.Path != "" {
				to.RawQuery = u.RawQuery // without the arguments
				s.base = to.String()
			}
		}
		return false
	case a.status != http.StatusOK:
		s.find(Violation, a.request, text{"statut HTTP %d au lieu de 200", "HTTP status %d instead of 200"}, a.status)
		return false
	}
	media, params, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	if err != nil || media != "text/xml" {
		s.find(Violation, a.request, text{"Content-Type est %q, pas text/xml", "the Content-Type is %q, not text/xml"}, a.header.Get("Content-Type"))
	} else if !strings.EqualFold(params["charset"], "utf-8") {
		s.findAs("Sickle", Risk, a.request, text{
			"Content-Type %q sans charset=UTF-8\u00a0: text/xml vaut alors ISO-8859-1 pour des clients", "Content-Type %q without charset=UTF-8: clients then take text/xml for ISO-8859-1"}, a.header.Get("Content-Type"))
	}
	if c := a.header.Get("Content-Encoding"); c != "" && c != "identity" {
		s.find(Violation, a.request, text{"réponse codée en %q sans qu’on l’ait demandé", "a response in coding %q that was not asked for"}, c)
		if c == "gzip" {
			if r, err := gzip.NewReader(bytes.NewReader(a.body)); err == nil {
				a.body, _ = io.ReadAll(io.LimitReader(r, most))
			}
		}
	}
	return true
}

// inspectRequest compares the request element with what was asked.
func (s *session) inspectRequest(a *answer, args url.Values) {
	r := a.root.child("request")
	if r == nil {
		return
	}
	codes := a.codes()
	hide := slices.Contains(codes, "badVerb") || slices.Contains(codes, "badArgument")
	for _, attr := range r.attrs {
		switch {
		case hide:
			s.find(Violation, a.request, text{
				"l’élément request porte des attributs malgré badVerb ou badArgument", "the request element has attributes in spite of badVerb or badArgument"})
		case attr.Value != args.Get(attr.Name.Local):
			s.find(Violation, a.request, text{
				"l’attribut %s de request est %q, la requête disait %q", "the attribute %s of request is %q, the request said %q"}, attr.Name.Local, attr.Value, args.Get(attr.Name.Local))
		}
	}
	if !hide && len(r.attrs) != len(args) {
		s.find(Violation, a.request, text{
			"l’élément request n’a pas un attribut par argument", "the request element does not have an attribute for each argument"})
	}
}

// inspectDate examines the responseDate.
func (s *session) inspectDate(a *answer) {
	d := a.root.child("responseDate")
	if d == nil {
		return
	}
	date, err := time.Parse(stamp, d.text)
	if err != nil || len(d.text) != len(stamp) {
		s.find(Violation, a.request, text{
			"responseDate est %q, pas un instant UTC AAAA-MM-JJThh:mm:ssZ", "the responseDate is %q, no UTC instant YYYY-MM-DDThh:mm:ssZ"}, d.text)
		return
	}
	if server, err := http.ParseTime(a.header.Get("Date")); err == nil && date.After(server.Add(time.Minute)) {
		s.find(Risk, a.request, text{
			"responseDate %s devance l’heure du serveur\u00a0: ce qui change d’ici là est perdu", "the responseDate %s is ahead of the server's clock: what changes until then is lost"}, d.text)
	}
}
