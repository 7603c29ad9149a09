package app

import (
	"cmp"

	"daypass/app/location"
	"daypass/auth/safetext"
)

// TransferTarget is a folder in a bucket of a connection.
type TransferTarget struct {
	// Connection is the ID of the connection.
	Connection string `json:"connection"`
	// Prefix is empty or ends in "/".
	location.Location
}

func invalidPrefix(prefix string) *TransferError {
	if prefix != "" && prefix[len(prefix)-1] != '/' {
		return NewTransferError("prefix", "Prefix", safetext.Name(prefix))
	}
	return nil
}

// invalidCopy is what is wrong with a copy from one connection to another. Within one connection the server copies
// by itself, without a transfer.
func (r TransferRequest) invalidCopy() *TransferError {
	switch {
	case r.To == nil, r.To.Connection == "", r.To.Bucket == "":
		return NewTransferError("no-bucket")
	case r.To.Connection == r.Connection:
		return NewTransferError("same-connection")
	case r.Move && len(r.Objects) > 0 && r.Objects[0].VersionID != "":
		return NewTransferError("move-version")
	}
	return cmp.Or(invalidPrefix(r.To.Prefix), r.invalidObjects())
}
