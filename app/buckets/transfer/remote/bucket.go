// Package remote is the side of a transfer on the storage servers: requests that are repeated while they may yet
// succeed, reading objects as they were when that began, making them in one request or in parts, and the checksums by
// which both are verified.
package remote

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
)

// Bucket is a bucket as one attempt reaches it.
type Bucket struct {
	Client      *buckets.Client
	Core        *minio.Core
	credentials *credentialSource
	// Name is the bucket's.
	Name  string
	slots chan struct{}
	waits func(why error) (over func())
}

// Access is how one attempt reaches buckets.
type Access struct {
	Sessions app.Sessions
	// Learned returns what was learned of a server, by its endpoint.
	Learned func(endpoint string) *buckets.Learned
	// Slots has room for as many requests as there may be at once.
	Slots chan struct{}
	// Waits shows that a request waits because of an error, until the function it returns is called.
	Waits func(why error) (over func())
}

// Open makes the bucket of a location ready, with the credentials of owner, who was signed in there when the transfer
// was requested.
func (a Access) Open(ctx context.Context, at app.TransferTarget, owner string) (*Bucket, error) {
	source, err := newCredentialSource(ctx, a.Sessions, at.Connection, owner)
	if err != nil {
		return nil, err
	}
	client, err := source.open(a.Learned(source.def.Endpoint))
	if err != nil {
		return nil, err
	}
	return &Bucket{Client: client, Core: client.Core(), credentials: source, Name: at.Bucket, slots: a.Slots, waits: a.Waits}, nil
}

// Close lets go of the connections to the server.
func (r *Bucket) Close() { r.Client.Close() }

// once makes one try when there is room for another request.
func (r *Bucket) once(ctx context.Context, try func(context.Context) error) error {
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
		return try(ctx)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// explain puts an error of the server, the network or the credentials into words. What is wrong on this
// computer, and what this package says itself, stays as it is.
func (r *Bucket) explain(err error, op buckets.Operation) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path), errors.As(err, &link), errors.Is(err, ErrDamaged), errors.Is(err, ErrStalled):
		return err
	case errors.Is(err, errOtherUser), errors.Is(err, ErrOtherServer):
		return err
	}
	if own := new(Failure); errors.As(err, &own) {
		return err
	}
	return r.Client.Explain(err, op)
}

// Refused reports whether err is the server's answer with one of these codes.
func Refused(err error, codes ...string) bool {
	var e minio.ErrorResponse
	if !errors.As(err, &e) {
		return false
	}
	for _, code := range codes {
		if e.Code == code {
			return true
		}
	}
	return false
}

// StatusOf returns the HTTP status of an error; 200 for any other error.
func StatusOf(err error) int {
	var e minio.ErrorResponse
	if errors.As(err, &e) {
		return e.StatusCode
	}
	return http.StatusOK
}

// IsDenied reports whether err says that the user may not do this.
func IsDenied(err error) bool {
	var e *buckets.Error
	return errors.As(err, &e) && e.Kind == buckets.Denied
}
