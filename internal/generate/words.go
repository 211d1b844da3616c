package generate

import "github.com/gtnum/gtnum/model"

// weighted is a list whose members are drawn by weight.
type weighted[T any] []struct {
	value  T
	weight int
}

func (w weighted[T]) pick(g *maker) T {
	total := 0
	for _, m := range w {
		total += m.weight
	}
	n := g.IntN(total)
	for _, m := range w {
		if n -= m.weight; n < 0 {
			return m.value
		}
	}
	panic("unreachable: n is less than the sum of the weights")
}

var kinds = weighted[model.Kind]{
	{"journal-article", 300}, {"conference-paper", 150}, {"book-part", 80}, {"report", 60},
	{"blog-post", 80}, {"video", 100}, {"sound", 40}, {"dataset", 60}, {"preprint", 30},
	{"doctoral-thesis", 15}, {"master-thesis", 15}, {"book", 10}, {"conference-poster", 10},
	{"learning-object", 20}, {"software", 5}, {"image", 5}, {"website", 10}, {"text", 10},
}

var licences = weighted[model.Licence]{
	{"CC-BY-4.0", 60}, {"etalab-2.0", 20}, {"CC-BY-SA-4.0", 10}, {"CC-BY-NC-ND-4.0", 8}, {"CC0-1.0", 2},
}

var frenchWords = []string{
	"école", "élèves", "enseignants", "numérique", "apprentissage", "distance", "classe", "inégalités",
	"pratiques", "évaluation", "collaboration", "recherche", "usages", "ressources", "formation", "analyse",
	"l’accès", "compétences", "outils", "données", "parcours", "étude", "enquête", "entretiens", "lycée",
	"primaire", "famille", "inclusion", "autonomie", "confinement", "et", "des", "dans", "pour", "avec", "sur",
}

var englishWords = []string{
	"school", "pupils", "teachers", "digital", "learning", "distance", "class", "inequality", "practice",
	"assessment", "collaboration", "research", "use", "resources", "training", "analysis", "access", "skills",
	"tools", "data", "path", "study", "survey", "interviews", "and", "of", "in", "for", "with", "on",
}

var givenNames = []string{
	"Aline", "Bruno", "Cécile", "Dimitri", "Élodie", "Fabien", "Gaëlle", "Hugo", "Inès", "Joël", "Karima",
	"Loïc", "Maëlle", "Noé", "Océane", "Perrine", "Quentin", "Rémi", "Séverine", "Théo",
}

var syllables = []string{
	"bal", "cor", "del", "fau", "gri", "lam", "mer", "nou", "per", "rou", "sal", "tou", "vau", "bri", "char", "mon",
}

var endings = []string{"din", "gnac", "let", "mond", "nier", "quet", "reau", "sart", "tin", "vel"}
