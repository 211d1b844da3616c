package crosswalk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gtnum/gtnum/model"
)

// entity is a record with one author in a card, or whatever stands there.
func entityOf(card, role string) string {
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(card)
	return lomOf(`<lom:lifeCycle><lom:contribute><lom:role><lom:source>LOMv1.0</lom:source><lom:value>` + role + `</lom:value></lom:role><lom:entity>` + escaped + `</lom:entity></lom:contribute></lom:lifeCycle>`)
}

func organisation(name string) model.Agent {
	return model.Agent{Kind: model.Organisation, Name: name}
}

// Cards as portals write them: every version, folded and not, with what XML
// and exporters do to line breaks.
func TestReadVCard(t *testing.T) {
	netter := model.Agent{Kind: model.Person, Name: "Julien Netter", GivenName: "Julien", FamilyName: "Netter", Affiliations: []model.Agent{organisation("Circeft")}}
	for _, c := range []struct {
		name, card string
		want       model.Agent
		lost       []string
	}{
		{"4.0", "BEGIN:VCARD\nVERSION:4.0\nKIND:individual\nFN:Julien Netter\nN:Netter;Julien;;;\nORG:Circeft\nEND:VCARD", netter, nil},
		{"3.0 with CRLF, a group and parameters", "BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.FN;CHARSET=UTF-8:Julien Netter\r\nN;LANGUAGE=fr:Netter;Julien\r\nORG;CHARSET=\"UTF-8\":Circeft\r\nEND:VCARD", netter, nil},
		{"2.1 in quoted-printable", "BEGIN:vcard\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Ren=C3=A9=\n Descartes\nEND:vcard", model.Agent{Name: "RenéDescartes"}, nil},
		{"2.1 in quoted-printable and Latin-1", "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Ren=E9 Descartes\nEND:VCARD", model.Agent{Name: "René Descartes"}, nil},
		{"on one line", "BEGIN:VCARD VERSION:4.0 KIND:org FN:Docaposte editeur ORG:Docaposte editeur NOTE:SIREN=493376008 REV:2026-01-12 END:VCARD",
			model.Agent{Kind: model.Organisation, Name: "Docaposte editeur", Identifiers: []model.Identifier{id("siren:493376008")}}, nil},
		{"line breaks that an exporter escaped", `BEGIN:VCARD\nVERSION:3.0\nFN:Julien Netter\nN:Netter;Julien\nORG:Circeft\nEND:VCARD`, netter, nil},
		{"indented as the XML is", "BEGIN:VCARD\n      VERSION:3.0\n      FN:Julien Netter\n      N:Netter;Julien\n      ORG:Circeft\n      END:VCARD", netter, nil},
		{"folded in the middle of a name", "BEGIN:VCARD\nFN:Direction du numérique pour l’éducation et de tout ce qui va avec el\n le\nEND:VCARD", model.Agent{Name: "Direction du numérique pour l’éducation et de tout ce qui va avec elle"}, nil},
		{"a fold that looks like a property", "BEGIN:VCARD\nFN:Laboratoire des langues et des lettres de la faculté de l’ouest, n\n N:1\nEND:VCARD", model.Agent{Name: "Laboratoire des langues et des lettres de la faculté de l’ouest, nN:1"}, nil},
		{"a line break that nobody escaped", "BEGIN:VCARD\nFN:Direction du\nnumérique\nEND:VCARD", model.Agent{Name: "Direction du numérique"}, nil},
		{"escapes", `BEGIN:VCARD` + "\n" + `FN:A\; B\, C\\D\nE` + "\n" + `END:VCARD`, model.Agent{Name: `A; B, C\D E`}, nil},
		{"given name under FN, family name under N, as in ScoLOMFR's manual", "BEGIN:vcard\nVERSION:3.0\nFN;ENCODING=8BIT;CHARSET=UTF-8;LANGUAGE=fr-FR:Julien\nN;ENCODING=8BIT;CHARSET=UTF-8;LANGUAGE=fr-FR:Netter\nORG:Circeft\nEND:vcard", netter, nil},
		{"the family name alone under N", "BEGIN:VCARD\nN:Netter\nFN:Julien Netter\nORG:Circeft\nEND:VCARD", netter, nil},
		{"no FN", "BEGIN:VCARD\nN:Netter;Julien\nORG:Circeft\nEND:VCARD", netter, nil},
		{"family name first", "BEGIN:VCARD\nFN:Netter, Julien\nORG:Circeft\nEND:VCARD", netter, nil},
		{"an organisation alone", "BEGIN:VCARD\nVERSION:3.0\nORG:Canopé\nEND:VCARD", organisation("Canopé"), nil},
		{"an organisation that is its own", "BEGIN:VCARD\nFN:Canopé\nN:Canopé;;;;\nORG:Canopé\nEND:VCARD", organisation("Canopé"), nil},
		{"units of one name that nobody says are one", "BEGIN:VCARD\nFN:Netter, Julien\nORG:A;Physique\nORG;ALTID=1:B;Physique\nEND:VCARD", model.Agent{Kind: model.Person, Name: "Julien Netter", GivenName: "Julien", FamilyName: "Netter", Affiliations: []model.Agent{
			{Kind: model.Organisation, Name: "Physique", PartOf: model.Wholes{organisation("A")}}, {Kind: model.Organisation, Name: "Physique", PartOf: model.Wholes{organisation("B")}}}}, nil},
		{"a unit in a body", "BEGIN:VCARD\nKIND:org\nFN:Circeft\nORG:Université Paris 8;Circeft\nEND:VCARD",
			model.Agent{Kind: model.Organisation, Name: "Circeft", PartOf: model.Wholes{organisation("Université Paris 8")}}, nil},
		{"no card at all", "Julien Netter", model.Agent{Name: "Julien Netter"}, nil},
		{"identifiers as notes and as addresses", "BEGIN:VCARD\nFN:X\nNOTE:IDREF=026927608\nURL:https://orcid.org/0000-0002-1825-0097\nURL:https://example.org/x\nEMAIL;TYPE=INTERNET:mailto:x@example.org\nEND:VCARD",
			model.Agent{Name: "X", Identifiers: []model.Identifier{id("idref:026927608"), id("orcid:0000-0002-1825-0097")}, Homepage: "https://example.org/x", Email: "x@example.org"}, nil},
		{"what has no place is listed line by line", "BEGIN:VCARD\nFN:X\nTEL:+33 1\nNOTE:a free text\nNOTE:ISNI=0000000000000000\nNOTE:FOO=1\nTITLE:Professor\nEMAIL:a@example.org\nEMAIL:b@example.org\nUID:urn:uuid:1\nKIND:group\nFN:Y\nNOTE:AWARD=1\nEND:VCARD",
			model.Agent{Name: "X", Email: "a@example.org"}, []string{"TEL:+33 1", "NOTE:a free text", "NOTE:ISNI=0000000000000000", "NOTE:FOO=1", "TITLE:Professor", "EMAIL:b@example.org", "UID:urn:uuid:1", "KIND:group", "FN:Y", "NOTE:AWARD=1"}},
		{"two cards' worth of names, and an organisation that has one of a person", "BEGIN:VCARD\n\nKIND:org\nFN:Canopé\nN:Curie;Marie\nN:X\nORG:;\nORG:Ministère\nORG:Région\nEND:VCARD",
			model.Agent{Kind: model.Organisation, Name: "Canopé", PartOf: model.Wholes{organisation("Ministère"), organisation("Région")}}, []string{"N:X", "N:Curie;Marie"}},
		{"a family name alone", "BEGIN:VCARD\nN:Curie;;;;\nEND:VCARD", model.Agent{Name: "Curie"}, nil},
		{"UNIT's, with the given name again", "BEGIN:VCARD\nVERSION:3.0\nN:Toma;Antoine;Antoine;;;\nFN:Antoine Toma;Antoine\nEMAIL;TYPE=INTERNET:\nORG:\nEND:VCARD",
			model.Agent{Kind: model.Person, Name: "Antoine Toma", GivenName: "Antoine", FamilyName: "Toma"}, nil},
		{"NORMETIC's, with empty lines and a picture", "BEGIN:VCARD\nVERSION:3.0\nCLASS:PUBLIC\nFN:\nN:;;;;\nORG:CCDMD\nTEL;TYPE=WORK,VOICE:\nADR;TYPE=WORK,POST:;;;;Québec;;Canada\nPHOTO;ENCODING=b;TYPE=gif:R0lGODlhoABCAMQAAP7+\n /lNUa0JEXCQl\nURL:\nEND:VCARD",
			organisation("CCDMD"), []string{"ADR;TYPE=WORK,POST:;;;;Québec;;Canada", "PHOTO"}},
		{"more names than a family and a given one", "BEGIN:VCARD\nFN:Dr Julien Netter\nN:Netter;Julien;;Dr;\nORG:Circeft\nEND:VCARD",
			model.Agent{Kind: model.Person, Name: "Dr Julien Netter", GivenName: "Julien", FamilyName: "Netter", Affiliations: []model.Agent{organisation("Circeft")}}, []string{"N:Netter;Julien;;Dr;"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, losses := read(t, entityOf(c.card, "author"))
			authors := out.By(model.Author)
			if len(authors) != 1 {
				t.Fatalf("%d authors, losses %v", len(authors), losses)
			}
			if diff := cmp.Diff(c.want, authors[0], alike); diff != "" {
				t.Errorf("agent (-want +got):\n%s", diff)
			}
			var lost []string
			for _, l := range losses {
				lost = append(lost, l.Value)
			}
			same(t, lost, c.lost...)
		})
	}
}

