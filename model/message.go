package model

// message is what a problem says, in French and English.
type message struct {
	french, english             string
	lossFrench, lossEnglish     string
	remedyFrench, remedyEnglish string
}

// messages is the one table of what problems say. Arguments are in the same
// order in both languages. What harvesters lose is told with the argument
// behind a colon, so that a report can say once what many records have in
// common.
var messages = map[string]message{
	// the file
	"syntax": {french: "syntaxe illisible (%s)", english: "unreadable syntax (%s)",
		remedyFrench: "corrigez la ligne, ou celle d’avant\u00a0; alignement, deux-points, guillemets et virgules sont les causes les plus fréquentes", remedyEnglish: "mend the line, or the one before; indentation, colons, quotation marks and commas are the usual causes"},
	"character": {french: "caractère qu’un fichier de texte ne peut contenir\u00a0: %s", english: "character that no text file may hold: %s",
		remedyFrench: "retapez-le\u00a0; s’il s’agit d’une lettre accentuée, enregistrez le fichier en UTF-8", remedyEnglish: "type it again; if it is an accented letter, save the file as UTF-8"},
	"empty":           {french: "le fichier est vide", english: "the file is empty", remedyFrench: "commencez par id, base, title et modified", remedyEnglish: "begin with id, base, title and modified"},
	"documents":       {french: "le fichier contient plusieurs documents YAML", english: "the file holds several YAML documents", remedyFrench: "gardez un catalogue par fichier", remedyEnglish: "keep one catalogue a file"},
	"alias":           {french: "un renvoi YAML (*%s) n’est pas accepté", english: "a YAML alias (*%s) is not accepted", remedyFrench: "écrivez la valeur en toutes lettres", remedyEnglish: "write the value out"},
	"unknown-key":     {french: "clé inconnue « %s »%s", english: "unknown key %q%s", remedyFrench: "corrigez ou supprimez la clé", remedyEnglish: "mend or remove the key"},
	"duplicate-key":   {french: "la clé « %s » est déjà donnée à la ligne %d", english: "key %q is already given on line %d", remedyFrench: "gardez-en une", remedyEnglish: "keep one of them"},
	"wrong-type":      {french: "attendu\u00a0: %s\u00a0; trouvé\u00a0: %s", english: "want %s, found %s"},
	"invalid":         {french: "valeur refusée\u00a0: %s", english: "value refused: %s"},
	"not-in-list":     {french: "« %s » n’est pas une valeur admise%s", english: "%q is not one of the values%s", remedyFrench: "la commande « gtnum schema » écrit le schéma JSON, qui les donne toutes", remedyEnglish: "the command \"gtnum schema\" writes the JSON Schema, which lists them"},
	"language-tag":    {french: "« %s » n’est pas un code de langue", english: "%q is no language tag", remedyFrench: "écrivez fr, en, oc…", remedyEnglish: "write fr, en, oc…"},
	"empty-text":      {french: "texte vide", english: "empty text", remedyFrench: "supprimez la ligne si rien n’est connu", remedyEnglish: "remove the line if nothing is known"},
	"url":             {french: "« %s » n’est pas une adresse web", english: "%q is no web address", remedyFrench: "écrivez-la entière, comme https://hal.science/hal-03526140", remedyEnglish: "write it whole, as https://hal.science/hal-03526140"},
	"required":        {french: "« %s » manque", english: "%q is missing", remedyFrench: "ajoutez-le", remedyEnglish: "add it"},
	"id":              {french: "l’identifiant « %s » contient autre chose que des lettres sans accent, des chiffres et . _ ~ -", english: "id %q holds other characters than unaccented letters, digits and . _ ~ -", remedyFrench: "choisissez un identifiant simple, comme hal-03526140", remedyEnglish: "choose a plain one, as hal-03526140"},
	"base":            {french: "« %s » n’est pas une base\u00a0: il faut une adresse http(s) terminée par une barre oblique", english: "%q is no base: it must be an http(s) address that ends with a slash"},
	"duplicate-id":    {french: "l’identifiant « %s » est déjà pris (ligne %d)", english: "id %q is already taken (line %d)", remedyFrench: "donnez un identifiant à chacun", remedyEnglish: "give each its own"},
	"dangling":        {french: "%s « %s »\u00a0: rien de ce nom dans le catalogue%s", english: "%s %q: nothing of that name in the catalogue%s", remedyFrench: "corrigez le renvoi ou décrivez ce qu’il nomme", remedyEnglish: "mend the reference or describe what it names"},
	"axes-no-group":   {french: "des axes sont donnés mais aucun groupe", english: "axes are given but no group", remedyFrench: "ajoutez group", remedyEnglish: "add group"},
	"relation-target": {french: "une relation nomme exactement un de output, identifier et url", english: "a relation names exactly one of output, identifier and url"},

	// what harvesters lose
	"title-missing": {french: "pas de titre\u00a0; une étiquette faite par règle en tient lieu\u00a0: « %s »", english: "no title, a label made by rule stands in: %q",
		lossFrench: "OpenAIRE, BASE et isidore écartent en oai_dc les notices sans titre\u00a0; ailleurs on lit l’étiquette", lossEnglish: "OpenAIRE, BASE and isidore drop records without title in oai_dc; elsewhere people read the label",
		remedyFrench: "recopiez le titre de la page", remedyEnglish: "copy the title from its page"},
	"title-file-name": {french: "le titre est un nom de fichier\u00a0: « %s »", english: "the title is the name of a file: %q", lossFrench: "GoTriple n’en veut pas, et personne ne trouve la notice", lossEnglish: "GoTriple does not want it, and nobody finds the record",
		remedyFrench: "recopiez le titre de la page", remedyEnglish: "copy the title from its page"},
	"author-missing":      {french: "aucun auteur", english: "no author", lossFrench: "GoTriple écarte la notice, BASE et HAL la signalent incomplète", lossEnglish: "GoTriple drops the record, BASE and HAL call it incomplete", remedyFrench: "ajoutez contributions avec le rôle author", remedyEnglish: "add contributions with the role author"},
	"issued-missing":      {french: "aucune date de publication", english: "no date of publication", lossFrench: "B2FIND écarte la notice\u00a0; DataCite et OpenAIRE la refusent", lossEnglish: "B2FIND drops the record; DataCite and OpenAIRE refuse it", remedyFrench: "ajoutez issued, au moins l’année", remedyEnglish: "add issued, the year at least"},
	"language-missing":    {french: "aucune langue", english: "no language", lossFrench: "isidore n’enrichit pas la notice", lossEnglish: "isidore does not enrich the record", remedyFrench: "ajoutez languages, comme [fr]", remedyEnglish: "add languages, as [fr]"},
	"licence-missing":     {french: "aucune licence", english: "no licence", lossFrench: "data.gouv.fr affiche « licence non spécifiée »\u00a0; personne ne sait ce qu’il a le droit de faire", lossEnglish: "data.gouv.fr shows no licence; nobody knows what they may do", remedyFrench: "ajoutez licence, comme etalab-2.0 ou CC-BY-4.0", remedyEnglish: "add licence, as etalab-2.0 or CC-BY-4.0"},
	"licence-unknown":     {french: "licence hors du registre\u00a0: %s", english: "licence not of the register: %s", lossFrench: "les portails ne la reconnaissent pas", lossEnglish: "portals do not recognise it", remedyFrench: "prenez l’identifiant SPDX d’une licence du registre s’il y en a un", remedyEnglish: "take the SPDX id of one in the register if there is one"},
	"access-missing":      {french: "les droits d’accès ne sont pas dits", english: "access is not stated", lossFrench: "OpenAIRE et GoTriple ne peuvent pas dire que l’accès est ouvert", lossEnglish: "OpenAIRE and GoTriple cannot tell that access is open", remedyFrench: "ajoutez access, comme open", remedyEnglish: "add access, as open"},
	"embargo-date":        {french: "un embargo sans date de fin", english: "an embargo without its end", lossFrench: "OpenAIRE refuse la notice", lossEnglish: "OpenAIRE refuses the record", remedyFrench: "ajoutez available", remedyEnglish: "add available"},
	"abstract-missing":    {french: "aucun résumé", english: "no abstract", lossFrench: "Google Dataset Search écarte les jeux de données sans description\u00a0; BASE et isidore trouvent moins bien la notice", lossEnglish: "Google Dataset Search drops data sets without description; BASE and isidore find the record less well", remedyFrench: "ajoutez abstract", remedyEnglish: "add abstract"},
	"abstract-length":     {french: "résumé trop court ou trop long\u00a0: %d caractères", english: "abstract too short or too long: %d characters", lossFrench: "Google Dataset Search en veut de 50 à 5 000", lossEnglish: "Google Dataset Search wants 50 to 5,000", remedyFrench: "allongez-le ou abrégez-le", remedyEnglish: "lengthen or shorten it"},
	"doi-missing":         {french: "ni DOI ni Handle", english: "neither DOI nor Handle", lossFrench: "Dataverse (Recherche Data Gouv) ne peut pas reprendre la notice", lossEnglish: "Dataverse (Recherche Data Gouv) cannot take the record", remedyFrench: "ajoutez le DOI s’il existe", remedyEnglish: "add the DOI if there is one"},
	"url-missing":         {french: "ni adresse ni identifiant résoluble", english: "neither address nor identifier that resolves", lossFrench: "BASE, CORE et B2FIND écartent la notice", lossEnglish: "BASE, CORE and B2FIND drop the record", remedyFrench: "ajoutez url", remedyEnglish: "add url"},
	"file-missing":        {french: "un jeu de données sans fichier", english: "a data set without file", lossFrench: "data.gouv.fr montre un jeu sans ressource, data.europa.eu le note mal", lossEnglish: "data.gouv.fr shows a set without resource, data.europa.eu gives it few points", remedyFrench: "ajoutez files avec l’adresse de téléchargement", remedyEnglish: "add files with the address of the download"},
	"media-type-missing":  {french: "un fichier sans type de média", english: "a file without media type", lossFrench: "les portails ne montrent pas son format", lossEnglish: "portals do not show its format", remedyFrench: "ajoutez mediaType, comme text/csv", remedyEnglish: "add mediaType, as text/csv"},
	"media-type":          {french: "type de média mal formé\u00a0: « %s »", english: "malformed media type: %q", lossFrench: "les portails ne montrent pas son format", lossEnglish: "portals do not show its format", remedyFrench: "écrivez type/sous-type, comme text/csv", remedyEnglish: "write type/subtype, as text/csv"},
	"checksum":            {french: "somme de contrôle mal formée\u00a0: algorithme %s", english: "malformed checksum: algorithm %s", lossFrench: "data.gouv.fr écarte tout le jeu de données", lossEnglish: "data.gouv.fr drops the whole data set", remedyFrench: "recopiez-la, ou supprimez-la", remedyEnglish: "copy it again, or remove it"},
	"size":                {french: "une taille négative", english: "a negative size", remedyFrench: "écrivez le nombre d’octets", remedyEnglish: "write the number of bytes"},
	"contact-missing":     {french: "aucun contact pour le jeu de données", english: "no contact for the data set", lossFrench: "data.europa.eu retire des points\u00a0; personne ne sait à qui écrire", lossEnglish: "data.europa.eu takes points off; nobody knows whom to write to", remedyFrench: "ajoutez contacts, au jeu ou au catalogue", remedyEnglish: "add contacts, to the set or to the catalogue"},
	"contact-unreachable": {french: "un contact sans courriel ni page", english: "a contact without e-mail or page", lossFrench: "data.gouv.fr l’ignore", lossEnglish: "data.gouv.fr ignores it", remedyFrench: "ajoutez email ou homepage", remedyEnglish: "add email or homepage"},
	"email":               {french: "courriel mal formé\u00a0: « %s »", english: "malformed e-mail address: %q", lossFrench: "les portails ignorent le contact", lossEnglish: "portals ignore the contact", remedyFrench: "corrigez-le", remedyEnglish: "mend it"},
	"keyword-short":       {french: "mot-clé de moins de 3 caractères\u00a0: « %s »", english: "keyword of fewer than 3 characters: %q", lossFrench: "data.gouv.fr le supprime sans rien dire", lossEnglish: "data.gouv.fr drops it silently", remedyFrench: "écrivez le mot entier", remedyEnglish: "write the whole word"},
	"acronym-long":        {french: "le sigle compte plus de 128 caractères", english: "the acronym has more than 128 characters", lossFrench: "data.gouv.fr écarte tout le jeu de données", lossEnglish: "data.gouv.fr drops the whole data set", remedyFrench: "abrégez-le", remedyEnglish: "shorten it"},
	"text-no-language":    {french: "un texte sans langue", english: "a text without language", lossFrench: "isidore et les portails européens ne savent pas dans quelle langue le montrer", lossEnglish: "isidore and European portals do not know in which language to show it", remedyFrench: "écrivez {fr: …}", remedyEnglish: "write {fr: …}"},
	"period":              {french: "période à rebours\u00a0: fin %s, début %s", english: "period backwards: end %s, start %s", lossFrench: "les portails écartent la couverture temporelle", lossEnglish: "portals drop the temporal coverage", remedyFrench: "échangez les dates", remedyEnglish: "swap the dates"},
	"same-url":            {french: "adresse déjà donnée\u00a0: %s", english: "address already given: %s", lossFrench: "les moissonneurs voient deux notices d’une même chose", lossEnglish: "harvesters see two records of one thing", remedyFrench: "gardez une seule notice, avec plusieurs axes au besoin", remedyEnglish: "keep one record, in several axes if need be"},
	"axis-unsure":         {french: "axe que la source ne tranche pas\u00a0: %s", english: "axis that the source does not settle: %s", lossFrench: "la notice n’est dans l’ensemble d’aucun axe", lossEnglish: "the record is in no axis's set", remedyFrench: "tranchez avec le document d’origine\u00a0: axes au lieu de axisCandidates", remedyEnglish: "settle it with the original: axes instead of axisCandidates"},
	"gap":                 {french: "lacune de la source\u00a0: %s, « %s »", english: "gap in the source: %s, %q", lossFrench: "ce qui manque n’est crédité nulle part", lossEnglish: "what is missing is credited nowhere", remedyFrench: "retrouvez-le dans le document d’origine, puis remplacez la lacune", remedyEnglish: "find it in the original, then replace the gap"},
}
