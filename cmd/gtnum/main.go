// Command gtnum serves, exports and checks catalogues of research outputs.
//
// Its exit status is 0, 1 for problems of data or of the world, and 2 for
// wrong usage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// errReported ends a command that has told its problems itself.
var errReported = errors.New("problems were reported")

// usageError is a wrong call, as opposed to a problem of data or the world.
type usageError struct{ error }

// run is the command without the process: it returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(append([]string{}, args...)) // nil would mean the process's own
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errReported):
		return 1
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "gtnum: %v\nRun 'gtnum help' for the commands and their flags.\n", err)
		return 2
	}
	fmt.Fprintf(stderr, "gtnum: %v\n", err)
	return 1
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "gtnum",
		Short: "Serve, export and check catalogues of research outputs",
		Long: `gtnum serves catalogues of research outputs to harvesters (OAI-PMH) and to
open-data portals (DCAT), exports them and tells what each portal would lose.

Where no CATALOGUE is named, the PLEIADES catalogue that comes with the program
is meant.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{errors.New("a command is missing")}
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(newServe(), newExport(), newValidate(), newHarvest(), newCheck(), newSchema(),
		newImport(), newHistory(), newBackup(), newVerify())
	for _, cmd := range root.Commands() {
		asUsage(cmd)
	}
	root.Args = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usageError{fmt.Errorf("there is no command %q", args[0])}
		}
		return nil
	}
	return root
}

// asUsage makes wrong arguments of a command wrong usage.
func asUsage(cmd *cobra.Command) {
	check := cmd.Args
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

// langFlag adds --lang, the language of what people read: French by default.
func langFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("lang", "fr", "language of the report: fr or en")
}

func reportLang(s string) (language.Tag, error) {
	switch s {
	case "fr":
		return language.French, nil
	case "en":
		return language.English, nil
	}
	return language.Und, usageError{fmt.Errorf("--lang %q: want fr or en", s)}
}
