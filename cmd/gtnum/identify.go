package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"os"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/oaipmh"
)

// identify is what a file says of the repository, beyond what its catalogues
// do: the descriptions of OAI-PMH's implementation guidelines.
type identify struct {
	Name        string           `yaml:"name"`
	AdminEmails []string         `yaml:"adminEmails"`
	Friends     []string         `yaml:"friends"`
	Branding    *oaipmh.Branding `yaml:"branding"` // its keys are its fields in small letters
	EPrints     *eprints         `yaml:"eprints"`
}

// eprints names its keys as the schema names its elements.
type eprints struct {
	Content    oaipmh.Policy `yaml:"content"`
	Metadata   oaipmh.Policy `yaml:"metadataPolicy"`
	Data       oaipmh.Policy `yaml:"dataPolicy"`
	Submission oaipmh.Policy `yaml:"submissionPolicy"`
	Comments   []string      `yaml:"comments"`
}

// readIdentify reads such a file, or nothing if there is no name.
func readIdentify(file string) (identify, error) {
	var id identify
	if file == "" {
		return id, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return id, readable(file, err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&id); err != nil && !errors.Is(err, io.EOF) {
		return id, inFile(file, yamlErr(err))
	}
	var more yaml.Node
	if err := dec.Decode(&more); err == nil {
		return id, inFile(file, say.Errorf("ligne %d\u00a0: ce qui suit --- serait perdu", "line %d: what follows --- would be lost", more.Line))
	} else if !errors.Is(err, io.EOF) {
		return id, inFile(file, yamlErr(err))
	}
	var errs []error
	for _, err := range id.problems() {
		errs = append(errs, inFile(file, err))
	}
	return id, errors.Join(errs...)
}

func inFile(file string, err error) error { return say.Errorf("%s\u00a0: %v", "%s: %v", file, err) }

var (
	unknownField = regexp.MustCompile(`^line (\d+): field (\S+) not found in type`)
	givenTwice   = regexp.MustCompile(`^line (\d+): mapping key "(.+)" already defined at line (\d+)$`)
	wrongType    = regexp.MustCompile(`^line (\d+): cannot unmarshal (.+) into \S+$`)
)

// yamlErr says in both languages what the YAML reader says most.
func yamlErr(err error) error {
	types, ok := errors.AsType[*yaml.TypeError](err)
	if !ok {
		line, why := say.YAML(err)
		return say.Errorf("ligne %d\u00a0: YAML illisible (%v)", "line %d: unreadable YAML (%v)", line, why)
	}
	var errs []error
	for _, e := range types.Errors {
		if m := unknownField.FindStringSubmatch(e); m != nil {
			errs = append(errs, say.Errorf("ligne %s\u00a0: clé inconnue « %s » ; « gtnum help serve » les donne", "line %s: unknown key %q; 'gtnum help serve' names them", m[1], m[2]))
		} else if m := givenTwice.FindStringSubmatch(e); m != nil {
			errs = append(errs, say.Errorf("ligne %s\u00a0: la clé « %s » est déjà donnée à la ligne %s", "line %s: key %q is already given on line %s", m[1], m[2], m[3]))
		} else if m := wrongType.FindStringSubmatch(e); m != nil {
			errs = append(errs, say.Errorf("ligne %s\u00a0: %s n’est pas une valeur qui convient", "line %s: %s is no value for this key", m[1], m[2]))
		} else {
			errs = append(errs, errors.New(e))
		}
	}
	return errors.Join(errs...)
}

// problems are what harvesters could not use.
func (id *identify) problems() (errs []error) {
	address := func(key, value string) {
		if value != "" && !isWebAddress(value) {
			errs = append(errs, say.Errorf("%s « %s » n’est pas une adresse web entière", "%s %q is no whole web address", key, value))
		}
	}
	for _, email := range id.AdminEmails {
		if !isEmail(email) {
			errs = append(errs, say.Errorf("adminEmails « %s » n’est pas un courriel", "adminEmails %q is no e-mail address", email))
		}
	}
	for _, friend := range id.Friends {
		address("friends", friend)
	}
	if b := id.Branding; b != nil {
		address("branding.icon", b.Icon)
		address("branding.link", b.Link)
		if b.Icon == "" {
			errs = append(errs, say.Errorf("branding.icon manque\u00a0: l’adresse de l’image", "branding.icon is missing: the address of the image"))
		}
		if b.Width < 0 || b.Height < 0 {
			errs = append(errs, say.Errorf("branding\u00a0: width et height sont des nombres de pixels", "branding: width and height are numbers of pixels"))
		}
	}
	if e := id.EPrints; e != nil {
		for _, p := range []struct {
			key string
			oaipmh.Policy
			must bool // the schema demands it
		}{{"content", e.Content, false}, {"metadataPolicy", e.Metadata, true}, {"dataPolicy", e.Data, true}, {"submissionPolicy", e.Submission, false}} {
			address("eprints."+p.key+".url", p.URL)
			if p.must && p.Policy == (oaipmh.Policy{}) {
				errs = append(errs, say.Errorf("eprints.%s manque\u00a0: text, url, ou les deux", "eprints.%s is missing: text, url, or both", p.key))
			}
		}
	}
	return errs
}

// isEmail reports whether s is an e-mail address that OAI-PMH.xsd takes, with a
// dot in its domain and no space.
func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	_, domain, _ := strings.Cut(s, "@")
	return err == nil && a.Address == s && strings.Contains(domain, ".") && !strings.Contains(s, " ")
}

// descriptions are the containers of Identify.
func (id *identify) descriptions() (list [][]byte) {
	if len(id.Friends) > 0 {
		list = append(list, oaipmh.Friends(id.Friends...))
	}
	if b := id.Branding; b != nil {
		list = append(list, b.XML())
	}
	if e := id.EPrints; e != nil {
		list = append(list, oaipmh.EPrints(*e).XML())
	}
	return list
}

// minKey is the length of a key in bytes: 128 bits in hexadecimal.
const minKey = 32

// readKeys reads the keys of resumption tokens, one a line: the first signs,
// all are honoured. No error tells a key.
func readKeys(file string) (keys [][]byte, err error) {
	if file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, readable(file, err)
	}
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if len(line) < minKey {
			return nil, say.Errorf("%s, ligne %d\u00a0: une clé compte au moins %d caractères ; « openssl rand -hex 32 » en fait une", "%s, line %d: a key has at least %d characters; 'openssl rand -hex 32' makes one", file, n, minKey)
		}
		keys = append(keys, []byte(line))
	}
	if keys == nil {
		return nil, say.Errorf("%s ne contient aucune clé ; « openssl rand -hex 32 » en fait une", "%s holds no key; 'openssl rand -hex 32' makes one", file)
	}
	return keys, nil
}

// exposed warns of a file of keys that others can read.
func exposed(file string, l lang) string {
	info, err := os.Stat(file)
	if file == "" || err != nil || info.Mode().Perm()&0o004 == 0 {
		return ""
	}
	return fmt.Sprintf(l.say("gtnum: tout le monde peut lire %s\u00a0: chmod 600 %s\n", "gtnum: everybody can read %s: chmod 600 %s\n"), file, file)
}
