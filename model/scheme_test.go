package model_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/model"
)

const tube = "tube-numerique-educatif.apps.education.fr"

func TestIdentifiersAreNormalised(t *testing.T) {
	tests := []struct {
		scheme      model.Scheme
		value, want string
	}{
		{model.DOI, "10.5281/ZENODO.7648514", "10.5281/zenodo.7648514"},
		{model.DOI, " doi:10.5281/zenodo.7648514 ", "10.5281/zenodo.7648514"},
		{model.DOI, "http://dx.doi.org/10.5281/zenodo.7648514", "10.5281/zenodo.7648514"},
		{model.DOI, "https://www.doi.org/10.5281/zenodo.7648514?nosfx=1#x", "10.5281/zenodo.7648514"},
		{model.DOI, "https://doi.org/10.1002/%28SICI%291096-8644(199601)99:1%3C1::AID-AJPA1%3E3.0.CO;2-1", "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1"},
		{model.DOI, "10.1000/a%41", "10.1000/a%41"}, // not an address: nothing is escaped
		{model.HAL, "hal-03526140", "hal-03526140"},
		{model.HAL, "HAL-03526140V1", "hal-03526140v1"},
		{model.HAL, "https://hal.science/hal-03526140v1", "hal-03526140v1"},
		{model.HAL, "https://hal.u-pec.fr/hal-03928000", "hal-03928000"},
		{model.HAL, "https://shs.hal.science/halshs-01234567/document", "halshs-01234567"},
		{model.HAL, "https://hal.archives-ouvertes.fr/tel-01234567v2/file/t.pdf", "tel-01234567v2"},
		{model.HAL, "http://archivesic.ccsd.cnrs.fr/sic_00001234", ""},
		{model.HAL, "sic_00001234", "sic_00001234"},
		{model.HAL, "in2p3-00012345", "in2p3-00012345"},
		{model.HAL, "hal-lara-03640000v1", "hal-lara-03640000v1"},
		{model.HAL, "https://example.org/hal-03526140", ""},
		{model.HAL, "hal-0352614", ""},
		{model.HAL, "hal-03526140v0", ""},
		{model.HAL, "03526140", ""},
		{model.Zenodo, "7648514", "7648514"},
		{model.Zenodo, "https://zenodo.org/record/7648514#.ZDe-P-xBzGE", "7648514"},
		{model.Zenodo, "https://zenodo.org/records/7648514/files/a.csv", "7648514"},
		{model.Zenodo, "10.5281/zenodo.7648514", "7648514"},
		{model.Zenodo, "https://zenodo.org/communities/7648514", ""},
		{model.Zenodo, "https://example.org/record/7648514", ""},
		{model.Zenodo, "0", ""},
		{model.PeerTube, "https://" + tube + "/w/kkKkuQtzCfSY3owaZxjG69", tube + "/kkKkuQtzCfSY3owaZxjG69"},
		{model.PeerTube, "https://" + tube + "/w/kkKkuQtzCfSY3owaZxjG69?start=10s", tube + "/kkKkuQtzCfSY3owaZxjG69"},
		{model.PeerTube, "https://Tube.example.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d", "tube.example.org/kkGMgK9ZtnKfYAgnEtQxbv"},
		{model.PeerTube, "Tube.example.org/9C9DE5E8-0A1E-484A-B099-E80766180A6D", "tube.example.org/kkGMgK9ZtnKfYAgnEtQxbv"},
		{model.PeerTube, "kkKkuQtzCfSY3owaZxjG69", ""},
		{model.PeerTube, "/kkKkuQtzCfSY3owaZxjG69", ""},
		{model.PeerTube, "https://" + tube + "/c/gtnum_pleiades/videos", ""},
		{model.PeerTube, "https://" + tube + "/w/p/kkKkuQtzCfSY3owaZxjG69", ""},
		{model.PeerTube, tube + "/0OIl", ""},
		{model.OpenEdition, "ree/11158", "ree/11158"},
		{model.OpenEdition, "https://journals.openedition.org/ree/11158?lang=en", "ree/11158"},
		{model.OpenEdition, "https://books.openedition.org/ree/11158", ""},
		{model.OpenEdition, "https://journals.openedition.org/ree/", ""},
		{model.Prairial, "https://publications-prairial.fr/diversite/index.php?id=1653&lang=fr", "diversite/1653"},
		{model.Prairial, "https://publications-prairial.fr/diversite/1653", "diversite/1653"},
		{model.Prairial, "diversite/1982", "diversite/1982"},
		{model.Prairial, "https://publications-prairial.fr/diversite/index.php?lang=fr", ""},
		{model.Prairial, "https://example.org/diversite/index.php?id=1653", ""},
		{model.Hypotheses, "https://edunumrech.hypotheses.org/2875", "edunumrech/2875"},
		{model.Hypotheses, "https://edunumrech.hypotheses.org/", ""},
		{model.Hypotheses, "https://hypotheses.org/2875", ""},
		{model.Handle, "https://hdl.handle.net/20.500.12345/42", "20.500.12345/42"},
		{model.Handle, "hdl:20.500.12345/42", "20.500.12345/42"},
		{model.Handle, "20.500.12345", ""},
		{model.ARK, "ark:/12148/btv1b8449691v", "ark:12148/btv1b8449691v"},
		{model.ARK, "12148/btv1b8449691v", "ark:12148/btv1b8449691v"},
		{model.ARK, "https://gallica.bnf.fr/ark:/12148/btv1b8449691v?lang=fr", "ark:12148/btv1b8449691v"},
		{model.ARK, "https://gallica.bnf.fr/12148/btv1b8449691v", ""},
		{model.ARK, "ark:1/x", ""},
		{model.URN, "urn:nbn:fr:1234", "urn:nbn:fr:1234"},
		{model.URN, "nbn:fr:1234", "urn:nbn:fr:1234"},
		{model.URN, "urn:", ""},
		{model.Local, "A-42", "A-42"},
		{model.Local, "  ", ""},
		{model.Local, "A\x0042", ""},
		{model.Local, "A\xff42", ""},
		{"nope", "x", ""},
	}
	for _, test := range tests {
		t.Run(string(test.scheme)+" "+test.value, func(t *testing.T) { checkIdentifier(t, test.scheme, test.value, test.want) })
	}
}

