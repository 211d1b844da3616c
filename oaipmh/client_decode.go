package oaipmh

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"github.com/gtnum/gtnum/internal/say"
)

const clientPeekSize = 1024

// clientInflate reads through gzip and zstd. It goes by the first bytes:
// servers send Content-Encoding: gzip with plain XML, and the reverse.
func clientInflate(r io.Reader) (io.Reader, func(), error) {
	br := bufio.NewReader(r)
	magic, err := br.Peek(4)
	switch {
	case err != nil && err != io.EOF:
		return nil, nil, err
	case bytes.HasPrefix(magic, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, nil, err
		}
		return z, func() { z.Close() }, nil
	case bytes.HasPrefix(magic, []byte("\x28\xb5\x2f\xfd")):
		z, err := zstd.NewReader(br, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	}
	return br, func() {}, nil
}

// clientLimit reads up to n bytes, then fails with ErrPageTooLarge.
type clientLimit struct {
	r io.Reader
	n int64
}

func (l *clientLimit) Read(p []byte) (int, error) {
	if l.n <= 0 {
		if n, err := io.ReadFull(l.r, make([]byte, 1)); n == 0 {
			return 0, err
		}
		return 0, ErrPageTooLarge
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.n)])
	l.n -= int64(n)
	return n, err
}

// clientDecode reads a page as UTF-8, where bytes that are no UTF-8 may
// remain: clientClean reads those as windows-1252. It returns an error for
// people if the encodings declared disagree.
//
// The rule: a byte order mark decides; else, of the two declarations in
// Content-Type and in the XML, UTF-8 wins if either says so, since other
// encodings hardly ever look like UTF-8 and a servlet container's default
// Content-Type is ISO-8859-1; else the XML's own.
func clientDecode(r io.Reader, contentType string) (io.Reader, error) {
	br := bufio.NewReaderSize(r, clientPeekSize)
	head, _ := br.Peek(clientPeekSize)
	if bytes.HasPrefix(head, []byte("\ufeff")) {
		return br, nil
	}
	if enc := clientBOM(head); enc != nil {
		return enc.NewDecoder().Reader(br), nil
	}
	_, params, _ := mime.ParseMediaType(contentType)
	outer, outerErr := clientEncoding(params["charset"])
	inner, innerErr := clientEncoding(clientXMLEncoding(head))
	var fault error
	switch {
	case outerErr != nil:
		fault = outerErr
	case innerErr != nil:
		fault = innerErr
	case outer != nil && inner != nil && outer != inner:
		fault = say.Errorf("Content-Type annonce %s, le XML %s", "Content-Type says %s, the XML %s", params["charset"], clientXMLEncoding(head))
	}
	enc := inner
	if enc == nil || outer == unicode.UTF8 {
		enc = outer
	}
	if enc == nil || enc == unicode.UTF8 {
		return br, fault
	}
	return enc.NewDecoder().Reader(br), fault
}

// clientBOM is the encoding of UTF-16, which its first bytes show with and
// without a byte order mark.
func clientBOM(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<\x00?")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00?\x00")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}

// clientEncoding finds an encoding by name; nil for no name. ISO-8859-1 is
// windows-1252, its superset, as everywhere on the web.
func clientEncoding(name string) (encoding.Encoding, error) {
	if name == "" {
		return nil, nil
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return nil, say.Errorf("encodage inconnu\u00a0: %q", "unknown encoding %q", name)
	}
	if n, _ := htmlindex.Name(enc); strings.HasPrefix(n, "utf-16") {
		return unicode.UTF8, nil // the declaration could be read, so it is not
	}
	return enc, nil
}

// clientXMLEncoding is the encoding that an XML declaration names.
func clientXMLEncoding(head []byte) string {
	i := bytes.Index(head, []byte("<?xml "))
	if i < 0 {
		return ""
	}
	decl, _, _ := bytes.Cut(head[i:], []byte("?>"))
	_, value, _ := bytes.Cut(decl, []byte("encoding"))
	value = bytes.TrimLeft(value, "= \t\r\n")
	if len(value) < 2 {
		return ""
	}
	name, _, ok := bytes.Cut(value[1:], value[:1])
	if !ok {
		return ""
	}
	return string(name)
}
