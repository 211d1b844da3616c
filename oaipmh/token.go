package oaipmh

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"time"
)

// token is where a list stands, and all there is to know of it: the server
// keeps no state, so that a token outlives restarts and every replica that
// has the key honours it. OAI-PMH 2.0, section 3.5 "Flow Control".
type token struct {
	verb  string
	sel   Selection
	after Key // of the last record that was taken, or its identifier a setSpec
	// cursor is the number of elements already sent, total the size of the
	// complete list, counted once.
	cursor, total int
	// bound, if not zero, is what the responseDate of the pages to come must
	// not exceed. See listing.
	bound time.Time
}

const (
	tokenVersion = 1
	macSize      = 16
)

var errToken = errors.New("not a resumptionToken of this repository")

// tokens are written with characters that no harvester gets wrong in a query.
var tokenText = base64.RawURLEncoding.Strict()

// keyring signs with its first key and accepts the signature of any.
type keyring [][]byte

func (k keyring) append(dst []byte, t *token) []byte {
	data := []byte{tokenVersion, byte(verbIndex(t.verb))}
	for _, s := range []string{t.sel.MetadataPrefix, t.sel.Set, t.after.Identifier} {
		data = binary.AppendUvarint(data, uint64(len(s)))
		data = append(data, s...)
	}
	for _, d := range []time.Time{t.sel.From, t.sel.Until, t.after.Datestamp, t.bound} {
		data = appendTime(data, d)
	}
	data = binary.AppendUvarint(data, uint64(t.cursor))
	data = binary.AppendUvarint(data, uint64(t.total))
	data = append(data, mac(k[0], data)...)
	return tokenText.AppendEncode(dst, data)
}

func (k keyring) parse(s string) (*token, error) {
	data, err := tokenText.DecodeString(s)
	if err != nil || len(data) < macSize+2 {
		return nil, errToken
	}
	data, sum := data[:len(data)-macSize], data[len(data)-macSize:]
	if !k.signed(data, sum) || data[0] != tokenVersion || int(data[1]) >= len(verbs) {
		return nil, errToken
	}
	t := &token{verb: verbs[data[1]].name}
	r := tokenReader{data[2:], nil}
	t.sel.MetadataPrefix, t.sel.Set, t.after.Identifier = r.string(), r.string(), r.string()
	t.sel.From, t.sel.Until, t.after.Datestamp, t.bound = r.time(), r.time(), r.time(), r.time()
	t.cursor, t.total = int(r.uint()), int(r.uint())
	return t, r.err
}

func (k keyring) signed(data, sum []byte) bool {
	for _, key := range k {
		if hmac.Equal(mac(key, data), sum) {
			return true
		}
	}
	return false
}

func mac(key, data []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(data)
	return h.Sum(nil)[:macSize]
}

// appendTime writes the zero time as 0, and a time to the nanosecond: a
// repository should keep whole seconds, but one that does not must not loop.
func appendTime(dst []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(dst, 0)
	}
	dst = append(dst, 1)
	dst = binary.AppendVarint(dst, t.Unix())
	return binary.AppendUvarint(dst, uint64(t.Nanosecond()))
}

// tokenReader reads what keyring.append wrote; its error is sticky.
type tokenReader struct {
	data []byte
	err  error
}

func (r *tokenReader) uint() uint64 {
	n, size := binary.Uvarint(r.data)
	return read(r, n, size)
}

func (r *tokenReader) int() int64 {
	n, size := binary.Varint(r.data)
	return read(r, n, size)
}

func (r *tokenReader) string() string {
	n := r.uint()
	if n > uint64(len(r.data)) {
		r.fail()
		return ""
	}
	s := string(r.data[:n])
	r.data = r.data[n:]
	return s
}

func (r *tokenReader) time() time.Time {
	if r.uint() == 0 {
		return time.Time{}
	}
	return time.Unix(r.int(), int64(r.uint())).UTC()
}

func (r *tokenReader) fail() { r.data, r.err = nil, errToken }

func read[N int64 | uint64](r *tokenReader, n N, size int) N {
	if size <= 0 {
		r.fail()
		return 0
	}
	r.data = r.data[size:]
	return n
}
