package crosswalk

import (
	"errors"
	"testing"

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
