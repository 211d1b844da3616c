package model

import (
	"encoding/hex"
	"math/big"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/gtnum/gtnum/internal/say"
)

// schemes is the one table of identifier schemes.
var schemes = []SchemeInfo{
	{DOI, "DOI", "", "DOI", false, parseDOI, resolver{before: "https://doi.org/", escape: true}},
	{HAL, "HAL", "HAL", "URL", false, parseHAL, resolver{before: "https://hal.science/"}},
	{Zenodo, "Zenodo", "Zenodo", "URL", false, parseZenodo, resolver{before: "https://zenodo.org/records/"}},
	{PeerTube, "PeerTube", "PeerTube", "URL", false, parsePeerTube, resolver{before: "https://", between: "/w/"}},
	{OpenEdition, "OpenEdition Journals", "OpenEdition Journals", "URL", false, pathOn("journals.openedition.org", `^[a-z0-9_-]+/[0-9]+$`, "ree/11158"), resolver{before: "https://journals.openedition.org/"}},
	{Prairial, "Prairial", "Prairial", "URL", false, parsePrairial, resolver{before: "https://publications-prairial.fr/", between: "/index.php?id="}},
	{Hypotheses, "Hypothèses", "Hypothèses", "URL", false, parseHypotheses, resolver{before: "https://", between: ".hypotheses.org/"}},
	{Handle, "Handle", "", "Handle", false, stripping(`^[0-9.]+/\S+$`, "20.500.12345/42", "https://hdl.handle.net/", "hdl.handle.net/", "hdl:"), resolver{before: "https://hdl.handle.net/"}},
	{ARK, "ARK", "", "ARK", false, parseARK, resolver{before: "https://n2t.net/"}},
	{URN, "URN", "", "URN", false, parseURN, resolver{}},
	{ISBN, "ISBN", "", "ISBN", false, parseISBN, resolver{}},
	{ISSN, "ISSN", "", "ISSN", false, parseISSN, resolver{before: "https://portal.issn.org/resource/ISSN/"}},
	{ORCID, "ORCID", "", "ORCID", true, parseORCID, resolver{before: "https://orcid.org/"}},
	{ROR, "ROR", "", "ROR", true, parseROR, resolver{before: "https://ror.org/"}},
	{IdRef, "IdRef", "", "IdRef", true, parseIdRef, resolver{before: "https://www.idref.fr/", after: "/id"}},
	{ISNI, "ISNI", "", "ISNI", true, parseISNI, resolver{before: "https://isni.org/isni/"}},
	{SIREN, "SIREN", "", "SIREN", true, parseSIREN, resolver{}},
	{Local, "identifiant local", "", "", false, pattern(`\S`, "A-42"), resolver{}},
}

// plainPath reports whether a value needs no escapes in the path of a URL.
func plainPath(value string) bool {
	for _, c := range []byte(value) {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.~$&+,/:;=@", c) >= 0) {
			return false
		}
	}
	return true
}

// resolver makes the address of a value. Where between is not empty, it takes
// the place of the value's first slash.
type resolver struct {
	before, between, after string
	escape                 bool // what old DOIs have in them: 10.1002/(SICI)…<1::AID-…>3.0.CO;2-1
}

// append appends the address to dst; nothing if the scheme has none.
func (r *resolver) append(dst []byte, value string) []byte {
	if r.before == "" {
		return dst
	}
	dst = append(dst, r.before...)
	if r.between != "" {
		head, tail, _ := strings.Cut(value, "/")
		dst = append(dst, head...)
		dst = append(dst, r.between...)
		value = tail
	}
	if r.escape && !plainPath(value) {
		value = (&url.URL{Path: "/" + value}).EscapedPath()[1:]
	}
	dst = append(dst, value...)
	return append(dst, r.after...)
}

// pattern accepts values of a regular expression as they are.
func pattern(re, example string) func(string) (string, error) {
	return stripping(re, example)
}

// stripping accepts values of a regular expression after one of some
// prefixes, in any case, is taken off.
func stripping(re, example string, prefixes ...string) func(string) (string, error) {
	r := regexp.MustCompile(re)
	return func(s string) (string, error) {
		s = cutPrefixes(s, prefixes...)
		if !r.MatchString(s) {
			return "", say.Errorf("écrivez-le comme %s", "write it as %s", example)
		}
		return s, nil
	}
}

