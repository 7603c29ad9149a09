package transfer

import (
	"context"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/flow"
	"daypass/app/buckets/transfer/remote"
)

// openRemote makes the bucket of a location ready, with the credentials of who was signed in there when the transfer
// was requested.
func (j *job) openRemote(ctx context.Context, at app.TransferTarget) (*remote.Bucket, error) {
	owner := j.record.Owner
	if to := j.record.Request.To; to != nil && to.Connection == at.Connection {
		owner = j.record.ToOwner
	}
	a := remote.Access{
		Sessions: j.e.sessions, Learned: j.e.learnedOf, Flow: j.e.flowOf, Bandwidth: j.e.bandwidth,
		Waits: func(why error) func() { return j.waits(problemOf(why)) },
	}
	return a.Open(ctx, at, owner)
}

// flowOf returns what bounds the requests to a server. It is kept for as long as the engine runs.
func (e *Engine) flowOf(endpoint string) *flow.Server {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.flows[endpoint] == nil {
		e.flows[endpoint] = flow.NewServer(e.maxRequests)
	}
	return e.flows[endpoint]
}

// learnedOf returns what was learned of a server. It is kept for as long as the engine runs.
func (e *Engine) learnedOf(endpoint string) *buckets.Learned {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.learned[endpoint] == nil {
		e.learned[endpoint] = new(buckets.Learned)
	}
	return e.learned[endpoint]
}
