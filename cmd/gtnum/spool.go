package main

import (
	"bytes"
	"io"
	"os"
)

// spool keeps what is to be written later: a little in memory, the rest in a
// temporary file, or in memory too where none can be. The zero value is an empty
// one.
type spool struct {
	buf      bytes.Buffer
	file     *os.File
	homeless bool
}

// spoolSize is what is kept in memory.
const spoolSize = 256 << 10

func (s *spool) Write(p []byte) (int, error) {
	s.buf.Write(p)
	if s.buf.Len() < spoolSize || s.homeless {
		return len(p), nil
	}
	if s.file == nil {
		file, err := os.CreateTemp("", "gtnum-*")
		if err != nil {
			s.homeless = true
			return len(p), nil
		}
		s.file = file
		os.Remove(file.Name()) // where the system lets: then nothing stays of it, whatever ends the program
	}
	_, err := s.buf.WriteTo(s.file)
	return len(p), err
}

// writeTo writes all of it.
func (s *spool) writeTo(w io.Writer) error {
	if s.file != nil {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(w, s.file); err != nil {
			return err
		}
	}
	_, err := s.buf.WriteTo(w)
	return err
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
