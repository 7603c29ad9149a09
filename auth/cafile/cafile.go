// Package cafile reads the file of a connection's own certificate authorities. Its path may come from a
// connection file that somebody sent, so whatever may lie there is read with care.
package cafile

import (
	"crypto/x509"
	"errors"
	"io"
	"io/fs"
	"os"
)

// maxSize bounds the file, in bytes; a whole system's authorities take a quarter of a megabyte.
const maxSize = 4 << 20

// Kind names why a file cannot be used.
type Kind string

// The kinds.
const (
	KindMissing       Kind = "missing"
	KindUnreadable    Kind = "unreadable"
	KindNotRegular    Kind = "not-regular"
	KindTooLarge      Kind = "too-large"
	KindNoCertificate Kind = "no-certificate"
)

// Error is a file that cannot be used.
type Error struct {
	// File is its path.
	File string
	Kind Kind

	cause error
}

// Error implements error.
func (e *Error) Error() string {
	text := "certificate file " + e.File + ": " + string(e.Kind)
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap returns what the system said, if it said something.
func (e *Error) Unwrap() error { return e.cause }

// Load returns the system's authorities with those of file, or nil, which means the system's alone, where
// file is empty. It does not block on a pipe and reads no device. The error is an *Error.
func Load(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := read(file)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, &Error{File: file, Kind: KindNoCertificate}
	}
	return pool, nil
}

func read(file string) ([]byte, error) {
	// Opening a pipe waits for somebody who writes into it.
	if info, err := os.Stat(file); err != nil {
		return nil, unreadable(file, err)
	} else if !info.Mode().IsRegular() {
		return nil, &Error{File: file, Kind: KindNotRegular}
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, unreadable(file, err)
	}
	defer f.Close()
	pem, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	switch {
	case err != nil:
		return nil, unreadable(file, err)
	case len(pem) > maxSize:
		return nil, &Error{File: file, Kind: KindTooLarge}
	}
	return pem, nil
}

// unreadable is the error of a file that the system does not return.
func unreadable(file string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &Error{File: file, Kind: KindMissing, cause: err}
	}
	return &Error{File: file, Kind: KindUnreadable, cause: err}
}