// What the writer puts in a card comes back, whoever it is.
func TestVCardComesBack(t *testing.T) {
	whole := organisation("Université; Paris 8, Vincennes")
	for name, a := range map[string]model.Agent{
		"a person": {Kind: model.Person, Name: "Anne O’Neil <éd.>", GivenName: "Anne", FamilyName: "O’Neil <éd.>", Email: "a@example.org", Homepage: "https://example.org/?a=1,2;3",
			Identifiers: []model.Identifier{id("orcid:0000-0002-1825-0097"), id("idref:026927608"), id("isni:000000012281955X"), {Scheme: model.Local, Value: "siret:1"}}, Affiliations: []model.Agent{{Kind: model.Organisation, Name: "Circeft", PartOf: model.Wholes{whole}}}},
		"an organisation":        {Kind: model.Organisation, Name: "Circeft", PartOf: model.Wholes{whole}, Identifiers: []model.Identifier{id("ror:05ggc9x40"), id("siren:110043015")}},
		"an organisation in two": {Kind: model.Organisation, Name: "UMR", PartOf: model.Wholes{whole, organisation("CNRS")}},
		"a person in what is in two": {Kind: model.Person, Name: "A B", GivenName: "A", FamilyName: "B", Affiliations: []model.Agent{organisation("Inrap"),
			{Kind: model.Organisation, Name: "Équipe", PartOf: model.Wholes{{Kind: model.Organisation, Name: "UMR", PartOf: model.Wholes{whole, organisation("CNRS")}}}},
			{Kind: model.Organisation, Name: "Équipe", PartOf: model.Wholes{organisation("A"), organisation("B")}}}},
		"a name alone":            {Name: "Collectif"},
		"a long name":             {Kind: model.Organisation, Name: strings.Repeat("Université de l’Île-de-France ", 12) + "et fin"},
		"a name with a backslash": {Kind: model.Organisation, Name: `A\nB`},
	} {
		t.Run(name, func(t *testing.T) {
			out, losses := read(t, entityOf(cardOf(t, a, a.Affiliations, ""), "author"))
			if diff := cmp.Diff([]model.Agent{a}, out.By(model.Author), alike); diff != "" || len(losses) > 0 {
				t.Errorf("agent (-want +got):\n%s\nlost %v", diff, losses)
			}
		})
	}
}

