package oaitest

import (
	"slices"
	"strings"
)

// faulty is a request that must be refused, with the codes that may be given.
// %id is the identifier of a record, %mp a metadataPrefix.
type faulty struct {
	args []string
	want []string
}

var faults = []faulty{
	{nil, []string{"badVerb"}},
	{[]string{"verb", "no-such-verb"}, []string{"badVerb"}},
	{[]string{"verb", ""}, []string{"badVerb"}},
	{[]string{"verb", "Identify", "verb", "Identify"}, []string{"badVerb"}},
	{[]string{"verb", "Identify", "test", "test"}, []string{"badArgument"}},
	{[]string{"verb", "ListMetadataFormats", "identifier", "oai:oaitest.invalid:none"}, []string{"idDoesNotExist"}},
	{[]string{"verb", "ListSets", "resumptionToken", "junk"}, []string{"badResumptionToken", "noSetHierarchy"}},
	{[]string{"verb", "ListIdentifiers"}, []string{"badArgument"}},
	{[]string{"verb", "ListIdentifiers", "metadataPrefix", "%mp", "from", "junk"}, []string{"badArgument"}},
	{[]string{"verb", "ListIdentifiers", "metadataPrefix", "%mp", "until", "2001-02-30"}, []string{"badArgument"}},
	{[]string{"verb", "ListIdentifiers", "metadataPrefix", "%mp", "from", "2002-02-05", "until", "2002-02-06T05:35:00Z"}, []string{"badArgument"}},
	{[]string{"verb", "ListIdentifiers", "metadataPrefix", "%mp", "from", "2002-02-06", "until", "2002-02-05"}, []string{"badArgument", "noRecordsMatch"}},
	{[]string{"verb", "ListIdentifiers", "metadataPrefix", "%mp", "from", "2002-02-05T05:35:00+01:00"}, []string{"badArgument"}},
	{[]string{"verb", "ListIdentifiers", "metadataPrefix", "%mp", "metadataPrefix", "%mp"}, []string{"badArgument"}},
	{[]string{"verb", "ListIdentifiers", "metadataPrefix", "no-such-format"}, []string{"cannotDisseminateFormat"}},
	{[]string{"verb", "ListIdentifiers", "metadataPrefix", "%mp", "set", "no-such-set"}, []string{"noRecordsMatch", "noSetHierarchy", "badArgument"}},
	{[]string{"verb", "ListIdentifiers", "resumptionToken", "junk"}, []string{"badResumptionToken"}},
	{[]string{"verb", "ListIdentifiers", "resumptionToken", "junk", "until", "2000-02-05"}, []string{"badArgument", "badResumptionToken"}},
	{[]string{"verb", "ListRecords"}, []string{"badArgument"}},
	{[]string{"verb", "ListRecords", "metadataPrefix", "no-such-format"}, []string{"cannotDisseminateFormat"}},
	{[]string{"verb", "ListRecords", "metadataPrefix", "%mp", "until", "junk"}, []string{"badArgument"}},
	{[]string{"verb", "ListRecords", "resumptionToken", "junk"}, []string{"badResumptionToken"}},
	{[]string{"verb", "GetRecord"}, []string{"badArgument"}},
	{[]string{"verb", "GetRecord", "metadataPrefix", "%mp"}, []string{"badArgument"}},
	{[]string{"verb", "GetRecord", "identifier", "%id"}, []string{"badArgument"}},
	{[]string{"verb", "GetRecord", "metadataPrefix", "%mp", "identifier", "oai:oaitest.invalid:none"}, []string{"idDoesNotExist"}},
	{[]string{"verb", "GetRecord", "metadataPrefix", "%mp", "identifier", `invalid"<id>&`}, []string{"badArgument", "idDoesNotExist"}},
	{[]string{"verb", "GetRecord", "metadataPrefix", "%mp", "identifier", "oai:oaitest.invalid:\x00\x1b"}, []string{"badArgument", "idDoesNotExist"}},
	{[]string{"verb", "GetRecord", "metadataPrefix", "%mp", "identifier", "oai:oaitest.invalid:\xff"}, []string{"badArgument", "idDoesNotExist"}},
	{[]string{"verb", "GetRecord", "metadataPrefix", "no-such-format", "identifier", "%id"}, []string{"cannotDisseminateFormat"}},
}

// checkErrors sends each faulty request and compares the codes.
func checkErrors(s *session) {
	id := "oai:oaitest.invalid:none"
	if r := s.sample(false); r != nil {
		id = r.child("header").value("identifier")
	}
	replace := strings.NewReplacer("%id", id, "%mp", s.prefix)
	for _, f := range faults {
		if slices.Contains(f.args, "%id") && s.sample(false) == nil {
			continue
		}
		args := make([]string, len(f.args))
		for i, arg := range f.args {
			args[i] = replace.Replace(arg)
		}
		a := s.get(args...)
		if a.root == nil {
			continue // said already
		}
		if !slices.ContainsFunc(a.codes(), func(code string) bool { return slices.Contains(f.want, code) }) {
			s.find(Violation, a.request, text{"%s est attendu, pas %v", "%s is due, not %v"}, strings.Join(f.want, " / "), a.refusal())
		}
	}
}
