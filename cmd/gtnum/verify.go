package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newVerify() *cobra.Command {
	var f storeFlags
	cmd := &cobra.Command{
		Use:   "verify --db STORE",
		Short: "Check that a store is sound",
		Long: `Check that a store is sound: its file, every record, every list and count, every
datestamp. It may be served and imported into meanwhile.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer s.Close()
			problems := 0
			records, err := s.Verify(cmd.Context(), func(problem string) {
				problems++
				fmt.Fprintln(cmd.OutOrStdout(), problem)
			})
			if err != nil {
				return err
			}
			if problems > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "gtnum: the store %s has %d problems; restore a backup, or import its catalogues into a new one\n", s, problems)
				return errReported
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "gtnum: the store %s is sound: %d records\n", s, records)
			return nil
		},
	}
	f.add(cmd)
	return cmd
}
