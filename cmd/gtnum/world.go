package main

import (
	"errors"
	"net"
	"net/url"
	"os"
	"syscall"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/oaipmh"
)

// isWebAddress reports whether s is the whole address of something on the web.
func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Hostname() != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// webAddress refuses what is no address of an OAI-PMH server.
func webAddress(s string) error {
	if isWebAddress(s) {
		return nil
	}
	return usageError{say.Errorf("« %s » n’est pas une adresse web\u00a0: écrivez-la entière, comme https://api.archives-ouvertes.fr/oai/hal/",
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
		{syscall.ELOOP, "des liens y tournent en rond", "links go round in circles"},
		{syscall.ENAMETOOLONG, "ce nom est trop long", "file name too long"},
		{syscall.EROFS, "ce disque est en lecture seule", "read-only file system"},
		{syscall.EDQUOT, "votre part du disque est pleine", "disk quota exceeded"},
		{syscall.EIO, "le disque est défaillant", "input/output error"},
		{syscall.ENOTDIR, "une partie du chemin n’est pas un dossier", "not a directory"},
	} {
		if errors.Is(err, known.err) {
			return say.Errorf(known.fr, known.en)
		}
	}
	return err
}

// netErr says in both languages what an OAI-PMH server answers instead of what
// was asked. Other errors say it themselves, those of networks too.
func netErr(err error) error {
	if e, ok := errors.AsType[*oaipmh.Error](err); ok {
		return say.Errorf("le serveur refuse\u00a0: %s (%s)", "the server refuses: %s (%s)", e.Code, e.Message)
	}
	if errors.Is(err, oaipmh.ErrNotOAI) {
		return say.Errorf("ce n’est pas un serveur OAI-PMH", "this is no OAI-PMH server")
	}
	return err
}

// unreachable reports whether there is no server to wait for.
func unreachable(err error) bool {
	e, ok := errors.AsType[*net.DNSError](err)
	return ok && e.IsNotFound || errors.Is(err, syscall.ECONNREFUSED) || say.Untrusted(err)
}
