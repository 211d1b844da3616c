package main

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"os"
	"syscall"

	"github.com/gtnum/gtnum/oaipmh"
)

// isWebAddress reports whether s is the whole address of something on the web.
func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// webAddress refuses what is no address of an OAI-PMH server.
func webAddress(s string) error {
	if isWebAddress(s) {
		return nil
	}
	return usageError{sayErr("« %s » n’est pas une adresse web\u00a0: écrivez-la entière, comme https://api.archives-ouvertes.fr/oai/hal/",
		"%q is no web address: write it whole, as https://api.archives-ouvertes.fr/oai/hal/", s)}
}

// sysErr says in both languages what an operating system says most.
func sysErr(err error) error {
	for _, known := range []struct {
		err    error
		fr, en string
	}{
		{syscall.EISDIR, "c’est un dossier", "is a directory"},
		{syscall.EEXIST, "ce nom est pris", "file exists"},
		{os.ErrPermission, "permission refusée", "permission denied"},
		{os.ErrNotExist, "il n’y a rien de ce nom", "there is nothing of that name"},
		{syscall.ENOSPC, "le disque est plein", "no space left on device"},
		{syscall.ENOTDIR, "une partie du chemin n’est pas un dossier", "not a directory"},
	} {
		if errors.Is(err, known.err) {
			return sayErr(known.fr, known.en)
		}
	}
	return err
}

// netErr says in both languages why a server cannot be reached, or what it
// answers.
func netErr(err error) error {
	if e, ok := errors.AsType[*oaipmh.Error](err); ok {
		return sayErr("le serveur refuse\u00a0: %s (%s)", "the server refuses: %s (%s)", e.Code, e.Message)
	}
	if e, ok := errors.AsType[*oaipmh.StatusError](err); ok {
		return sayErr("le serveur répond par le statut HTTP %d (%s)", "the server answers with HTTP status %d (%s)", e.Code, e.URL)
	}
	if e, ok := errors.AsType[*net.DNSError](err); ok && e.IsNotFound {
		return sayErr("il n’y a pas de serveur du nom de %s", "there is no server called %s", e.Name)
	}
	timeout, slow := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, oaipmh.ErrNotOAI):
		return sayErr("ce n’est pas un serveur OAI-PMH", "this is no OAI-PMH server")
	case errors.Is(err, context.Canceled):
		return sayErr("interrompu", "interrupted")
	case errors.Is(err, syscall.ECONNREFUSED):
		return sayErr("aucun serveur n’y répond (connexion refusée)", "no server answers there (connection refused)")
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return sayErr("le réseau n’y mène pas", "the network does not lead there")
	case slow && timeout.Timeout():
		return sayErr("le serveur ne répond pas à temps", "the server does not answer in time")
	case untrusted(err):
		return sayErr("son certificat n’est pas reconnu", "its certificate is not trusted")
	}
	return err
}

func untrusted(err error) bool {
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, invalid := errors.AsType[x509.CertificateInvalidError](err)
	_, host := errors.AsType[x509.HostnameError](err)
	return unknown || invalid || host
}

// unreachable reports whether there is no server to wait for.
func unreachable(err error) bool {
	e, ok := errors.AsType[*net.DNSError](err)
	return ok && e.IsNotFound || errors.Is(err, syscall.ECONNREFUSED) || untrusted(err)
}
