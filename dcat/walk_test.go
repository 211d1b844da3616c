package dcat

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// one exports a catalogue of one output, as sorted N-Triples.
func one(t *testing.T, o model.Output, p Profile) string {
	t.Helper()
	o.ID = "x"
	c := &model.Catalogue{Base: "https://e.org/", Title: model.NewText("fr", "C"), Outputs: []model.Output{o}}
	return strings.Join(shape(t, export(t, source(t, c), Options{Syntax: NTriples, Profile: p}), NTriples), "\n")
}

const x = "<https://e.org/records/x"

func TestGraphSays(t *testing.T) {
	set := model.Output{Kind: "dataset", Title: model.NewText("fr", "T"), Abstract: model.NewText("fr", "D")}
	with := func(change func(*model.Output)) model.Output {
		o := set
		change(&o)
		return o
	}
	year, _ := model.ParseDate("2023")
	for name, c := range map[string]struct {
		output    model.Output
		says, not []string
	}{
		"a data set without a title: a label, marked": {
			with(func(o *model.Output) { o.Title = nil }),
			[]string{x + `> <` + title + `> "Jeu de données – x"@fr`, x + "> <" + provenance + "> " + x + "#derived-title>"}, nil,
		},
		"a data set without a description: a sentence, marked": {
			with(func(o *model.Output) { o.Abstract = nil }),
			[]string{x + `> <` + description + `> "Jeu de données. La source`, x + "> <" + provenance + "> " + x + "#derived-abstract>"}, nil,
		},
		"an article without a description: none": {
			model.Output{Kind: "journal-article", Title: set.Title}, []string{x + "> <" + rdfType + "> <" + nsDCAT + "Resource>"}, []string{description},
		},
		"only a page: it is the access, no download": {
			with(func(o *model.Output) { o.URL = "https://z.org/1" }),
			[]string{x + "#page> <" + accessURL + "> <https://z.org/1>"}, []string{downloadURL},
		},
		"neither page nor file: no distribution": {set, nil, []string{distribution}},
		"a file without its own page: the output's is the access": {
			with(func(o *model.Output) {
				o.URL, o.Files = "https://z.org/1", []model.File{{URL: "https://z.org/1.csv"}}
			}),
			[]string{"<" + accessURL + "> <https://z.org/1>", "<" + downloadURL + "> <https://z.org/1.csv>"}, []string{"#page"},
		},
		"a file whose page is no address: the file is the access": {
			with(func(o *model.Output) {
				o.Files = []model.File{{URL: "https://z.org/1.csv", Page: "z.org/1"}}
			}),
			[]string{"<" + accessURL + "> <https://z.org/1.csv>"}, []string{"z.org/1>"},
		},
		"nothing is invented: no publisher, contact, licence, date, language, creator": {
			set, nil, []string{publisher, contactPoint, license, issued, creator, accessRights, "LinguisticSystem"},
		},
		"what is no IRI is left out, the rest stays": {
			with(func(o *model.Output) {
				o.URL, o.Licence, o.Files = "not an address", "not a licence", []model.File{{URL: "nor this"}}
				o.Relations = []model.Relation{{Type: "references", URL: "nowhere"}}
			}),
			[]string{x + `> <` + title + `> "T"@fr`}, []string{"not an address", "not a licence", "nor this", "nowhere", distribution},
		},
		"a version is said from its own side": {
			with(func(o *model.Output) {
				o.Relations = []model.Relation{{Type: "hasVersion", Output: "v2"}}
			}),
			[]string{"<https://e.org/records/v2> <" + nsDCT + "isVersionOf> " + x + ">"}, []string{nsDCT + "hasVersion"},
		},
		"a year is a year": {
			with(func(o *model.Output) { o.Issued = year }), []string{`"2023"^^<` + xsdYear + ">"}, nil,
		},
		"a language without a code is left out": {
			with(func(o *model.Output) { o.Languages = []language.Tag{language.Und, language.French} }),
			[]string{"language/FRA>"}, []string{"language/UND"},
		},
		"EDUC is the theme where none is given": {set, []string{"data-theme/EDUC> <" + prefLabel + `> "Éducation, culture et sport"@fr`}, nil},
		"another theme takes its place": {
			with(func(o *model.Output) { o.Themes = []string{euAuthority + "data-theme/TECH"} }),
			[]string{"data-theme/TECH> <" + prefLabel + ">"}, []string{"data-theme/EDUC"},
		},
		"a series that is not there is not named": {
			with(func(o *model.Output) { o.Series = "nobody" }), nil, []string{inSeries},
		},
		"what was taken back says so": {
			with(func(o *model.Output) { o.Status, o.URL = model.Withdrawn, "https://z.org/1" }),
			[]string{x + "> <" + status + "> <" + euAuthority + "dataset-status/WITHDRAWN>", x + "#page> <" + status + "> <" + euAuthority + "distribution-status/WITHDRAWN>"}, nil,
		},
		"an agent that is only named is known by its name in the record": {
			with(func(o *model.Output) {
				o.Contributions = []model.Contribution{{Agent: model.Agent{Name: "Élodie d’Hér-Nous", Kind: model.Person}, Role: model.Author}}
			}),
			[]string{x + "> <" + creator + "> " + x + "#agent-elodie-d-her-nous>"}, nil,
		},
		"a role that nobody knows is another one": {
			with(func(o *model.Output) {
				o.Contributions = []model.Contribution{{Agent: model.Agent{Name: "A"}, Role: "nobody"}}
			}),
			[]string{"relators/oth>"}, nil,
		},
		"an agent with an ORCID is known by it": {
			with(func(o *model.Output) {
				o.Contributions = []model.Contribution{{Agent: model.Agent{Name: "A", Kind: model.Person, Identifiers: []model.Identifier{{Scheme: model.ORCID, Value: "0000-0002-1825-0097"}}}, Role: model.Author}}
			}),
			[]string{x + "> <" + creator + "> <https://orcid.org/0000-0002-1825-0097>"}, nil,
		},
		"a reference to nobody is left out": {
			with(func(o *model.Output) { o.Publisher = model.Agent{ID: "nobody"} }), nil, []string{publisher, "agents/nobody"},
		},
		"a licence of the register has its EU code": {
			with(func(o *model.Output) { o.Licence = "etalab-2.0" }),
			[]string{"<" + exact + "> <" + euAuthority + "licence/ETALAB_2_0>"}, nil,
		},
		"a licence of the EU table alone has its title": {
			with(func(o *model.Output) { o.Licence = euAuthority + "licence/EUPL_1_2" }),
			[]string{"<" + euAuthority + `licence/EUPL_1_2> <` + title + `> "European Union Public Licence v. 1.2"`}, []string{exact},
		},
		"a media type gives the EU file type": {
			with(func(o *model.Output) {
				o.Files = []model.File{{URL: "https://z.org/1.csv", MediaType: "Text/CSV; charset=utf-8"}}
			}),
			[]string{"<" + nsDCT + "format> <" + euAuthority + "file-type/CSV>", "<" + mediaType + "> <https://www.iana.org/assignments/media-types/text/csv>"}, nil,
		},
		"a checksum that is none is left out, with what it is of": {
			with(func(o *model.Output) {
				o.Files = []model.File{
					{URL: "https://z.org/1", Checksum: model.Checksum{Algorithm: "sha256", Value: "12 Mo"}},
					{URL: "https://z.org/2", Checksum: model.Checksum{Algorithm: "somme", Value: "00ff"}},
					{URL: "https://z.org/3", Checksum: model.Checksum{Algorithm: "SHA-512", Value: "00FF"}},
				}
			}),
			[]string{"#checksumAlgorithm_sha512> .", `"00FF"`}, []string{"12 Mo", "somme", "checksumAlgorithm_sha256", `"00ff"`},
		},
		"a media type that the EU does not know gives none": {
			with(func(o *model.Output) {
				o.Files = []model.File{{URL: "https://z.org/1.csv", MediaType: "application/x-nobody"}}
			}),
			[]string{"application/x-nobody>"}, []string{nsDCT + "format"},
		},
		"a media type that is none is left out": {
			with(func(o *model.Output) {
				for i, t := range []string{"csv", "text/", "text/a/b", "text/c d", " Text/TAB-separated-values ; charset=utf-8"} {
					o.Files = append(o.Files, model.File{URL: "https://z.org/" + strconv.Itoa(i), MediaType: t})
				}
			}),
			[]string{"media-types/text/tab-separated-values>"}, []string{"media-types/csv", "media-types/text/>", "text/a", "text/c"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			doc := one(t, c.output, DCATAP())
			for _, s := range c.says {
				if !strings.Contains(doc, s) {
					t.Errorf("does not say %s in\n%s", s, doc)
				}
			}
			for _, s := range c.not {
				if strings.Contains(doc, s) {
					t.Errorf("says %s in\n%s", s, doc)
				}
			}
		})
	}
}

