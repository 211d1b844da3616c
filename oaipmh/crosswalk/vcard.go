package crosswalk

import (
	"strings"
	"unicode/utf8"

	"github.com/gtnum/gtnum/model"
)

// vCard describes an agent as ScoLOMFR's contributors are: vCard 4.0 (RFC
// 6350) with the identifiers as notes, "NOTE:SIREN=…", where ScoLOMFR reads
// them. A role that ScoLOMFR has no concept for is said in words.
func vCard(a model.Agent, affiliations []model.Agent, role string) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			foldLine(&b, name+":"+value)
		}
	}
	line("BEGIN", "VCARD")
	line("VERSION", "4.0")
	line("KIND", vCardKind(a.Kind))
	line("FN", vCardText(a.Name))
	if a.FamilyName != "" || a.GivenName != "" {
		line("N", vCardText(a.FamilyName)+";"+vCardText(a.GivenName)+";;;")
	}
	for _, org := range vCardOrgs(a, affiliations) {
		line("ORG", vCardText(org.Name))
	}
	line("ROLE", vCardText(role))
	line("EMAIL", vCardText(a.Email))
	line("URL", printable(a.Homepage))
	for _, id := range a.Identifiers {
		line("NOTE", vCardText(strings.ToUpper(string(id.Scheme))+"="+id.Value))
	}
	line("END", "VCARD")
	return strings.TrimSuffix(b.String(), "\n")
}

func vCardKind(k model.AgentKind) string {
	switch k {
	case model.Person:
		return "individual"
	case model.Organisation:
		return "org"
	}
	return ""
}

// vCardOrgs are the organisation that an agent is, or those that it belongs to.
func vCardOrgs(a model.Agent, affiliations []model.Agent) []model.Agent {
	if a.Kind == model.Organisation {
		return []model.Agent{a}
	}
	return affiliations
}

var vCardEscaper = strings.NewReplacer(`\`, `\\`, `,`, `\,`, `;`, `\;`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// vCardText escapes a value: RFC 6350, section 3.4.
func vCardText(s string) string { return printable(vCardEscaper.Replace(s)) }

// printable takes out control characters, since one could end a line.
func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7F {
			return -1
		}
		return c
	}, s)
}

// foldLine writes a line in pieces of 75 bytes at most, cut between
// characters: RFC 6350, section 3.2. The line break is a bare line feed, since
// XML would turn any other into one.
func foldLine(b *strings.Builder, s string) {
	s = strings.ToValidUTF8(s, "\uFFFD")
	for limit := 75; len(s) > limit; limit = 74 {
		n := limit
		for !utf8.RuneStart(s[n]) {
			n--
		}
		b.WriteString(s[:n] + "\n ")
		s = s[n:]
	}
	b.WriteString(s + "\n")
}
