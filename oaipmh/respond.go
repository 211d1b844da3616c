package oaipmh

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// respond appends the whole response to a request. An error is one of the
// repository, not of the request.
func (p *Provider[R]) respond(ctx context.Context, dst []byte, args arguments) ([]byte, error) {
	date, err := p.asOf(ctx)
	if err != nil {
		return dst, err
	}
	a := answer[R]{p: p, asOf: date}
	a.req, a.faults = parseRequest(args)
	if a.req.resumed {
		a.resume()
	} else if err := a.checkNames(ctx); err != nil {
		return dst, err
	}
	start := len(dst)
	if a.faults == nil {
		dst = a.appendHead(dst)
		dst, err = a.verb(ctx, dst)
		if !errors.As(err, &a.faults) && err != nil {
			return dst, err
		}
	}
	if a.faults != nil {
		dst = a.appendFaults(a.appendHead(dst[:start]))
	}
	return append(dst, "</OAI-PMH>\n"...), nil
}

func (a *answer[R]) appendFaults(dst []byte) []byte {
	for _, fault := range a.faults {
		dst = append(dst, `<error code="`...)
		dst = append(dst, fault.Code...)
		dst = append(dst, `">`...)
		dst = AppendText(dst, fault.Message)
		dst = append(dst, "</error>\n"...)
	}
	return dst
}

// answer is what it takes to answer one request.
type answer[R any] struct {
	p      *Provider[R]
	req    request
	faults faults
	format *Format[R]
	asOf   time.Time // the responseDate
	from   token     // where a list starts
	about  []byte    // the last container that was found well-formed
	// admitted says that the repository has left out what the format refuses.
	admitted bool
}

// checkNames finds the format that a request names and, so that a harvester
// learns all its faults at once, whether a record and sets that it names exist
// where the request cannot be answered anyway.
func (a *answer[R]) checkNames(ctx context.Context) error {
	prefix := a.req.sel.MetadataPrefix
	if !prefixPattern.MatchString(prefix) {
		return nil
	}
	if a.format = a.p.format(prefix); a.format != nil {
		return nil
	}
	a.faults.add(CannotDisseminateFormat, "there is no format %s; ListMetadataFormats tells which there are", quote(prefix))
	var more faults
	var err error
	switch {
	case a.req.identifier != "":
		_, err = a.record(ctx)
	case a.req.sel.Set != "":
		err = a.checkSets(ctx)
	}
	if errors.As(err, &more) {
		a.faults = append(a.faults, more...)
		return nil
	}
	return err
}

// checkSets returns noSetHierarchy if the repository has no sets.
func (a *answer[R]) checkSets(ctx context.Context) error {
	for _, err := range a.p.repo.Sets(ctx, "") {
		if errors.Is(err, ErrNoSets) {
			break
		}
		return err
	}
	return fault(NoSetHierarchy, "the repository has no sets")
}

const head = `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
`

// appendHead appends what every response starts with. The arguments are not
// repeated where one of them was refused: OAI-PMH 2.0, section 3.2 "XML
// Response Format".
func (a *answer[R]) appendHead(dst []byte) []byte {
	dst = append(dst, head...)
	dst = append(dst, "<responseDate>"...)
	dst = appendDate(dst, a.asOf)
	dst = append(dst, "</responseDate>\n<request"...)
	if !a.faults.hideArguments() {
		for _, arg := range a.req.args {
			dst = append(dst, ' ')
			dst = append(dst, arg.name...)
			dst = append(dst, `="`...)
			dst = AppendAttr(dst, arg.value)
			dst = append(dst, '"')
		}
	}
	dst = append(dst, '>')
	dst = AppendText(dst, a.p.opts.BaseURL)
	return append(dst, "</request>\n"...)
}

// verb appends the element of the verb. It returns faults for error
// conditions of the protocol.
func (a *answer[R]) verb(ctx context.Context, dst []byte) ([]byte, error) {
	switch a.req.verb.name {
	case "Identify":
		return a.identify(ctx, dst)
	case "ListMetadataFormats":
		return a.listMetadataFormats(ctx, dst)
	case "ListSets":
		return a.listSets(ctx, dst)
	case "GetRecord":
		return a.getRecord(ctx, dst)
	default:
		return a.listRecords(ctx, dst)
	}
}

