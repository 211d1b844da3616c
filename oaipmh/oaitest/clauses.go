package oaitest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

func checkIdentify(s *session) {
	a := s.first
	s.identify = a.root.child("Identify")
	if s.identify == nil {
		s.find(Violation, a.request, text{"pas de réponse à Identify", "no answer to Identify"})
		return
	}
	if got := s.identify.value("baseURL"); got != s.base {
		s.find(Violation, a.request, text{"baseURL est %q, l’adresse appelée %q", "the baseURL is %q, the address called %q"}, got, s.base)
	}
	if got := a.root.value("request"); got != s.base {
		s.find(Violation, a.request, text{"l’élément request contient %q, pas l’adresse appelée %q", "the request element holds %q, not the address called %q"}, got, s.base)
	}
	s.granularity = s.identify.value("granularity")
	earliest := s.identify.value("earliestDatestamp")
	if len(earliest) != s.stampLength() {
		s.find(Violation, a.request, text{"earliestDatestamp %q n’est pas dans la granularité %s", "the earliestDatestamp %q is not in the granularity %s"}, earliest, s.granularity)
	}
	if strings.HasPrefix(earliest, "1970-01-01") || earliest < "1971" {
		s.findAs("metha", Risk, a.request, text{
			"earliestDatestamp %s\u00a0: des moissonneurs demandent chaque mois depuis cette date", "the earliestDatestamp is %s: harvesters ask for every month since"}, earliest)
	}
	if s.identify.value("repositoryName") == "" {
		s.find(Risk, a.request, text{"repositoryName est vide", "the repositoryName is empty"})
	}
}

// stampLength is the length of a datestamp.
func (s *session) stampLength() int {
	if s.granularity == "YYYY-MM-DD" {
		return len("2006-01-02")
	}
	return len(stamp)
}

func checkFormats(s *session) {
	a := s.get("verb", "ListMetadataFormats")
	s.formats = map[string]string{}
	owner := map[string]string{}
	for _, f := range a.root.child("ListMetadataFormats").all("metadataFormat") {
		prefix, namespace := f.value("metadataPrefix"), f.value("metadataNamespace")
		if _, ok := s.formats[prefix]; ok {
			s.find(Violation, a.request, text{"le format %s est donné deux fois", "the format %s is given twice"}, prefix)
		}
		if other, ok := owner[namespace]; ok && other != prefix {
			s.findAs("DSpace", Risk, a.request, text{
				"les formats %s et %s ont le même espace de noms\u00a0: qui cherche par espace de noms prend l’un pour l’autre",
				"the formats %s and %s share a namespace: who looks by namespace takes one for the other"}, other, prefix)
		}
		s.formats[prefix], owner[namespace] = namespace, prefix
	}
	const dc = "http://www.openarchives.org/OAI/2.0/oai_dc/"
	s.prefix = "oai_dc"
	switch got, ok := s.formats["oai_dc"]; {
	case !ok:
		s.find(Violation, a.request, text{"pas de format oai_dc", "there is no format oai_dc"})
	case got != dc:
		s.find(Violation, a.request, text{"l’espace de noms d’oai_dc est %q, pas %q", "the namespace of oai_dc is %q, not %q"}, got, dc)
	}
}

func checkListSets(s *session) {
	a := s.get("verb", "ListSets")
	if slices.Contains(a.codes(), "noSetHierarchy") {
		s.noSets = true
		return
	}
	for range s.Pages {
		for _, set := range a.root.child("ListSets").all("set") {
			spec := set.value("setSpec")
			if slices.Contains(s.sets, spec) {
				s.find(Violation, a.request, text{"l’ensemble %q vient deux fois", "the set %q comes twice"}, spec)
			}
			s.sets = append(s.sets, spec)
		}
		token := a.root.child("ListSets").value("resumptionToken")
		if token == "" {
			s.checkParents(a)
			return
		}
		a = s.get("verb", "ListSets", "resumptionToken", token)
	}
	s.moreSets = true
}