func cutPrefixes(s string, prefixes ...string) string {
	for _, p := range prefixes {
		if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			return s[len(p):]
		}
	}
	return s
}

// parseDOI normalises to lower case, as DOIs are compared (ISO 26324; DOI
// handbook, section 2.4).
func parseDOI(s string) (string, error) {
	if u, ok := address(s); ok {
		if u.Host != "doi.org" && u.Host != "dx.doi.org" {
			return "", say.Errorf("ce n’est pas une adresse de %s", "no address of %s", "doi.org")
		}
		s = strings.TrimPrefix(u.Path, "/")
	}
	s = cutPrefixes(s, "doi.org/", "doi:")
	prefix, suffix, ok := strings.Cut(s, "/")
	if !ok || suffix == "" || !doiPrefix.MatchString(prefix) || strings.ContainsFunc(s, unicode.IsSpace) {
		return "", say.Errorf("un DOI est un préfixe à partir de 10.1000, une barre oblique et un suffixe, comme 10.5281/zenodo.7648514", "a DOI is a prefix from 10.1000 on, a slash and a suffix, as 10.5281/zenodo.7648514")
	}
	return strings.ToLower(s), nil
}

var (
	doiPrefix  = regexp.MustCompile(`^10\.[0-9]{4,9}(\.[0-9]+)*$`)
	halID      = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z]+)?[-_][0-9]{8}(v[1-9][0-9]*)?$`)
	halHost    = regexp.MustCompile(`^(hal\.science|(www\.)?hal\.[a-z0-9.-]+|[a-z0-9.-]+\.hal\.science|[a-z0-9.-]*archives-ouvertes\.fr|theses\.hal\.science)$`)
	digits     = regexp.MustCompile(`^[1-9][0-9]*$`)
	uuid       = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	rorID      = regexp.MustCompile(`^0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$`)
	arkID      = regexp.MustCompile(`^ark:[0-9b-df-hj-km-np-tv-xz]{5,}/([A-Za-z0-9=~*+@_$./-]|%[0-9A-Fa-f]{2})+$`)
	urnID      = regexp.MustCompile(`(?i)^urn:[a-z0-9][a-z0-9-]{0,31}:\S+$`)
	hostName   = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?$`)
	blogName   = regexp.MustCompile(`^[a-z0-9-]+/[0-9]+$`)
	prairialID = regexp.MustCompile(`^[a-z0-9-]+/[0-9]+$`)
)

// parseHAL reads "hal-03526140v1" or the address of a deposit on any HAL
// portal. The version is a part of the value.
func parseHAL(s string) (string, error) {
	if u, ok := address(s); ok {
		if !halHost.MatchString(u.Host) {
			return "", say.Errorf("%s n’est pas un portail de HAL", "%s is no HAL portal", u.Host)
		}
		s, _, _ = strings.Cut(strings.Trim(u.Path, "/"), "/")
	}
	s = strings.ToLower(s)
	if !halID.MatchString(s) {
		return "", say.Errorf("un identifiant HAL est des lettres, un tiret et huit chiffres, avec ou sans version, comme hal-03526140v1", "a HAL id is letters, a hyphen and eight digits, with or without a version, as hal-03526140v1")
	}
	return s, nil
}

// HALVersion splits a HAL identifier into the deposit's id and its version,
// 0 where none is said.
func HALVersion(id Identifier) (deposit string, version int) {
	i := strings.LastIndexByte(id.Value, 'v')
	if i <= strings.LastIndexAny(id.Value, "-_") {
		return id.Value, 0
	}
	n, err := strconv.Atoi(id.Value[i+1:])
	if err != nil {
		return id.Value, 0
	}
	return id.Value[:i], n
}

func parseZenodo(s string) (string, error) {
	if u, ok := address(s); ok {
		rest := cutPrefixes(u.Path, "/records/", "/record/")
		if u.Host != "zenodo.org" || rest == u.Path {
			return "", say.Errorf("ce n’est pas une notice de zenodo.org", "no record of zenodo.org")
		}
		s, _, _ = strings.Cut(rest, "/")
	}
	s = cutPrefixes(strings.ToLower(s), "10.5281/zenodo.")
	if !digits.MatchString(s) {
		return "", say.Errorf("une notice de Zenodo est un nombre, comme 7648514", "a Zenodo record is a number, as 7648514")
	}
	return s, nil
}