func (a *answer[R]) identify(ctx context.Context, dst []byte) ([]byte, error) {
	o := &a.p.opts
	earliest := a.asOf
	for rec, err := range a.p.repo.Records(ctx, Selection{}, Key{}) {
		if err != nil {
			return dst, err
		}
		earliest = rec.Datestamp
		break
	}
	dst = append(dst, "<Identify>\n"...)
	dst = appendElement(dst, "repositoryName", o.Name)
	dst = appendElement(dst, "baseURL", o.BaseURL)
	dst = appendElement(dst, "protocolVersion", "2.0")
	for _, email := range o.AdminEmails {
		dst = appendElement(dst, "adminEmail", email)
	}
	dst = append(dst, "<earliestDatestamp>"...)
	dst = appendDate(dst, earliest)
	dst = append(dst, "</earliestDatestamp>\n"...)
	dst = appendElement(dst, "deletedRecord", string(o.DeletedRecord))
	dst = appendElement(dst, "granularity", "YYYY-MM-DDThh:mm:ssZ")
	for _, c := range codings {
		dst = appendElement(dst, "compression", c.name)
	}
	for _, d := range o.Descriptions {
		dst = append(dst, "<description>"...)
		dst = append(dst, d...)
		dst = append(dst, "</description>\n"...)
	}
	return append(dst, "</Identify>\n"...), nil
}

func (a *answer[R]) listMetadataFormats(ctx context.Context, dst []byte) ([]byte, error) {
	can := func(*Format[R]) bool { return true }
	if _, n := a.req.args.get("identifier"); n > 0 {
		rec, err := a.record(ctx)
		if err != nil {
			return dst, err
		}
		can = func(f *Format[R]) bool {
			_, err := render(f, dst[len(dst):], &rec) // into what is free of the buffer
			return err == nil
		}
	}
	dst = append(dst, "<ListMetadataFormats>\n"...)
	n := 0
	for i := range a.p.formats {
		f := &a.p.formats[i]
		if !can(f) {
			continue
		}
		n++
		dst = append(dst, "<metadataFormat>\n"...)
		dst = appendElement(dst, "metadataPrefix", f.Prefix)
		dst = appendElement(dst, "schema", f.Schema)
		dst = appendElement(dst, "metadataNamespace", f.Namespace)
		dst = append(dst, "</metadataFormat>\n"...)
	}
	if n == 0 {
		return dst, fault(NoMetadataFormats, "no format expresses the record")
	}
	return append(dst, "</ListMetadataFormats>\n"...), nil
}

// record fetches the record of the request.
func (a *answer[R]) record(ctx context.Context) (Record[R], error) {
	id := a.req.identifier
	rec, err := a.p.repo.Record(ctx, id)
	switch {
	case errors.Is(err, ErrNotFound) && !isURI(id):
		return rec, fault(BadArgument, "identifier %s is not a URI", quote(id))
	case errors.Is(err, ErrNotFound):
		return rec, fault(IDDoesNotExist, "no record has the identifier %s", quote(id))
	}
	return rec, err
}

func (a *answer[R]) getRecord(ctx context.Context, dst []byte) ([]byte, error) {
	rec, err := a.record(ctx)
	if err != nil {
		return dst, err
	}
	dst = append(dst, "<GetRecord>\n"...)
	dst, err = a.appendRecord(dst, &entry[R]{Record: rec})
	if err != nil {
		if !errors.Is(err, ErrCannotDisseminate) {
			a.p.report(ctx, &RecordError{rec.Identifier, a.format.Prefix, err})
		}
		return dst, fault(CannotDisseminateFormat, "the record cannot be expressed in %s", a.format.Prefix)
	}
	return append(dst, "</GetRecord>\n"...), nil
}

// fault returns one error condition.
func fault(code Code, format string, args ...any) error {
	return faults{{code, fmt.Sprintf(format, args...)}}
}
