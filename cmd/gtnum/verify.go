package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/internal/say"
)

func newVerify(l lang) *cobra.Command {
	var f storeFlags
	cmd := &cobra.Command{
		Use:   l.say("verify --db ENTREPÔT", "verify --db STORE"),
		Short: l.say("Vérifier qu’un entrepôt est sain", "Check that a store is sound"),
		Long: l.say(`Vérifier qu’un entrepôt est sain : son fichier, chaque notice, chaque liste et
chaque compte, chaque date. Il peut être servi et recevoir des importations
pendant ce temps.`,
			`Check that a store is sound: its file, every record, every list and count, every
datestamp. It may be served and imported into meanwhile.`),
		Example: "gtnum verify --db catalogue.db",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer s.Close()
			problems := 0
			records, err := s.Verify(cmd.Context(), func(problem error) {
				problems++
				fmt.Fprintln(cmd.OutOrStdout(), say.In(problem, l.Tag))
			})
			if err != nil {
				return err
			}
			if problems > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), l.say("gtnum: l’entrepôt %s a %d problème(s) ; reprenez une sauvegarde, ou importez ses catalogues dans un nouveau\n", "gtnum: the store %s has %d problems; restore a backup, or import its catalogues into a new one\n"), s, problems)
				return errReported
			}
			fmt.Fprintf(cmd.ErrOrStderr(), l.say("gtnum: l’entrepôt %s est sain\u00a0: %d notice(s)\n", "gtnum: the store %s is sound: %d records\n"), s, records)
			return nil
		},
	}
	f.add(cmd, l)
	return cmd
}
