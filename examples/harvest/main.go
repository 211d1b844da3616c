// Harvest prints the records of an OAI-PMH repository, and the next time only
// what has changed since. Interrupted, it goes on where it was.
//
//	go run ./examples/harvest https://zenodo.org/oai2d state.json
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"os/signal"

	"github.com/gtnum/gtnum/oaipmh"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: harvest BASE_URL STATE_FILE")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	client := &oaipmh.Client{BaseURL: os.Args[1], Report: func(p oaipmh.Problem) { log.Print(&p) }}
	if err := harvest(ctx, client, os.Args[2], os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func harvest(ctx context.Context, client *oaipmh.Client, stateFile string, w io.Writer) error {
	state, err := load(stateFile)
	if err != nil {
		return err
	}
	for rec, err := range client.Harvest(ctx, state) {
		if err != nil {
			return errors.Join(err, save(stateFile, state))
		}
		if rec.Deleted {
			fmt.Fprintf(w, "%s\twithdrawn\n", rec.Identifier)
			continue
		}
		title := ""
		if dc, err := rec.Value.Element(); err != nil {
			log.Printf("%s: %v", rec.Identifier, err)
		} else if e := dc.FindElement("title"); e != nil {
			title = e.Text()
		}
		fmt.Fprintf(w, "%s\t%s\n", rec.Identifier, title)
	}
	return save(stateFile, state)
}

// load reads where the last harvest stopped; after one that was done the next
// begins.
func load(file string) (*oaipmh.Harvest, error) {
	state := &oaipmh.Harvest{Selection: oaipmh.Selection{MetadataPrefix: "oai_dc"}}
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return state, nil
	}
	if err == nil {
		err = json.Unmarshal(data, state)
	}
	if state.Done {
		state = state.Next()
	}
	return state, err
}

func save(file string, state *oaipmh.Harvest) error {
	data, err := json.Marshal(state)
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
