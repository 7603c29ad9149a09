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
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/flow"
)

// Bucket is a bucket as one attempt reaches it.
type Bucket struct {
	Client      *buckets.Client
	Core        *minio.Core
	credentials *credentialSource
	// Name is the bucket's.
	Name      string
	flow      *flow.Server
	bandwidth *flow.Bandwidth
	waits     func(why error) (over func())
}

// Access is how one attempt reaches buckets.
type Access struct {
	Sessions app.Sessions
	// Learned returns what was learned of a server, by its endpoint.
	Learned func(endpoint string) *buckets.Learned
	// Flow returns what bounds the requests to a server, by its endpoint.
	Flow func(endpoint string) *flow.Server
	// Bandwidth bounds the bytes of all transfers together.
	Bandwidth *flow.Bandwidth
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
	return &Bucket{
		Client: client, Core: client.Core(), credentials: source, Name: at.Bucket,
		flow: a.Flow(source.def.Endpoint), bandwidth: a.Bandwidth, waits: a.Waits,
	}, nil
}

// Close lets go of the connections to the server.
func (r *Bucket) Close() { r.Client.Close() }

// AtOnce returns how many requests the server may have at once now.
func (r *Bucket) AtOnce() int { return r.flow.Limit() }

const (
	// partsNear is how many parts of one object are on their way at once, and partsFar how many at most on a long line:
	// between two parts a connection carries nothing for a round trip, which the others make up for.
	partsNear, partsFar = 4, 16
	// roundTripAPart is for how much of a round trip there is one more.
	roundTripAPart = 5 * time.Millisecond
)

// PartsAtOnce returns how many parts of one object are on their way at once.
func (r *Bucket) PartsAtOnce() int {
	roundTrip := r.flow.RoundTrip()
	if roundTrip < flow.Far {
		return partsNear
	}
	return int(min(partsNear+roundTrip/roundTripAPart, partsFar))
}

// once makes one try when there is room for another request.
func (r *Bucket) once(ctx context.Context, op buckets.Operation, try func(context.Context) error) error {
	return r.flow.Do(ctx, flow.Request{Do: try, Waits: r.waits, Outcome: func(err error) flow.Outcome {
		switch status := StatusOf(err); {
		case err == nil:
			return flow.Succeeded
		case status == http.StatusServiceUnavailable, status == http.StatusTooManyRequests:
			r.flow.Pause(r.Client.RetryAfter(), r.explain(err, op))
			return flow.Busy
		}
		return flow.Failed
	}})
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
