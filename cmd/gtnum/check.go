package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/oaipmh/oaitest"
)

func newCheck() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check BASE_URL",
		Short: "Tell what is wrong with any OAI-PMH address, by clause of the specification",
		Long: `Ask an OAI-PMH address a few dozen questions, one at a time, and tell where its
answers break the specification or make a harvester fail. The status is 1 if the
specification is broken.`,
		Args: cobra.ExactArgs(1),
	}
	lang := langFlag(cmd)
	asJSON := cmd.Flags().Bool("json", false, "write one JSON object a finding")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		tag, err := reportLang(*lang)
		if err != nil {
			return err
		}
		findings, err := oaitest.Check(cmd.Context(), args[0])
		if err != nil {
			return fmt.Errorf("checking %s: %w", args[0], err)
		}
		if *asJSON {
			err = writeFindingsJSON(cmd.OutOrStdout(), findings)
		} else {
			err = writeFindings(cmd.OutOrStdout(), findings, tag)
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

func writeFindings(w io.Writer, findings []oaitest.Finding, lang language.Tag) error {
	b := &printer{w: w, lang: lang}
	names := map[oaitest.Severity]string{oaitest.Violation: b.say("erreur", "error"), oaitest.Risk: b.say("avertissement", "warning")}
	base, _ := lang.Base()
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
