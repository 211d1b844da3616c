package crosswalk

import (
	"html"
	"regexp"
	"strings"
)

// Repositories put HTML into titles and abstracts, as text: Zenodo does for
// every description. Only these elements are taken for HTML, so that a text may
// speak of "<1er degré>".
var (
	htmlLink   = regexp.MustCompile(`(?is)<a\s[^>]*?href\s*=\s*["']([^"'>]*)["'][^>]*>(.*?)</a\s*>`)
	htmlBlock  = regexp.MustCompile(`(?i)</?(p|div|ul|ol|li|h[1-6]|blockquote|table|tr|pre)(\s[^>]*)?/?>`)
	htmlBreak  = regexp.MustCompile(`(?i)<br(\s[^>]*)?/?>`)
	htmlInline = regexp.MustCompile(`(?i)</?(a|b|i|u|em|strong|span|sub|sup|code|small|font|td|th|tbody)(\s[^>]*)?/?>`)
)

// plainText is a text without the HTML in it: blocks become paragraphs, a link
// is followed by its address.
func plainText(s string) string {
	marked := htmlBlock.MatchString(s) || htmlBreak.MatchString(s) || htmlInline.MatchString(s)
	if !marked {
		return s
	}
	s = htmlLink.ReplaceAllStringFunc(s, linkText)
	s = htmlBlock.ReplaceAllString(s, "\n\n")
	s = htmlBreak.ReplaceAllString(s, "\n")
	s = htmlInline.ReplaceAllString(s, "")
	return html.UnescapeString(s)
}

// linkText is the text of a link with its address, once if they are the same.
func linkText(link string) string {
	m := htmlLink.FindStringSubmatch(link)
	text, address := strings.TrimSpace(m[2]), strings.TrimSpace(m[1])
	if address == "" || html.UnescapeString(text) == html.UnescapeString(address) {
		return text
	}
	return text + " <" + address + ">"
}
