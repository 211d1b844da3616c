package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/internal/say"
)

// locale is an environment.
func locale(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestTheLanguageOfACall(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		env  func(string) string
		want lang
		bad  bool
	}{
		{"French where nothing is said", nil, locale(), french, false},
		{"French in the locale of no language", nil, locale("LANG", "C.UTF-8"), french, false},
		{"English in an English locale", nil, locale("LANG", "en_GB.UTF-8"), english, false},
		{"and in one of no country", nil, locale("LANG", "en.UTF-8"), english, false},
		{"the first variable decides", nil, locale("LC_ALL", "fr_FR.UTF-8", "LANG", "en_US.UTF-8"), french, false},
		{"a German reads French", nil, locale("LANG", "de_DE.UTF-8"), french, false},
		{"the flag before the locale", []string{"validate", "--lang", "fr"}, locale("LANG", "en_US"), french, false},
		{"the flag with an equals sign", []string{"--lang=en", "validate"}, locale(), english, false},
		{"an argument that looks like the flag", []string{"validate", "--", "--lang", "en"}, locale(), french, false},
		{"a language that it does not speak", []string{"--lang", "de"}, locale(), french, true},
		{"no language", []string{"validate", "--lang"}, locale(), french, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := langOf(test.args, test.env)
			if got != test.want || (err != nil) != test.bad {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

// TestUsageSpeaksBothLanguages: what is wrong with a call, and what helps.
func TestUsageSpeaksBothLanguages(t *testing.T) {
	for _, test := range []struct{ args, french, english string }{
		{"", "il manque une commande", "a command is missing"},
		{"validat", "il n’y a pas de commande « validat » ; voulez-vous dire validate ?", `there is no command "validat"; do you mean validate?`},
		{"help nothing", "il n’y a pas de commande « nothing »", `there is no command "nothing"`},
		{"serve --port 1", "option inconnue\u00a0: --port\n« gtnum help serve » dit comment faire.\n", "unknown flag: --port\n'gtnum help serve' tells how.\n"},
		{"serve -x", "option inconnue\u00a0: -x", "unknown flag: -x"},
		{"serve --addr", "--addr attend une valeur", "--addr wants a value"},
		{"serve --page-size many", "--page-size « many »\u00a0: attendu un nombre entier", `--page-size "many": want a whole number`},
		{"serve --base-url http://x.org/?a=b", "--base-url « http://x.org/?a=b »\u00a0: ni ? ni #", `--base-url "http://x.org/?a=b": neither ? nor #`},
		{"serve --addr 127.0.0.1:99999", "--addr « 127.0.0.1:99999 »\u00a0: attendu HÔTE:PORT", `--addr "127.0.0.1:99999": want HOST:PORT`},
		{"serve --addr :x", "--addr « :x »\u00a0: attendu HÔTE:PORT", `--addr ":x": want HOST:PORT`},
		{"serve --base-url http://:8080", "--base-url « http://:8080 »\u00a0: attendu http", `--base-url "http://:8080": want http`},
		{"serve --base-url https://é.org", "--base-url « https://é.org »\u00a0: attendu http", `--base-url "https://é.org": want http`},
		{"serve --base-url https://me:secret@x.org/", "tous liraient", "all would read"},
		{"completion", "il manque SHELL", "SHELL is missing"},
		{"completion nosh", "« nosh »\u00a0: attendu bash, zsh, fish ou powershell", `"nosh": want bash, zsh, fish or powershell`},
		{"completion bash zsh", "« zsh » est de trop", `"zsh" is too much`},
		{"validate --json=perhaps", "--json « perhaps »\u00a0: valeur refusée", `--json "perhaps": value refused`},
		{"harvest", "il manque ADRESSE", "BASE_URL is missing"},
		{"harvest hal", "« hal » n’est pas une adresse web", `"hal" is no web address`},
		{"harvest http://x http://y", "« http://y » est de trop", `"http://y" is too much`},
		{"harvest http://x.org --from May", "--from « May »\u00a0: attendu 2023-05-12", `--from "May": want 2023-05-12`},
		{"harvest http://x.org --catalogue a.json --output ./a.json", "nomment le même fichier ./a.json", "name the same file ./a.json"},
		{"harvest http://x.org --catalogue a.json --losses ./a.jsonl", "./a.jsonl est nommé deux fois", "./a.jsonl is named twice"},
		{"convert a.jsonl --output a.json --losses a.json", "a.json est nommé deux fois", "a.json is named twice"},
		{"export main.go --output ../gtnum/main.go", "../gtnum/main.go est nommé deux fois", "../gtnum/main.go is named twice"},
		{"import", "il manque CATALOGUE", "CATALOGUE is missing"},
		{"verify", "il manque --db", "--db is missing"},
		{"export --format oai_dc --profile x", "--profile « x »\u00a0: attendu dcat-ap", `--profile "x": want dcat-ap`},
		{"export --format oai_dc --profile data.gouv.fr", "--profile data.gouv.fr ne change rien au format oai_dc", "--profile data.gouv.fr changes nothing of the format oai_dc: it goes with turtle,"},
		{"export --profile x", "--profile « x »\u00a0: attendu dcat-ap", `--profile "x": want dcat-ap`},
	} {
		for tag, want := range map[string]string{"": test.french, "en_US.UTF-8": test.english} {
			var out, errs bytes.Buffer
			status := run(t.Context(), strings.Fields(test.args), locale("LANG", tag), &out, &errs)
			if status != 2 || !strings.Contains(errs.String(), want) || out.Len() > 0 {
				t.Errorf("gtnum %s: status %d, %q lacks %q", test.args, status, errs.String(), want)
			}
		}
	}
}

// TestTheWorldSpeaksBothLanguages: what goes wrong outside the program.
func TestTheWorldSpeaksBothLanguages(t *testing.T) {
	for _, test := range []struct {
		args            []string
		french, english string
	}{
		{[]string{"validate", "none.yaml"}, "il n’y a pas de fichier none.yaml", "there is no file none.yaml"},
		{[]string{"export", "testdata"}, "testdata ne peut pas être lu\u00a0: c’est un dossier", "testdata cannot be read: is a directory"},
		{[]string{"import", "none.yaml", "--db", t.TempDir() + "/x.db"}, "none.yaml\nrien n’a été importé", "none.yaml\nnothing was imported"},
		{[]string{"import", "../../testdata/pleiades.yaml", "../../testdata/pleiades.yaml", "--db", t.TempDir() + "/x.db"}, "deux productions ont l’identifiant « ", "two outputs have the id \""},
		{[]string{"import", "../../testdata/pleiades.yaml", "--db", "none/x.db"}, "entrepôt none/x.db\u00a0: il n’y a pas de dossier none", "store none/x.db: there is no folder none"},
		{[]string{"verify", "--db", "none.db"}, "il n’y a pas d’entrepôt none.db", "there is no store none.db"},
		{[]string{"import", "../../testdata/pleiades.yaml", "--db", "testdata"}, "entrepôt testdata\u00a0: c’est un dossier", "store testdata: is a directory"},
		{[]string{"serve", "--addr", "192.0.2.1:8080"}, "cette machine n’a pas cette adresse", "this machine does not have that address"},
		{[]string{"verify", "--db", "testdata/broken.yaml"}, "le fichier est endommagé, ou n’est pas un entrepôt", "the file is damaged or no store"},
		{[]string{"serve", "testdata/broken.yaml"}, "erreur\u00a0: ", "error: "},
		{[]string{"harvest", "http://127.0.0.1:1/oai"}, "aucun serveur n’y répond", "no server answers there"},
	} {
		for tag, want := range map[string]string{"C": test.french, "en_US.UTF-8": test.english} {
			var out, errs bytes.Buffer
			if status := run(t.Context(), test.args, locale("LC_ALL", tag), &out, &errs); status != 1 || !strings.Contains(errs.String(), want) {
				t.Errorf("gtnum %v: status %d, %q lacks %q", test.args, status, errs.String(), want)
			}
		}
	}
}

// TestEveryHelpIsInOneLanguage: of each command, in each language.
func TestEveryHelpIsInOneLanguage(t *testing.T) {
	var english, french bytes.Buffer
	for _, cmd := range newRoot(lang{}).Commands() {
		for tag, out := range map[string]*bytes.Buffer{"en": &english, "fr": &french} {
			if status := run(t.Context(), []string{"help", cmd.Name(), "--lang", tag}, locale(), out, out); status != 0 {
				t.Errorf("help %s: status %d", cmd.Name(), status)
			}
		}
	}
	golden(t, "help-fr.txt", french.String())
	golden(t, "help-en.txt", english.String())
	for _, word := range []string{"Flags", "file", "write", "default", "else"} {
		if strings.Contains(french.String(), " "+word+" ") {
			t.Errorf("the French help says %q", word)
		}
	}
	for _, word := range []string{"sinon", "fichier", "défaut", "é"} {
		if strings.Contains(english.String(), word) {
			t.Errorf("the English help says %q", word)
		}
	}
}

func TestTellSaysJoinedErrorsInTheLanguage(t *testing.T) {
	err := errors.Join(say.Errorf("un %s", "a %s", "a"), errors.Join(usageError{error: say.Errorf("deux", "two")}, errors.New("three")))
	if got := say.In(err, french.Tag); got != "un a\ndeux\nthree" {
		t.Errorf("%q", got)
	}
	inner := say.Errorf("dedans", "inside")
	outer := say.Errorf("dehors\u00a0: %v", "outside: %v", inner)
	if got := say.In(outer, french.Tag); got != "dehors\u00a0: dedans" || outer.Error() != "outside: inside" || !errors.Is(outer, inner) {
		t.Errorf("%q, %q", got, outer.Error())
	}
}