// What each field of a profile does; that portals need it, the interop tests
// show with the portals' own programs.
func TestProfilesDiffer(t *testing.T) {
	month, _ := model.ParseDate("2023-05")
	february, _ := model.ParseDate("2024-02")
	year, _ := model.ParseDate("2024")
	o := model.Output{
		Kind: "dataset", Title: model.NewText("fr", "T"), Abstract: model.NewText("fr", "D"), Licence: "CC-BY-4.0", Issued: month, Series: "s",
		Files:         []model.File{{URL: "https://z.org/1.csv", Checksum: model.Checksum{Algorithm: "md5", Value: "00ff"}}},
		Contributions: []model.Contribution{{Agent: model.Agent{Name: "A"}, Role: "project-leader"}},
		Links:         []model.Link{{URL: "https://z.org/guide", Kind: "documentation"}},
		Temporal:      []model.Period{{End: february}, {End: year}},
	}
	for name, c := range map[string]struct{ ap, gouv string }{
		"ChecksumType":           {`"00ff"^^<` + xsdHex + ">", `"00ff" .`},
		"SPDX":                   {"<https://spdx.org/rdf/terms#checksumAlgorithm_md5>", "<http://spdx.org/rdf/terms#checksumAlgorithm_md5>"},
		"WholeDates, at an end":  {`"2024"^^<` + xsdYear + ">", `"2024-12-31"^^<` + xsdDate + ">"},
		"WholeDates, at the end": {`"2024-02"^^<` + xsdMonth + ">", `"2024-02-29"^^<` + xsdDate + ">"},
		"WholeDates":             {`"2023-05"^^<` + xsdMonth + ">", `"2023-05-01"^^<` + xsdDate + ">"},
		"LicenceTitle":           {`<` + label + `> "Creative Commons Attribution 4.0 International"`, `<` + label + `> "Creative Commons Attribution" .`},
		"Roles":                  {"<" + contributor + ">", "<" + nsGeo + "principalInvestigator>"},
		"DocumentationParts":     {x + "> <" + page + "> <https://z.org/guide>", "<" + hasPart + "> <https://z.org/guide>"},
	} {
		ap, gouv := one(t, o, DCATAP()), one(t, o, DataGouv())
		if !strings.Contains(ap, c.ap) || strings.Contains(gouv, c.ap) && name != "Roles" && name != "DocumentationParts" {
			t.Errorf("%s: %s is not of dcat-ap alone", name, c.ap)
		}
		if !strings.Contains(gouv, c.gouv) || strings.Contains(ap, c.gouv) {
			t.Errorf("%s: %s is not of data.gouv.fr alone", name, c.gouv)
		}
	}
	taken := o
	taken.Status = model.Withdrawn
	if strings.Contains(one(t, taken, DataGouv()), x) || !strings.Contains(one(t, taken, DCATAP()), x) {
		t.Error("HideWithdrawn: data.gouv.fr alone must not show what was taken back")
	}
}

