package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

// convertFlags say what no harvest tells of a catalogue.
type convertFlags struct {
	lang                                      lang
	output                                    string
	heading, id, base, title, group, groupFor string
	losses                                    string
	replace                                   bool
}

func newConvert(l lang) *cobra.Command {
	f := convertFlags{lang: l}
	cmd := &cobra.Command{
		Use:   l.say("convert MOISSON... --output CATALOGUE", "convert HARVEST... --output CATALOGUE"),
		Short: l.say("Faire un catalogue de ce que « gtnum harvest » a moissonné", "Make a catalogue of what gtnum harvest brought"),
		Long: l.say(`Faire un catalogue des fichiers que « gtnum harvest --output » a écrits : oai_dc,
oai_dcterms, datacite, oai_datacite, oai_openaire, lom (ScoLOMFR, LOMFR) et le
xml-tei de HAL. Chaque notice garde d’où elle vient. De plusieurs versions d’une
notice, la dernière compte ; une notice supprimée reste comme « withdrawn » si
elle était là avant.

CATALOGUE s’appelle .yaml, à corriger à la main, ou .json, sans limite de taille.
Ce que le catalogue ne peut pas garder est résumé, une ligne par sorte. Ce que la
moisson ne dit pas (id, base…) n’est pas inventé : il reste vide, et « gtnum
validate » le demande.`,
			`Make a catalogue of the files that gtnum harvest --output wrote: oai_dc,
oai_dcterms, datacite, oai_datacite, oai_openaire, lom (ScoLOMFR, LOMFR) and
HAL's xml-tei. Each record keeps where it comes from. Of several versions of a
record the last counts; a deleted one stays as "withdrawn" if it was there
before.

CATALOGUE is named .yaml, to be mended by hand, or .json, of any size. What it
cannot keep is summed up, a line a kind. What the harvest does not tell (id,
base…) is not invented: it stays empty, and gtnum validate asks for it.`),
		Example: "gtnum convert hal.jsonl --output hal.yaml --id hal --base https://catalogue.example.org/",
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cat, err := f.prepare("--output")
		if err != nil {
			return err
		}
		return f.convert(cmd.Context(), cat, args, cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	cmd.Flags().StringVar(&f.output, "output", "", l.say("`catalogue` à écrire, .yaml ou .json", "`catalogue` to write, .yaml or .json"))
	f.add(cmd)
	return cmd
}

// add adds the flags that convert and harvest share.
func (f *convertFlags) add(cmd *cobra.Command) {
	say, flags := f.lang.say, cmd.Flags()
	flags.StringVar(&f.heading, "heading", "", say("`catalogue` dont l’en-tête sert : id, base, titre, groupes…", "`catalogue` whose heading is used: id, base, title, groups…"))
	flags.StringVar(&f.id, "id", "", say("`id` du catalogue", "`id` of the catalogue"))
	flags.StringVar(&f.base, "base", "", say("base du catalogue, l’`adresse` sous laquelle tout y est nommé", "base of the catalogue, the `address` under which all in it is named"))
	flags.StringVar(&f.title, "title", "", say("`titre` du catalogue, en français (sinon le nom de l’entrepôt moissonné)", "`title` of the catalogue, in English (else the repository's name)"))
	flags.StringVar(&f.group, "group", "", say("`id` du groupe dont sont les productions", "`id` of the group whose outputs they are"))
	flags.StringVar(&f.groupFor, "group-title", "", say("`titre` du groupe, en français", "`title` of the group, in English"))
	flags.StringVar(&f.losses, "losses", "", say("`fichier` où lister ce que chaque notice perd", "`file` that lists what each record loses"))
	flags.BoolVar(&f.replace, "replace", false, say("remplacer les notices du catalogue s’il existe, corrections comprises ; son en-tête reste, et les commentaires qui le précèdent", "replace the records of the catalogue if it exists, with all that was mended in them; its heading stays, and the comments before it"))
}

// given reports whether any flag is that only a catalogue has a use for.
func (f *convertFlags) given() bool {
	return f.heading+f.id+f.base+f.title+f.group+f.groupFor+f.losses != "" || f.replace
}

// prepare returns the heading as far as the flags give it, and refuses, before
// any work, what could not be written. The flag is the one that names the
// catalogue.
func (f *convertFlags) prepare(flag string) (*model.Catalogue, error) {
	switch ext := strings.ToLower(filepath.Ext(f.output)); {
	case f.output == "":
		return nil, usageError{say.Errorf("il manque %s\u00a0: le catalogue à écrire", "%s is missing: the catalogue to write", flag)}
	case ext != ".yaml" && ext != ".yml" && ext != ".json":
		return nil, usageError{say.Errorf("%s « %s »\u00a0: attendu un nom en .yaml ou .json", "%s %q: want a name that ends with .yaml or .json", flag, f.output)}
	}
	if _, err := os.Stat(f.output); err == nil && !f.replace {
		return nil, say.Errorf("%s existe, avec peut-être vos corrections\u00a0: choisissez un autre nom, ou ajoutez --replace pour en remplacer les notices",
			"%s exists, perhaps with what you mended: choose another name, or add --replace to replace its records", f.output)
	}
	cat, err := f.start()
	if err != nil {
		return nil, err
	}
	return cat, sound(cat)
}

func (f *convertFlags) start() (*model.Catalogue, error) {
	cat := &model.Catalogue{}
	file := f.heading
	if _, err := os.Stat(f.output); err == nil && file == "" {
		file = f.output // which is going to be replaced
	}
	if file != "" {
		s, err := model.OpenStream(file)
		if err != nil {
			return nil, readable(file, err)
		}
		defer s.Close()
		heading := *s.Catalogue()
		cat = &heading
	}
	cat.ID, cat.Base = cmp.Or(f.id, cat.ID), cmp.Or(f.base, cat.Base)
	if f.title != "" {
		cat.Title = f.text(f.title)
	}
	if f.group != "" && cat.Group(f.group) == nil {
		cat.Groups = append(cat.Groups, model.Group{ID: f.group})
	}
	if f.groupFor != "" {
		if f.group == "" {
			return nil, usageError{say.Errorf("--group-title va avec --group", "--group-title goes with --group")}
		}
		cat.Group(f.group).Title = f.text(f.groupFor)
	}
	return cat, nil
}

func (f *convertFlags) text(s string) model.Text {
	return model.Text{{Lang: language.Make(f.lang.say("fr", "en")), Value: s}}
}

// sound refuses a heading that no reader would take.
func sound(cat *model.Catalogue) error {
	var b strings.Builder
	w, err := model.NewWriter(&b, "heading.json", cat)
	if err == nil {
		err = w.Close()
	}
	if err == nil {
		_, err = model.Parse("heading.json", []byte(b.String()))
	}
	load, ok := errors.AsType[*model.LoadError](err)
	if !ok {
		return err
	}
	for i := range load.Problems { // they are of no file
		p := &load.Problems[i]
		p.File, p.Line, p.Column, p.Path = "", 0, 0, "--"+strings.NewReplacer("groups[0].id", "group").Replace(p.Path)
	}
	return usageError{load}
}

// clash refuses to write over what is read, or written.
func (f *convertFlags) clash(harvests ...string) error {
	if err := writtenOver(f.output, harvests...); err != nil {
		return err
	}
	return writtenOver(f.losses, append([]string{f.output, f.heading}, harvests...)...)
}

// convert writes the catalogue of some harvests, and what got lost.
func (f *convertFlags) convert(ctx context.Context, cat *model.Catalogue, files []string, stdout, stderr io.Writer) error {
	if err := f.clash(files...); err != nil {
		return err
	}
	h, err := surveyHarvest(files)
	if err != nil {
		return err
	}
	cat.Modified = h.modified()
	if len(cat.Title) == 0 && len(h.names) == 1 {
		cat.Title = model.NewText("und", h.names[0])
	}
	report := newLossReport(f.lang)
	comments := f.comments()
	write := func(each io.Writer) error {
		report.each.w = each
		return writeFile(f.output, func(w io.Writer) error {
			if _, err := io.WriteString(w, comments); err != nil {
				return err
			}
			c := conversion{cat: cat, group: f.group, harvest: h, report: report, progress: newProgress(stderr, f.lang)}
			return c.run(ctx, w, f.output)
		})
	}
	if f.losses == "" {
		err = write(io.Discard)
	} else {
		err = writeFile(f.losses, write)
	}
	if err != nil {
		return err
	}
	if err := report.summary(stdout, f.output); err != nil {
		return err
	}
	return f.ask(stderr, cat)
}

// comments are those that the catalogue which is replaced begins with: its
// schema, for editors, and what its keeper wrote there.
func (f *convertFlags) comments() string {
	file, err := os.Open(f.output)
	if err != nil || strings.EqualFold(filepath.Ext(f.output), ".json") {
		return "" // there is none to replace, or none with comments
	}
	defer file.Close()
	var b strings.Builder
	for r := bufio.NewReader(file); ; {
		line, err := r.ReadString('\n')
		line = strings.TrimPrefix(line, "\ufeff")
		if text := strings.TrimSpace(line); err != nil || text != "" && text[0] != '#' {
			return strings.TrimLeft(b.String(), "\r\n")
		}
		b.WriteString(line)
	}
}

// ask tells what validate will ask for in the heading.
func (f *convertFlags) ask(stderr io.Writer, cat *model.Catalogue) error {
	var missing []string
	for _, p := range cat.Validate() {
		if p.Severity == model.Error {
			missing = append(missing, p.Path)
		}
	}
	if len(missing) == 0 {
		fmt.Fprintf(stderr, f.lang.say("gtnum: la suite\u00a0: gtnum validate %s\n", "gtnum: what comes next: gtnum validate %s\n"), f.output)
		return nil
	}
	fmt.Fprintf(stderr, f.lang.say(
		"gtnum: avant de servir %s, ajoutez-y ce que la moisson ne dit pas\u00a0: %s (gtnum validate le redemandera)\n",
		"gtnum: before %s is served, add what the harvest does not tell: %s (gtnum validate will ask again)\n"),
		f.output, strings.Join(missing, ", "))
	return nil
}

// conversion is one run of convert.
type conversion struct {
	cat      *model.Catalogue
	group    string
	harvest  *harvested
	report   *lossReport
	progress *progress
}

// run writes the catalogue.
func (c *conversion) run(ctx context.Context, out io.Writer, name string) error {
	w, err := model.NewWriter(out, name, c.cat)
	if err != nil {
		return err
	}
	n := 0
	for l, err := range c.harvest.records() {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = c.record(w, l)
		}
		if err != nil {
			c.progress.end()
			return err
		}
		n++
		c.progress.at(n, c.harvest.total)
	}
	c.progress.end()
	if c.report.kept == 0 && c.report.refused > 0 {
		return say.Errorf("aucune notice ne peut être lue\u00a0: %v", "no record can be read: %v", c.report.refusal)
	}
	return w.Close()
}

// record writes a record. One that cannot be read is left out, and reported.
func (c *conversion) record(w *model.Writer, h harvestedRecord) error {
	o, losses, err := crosswalk.Read(h.record(), model.Origin{BaseURL: h.BaseURL, Harvested: h.Harvested})
	if err != nil {
		c.report.refuse(h.Identifier, h.readErr(err))
		return nil
	}
	o.ID, o.Group = h.id, c.group
	if o.Datestamp = h.Harvested; o.Datestamp.IsZero() {
		o.Datestamp = model.NewDate(h.Datestamp, model.Instant)
	}
	if o.Status == model.Withdrawn && h.kind != "" { // so that it stays in its sets
		o.Kind, o.Provenance.Derived = h.kind, nil
	}
	err = w.Write(&o)
	if load, ok := errors.AsType[*model.LoadError](err); ok {
		c.report.refuse(h.Identifier, load)
		return nil
	}
	if err == nil {
		c.report.keep(&o, append(losses, h.losses()...))
	}
	return err
}

// readErr says in both languages why a record is not read.
func (l line) readErr(err error) error {
	if errors.Is(err, crosswalk.ErrUnknownFormat) {
		return say.Errorf("aucun passage vers le catalogue n’existe pour ce format ; prenez oai_dc, oai_dcterms, datacite, oai_datacite, oai_openaire, lom ou xml-tei",
			"there is no way from this format into a catalogue; take oai_dc, oai_dcterms, datacite, oai_datacite, oai_openaire, lom or xml-tei")
	}
	if l.Metadata == "" {
		return say.Errorf("sans métadonnées", "without metadata")
	}
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		err = syntax // the rest is said here
	}
	return say.Errorf("ses métadonnées ne sont pas du XML bien formé (%v)", "its metadata are not well-formed XML (%v)", err)
}
