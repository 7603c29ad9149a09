// Package buckets looks into the storage of one connection, with the keys that the agent keeps
// fresh: buckets, and the content of one prefix page by page.
package buckets

import (
	"context"
	"time"

	"daypass/app"
)

// Server is where the buckets are; the fields are those of app.Session.
type Server struct {
	Endpoint string
	Region   string
	CAFile   string
	// Learned is what other clients of this server have learned of it; nil where there are none.
	Learned *Learned
}

// CredentialSource returns keys that work now. It is asked before each request, so that a renewal in
// between is taken up by itself.
type CredentialSource func(ctx context.Context) (app.Credentials, error)

// Bucket is one bucket as ListBuckets tells it.
type Bucket struct {
	Name    string
	Created time.Time
}

// Entry is one line of a listing: a folder (a common prefix) or an object.
type Entry struct {
	// Key is the whole key; a folder's ends in "/".
	Key string
	// Folder is true for a common prefix; Size and Modified are then zero.
	Folder bool
	// Size in bytes.
	Size     int64
	Modified time.Time
	// StorageClass is how the server stores an object, such as "STANDARD_IA"; empty where it does not say.
	StorageClass string
}

// Page is one answer of ListObjectsV2 with delimiter "/": folders first, then objects, each in the
// server's order.
type Page struct {
	Entries []Entry
	// Next continues the listing; empty on the last page.
	Next string
}

// Kind says what kind of error an Error is.
type Kind string

// The kinds.
const (
	// Denied: the server knows who asks and does not allow it. MinIO says this of buckets that do
	// not exist as well.
	Denied Kind = "denied"
	// NotFound: there is no such bucket or key.
	NotFound Kind = "not-found"
	// CredentialsExpired: the keys have ended, were revoked or are not known to the server.
	CredentialsExpired Kind = "keys-ended"
	// Unreachable: no answer from the server.
	Unreachable Kind = "unreachable"
	// ClockSkew: this machine's clock differs too much from the server's.
	ClockSkew Kind = "clock-skew"
	// TokenTooLong: the session token does not fit in a request.
	TokenTooLong Kind = "token-too-long"
	// InvalidName: the server does not take this bucket name, or this key.
	InvalidName Kind = "bad-name"
	// Exists: there is one of that name already.
	Exists Kind = "exists"
	// NotEmpty: the bucket still has objects or versions in it.
	NotEmpty Kind = "not-empty"
	// Changed: the object is no longer the one that was looked at.
	Changed Kind = "changed"
	// Locked: the object is kept from change by a lock or a retention.
	Locked Kind = "locked"
	// Protected: the object has a retention or a legal hold that a move would leave behind.
	Protected Kind = "protected"
	// Full: a quota or the disk of the server is used up.
	Full Kind = "full"
	// Busy: the server has a fault of its own or asks to be left alone; it may work later.
	Busy Kind = "busy"
	// Proxy: something between this computer and the server refused the request.
	Proxy Kind = "proxy"
	// Unsupported: the server does not offer this.
	Unsupported Kind = "unsupported"
	// Other: anything else; the server's own code and words are in the Problem's detail.
	Other Kind = "other"
)

// Error is a refused or failed request, with the words for a user.
type Error struct {
	Kind    Kind
	Problem app.Problem
	// Err is the cause, without secrets.
	Err error
}

// Error implements error.
func (e *Error) Error() string {
	words := e.Problem.English()
	return words.Title + ": " + words.Detail
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
