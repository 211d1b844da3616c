package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/gtnum/gtnum/internal/say"
)

// serveFlags are the flags of the command.
type serveFlags struct {
	lang          lang
	addr, baseURL string
	pageSize      int
	adminEmails   []string
	identifyFile  string
	keyFile       string
	identify      identify // read from identifyFile
	keys          [][]byte // read from keyFile
	store         storeFlags
}

func newServe(l lang) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve [CATALOGUE...]",
		Short: l.say("Servir des catalogues en OAI-PMH et en DCAT", "Serve catalogues over OAI-PMH and as DCAT"),
		Long: l.say(`Servir des catalogues : OAI-PMH 2.0 à /oai ; DCAT à /catalog selon ce que demande
le client, et à /catalog.ttl, .rdf, .nt et .jsonld ; chaque notice à /records/ID.

Avec --db, c’est ce que « gtnum import » a mis dans un entrepôt qui est servi,
même pendant les importations.

Le fichier de --identify complète la réponse à Identify ; tout y est facultatif :

  name: Productions des GTnum
  adminEmails: [oai@example.org]
  friends: [https://zenodo.org/oai2d]
  branding: {icon: https://example.org/logo.png, link: https://example.org/, title: GTnum, width: 88, height: 31}
  eprints:
    content: {text: Articles et données des groupes, url: https://example.org/contenu}
    metadataPolicy: {text: Sous Licence Ouverte 2.0}
    dataPolicy: {text: Selon la licence de chaque notice}
    submissionPolicy: {text: Réservé aux groupes}
    comments: [Mis à jour chaque semaine]

Le fichier de --token-key a une clé par ligne (« openssl rand -hex 32 » en fait
une). La première signe, toutes sont reconnues : pour changer de clé, ajoutez la
nouvelle en tête et gardez l’ancienne un temps. Plusieurs serveurs d’un même
catalogue partagent ce fichier.

SIGTERM et Ctrl+C laissent finir les réponses en cours.`,
			`Serve catalogues: OAI-PMH 2.0 at /oai; DCAT at /catalog by content negotiation
and at /catalog.ttl, .rdf, .nt and .jsonld; each record at /records/ID.

With --db it serves what gtnum import brought into a store, while imports run.

The file of --identify adds to the answer to Identify; all in it is optional:

  name: Outputs of the GTnum groups
  adminEmails: [oai@example.org]
  friends: [https://zenodo.org/oai2d]
  branding: {icon: https://example.org/logo.png, link: https://example.org/, title: GTnum, width: 88, height: 31}
  eprints:
    content: {text: Articles and data of the groups, url: https://example.org/content}
    metadataPolicy: {text: Under Licence Ouverte 2.0}
    dataPolicy: {text: By the licence of each record}
    submissionPolicy: {text: For the groups alone}
    comments: [Renewed every week]

The file of --token-key has a key a line ('openssl rand -hex 32' makes one). The
first signs, all are honoured: to change keys, put the new one on top and keep the
old one for a time. Servers of one catalogue share the file.

SIGTERM and Ctrl+C let the answers that are under way finish.`),
		Example: `gtnum serve catalogue.yaml
gtnum serve --db catalogue.db --addr :8080 --base-url https://catalogue.example.org`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.lang = l
			return serve(cmd.Context(), f, args, cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&f.addr, "addr", "127.0.0.1:8080", l.say("adresse où écouter, `HÔTE:PORT`", "address to listen on, `HOST:PORT`"))
	cmd.Flags().StringVar(&f.baseURL, "base-url", "", l.say("`adresse` publique du serveur (sinon http://HÔTE:PORT)", "`address` at which the world reaches the server (else http://HOST:PORT)"))
	cmd.Flags().IntVar(&f.pageSize, "page-size", 200, l.say("`nombre` de notices par page", "`number` of records a page"))
	cmd.Flags().StringSliceVar(&f.adminEmails, "admin-email", nil, l.say("`courriel` de qui tient le serveur (sinon les contacts du catalogue)", "`e-mail` of who runs the server (else the catalogue's contacts)"))
	cmd.Flags().StringVar(&f.identifyFile, "identify", "", l.say("`fichier` YAML de ce qu’Identify dit de plus du serveur", "YAML `file` of what else Identify says of the server"))
	cmd.Flags().StringVar(&f.keyFile, "token-key", "", l.say("`fichier` des clés qui signent les jetons de reprise", "`file` of the keys that sign resumption tokens"))
	f.store.add(cmd, l)
	cmd.Flags().StringVar(&f.store.read, "db-read", "", l.say("`réplique` PostgreSQL où lire, postgres://…", "`standby` of PostgreSQL to read from, postgres://…"))
	return cmd
}