func (s *session) checkParents(a *answer) {
	for _, spec := range s.sets {
		if i := strings.LastIndexByte(spec, ':'); i > 0 && !slices.Contains(s.sets, spec[:i]) {
			s.find(Risk, a.request, text{"l’ensemble %q est donné sans %q, dont il est une partie", "the set %q is listed without %q, of which it is a part"}, spec, spec[:i])
		}
	}
}

// checkListRecords reads the first pages of the list that later clauses look
// into.
func checkListRecords(s *session) {
	a := s.get("verb", "ListRecords", "metadataPrefix", s.prefix)
	for range s.Pages {
		s.pages = append(s.pages, a)
		list := a.root.child("ListRecords")
		if list == nil {
			if !slices.Contains(a.codes(), "noRecordsMatch") || len(s.pages) > 1 {
				s.find(Violation, a.request, text{"pas de liste, mais %v", "no list, but %v"}, a.refusal())
			}
			return
		}
		for _, r := range list.all("record") {
			s.checkRecord(a, r, s.formats[s.prefix])
			s.records = append(s.records, r)
		}
		s.checkText(a)
		token := list.value("resumptionToken")
		if token == "" {
			return
		}
		a = s.get("verb", "ListRecords", "resumptionToken", token)
	}
}

// checkRecord examines a record element.
func (s *session) checkRecord(a *answer, r *node, namespace string) {
	header := r.child("header")
	id := header.value("identifier")
	s.checkHeader(a, header)
	metadata := r.child("metadata")
	if header.attr("status") == "deleted" {
		if metadata != nil {
			s.find(Violation, a.request, text{"%s est supprimé et a des métadonnées", "%s is deleted and has metadata"}, id)
		}
		return
	}
	if metadata == nil {
		s.find(Violation, a.request, text{"%s n’est pas supprimé et n’a pas de métadonnées", "%s is not deleted and has no metadata"}, id)
		return
	}
	if len(metadata.children) == 1 && metadata.children[0].name.Space != namespace {
		s.find(Violation, a.request, text{"les métadonnées sont dans l’espace de noms %q, pas %q", "the metadata are in the namespace %q, not %q"}, metadata.children[0].name.Space, namespace)
	}
}

func (s *session) checkHeader(a *answer, header *node) {
	id, date := header.value("identifier"), header.value("datestamp")
	if len(date) != s.stampLength() {
		s.find(Violation, a.request, text{"%s\u00a0: le datestamp %q n’est pas dans la granularité %s", "%s: the datestamp %q is not in the granularity %s"}, id, date, s.granularity)
	}
	if earliest := s.identify.value("earliestDatestamp"); earliest != "" && date < earliest {
		s.find(Violation, a.request, text{"%s a le datestamp %s, avant earliestDatestamp %s", "%s has the datestamp %s, before the earliestDatestamp %s"}, id, date, earliest)
	}
	// A responseDate vouches for what is complete: younger records may be there.
	if now := max(a.root.value("responseDate"), time.Now().UTC().Format(stamp)); len(date) <= len(now) && date > now {
		s.find(Risk, a.request, text{"%s a le datestamp %s, qui est à venir", "%s has the datestamp %s, which is to come"}, id, date)
	}
	if status, ok := header.lookup("status"); ok && status != "deleted" {
		s.findAs("xoai", Risk, a.request, text{
			"%s a status=%q\u00a0: des moissonneurs tiennent tout status pour une suppression", "%s has status=%q: harvesters take any status for a deletion"}, id, status)
	}
	for _, set := range header.all("setSpec") {
		if s.noSets {
			s.find(Violation, a.request, text{"%s est dans l’ensemble %q, mais le dépôt dit n’en avoir aucun", "%s is in the set %q, but the repository says that it has none"}, id, set.text)
		}
	}
}

