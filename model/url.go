package model

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// trackers are query parameters that follow readers and name no page.
var trackers = []string{"utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "xtor", "at_", "pk_", "mtm_"}

// NormalizeURL checks an absolute http or https address and strips what cannot
// be seen, and what follows its readers: tracking parameters, and fragments such
// as "#.ZDe-P-xBzGE". Parameters that name the page ("id=1982", "lang=fr") and
// other fragments stay.
func NormalizeURL(s string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(visible(s)))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", fmt.Errorf("%q is no web address: write it whole, as https://hal.science/hal-03526140", s)
	}
	u.Host = strings.ToLower(u.Host)
	if strings.HasPrefix(u.Fragment, ".") {
		u.Fragment, u.RawFragment = "", ""
	}
	u.RawQuery = strings.TrimRightFunc(stripTrackers(u.RawQuery), unicode.IsSpace) // a fragment may have hidden the space
	return u.String(), nil
}

// visible is a text without characters that cannot be seen, such as the soft
// hyphens and spaces of no width that come along from web pages and Word.
func visible(s string) string {
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			continue
		}
		return strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, s)
	}
	return s
}

func stripTrackers(query string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for _, pair := range strings.Split(query, "&") {
		if !tracks(pair) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

func tracks(pair string) bool {
	for _, t := range trackers {
		if strings.HasPrefix(pair, t) {
			return true
		}
	}
	return false
}

// IdentifiersOf returns the identifiers that follow by rule from an address:
// the platform's own and, for Zenodo, the DOI. They are marked as derived.
func IdentifiersOf(address string) []Identifier {
	var ids []Identifier
	for _, s := range []Scheme{DOI, HAL, Zenodo, PeerTube, OpenEdition, Prairial, Hypotheses, Handle, ARK} {
		if !recognises(s, address) {
			continue
		}
		id, err := NewIdentifier(s, address)
		if err != nil {
			continue
		}
		id.Derived = true
		ids = append(ids, id)
		if doi, ok := ZenodoDOI(id); ok {
			ids = append(ids, doi)
		}
	}
	return ids
}

// host of an address, without "www.".
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
