package main

import (
	"context"
	"io"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
)

// rdf returns what writes an RDF format, or schema.org, for a portal.
func (f exportFlags) rdf(profile dcat.Profile) (func(context.Context, io.Writer, []*model.Catalogue) error, error) {
	if f.format == "schema.org" {
		return fromSource(dcat.ExportSchemaOrg), f.forNoPortal()
	}
	syntax, err := dcat.ParseSyntax(f.format)
	if err != nil {
		return nil, usageError{say.Errorf("--format « %s »\u00a0: attendu %s", "--format %q: want %s", f.format, formatNames())}
	}
	return fromSource(func(ctx context.Context, w io.Writer, src dcat.Source) error {
		return dcat.Export(ctx, w, src, dcat.Options{Syntax: syntax, Profile: profile})
	}), nil
}

// fromSource makes the catalogues a source of what writes one.
func fromSource(write func(context.Context, io.Writer, dcat.Source) error) func(context.Context, io.Writer, []*model.Catalogue) error {
	return func(ctx context.Context, w io.Writer, cats []*model.Catalogue) error {
		src, err := dcat.NewSource(cats...)
		if err != nil {
			return err
		}
		return write(ctx, w, src)
	}
}
