package dcat

import (
	"bytes"
	"io"
)

// A scanner reads bytes ahead of a parser, in a buffer that it fills again.
type scanner struct {
	r    io.Reader
	buf  []byte // what is read and not yet used
	room []byte // the whole buffer, of which buf is a part
	line int
	err  error // of r, io.EOF at the end
}

func newScanner(r io.Reader) *scanner {
	return &scanner{r: r, room: make([]byte, 32<<10), line: 1}
}

// at returns the byte n places ahead, 0 after the end.
func (s *scanner) at(n int) byte {
	if n < len(s.buf) || s.fill(n) {
		return s.buf[n]
	}
	return 0
}

// fill reads until the byte n places ahead is there, and reports whether
// there is one.
func (s *scanner) fill(n int) bool {
	for n >= len(s.buf) && s.err == nil {
		if n >= len(s.room) {
			s.room = append(s.room, make([]byte, len(s.room))...)
		}
		kept := copy(s.room, s.buf)
		var m int
		m, s.err = s.r.Read(s.room[kept:])
		s.buf = s.room[:kept+m]
	}
	return n < len(s.buf)
}

// skip uses n bytes, all of them read.
func (s *scanner) skip(n int) {
	if n == 1 {
		if s.buf[0] == '\n' {
			s.line++
		}
	} else {
		s.line += bytes.Count(s.buf[:n], []byte{'\n'})
	}
	s.buf = s.buf[n:]
}

// done reports whether everything is used.
func (s *scanner) done() bool { return len(s.buf) == 0 && !s.fill(0) }

// space skips white space and comments.
func (s *scanner) space() {
	for !s.done() {
		switch s.buf[0] {
		case ' ', '\t', '\r', '\n':
			s.skip(1)
		case '#':
			for !s.done() && s.buf[0] != '\n' {
				if i := bytes.IndexByte(s.buf, '\n'); i >= 0 {
					s.buf = s.buf[i:]
				} else {
					s.buf = s.buf[len(s.buf):]
				}
			}
		default:
			return
		}
	}
}
