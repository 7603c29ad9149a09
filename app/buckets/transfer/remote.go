package transfer

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
)

// remote is a server of one attempt.
type remote struct {
	client *buckets.Client
	core   *minio.Core
	keys   *keyring
	bucket string
	slots  chan struct{}
}

// openRemote makes the server of a place ready, with the keys of who was signed in there when the transfer was
// asked for.
func (j *job) openRemote(ctx context.Context, at app.TransferPlace) (*remote, error) {
	owner := j.record.Owner
	if to := j.record.Request.To; to != nil && to.Connection == at.Connection {
		owner = j.record.ToOwner
	}
	keys, err := newKeyring(ctx, j.e.sessions, at.Connection, owner)
	if err != nil {
		return nil, err
	}
	client, err := keys.open(j.e.learnedOf(keys.def.Endpoint))
	if err != nil {
		return nil, err
	}
	return &remote{client: client, core: client.Core(), keys: keys, bucket: at.Bucket, slots: j.e.slots}, nil
}

// learnedOf returns what was learned of a server. It is kept for as long as the engine lives.
func (e *Engine) learnedOf(endpoint string) *buckets.Learned {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.learned[endpoint] == nil {
		e.learned[endpoint] = new(buckets.Learned)
	}
	return e.learned[endpoint]
}

func (r *remote) close() { r.client.Close() }

// once makes one try when there is room for another request.
func (r *remote) once(ctx context.Context, try func(context.Context) error) error {
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
		return try(ctx)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// explain puts an error of the server, the network or the keys into words. What is wrong on this
// computer, and what this package says itself, stays as it is.
func (r *remote) explain(err error, act buckets.Act) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path), errors.As(err, &link), errors.Is(err, errDamaged), errors.Is(err, errStalled):
		return err
	case errors.Is(err, errOtherPerson), errors.Is(err, errOtherServer):
		return err
	}
	if own := new(failure); errors.As(err, &own) {
		return err
	}
	return r.client.Explain(err, act)
}

// refused reports whether err is the server's word with one of these codes.
func refused(err error, codes ...string) bool {
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
