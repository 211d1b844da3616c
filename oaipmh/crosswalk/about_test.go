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
