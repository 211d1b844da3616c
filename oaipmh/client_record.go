package oaipmh

import (
	"bytes"
	"strings"

	"github.com/gtnum/gtnum/internal/say"
)

// record reads a record, or a header of ListIdentifiers. What cannot be read
// is a Problem with the header as far as there is one.
func (p *clientPage) record(e clientElement) (Record[Metadata], *Problem) {
	var rec Record[Metadata]
	p.unbound = ""
	if e.name == "header" {
		whole := clientNode{outer: clientSpan{0, len(e.raw)}}
		p.header(&rec.Header, e, whole, e.nodes)
	}
	for i, n := range e.nodes {
		switch {
		case n.depth != 1 || e.name == "header":
		case e.is(n, "header"):
			p.header(&rec.Header, e, n, e.children(i))
		case e.is(n, "metadata"):
			p.metadata(&rec, e, i)
		case e.is(n, "about"):
			rec.About = append(rec.About, p.payloads(e, i)...)
		}
	}
	problem := Problem{Fault: FaultMarkup, URL: p.url, Header: rec.Header, Err: e.err}
	switch {
	case e.err != nil:
	case rec.Identifier == "":
		problem.Fault, problem.Err = FaultHeader, say.Errorf("notice sans identifiant", "record has no identifier")
	default:
		p.mended(rec.Header, e)
		if e.name == "record" && rec.Value == nil && !rec.Deleted {
			problem.Fault, problem.Err = FaultMetadata, say.Errorf("notice sans métadonnées", "record has no metadata")
			p.report(problem)
		}
		return rec, nil
	}
	problem.Raw = bytes.Clone(e.raw)
	return rec, &problem
}

// header reads the nodes of a header element, whose own tag is that of n.
func (p *clientPage) header(h *Header, e clientElement, n clientNode, nodes []clientNode) {
	date := ""
	for _, n := range nodes {
		switch {
		case e.is(n, "identifier"):
			h.Identifier = e.text(n)
		case e.is(n, "datestamp"):
			date = e.text(n)
		case e.is(n, "setSpec"):
			h.Sets = append(h.Sets, e.text(n))
		}
	}
	if e.err == nil || date != "" {
		h.Datestamp = p.date(date, *h)
	}
	tag := e.raw[n.outer.start:]
	if bytes.HasPrefix(tag, []byte("<header>")) {
		return
	}
	switch status := clientAttr(tag, "status"); strings.ToLower(status) {
	case "deleted":
		h.Deleted = true
	case "":
	default:
		p.report(Problem{Fault: FaultHeader, Header: *h, Err: say.Errorf("statut inconnu\u00a0: %q", "unknown status %q", status)})
	}
}

// metadata takes the first element of node i; OAI-PMH allows no second.
func (p *clientPage) metadata(rec *Record[Metadata], e clientElement, i int) {
	payloads := p.payloads(e, i)
	if len(payloads) == 0 {
		return
	}
	if len(payloads) > 1 || rec.Value != nil {
		p.report(Problem{Fault: FaultMetadata, Header: rec.Header, Err: say.Errorf("plusieurs éléments de métadonnées dans une notice, le premier est pris", "record has more than one metadata element, the first is taken")})
	}
	if rec.Value == nil {
		rec.Value = Metadata(payloads[0])
	}
}

// children are the nodes below node i.
func (e *clientElement) children(i int) []clientNode {
	end := i + 1
	for end < len(e.nodes) && e.nodes[end].depth > e.nodes[i].depth {
		end++
	}
	return e.nodes[i+1 : end]
}

// payloads copies the elements in node i, mended and each able to stand
// alone.
func (p *clientPage) payloads(e clientElement, i int) [][]byte {
	var payloads [][]byte
	outer := p.namespaces
	for _, tag := range [][]byte{e.raw, e.raw[e.nodes[i].outer.start:]} {
		if t, _ := clientToken(tag, 0, true); bytes.Contains(tag[:t.end], []byte("xmlns")) {
			outer = clientDeclared(append([]clientNamespace(nil), outer...), tag[:t.end])
		}
	}
	for _, n := range e.children(i) {
		if n.outer.end == 0 {
			continue
		}
		payload := e.raw[n.outer.start:n.outer.end]
		if !e.clean {
			payload, _ = clientClean(payload)
		}
		p.prefixes.read(payload)
		if prefix := p.prefixes.undeclared(outer); prefix != nil {
			p.unbound = string(prefix)
		}
		payloads = append(payloads, clientStandalone(payload, &p.prefixes, outer))
	}
	return payloads
}

var (
	errClientEncoding  = say.Errorf("des octets qui ne sont pas de l’UTF-8 sont lus comme windows-1252", "bytes that are no UTF-8 are read as windows-1252")
	errClientCharacter = say.Errorf("des caractères que XML interdit sont remplacés", "characters that XML forbids are replaced")
	errClientEntity    = say.Errorf("des entités que XML ne connaît pas, ou des & et < isolés, sont échappés", "entities that XML does not know, lone & or < are escaped")
)

// mended reports what is wrong in a record that comes through.
func (p *clientPage) mended(h Header, e clientElement) {
	if p.unbound != "" {
		p.report(Problem{Fault: FaultMarkup, Header: h, Err: say.Errorf("le préfixe d’espace de noms %q n’est pas déclaré", "namespace prefix %q is not declared", p.unbound)})
	}
	if e.clean {
		return
	}
	_, faults := clientClean(e.raw)
	for _, f := range []struct {
		bit   clientFaults
		fault Fault
		text  error
	}{
		{clientBadEncoding, FaultEncoding, errClientEncoding},
		{clientBadCharacter, FaultCharacter, errClientCharacter},
		{clientBadEntity, FaultEntity, errClientEntity},
	} {
		if faults&f.bit != 0 {
			p.report(Problem{Fault: f.fault, Header: h, Err: f.text})
		}
	}
}
