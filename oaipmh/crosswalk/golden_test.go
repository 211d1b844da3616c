package crosswalk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"testing"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

func TestGolden(t *testing.T) {
	for _, f := range Formats(Options{}) {
		for name, r := range map[string]model.Record{"full": fullRecord(), "bare": bareRecord(), "untitled": untitledRecord()} {
			t.Run(f.Prefix+"/"+name, func(t *testing.T) {
				got, err := f.Append(nil, r)
				refuses := f.Accepts != nil && !f.Accepts(r)
				if refuses != errors.Is(err, oaipmh.ErrCannotDisseminate) {
					t.Fatalf("Accepts and Append disagree: %v", err)
				}
				if refuses {
					got = []byte("<!-- " + err.Error() + " -->")
				} else if err != nil {
					t.Fatal(err)
				}
				golden(t, f.Prefix+"."+name+".xml", got)
			})
		}
	}
}

// Stores keep what a format with a Revision wrote, and use it for as long as the
// Revision stays.
func TestRevisionNamesWhatIsWritten(t *testing.T) {
	want := map[string]string{
		"oai_dc 2": "8eeac29f46c07c10",
	}
	cat := generate.Catalogue(generate.Options{Records: 1000, Seed: 1})
	for _, f := range Formats(Options{}) {
		if f.Revision == "" {
			continue
		}
		h := sha256.New()
		for _, r := range append(slices.Collect(cat.Records()), fullRecord(), bareRecord(), untitledRecord()) {
			text, err := f.Append(nil, r)
			if err != nil {
				t.Fatal(err)
			}
			h.Write(text)
		}
		name, sum := f.Prefix+" "+f.Revision, hex.EncodeToString(h.Sum(nil)[:8])
		if want[name] != sum {
			t.Errorf("%s writes %s now, it wrote %q: raise its Revision, so that stores write theirs anew, and set both here", name, sum, want[name])
		}
	}
}