func (f serveFlags) check() error {
	_, port, err := net.SplitHostPort(f.addr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return usageError{say.Errorf("--addr « %s »\u00a0: attendu HÔTE:PORT, comme 127.0.0.1:8080", "--addr %q: want HOST:PORT, as 127.0.0.1:8080", f.addr)}
	}
	if f.pageSize < 1 || f.pageSize > 10000 {
		return usageError{say.Errorf("--page-size %d\u00a0: attendu de 1 à 10000", "--page-size %d: want 1 to 10000", f.pageSize)}
	}
	for _, email := range f.adminEmails {
		if !isEmail(email) {
			return usageError{say.Errorf("--admin-email « %s »\u00a0: ce n’est pas un courriel", "--admin-email %q is no e-mail address", email)}
		}
	}
	if f.baseURL == "" {
		return nil
	}
	u, err := url.Parse(f.baseURL)
	if err != nil || !isWebAddress(f.baseURL) || strings.ContainsFunc(u.Host, func(r rune) bool { return r > '~' }) {
		return usageError{say.Errorf("--base-url « %s »\u00a0: attendu http:// ou https:// et un hôte", "--base-url %q: want http:// or https:// and a host", f.baseURL)}
	}
	if strings.ContainsAny(f.baseURL, "?#") {
		return usageError{say.Errorf("--base-url « %s »\u00a0: ni ? ni #, puisque /oai et /catalog s’y ajoutent", "--base-url %q: neither ? nor #, since /oai and /catalog are added to it", f.baseURL)}
	}
	if u.User != nil {
		return usageError{say.Errorf("--base-url\u00a0: ni nom ni mot de passe, que tous liraient", "--base-url: neither a name nor a password, which all would read")}
	}
	return nil
}

// serve runs the server until the context ends.
func serve(ctx context.Context, f serveFlags, files []string, stderr io.Writer) error {
	if err := f.check(); err != nil {
		return err
	}
	var err error
	if f.identify, err = readIdentify(f.identifyFile); err != nil {
		return err
	}
	if f.keys, err = readKeys(f.keyFile); err != nil {
		return err
	}
	io.WriteString(stderr, exposed(f.keyFile, f.lang))
	src, err := f.source(ctx, files)
	if err != nil {
		return err
	}
	defer src.close()
	l, err := net.Listen("tcp", f.addr)
	if err != nil {
		return listenError(f.addr, err)
	}
	defer l.Close()
	if f.baseURL == "" {
		f.baseURL = ownAddress(l.Addr())
	}
	if u, err := url.Parse(f.baseURL); err == nil { // which escapes what a URI must not have
		f.baseURL = strings.TrimRight(u.String(), "/")
	}
	handler, err := src.site(f, func(err error) { fmt.Fprintf(stderr, "gtnum: %s\n", say.In(err, f.lang.Tag)) })
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, f.lang.say(
		"gtnum: à l’écoute sur %s, à voir à %s/ (OAI-PMH à %s/oai, DCAT à %s/catalog)\n",
		"gtnum: listening on %s, serving at %s/ (OAI-PMH at %s/oai, DCAT at %s/catalog)\n"), l.Addr(), f.baseURL, f.baseURL, f.baseURL)
	return runServer(ctx, l, handler)
}

// ownAddress is where this machine reaches a server: who listens on all addresses
// is at none of that name.
func ownAddress(a net.Addr) string {
	if tcp, ok := a.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("http://localhost:%d", tcp.Port)
	}
	return "http://" + a.String()
}

// runServer serves until the context ends, then lets answers finish.
func runServer(ctx context.Context, l net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           shed(hurry(handler, patience), maxRequests),
		ReadHeaderTimeout: 10 * time.Second, // who sends a header a byte a minute holds no connection
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      5 * time.Minute, // until an answer begins; see hurry
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return say.Errorf("arrêt\u00a0: %v", "stopping: %v", err)
	}
	return nil
}

func listenError(addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return say.Errorf("un autre programme écoute déjà sur %s ; choisissez un autre port avec --addr", "another program already listens on %s; choose another port with --addr", addr)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return say.Errorf("impossible d’écouter sur %s\u00a0: cette machine n’a pas cette adresse", "cannot listen on %s: this machine does not have that address", addr)
	case errors.Is(err, syscall.EACCES):
		return say.Errorf("pas le droit d’écouter sur %s ; les ports sous 1024 demandent des privilèges", "no permission to listen on %s; ports below 1024 need privileges", addr)
	}
	return say.Errorf("impossible d’écouter sur %s\u00a0: %v", "cannot listen on %s: %v", addr, err)
}
