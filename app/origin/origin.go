// Package origin marks files as downloaded, and from where, in the way that each system's own programs do: what
// opens them later can be careful. Linux has the extended attribute user.xdg.origin.url, Windows the stream
// Zone.Identifier, macOS the attribute com.apple.quarantine.
package origin

import (
	"net/url"
	"os"
)

// maxURL bounds the length of the mark in bytes: several file systems have 4 KiB for all marks of a file.
const maxURL = 2048

// Mark marks an open file as downloaded from an address, of which no credentials, query or fragment is written. A
// file system that has no such marks is an error that callers may ignore: the file is the same without.
func Mark(f *os.File, from *url.URL) error { return mark(f, address(from)) }

// address returns what is written of an address: nothing that could open what is there. One that is too long loses
// its path.
func address(from *url.URL) string {
	plain := url.URL{Scheme: from.Scheme, Host: from.Host, Path: from.Path, RawPath: from.RawPath}
	if text := plain.String(); len(text) <= maxURL {
		return text
	}
	plain.Path, plain.RawPath = "/", ""
	return plain.String()
}
