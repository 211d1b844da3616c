package main

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/oaipmh/oaitest"
)

func newCheck(l lang) *cobra.Command {
	cmd := &cobra.Command{
		Use:   l.say("check ADRESSE", "check BASE_URL"),
		Short: l.say("Dire ce qui ne va pas à une adresse OAI-PMH, article par article", "Tell what is wrong with any OAI-PMH address, by clause of the specification"),
		Long: l.say(`Poser à une adresse OAI-PMH quelques dizaines de questions, une à la fois, et dire
où ses réponses s’écartent de la norme ou font échouer un moissonneur. Le statut
est 1 si la norme n’est pas respectée.`,
			`Ask an OAI-PMH address a few dozen questions, one at a time, and tell where its
answers break the specification or make a harvester fail. The status is 1 if the
specification is broken.`),
		Example: "gtnum check https://api.archives-ouvertes.fr/oai/hal/",
	}
	asJSON := cmd.Flags().Bool("json", false, l.say("un objet JSON par constat", "write one JSON object a finding"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := webAddress(args[0]); err != nil {
			return err
		}
		findings, err := oaitest.Check(cmd.Context(), args[0])
		if err != nil {
			return say.Errorf("vérification de %s\u00a0: %v", "checking %s: %v", args[0], netErr(err))
		}
		if *asJSON {
			err = writeFindingsJSON(cmd.OutOrStdout(), findings)
		} else {
			err = writeFindings(cmd.OutOrStdout(), findings, l)
		}
		if n, _ := countFindings(findings); err == nil && n > 0 {
			return errReported
		}
		return err
	}
	return cmd
}

func countFindings(findings []oaitest.Finding) (violations, risks int) {
	for _, f := range findings {
		if f.Severity == oaitest.Violation {
			violations++
		} else {
			risks++
		}
	}
	return violations, risks
}

func writeFindings(w io.Writer, findings []oaitest.Finding, l lang) error {
	b := &printer{w: w, lang: l}
	names := map[oaitest.Severity]string{oaitest.Violation: b.say("erreur", "error"), oaitest.Risk: b.say("avertissement", "warning")}
	base, _ := l.Base()
	for _, f := range findings {
		b.printf("%s%s%s\n  %s\n  %s\n\n", names[f.Severity], b.colon(), f.Text(base.String()), f.Clause, f.Request)
	}
	violations, risks := countFindings(findings)
	b.printf(b.say("%d erreur(s), %d avertissement(s)\n", "%d error(s), %d warning(s)\n"), violations, risks)
	return b.err
}

func writeFindingsJSON(w io.Writer, findings []oaitest.Finding) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, f := range findings {
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	return nil
}
