package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/store"
)

func newImport(l lang) *cobra.Command {
	var f storeFlags
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "import CATALOGUE... --db STORE",
		Short: l.say("Mettre des catalogues dans un entrepôt, et ce qui y a changé", "Bring catalogues into a store, and what changed in them"),
		Long: l.say(`Mettre des catalogues dans un entrepôt, un fichier SQLite ou postgres://…, en une
seule transaction.

Leur contenu est comparé à ce qui s’y trouve : ce qui est pareil garde sa date, ce
qui diffère en reçoit une nouvelle, ce qui manque devient une notice supprimée si
le catalogue décrit son groupe. Un problème refuse toute l’importation. L’entrepôt
peut être servi pendant ce temps ; seule la première importation dans un fichier
l’a pour elle, et qui l’ouvre alors attend.`,
			`Bring catalogues into a store, a SQLite file or postgres://…, in one transaction.

What they hold is compared with what is there: what is the same keeps its
datestamp, what differs gets a new one, what is missing becomes a deleted
record if the catalogue describes its group. Problems refuse the whole import.
The store may be served meanwhile; only the first import into a file has it for
itself, and who opens it then waits.`),
		Example: "gtnum import catalogue.yaml --db catalogue.db",
		RunE: func(cmd *cobra.Command, args []string) error {
			return importAll(cmd.Context(), l, f, dryRun, args, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f.add(cmd, l)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, l.say("montrer ce qui changerait, sans rien changer", "print what would change, and change nothing"))
	return cmd
}

func importAll(ctx context.Context, l lang, f storeFlags, dryRun bool, files []string, stdout, stderr io.Writer) error {
	streams, err := openStreams(files)
	defer closeStreams(streams)
	if err != nil {
		return say.Errorf("%v\nrien n’a été importé", "%v\nnothing was imported", err)
	}
	s, err := f.open(ctx, !dryRun)
	if err != nil {
		return err
	}
	defer s.Close()
	boundMemory(90, 400) // a fifth is in use, whatever the size of the catalogue
	p := newProgress(stderr, l)
	opts := store.ImportOptions{DryRun: dryRun, Exclusive: true, Source: strings.Join(files, " "), Progress: func(n int) { p.at(n, 0) }}
	if dryRun {
		opts.Changed = func(c store.Change) { fmt.Fprintln(stdout, changeLine(c)) }
	}
	r, err := s.Import(ctx, opts, streams...)
	p.end()
	if err != nil {
		return say.Errorf("%v\nrien n’a été importé", "%v\nnothing was imported", err)
	}
	verb := l.say("importation", "imported")
	if dryRun {
		verb = l.say("importation simulée", "would import")
	}
	fmt.Fprintf(stderr, l.say("gtnum: %s\u00a0: %d créée(s), %d modifiée(s), %d supprimée(s), %d rétablie(s), %d inchangée(s)\n",
		"gtnum: %s: %d created, %d changed, %d deleted, %d restored, %d unchanged\n"),
		verb, r.Created, r.Changed, r.Deleted, r.Restored, r.Unchanged)
	return nil
}

// changeLine is a change as --dry-run prints it.
func changeLine(c store.Change) string {
	sign := map[store.ChangeKind]string{store.Created: "+", store.Changed: "~", store.Deleted: "-", store.Restored: "^"}[c.Kind]
	return strings.TrimSpace(fmt.Sprintf("%s %s  %s", sign, c.ID, strings.Join(c.Fields, ", ")))
}

// openStreams opens files; the error tells of all that cannot be read.
func openStreams(files []string) (streams []*model.Stream, err error) {
	var errs []error
	for _, file := range files {
		s, err := model.OpenStream(file)
		if err != nil {
			errs = append(errs, readable(file, err))
			continue
		}
		streams = append(streams, s)
	}
	return streams, errors.Join(errs...)
}

func closeStreams(streams []*model.Stream) {
	for _, s := range streams {
		s.Close()
	}
}