// checkIdentifier wants a normal form, or an error if that is "".
func checkIdentifier(t *testing.T, scheme model.Scheme, value, want string) {
	t.Helper()
	id, err := model.NewIdentifier(scheme, value)
	if want == "" {
		var refused *model.IdentifierError
		if !errors.As(err, &refused) || refused.Scheme != scheme || refused.Value != value || len(refused.Reason) != 2 {
			t.Fatalf("got %v, error %#v, want an *IdentifierError with scheme, value and reason", id, err)
		}
		return
	}
	if err != nil || id != (model.Identifier{Scheme: scheme, Value: want}) {
		t.Fatalf("got %v, %v, want %s", id, err, want)
	}
}

func TestHALVersionSplitsDepositAndVersion(t *testing.T) {
	for value, want := range map[string]struct {
		deposit string
		version int
	}{
		"hal-03526140v1":   {"hal-03526140", 1},
		"hal-03526140v12":  {"hal-03526140", 12},
		"hal-03526140":     {"hal-03526140", 0},
		"univ-03526140":    {"univ-03526140", 0},
		"in2p3-00012345v2": {"in2p3-00012345", 2},
	} {
		deposit, version := model.HALVersion(model.Identifier{Scheme: model.HAL, Value: value})
		if deposit != want.deposit || version != want.version {
			t.Errorf("%s: got %s, %d, want %s, %d", value, deposit, version, want.deposit, want.version)
		}
	}
}

func TestZenodoRecordAndDOIFollowFromEachOther(t *testing.T) {
	record := model.Identifier{Scheme: model.Zenodo, Value: "7648514", Derived: true}
	doi, ok := model.ZenodoDOI(record)
	if want := (model.Identifier{Scheme: model.DOI, Value: "10.5281/zenodo.7648514", Derived: true}); !ok || doi != want {
		t.Errorf("got %v, %t, want %v", doi, ok, want)
	}
	if back, ok := model.ZenodoOf(doi); !ok || back != record {
		t.Errorf("got %v, %t, want %v", back, ok, record)
	}
	if id, ok := model.ZenodoDOI(doi); ok {
		t.Errorf("a DOI is taken for a record: %v", id)
	}
	for _, other := range []model.Identifier{
		{Scheme: model.DOI, Value: "10.5281/other.1"},
		{Scheme: model.DOI, Value: "10.5281/zenodo.x"},
		{Scheme: model.Local, Value: "10.5281/zenodo.1"},
	} {
		if id, ok := model.ZenodoOf(other); ok {
			t.Errorf("%v is taken for record %v", other, id)
		}
	}
}

