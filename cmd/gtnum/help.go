package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/gtnum/gtnum/internal/say"
)

// speak makes a tree of commands say everything in one language: help, and
// what is wrong with a call.
func speak(root *cobra.Command, l lang) {
	root.PersistentFlags().String("lang", "", l.say(
		"`langue` des messages et des rapports : fr ou en (sinon celle du système si c’est l’anglais, le français autrement)",
		"`language` of messages and reports: fr or en (else French, unless the system's is English)"))
	root.PersistentFlags().BoolP("help", "h", false, l.say("cette aide", "this help"))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{flagError(err)} })
	root.SetUsageFunc(func(cmd *cobra.Command) error { return writeUsage(cmd.OutOrStderr(), cmd, l) })
	root.SetHelpCommand(newHelp(l))
	for _, cmd := range root.Commands() {
		cmd.Args = checkArgs
	}
}

func newHelp(l lang) *cobra.Command {
	return &cobra.Command{
		Use:   l.say("help [COMMANDE]", "help [COMMAND]"),
		Short: l.say("Expliquer une commande", "Explain a command"),
		Args:  checkArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, _, err := cmd.Root().Find(args)
			if err != nil || about == cmd.Root() && len(args) > 0 {
				return noCommand(cmd.Root(), args[0])
			}
			return about.Help()
		},
	}
}

// checkArgs holds the arguments of a call to what the command's first line
// says: "import CATALOGUE... --db STORE" wants one or more.
func checkArgs(cmd *cobra.Command, args []string) error {
	most := 0
	for i, word := range strings.Fields(cmd.Use)[1:] {
		if strings.HasPrefix(word, "-") {
			break
		}
		if !strings.HasPrefix(word, "[") && len(args) <= i {
			return usageError{say.Errorf("il manque %s", "%s is missing", strings.TrimSuffix(word, "..."))}
		}
		if most++; strings.Contains(word, "...") {
			return nil
		}
	}
	if len(args) > most {
		return usageError{say.Errorf("« %s » est de trop", "%q is too much", args[most])}
	}
	return nil
}

// noCommand is the error of a name that is none of a command.
func noCommand(root *cobra.Command, name string) error {
	err := say.Errorf("il n’y a pas de commande « %s »", "there is no command %q", name)
	if near := root.SuggestionsFor(name); len(near) > 0 {
		err = say.Errorf("il n’y a pas de commande « %s » ; voulez-vous dire %s ?", "there is no command %q; do you mean %s?", name, strings.Join(near, ", "))
	}
	return usageError{err}
}

// flagError says what is wrong with a flag.
func flagError(err error) error {
	if e, ok := errors.AsType[*pflag.NotExistError](err); ok {
		name := "--" + e.GetSpecifiedName()
		if short := e.GetSpecifiedShortnames(); short != "" {
			name = "-" + e.GetSpecifiedName()
		}
		return say.Errorf("option inconnue\u00a0: %s", "unknown flag: %s", name)
	}
	if e, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return say.Errorf("--%s attend une valeur", "--%s wants a value", e.GetSpecifiedName())
	}
	if e, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		f := e.GetFlag()
		if f.Value.Type() == "int" {
			return say.Errorf("--%s « %s »\u00a0: attendu un nombre entier", "--%s %q: want a whole number", f.Name, e.GetValue())
		}
		return say.Errorf("--%s « %s »\u00a0: valeur refusée", "--%s %q: value refused", f.Name, e.GetValue())
	}
	if e, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		return say.Errorf("option mal écrite\u00a0: %s", "malformed flag: %s", e.GetSpecifiedFlag())
	}
	return err
}

// writeUsage writes how a command is called.
func writeUsage(w io.Writer, cmd *cobra.Command, l lang) error {
	var b strings.Builder
	line := cmd.UseLine()
	if cmd.HasSubCommands() {
		line = l.say("gtnum COMMANDE [options]", "gtnum COMMAND [flags]")
	}
	fmt.Fprintf(&b, "Usage%s\n  %s\n", l.colonEnd(), strings.Replace(line, "[flags]", l.say("[options]", "[flags]"), 1))
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\n%s%s\n%s\n", l.say("Exemples", "Examples"), l.colonEnd(), indent(cmd.Example))
	}
	for _, group := range cmd.Groups() {
		fmt.Fprintf(&b, "\n%s%s\n", group.Title, l.colonEnd())
		for _, sub := range cmd.Commands() {
			if sub.GroupID == group.ID && sub.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-10s %s\n", sub.Name(), sub.Short)
			}
		}
	}
	writeFlags(&b, l.say("Options", "Flags"), cmd.LocalNonPersistentFlags(), l)
	writeFlags(&b, l.say("Options de toutes les commandes", "Flags of all commands"), cmd.Root().PersistentFlags(), l)
	if cmd.HasSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", l.say("« gtnum help COMMANDE » dit le reste.", "\"gtnum help COMMAND\" says the rest."))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeFlags writes a line a flag, or more, what they say below each other.
func writeFlags(b *strings.Builder, title string, flags *pflag.FlagSet, l lang) {
	if !flags.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(b, "\n%s%s\n", title, l.colonEnd())
	var names, texts []string
	width := 0
	flags.VisitAll(func(f *pflag.Flag) {
		value, text := pflag.UnquoteUsage(f)
		name := strings.TrimSpace("--" + f.Name + " " + value)
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" {
			text += fmt.Sprintf(l.say(" (sinon %s)", " (else %s)"), f.DefValue)
		}
		names, texts = append(names, name), append(texts, text)
		width = max(width, utf8.RuneCountInString(name))
	})
	for i, name := range names {
		for _, part := range wrap(texts[i], 92-width) {
			fmt.Fprintf(b, "  %-*s  %s\n", width, name, part)
			name = ""
		}
	}
}

// wrap cuts a text into lines of so many characters at most, where words let
// it.
func wrap(text string, most int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > most {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, line)
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ")
}
