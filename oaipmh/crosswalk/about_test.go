package crosswalk

import (
	"bytes"
	"testing"

	"github.com/gtnum/gtnum/model"
)

func TestAbout(t *testing.T) {
	golden(t, "about.xml", bytes.Join(About(fullRecord()), []byte("\n")))
}

// xoai reads the first alone.
func TestAboutSaysTheOriginFirst(t *testing.T) {
	about := About(fullRecord())
	if len(about) != 2 || !bytes.HasPrefix(about[0], []byte("<provenance")) || !bytes.HasPrefix(about[1], []byte("<rights")) {
		t.Errorf("got %s", bytes.Join(about, []byte("\n")))
	}
}

func TestAboutInventsNothing(t *testing.T) {
	r := bareRecord()
	r.Catalogue.Licence = ""
	if about := About(r); about != nil {
		t.Errorf("nothing is known, but about says %s", about)
	}
	r.Output.Provenance.Origins = []model.Origin{{BaseURL: "https://example.org/oai", Identifier: "oai:x:1"}}
	if about := About(r); about != nil {
		t.Errorf("an origin without dates cannot be said in the container, but about says %s", about)
	}
}

func TestDescriptions(t *testing.T) {
	golden(t, "identify.xml", bytes.Join(Descriptions(catalogue(), catalogue()), []byte("\n")))
}

// The guideline takes no identifiers of "localhost" or of a number: then
// Identify says nothing of them, rather than something invalid.
func TestDescriptionsOfAPlaceWithoutDomain(t *testing.T) {
	for base, want := range map[string]int{"https://example.org/": 2, "http://localhost:8080/": 1, "http://127.0.0.1/": 1, "": 1} {
		c := catalogue()
		c.Base = base
		if got := len(Descriptions(c)); got != want {
			t.Errorf("%q: %d descriptions, want %d", base, got, want)
		}
	}
}
