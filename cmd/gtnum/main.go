// Command gtnum serves, exports, harvests and checks catalogues of research
// outputs. It speaks French, and English on request.
//
// Its exit status is 0, 1 for problems of data or of the world, and 2 for
// wrong usage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

func main() {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop) // who does not want to wait sends a second one
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// errReported ends a command that has told its problems itself.
var errReported = errors.New("problems were reported")

// usageError is a wrong call, as opposed to a problem of data or the world.
type usageError struct{ error }

// In returns the error in French or English.
func (e usageError) In(tag language.Tag) string { return say.In(e.error, tag) }

// run is the command without the process: it returns the exit status.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	l, err := langOf(args, getenv)
	root := newRoot(l)
	root.SetArgs(append([]string{}, args...)) // nil would mean the process's own
	root.SetOut(stdout)
	root.SetErr(stderr)
	called := root
	if err == nil {
		called, err = root.ExecuteContextC(ctx)
	}
	if err == nil {
		return 0
	}
	if errors.Is(err, errReported) {
		return 1
	}
	if full, ok := err.(*fs.PathError); ok && full.Op == "write" { // such as /dev/stdout
		err = cannotWrite(full.Path, full.Err)
	}
	fmt.Fprintf(stderr, "gtnum: %s\n", say.In(err, l.Tag))
	if _, wrong := errors.AsType[usageError](err); !wrong {
		return 1
	}
	name := "gtnum help"
	if called.HasParent() && called.Name() != "help" {
		name += " " + called.Name()
	}
	fmt.Fprintf(stderr, l.say("« %s » dit comment faire.\n", "'%s' tells how.\n"), name)
	return 2
}

func newRoot(l lang) *cobra.Command {
	root := &cobra.Command{
		Use:   "gtnum",
		Short: l.say("Servir, exporter et vérifier des catalogues de productions de recherche", "Serve, export and check catalogues of research outputs"),
		Long: l.say(`gtnum sert des catalogues de productions de recherche aux moissonneurs (OAI-PMH)
et aux portails de données ouvertes (DCAT), les exporte, et dit ce que chaque
portail en perdrait.

Quand aucun CATALOGUE n’est nommé, c’est celui de #PLEIADES, livré avec le
programme.`, `gtnum serves catalogues of research outputs to harvesters (OAI-PMH) and to
open-data portals (DCAT), exports them and tells what each portal would lose.

Where no CATALOGUE is named, the PLEIADES catalogue that comes with the program
is meant.`),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			writeUsage(cmd.ErrOrStderr(), cmd, l)
			fmt.Fprintln(cmd.ErrOrStderr())
			return usageError{say.Errorf("il manque une commande", "a command is missing")}
		},
	}
	root.Args = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return noCommand(root, args[0])
		}
		return nil
	}
	for _, g := range []struct {
		id, title string
		commands  []*cobra.Command
	}{
		{"keep", l.say("Tenir un catalogue", "Keep a catalogue"), []*cobra.Command{newValidate(l), newHarvest(l), newConvert(l), newExport(l), newSchema(l)}},
		{"serve", l.say("Le servir", "Serve it"), []*cobra.Command{newServe(l), newImport(l), newHistory(l), newBackup(l), newVerify(l)}},
		{"others", l.say("Examiner un autre serveur", "Examine another server"), []*cobra.Command{newCheck(l)}},
	} {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title})
		for _, cmd := range g.commands {
			cmd.GroupID = g.id
			root.AddCommand(cmd)
		}
	}
	root.AddCommand(newCompletion(l))
	speak(root, l)
	return root
}
