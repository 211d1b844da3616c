package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/internal/say"
)

// newCompletion takes the place of cobra's command of that name, which speaks
// English alone and says nothing of a shell that it does not know.
func newCompletion(l lang) *cobra.Command {
	return &cobra.Command{
		Use:     "completion SHELL",
		Short:   l.say("Écrire ce qui complète les commandes dans un terminal", "Write what completes commands in a terminal"),
		Long:    l.say("Écrire ce qui complète les commandes dans un terminal : bash, zsh, fish ou\npowershell.", "Write what completes commands in a terminal: bash, zsh, fish or powershell."),
		Example: "source <(gtnum completion bash)",
		Hidden:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			write, ok := map[string]func(io.Writer) error{
				"bash":       func(w io.Writer) error { return root.GenBashCompletionV2(w, true) },
				"zsh":        root.GenZshCompletion,
				"fish":       func(w io.Writer) error { return root.GenFishCompletion(w, true) },
				"powershell": root.GenPowerShellCompletionWithDesc,
			}[args[0]]
			if !ok {
				return usageError{say.Errorf("« %s »\u00a0: attendu bash, zsh, fish ou powershell", "%q: want bash, zsh, fish or powershell", args[0])}
			}
			return write(cmd.OutOrStdout())
		},
	}
}
