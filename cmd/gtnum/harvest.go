package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
)

type harvestFlags struct{ format, from, until, set, output string }

func newHarvest() *cobra.Command {
	var f harvestFlags
	cmd := &cobra.Command{
		Use:   "harvest BASE_URL",
		Short: "Harvest an OAI-PMH repository into a file of JSON lines",
		Long: `Harvest an OAI-PMH repository: one JSON object a line, with identifier,
datestamp, sets, deleted, and the metadata as it came.

With --output, the state of the harvest is kept beside the file, in FILE.state:
a harvest that was interrupted goes on where it stood when the same command is
given again, and one that was complete takes what has changed since.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			sel, err := f.selection()
			if err != nil {
				return err
			}
			return harvest(cmd.Context(), args[0], sel, f.output, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&f.format, "format", "oai_dc", "metadataPrefix of the format to harvest")
	cmd.Flags().StringVar(&f.from, "from", "", "take what changed from this date on: 2023-05-12 or 2023-05-12T08:30:00Z")
	cmd.Flags().StringVar(&f.until, "until", "", "take what changed up to this date")
	cmd.Flags().StringVar(&f.set, "set", "", "setSpec of the set to harvest")
	cmd.Flags().StringVar(&f.output, "output", "", "file to write, and to go on with (default standard output)")
	return cmd
}

func (f harvestFlags) selection() (oaipmh.Selection, error) {
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
			return sel, usageError{fmt.Errorf("%s %q: want 2023-05-12 or 2023-05-12T08:30:00Z", date.flag, date.value)}
		}
		*date.to = d.Time()
	}
	if d, _ := model.ParseDate(f.until); d.Precision() == model.Day {
		sel.Until = sel.Until.Add(24*time.Hour - time.Second) // the whole day
	}
	return sel, nil
}

// line is one record of the output.
type line struct {
	Identifier string    `json:"identifier"`
	Datestamp  time.Time `json:"datestamp"`
	Sets       []string  `json:"sets,omitzero"`
	Deleted    bool      `json:"deleted,omitzero"`
	Metadata   string    `json:"metadata,omitzero"`
	About      []string  `json:"about,omitzero"`
}

func lineOf(r oaipmh.Record[oaipmh.Metadata]) line {
	l := line{Identifier: r.Identifier, Datestamp: r.Datestamp, Sets: r.Sets, Deleted: r.Deleted, Metadata: string(r.Value)}
	for _, about := range r.About {
		l.About = append(l.About, string(about))
	}
	return l
}

// harvest writes the records of a repository to a file, or to stdout.
func harvest(ctx context.Context, baseURL string, sel oaipmh.Selection, file string, stdout, stderr io.Writer) error {
	h, out, err := openHarvest(baseURL, sel, file, stdout)
	if err != nil {
		return err
	}
	progress := newProgress(stderr)
	client := &oaipmh.Client{BaseURL: baseURL, Report: func(p oaipmh.Problem) { progress.note(p.Error()) }}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for rec, err := range client.Harvest(ctx, h) {
		if err == nil {
			err = enc.Encode(lineOf(rec))
		}
		if err == nil && h.Records%saveEvery == 0 {
			err = out.save(h)
		}
		if err != nil {
			progress.end()
			return errors.Join(harvestError(baseURL, err, file), out.save(h), out.close())
		}
		progress.at(h.Records, h.Size)
	}
	progress.end()
	if err := errors.Join(out.save(h), out.close()); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "gtnum: %d records of %s, %d lost\n", h.Records, baseURL, h.Lost)
	return nil
}

// saveEvery is how many records are written between two saves of the state:
// so many may be fetched again after a crash.
const saveEvery = 1000

func harvestError(baseURL string, err error, file string) error {
	if file == "" {
		return fmt.Errorf("harvesting %s: %w", baseURL, err)
	}
	return fmt.Errorf("harvesting %s: %w; the same command goes on where it stood", baseURL, err)
}

// harvestFile is the output and, beside it, the state.
type harvestFile struct {
	*bufio.Writer
	file *os.File // nil for standard output
}

// harvestState is what stands in FILE.state: how far the file is good, and
// where the harvest stands.
type harvestState struct {
	Bytes   int64           `json:"bytes"`
	Harvest *oaipmh.Harvest `json:"harvest"`
}

// openHarvest opens the output and takes up what its state says.
func openHarvest(baseURL string, sel oaipmh.Selection, file string, stdout io.Writer) (*oaipmh.Harvest, *harvestFile, error) {
	h := &oaipmh.Harvest{Selection: sel}
	if file == "" {
		return h, &harvestFile{Writer: bufio.NewWriter(stdout)}, nil
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot write %s: %w", file, err)
	}
	state := harvestState{Harvest: h}
	data, err := os.ReadFile(file + ".state")
	if err == nil {
		if err := json.Unmarshal(data, &state); err != nil {
			return nil, nil, fmt.Errorf("%s.state cannot be read (%w): remove it to begin anew", file, err)
		}
		h = state.Harvest
		if h.Selection.MetadataPrefix != sel.MetadataPrefix || h.Selection.Set != sel.Set || (h.BaseURL != "" && h.BaseURL != baseURL) {
			return nil, nil, fmt.Errorf("%s holds another harvest (%s, %s, set %q): choose another --output", file, h.BaseURL, h.Selection.MetadataPrefix, h.Selection.Set)
		}
		if h.Done {
			h = h.Next()
		}
	} else if info, _ := f.Stat(); info != nil && info.Size() > 0 {
		return nil, nil, fmt.Errorf("%s exists and has no state beside it: choose another --output", file)
	}
	// What was written behind the last state comes again.
	if err := f.Truncate(state.Bytes); err != nil {
		return nil, nil, err
	}
	if _, err := f.Seek(state.Bytes, io.SeekStart); err != nil {
		return nil, nil, err
	}
	return h, &harvestFile{bufio.NewWriterSize(f, 1<<16), f}, nil
}

// save makes sure of the file, then of the state that counts on it.
func (o *harvestFile) save(h *oaipmh.Harvest) error {
	if err := o.Flush(); err != nil || o.file == nil {
		return err
	}
	if err := o.file.Sync(); err != nil {
		return err
	}
	n, err := o.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	return writeFile(o.file.Name()+".state", func(w io.Writer) error {
		return json.NewEncoder(w).Encode(harvestState{n, h})
	})
}

func (o *harvestFile) close() error {
	if o.file == nil {
		return nil
	}
	return o.file.Close()
}
