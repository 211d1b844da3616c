package oaipmh

import "testing"

func TestIsURI(t *testing.T) {
	for s, want := range map[string]bool{
		"oai:example.org:1": true, "oai:HAL:hal-03526140v1": true, "urn:isbn:0": true, "https://example.org/a?b=c&d#e": true, "http://u:p@example.org:8080/": true,
		"doi:10.1234/a(b)": true, "a:%20": true, "info:lanl-repo/x'y": true, "http://127.0.0.1:18123/oai": true, "a:/b": true, "http://h?q": true, "file:///etc": true,
		"http://[::1]:8080/oai": true, "http://u@[2001:db8::1]": true, "http://[::1": false, "http://::1]/": false, "http://[]/": false, "http://[::1]a/": false,
		"": false, "a": false, ":a": false, "1a:b": false, "a:": false, "a:%": false, "a:%zz": false, "a:b c": false, "a:é": false, "a:b#c#d": false, "a:[b]": false, "a:b\"c": false,
		"http://a@b@c/": false, "http://a:b/": false, "http://a:999999/": false, "a:b\n": false, "a:\x00": false, "/a": false, "a:<b>": false,
	} {
		if got := isURI(s); got != want {
			t.Errorf("isURI(%q) = %t", s, got)
		}
	}
}
