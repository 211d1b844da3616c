package dcat

import (
	"bytes"
	"context"
	"io"
	"iter"
	"testing"

	"github.com/gtnum/gtnum/internal/generate"
	"github.com/gtnum/gtnum/model"
)

// generated is a source of made-up records that are never all in memory.
type generated struct {
	generate.Options
	heading *model.Catalogue
}

func newGenerated(records int) generated {
	o := generate.Options{Records: records, Seed: 1}
	return generated{o, generate.Heading(o)}
}

func (g generated) Catalogue(context.Context) (*model.Catalogue, error) { return g.heading, nil }

func (g generated) Record(context.Context, string) (model.Record, error) {
	return model.Record{}, ErrNotFound
}

func (g generated) Records(context.Context, string) iter.Seq2[model.Record, error] {
	return func(yield func(model.Record, error) bool) {
		for o := range generate.Outputs(g.Options) {
			if !yield(model.Record{Catalogue: g.heading, Output: o}, nil) {
				return
			}
		}
	}
}

// lines counts the lines that are written.
type lines struct{ n, bytes int }

func (l *lines) Write(p []byte) (int, error) {
	for _, c := range p {
		if c == '\n' {
			l.n++
		}
	}
	l.bytes += len(p)
	return len(p), nil
}

func BenchmarkExport(b *testing.B) {
	g := newGenerated(2000)
	c := generate.Catalogue(g.Options)
	src := source(b, c)
	var count lines
	if err := Export(context.Background(), &count, src, Options{Syntax: NTriples}); err != nil {
		b.Fatal(err)
	}
	for _, s := range Syntaxes() {
		b.Run(s.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Export(context.Background(), io.Discard, src, Options{Syntax: s}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(count.n)*float64(b.N)/b.Elapsed().Seconds(), "triples/s")
			b.ReportMetric(float64(count.n), "triples")
		})
	}
}

func BenchmarkExportRecord(b *testing.B) {
	g := newGenerated(100)
	c := generate.Catalogue(g.Options)
	src := source(b, c)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r := model.Record{Catalogue: c, Output: &c.Outputs[i%len(c.Outputs)]}
		if err := ExportRecord(context.Background(), io.Discard, src, r, Options{Syntax: RDFXML}); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkRead(b *testing.B) {
	doc := export(b, source(b, generate.Catalogue(generate.Options{Records: 500, Seed: 1})), Options{Syntax: Turtle})
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Read(bytes.NewReader(doc), Turtle, ""); err != nil {
			b.Fatal(err)
		}
	}
}
