package oaipmh

import "net/http"

func acceptsHTML(http.Header) bool { return false }

func (p *Provider[R]) servePage(http.ResponseWriter, *http.Request, arguments) {}
