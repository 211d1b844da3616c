package say_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/internal/say"
)

type wrapped struct{ error }

func (w wrapped) Unwrap() error { return w.error }

func TestIn(t *testing.T) {
	inner := say.Errorf("dedans", "inside")
	refused := &url.Error{Op: "Get", URL: "http://x", Err: &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}}
	for name, c := range map[string]struct {
		err    error
		fr, en string
	}{
		"nothing":                     {nil, "", ""},
		"a sentence":                  {say.Errorf("%d notices", "%d records", 3), "3 notices", "3 records"},
		"an error in a sentence":      {say.Errorf("dehors\u00a0: %v", "outside: %v", inner), "dehors\u00a0: dedans", "outside: inside"},
		"what adds nothing":           {wrapped{inner}, "dedans", "inside"},
		"what adds words":             {fmt.Errorf("more: %w", inner), "more: inside", "more: inside"},
		"several":                     {errors.Join(inner, errors.New("three")), "dedans\nthree", "inside\nthree"},
		"two in one line":             {fmt.Errorf("%w; %w", inner, inner), "inside; inside", "inside; inside"},
		"the end of what should come": {io.ErrUnexpectedEOF, "fin inattendue", "unexpected end"},
		"a name that nobody has":      {&net.DNSError{Name: "x.invalid", IsNotFound: true}, "il n’y a pas de serveur du nom de x.invalid", "there is no server called x.invalid"},
		"a port where nobody listens": {refused, "aucun serveur n’y répond (connexion refusée)", "no server answers there (connection refused)"},
		"a connection that broke":     {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, "le serveur a rompu la connexion", "the server broke the connection"},
		"a call that was ended":       {&url.Error{Op: "Get", URL: "http://x", Err: context.Canceled}, "interrompu", "interrupted"},
		"a call that took too long":   {&url.Error{Op: "Get", URL: "http://x", Err: context.DeadlineExceeded}, "le serveur ne répond pas à temps", "the server does not answer in time"},
		"an address with its error":   {&url.Error{Op: "Get", URL: "http://x", Err: inner}, "dedans", "inside"},
	} {
		if fr, en := say.In(c.err, language.French), say.In(c.err, language.MustParse("en-GB")); fr != c.fr || en != c.en {
			t.Errorf("%s: %q, %q", name, fr, en)
		}
	}
	if outer := say.Errorf("%v", "%v", refused); !errors.Is(outer, syscall.ECONNREFUSED) || outer.Error() != "no server answers there (connection refused)" {
		t.Errorf("%v does not wrap", outer)
	}
}

// TestXML: whatever encoding/xml finds wrong is said in French.
func TestXML(t *testing.T) {
	for _, text := range []string{
		"<a", "<a>", "<a></b>", "</a>", "<a>&eacute;</a>", "<a>&x</a>", "<a>\x01</a>", "<a>\xff</a>", "<a b='<'/>", "<a>]]></a>", "<a b=1/>", "<a b/>", "<a ='1'/>", "<a/ >", "< a/>", "<a></ a>",
		"<a></a b>", "<!-- -- -->", "<!-x>", "<![x]>", "<? ?>", "<a><![CDATA[", "<\u0302a/>", "<a xmlns='x'></a:a>",
	} {
		d := xml.NewDecoder(strings.NewReader("\n" + text))
		var err error
		for err == nil {
			_, err = d.Token()
		}
		syntax, ok := errors.AsType[*xml.SyntaxError](err)
		if !ok {
			t.Errorf("%q: %v", text, err)
			continue
		}
		fr, en := say.In(err, language.French), say.In(err, language.English)
		if !strings.HasPrefix(fr, "ligne ") || strings.Contains(fr, syntax.Msg) || en != fmt.Sprintf("line %d: %s", syntax.Line, syntax.Msg) {
			t.Errorf("%q: %q, %q", text, fr, en)
		}
	}
}