// ZenodoDOI returns the DOI of a Zenodo record, which follows from its number
// by rule: 10.5281/zenodo.N.
func ZenodoDOI(id Identifier) (Identifier, bool) {
	if id.Scheme != Zenodo {
		return Identifier{}, false
	}
	return Identifier{DOI, "10.5281/zenodo." + id.Value, true}, true
}

// ZenodoOf returns the Zenodo record of a DOI of Zenodo's.
func ZenodoOf(doi Identifier) (Identifier, bool) {
	n, ok := strings.CutPrefix(doi.Value, "10.5281/zenodo.")
	if doi.Scheme != DOI || !ok || !digits.MatchString(n) {
		return Identifier{}, false
	}
	return Identifier{Zenodo, n, true}, true
}

// The value of a PeerTube identifier is "host/shortUUID": the UUID alone does
// not tell which server shows the video.
func parsePeerTube(s string) (string, error) {
	if u, ok := address(s); ok {
		rest := cutPrefixes(u.Path, "/w/", "/videos/watch/")
		if rest == u.Path {
			return "", say.Errorf("ce n’est pas l’adresse d’une vidéo : elle contient /w/ ou /videos/watch/", "no address of a video: it has /w/ or /videos/watch/ in it")
		}
		s = u.Host + "/" + strings.Trim(rest, "/")
	}
	server, id, _ := strings.Cut(s, "/")
	server = strings.ToLower(server)
	if !hostName.MatchString(server) {
		return "", say.Errorf("écrivez le serveur et la vidéo, comme tube-numerique-educatif.apps.education.fr/kkKkuQtzCfSY3owaZxjG69", "write the server and the video, as tube-numerique-educatif.apps.education.fr/kkKkuQtzCfSY3owaZxjG69")
	}
	if uuid.MatchString(strings.ToLower(id)) {
		short, err := ShortUUID(id)
		return server + "/" + short, err
	}
	if _, err := LongUUID(id); err != nil {
		return "", err
	}
	return server + "/" + id, nil
}

// flickrBase58 is the alphabet of PeerTube's short UUIDs.
const flickrBase58 = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"

// LongUUID returns the UUID of a PeerTube short UUID.
func LongUUID(short string) (string, error) {
	n, base := new(big.Int), big.NewInt(58)
	for _, c := range short {
		i := strings.IndexRune(flickrBase58, c)
		if i < 0 {
			return "", say.Errorf("« %c » n’est pas un caractère d’UUID court", "%q is no character of a short UUID", c)
		}
		n.Add(n.Mul(n, base), big.NewInt(int64(i)))
		if n.BitLen() > 128 {
			break
		}
	}
	if len(short) != 22 || n.BitLen() > 128 {
		return "", say.Errorf("un UUID court est 22 caractères en base 58, comme kkKkuQtzCfSY3owaZxjG69", "a short UUID is 22 characters of base 58, as kkKkuQtzCfSY3owaZxjG69")
	}
	h := hex.EncodeToString(n.FillBytes(make([]byte, 16)))
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:], nil
}

// ShortUUID returns the PeerTube short UUID of a UUID.
func ShortUUID(long string) (string, error) {
	b, err := hex.DecodeString(strings.ReplaceAll(long, "-", ""))
	if err != nil || !uuid.MatchString(strings.ToLower(long)) {
		return "", say.Errorf("un UUID est 32 chiffres hexadécimaux en cinq groupes", "a UUID is 32 hexadecimal digits in five groups")
	}
	n, base, digit := new(big.Int).SetBytes(b), big.NewInt(58), new(big.Int)
	short := []byte(strings.Repeat(flickrBase58[:1], 22))
	for i := len(short) - 1; n.Sign() > 0; i-- {
		n.DivMod(n, base, digit)
		short[i] = flickrBase58[digit.Int64()]
	}
	return string(short), nil
}

