package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/oaipmh/crosswalk"
)

type harvestFlags struct {
	lang                             lang
	format, from, until, set, output string
	catalogue                        convertFlags // made of the harvest, where its output is named
}

func newHarvest(l lang) *cobra.Command {
	f := harvestFlags{lang: l, catalogue: convertFlags{lang: l}}
	cmd := &cobra.Command{
		Use:   l.say("harvest ADRESSE", "harvest BASE_URL"),
		Short: l.say("Moissonner un serveur OAI-PMH, et en faire un catalogue", "Harvest an OAI-PMH repository, and make a catalogue of it"),
		Long: l.say(`Moissonner un serveur OAI-PMH. Les notices telles qu’elles viennent vont dans un
fichier (--output), un objet JSON par ligne : identifiant, date, ensembles,
métadonnées.

Avec --catalogue, un catalogue en est fait, à corriger, valider et servir ; les
notices telles quelles restent à côté, en .jsonl. « gtnum help convert » dit ce que
deviennent les notices.

L’avancement est noté à côté, dans FICHIER.state : la même commande reprend une
moisson interrompue où elle en était, et n’ajoute à une moisson complète que ce qui
a changé depuis.`,
			`Harvest an OAI-PMH repository. The records as they come go to a file (--output),
one JSON object a line: identifier, datestamp, sets, metadata.

With --catalogue a catalogue is made of them, to be mended, validated and served;
the records as they came stay beside it, in .jsonl. "gtnum help convert" says what
becomes of the records.

The state of the harvest is kept beside the file, in FILE.state: the same command
goes on with a harvest that was interrupted, and adds to one that was complete what
has changed since.`),
		Example: `gtnum harvest https://api.archives-ouvertes.fr/oai/hal/ --format xml-tei --set collection:X --catalogue hal.yaml
gtnum harvest https://zenodo.org/oai2d --format oai_datacite --set user-pleiades --output zenodo.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "oai_dc", l.say("`format` à moissonner, son metadataPrefix", "`format` to harvest, its metadataPrefix"))
	flags.StringVar(&f.from, "from", "", l.say("ce qui a changé depuis cette `date` : 2023-05-12 ou 2023-05-12T08:30:00Z", "what changed from this `date` on: 2023-05-12 or 2023-05-12T08:30:00Z"))
	flags.StringVar(&f.until, "until", "", l.say("ce qui a changé jusqu’à cette `date`", "what changed up to this `date`"))
	flags.StringVar(&f.set, "set", "", l.say("`ensemble` à moissonner, son setSpec", "`set` to harvest, its setSpec"))
	flags.StringVar(&f.output, "output", "", l.say("`fichier` à écrire, et à continuer (sinon la sortie standard)", "`file` to write, and to go on with (else standard output)"))
	flags.StringVar(&f.catalogue.output, "catalogue", "", l.say("`catalogue` à en faire, .yaml ou .json", "`catalogue` to make of it, .yaml or .json"))
	f.catalogue.add(cmd)
	return cmd
}

// run harvests, and makes a catalogue if one is wanted.
func (f *harvestFlags) run(ctx context.Context, baseURL string, stdout, stderr io.Writer) error {
	sel, err := f.selection()
	if err != nil {
		return err
	}
	if err := webAddress(baseURL); err != nil {
		return err
	}
	if f.catalogue.output == "" {
		if f.catalogue.given() {
			return usageError{say.Errorf("il manque --catalogue\u00a0: le catalogue à écrire", "--catalogue is missing: the catalogue to write")}
		}
		return f.alone(func() error { return f.harvest(ctx, baseURL, sel, stdout, stderr) })
	}
	cat, err := f.catalogue.prepare("--catalogue")
	if err != nil {
		return err
	}
	if f.output == "" {
		f.output = strings.TrimSuffix(f.catalogue.output, filepath.Ext(f.catalogue.output)) + ".jsonl"
	}
	if sameFile(f.output, f.catalogue.output) {
		return usageError{say.Errorf("--output et --catalogue nomment le même fichier %s", "--output and --catalogue name the same file %s", f.output)}
	}
	if err := f.catalogue.clash(f.output); err != nil {
		return err
	}
	return f.alone(func() error {
		if err := f.harvest(ctx, baseURL, sel, stdout, stderr); err != nil {
			return err
		}
		return f.catalogue.convert(ctx, cat, []string{f.output}, stdout, stderr)
	})
}

// alone does its work while no other harvest writes to the output.
func (f *harvestFlags) alone(work func() error) error {
	if f.output == "" || !growing(f.output) {
		return work()
	}
	file, err := os.OpenFile(f.output, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return cannotWrite(f.output, err)
	}
	defer file.Close()
	if err := lock(file); err != nil {
		return say.Errorf("une autre « gtnum harvest » écrit dans %s\u00a0: attendez qu’elle finisse", "another gtnum harvest writes to %s: wait for its end", f.output)
	}
	return work()
}

// growing reports whether a harvest into a file can go on: not where it is a
// pipe or a device.
func growing(file string) bool {
	info, err := os.Stat(file)
	return (err != nil || info.Mode().IsRegular() || info.IsDir()) && !strings.HasPrefix(filepath.Clean(file), "/dev/")
}

func (f *harvestFlags) selection() (oaipmh.Selection, error) {
	sel := oaipmh.Selection{MetadataPrefix: f.format, Set: f.set}
	for _, date := range []struct {
		flag, value string
		to          *time.Time
	}{{"--from", f.from, &sel.From}, {"--until", f.until, &sel.Until}} {
		if date.value == "" {
			continue
		}
		d, err := model.ParseDate(date.value)
		if err != nil || d.Precision() < model.Day {
			return sel, usageError{say.Errorf("%s « %s »\u00a0: attendu 2023-05-12 ou 2023-05-12T08:30:00Z", "%s %q: want 2023-05-12 or 2023-05-12T08:30:00Z", date.flag, date.value)}
		}
		*date.to = d.Time()
	}
	if d, _ := model.ParseDate(f.until); d.Precision() == model.Day {
		sel.Until = sel.Until.Add(24*time.Hour - time.Second) // the whole day
	}
	return sel, nil
}

// line is one record of the output. It says itself where it comes from, so
// that files can be put together.
type line struct {
	Identifier string     `json:"identifier"`
	Datestamp  time.Time  `json:"datestamp"`
	Sets       []string   `json:"sets,omitzero"`
	Deleted    bool       `json:"deleted,omitzero"`
	Metadata   string     `json:"metadata,omitzero"`
	About      []string   `json:"about,omitzero"`
	BaseURL    string     `json:"baseURL,omitzero"`
	Harvested  model.Date `json:"harvested,omitzero"` // responseDate of the answer
}

func lineOf(r oaipmh.Record[oaipmh.Metadata], h *oaipmh.Harvest) line {
	l := line{Identifier: r.Identifier, Datestamp: r.Datestamp, Sets: r.Sets, Deleted: r.Deleted, Metadata: string(r.Value), BaseURL: h.BaseURL}
	for _, about := range r.About {
		l.About = append(l.About, string(about))
	}
	if !h.Responded.IsZero() {
		l.Harvested = model.NewDate(h.Responded, model.Instant)
	}
	return l
}

// harvest writes the records of a repository to a file, or to stdout.
func (f *harvestFlags) harvest(ctx context.Context, baseURL string, sel oaipmh.Selection, stdout, stderr io.Writer) error {
	state, out, err := openHarvest(baseURL, sel, f.output, stdout)
	if err != nil {
		return err
	}
	h := state.Harvest
	progress := newProgress(stderr, f.lang)
	client := &oaipmh.Client{BaseURL: baseURL, Report: func(p oaipmh.Problem) { progress.note(f.problem(p)) }}
	if err := f.greet(ctx, client, &state); err != nil {
		return errors.Join(err, out.close())
	}
	if err := out.save(state); err != nil { // whose file it is, if this is killed early
		return errors.Join(err, out.close())
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	suitable := f.catalogue.output == ""
	for rec, err := range client.Harvest(ctx, h) {
		if err == nil && !suitable && !rec.Deleted {
			suitable, err = true, suits(rec)
		}
		if err == nil {
			err = enc.Encode(lineOf(rec, h))
		}
		if err == nil && h.Records%saveEvery == 0 {
			err = out.save(state)
		}
		if err != nil {
			progress.end()
			if full, ok := errors.AsType[*fs.PathError](err); ok && full.Op == "write" { // as a save would say again
				return errors.Join(cannotWrite(full.Path, full.Err), out.close())
			}
			return errors.Join(harvestError(baseURL, err, f.output), out.save(state), out.close())
		}
		progress.at(h.Records, h.Size)
	}
	progress.end()
	if err := errors.Join(out.save(state), out.close()); err != nil {
		return err
	}
	fmt.Fprintf(stderr, f.lang.say("gtnum: %d notice(s) de %s, %d perdue(s)\n", "gtnum: %d records of %s, %d lost\n"), h.Records, baseURL, h.Lost)
	return nil
}

// greet asks the repository its name. It ends the harvest at once where nobody
// would ever answer, and where no repository of that kind is.
func (f *harvestFlags) greet(ctx context.Context, client *oaipmh.Client, state *harvestState) error {
	if state.Repository != "" {
		return nil
	}
	once := &oaipmh.Client{BaseURL: client.BaseURL, Retries: -1}
	id, err := once.Identify(ctx)
	if err != nil && (unreachable(err) || errors.Is(err, oaipmh.ErrNotOAI) || ctx.Err() != nil) {
		return harvestError(client.BaseURL, err, "")
	}
	state.Repository = id.RepositoryName
	return nil
}

// suits refuses a format that no catalogue can be made of. The first record
// is asked, before a million come.
func suits(rec oaipmh.Record[oaipmh.Metadata]) error {
	_, _, err := crosswalk.Read(rec, model.Origin{})
	if errors.Is(err, crosswalk.ErrUnknownFormat) {
		return line{}.readErr(err)
	}
	return nil
}

// problem says what a client has met and gone on from.
func (f *harvestFlags) problem(p oaipmh.Problem) string {
	what := say.In(p.Err, f.lang.Tag)
	if p.Header.Identifier != "" {
		what = p.Header.Identifier + f.lang.colon() + what
	}
	if p.Fault == oaipmh.FaultTransport {
		return f.lang.say("nouvel essai\u00a0: ", "trying again: ") + what
	}
	return f.lang.say("le serveur s’écarte de la norme, la moisson continue\u00a0: ", "the server breaks the rules, the harvest goes on: ") + what
}

// saveEvery is how many records are written between two saves of the state:
// so many may be fetched again after a crash.
const saveEvery = 1000

func harvestError(baseURL string, err error, file string) error {
	if file == "" {
		return say.Errorf("moisson de %s\u00a0: %v", "harvesting %s: %v", baseURL, netErr(err))
	}
	return say.Errorf("moisson de %s\u00a0: %v ; la même commande reprendra où elle en était", "harvesting %s: %v; the same command goes on where it stood", baseURL, netErr(err))
}

// harvestFile is the output and, beside it, the state.
type harvestFile struct {
	*bufio.Writer
	file  *os.File // nil for standard output
	grows bool     // with a state beside it
}

// harvestState is what stands in FILE.state: how far the file is good, from
// which date on it has what changed, where the harvest stands, and whose it is.
type harvestState struct {
	Bytes      int64           `json:"bytes"`
	From       time.Time       `json:"from,omitzero"`
	Repository string          `json:"repositoryName,omitzero"`
	Harvest    *oaipmh.Harvest `json:"harvest"`
}

// read reads what stands beside a file.
func (s *harvestState) read(file string) error {
	data, err := os.ReadFile(file + ".state")
	if err == nil {
		if err = json.Unmarshal(data, s); err != nil {
			err = say.Syntax(err.Error())
		}
	}
	if err == nil && s.Harvest == nil {
		err = say.Errorf("il n’y a pas de moisson", "there is no harvest in it")
	}
	return err
}

// openHarvest opens the output and takes up what its state says.
func openHarvest(baseURL string, sel oaipmh.Selection, file string, stdout io.Writer) (harvestState, *harvestFile, error) {
	state := harvestState{Harvest: &oaipmh.Harvest{Selection: sel}, From: sel.From}
	if file == "" {
		return state, &harvestFile{Writer: bufio.NewWriter(stdout)}, nil
	}
	if !growing(file) {
		f, err := os.OpenFile(file, os.O_WRONLY, 0)
		if err != nil {
			return state, nil, cannotWrite(file, err)
		}
		return state, &harvestFile{Writer: bufio.NewWriter(f), file: f}, nil
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return state, nil, cannotWrite(file, err)
	}
	if state, err = resume(f, baseURL, state); err != nil {
		f.Close()
		return state, nil, err
	}
	return state, &harvestFile{bufio.NewWriterSize(f, 1<<16), f, true}, nil
}

// resume takes up the state beside a file. What was written behind the last
// state comes again.
func resume(f *os.File, baseURL string, fresh harvestState) (state harvestState, err error) {
	file := f.Name()
	sel := fresh.Harvest.Selection
	info, err := f.Stat()
	if err != nil {
		return state, err
	}
	switch err := state.read(file); {
	case errors.Is(err, fs.ErrNotExist):
		if info.Size() > 0 {
			return state, say.Errorf("%s existe, sans %s.state à côté\u00a0: choisissez un autre --output", "%s exists and has no %s.state beside it: choose another --output", file, file)
		}
		state = fresh
	case err != nil:
		return state, say.Errorf("%s.state ne peut pas être lu (%v)\u00a0: supprimez-le, et %s, pour recommencer", "%s.state cannot be read (%v): remove it, and %s, to begin anew", file, err, file)
	case info.Size() < state.Bytes:
		return state, say.Errorf("%s n’a plus tout ce que dit %s.state\u00a0: supprimez les deux pour recommencer", "%s has not all that %s.state tells of: remove both to begin anew", file, file)
	case state.Bytes == 0 && !state.Harvest.Done:
		state = fresh // nothing has come, and what was wrong with the request may be mended
	default:
		h := state.Harvest
		if h.Selection.MetadataPrefix != sel.MetadataPrefix || h.Selection.Set != sel.Set || (h.BaseURL != "" && h.BaseURL != baseURL) {
			return state, say.Errorf("%s contient une autre moisson (%s, %s, ensemble « %s »)\u00a0: choisissez un autre --output", "%s holds another harvest (%s, %s, set %q): choose another --output", file, h.BaseURL, h.Selection.MetadataPrefix, h.Selection.Set)
		}
		if !sel.From.IsZero() && sel.From.Before(state.From) {
			return state, say.Errorf("%s commence par ce qui a changé depuis %s\u00a0: pour ce qui est plus ancien, choisissez un autre --output", "%s begins with what changed from %s on: for what is older choose another --output", file, state.From.Format(time.RFC3339))
		}
		if h.Done {
			state.Harvest = h.Next()
			state.Harvest.Selection.Until = sel.Until
		}
	}
	if err := f.Truncate(state.Bytes); err != nil {
		return state, cannotWrite(file, err)
	}
	_, err = f.Seek(state.Bytes, io.SeekStart)
	return state, err
}

// save makes sure of the file, then of the state that counts on it.
func (o *harvestFile) save(state harvestState) error {
	if err := o.Flush(); err != nil || !o.grows {
		return err
	}
	if err := o.file.Sync(); err != nil {
		return err
	}
	n, err := o.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	state.Bytes = n
	return writeFile(o.file.Name()+".state", func(w io.Writer) error { return json.NewEncoder(w).Encode(state) })
}

func (o *harvestFile) close() error {
	if o.file == nil {
		return nil
	}
	return o.file.Close()
}
