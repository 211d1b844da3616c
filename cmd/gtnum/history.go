package main

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/store"
)

func newHistory(l lang) *cobra.Command {
	var f storeFlags
	cmd := &cobra.Command{
		Use:   l.say("history NOTICE --db ENTREPÔT", "history RECORD --db STORE"),
		Short: l.say("Dire ce qui a changé dans une notice, et quand", "Tell what changed in a record, and when"),
		Long: l.say("Dire ce qui a changé dans une notice, et quand. NOTICE est l’id d’une production ou\nson identifiant OAI.",
			"Tell what changed in a record, and when. RECORD is the id of an output or its OAI\nidentifier."),
		Example: "gtnum history hal-03526140 --db catalogue.db",
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := f.open(cmd.Context(), false)
		if err != nil {
			return err
		}
		defer s.Close()
		revisions, err := s.History(cmd.Context(), args[0])
		if errors.Is(err, oaipmh.ErrNotFound) {
			return say.Errorf("il n’y a pas de notice « %s » dans l’entrepôt %s", "there is no record %q in the store %s", args[0], s)
		}
		if err != nil {
			return err
		}
		return writeHistory(cmd.OutOrStdout(), l, revisions)
	}
	f.add(cmd, l)
	return cmd
}

// changeNames say what happened to a record.
var changeNames = map[store.ChangeKind][2]string{
	store.Created:  {"créée", "created"},
	store.Changed:  {"modifiée", "changed"},
	store.Deleted:  {"retirée", "deleted"},
	store.Restored: {"rétablie", "restored"},
}

// writeHistory writes a line a revision, and under it what differs from the
// one before.
func writeHistory(w io.Writer, l lang, revisions []store.Revision) error {
	p := &printer{w: w, lang: l}
	before := map[string]json.RawMessage{}
	for _, r := range revisions {
		names := changeNames[r.Kind]
		p.printf("%s  %-8s", r.Datestamp.Format(time.RFC3339), p.say(names[0], names[1]))
		if r.Source != "" {
			p.printf("  %s", r.Source)
		}
		p.printf("\n")
		var now map[string]json.RawMessage
		if r.Payload != "" && json.Unmarshal([]byte(r.Payload), &now) != nil {
			continue
		}
		for _, field := range r.Fields {
			p.printf("    %s%s%s → %s\n", field, p.colon(), short(before[field]), short(now[field]))
		}
		if r.Kind == store.Changed && r.Fields == nil {
			p.printf("    %s\n", p.say("ce à quoi elle renvoie : groupe, agents, catalogue", "what it refers to: group, agents, catalogue"))
		}
		if now != nil {
			before = now
		}
	}
	return p.err
}

// short is a value that fits a line.
func short(value json.RawMessage) string {
	text := []rune(strings.TrimSpace(string(value)))
	switch {
	case len(text) == 0:
		return "∅"
	case len(text) > 100:
		return string(text[:99]) + "…"
	}
	return string(text)
}
