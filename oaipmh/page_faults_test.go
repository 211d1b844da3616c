package oaipmh

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/beevik/etree"
)

// TestFaultsSpeakFrench finds every message of an error in the source, and its
// French for pages.
func TestFaultsSpeakFrench(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	inspect := func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) < 2 {
			return true
		}
		name := ""
		switch f := call.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		lit, isLiteral := call.Args[1].(*ast.BasicLit)
		if name != "add" && name != "fault" || !isLiteral {
			return true
		}
		format, err := strconv.Unquote(lit.Value)
		if err != nil {
			t.Fatal(err)
		}
		found++
		fault := etree.NewElement("error")
		fault.SetText(strings.ReplaceAll(format, "%s", `"a \" b"`))
		french := (&view{Lang: "fr"}).French(fault)
		if french == "" || strings.Contains(french, "%s") || strings.Count(french, `"a \" b"`) != strings.Count(format, "%s") {
			t.Errorf("%q is %q in French", format, french)
		}
		if english := (&view{Lang: "en"}).French(fault); english != "" {
			t.Errorf("%q is %q in English", format, english)
		}
		return true
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, inspect)
	}
	if found < 20 {
		t.Errorf("%d messages were found in the source, where there are 20 or more", found)
	}
	fault := etree.NewElement("error")
	fault.SetText("an embedder's own")
	if got := (&view{Lang: "fr"}).French(fault); got != "" {
		t.Errorf("what an embedder wrote became %q", got)
	}
}
