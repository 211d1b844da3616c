package main

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

// TestSpoolWithoutAFile: where no temporary file can be, memory is.
func TestSpoolWithoutAFile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/none")
	var s spool
	var want, got bytes.Buffer
	for i := range 50_000 {
		if _, err := fmt.Fprintln(&s, "line", i); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&want, "line", i)
	}
	if err := s.writeTo(&got); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
		t.Errorf("%d bytes of %d, %v", got.Len(), want.Len(), err)
	}
	s.close()
}

// TestSpool: what is written comes back, little or much, and no file stays.
func TestSpool(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, lines := range []int{0, 1, 100, 50_000} {
		var s spool
		var want, got bytes.Buffer
		for i := range lines {
			fmt.Fprintln(&s, "line", i)
			fmt.Fprintln(&want, "line", i)
		}
		if want.Len() > spoolSize != (s.file != nil) || s.buf.Len() > spoolSize {
			t.Errorf("%d lines: %d bytes in memory", lines, s.buf.Len())
		}
		if err := s.writeTo(&got); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%d lines came back as %d bytes of %d, %v", lines, got.Len(), want.Len(), err)
		}
		s.close()
		if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
			t.Errorf("%v stays", left)
		}
	}
}
