package main

import (
	"context"
	_ "embed"
	"html/template"
	"net/http"
	"strings"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

// home is the page for people at the root of the server.
type home struct {
	counts  func(context.Context) ([]catalogueCounts, error)
	baseURL string
}

// catalogueCounts are a catalogue's heading and how many outputs of each kind
// it holds.
type catalogueCounts struct {
	heading *model.Catalogue
	kinds   map[model.Kind]int
}

// countAll counts the outputs of loaded catalogues.
func countAll(cats []*model.Catalogue) []catalogueCounts {
	list := make([]catalogueCounts, len(cats))
	for i, c := range cats {
		list[i] = catalogueCounts{c, map[model.Kind]int{}}
		for _, o := range c.Outputs {
			if o.Status != model.Withdrawn {
				list[i].kinds[o.Kind]++
			}
		}
	}
	return list
}

//go:embed home.html
var homeHTML string

var homePage = template.Must(template.New("home").Parse(homeHTML))

var homeLangs = language.NewMatcher([]language.Tag{language.French, language.English})

// ServeHTTP writes the page in the language that the browser prefers, or in
// that of ?lang=.
func (h *home) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	counts, err := h.counts(r.Context())
	if err != nil {
		w.Header().Set("Retry-After", "30")
		http.Error(w, "the catalogue cannot be read now", http.StatusServiceUnavailable)
		return
	}
	_, i := language.MatchStrings(homeLangs, append([]string{r.URL.Query().Get("lang")}, r.Header.Values("Accept-Language")...)...)
	l := []lang{french, english}[i]
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", l.String())
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	homePage.Execute(w, h.view(counts, l.Tag))
}

// homeView is what the page shows, in one language.
type homeView struct {
	Lang, Other string // "fr" and "en", or the other way round
	French      bool
	BaseURL     string
	Catalogues  []catalogueView
}

type catalogueView struct {
	Title, Description string
	Records            int
	Groups             []groupView
	Kinds              []kindView
}

type groupView struct {
	Title, Question, Description string
	Axes                         []string
	Links                        []model.Link
}

type kindView struct {
	Label, Spec string
	Count       int
}

func (h *home) view(counts []catalogueCounts, lang language.Tag) homeView {
	v := homeView{Lang: "fr", Other: "en", French: true, BaseURL: h.baseURL}
	if lang == language.English {
		v = homeView{Lang: "en", Other: "fr", BaseURL: h.baseURL}
	}
	for _, c := range counts {
		v.Catalogues = append(v.Catalogues, viewOf(c, lang))
	}
	return v
}

func viewOf(counts catalogueCounts, lang language.Tag) catalogueView {
	c := counts.heading
	v := catalogueView{Title: c.Title.In(lang), Description: c.Description.In(lang)}
	for _, g := range c.Groups {
		view := groupView{groupTitle(&g, lang), g.Question.In(lang), g.Description.In(lang), nil, g.Links}
		for _, a := range g.Axes {
			view.Axes = append(view.Axes, a.Title.In(lang))
		}
		v.Groups = append(v.Groups, view)
	}
	for _, k := range model.Kinds() {
		label := k.English
		if lang == language.French {
			label = k.French
		}
		if n := counts.kinds[k.Kind]; n > 0 {
			v.Records += n
			v.Kinds = append(v.Kinds, kindView{label, "type:" + string(k.Kind), n})
		}
	}
	return v
}

// groupTitle is the title with the acronym, unless that stands in it.
func groupTitle(g *model.Group, lang language.Tag) string {
	title := g.Title.In(lang)
	if g.Acronym == "" || strings.Contains(title, g.Acronym) {
		return title
	}
	return title + " (" + g.Acronym + ")"
}
