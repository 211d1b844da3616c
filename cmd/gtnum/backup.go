package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newBackup() *cobra.Command {
	var f storeFlags
	cmd := &cobra.Command{
		Use:   "backup FILE --db STORE",
		Short: "Write a store as it is now to a new file",
		Long: `Write a store as it is now to a new SQLite file, while it is served and imported
into. The file can be served itself. Who goes back to it imports the catalogues
again afterwards, so that what had changed since gets a new datestamp.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer s.Close()
			if err := s.Backup(cmd.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "gtnum: %s holds the store %s as it was\n", args[0], s)
			return nil
		},
	}
	f.add(cmd)
	return cmd
}
