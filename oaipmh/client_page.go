package oaipmh

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/gtnum/gtnum/internal/say"
)

// clientPage reads one response of a server, element by element.
type clientPage struct {
	scan clientScanner
	url  string
	tell func(Problem)

	namespaces []clientNamespace // of the elements around the list
	root       bool              // <OAI-PMH> was seen
	list       bool              // an element of a verb was seen
	closed     bool              // the end of either
	prelude    bool              // a tag came before the root
	prefixes   clientPrefixes
	unbound    string // a prefix of the record being read, declared nowhere

	responseDate time.Time
	errs         []error
	token        clientResume
}

// clientResume is a resumptionToken element.
type clientResume struct {
	seen  bool
	value string
	size  int // completeListSize, 0 if unknown
}

// clientNewPage reads a page of UTF-8.
func clientNewPage(r io.Reader, limit int, url string, tell func(Problem)) *clientPage {
	return &clientPage{scan: clientScanner{r: r, mark: -1, limit: max(limit, 1)}, url: url, tell: tell}
}

func (p *clientPage) report(problem Problem) {
	problem.URL = p.url
	p.tell(problem)
}

// next returns the next record, header, set, metadataFormat or Identify
// element; io.EOF at the end of a page that is whole. An error that is
// clientTransient says that the page broke off.
func (p *clientPage) next() (clientElement, error) {
	for {
		t, ok := p.scan.next()
		if !ok {
			return clientElement{}, p.end()
		}
		if t.kind == clientEnd {
			p.leave(string(p.scan.local(t)))
			continue
		}
		if t.kind != clientStart && t.kind != clientEmpty {
			continue
		}
		switch name := string(p.scan.local(t)); {
		case !p.root && name != "OAI-PMH":
			p.prelude = true
		case name == "record", name == "header", name == "set", name == "metadataFormat",
			name == "Identify":
			p.list = true
			return p.item(t)
		case name == "responseDate", name == "error", name == "resumptionToken", name == "request":
			p.leaf(p.scan.element(t))
		default:
			p.enter(t, name)
		}
	}
}

// item reads an element of a list. One that the end of the input has cut off
// is an error of the page, not of the element.
func (p *clientPage) item(t clientTok) (clientElement, error) {
	e := p.scan.element(t)
	if e.cut {
		return e, p.broken()
	}
	if e.name == "Identify" {
		p.closed = true
	}
	e.clean = clientIsClean(e.raw)
	return e, nil
}

// enter opens the root or the element of a verb.
func (p *clientPage) enter(t clientTok, name string) {
	p.namespaces = clientDeclared(p.namespaces, p.scan.buf[t.start:t.end])
	switch name {
	case "OAI-PMH":
		p.root = true
		if before := p.before(t); len(before) > 0 {
			p.report(Problem{Fault: FaultPrelude, Err: say.Errorf("%q est devant le XML", "%q stands before the XML", before)})
		}
	default:
		p.list = true
	}
	if t.kind == clientEmpty {
		p.leave(name)
	}
}

// before is how the input begins, if that is text or tags in front of the
// root.
func (p *clientPage) before(t clientTok) []byte {
	head := p.scan.head[:min(len(p.scan.head), p.scan.gone+t.start)]
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	if !p.prelude && bytes.HasPrefix(head, []byte("<")) {
		return nil // a declaration, a comment, a stylesheet
	}
	head, _, _ = bytes.Cut(head, []byte("<?xml"))
	return bytes.TrimSpace(head)
}

// leave notes an end tag: after that of the list nothing is missing, though
// some servers never send that of the root.
func (p *clientPage) leave(name string) {
	switch name {
	case "OAI-PMH", "ListRecords", "ListIdentifiers", "ListSets", "ListMetadataFormats", "GetRecord", "Identify":
		p.closed = p.root
	}
}

// leaf reads the elements that hold only text.
func (p *clientPage) leaf(e clientElement) {
	text := clientText(e.raw[e.inner.start:e.inner.end])
	switch e.name {
	case "responseDate":
		p.responseDate = p.date(text, Header{})
	case "error":
		p.errs = append(p.errs, &Error{Code: Code(clientAttr(e.raw, "code")), Message: text})
	case "resumptionToken":
		size, _ := strconv.Atoi(clientAttr(e.raw, "completeListSize"))
		p.token = clientResume{seen: true, value: text, size: max(size, 0)}
		if e.err != nil {
			p.token.value, p.token.seen = "", false
		}
	}
}

// end tells how the input ended.
func (p *clientPage) end() error {
	switch {
	case p.scan.err != io.EOF && p.root && p.closed && clientPastEnd(p.scan.err):
		p.report(Problem{Fault: FaultTransport, Err: say.Errorf("la connexion s’est interrompue derrière la fin de la réponse\u00a0: %v", "connection broke behind the end of the answer: %v", p.scan.err)})
		return io.EOF
	case p.scan.err != io.EOF:
		return p.broken()
	case !p.root:
		return say.Errorf("%v\u00a0: elle commence par %q", "%v: it begins with %q", ErrNotOAI, bytes.TrimSpace(p.scan.head))
	case !p.whole() && !p.token.seen:
		return p.broken()
	}
	return io.EOF
}

// clientPastEnd reports whether an error of a page whose end was read says
// nothing against it: servers count the bytes of an answer wrong, keep the
// connection open, or send more than a gzip file.
func clientPastEnd(err error) bool {
	return !errors.Is(err, ErrPageTooLarge) && !errors.Is(err, gzip.ErrChecksum) && !errors.Is(err, zstd.ErrCRCMismatch)
}

// whole reports whether the page is OAI-PMH to its end.
func (p *clientPage) whole() bool { return p.root && (p.closed || len(p.errs) > 0) }

// broken is the error of a page that is not whole.
func (p *clientPage) broken() error {
	if err := p.scan.err; err != nil && err != io.EOF {
		if errors.Is(err, ErrPageTooLarge) {
			return err
		}
		return clientBroken(err)
	}
	return clientBroken(io.ErrUnexpectedEOF)
}

// clientBroken is the error of an answer that broke off.
func clientBroken(err error) error {
	return clientTransient{say.Errorf("la réponse s’est interrompue\u00a0: %v", "answer broke off: %v", err)}
}

// clientAttr is the value of an attribute of the tag that raw begins with.
func clientAttr(raw []byte, name string) (value string) {
	t, _ := clientToken(raw, 0, true)
	clientAttrs(raw[:t.end], func(n, v []byte) bool {
		if string(n) == name {
			value = clientText(v)
		}
		return true
	})
	return value
}
