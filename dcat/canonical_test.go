package dcat

import (
	"fmt"
	"hash/fnv"
	"iter"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// canonical returns a graph as sorted lines, each once, in which blank nodes
// are named for what is said of them, as far as eight steps away. Graphs that
// are the same have the same lines; of trees and short cycles the reverse is
// true too.
func canonical(triples []Triple) []string {
	seen := make(map[Triple]bool)
	triples = slices.DeleteFunc(slices.Clone(triples), func(t Triple) bool {
		again := seen[t]
		seen[t] = true
		return again
	})
	colour := make(map[Term]string)
	show := func(t Term) string {
		if t.Kind == KindBlank {
			return "_:" + colour[t]
		}
		return t.String()
	}
	for range 8 {
		lines := make(map[Term][]string)
		for _, t := range triples {
			if t.Subject.Kind == KindBlank {
				lines[t.Subject] = append(lines[t.Subject], "> "+t.Predicate.Value+" "+show(t.Object))
			}
			if t.Object.Kind == KindBlank {
				lines[t.Object] = append(lines[t.Object], "< "+t.Predicate.Value+" "+show(t.Subject))
			}
		}
		next := make(map[Term]string)
		for blank, said := range lines {
			slices.Sort(said)
			h := fnv.New64a()
			fmt.Fprint(h, said)
			next[blank] = fmt.Sprintf("%x", h.Sum64())
		}
		colour = next
	}
	var lines []string
	for _, t := range triples {
		lines = append(lines, show(t.Subject)+" "+t.Predicate.String()+" "+show(t.Object))
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// collect returns the triples of a sequence that must have no errors.
func collect(t testing.TB, seq iter.Seq2[Triple, error]) (triples []Triple) {
	t.Helper()
	for triple, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		triples = append(triples, triple)
	}
	return triples
}

// sameGraph fails the test unless both are the same graph.
func sameGraph(t testing.TB, want, got []Triple) {
	t.Helper()
	if diff := cmp.Diff(canonical(want), canonical(got)); diff != "" {
		t.Fatalf("the graphs differ (-want +got):\n%s", diff)
	}
}
