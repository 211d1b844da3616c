package main

import (
	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/model"
)

func newSchema(l lang) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: l.say("Écrire le schéma JSON des catalogues, pour les éditeurs de texte", "Write the JSON Schema of catalogue files, for editors"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(model.Schema(l.Tag))
			return err
		},
	}
}
