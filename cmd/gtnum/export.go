package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
)

const defaultProfile = "dcat-ap"

type exportFlags struct {
	format, profile, output string
}

func newExport(l lang) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export [CATALOGUE...]",
		Short: l.say("Écrire des catalogues en un fichier, dans le format voulu", "Write catalogues as one file in any format"),
		Example: `gtnum export catalogue.yaml --profile data.gouv.fr --output catalogue.ttl
gtnum export catalogue.yaml --format oai_dc`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return export(cmd.Context(), f, args, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&f.format, "format", "turtle", l.say("`format` du fichier : ", "`format` of the file: ")+formatNames())
	cmd.Flags().StringVar(&f.profile, "profile", defaultProfile, l.say("`portail` à qui le RDF est destiné : dcat-ap ou data.gouv.fr", "`portal` that the RDF is for: dcat-ap or data.gouv.fr"))
	cmd.Flags().StringVar(&f.output, "output", "", l.say("`fichier` à écrire (sinon la sortie standard)", "`file` to write (else standard output)"))
	return cmd
}

func export(ctx context.Context, f exportFlags, files []string, stdout io.Writer) error {
	if err := writtenOver(f.output, files...); err != nil {
		return err
	}
	write, err := f.writer()
	if err != nil {
		return err
	}
	cats, err := servable(ctx, files)
	if err != nil {
		return err
	}
	if f.output == "" {
		w := bufio.NewWriter(stdout)
		if err := write(ctx, w, cats); err != nil {
			return err
		}
		return w.Flush()
	}
	return writeFile(f.output, func(w io.Writer) error { return write(ctx, w, cats) })
}

// formatNames are the formats of --format.
func formatNames() string {
	names := append(syntaxNames(), "schema.org")
	for _, format := range formats() {
		names = append(names, format.Prefix)
	}
	return strings.Join(names, ", ")
}

func syntaxNames() (names []string) {
	for _, s := range dcat.Syntaxes() {
		names = append(names, s.String())
	}
	return names
}

// writer returns what writes the format.
func (f exportFlags) writer() (func(context.Context, io.Writer, []*model.Catalogue) error, error) {
	profile, err := dcat.FindProfile(f.profile, dcat.Profiles()...)
	if err != nil {
		return nil, usageError{say.Errorf("--profile « %s »\u00a0: attendu dcat-ap ou data.gouv.fr", "--profile %q: want dcat-ap or data.gouv.fr", f.profile)}
	}
	for _, format := range formats() {
		if format.Prefix == f.format {
			return func(ctx context.Context, w io.Writer, cats []*model.Catalogue) error {
				return exportOAI(ctx, w, cats, format)
			}, f.forNoPortal()
		}
	}
	return f.rdf(profile)
}

// forNoPortal refuses a profile where the format is the same for all portals.
func (f exportFlags) forNoPortal() error {
	if f.profile == defaultProfile {
		return nil
	}
	return usageError{say.Errorf("--profile %s ne change rien au format %s\u00a0: il va avec %s", "--profile %s changes nothing of the format %s: it goes with %s", f.profile, f.format, strings.Join(syntaxNames(), ", "))}
}

// writtenOver refuses an output that is one of some other files of a call.
func writtenOver(output string, others ...string) error {
	for _, other := range others {
		if output != "" && other != "" && sameFile(output, other) {
			return usageError{say.Errorf("%s est nommé deux fois\u00a0: ce qui s’y trouve serait écrasé", "%s is named twice: what is in it would be written over", output)}
		}
	}
	return nil
}

// sameFile compares names, and files that are there.
func sameFile(a, b string) bool {
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// writeFile writes a file whole or not at all: a portal that reads it never
// sees half of it. A link stays one, and what is no file, such as /dev/stdout,
// is written to as it is.
func writeFile(name string, write func(io.Writer) error) (err error) {
	target, mode := name, fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() && !info.IsDir() {
			f, err := os.OpenFile(name, os.O_WRONLY, 0)
			if err != nil {
				return cannotWrite(name, errors.Unwrap(err))
			}
			return fill(f, name, write)
		}
		mode = info.Mode().Perm()
		if real, err := filepath.EvalSymlinks(name); err == nil && !info.IsDir() {
			target = real
		}
	}
	folder := filepath.Dir(target)
	tmp, err := os.CreateTemp(folder, "."+filepath.Base(target)+".*")
	if errors.Is(err, fs.ErrNotExist) {
		return say.Errorf("%s ne peut pas être écrit\u00a0: il n’y a pas de dossier %s", "cannot write %s: there is no folder %s", name, folder)
	}
	if err != nil {
		return cannotWrite(name, errors.Unwrap(err)) // without the name of a file that nobody knows
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
		}
	}()
	if err := tmp.Chmod(mode); err != nil {
		return cannotWrite(name, err)
	}
	if err := fill(tmp, name, write); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), target); err != nil {
		return cannotWrite(name, errors.Unwrap(err))
	}
	return nil
}

// fill writes to an open file that the caller calls by a name, and closes it.
func fill(f *os.File, name string, write func(io.Writer) error) error {
	w := bufio.NewWriterSize(f, 1<<16)
	if err := write(w); err != nil {
		f.Close()
		return err
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		return cannotWrite(name, err)
	}
	return nil
}

func cannotWrite(name string, err error) error {
	return say.Errorf("%s ne peut pas être écrit\u00a0: %v", "cannot write %s: %v", name, sysErr(err))
}