// checkText examines what readers that look for text rather than XML need.
func (s *session) checkText(a *answer) {
	live := slices.ContainsFunc(a.root.child("ListRecords").all("record"), func(r *node) bool { return r.child("metadata") != nil })
	if live && !bytes.Contains(a.body, []byte("<metadata>")) {
		s.findAs("Dataverse", Risk, a.request, text{
			"pas de <metadata> sans préfixe ni attribut\u00a0: Dataverse cherche ce texte", "no <metadata> without prefix or attributes: Dataverse looks for this text"})
	}
}

func checkListIdentifiers(s *session) {
	a := s.get("verb", "ListIdentifiers", "metadataPrefix", s.prefix)
	headers := a.root.child("ListIdentifiers").all("header")
	for _, h := range headers {
		s.checkHeader(a, h)
	}
	for i, h := range headers {
		if i < len(s.records) && h.value("identifier") != s.records[i].child("header").value("identifier") {
			s.find(Risk, a.request, text{"l’ordre n’est pas celui de ListRecords", "the order is not that of ListRecords"})
			break
		}
	}
	listed := map[string]*node{}
	for _, r := range s.records {
		listed[r.child("header").value("identifier")] = r.child("header")
	}
	for _, h := range headers {
		s.compareHeaders(a, h, listed[h.value("identifier")])
	}
	if len(headers) == 0 && len(s.records) > 0 {
		s.find(Violation, a.request, text{"ListRecords a des notices, ListIdentifiers non\u00a0: %v", "ListRecords has records, ListIdentifiers none: %v"}, a.refusal())
	}
}

// compareHeaders compares a header with the one of the same record in
// ListRecords, if that was met and the record has not changed since.
func (s *session) compareHeaders(a *answer, got, want *node) {
	id := got.value("identifier")
	if id != want.value("identifier") || got.value("datestamp") > want.value("datestamp") {
		return
	}
	tell := func(h *node) string {
		var sets []string
		for _, set := range h.all("setSpec") {
			sets = append(sets, set.text)
		}
		slices.Sort(sets)
		return strings.TrimSpace(h.value("datestamp") + " " + h.attr("status") + " " + strings.Join(sets, " "))
	}
	if tell(got) != tell(want) {
		s.find(Violation, a.request, text{"%s a l’en-tête « %s », « %s » dans ListRecords", "%s has the header %q, in ListRecords %q"}, id, tell(got), tell(want))
	}
}

// sample returns a record that is deleted or not, nil if none was met.
func (s *session) sample(deleted bool) *node {
	for _, r := range s.records {
		if (r.child("header").attr("status") == "deleted") == deleted {
			return r
		}
	}
	return nil
}

func checkGetRecord(s *session) {
	want := s.sample(false)
	if want == nil {
		return
	}
	id := want.child("header").value("identifier")
	a := s.get("verb", "GetRecord", "metadataPrefix", s.prefix, "identifier", id)
	got := a.root.child("GetRecord").child("record")
	if got == nil {
		s.find(Violation, a.request, text{"%s est dans la liste, mais pas à obtenir\u00a0: %v", "%s is in the list, but cannot be had: %v"}, id, a.refusal())
		return
	}
	s.checkRecord(a, got, s.formats[s.prefix])
	if got.child("header").value("identifier") != id {
		s.find(Violation, a.request, text{"c’est %s qui vient", "%s comes"}, got.child("header").value("identifier"))
	}
	s.compareHeaders(a, got.child("header"), want.child("header"))
	s.clause = "OAI-PMH 2.0, 4.4 ListMetadataFormats"
	a = s.get("verb", "ListMetadataFormats", "identifier", id)
	for _, f := range a.root.child("ListMetadataFormats").all("metadataFormat") {
		if f.value("metadataPrefix") == s.prefix {
			return
		}
	}
	s.find(Violation, a.request, text{"%s existe en %s, mais ce format n’est pas donné", "%s is there in %s, but that format is not listed"}, id, s.prefix)
}

