package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/gtnum/gtnum/model"
	"github.com/gtnum/gtnum/testdata"
)

// embedded is the name that problems of the built-in catalogue are told of.
const embedded = "pleiades.yaml"

// loadAll reads the catalogues of some files, the built-in one if there are
// none. The error holds the problems of all of them.
func loadAll(files []string) ([]*model.Catalogue, error) {
	if len(files) == 0 {
		cat, err := model.Parse(embedded, testdata.Pleiades)
		return []*model.Catalogue{cat}, err
	}
	var cats []*model.Catalogue
	var errs []error
	for _, file := range files {
		cat, err := model.Load(file)
		if err != nil {
			errs = append(errs, readable(file, err))
			continue
		}
		cats = append(cats, cat)
	}
	return cats, errors.Join(errs...)
}

// readable says in one sentence what keeps a file from being read.
func readable(file string, err error) error {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s", file)
	case errors.As(err, &path):
		return fmt.Errorf("%s cannot be read: %w", file, path.Err)
	}
	return err
}

// servable reads catalogues and refuses those with errors, since what
// harvesters take they keep.
func servable(files []string) ([]*model.Catalogue, error) {
	cats, err := loadAll(files)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, cat := range cats {
		for _, p := range cat.Validate() {
			if p.Severity == model.Error {
				lines = append(lines, p.String())
			}
		}
	}
	if len(lines) > 0 {
		return nil, errors.New(strings.Join(lines, "\n"))
	}
	return cats, nil
}
