package oaipmh

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// verbs are the requests of OAI-PMH 2.0, section 4 "Protocol Requests and
// Responses", with the arguments that each must and may have. A verb that
// lists takes a resumptionToken instead of all of them. Their order is part
// of tokens: append only.
var verbs = []verb{
	{name: "Identify"},
	{name: "ListMetadataFormats", optional: []string{"identifier"}},
	{name: "ListSets", lists: true},
	{name: "ListIdentifiers", required: []string{"metadataPrefix"}, optional: []string{"from", "until", "set"}, lists: true},
	{name: "ListRecords", required: []string{"metadataPrefix"}, optional: []string{"from", "until", "set"}, lists: true},
	{name: "GetRecord", required: []string{"identifier", "metadataPrefix"}},
}

type verb struct {
	name               string
	required, optional []string
	lists              bool
}

func verbIndex(name string) int {
	return slices.IndexFunc(verbs, func(v verb) bool { return v.name == name })
}

func (v *verb) takes(argument string) bool {
	return argument == "verb" || v.lists && argument == "resumptionToken" ||
		slices.Contains(v.required, argument) || slices.Contains(v.optional, argument)
}

// argument is a key and a value of a request, decoded.
type argument struct{ name, value string }

// arguments are those of a request in their order. They were split by
// splitQuery, repeated and unknown ones included.
type arguments []argument

// get returns the value of the only argument of a name.
func (a arguments) get(name string) (value string, n int) {
	for _, arg := range a {
		if arg.name == name {
			value = arg.value
			n++
		}
	}
	return value, n
}

// splitQuery decodes application/x-www-form-urlencoded data. Unlike
// url.ParseQuery it keeps the order, and what it cannot decode it keeps as it
// was: check then says what is wrong with it.
func splitQuery(query string) (args arguments) {
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		args = append(args, argument{unescape(name), unescape(value)})
	}
	return args
}

func unescape(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s + "\xff" // not UTF-8, so refused with the rest of that kind
}

// request is a protocol request whose arguments are sound in themselves.
type request struct {
	verb *verb
	args arguments
	// identifier and sel are the arguments, parsed.
	identifier string
	sel        Selection
	token      string
	resumed    bool // token was given
}

// faults are the error conditions of one request: OAI-PMH 2.0, section 3.6.
type faults []*Error

func (f faults) Error() string {
	text := make([]string, len(f))
	for i, e := range f {
		text[i] = e.Error()
	}
	return strings.Join(text, "; ")
}

func (f *faults) add(code Code, format string, args ...any) {
	*f = append(*f, &Error{code, fmt.Sprintf(format, args...)})
}

// hideArguments reports whether one of the conditions forbids to repeat the arguments
// in the response.
func (f faults) hideArguments() bool {
	return slices.ContainsFunc(f, func(e *Error) bool { return e.Code == BadVerb || e.Code == BadArgument })
}

// parseRequest returns every fault that shows without looking at the
// repository.
func parseRequest(args arguments) (request, faults) {
	var f faults
	name, n := args.get("verb")
	i := verbIndex(name)
	switch {
	case n == 0:
		f.add(BadVerb, "the verb argument is missing")
	case n > 1:
		f.add(BadVerb, "the verb argument is repeated")
	case i < 0:
		f.add(BadVerb, "%s is not a verb of OAI-PMH", quote(name))
	}
	if f != nil {
		return request{}, f
	}
	r := request{verb: &verbs[i], args: args}
	r.checkNames(&f)
	if r.resumed {
		return r, f
	}
	r.checkValues(&f)
	return r, f
}

// checkNames finds unknown, repeated, undecodable and missing arguments.
func (r *request) checkNames(f *faults) {
	for i, arg := range r.args {
		switch {
		case !legalText(arg.name) || !legalText(arg.value):
			f.add(BadArgument, "argument %s is not well encoded UTF-8 text", quote(arg.name))
		case !r.verb.takes(arg.name):
			f.add(BadArgument, "%s does not take an argument %s", r.verb.name, quote(arg.name))
		case slices.ContainsFunc(r.args[:i], func(a argument) bool { return a.name == arg.name }):
			f.add(BadArgument, "argument %s is repeated", quote(arg.name))
		}
	}
	if _, n := r.args.get("resumptionToken"); n > 0 && r.verb.lists {
		r.checkExclusive(f)
		return
	}
	for _, name := range r.verb.required {
		if value, _ := r.args.get(name); value == "" {
			f.add(BadArgument, "%s needs the argument %s", r.verb.name, name)
		}
	}
}