func checkDeleted(s *session) {
	policy := s.identify.value("deletedRecord")
	r := s.sample(true)
	if r == nil {
		return
	}
	id := r.child("header").value("identifier")
	if policy == "no" {
		s.find(Violation, s.pages[0].request, text{"%s est supprimé, mais Identify dit deletedRecord=no", "%s is deleted, but Identify says deletedRecord=no"}, id)
	}
	a := s.get("verb", "GetRecord", "metadataPrefix", s.prefix, "identifier", id)
	if a.root.child("GetRecord").child("record").child("header").attr("status") != "deleted" {
		s.find(Violation, a.request, text{"%s est supprimé dans la liste, mais pas dans GetRecord\u00a0: %v", "%s is deleted in the list, but not in GetRecord: %v"}, id, a.refusal())
	}
}

// checkDatestamps asks for windows around the datestamps of the first record
// and of the last that was read: one end of each list is open if from or until
// is not heeded.
func checkDatestamps(s *session) {
	if s.sample(false) == nil {
		return
	}
	for _, r := range []*node{s.sample(false), s.records[len(s.records)-1]} {
		id, date := r.child("header").value("identifier"), r.child("header").value("datestamp")
		if len(date) < len("2006-01-02") {
			return
		}
		day := date[:len("2006-01-02")]
		s.window(id, day, day, text{"une journée entière (from=until=%s) ne contient pas %s", "a whole day (from=until=%s) does not hold %s"})
		if len(date) == len(stamp) {
			s.window(id, date, date, text{"from=until=%s ne contient pas %s, qui a ce datestamp", "from=until=%s does not hold %s, which has that datestamp"})
		}
	}
	earliest, err := time.Parse("2006-01-02", strings.Split(s.identify.value("earliestDatestamp"), "T")[0])
	if err != nil {
		return
	}
	before := earliest.AddDate(0, 0, -1).Format("2006-01-02")
	a := s.get("verb", "ListIdentifiers", "metadataPrefix", s.prefix, "until", before)
	if !slices.Contains(a.codes(), "noRecordsMatch") {
		s.find(Violation, a.request, text{"until=%s est avant earliestDatestamp\u00a0: noRecordsMatch est attendu, pas %v", "until=%s is before the earliestDatestamp: noRecordsMatch is due, not %v"}, before, a.refusal())
	}
}

// window asks for a window that holds a record, and looks whether all is in
// it.
func (s *session) window(id, from, until string, missing text) {
	a := s.get("verb", "ListIdentifiers", "metadataPrefix", s.prefix, "from", from, "until", until)
	found := false
	for range s.Pages {
		for _, h := range a.root.child("ListIdentifiers").all("header") {
			found = found || h.value("identifier") == id
			if date := h.value("datestamp"); date < from || len(date) >= len(until) && date[:len(until)] > until {
				s.find(Violation, a.request, text{"%s a le datestamp %s, hors de %s à %s", "%s has the datestamp %s, outside of %s to %s"}, h.value("identifier"), date, from, until)
			}
		}
		token := a.root.child("ListIdentifiers").value("resumptionToken")
		if token == "" || found {
			break
		}
		a = s.get("verb", "ListIdentifiers", "resumptionToken", token)
		found = found || a.root.child("ListIdentifiers").value("resumptionToken") != "" // the list is long: no verdict
	}
	if !found {
		s.find(Violation, a.request, missing, from, id)
	}
}

// checkSelectiveSets asks for a set of a record, and for what that is part of.
func checkSelectiveSets(s *session) {
	if s.noSets {
		a := s.get("verb", "ListIdentifiers", "metadataPrefix", s.prefix, "set", "any")
		if !slices.Contains(a.codes(), "noSetHierarchy") {
			s.find(Violation, a.request, text{"sans ensembles, noSetHierarchy est attendu, pas %v", "without sets noSetHierarchy is due, not %v"}, a.refusal())
		}
		return
	}
	for _, r := range s.records {
		header := r.child("header")
		for _, set := range header.all("setSpec") {
			if !slices.Contains(s.sets, set.text) && len(s.sets) > 0 && !s.moreSets {
				s.find(Risk, s.pages[0].request, text{"%s est dans l’ensemble %q, que ListSets ne donne pas", "%s is in the set %q, which ListSets does not list"}, header.value("identifier"), set.text)
			}
		}
	}
	for _, r := range s.records {
		header := r.child("header")
		for _, set := range header.all("setSpec") {
			s.checkSet(header, set.text)
			if i := strings.IndexByte(set.text, ':'); i > 0 {
				s.checkSet(header, set.text[:i])
			}
			return
		}
	}
}

