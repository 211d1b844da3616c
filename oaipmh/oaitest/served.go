package oaitest

import (
	"net/http"
	"net/http/httptest"

	"github.com/gtnum/gtnum/oaipmh"
)

// checkServed serves the repository, and examines it from outside.
func (s *suite[R]) checkServed() (p problems) {
	const base = "http://oaitest.example/oai"
	provider, err := oaipmh.NewProvider(s.repo, oaipmh.Options{
		Name: "oaitest", BaseURL: base, AdminEmails: []string{"oai@oaitest.example"}, PageSize: 7,
	}, withDublinCore(s.formats)...)
	if err != nil {
		p.add("%v", err)
		return p
	}
	findings, err := Checker{Client: &http.Client{Transport: inProcess{provider}}}.Check(s.ctx, base)
	if err != nil {
		p.add("%v", err)
	}
	for _, f := range findings {
		p.add("%v", f)
	}
	return p
}

// inProcess brings requests to a handler without a network.
type inProcess struct{ http.Handler }

func (h inProcess) RoundTrip(req *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	if req.Body == nil {
		req.Body = http.NoBody
	}
	h.ServeHTTP(w, req)
	res := w.Result()
	res.Request = req
	return res, nil
}
