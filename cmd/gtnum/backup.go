package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newBackup(l lang) *cobra.Command {
	var f storeFlags
	cmd := &cobra.Command{
		Use:   l.say("backup FICHIER --db ENTREPÔT", "backup FILE --db STORE"),
		Short: l.say("Écrire un entrepôt, tel qu’il est, dans un nouveau fichier", "Write a store as it is now to a new file"),
		Long: l.say(`Écrire un entrepôt, tel qu’il est, dans un nouveau fichier SQLite, pendant qu’il est
servi et qu’on y importe. Le fichier peut lui-même être servi. Qui y revient
importe ensuite les catalogues de nouveau, pour que ce qui avait changé depuis
reçoive une nouvelle date.`,
			`Write a store as it is now to a new SQLite file, while it is served and imported
into. The file can be served itself. Who goes back to it imports the catalogues
again afterwards, so that what had changed since gets a new datestamp.`),
		Example: "gtnum backup copie.db --db catalogue.db",
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer s.Close()
			if err := s.Backup(cmd.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintf(cmd.ErrOrStderr(), l.say("gtnum: %s contient l’entrepôt %s tel qu’il était\n", "gtnum: %s holds the store %s as it was\n"), args[0], s)
			return nil
		},
	}
	f.add(cmd, l)
	return cmd
}
