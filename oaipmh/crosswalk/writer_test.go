package crosswalk

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

func TestWriter(t *testing.T) {
	french := model.NewText("fr", "Été & <hiver>")
	for _, c := range []struct {
		name  string
		write func(w *writer)
		want  string
	}{
		{"text is escaped", func(w *writer) { w.text("a", "1 < 2 & 3") }, "\n<a>1 &lt; 2 &amp; 3</a>"},
		{"no text, no element", func(w *writer) { w.text("a", "", attr{"b", "c"}) }, ""},
		{"an attribute is escaped", func(w *writer) { w.empty("a", attr{"b", `"<&`}) }, "\n<a b=\"&quot;&lt;&amp;\"/>"},
		{"no value, no attribute", func(w *writer) { w.empty("a", attr{"b", ""}, attr{"c", "d"}) }, "\n<a c=\"d\"/>"},
		{"a text bears its language", func(w *writer) { w.texts("a", french) }, "\n<a xml:lang=\"fr\">Été &amp; &lt;hiver&gt;</a>"},
		{"an unsaid language is not written", func(w *writer) { w.texts("a", model.NewText("und", "b")) }, "\n<a>b</a>"},
		{"an empty text has no element", func(w *writer) { w.texts("a", model.Text{{Lang: language.French}}) }, ""},
		{"a form feed never gets through", func(w *writer) { w.text("a", "b\fc\x00") }, "\n<a>b c\uFFFD</a>"},
		{"elements nest", func(w *writer) { w.start("a", attr{"b", "c"}); w.text("d", "e"); w.end("a") }, "\n<a b=\"c\">\n<d>e</d>\n</a>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var w writer
			c.write(&w)
			if got := string(w.buf); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}
