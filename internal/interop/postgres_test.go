//go:build interop && linux

package interop

import (
	"strings"
	"testing"
)

func TestInteropPostgres(t *testing.T) {
	url := Postgres(t, "work_mem=8MB")
	out := Run(t, Tool(t, "psql"), "-X", "-At", url, "-c", "show server_version_num", "-c", "show work_mem", "-c", "select upper('é')")
	if lines := strings.Fields(out); len(lines) != 3 || !strings.HasPrefix(lines[0], "15") || lines[1] != "8MB" || lines[2] != "É" {
		t.Errorf("the server answers %q, want version 15, 8MB and É", lines)
	}
}
