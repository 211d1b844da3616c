package model_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gtnum/gtnum/model"
)

func withAgents(t testing.TB, n int) *model.Catalogue {
	t.Helper()
	var b strings.Builder
	b.WriteString("id: c\nbase: https://example.org/\ntitle: Titre\nmodified: 2023\nagents:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {id: a%d, kind: person, name: Name %d}\n", i, i)
	}
	c, err := model.Parse("c.yaml", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAgentOfAReference(t *testing.T) {
	c := withAgents(t, 3)
	name := func(id string) string { return c.Agent(model.Agent{ID: id}).Name }
	if got := name("a2"); got != "Name 2" {
		t.Errorf("got %q", got)
	}
	if got := name("nobody"); got != "" {
		t.Errorf("a dangling reference became %q", got)
	}
	if got := c.Agent(model.Agent{ID: "a1", Name: "Own"}).Name; got != "Own" {
		t.Errorf("an agent with a name of its own became %q", got)
	}
	// changed since it was loaded
	c.Agents = append([]model.Agent{{ID: "new", Name: "New"}}, c.Agents[1:]...)
	for id, want := range map[string]string{"new": "New", "a1": "Name 1", "a2": "Name 2", "a0": ""} {
		if got := name(id); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
}

func BenchmarkAgent(b *testing.B) {
	for _, n := range []int{10, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := withAgents(b, n)
			for i := 0; b.Loop(); i++ {
				c.Agent(c.Agents[i%n])
				c.Agent(model.Agent{ID: c.Agents[i%n].ID})
			}
		})
	}
}
