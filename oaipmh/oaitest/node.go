package oaitest

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/gtnum/gtnum/internal/say"
)

const oaiNamespace = "http://www.openarchives.org/OAI/2.0/"

// node is an XML element.
type node struct {
	name     xml.Name
	attrs    []xml.Attr // without namespaces and those of xsi
	children []*node
	text     string
}

func parseXML(b []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	top := &node{}
	stack := []*node{top}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		at := stack[len(stack)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			n := &node{name: tok.Name}
			for _, a := range tok.Attr {
				if a.Name.Space == "" && a.Name.Local != "xmlns" {
					n.attrs = append(n.attrs, a)
				}
			}
			at.children = append(at.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			at.text += string(tok)
		}
	}
	if len(top.children) != 1 {
		return nil, say.Errorf("pas un élément racine, et un seul", "not one root element")
	}
	return top.children[0], nil
}

// child returns the first child of a name in the OAI namespace, nil if there
// is none. The methods of a nil node return nothing.
func (n *node) child(name string) *node {
	if all := n.all(name); len(all) > 0 {
		return all[0]
	}
	return nil
}

func (n *node) all(name string) (list []*node) {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name.Local == name && c.name.Space == oaiNamespace {
			list = append(list, c)
		}
	}
	return list
}

// value is the text of the first child of a name.
func (n *node) value(name string) string {
	if c := n.child(name); c != nil {
		return c.text
	}
	return ""
}

func (n *node) attr(name string) string {
	v, _ := n.lookup(name)
	return v
}

func (n *node) lookup(name string) (string, bool) {
	if n == nil {
		return "", false
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// grammar is OAI-PMH.xsd: what each element holds, in this order. "?" after a
// name means at most one, "+" one or more, "*" any number; "any" is one
// element of another namespace.
var grammar = map[string]string{
	"OAI-PMH":             "responseDate request error* Identify? ListMetadataFormats? ListSets? GetRecord? ListIdentifiers? ListRecords?",
	"Identify":            "repositoryName baseURL protocolVersion adminEmail+ earliestDatestamp deletedRecord granularity compression* description*",
	"ListMetadataFormats": "metadataFormat+",
	"metadataFormat":      "metadataPrefix schema metadataNamespace",
	"ListSets":            "set+ resumptionToken?",
	"set":                 "setSpec setName setDescription*",
	"GetRecord":           "record",
	"ListRecords":         "record+ resumptionToken?",
	"ListIdentifiers":     "header+ resumptionToken?",
	"record":              "header metadata? about*",
	"header":              "identifier datestamp setSpec*",
	"metadata":            "any",
	"about":               "any",
	"description":         "any",
	"setDescription":      "any",
}

const (
	prefixText = `[A-Za-z0-9\-_.!~*'()]+`
	dateText   = `\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?`
	specText   = prefixText + `(:` + prefixText + `)*`
)

// texts is what elements without children hold, and attributes after an @.
var texts = map[string]*regexp.Regexp{
	"protocolVersion":                  regexp.MustCompile(`^2\.0$`),
	"adminEmail":                       regexp.MustCompile(`^\S+@(\S+\.)+\S+$`),
	"earliestDatestamp":                regexp.MustCompile(`^` + dateText + `$`),
	"deletedRecord":                    regexp.MustCompile(`^(no|persistent|transient)$`),
	"granularity":                      regexp.MustCompile(`^YYYY-MM-DD(Thh:mm:ssZ)?$`),
	"metadataPrefix":                   regexp.MustCompile(`^` + prefixText + `$`),
	"setSpec":                          regexp.MustCompile(`^` + specText + `$`),
	"datestamp":                        regexp.MustCompile(`^` + dateText + `$`),
	"identifier":                       regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>"{}|\\^` + "`" + `]+$`),
	"error@code":                       regexp.MustCompile(`^(cannotDisseminateFormat|idDoesNotExist|badArgument|badVerb|noMetadataFormats|noRecordsMatch|badResumptionToken|noSetHierarchy)$`),
	"header@status":                    regexp.MustCompile(`^deleted$`),
	"resumptionToken@completeListSize": regexp.MustCompile(`^\+?0*[1-9]\d*$`),
	"resumptionToken@cursor":           regexp.MustCompile(`^\d+$`),
	"resumptionToken@expirationDate":   regexp.MustCompile(`^` + dateText + `$`),
}

// violations tells where an OAI element is not valid, by the element's name.
func (n *node) violations() (list []string) {
	rule, ok := grammar[n.name.Local]
	if !ok {
		if re := texts[n.name.Local]; re != nil && !re.MatchString(n.text) {
			list = append(list, fmt.Sprintf("%s %q", n.name.Local, n.text))
		}
	} else if !n.follows(strings.Fields(rule)) {
		list = append(list, fmt.Sprintf("%s (%s)", n.name.Local, rule))
	}
	for _, a := range n.attrs {
		if re := texts[n.name.Local+"@"+a.Name.Local]; re != nil && !re.MatchString(a.Value) {
			list = append(list, fmt.Sprintf("%s/@%s %q", n.name.Local, a.Name.Local, a.Value))
		}
	}
	if rule == "any" {
		return list
	}
	for _, c := range n.children {
		list = append(list, c.violations()...)
	}
	return list
}

// follows reports whether the children of n are those of a rule.
func (n *node) follows(rule []string) bool {
	rest := n.children
	for _, part := range rule {
		name := strings.TrimRight(part, "?*+")
		count := 0
		for len(rest) > 0 && rest[0].is(name) {
			rest = rest[1:]
			count++
		}
		switch part[len(name):] {
		case "?":
			if count > 1 {
				return false
			}
		case "+":
			if count < 1 {
				return false
			}
		case "":
			if count != 1 {
				return false
			}
		}
	}
	answers := 0
	if n.name.Local == "OAI-PMH" {
		answers = len(n.children) - 2
		if len(n.all("error")) > 0 {
			answers -= len(n.all("error")) - 1
		}
		return len(rest) == 0 && answers == 1
	}
	return len(rest) == 0
}

func (n *node) is(name string) bool {
	if name == "any" {
		return n.name.Space != oaiNamespace && n.name.Space != ""
	}
	return n.name.Local == name && n.name.Space == oaiNamespace
}

// Validate returns an error that names every element of an OAI-PMH response
// which is not valid against OAI-PMH.xsd. It does not look into metadata and
// other foreign elements.
func Validate(response []byte) error {
	root, err := parseXML(response)
	if err != nil {
		return fmt.Errorf("oaitest: not well-formed: %w", err)
	}
	if root.name != (xml.Name{Space: oaiNamespace, Local: "OAI-PMH"}) {
		return fmt.Errorf("oaitest: the root element is %v", root.name)
	}
	if list := root.violations(); len(list) > 0 {
		return fmt.Errorf("oaitest: not valid: %s", strings.Join(list, "; "))
	}
	return nil
}
