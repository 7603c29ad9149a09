package app

import (
	"errors"
	"testing"

	"daypass/app/location"
	"daypass/app/messages"
)

func TestTransferRequest_refusesInvalid(t *testing.T) {
	down := func(change func(*TransferRequest)) TransferRequest {
		r := TransferRequest{Connection: "c", Direction: Download, Location: location.Location{Bucket: "b", Prefix: "p/"}, Folder: "/tmp/x", Objects: []TransferObject{{Key: "p/a"}}}
		change(&r)
		return r
	}
	up := func(change func(*TransferRequest)) TransferRequest {
		r := TransferRequest{Connection: "c", Direction: Upload, Location: location.Location{Bucket: "b"}, Paths: []string{"/tmp/x"}}
		change(&r)
		return r
	}
	copied := func(change func(*TransferRequest)) TransferRequest {
		r := TransferRequest{Connection: "c", Direction: Copy, Location: location.Location{Bucket: "b"}, Objects: []TransferObject{{Key: "a"}}, To: &TransferTarget{Connection: "d", Location: location.Location{Bucket: "b"}}}
		change(&r)
		return r
	}
	tests := []struct {
		name string
		req  TransferRequest
		ok   bool
	}{
		{"a download", down(func(*TransferRequest) {}), true},
		{"an upload", up(func(*TransferRequest) {}), true},
		{"under another name", down(func(r *TransferRequest) { r.As = "z" }), true},
		{"a version", down(func(r *TransferRequest) { r.Objects[0].VersionID = "v" }), true},
		{"a copy", copied(func(*TransferRequest) {}), true},
		{"a copy to nowhere", copied(func(r *TransferRequest) { r.To = nil }), false},
		{"a copy to no bucket", copied(func(r *TransferRequest) { r.To.Bucket = "" }), false},
		{"a copy within a connection", copied(func(r *TransferRequest) { r.To.Connection = "c" }), false},
		{"a copy to what is no folder", copied(func(r *TransferRequest) { r.To.Prefix = "p" }), false},
		{"a copy of nothing", copied(func(r *TransferRequest) { r.Objects = nil }), false},
		{"a move of a version", copied(func(r *TransferRequest) { r.Move, r.Objects[0].VersionID = true, "v" }), false},
		{"no direction", up(func(r *TransferRequest) { r.Direction = "" }), false},
		{"no bucket", up(func(r *TransferRequest) { r.Bucket = "" }), false},
		{"a prefix that is no folder", up(func(r *TransferRequest) { r.Prefix = "p" }), false},
		{"nothing to upload", up(func(r *TransferRequest) { r.Paths = nil }), false},
		{"a relative path", up(func(r *TransferRequest) { r.Paths = []string{"x"} }), false},
		{"one name for two files", up(func(r *TransferRequest) { r.Paths = []string{"/a", "/b"}; r.As = "z" }), false},
		{"an unknown policy", up(func(r *TransferRequest) { r.Conflicts = "maybe" }), false},
		{"nothing to download", down(func(r *TransferRequest) { r.Objects = nil }), false},
		{"a relative folder", down(func(r *TransferRequest) { r.Folder = "x" }), false},
		{"an object from elsewhere", down(func(r *TransferRequest) { r.Objects[0].Key = "q/a" }), false},
		{"a name for a folder", down(func(r *TransferRequest) { r.Objects[0].Key = "p/a/"; r.As = "z" }), false},
		{"a version of a folder", down(func(r *TransferRequest) { r.Objects[0] = TransferObject{Key: "p/a/", VersionID: "v"} }), false},
	}
	for _, tt := range tests {
		err := tt.req.Validate()
		var refused *TransferError
		if (err == nil) != tt.ok || err != nil && (!errors.As(err, &refused) || !messages.Has(refused.Reason.ID)) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
