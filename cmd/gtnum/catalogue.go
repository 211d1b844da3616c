package main

import (
	"context"
	"errors"
	"io/fs"

	"github.com/gtnum/gtnum/internal/say"
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
		return say.Errorf("il n’y a pas de fichier %s", "there is no file %s", file)
	case errors.As(err, &path):
		return say.Errorf("%s ne peut pas être lu\u00a0: %v", "%s cannot be read: %v", file, sysErr(path.Err))
	}
	return err
}

// servable reads catalogues and refuses those with errors, since what
// harvesters take they keep.
func servable(ctx context.Context, files []string) ([]*model.Catalogue, error) {
	var cats []*model.Catalogue
	err := await(ctx, func() (err error) {
		cats, err = fit(files)
		return err
	})
	if err != nil {
		return nil, err
	}
	return cats, nil
}

// await does what takes a time and knows no context. Who interrupts it waits no
// longer: the program ends, and it with it.
func await(ctx context.Context, f func() error) error {
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func fit(files []string) ([]*model.Catalogue, error) {
	cats, err := loadAll(files)
	if err != nil {
		return nil, err
	}
	var bad model.LoadError
	for _, cat := range cats {
		for _, p := range cat.Validate() {
			if p.Severity == model.Error {
				bad.Problems = append(bad.Problems, p)
			}
		}
	}
	if len(bad.Problems) > 0 {
		return nil, &bad
	}
	return cats, nil
}
