package oaipmh

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var testKeys = keyring{[]byte("0123456789abcdef")}

func TestTokenRoundTrip(t *testing.T) {
	at := time.Date(2023, 5, 12, 8, 0, 0, 5, time.UTC)
	tests := map[string]token{
		"a list":                       {verb: "ListRecords", sel: Selection{From: at, Until: at.Add(1), Set: "a:b", MetadataPrefix: "oai_dc"}, after: Key{at, "oai:é:1"}, cursor: 100, total: 1 << 40, bound: at},
		"nothing but a verb":           {verb: "ListSets"},
		"a set with a NUL":             {verb: "ListSets", after: Key{Identifier: "a\x00b"}},
		"a datestamp before 1970":      {verb: "ListIdentifiers", after: Key{time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), ""}},
		"the last second of year 9999": {verb: "ListIdentifiers", after: Key{time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), ""}},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := testKeys.parse(string(testKeys.append(nil, &want)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&want, got, cmp.AllowUnexported(token{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// FuzzToken proves that no bytes, even well signed, do worse than an error,
// and that what is read is written as the same token again.
func FuzzToken(f *testing.F) {
	f.Add([]byte("\x01\x04\x06oai_dc\x00\x00\x00\x00\x00\x00\x01\x02"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := testKeys.parse(string(data)); err == nil {
			t.Fatalf("%q is a token without having been signed", data)
		}
		signed := tokenText.EncodeToString(append(data, mac(testKeys[0], data)...))
		tok, err := testKeys.parse(signed)
		if err != nil {
			return
		}
		again, err := testKeys.parse(string(testKeys.append(nil, tok)))
		if err != nil || !cmp.Equal(tok, again, cmp.AllowUnexported(token{})) {
			t.Errorf("%+v is read back as %+v, %v", tok, again, err)
		}
	})
}