// checkExclusive finds arguments beside a resumptionToken. The specification
// forbids them all, but data.europa.eu's harvester repeats its metadataPrefix
// on every page: the provider serves that if it is the token's own.
func (r *request) checkExclusive(f *faults) {
	r.token, _ = r.args.get("resumptionToken")
	r.sel.MetadataPrefix, _ = r.args.get("metadataPrefix")
	r.resumed = true
	for _, arg := range r.args {
		switch arg.name {
		case "from", "until", "set":
			f.add(BadArgument, "a resumptionToken stands alone, without %s", arg.name)
		}
	}
}

// checkValues parses the arguments that the verb takes.
func (r *request) checkValues(f *faults) {
	var from, until string
	for _, arg := range r.args {
		if !r.verb.takes(arg.name) || !legalText(arg.value) {
			continue
		}
		switch arg.name {
		case "identifier":
			r.identifier = arg.value
		case "metadataPrefix":
			r.sel.MetadataPrefix = arg.value
			if arg.value != "" && !prefixPattern.MatchString(arg.value) {
				f.add(BadArgument, "%s is not a metadataPrefix", quote(arg.value))
			}
		case "set":
			r.sel.Set = arg.value
			if !setPattern.MatchString(arg.value) {
				f.add(BadArgument, "%s is not a setSpec", quote(arg.value))
			}
		case "from":
			from = arg.value
			r.sel.From = r.date(f, arg)
		case "until":
			until = arg.value
			r.sel.Until = r.date(f, arg)
		}
	}
	if r.sel.From.IsZero() || r.sel.Until.IsZero() {
		return
	}
	if len(from) != len(until) {
		f.add(BadArgument, "from and until differ in granularity")
	}
	if r.sel.From.After(r.sel.Until) {
		f.add(BadArgument, "from is later than until")
	}
}

// setPattern is the setSpecType of the schema.
var setPattern = regexp.MustCompile(`^[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*$`)

const dayLayout, secondLayout = "2006-01-02", "2006-01-02T15:04:05Z"

// date parses from and until in both granularities. A day as until means its
// last second. XML Schema knows no year 0.
func (r *request) date(f *faults, arg argument) time.Time {
	t, err := time.Parse(dayLayout, arg.value)
	if err != nil && len(arg.value) == len(secondLayout) { // Parse lets fractions pass
		t, err = time.Parse(secondLayout, arg.value)
	} else if err == nil && arg.name == "until" {
		t = t.AddDate(0, 0, 1).Add(-time.Second)
	}
	if err != nil || t.Year() == 0 {
		f.add(BadArgument, "%s %s is not a date of the form YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ", arg.name, quote(arg.value))
		return time.Time{}
	}
	if t.IsZero() { // which means no bound
		return t.Add(time.Second)
	}
	return t
}

// legalText reports whether s is UTF-8 and made of characters that XML allows.
func legalText(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for i := skipClean(s, 0); i < len(s); i = skipClean(s, i+1) {
		switch c := s[i]; {
		case c < ' ' && c != '\t' && c != '\n' && c != '\r':
			return false
		case c == 0xEF && (s[i:i+3] == "\uFFFE" || s[i:i+3] == "\uFFFF"):
			return false
		}
	}
	return true
}

// isURI reports whether s has the syntax of an absolute URI: RFC 3986, whatever
// stands in the brackets of an IP literal.
func isURI(s string) bool { return uriPattern.MatchString(s) }

var uriPattern = func() *regexp.Regexp {
	const escape, unreserved, sub = `%[0-9A-Fa-f]{2}`, `A-Za-z0-9\-._~`, `!$&'()*+,;=`
	user := `(?:[` + unreserved + sub + `:]|` + escape + `)*`
	host := `(?:\[[0-9A-Fa-f:.]+\]|(?:[` + unreserved + sub + `]|` + escape + `)*)`
	rest := `(?:[` + unreserved + sub + `:@/?]|` + escape + `)*`
	authority := `//(?:` + user + `@)?` + host + `(?::[0-9]{0,5})?(?:[/?]` + rest + `)?`
	path := `(?:/?(?:[` + unreserved + sub + `:@?]|` + escape + `)` + rest + `)`
	return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.\-]*:(?:` + authority + `|` + path + `)(?:#` + rest + `)?$`)
}()

// quote shows what was sent, shortened: it may be hostile and long.
func quote(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