func (s *session) checkSet(header *node, spec string) {
	date := header.value("datestamp")
	a := s.get("verb", "ListIdentifiers", "metadataPrefix", s.prefix, "set", spec, "from", date, "until", date)
	list := a.root.child("ListIdentifiers")
	found := list.value("resumptionToken") != "" // the list is long: no verdict
	for _, h := range list.all("header") {
		found = found || h.value("identifier") == header.value("identifier")
		sets := h.all("setSpec")
		if len(sets) > 0 && !slices.ContainsFunc(sets, func(set *node) bool { return set.text == spec || strings.HasPrefix(set.text, spec+":") }) {
			s.find(Violation, a.request, text{"l’ensemble %q contient %s, dont l’en-tête ne le dit pas", "the set %q holds %s, whose header does not say so"}, spec, h.value("identifier"))
		}
	}
	if found {
		return
	}
	s.find(Violation, a.request, text{"l’ensemble %q ne contient pas %s, qui en est", "the set %q does not hold %s, which is in it"}, spec, header.value("identifier"))
}

// checkFlow examines the tokens of the pages that were read.
func checkFlow(s *session) {
	seen := map[string]string{} // identifiers and datestamps
	n := 0
	for i, a := range s.pages {
		list := a.root.child("ListRecords")
		for _, r := range list.all("record") {
			h := r.child("header")
			if date, ok := seen[h.value("identifier")]; ok && date == h.value("datestamp") {
				s.find(Violation, a.request, text{"%s vient deux fois dans une liste", "%s comes twice in a list"}, h.value("identifier"))
			}
			seen[h.value("identifier")] = h.value("datestamp")
		}
		s.checkToken(a, list.child("resumptionToken"), i, n)
		n += len(list.all("record"))
		if token := list.child("resumptionToken"); token != nil && token.text == "" {
			if size := token.attr("completeListSize"); size != "" && size != fmt.Sprint(n) {
				s.find(Risk, a.request, text{"completeListSize est %s, il est venu %d notices", "the completeListSize is %s, %d records came"}, size, n)
			}
		}
	}
	if len(s.pages) < 2 {
		return
	}
	token := s.pages[0].root.child("ListRecords").value("resumptionToken")
	a := s.get("verb", "ListRecords", "resumptionToken", token)
	if !slices.Equal(identifiers(a), identifiers(s.pages[1])) {
		s.find(Violation, a.request, text{
			"le même resumptionToken, demandé à nouveau, ne donne pas la même page\u00a0: qui perd une réponse perd la liste",
			"the same resumptionToken, asked again, does not bring the same page: who loses a response loses the list"})
	}
	a = s.get("verb", "ListRecords", "resumptionToken", token, "from", "2000-01-01")
	if !slices.Contains(a.codes(), "badArgument") {
		s.find(Violation, a.request, text{
			"resumptionToken avec from\u00a0: badArgument est attendu, pas %v", "resumptionToken with from: badArgument is due, not %v"}, a.refusal())
	}
	a = s.get("verb", "ListRecords", "resumptionToken", token, "metadataPrefix", s.prefix)
	if len(a.codes()) > 0 {
		s.findAs("data.europa.eu", Risk, a.request, text{
			"resumptionToken avec son propre metadataPrefix est refusé (%v)\u00a0: data.europa.eu l’envoie ainsi et s’arrête à la première page",
			"resumptionToken with its own metadataPrefix is refused (%v): data.europa.eu sends it so and stops at the first page"}, a.refusal())
	}
}

func identifiers(a *answer) (list []string) {
	for _, r := range a.root.child("ListRecords").all("record") {
		list = append(list, r.child("header").value("identifier"))
	}
	return list
}

