package oaipmh

import (
	"bytes"
	"iter"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// coding is a content coding that the provider offers.
type coding struct {
	name   string
	encode func(dst, src []byte) []byte
}

// codings in the order of preference among equals. Never compress or deflate:
// harvesters take them for something else.
var codings = []coding{
	{"zstd", func(dst, src []byte) []byte { return zstdEncoder().EncodeAll(src, dst) }},
	{"gzip", encodeGzip},
}

var zstdEncoder = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<20))
	if err != nil {
		panic(err) // options that are constants
	}
	return e
})

var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return w
}}

func encodeGzip(dst, src []byte) []byte {
	buf := bytes.NewBuffer(dst)
	w := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(w)
	w.Reset(buf)
	w.Write(src) // a bytes.Buffer takes all
	w.Close()
	return buf.Bytes()
}

// chooseCoding returns the coding that the Accept-Encoding of a request
// prefers, nil for none: RFC 9110, section 12.5.3. A coding must be named to
// be used: clients write * without being ready for zstd.
func chooseCoding(accept []string) *coding {
	if len(accept) == 0 {
		return nil
	}
	quality := qualities(accept)
	var best *coding
	most := quality["identity"]
	for i := range codings {
		if q := quality[codings[i].name]; q > 0 && (q > most || best == nil && q >= most) {
			best, most = &codings[i], q
		}
	}
	return best
}

// qualities parses a header of tokens with q-values. A q-value that cannot be
// parsed counts as none.
func qualities(header []string) map[string]float64 {
	q := map[string]float64{}
	for _, line := range header {
		for element := range split(line, ',') {
			name, params, _ := strings.Cut(element, ";")
			q[strings.ToLower(strings.TrimSpace(name))] = qvalue(params)
		}
	}
	return q
}

// split yields what a separator parts outside of quoted strings: RFC 9110,
// section 5.6.
func split(s string, separator byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		start, quoted := 0, false
		for i := 0; i < len(s); i++ {
			switch {
			case s[i] == '"':
				quoted = !quoted
			case s[i] == '\\' && quoted:
				i++
			case s[i] == separator && !quoted:
				if !yield(s[start:i]) {
					return
				}
				start = i + 1
			}
		}
		yield(s[start:])
	}
}

func qvalue(params string) float64 {
	for param := range split(params, ';') {
		name, value, _ := strings.Cut(param, "=")
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !(q >= 0 && q <= 1) {
				return 0
			}
			return q
		}
	}
	return 1
}
