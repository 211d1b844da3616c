// Export writes a catalogue as a DCAT file that an open-data portal harvests.
package main

import (
	"context"
	"log"
	"os"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/model"
)

func main() {
	cat, err := model.Load("testdata/pleiades.yaml")
	if err != nil {
		log.Fatal(err) // every problem of the file, with its line
	}
	src, err := dcat.NewSource(cat)
	if err != nil {
		log.Fatal(err)
	}
	err = dcat.Export(context.Background(), os.Stdout, src, dcat.Options{Syntax: dcat.Turtle, Profile: dcat.DataGouv()})
	if err != nil {
		log.Fatal(err)
	}
}
