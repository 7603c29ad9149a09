// Package tools knows the programs that take credentials from Daypass: what each of them reads, and the words that
// tell a user how to use it. It is pure: it reads no file, uses no network and runs nothing. What does is in the
// packages below it.
package tools

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"daypass/app/credentials"
)

// Access is what a tool needs to work with one connection: credentials, and where they are good for.
type Access struct {
	// Connection is the connection's ID.
	Connection string
	// Endpoint is the URL of the S3 server.
	Endpoint string
	// Region is the S3 region, empty for the server's default.
	Region string
	// STSEndpoint is the URL of the STS service; empty where it is the S3 server's.
	STSEndpoint string
	// CAFile is a PEM file of certificate authorities to trust besides the system's; empty for none.
	CAFile string
	// CABundle is a PEM file of the system's certificate authorities and those of CAFile, for tools that
	// trust one file alone. Empty where there is no CAFile, or no such file could be made.
	CABundle string

	credentials.Credentials
}

// defaultRegion is what S3 servers without a region of their own expect in a signature.
const defaultRegion = "us-east-1"

// SigningRegion returns the region to sign for.
func (a Access) SigningRegion() string {
	if a.Region == "" {
		return defaultRegion
	}
	return a.Region
}

// Handle returns the connection's ID in a form that is safe everywhere: in a command that is split at
// spaces, in the name of a profile, and unquoted in a shell. It is the ID itself where that is such
// a form, and otherwise made from it, always in the same way.
func Handle(id string) string {
	if id != "" && id[0] != '-' && id[0] != '.' && strings.Trim(id, handleAlphabet) == "" {
		return id
	}
	var b strings.Builder
	for _, r := range id {
		if strings.ContainsRune(handleAlphabet[:36], r) {
			b.WriteRune(r)
		}
	}
	sum := sha256.Sum256([]byte(id))
	return "c" + b.String() + "-" + hex.EncodeToString(sum[:4])
}

const handleAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_."

// ProfileName returns the name of the profile and remote of a connection in other tools' files.
func ProfileName(id string) string { return "daypass-" + Handle(id) }
