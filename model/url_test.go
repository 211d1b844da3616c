package model_test

import (
	"testing"

	"github.com/gtnum/gtnum/model"
)

func TestNormalizeURL(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing to strip", "https://hal.science/hal-03526140v1", "https://hal.science/hal-03526140v1"},
		{"a fragment that follows readers goes", "https://zenodo.org/record/7648514#.ZDe-P-xBzGE", "https://zenodo.org/record/7648514"},
		{"a fragment that names a section stays", "https://example.org/a#methode", "https://example.org/a#methode"},
		{"tracking parameters go", "https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a"},
		{"parameters that name the page stay, in order", "https://publications-prairial.fr/diversite/index.php?id=1653&lang=fr", "https://publications-prairial.fr/diversite/index.php?id=1653&lang=fr"},
		{"among tracking ones too", "https://example.org/a?utm_source=x&id=1&fbclid=z&lang=fr&gclid=", "https://example.org/a?id=1&lang=fr"},
		{"a setting of one site is no tracker", "https://tube-numerique-educatif.apps.education.fr/c/gtnum_pleiades/videos?s=1", "https://tube-numerique-educatif.apps.education.fr/c/gtnum_pleiades/videos?s=1"},
		{"http stays http", "http://ife.ens-lyon.fr/kadekol", "http://ife.ens-lyon.fr/kadekol"},
		{"host in small letters, path as it is", "HTTPS://HAL.Science/Hal", "https://hal.science/Hal"},
		{"spaces around go", " https://example.org/ \n", "https://example.org/"},
		{"and around the query, once its fragment has gone", "https://example.org/?a=1 #.ZDe", "https://example.org/?a=1"},
		{"what cannot be seen goes", "\ufeffhttps://example.org/re\u00advue/\u200b12", "https://example.org/revue/12"},
		{"escapes stay", "https://example.org/%C3%A9?q=%26", "https://example.org/%C3%A9?q=%26"},
		{"no scheme", "hal.science/hal-03526140", ""},
		{"no host", "https:///a", ""},
		{"not of the web", "ftp://example.org/a", ""},
		{"a script", "javascript:alert(1)", ""},
		{"broken escape", "https://example.org/%zz", ""},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := model.NormalizeURL(test.in)
			if got != test.want || (err == nil) != (test.want != "") {
				t.Errorf("got %q, %v, want %q", got, err, test.want)
			}
		})
	}
}

func FuzzNormalizeURL(f *testing.F) {
	for _, s := range []string{
		"https://zenodo.org/record/7648514#.ZDe-P-xBzGE", "http://a?utm_a=1&b&&", "http://a/#%2e", "http://a/?#", "http://a/%2f é?é#é", "https://[::1]:80/", "http://A:b@C/#..", "http://a/?b\u00a0#", "http://a/?b &utm_c", "http://a/?\u00a0utm_c",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := model.NormalizeURL(s)
		if err != nil {
			return
		}
		if twice, err := model.NormalizeURL(once); err != nil || twice != once {
			t.Errorf("%q is %q, which is %q, %v", s, once, twice, err)
		}
	})
}
