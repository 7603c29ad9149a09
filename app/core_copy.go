package app

import (
	"fmt"

	"daypass/app/location"
)

// TransferTarget is a folder in a bucket of a connection.
type TransferTarget struct {
	// Connection is the ID of the connection.
	Connection string `json:"connection"`
	// Prefix is empty or ends in "/".
	location.Location
}

func invalidPrefix(prefix string) string {
	if prefix != "" && prefix[len(prefix)-1] != '/' {
		return fmt.Sprintf("The folder %q does not end in a slash.", prefix)
	}
	return ""
}

// invalidCopy is what is wrong with a copy from one connection to another. Within one connection the server copies
// by itself, without a transfer.
func (r TransferRequest) invalidCopy() string {
	switch {
	case r.To == nil, r.To.Connection == "", r.To.Bucket == "":
		return "No bucket was chosen to copy to."
	case r.To.Connection == r.Connection:
		return "A copy goes from one connection to another."
	case invalidPrefix(r.To.Prefix) != "":
		return invalidPrefix(r.To.Prefix)
	}
	if r.Move && len(r.Objects) > 0 && r.Objects[0].VersionID != "" {
		return "An earlier version can be copied, not moved."
	}
	return r.invalidObjects("copy")
}