// Things of one record that have one slug are told apart, in whatever order they
// come; what is the same has one IRI.
func TestThingsOfOneSlugAreToldApart(t *testing.T) {
	nowhere := []model.Identifier{{Scheme: "matricule", Value: "1"}} // has no address
	agents := []model.Agent{{Name: "Zoé"}, {Name: "Zoe"}, {Name: "Zoe"}, {Name: "ZOÉ", Affiliations: []model.Agent{{Name: "Labo"}}}, {Name: "Zoé Martin"},
		{Name: "Élise", Identifiers: nowhere}, {Name: "Elise", Identifiers: nowhere}}
	places := []model.Place{{Label: model.NewText("fr", "Orléans")}, {Label: model.NewText("fr", "Orleans")}, {Box: model.Box{West: 1, South: 2, East: 3, North: 4}}, {Box: model.Box{West: 1, South: 2, East: 3, North: 5}}}
	grants := []model.Funding{{Funder: model.Agent{Name: "ANR"}, Title: model.NewText("fr", "Un")}, {Funder: model.Agent{Name: "ANR"}, Title: model.NewText("fr", "Deux")}}
	rules := []model.Derivation{{Field: "kind", Rule: model.NewText("fr", "une")}, {Field: "kind", Rule: model.NewText("fr", "deux")}}
	o := model.Output{Kind: "dataset", Title: model.NewText("fr", "T"), Abstract: model.NewText("fr", "D"), Contacts: agents, Spatial: places, Funding: grants}
	for _, a := range agents {
		o.Contributions = append(o.Contributions, model.Contribution{Agent: a, Role: model.Author})
	}
	o.Provenance.Derived = rules
	doc := one(t, o, DCATAP())
	for prefix, want := range map[string]int{"agent-zoe": 4, "agent-elise": 2, "contact-zoe": 4, "place-": 4, "funding-anr": 2, "derived-kind": 2} {
		iris := make(map[string]bool)
		for line := range strings.SplitSeq(doc, "\n") {
			if subject, _, _ := strings.Cut(line, "> "); strings.HasPrefix(subject, x+"#"+prefix) {
				iris[subject] = true
			}
		}
		if len(iris) != want {
			t.Errorf("%d things are called %s…, want %d in\n%s", len(iris), prefix, want, doc)
		}
	}
	for _, says := range []string{
		x + "#agent-zoe> <" + name_ + `> "ZOÉ" .`, x + "#agent-zoe-" + digest("Zoé") + "> <" + name_ + `> "Zoé" .`, x + "#agent-zoe-" + digest("Zoe") + "> <" + name_ + `> "Zoe" .`,
		`"POLYGON((1 2,3 2,3 4,1 4,1 2))"`, `"POLYGON((1 2,3 2,3 5,1 5,1 2))"`, `"Un"@fr`, `"Deux"@fr`, `"une"@fr`, `"deux"@fr`,
	} {
		if !strings.Contains(doc, says) {
			t.Errorf("does not say %s in\n%s", says, doc)
		}
	}
	for _, list := range []func(){func() { slices.Reverse(o.Contributions) }, func() { slices.Reverse(o.Contacts) }, func() { slices.Reverse(places) }, func() { slices.Reverse(grants) }, func() { slices.Reverse(rules) }} {
		if list(); one(t, o, DCATAP()) != doc {
			t.Error("the order of a list changes what its things are called")
		}
	}
}

