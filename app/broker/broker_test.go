package broker_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/broker"
	"daypass/app/broker/clients"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/session"
	"daypass/auth/secret"
)

// sessions has one session, "lake", which is signed in while live is true.
type sessions struct {
	mu        sync.Mutex
	live      bool
	err       error // of Limited
	exchanges int
	waiting   []string
	changed   []string // of KeyPairsChanged
	problems  []app.Problem
}

func (s *sessions) set(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *sessions) Snapshot() (app.Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lake := app.Session{ID: "lake", Name: "Lake", Endpoint: "https://minio.example", Phase: session.SignedOut}
	if s.live {
		lake.Phase, lake.ExpiresAt = session.Active, time.Now().Add(time.Hour)
	}
	return app.Snapshot{Sessions: []app.Session{lake}}, nil
}

func (s *sessions) Watch(ctx context.Context) <-chan app.Snapshot {
	out := make(chan app.Snapshot, 1)
	now, _ := s.Snapshot()
	out <- now
	context.AfterFunc(ctx, func() { close(out) })
	return out
}

func (s *sessions) Credentials(context.Context, string) (app.Credentials, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.live {
		return app.Credentials{}, app.ErrNoCredentials
	}
	return app.Credentials{AccessKeyID: "KEY", SecretAccessKey: secret.New("s"), ExpiresAt: time.Now().Add(time.Hour)}, nil
}

func (s *sessions) RenewNow(context.Context, string) error { return nil }

func (s *sessions) SignInID(context.Context, string) (string, error) { return "mark", nil }

func (s *sessions) Limited(context.Context, string, limits.Scope) (broker.Limited, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.exchanges++
	now := time.Now()
	return broker.Limited{Credentials: app.Credentials{AccessKeyID: "LIMITED", ExpiresAt: now.Add(time.Hour)}, IssuedAt: now}, s.err
}

func (s *sessions) NoteWaiting(_, client string) {
	s.set(func() { s.waiting = append(s.waiting, client) })
}

func (s *sessions) KeyPairsChanged(id string) { s.set(func() { s.changed = append(s.changed, id) }) }

func (s *sessions) ShowProblem(p app.Problem) { s.set(func() { s.problems = append(s.problems, p) }) }

func (s *sessions) Explain(_ string, err error) app.Problem {
	return app.Problem{Code: "explained", Detail: err.Error()}
}

const fetcherID = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func limitedFetcher() clients.Fetcher {
	return clients.Fetcher{ID: fetcherID, Name: "train.py", Scope: &limits.Scope{Locations: []location.Location{{Bucket: "data"}}}}
}

func inBubble(t *testing.T, f func(t *testing.T, b *broker.Broker, s *sessions, stop func())) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &sessions{live: true}
		b := broker.New(s, broker.Options{Log: slog.New(slog.DiscardHandler)})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); b.Run(ctx) }()
		stop := func() { cancel(); <-done }
		defer stop()
		f(t, b, s, stop)
	})
}

func TestBroker_limitedCredentialsAreRenewedUntilTheSessionEnds(t *testing.T) {
	inBubble(t, func(t *testing.T, b *broker.Broker, s *sessions, _ func()) {
		got, err := b.Fetch(t.Context(), "lake", limitedFetcher())
		if err != nil || got.Access.AccessKeyID != "LIMITED" {
			t.Fatalf("%+v %v", got, err)
		}
		time.Sleep(time.Hour)
		s.set(func() {
			if s.exchanges < 2 {
				t.Errorf("%d exchanges within an hour", s.exchanges)
			}
		})
		b.SessionEnded("lake", true)
		synctest.Wait()
		before := 0
		s.set(func() { before = s.exchanges })
		time.Sleep(24 * time.Hour)
		s.set(func() {
			if s.exchanges != before {
				t.Error("renewed after the end of the session")
			}
		})
		if _, err := b.Fetch(t.Context(), "lake", limitedFetcher()); !errors.Is(err, app.ErrNoClient) {
			t.Errorf("a client of the ended session gets %v", err)
		}
	})
}

// A server that fails is asked again with longer and longer pauses, and the client gets what it has until it expires.
func TestBroker_failingRenewalBacksOff(t *testing.T) {
	inBubble(t, func(t *testing.T, b *broker.Broker, s *sessions, _ func()) {
		if _, err := b.Fetch(t.Context(), "lake", limitedFetcher()); err != nil {
			t.Fatal(err)
		}
		s.set(func() { s.err = errors.New("down") })
		time.Sleep(59 * time.Minute)
		if got, err := b.Fetch(t.Context(), "lake", limitedFetcher()); err != nil || got.Access.AccessKeyID != "LIMITED" {
			t.Errorf("%+v %v", got, err)
		}
		s.set(func() {
			if s.exchanges < 10 || s.exchanges > 100 {
				t.Errorf("%d exchanges", s.exchanges)
			}
		})
		time.Sleep(2 * time.Minute)
		if _, err := b.Fetch(t.Context(), "lake", limitedFetcher()); !errors.Is(err, app.ErrNoCredentials) {
			t.Errorf("expired credentials: %v", err)
		}
	})
}

func TestBroker_nothingBeginsAfterItsEnd(t *testing.T) {
	inBubble(t, func(t *testing.T, b *broker.Broker, _ *sessions, stop func()) {
		stop()
		if _, err := b.Fetch(t.Context(), "lake", limitedFetcher()); !errors.Is(err, app.ErrStopped) {
			t.Errorf("%v", err)
		}
		if b.LimitedClients() != 0 {
			t.Error("credentials are renewed for a client")
		}
	})
}

func TestBroker_unservedClientIsNotedAsWaiting(t *testing.T) {
	inBubble(t, func(t *testing.T, b *broker.Broker, s *sessions, _ func()) {
		s.set(func() { s.live = false })
		if _, err := b.ToolCredentials(t.Context(), "LAKE", "aws"); !errors.Is(err, app.ErrNoCredentials) {
			t.Errorf("%v", err)
		}
		s.set(func() {
			if !slices.Equal(s.waiting, []string{"aws"}) {
				t.Errorf("waiting: %v", s.waiting)
			}
		})
	})
}

// What the broker does not know has the words of the sessions' side.
func TestBroker_otherErrorsAreExplained(t *testing.T) {
	inBubble(t, func(t *testing.T, b *broker.Broker, s *sessions, _ func()) {
		s.set(func() { s.err = errors.New("refused") })
		_, err := b.AddClient(t.Context(), "lake", clients.NewClient{Name: "x", Scope: limitedFetcher().Scope})
		failed, ok := errors.AsType[*app.HandoverError](err)
		if !ok || failed.Problem.Code != "explained" {
			t.Errorf("%v", err)
		}
		if remaining, err := b.Clients(t.Context(), "lake"); err != nil || len(remaining) != 0 {
			t.Errorf("%+v %v", remaining, err)
		}
	})
}
