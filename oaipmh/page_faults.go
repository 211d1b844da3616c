package oaipmh

import (
	"regexp"
	"strings"

	"github.com/beevik/etree"
)

// pageFaults are the messages of errors, which XML has in English, by their
// formats.
var pageFaults = []struct{ english, french string }{
	{"the verb argument is missing", "l’argument verb manque"},
	{"the verb argument is repeated", "l’argument verb est répété"},
	{"%s is not a verb of OAI-PMH", "%s n’est pas un verbe d’OAI-PMH"},
	{"argument %s is not well encoded UTF-8 text", "l’argument %s n’est pas du texte bien encodé en UTF-8"},
	{"%s does not take an argument %s", "%s ne prend pas d’argument %s"},
	{"argument %s is repeated", "l’argument %s est répété"},
	{"%s needs the argument %s", "%s demande l’argument %s"},
	{"a resumptionToken stands alone, without %s", "un resumptionToken va seul, sans %s"},
	{"%s is not a metadataPrefix", "%s n’est pas un metadataPrefix"},
	{"%s is not a setSpec", "%s n’est pas un setSpec"},
	{"from and until differ in granularity", "from et until n’ont pas la même précision"},
	{"from is later than until", "from est après until"},
	{"%s %s is not a date of the form YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ", "%s %s n’est pas une date de la forme AAAA-MM-JJ ou AAAA-MM-JJThh:mm:ssZ"},
	{"there is no format %s; ListMetadataFormats tells which there are", "il n’y a pas de format %s ; la page des formats dit lesquels il y a"},
	{"no record matches the request", "aucune notice ne répond à cette demande"},
	{"no record has the identifier %s", "aucune notice n’a l’identifiant %s"},
	{"the record cannot be expressed in %s", "cette notice ne peut pas être exprimée en %s"},
	{"no format expresses the record", "aucun format n’exprime cette notice"},
	{"identifier %s is not a URI", "l’identifiant %s n’est pas un URI"},
	{"the repository has no sets", "ce dépôt n’a pas d’ensembles"},
	{"%s is no resumptionToken for this request; start the list again", "%s n’est pas un resumptionToken de cette demande ; reprenez la liste au début"},
}

// pageFaultPatterns find what a message was made of.
var pageFaultPatterns = func() (patterns []*regexp.Regexp) {
	for _, f := range pageFaults {
		pattern := strings.ReplaceAll(regexp.QuoteMeta(f.english), "%s", `(\w+|"(?:[^"\\]|\\.)*")`)
		patterns = append(patterns, regexp.MustCompile(`^`+pattern+`$`))
	}
	return patterns
}()

// French is the message of an error in French, "" if the page is in English or
// the message one that an embedder wrote.
func (v *view) French(fault *etree.Element) string {
	if v.Lang != "fr" {
		return ""
	}
	for i, pattern := range pageFaultPatterns {
		m := pattern.FindStringSubmatch(fault.Text())
		if m == nil {
			continue
		}
		french := pageFaults[i].french
		for _, arg := range m[1:] {
			french = strings.Replace(french, "%s", arg, 1)
		}
		return french
	}
	return ""
}