// parsePrairial reads "journal/number" or the address of an article, which
// names the page by its id= parameter or by its path.
func parsePrairial(s string) (string, error) {
	if u, ok := address(s); ok {
		if u.Host != "publications-prairial.fr" {
			return "", say.Errorf("ce n’est pas une adresse de %s", "no address of %s", "publications-prairial.fr")
		}
		journal, number, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
		if id := u.Query().Get("id"); id != "" {
			number = id
		}
		s = journal + "/" + number
	}
	if !prairialID.MatchString(s) {
		return "", say.Errorf("écrivez la revue et le numéro, comme diversite/1982", "write the journal and the number, as diversite/1982")
	}
	return s, nil
}

func parseHypotheses(s string) (string, error) {
	if u, ok := address(s); ok {
		blog, isBlog := strings.CutSuffix(u.Host, ".hypotheses.org")
		if !isBlog {
			return "", say.Errorf("ce n’est pas une adresse de %s", "no address of %s", "hypotheses.org")
		}
		s = blog + "/" + strings.Trim(u.Path, "/")
	}
	if !blogName.MatchString(s) {
		return "", say.Errorf("écrivez le carnet et le numéro du billet, comme edunumrech/2875", "write the blog and the number of the post, as edunumrech/2875")
	}
	return s, nil
}

func pathOn(host, re, example string) func(string) (string, error) {
	r := regexp.MustCompile(re)
	return func(s string) (string, error) {
		if u, ok := address(s); ok {
			if u.Host != host {
				return "", say.Errorf("ce n’est pas une adresse de %s", "no address of %s", host)
			}
			s = strings.Trim(u.Path, "/")
		}
		if !r.MatchString(s) {
			return "", say.Errorf("écrivez-le comme %s", "write it as %s", example)
		}
		return s, nil
	}
}

// parseARK accepts the old form "ark:/12148/…" and any resolver's address.
func parseARK(s string) (string, error) {
	if u, ok := address(s); ok {
		_, s, _ = strings.Cut(u.EscapedPath(), "/ark:")
	}
	s = "ark:" + strings.TrimPrefix(cutPrefixes(s, "ark:"), "/")
	if !arkID.MatchString(s) {
		return "", say.Errorf("un ARK est ark:, un nombre et un nom, comme ark:12148/btv1b8449691v", "an ARK is ark:, a number and a name, as ark:12148/btv1b8449691v")
	}
	return s, nil
}

// parseURN adds the "urn:" that "urn:nbn:fr:1234" loses where it is read as
// "scheme:value".
func parseURN(s string) (string, error) {
	s = "urn:" + cutPrefixes(s, "urn:")
	if !urnID.MatchString(s) {
		return "", say.Errorf("un URN est urn:, un espace de noms et un nom, comme urn:nbn:fr:1234", "a URN is urn:, a namespace and a name, as urn:nbn:fr:1234")
	}
	return s, nil
}

func parseROR(s string) (string, error) {
	s = strings.ToLower(cutPrefixes(s, "https://ror.org/", "http://ror.org/", "ror.org/"))
	if !rorID.MatchString(s) {
		return "", say.Errorf("un identifiant ROR est 0, six lettres ou chiffres et deux chiffres, comme 05ggc9x40", "a ROR id is 0, six letters or digits and two digits, as 05ggc9x40")
	}
	if rorCheck(s[1:7]) != s[7:] {
		return "", say.Errorf("ses deux derniers chiffres ne vérifient pas (ISO 7064) : %s irait, si le reste est juste", "its last two digits do not check (ISO 7064): %s would, if the rest is right", rorCheck(s[1:7]))
	}
	return s, nil
}

// address parses s if it is a web address.
func address(s string) (*url.URL, bool) {
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		return nil, false
	}
	u, err := url.Parse(s)
	if err != nil {
		return nil, false
	}
	u.Host = strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	return u, true
}

// recognises reports whether an address is one of the scheme's platform, so
// that no number of one is taken for a number of another.
func recognises(s Scheme, a string) bool {
	u, ok := address(a)
	if !ok {
		return false
	}
	switch s {
	case DOI:
		return u.Host == "doi.org" || u.Host == "dx.doi.org"
	case Handle:
		return u.Host == "hdl.handle.net"
	case ARK:
		return strings.Contains(u.Path, "/ark:")
	case PeerTube:
		return strings.HasPrefix(u.Path, "/w/") || strings.HasPrefix(u.Path, "/videos/watch/")
	}
	return true
}
