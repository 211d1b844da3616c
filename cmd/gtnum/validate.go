package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/model"
)

func newValidate(l lang) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "validate [CATALOGUE...]",
		Short: l.say("Dire chaque problème d’un catalogue et ce que les portails y perdent", "Tell every problem of catalogues and what each portal loses by it"),
		Long: l.say(`Dire chaque problème des catalogues : où il est, ce qu’un moissonneur y perd et
comment y remédier. Le statut est 1 si un catalogue ne peut pas être servi, 0 sinon.`,
			`Tell every problem of catalogues: where it is, what a harvester loses by it and
how to mend it. The status is 1 if a catalogue cannot be served, else 0.`),
		Example: "gtnum validate catalogue.yaml",
	}
	asJSON := cmd.Flags().Bool("json", false, l.say("un objet JSON par problème", "write one JSON object a problem"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r := &report{printer: printer{w: cmd.OutOrStdout(), lang: l}, n: map[model.Severity]int{}, groups: map[string]*problemGroup{}}
		defer r.close()
		return await(cmd.Context(), func() error { return r.run(args, *asJSON) })
	}
	return cmd
}

// run reports on some files. What keeps one from being read is told in the end.
func (r *report) run(files []string, asJSON bool) error {
	write := r.problem
	if asJSON {
		write = r.json
	}
	var unread []error
	for p, err := range problemsOf(files) {
		if err != nil {
			unread = append(unread, err)
			continue
		}
		r.n[p.Severity]++
		if err := write(p); err != nil {
			return err
		}
	}
	if !asJSON && (len(unread) == 0 || len(unread) < len(files)) {
		r.finish()
	}
	if len(unread) > 0 {
		return errors.Join(append(unread, r.err)...)
	}
	if r.err == nil && r.n[model.Error] > 0 {
		return errReported
	}
	return r.err
}

// problemsOf yields the problems of all files, of those that cannot be loaded
// too; of the built-in catalogue if there are none.
func problemsOf(files []string) iter.Seq2[model.Problem, error] {
	return func(yield func(model.Problem, error) bool) {
		if len(files) == 0 {
			cats, err := loadAll(nil)
			if err != nil {
				yield(model.Problem{}, err)
				return
			}
			for _, p := range cats[0].Validate() {
				if !yield(p, nil) {
					return
				}
			}
		}
		for p, err := range model.Problems(files...) {
			if file, ok := errors.AsType[*fs.PathError](err); ok {
				err = readable(file.Path, err)
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

// report tells problems to people: errors one by one as they come, since each
// is mended by itself. The rest it groups by what it is, so that what is said
// of thirty records is said once; where each is waits in a spool.
type report struct {
	printer
	n      map[model.Severity]int
	groups map[string]*problemGroup // by code
	order  []*problemGroup
}

// problemGroup are the problems of one code.
type problemGroup struct {
	first  model.Problem
	n      int
	places spool
}

// problem writes a problem, or puts it in its group.
func (r *report) problem(p model.Problem) error {
	if p.Severity == model.Error {
		r.one(p)
		return r.err
	}
	g := r.groups[p.Code]
	if g == nil {
		g = &problemGroup{first: p}
		r.groups[p.Code], r.order = g, append(r.order, g)
	}
	g.n++
	_, detail, _ := strings.Cut(p.Message.In(r.Tag), r.colon())
	places := printer{w: &g.places, lang: r.lang}
	places.place(p, detail)
	return places.err
}

// finish writes the groups, warnings first, and how many of each there were.
func (r *report) finish() {
	for _, severity := range []model.Severity{model.Warning, model.Notice} {
		for _, g := range r.order {
			if g.first.Severity == severity {
				r.group(g)
			}
		}
	}
	r.summary(r.n)
}

// group writes what problems of one code have in common, which is what stands
// before the colon of their messages, then their places.
func (r *report) group(g *problemGroup) {
	topic, _, _ := strings.Cut(g.first.Message.In(r.Tag), r.colon())
	r.printf("%s%s%s (%d)\n", g.first.Severity.In(r.Tag), r.colon(), topic, g.n)
	r.advice(g.first)
	if r.err == nil {
		r.err = g.places.writeTo(r.w)
	}
	r.printf("\n")
}

func (r *report) close() {
	for _, g := range r.order {
		g.places.close()
	}
}

// printer writes a report in a language and keeps the first error.
type printer struct {
	w io.Writer
	lang
	err error
}

func (b *printer) printf(format string, args ...any) {
	if b.err == nil {
		_, b.err = fmt.Fprintf(b.w, format, args...)
	}
}

// one writes a problem by itself.
func (b *printer) one(p model.Problem) {
	b.printf("%s%s%s\n", p.Severity.In(b.Tag), b.colon(), p.Message.In(b.Tag))
	b.advice(p)
	b.place(p, "")
	b.printf("\n")
}

func (b *printer) advice(p model.Problem) {
	if len(p.Loss) > 0 {
		b.printf("  %s%s%s\n", b.say("perte", "loss"), b.colon(), p.Loss.In(b.Tag))
	}
	if len(p.Remedy) > 0 {
		b.printf("  %s%s%s\n", b.say("remède", "remedy"), b.colon(), p.Remedy.In(b.Tag))
	}
}

// place writes where a problem is: in which line, in which record.
func (b *printer) place(p model.Problem, detail string) {
	b.printf("    %s:%d:%d", p.File, p.Line, p.Column)
	switch {
	case p.Record != "":
		_, field, _ := strings.Cut(p.Path, "].")
		b.printf("  %s  %s", p.Record, field)
	case p.Path != "":
		b.printf("  %s", p.Path)
	}
	if detail != "" {
		b.printf("%s%s", b.colon(), detail)
	}
	b.printf("\n")
}

func (b *printer) summary(n map[model.Severity]int) {
	b.printf(b.say("%d erreur(s), %d avertissement(s), %d note(s)\n", "%d error(s), %d warning(s), %d notice(s)\n"),
		n[model.Error], n[model.Warning], n[model.Notice])
}

// json writes a problem as a line.
func (r *report) json(p model.Problem) error {
	enc := json.NewEncoder(r.w)
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Severity string     `json:"severity"`
		Code     string     `json:"code"`
		File     string     `json:"file,omitzero"`
		Line     int        `json:"line,omitzero"`
		Column   int        `json:"column,omitzero"`
		Path     string     `json:"path,omitzero"`
		Record   string     `json:"record,omitzero"`
		Message  model.Text `json:"message"`
		Loss     model.Text `json:"loss,omitzero"`
		Remedy   model.Text `json:"remedy,omitzero"`
	}{p.Severity.String(), p.Code, p.File, p.Line, p.Column, p.Path, p.Record, p.Message, p.Loss, p.Remedy})
}
