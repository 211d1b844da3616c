package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// skosFile is a vocabulary in short: a concept that is told of in two places,
// one that is obsolete, the scheme, and a label in another language.
const skosFile = `<rdf:RDF xmlns="itm:n#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:thes="http://purl.org/iso25964/skos-thes#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<rdf:Description rdf:about="http://data.education.fr/voc/scolomfr"><skos:prefLabel xml:lang="fr">Vocabulaires</skos:prefLabel></rdf:Description>
<rdf:Description rdf:about="http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-010-num-014"><thes:status xml:lang="fr">Actuel</thes:status><skos:altLabel xml:lang="fr">manuel</skos:altLabel></rdf:Description>
<rdf:Description rdf:about="http://data.education.fr/voc/scolomfr/concept/table"><thes:status xml:lang="fr">Actuel</thes:status><skos:prefLabel xml:lang="fr">tableau</skos:prefLabel><skos:prefLabel xml:lang="en">table</skos:prefLabel></rdf:Description>
<rdf:Description rdf:about="http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-010-num-014"><skos:prefLabel xml:lang="fr">manuel d'enseignement</skos:prefLabel></rdf:Description>
<rdf:Description rdf:about="http://data.education.fr/voc/scolomfr/concept/index"><thes:status xml:lang="fr">Obsolète</thes:status><skos:prefLabel xml:lang="fr">index</skos:prefLabel></rdf:Description>
</rdf:RDF>`

func TestSourceHoldsPreferredLabels(t *testing.T) {
	dir := t.TempDir()
	for _, v := range vocabularies {
		if _, err := source(dir); err == nil {
			t.Errorf("the file of vocabulary %s is not missed", v.number)
		}
		if err := os.WriteFile(filepath.Join(dir, v.number[1:]+".rdf"), []byte(skosFile), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := source(dir)
	if err != nil {
		t.Fatal(err)
	}
	const want = `	"010": { // learning resource types
		{scolomfr + "scolomfr-voc-010-num-014", "manuel d'enseignement"},
		{scolomfr + "table", "tableau"},
	},
`
	if !strings.Contains(string(text), want) {
		t.Errorf("lacks\n%s\nin\n%s", want, text)
	}
}
