package broker_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/broker"
	"daypass/app/broker/clients"
	"daypass/app/gateway"
	"daypass/app/session"
)

// renewals are sessions whose credentials have expired, and come after a while.
type renewals struct {
	*sessions
	phase session.Phase
	after time.Duration // zero for never
}

func (r *renewals) Snapshot() (app.Snapshot, error) {
	snapshot, err := r.sessions.Snapshot()
	r.set(func() {
		if !r.live {
			snapshot.Sessions[0].Phase = r.phase
		}
	})
	return snapshot, err
}

func (r *renewals) Watch(ctx context.Context) <-chan app.Snapshot {
	out := make(chan app.Snapshot, 2)
	now, _ := r.Snapshot()
	out <- now
	if r.after > 0 {
		time.AfterFunc(r.after, func() {
			r.set(func() { r.live = true })
			next, _ := r.Snapshot()
			out <- next
		})
	}
	return out
}

// A request to the gateway waits for a renewal, up to ten seconds, and for no user.
func TestBroker_gatewayWaitsForRenewal(t *testing.T) {
	tests := map[string]struct {
		phase session.Phase
		after time.Duration
		took  time.Duration
		want  error
	}{
		"renewed":      {session.Expired, 3 * time.Second, 3 * time.Second, nil},
		"too late":     {session.Expired, 11 * time.Second, 10 * time.Second, gateway.ErrRenewing},
		"never":        {session.Renewing, 0, 10 * time.Second, gateway.ErrRenewing},
		"signed out":   {session.SignedOut, time.Second, 0, gateway.ErrSignedOut},
		"sign in":      {session.NeedsSignIn, time.Second, 0, gateway.ErrSignedOut},
		"in a browser": {session.SigningIn, time.Second, 0, gateway.ErrSignedOut},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &renewals{&sessions{}, tt.phase, tt.after}
				b := broker.New(s, broker.Options{Log: slog.New(slog.DiscardHandler)})
				begun := time.Now()
				access, err := broker.GatewayCredentials(t.Context(), b, "lake")
				if !errors.Is(err, tt.want) || time.Since(begun) != tt.took || err == nil && access.AccessKeyID != "KEY" {
					t.Errorf("%+v %v after %v", access, err, time.Since(begun))
				}
				time.Sleep(time.Minute)
			})
		})
	}
}

// A key pair is made only where there are credentials, is listed, and goes with the session.
func TestBroker_gatewayClientGoesWithTheSession(t *testing.T) {
	s := &sessions{}
	b := broker.New(s, broker.Options{Log: slog.New(slog.DiscardHandler)})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); b.Run(ctx) }()
	defer func() { stop(); <-done }()
	add := func() error {
		_, err := b.AddGateway(t.Context(), "lake", clients.NewClient{Name: "kopia", Scope: limitedFetcher().Scope})
		return err
	}
	if err := add(); !errors.Is(err, app.ErrNoCredentials) {
		t.Errorf("signed out: %v", err)
	}
	s.set(func() { s.live = true })
	if err := add(); err != nil {
		t.Fatal(err)
	}
	list, err := b.Clients(t.Context(), "lake")
	if err != nil || len(list) != 1 || !list[0].Gateway || list[0].Scope == nil || b.LimitedClients() != 1 {
		t.Errorf("%+v %v", list, err)
	}
	b.SessionEnded("lake", true)
	if list, err := b.Clients(t.Context(), "lake"); err != nil || len(list) != 0 || b.LimitedClients() != 0 {
		t.Errorf("%+v %v", list, err)
	}
	s.set(func() { s.err = errors.New("refused") })
	if err := add(); err == nil {
		t.Error("a key pair without credentials")
	}
	if list, _ := b.Clients(t.Context(), "lake"); len(list) != 0 {
		t.Errorf("left behind: %+v", list)
	}
}