// Roles by IRI, by the word of LOM or by label; those that the model lacks keep
// their name.
func TestReadLOMRoles(t *testing.T) {
	const card = "BEGIN:VCARD\nFN:X\n"
	for _, c := range []struct {
		name, role, card string
		want             model.Contribution
	}{
		{"a word of LOM", "author", "", model.Contribution{Role: model.Author}},
		{"an IRI", scolomfr + "author", "", model.Contribution{Role: model.Author}},
		{"a label", "auteur", "", model.Contribution{Role: model.Author}},
		{"a word that the model lacks", "script writer", "", model.Contribution{Role: "contributor", Label: model.NewText("en", "script writer")}},
		{"nobody knows", "unknown", "", model.Contribution{Role: "contributor"}},
		{"an initiator need not be a funder", "initiator", "", model.Contribution{Role: "contributor", Label: model.NewText("fr", "initiateur")}},
		{"an initiator whose card says that it is", scolomfr + "initiator", "ROLE:financeur\n", model.Contribution{Role: "funder"}},
		{"a contributor whose card says what it did", scolomfr + "scolomfr-voc-003-num-005", "ROLE:traducteur\n", model.Contribution{Role: "translator"}},
		{"words that nobody else uses", scolomfr + "scolomfr-voc-003-num-005", "ROLE:voix hors champ\n", model.Contribution{Role: "contributor", Label: model.NewText("und", "voix hors champ")}},
		{"words beside a role", "author", "ROLE:co-autrice\n", model.Contribution{Role: model.Author, Label: model.NewText("und", "co-autrice")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.want.Agent.Name = "X"
			out, losses := read(t, entityOf(card+c.card+"END:VCARD", c.role))
			if diff := cmp.Diff([]model.Contribution{c.want}, out.Contributions, alike); diff != "" || len(losses) > 0 {
				t.Errorf("contributions (-want +got):\n%s\nlost %v", diff, losses)
			}
		})
	}
}

// FuzzVCard: whatever a card says in words, it says when it is read.
func FuzzVCard(f *testing.F) {
	for _, s := range []string{"Julien Netter", "A; B, C\\D\nE\r\nF", strings.Repeat("é ", 60), "END:VCARD", "x\nFN:y", "\x00\xff", ":", "=\n", " N:", "<&>"} {
		f.Add(s, "Circeft", "auteur")
		f.Add("Julien Netter", s, s)
	}
	f.Fuzz(func(t *testing.T, name, org, role string) {
		name, org, role = printed("N"+name), printed("O"+org), printed("R"+role)
		var w writer
		w.vCard("entity", bareRecord(), model.Agent{Kind: model.Person, Name: name}, []model.Agent{organisation(org)}, role)
		card := cardReader{lomReader: &lomReader{newReader(harvested(""), model.Origin{})}, e: root(t, w.buf)}
		a := card.read()
		if len(a.Affiliations) != 1 || a.Affiliations[0].Name != org || card.role != role || a.Name != name && a.FamilyName == "" {
			t.Errorf("%q, %q, %q became %+v, %q\n%s", name, org, role, a, card.role, w.buf)
		}
	})
}

// printed is what a card keeps of a text: no control characters, single blanks.
func printed(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r':
			return ' '
		case r < ' ', r == 0x7F:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return collapse(strings.Map(func(r rune) rune {
		if r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, s))
}
