// Package cafile reads the file of a connection's own certificate authorities. Its path may come from a
// connection file that somebody sent, so whatever may lie there is read with care.
package cafile

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
)

// maxSize bounds the file, in bytes; a whole system's authorities take a quarter of a megabyte.
const maxSize = 4 << 20

// Load returns the system's authorities with those of file, or nil, which means the system's alone, where
// file is empty. It does not block on a pipe and reads no device. The error is a sentence without its
// end.
func Load(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := read(file)
	if err != nil {
		return nil, fmt.Errorf("the certificate file cannot be read: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate in PEM form", file)
	}
	return pool, nil
}

func read(file string) ([]byte, error) {
	// Opening a pipe waits for somebody who writes into it.
	if info, err := os.Stat(file); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, errors.New("it is no plain file")
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	pem, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err == nil && len(pem) > maxSize {
		err = fmt.Errorf("it is larger than %d MiB", maxSize>>20)
	}
	return pem, err
}
