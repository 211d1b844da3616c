package say

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/xml"
	"errors"
	"io"
	"net"
	"net/url"
	"regexp"
	"strings"
	"syscall"
)

// known says what the standard library does of networks and XML, nil for all
// else.
func known(err error) speaker {
	switch e := err.(type) {
	case *xml.SyntaxError:
		return syntax(e)
	case *url.Error, *net.OpError, *net.DNSError, *tls.CertificateVerificationError, syscall.Errno:
		return network(err)
	}
	switch err {
	case io.EOF:
		return sentence("plus rien ne vient", "nothing more comes")
	case io.ErrUnexpectedEOF:
		return sentence("fin inattendue", "unexpected end")
	case context.Canceled:
		return sentence("interrompu", "interrupted")
	case context.DeadlineExceeded:
		return sentence("le serveur ne répond pas à temps", "the server does not answer in time")
	}
	if strings.HasSuffix(err.Error(), " signal received") { // the cause of signal.NotifyContext
		return sentence("interrompu", "interrupted")
	}
	return nil
}

func sentence(fr, en string, args ...any) *Error { return &Error{fr, en, args} }

// network says why a server cannot be reached.
func network(err error) speaker {
	if e, ok := errors.AsType[*net.DNSError](err); ok && e.IsNotFound {
		return sentence("il n’y a pas de serveur du nom de %s", "there is no server called %s", e.Name)
	}
	timeout, slow := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, context.Canceled):
		return sentence("interrompu", "interrupted")
	case errors.Is(err, syscall.ECONNREFUSED):
		return sentence("aucun serveur n’y répond (connexion refusée)", "no server answers there (connection refused)")
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return sentence("le serveur a rompu la connexion", "the server broke the connection")
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return sentence("le réseau n’y mène pas", "the network does not lead there")
	case slow && timeout.Timeout():
		return sentence("le serveur ne répond pas à temps", "the server does not answer in time")
	case Untrusted(err):
		return sentence("son certificat n’est pas reconnu", "its certificate is not trusted")
	}
	if e, ok := err.(*url.Error); ok { // whose address the caller knows
		return sentence("%v", "%v", e.Err)
	}
	return nil
}

// Untrusted reports whether an error is that of a certificate.
func Untrusted(err error) bool {
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, invalid := errors.AsType[x509.CertificateInvalidError](err)
	_, host := errors.AsType[x509.HostnameError](err)
	return unknown || invalid || host
}

// syntax says what encoding/xml does.
func syntax(e *xml.SyntaxError) speaker {
	fr := e.Msg
	for _, row := range syntaxErrors {
		if m := row.en.FindStringSubmatchIndex(e.Msg); m != nil {
			fr = string(row.en.ExpandString(nil, row.fr, e.Msg, m))
			break
		}
	}
	return sentence("ligne %[1]d\u00a0: %[2]s", "line %[1]d: %[3]s", e.Line, fr, e.Msg)
}

// syntaxErrors are the messages of encoding/xml.
var syntaxErrors = []struct {
	en *regexp.Regexp
	fr string
}{
	{regexp.MustCompile(`^unexpected EOF$`), "le texte s’arrête trop tôt"},
	{regexp.MustCompile(`^unexpected EOF in CDATA section$`), "le texte s’arrête dans une section CDATA"},
	{regexp.MustCompile(`^element <(.*)> closed by </(.*)>$`), "<$1> est fermé par </$2>"},
	{regexp.MustCompile(`^element <(.*)> in space (.*) closed by </(.*)> in space (.*)$`), "<$1> (de $2) est fermé par </$3> (de $4)"},
	{regexp.MustCompile(`^unexpected end element </(.*)>$`), "</$1> ne ferme rien"},
	{regexp.MustCompile(`^invalid character entity (.*) \(no semicolon\)$`), "l’entité $1 n’a pas de point-virgule"},
	{regexp.MustCompile(`^invalid character entity (.*)$`), "XML ne connaît pas l’entité $1"},
	{regexp.MustCompile(`^illegal character code (.*)$`), "XML interdit le caractère $1"},
	{regexp.MustCompile(`^invalid UTF-8$`), "des octets ne sont pas de l’UTF-8"},
	{regexp.MustCompile(`^unescaped < inside quoted string$`), "un < dans la valeur d’un attribut"},
	{regexp.MustCompile(`^unescaped \]\]> not in CDATA section$`), "un ]]> hors d’une section CDATA"},
	{regexp.MustCompile(`^unquoted or missing attribute value in element$`), "la valeur d’un attribut manque, ou manque de guillemets"},
	{regexp.MustCompile(`^attribute name without = in element$`), "un attribut sans ="},
	{regexp.MustCompile(`^expected attribute name in element$`), "le nom d’un attribut est attendu"},
	{regexp.MustCompile(`^expected /> in element$`), "/> est attendu"},
	{regexp.MustCompile(`^expected element name after </?$`), "le nom d’un élément est attendu après <"},
	{regexp.MustCompile(`^invalid characters between </(.*) and >$`), "quelque chose entre </$1 et >"},
	{regexp.MustCompile(`^invalid sequence (.*) not allowed in comments$`), "deux traits d’union dans un commentaire"},
	{regexp.MustCompile(`^invalid sequence <!- not part of <!--$`), "<!- au lieu de <!--"},
	{regexp.MustCompile(`^invalid <!\[ sequence$`), "<![ sans CDATA"},
	{regexp.MustCompile(`^expected target name after <\?$`), "un nom est attendu après <?"},
	{regexp.MustCompile(`^invalid XML name: (.*)$`), "$1 n’est pas un nom au sens de XML"},
}
