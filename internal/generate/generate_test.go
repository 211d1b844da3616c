package generate

import (
	"bytes"
	"testing"

	"github.com/gtnum/gtnum/model"
)

func TestTheSameOptionsGiveTheSameBytes(t *testing.T) {
	var a, b, other bytes.Buffer
	for w, seed := range map[*bytes.Buffer]uint64{&a: 1, &b: 1, &other: 2} {
		if err := Catalogue(Options{Records: 50, Seed: seed}).WriteJSON(w); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two runs differ")
	}
	if bytes.Equal(a.Bytes(), other.Bytes()) {
		t.Error("the seed changes nothing")
	}
}

func TestTheCatalogueIsSound(t *testing.T) {
	var b bytes.Buffer
	if err := Catalogue(Options{Records: 2000, Seed: 1}).WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b.Bytes(), []byte("\ufffd")) || bytes.Contains(b.Bytes(), []byte(`\ufffd`)) {
		t.Error("a character was cut in two")
	}
	cat, err := model.Parse("generated.json", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range cat.Validate() {
		if p.Severity == model.Error {
			t.Error(p)
		}
	}
	seen := map[model.Kind]int{}
	for _, o := range cat.Outputs {
		seen[o.Kind]++
	}
	if len(seen) != len(kinds) {
		t.Errorf("%d kinds of %d", len(seen), len(kinds))
	}
}

func TestARevisionChangesOneInAHundred(t *testing.T) {
	for r := range 3 {
		before, after := Catalogue(Options{Records: 1000, Revision: r}), Catalogue(Options{Records: 1000, Revision: r + 1})
		changed := 0
		for i := range before.Outputs {
			if before.Outputs[i].Title.String() != after.Outputs[i].Title.String() {
				changed++
			}
		}
		if changed != 10 {
			t.Errorf("revision %d changes %d of 1000", r+1, changed)
		}
	}
}
