package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// preferred are the file types of media types that the table gives several
// for, none of them by its name.
var preferred = map[string]string{
	"application/java-archive":      "JAR",
	"application/vnd.ms-powerpoint": "PPT",
	"audio/vnd.wave":                "WAV",
	"text/xml":                      "XML",
}

// useless are media types that say too little to tell a file type.
var useless = []string{"application/octet-stream", "application/x-compressed", "application/edifact", "multipart/mixed", "multipart/related"}

// writeFileTypes writes the file type of each media type.
func writeFileTypes(b *bytes.Buffer, rows []*concept, version string) {
	best := fileTypes(rows)
	fmt.Fprintf(b, `
// FileTypes is the authority table "file-type", version %s, by media type.
// Labels of file types are the same in all languages.
var FileTypes = map[string]Concept{
`, version)
	for _, m := range slices.Sorted(maps.Keys(best)) {
		fmt.Fprintf(b, "%q: {%q, %q, %[3]q},\n", m, best[m].code, best[m].english)
	}
	b.WriteString("}\n")
}

// fileTypes returns one file type for each media type: the preferred one, the
// one named as the media type is, or the shortest, which is the most general.
// Services are no files.
func fileTypes(rows []*concept) map[string]*concept {
	best := make(map[string]*concept)
	for _, c := range rows {
		if strings.HasSuffix(c.code, "_SRVC") {
			continue
		}
		for m, code := range preferred {
			if c.code == code {
				best[m] = c
			}
		}
		for _, m := range c.mediaTypes {
			if preferred[m] == "" && strings.Contains(m, "/") && !slices.Contains(useless, m) {
				if old := best[m]; old == nil || closeness(c, m) < closeness(old, m) {
					best[m] = c
				}
			}
		}
	}
	return best
}

func closeness(c *concept, mediaType string) int {
	_, sub, _ := strings.Cut(mediaType, "/")
	if strings.EqualFold(c.code, sub) {
		return 0
	}
	return len(c.code)
}
