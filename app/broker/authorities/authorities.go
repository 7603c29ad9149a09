// Package authorities makes one file of the certificate authorities that the system trusts and those of a
// connection. Many programs trust either one file or the system, and a connection's authorities are meant
// besides the system's.
package authorities

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"daypass/app/durable"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/auth/safetext"
)

// systemFiles are where systems keep the authorities that they trust, in one file.
var systemFiles = []string{
	"/etc/ssl/certs/ca-certificates.crt",                // Debian, Ubuntu, Arch, Gentoo, Alpine
	"/etc/pki/tls/certs/ca-bundle.crt",                  // Fedora, RHEL
	"/etc/ssl/ca-bundle.pem",                            // openSUSE
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // RHEL
	"/etc/ssl/cert.pem",                                 // Alpine, macOS, the BSDs
}

// maxFile bounds each of the files, in bytes; a system's has a quarter of a megabyte.
const maxFile = 8 << 20

var errNoSystem = errors.New("this system has no file of the certificate authorities that it trusts")

// Bundle returns the system's authorities, which the user may have named in SSL_CERT_FILE, and those of
// caFile, as PEM.
func Bundle(getenv func(string) string, caFile string) ([]byte, error) {
	system, err := systemAuthorities(getenv("SSL_CERT_FILE"))
	if err != nil {
		return nil, err
	}
	own, err := durable.ReadFile(caFile, maxFile)
	if err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{bytes.TrimRight(system, "\n"), own}, []byte("\n")), nil
}

func systemAuthorities(named string) ([]byte, error) {
	for _, path := range append([]string{named}, systemFiles...) {
		if path == "" {
			continue
		}
		if text, err := durable.ReadFile(path, maxFile); err == nil {
			return text, nil
		}
	}
	return nil, errNoSystem
}

// Write puts the bundle for a connection into dir, where it is not there as it should be, and returns its
// path.
func Write(getenv func(string) string, dir, connection, caFile string) (string, error) {
	bundle, err := Bundle(getenv, caFile)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, tools.Handle(connection)+".pem")
	if there, err := durable.ReadFile(path, 2*maxFile); err == nil && bytes.Equal(there, bundle) {
		return path, nil
	}
	if strings.ContainsAny(path, "\r\n") {
		return "", messages.NewError(nil, "agent.error.authority-path", "Path", safetext.Name(path))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	return path, durable.WriteFile(path, bundle)
}
