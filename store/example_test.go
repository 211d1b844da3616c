package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/oaipmh"
	"github.com/gtnum/gtnum/store"
)

// A catalogue is imported, and imported again: nothing has changed.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	s, err := store.Open(ctx, filepath.Join(dir, "catalogue.db"), store.Options{Create: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	for range 2 {
		file, err := model.OpenStream("../testdata/pleiades.yaml")
		if err != nil {
			fmt.Println(err)
			return
		}
		r, err := s.Import(ctx, store.ImportOptions{}, file)
		file.Close()
		fmt.Println(r.Created, "created,", r.Unchanged, "unchanged", err)
	}
	n, err := s.Count(ctx, oaipmh.Selection{Set: "gtnum:pleiades"})
	fmt.Println(n, "in the set of the group", err)
	// Output:
	// 33 created, 0 unchanged <nil>
	// 0 created, 33 unchanged <nil>
	// 33 in the set of the group <nil>
}
