package oaipmh

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"

	"github.com/gtnum/gtnum/internal/say"
)

// Format is a way to express records in XML: OAI-PMH 2.0, section 3.4
// "metadataPrefix and Metadata Schema". It is a value, so that an embedder
// writes one down and hands it to [NewProvider].
type Format[R any] struct {
	// Prefix is the metadataPrefix, such as "oai_dc".
	Prefix string
	// Schema is the address of the XML schema.
	Schema string
	// Namespace is the namespace of the element that Append writes. Some
	// harvesters find formats by it, so no two formats should share one.
	Namespace string

	// Revision grows whenever Append comes to write other bytes of the same
	// record, so that stores know which of the metadata that they keep they
	// would write so today. Empty forbids to keep it.
	Revision string

	// Append appends the record's metadata to dst and returns the longer
	// slice: exactly one element that declares every namespace it uses, with
	// no XML declaration before it, since harvesters cut it out and parse it
	// alone. [AppendText] and [AppendAttr] write what goes inside. It returns
	// an error that is ErrCannotDisseminate for a record that the format
	// cannot express, and is never called for a deleted one, nor for one that
	// carries the format in its Rendered. It must be safe for concurrent use
	// and must not keep dst.
	Append func(dst []byte, r R) ([]byte, error)

	// Accepts says, cheaply, whether the format can express a record. It
	// must say no wherever Append would return ErrCannotDisseminate: headers,
	// counts and ListMetadataFormats believe it. Nil accepts every record. It
	// is not asked about a record that carries the format.
	Accepts func(r R) bool
}

// Render returns the metadata of a record, made once for all answers. The error
// is that of Append, which is not called for a record that Accepts refuses.
func (f *Format[R]) Render(r R) (Rendered, error) {
	buf := buffers.Get().(*[]byte)
	defer putBuffer(buf)
	xml, err := render(f, (*buf)[:0], &Record[R]{Value: r})
	if err != nil {
		return Rendered{}, err
	}
	*buf = xml
	return Rendered{f.Prefix, string(xml)}, nil
}

// accepts reports whether the format claims to express r. One record must not
// take a whole page with it, so a panic is an error like any other.
func (f *Format[R]) accepts(r R) (ok bool, err error) {
	if f.Accepts == nil {
		return true, nil
	}
	defer func() {
		if v := recover(); v != nil {
			ok, err = false, say.Errorf("panique\u00a0: %v", "panic: %v", v)
		}
	}()
	return f.Accepts(r), nil
}

// admits returns why a list in the format leaves a record out, nil if it does
// not.
func (f *Format[R]) admits(rec *Record[R]) error {
	if rec.Deleted || rec.carried(f.Prefix) != "" {
		return nil
	}
	ok, err := f.accepts(rec.Value)
	if err == nil && !ok {
		err = ErrCannotDisseminate
	}
	return err
}

// prefixPattern is the metadataPrefixType of the schema.
var prefixPattern = regexp.MustCompile(`^[A-Za-z0-9\-_.!~*'()]+$`)

// check returns what would make responses with the format invalid.
func (f *Format[R]) check() error {
	var errs []error
	if !prefixPattern.MatchString(f.Prefix) {
		errs = append(errs, fmt.Errorf("format %q: a prefix is one or more of A-Z a-z 0-9 - _ . ! ~ * ' ( )", f.Prefix))
	}
	if !absolute(f.Schema) {
		errs = append(errs, fmt.Errorf("format %q: schema %q is not an absolute URL", f.Prefix, f.Schema))
	}
	if !absolute(f.Namespace) {
		errs = append(errs, fmt.Errorf("format %q: namespace %q is not an absolute URI", f.Prefix, f.Namespace))
	}
	if f.Append == nil {
		errs = append(errs, fmt.Errorf("format %q: Append is nil", f.Prefix))
	}
	return errors.Join(errs...)
}

// absolute reports whether s is a URI with a scheme.
func absolute(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.IsAbs()
}

// Prerendered returns a format of the records that carry it in their Rendered,
// and of no other.
func Prerendered[R any](prefix, schema, namespace string) Format[R] {
	return Format[R]{
		Prefix:    prefix,
		Schema:    schema,
		Namespace: namespace,
		Accepts:   func(R) bool { return false },
		Append:    func(dst []byte, _ R) ([]byte, error) { return dst, ErrCannotDisseminate },
	}
}
