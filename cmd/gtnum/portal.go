package main

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/gtnum/gtnum/dcat"
	"github.com/gtnum/gtnum/model"
)

// newPortal serves the catalogues as DCAT.
func newPortal(cats []*model.Catalogue, f serveFlags) (http.Handler, error) {
	src, err := dcat.NewSource(cats...)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, s := range dcat.Syntaxes() {
		mux.HandleFunc("/catalog"+s.Ext(), func(w http.ResponseWriter, r *http.Request) {
			profile, err := dcat.FindProfile(r.URL.Query().Get("profile"), dcat.Profiles()...)
			if err != nil {
				profile = dcat.DCATAP()
			}
			w.Header().Set("Content-Type", s.ContentType())
			dcat.Export(r.Context(), w, src, dcat.Options{Syntax: s, Profile: profile})
		})
	}
	return mux, nil
}

// rdf returns what writes an RDF format for a portal.
func (f exportFlags) rdf() (func(context.Context, io.Writer, []*model.Catalogue) error, error) {
	profile, err := dcat.FindProfile(f.profile, dcat.Profiles()...)
	if err != nil {
		return nil, usageError{fmt.Errorf("--profile %q: %w", f.profile, err)}
	}
	syntax, err := dcat.ParseSyntax(f.format)
	if err != nil {
		return nil, usageError{fmt.Errorf("--format %q: %w", f.format, err)}
	}
	return func(ctx context.Context, w io.Writer, cats []*model.Catalogue) error {
		src, err := dcat.NewSource(cats...)
		if err != nil {
			return err
		}
		return dcat.Export(ctx, w, src, dcat.Options{Syntax: syntax, Profile: profile})
	}, nil
}