// checkToken examines the token of page i, before which n records came.
func (s *session) checkToken(a *answer, token *node, i, n int) {
	if token == nil {
		if i > 0 && a.root.child("ListRecords") != nil {
			s.find(Violation, a.request, text{"la dernière page n’a pas de resumptionToken vide", "the last page has no empty resumptionToken"})
		}
		return
	}
	if i == 0 && token.text == "" {
		s.find(Violation, a.request, text{"une liste d’une seule page a un resumptionToken", "a list of one page has a resumptionToken"})
	}
	if i > 0 && token.text == s.pages[i-1].root.child("ListRecords").value("resumptionToken") {
		s.find(Violation, a.request, text{"le resumptionToken est celui qui a été envoyé\u00a0: la liste n’avance pas", "the resumptionToken is the one that was sent: the list does not move on"})
	}
	if _, ok := token.lookup("completeListSize"); !ok {
		s.findAs("data.europa.eu", Risk, a.request, text{
			"resumptionToken sans completeListSize\u00a0: data.europa.eu échoue", "a resumptionToken without completeListSize: data.europa.eu fails"})
	}
	if cursor, ok := token.lookup("cursor"); ok && cursor != fmt.Sprint(n) {
		s.find(Violation, a.request, text{"cursor est %s après %d notices", "the cursor is %s after %d records"}, cursor, n)
	}
	if strings.Trim(token.text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~") != "" {
		s.findAs("metha, GeoNetwork", Risk, a.request, text{
			"resumptionToken %q a d’autres caractères que A-Z a-z 0-9 - . _ ~\u00a0: des moissonneurs ne les codent pas",
			"the resumptionToken %q has other characters than A-Z a-z 0-9 - . _ ~: harvesters do not encode them"}, token.text)
	}
	if expires, err := time.Parse(stamp, token.attr("expirationDate")); err == nil {
		if now, err := time.Parse(stamp, a.root.value("responseDate")); err == nil && expires.Sub(now) < 23*time.Hour {
			s.findAs("OVAL (BASE)", Risk, a.request, text{
				"le resumptionToken expire dans %v\u00a0: une moisson interrompue recommence de zéro", "the resumptionToken expires in %v: a harvest that breaks off starts again from nothing"}, expires.Sub(now))
		}
	}
}

func checkPOST(s *session) {
	got := s.ask("POST", "verb", "ListIdentifiers", "metadataPrefix", s.prefix)
	want := s.get("verb", "ListIdentifiers", "metadataPrefix", s.prefix)
	if fmt.Sprint(got.codes()) != fmt.Sprint(want.codes()) || len(got.root.child("ListIdentifiers").all("header")) != len(want.root.child("ListIdentifiers").all("header")) {
		s.find(Violation, got.request, text{"POST ne donne pas la même réponse que GET\u00a0: %v", "POST does not bring the same answer as GET: %v"}, got.refusal())
	}
}

func checkCompression(s *session) {
	query := url.Values{"verb": {"Identify"}}.Encode()
	offered := false
	for _, c := range s.identify.all("compression") {
		offered = offered || c.text == "gzip"
	}
	a, err := s.send("GET", query, http.Header{"Accept-Encoding": {"gzip"}})
	if err != nil {
		return
	}
	coding := a.header.Get("Content-Encoding")
	switch {
	case coding == "gzip":
		r, err := gzip.NewReader(bytes.NewReader(a.body))
		if err == nil {
			_, err = io.Copy(io.Discard, io.LimitReader(r, most))
		}
		if err != nil {
			s.find(Violation, a.request, text{"la réponse en gzip ne se décompresse pas\u00a0: %v", "the response in gzip does not decompress: %v"}, err)
		}
	case coding != "" && coding != "identity":
		s.find(Violation, a.request, text{"réponse codée en %q, gzip était demandé", "a response in coding %q, gzip was asked for"}, coding)
	case offered:
		s.find(Risk, a.request, text{"Identify annonce gzip, mais la réponse n’est pas compressée", "Identify offers gzip, but the response is not compressed"})
	}
}