// What an agent of the catalogue's list is of is called the same in whichever
// record names it first.
func TestWhatAListedAgentIsOfHangsOnItself(t *testing.T) {
	c := &model.Catalogue{Base: "https://e.org/", Title: model.NewText("fr", "C"), Agents: []model.Agent{{ID: "a", Name: "Anne", Affiliations: []model.Agent{{Name: "Labo"}}}}}
	for _, id := range []string{"x", "y"} {
		c.Outputs = append(c.Outputs, model.Output{ID: id, Kind: "text", Title: model.NewText("fr", "T"), Contributions: []model.Contribution{
			{Agent: model.Agent{ID: "a"}, Role: model.Author}, {Agent: model.Agent{Name: "Bob " + id}, Role: model.Author},
		}})
	}
	for _, after := range []string{"", "x"} {
		doc := string(export(t, source(t, c), Options{Syntax: NTriples, Page: &Page{After: after, Size: 1}}))
		if want := "<https://e.org/agents/a> <" + memberOf + "> <https://e.org/agents/a#agent-labo> ."; !strings.Contains(doc, want) {
			t.Errorf("after %q there is no %s in\n%s", after, want, doc)
		}
		back, _, err := Read(strings.NewReader(doc), NTriples, "")
		if err != nil || len(back.Agents) != 1 || len(back.Agents[0].Affiliations) != 1 || back.Agents[0].Affiliations[0].Name != "Labo" {
			t.Errorf("it is read as %+v, %v", back.Agents, err)
		}
	}
}

func TestFindProfile(t *testing.T) {
	if p, err := FindProfile(""); err != nil || p.Name != "dcat-ap" {
		t.Errorf("no name: %q, %v", p.Name, err)
	}
	if p, err := FindProfile("data.gouv.fr"); err != nil || !p.WholeDates {
		t.Errorf("data.gouv.fr: %v", err)
	}
	if _, err := FindProfile("x", DCATAP()); err == nil || !strings.Contains(err.Error(), "dcat-ap") {
		t.Errorf("an unknown name must tell the known ones: %v", err)
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Julien Netter":       "julien-netter",
		"Cédric Fluckiger":    "cedric-fluckiger",
		"Henrique Vilas-Boas": "henrique-vilas-boas",
		"  J.  d’Ormesson ":   "j-d-ormesson",
		"INSEE 2023":          "insee-2023",
		"漢字":                  digest("漢字"),
		"":                    digest(""),
		"Łódź & Cie":          "odz-cie-" + digest("Łódź & Cie"),
		"---":                 digest("---"),
	} {
		if got := slug(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
