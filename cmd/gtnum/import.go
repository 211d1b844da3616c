package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/store"
)

func newImport() *cobra.Command {
	var f storeFlags
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "import CATALOGUE... --db STORE",
		Short: "Bring catalogues into a store, and what changed in them",
		Long: `Bring catalogues into a store, a SQLite file or postgres://…, in one transaction.

What they hold is compared with what is there: what is the same keeps its
datestamp, what differs gets a new one, what is missing becomes a deleted
record if the catalogue describes its group. Problems refuse the whole import.
The store may be served meanwhile.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return importAll(cmd.Context(), f, dryRun, args, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "print what would change, and change nothing")
	return cmd
}

func importAll(ctx context.Context, f storeFlags, dryRun bool, files []string, stdout, stderr io.Writer) error {
	streams, err := openStreams(files)
	defer closeStreams(streams)
	if err != nil {
		return fmt.Errorf("%w\nnothing was imported", err)
	}
	s, err := f.open(ctx, !dryRun)
	if err != nil {
		return err
	}
	defer s.Close()
	p := newProgress(stderr)
	opts := store.ImportOptions{DryRun: dryRun, Source: strings.Join(files, " "), Progress: func(n int) { p.at(n, 0) }}
	if dryRun {
		opts.Changed = func(c store.Change) { fmt.Fprintln(stdout, changeLine(c)) }
	}
	r, err := s.Import(ctx, opts, streams...)
	p.end()
	if err != nil {
		return fmt.Errorf("%w\nnothing was imported", err)
	}
	verb := "imported"
	if dryRun {
		verb = "would import"
	}
	fmt.Fprintf(stderr, "gtnum: %s: %d created, %d changed, %d deleted, %d restored, %d unchanged\n",
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
