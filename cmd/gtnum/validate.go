package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
		problems, err := validate(args)
		if err != nil {
			return err
		}
		if *asJSON {
			err = writeJSON(cmd.OutOrStdout(), problems)
		} else {
			err = writeReport(cmd.OutOrStdout(), problems, l)
		}
		if err == nil && tally(problems)[model.Error] > 0 {
			return errReported
		}
		return err
	}
	return cmd
}

// validate returns the problems of all files, of those that cannot be loaded
// too.
func validate(files []string) ([]model.Problem, error) {
	if len(files) == 0 {
		cats, err := loadAll(nil)
		if err != nil {
			return nil, err
		}
		return cats[0].Validate(), nil
	}
	var all []model.Problem
	for _, file := range files {
		cat, err := model.Load(file)
		var load *model.LoadError
		switch {
		case errors.As(err, &load):
			all = append(all, load.Problems...)
		case err != nil:
			return nil, readable(file, err)
		default:
			all = append(all, cat.Validate()...)
		}
	}
	return all, nil
}

// writeReport writes errors one by one, in the order of the file, since each
// is mended by itself. The rest it groups by what it is, so that what is said
// of thirty records is said once.
func writeReport(w io.Writer, problems []model.Problem, l lang) error {
	b := &printer{w: w, lang: l}
	groups := map[string][]model.Problem{}
	var order []string
	for _, severity := range []model.Severity{model.Error, model.Warning, model.Notice} {
		for _, p := range problems {
			switch {
			case p.Severity != severity:
			case severity == model.Error:
				b.one(p)
			default:
				if groups[p.Code] == nil {
					order = append(order, p.Code)
				}
				groups[p.Code] = append(groups[p.Code], p)
			}
		}
	}
	for _, code := range order {
		b.group(groups[code])
	}
	b.summary(tally(problems))
	return b.err
}

func tally(problems []model.Problem) map[model.Severity]int {
	n := map[model.Severity]int{}
	for _, p := range problems {
		n[p.Severity]++
	}
	return n
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

// group writes what problems of one code have in common, which is what stands
// before the colon of their messages, then their places.
func (b *printer) group(problems []model.Problem) {
	first := problems[0]
	topic, _, _ := strings.Cut(first.Message.In(b.Tag), b.colon())
	b.printf("%s%s%s (%d)\n", first.Severity.In(b.Tag), b.colon(), topic, len(problems))
	b.advice(first)
	for _, p := range problems {
		_, detail, _ := strings.Cut(p.Message.In(b.Tag), b.colon())
		b.place(p, detail)
	}
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

func writeJSON(w io.Writer, problems []model.Problem) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, p := range problems {
		line := struct {
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
		}{p.Severity.String(), p.Code, p.File, p.Line, p.Column, p.Path, p.Record, p.Message, p.Loss, p.Remedy}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
