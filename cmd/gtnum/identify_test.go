package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// write writes a file of a test.
func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestIdentifySaysWhatTheFileSays(t *testing.T) {
	base, _ := start(t, "--identify", "testdata/identify.yaml")
	_, body := get(t, base+"/oai?verb=Identify")
	for _, want := range []string{
		"<repositoryName>Productions des GTnum</repositoryName>", "<adminEmail>oai@example.org</adminEmail>",
		"<baseURL>https://zenodo.org/oai2d</baseURL>", "<url>https://example.org/logo.png</url>", "<width>88</width>",
		"Articles &amp; données des groupes", "<comment>Mis à jour chaque semaine</comment>", "<sampleIdentifier>",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("Identify lacks %q:\n%s", want, body)
		}
	}
}

// TestTheHelpShowsAnIdentifyFile: the one that it shows is the one of the test.
func TestTheHelpShowsAnIdentifyFile(t *testing.T) {
	_, help, _ := call(t, "help", "serve")
	_, text, _ := strings.Cut(help, "all in it is optional:\n")
	text, _, _ = strings.Cut(text, "\nThe file of --token-key")
	id, err := readIdentify(write(t, "id.yaml", text))
	if err != nil || len(id.descriptions()) != 3 || id.Name == "" || len(id.AdminEmails) != 1 {
		t.Errorf("%v: %+v\n%s", err, id, text)
	}
}

func TestAWrongIdentifyFileIsRefusedWithAllThatIsWrong(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"an unknown key", "naem: x\nfriend: y\n", []string{`line 1: unknown key "naem"`, `line 2: unknown key "friend"`}},
		{"a value of the wrong kind", "friends: {a: b}\n", []string{"line 1: !!map is no value for this key"}},
		{"a key given twice", "name: x\nname: y\n", []string{"line 2: key \"name\" is already given on line 1"}},
		{"what stands behind the end", "name: x\n---\nadminEmails: [oai@example.org]\n", []string{"line 2: what follows --- would be lost"}},
		{"what is broken behind the end", "name: x\n---\nname: [\n", []string{"line 3: unreadable YAML"}},
		{"what is not YAML", "name: [\n", []string{"line 1: unreadable YAML (did not find expected node content)"}},
		{"what no harvester can use", "adminEmails: [me]\nfriends: [zenodo]\nbranding: {link: x}\neprints: {content: {url: y}}\n", []string{
			`adminEmails "me"`, `friends "zenodo"`, "branding.icon is missing", `branding.link "x"`, `eprints.content.url "y"`, "eprints.metadataPolicy is missing", "eprints.dataPolicy is missing"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, _, stderr := call(t, "serve", "--identify", write(t, "id.yaml", test.text))
			for _, want := range test.want {
				if status != 1 || !strings.Contains(stderr, want) {
					t.Errorf("status %d, %q lacks %q", status, stderr, want)
				}
			}
		})
	}
	if _, _, stderr := call(t, "serve", "--lang", "fr", "--identify", write(t, "id.yaml", "name: [\n")); !strings.Contains(stderr, "ligne 1\u00a0: YAML illisible (une valeur était attendue)") {
		t.Errorf("in French: %q", stderr)
	}
	if status, _, stderr := call(t, "serve", "--identify", "none.yaml"); status != 1 || !strings.Contains(stderr, "there is no file none.yaml") {
		t.Errorf("status %d, %q", status, stderr)
	}
	if status, _, stderr := call(t, "serve", "--admin-email", "me"); status != 2 || !strings.Contains(stderr, `"me" is no e-mail address`) {
		t.Errorf("status %d, %q", status, stderr)
	}
	if _, _, stderr := call(t, "serve", "--lang", "fr", "--identify", write(t, "id.yaml", "name: x\nname: y\n")); !strings.Contains(stderr, "ligne 2\u00a0: la clé « name » est déjà donnée à la ligne 1") {
		t.Errorf("in French: %q", stderr)
	}
	if id, err := readIdentify(write(t, "id.yaml", "# nothing yet\n")); err != nil || id.descriptions() != nil {
		t.Errorf("an empty file: %v", err)
	}
}

var aToken = regexp.MustCompile(`<resumptionToken[^>]*>([^<]+)<`)

// token returns the first token of a server.
func token(t *testing.T, base string) string {
	t.Helper()
	_, body := get(t, base+"/oai?verb=ListIdentifiers&metadataPrefix=oai_dc")
	m := aToken.FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no token: %s", body)
	}
	return m[1]
}

// TestTokensOfSharedKeys: replicas with one file honour each other's tokens;
// an old key is honoured while it stands in the file, a new one signs.
func TestTokensOfSharedKeys(t *testing.T) {
	old, young := strings.Repeat("a1", 32), strings.Repeat("b2", 32)
	serve := func(keys string) string {
		base, _ := start(t, "--page-size", "5", "--base-url", "https://catalogue.example.org", "--token-key", write(t, "keys", keys), "--addr", "127.0.0.1:0")
		return base
	}
	before, replica := serve(old+"\n"), serve("# the same\n\n"+old)
	rotated, retired := serve(young+"\n"+old+"\n"), serve(young+"\n")
	honoured := func(base, token string) bool {
		_, body := get(t, base+"/oai?verb=ListIdentifiers&resumptionToken="+token)
		return !strings.Contains(body, "badResumptionToken")
	}
	for _, test := range []struct {
		name     string
		from, to string
		want     bool
	}{
		{"a replica's", before, replica, true},
		{"an old one after rotation", before, rotated, true},
		{"a new one after rotation", rotated, rotated, true},
		{"a new one where the old key is gone", rotated, retired, true},
		{"an old one where its key is gone", before, retired, false},
		{"a new one where it is not known yet", rotated, before, false},
	} {
		if got := honoured(test.to, token(t, test.from)); got != test.want {
			t.Errorf("%s: honoured %v", test.name, got)
		}
	}
}

func TestAWrongFileOfKeysIsRefusedWithoutTellingAKey(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "holds no key"},
		{"# only this\n", "holds no key"},
		{"\ufeff# only this comment, which an editor of Windows wrote\n", "holds no key"},
		{strings.Repeat("k", 64) + "\n\nsecret\n", "line 3: a key has at least 32 characters"},
	} {
		status, stdout, stderr := call(t, "serve", "--token-key", write(t, "keys", test.text))
		if status != 1 || !strings.Contains(stderr, test.want) || strings.Contains(stdout+stderr, "secret") {
			t.Errorf("status %d: %q lacks %q", status, stderr, test.want)
		}
	}
	file := write(t, "keys", strings.Repeat("k", 64))
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := exposed(file, french); !strings.Contains(got, "chmod 600") || strings.Contains(got, "kkk") {
		t.Errorf("%q", got)
	}
}