func TestUUIDsOfPeerTube(t *testing.T) {
	tests := []struct{ short, long string }{
		// as PeerTube documents them
		{"kkGMgK9ZtnKfYAgnEtQxbv", "9c9de5e8-0a1e-484a-b099-e80766180a6d"},
		{"1111111111111111111111", "00000000-0000-0000-0000-000000000000"},
		{"1111111111111111111112", "00000000-0000-0000-0000-000000000001"},
		{"xBuEXKpA6iqZQK5Kf2TnkV", "ffffffff-ffff-ffff-ffff-ffffffffffff"},
	}
	for _, test := range tests {
		long, err := model.LongUUID(test.short)
		if err != nil || long != test.long {
			t.Errorf("LongUUID(%s) = %s, %v, want %s", test.short, long, err, test.long)
		}
		short, err := model.ShortUUID(strings.ToUpper(test.long))
		if err != nil || short != test.short {
			t.Errorf("ShortUUID(%s) = %s, %v, want %s", test.long, short, err, test.short)
		}
	}
	for name, short := range map[string]string{
		"empty": "", "a letter that base 58 leaves out": "kkGMgK9ZtnKfYAgnEtQxbl", "too short": "kkGMgK9ZtnKfYAgnEtQxb",
		"too long": "1kkGMgK9ZtnKfYAgnEtQxbv", "more than 128 bits": "xBuEXKpA6iqZQK5Kf2TnkW", "far more": strings.Repeat("Z", 1000),
	} {
		if long, err := model.LongUUID(short); err == nil {
			t.Errorf("%s: got %s, want an error", name, long)
		}
	}
	for name, long := range map[string]string{
		"empty": "", "no hyphens": "9c9de5e80a1e484ab099e80766180a6d", "no digit": "9c9de5e8-0a1e-484a-b099-e80766180a6g", "short": "9c9de5e8-0a1e-484a-b099-e80766180a",
	} {
		if short, err := model.ShortUUID(long); err == nil {
			t.Errorf("%s: got %s, want an error", name, short)
		}
	}
}

func FuzzLongUUID(f *testing.F) {
	f.Add("kkKkuQtzCfSY3owaZxjG69")
	f.Add("1111111111111111111111")
	f.Add("xBuEXKpA6iqZQK5Kf2TnkW")
	f.Fuzz(func(t *testing.T, short string) {
		long, err := model.LongUUID(short)
		if err != nil {
			return
		}
		if back, err := model.ShortUUID(long); err != nil || back != short {
			t.Errorf("%q is %s, which is %q, %v", short, long, back, err)
		}
	})
}

func TestSchemesTable(t *testing.T) {
	seen := map[model.Scheme]bool{}
	for _, s := range model.Schemes() {
		if seen[s.Scheme] || s.Name == "" {
			t.Errorf("%s is there twice or has no name", s.Scheme)
		}
		seen[s.Scheme] = true
	}
	unknown := model.Scheme("nope").Info()
	if unknown.Scheme != "nope" || unknown.Name != "nope" || unknown.Agent {
		t.Errorf("an unknown scheme has more than a name: %+v", unknown)
	}
	table := model.Schemes()
	table[0].Name = "changed"
	if model.Schemes()[0].Name == "changed" {
		t.Error("a caller can change the table")
	}
}

func TestIdentifiersOfAddresses(t *testing.T) {
	tests := map[string][]string{
		"https://hal.science/hal-03526140v1":                                   {"hal:hal-03526140v1"},
		"https://hal.u-pec.fr/hal-03928000":                                    {"hal:hal-03928000"},
		"https://zenodo.org/record/7648514":                                    {"zenodo:7648514", "doi:10.5281/zenodo.7648514"},
		"https://" + tube + "/w/kkKkuQtzCfSY3owaZxjG69":                        {"peertube:" + tube + "/kkKkuQtzCfSY3owaZxjG69"},
		"https://" + tube + "/c/gtnum_pleiades/videos?s=1":                     nil,
		"https://journals.openedition.org/questionsvives/5930":                 {"openedition:questionsvives/5930"},
		"https://publications-prairial.fr/diversite/index.php?id=1653&lang=fr": {"prairial:diversite/1653"},
		"https://edunumrech.hypotheses.org/3831":                               {"hypotheses:edunumrech/3831"},
		"https://edunumrech.hypotheses.org/":                                   nil,
		"https://doi.org/10.4000/ree.11158":                                    {"doi:10.4000/ree.11158"},
		"https://hdl.handle.net/20.500.12345/42":                               {"handle:20.500.12345/42"},
		"https://gallica.bnf.fr/ark:/12148/btv1b8449691v":                      {"ark:ark:12148/btv1b8449691v"},
		"http://ife.ens-lyon.fr/kadekol/hors-series/33-les-effets":             nil,
		"https://example.org/7648514":                                          nil,
		"hal-03526140":                                                         nil,
		"":                                                                     nil,
	}
	for address, want := range tests {
		var got []string
		for _, id := range model.IdentifiersOf(address) {
			if !id.Derived {
				t.Errorf("%s: %v is not marked as derived", address, id)
			}
			got = append(got, id.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", address, diff)
		}
	}
}
