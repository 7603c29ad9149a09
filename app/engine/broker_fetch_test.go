package engine

import (
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"

	"daypass/app"
	"daypass/app/broker"
	"daypass/app/broker/clients"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/session"
)

const fetcherID = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// A program with an endpoint of its own is listed with its first request, paused and revoked as others are, and
// gets nothing of another sign-in.
func TestRule33_programCredentialsEndWithSignIn(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		f := clients.Fetcher{ID: fetcherID, Name: "train\n.py"}
		if _, err := b.Fetch(t.Context(), "lake", f); !errors.Is(err, app.ErrNoCredentials) {
			t.Errorf("signed out: %v", err)
		}
		b.signedIn("lake")
		got, err := b.Fetch(t.Context(), "lake", f)
		if err != nil || got.Access.AccessKeyID != "KEY1" || got.Session == "" {
			t.Fatalf("%+v %v", got, err)
		}
		f.Session = got.Session
		if seen, _ := b.Clients(t.Context(), "lake"); len(seen) != 1 || seen[0].Name != "train .py" || !seen[0].Endpoint || seen[0].Fetches != 1 {
			t.Errorf("%+v", seen)
		}
		b.must(b.PauseClient(t.Context(), fetcherID, true))
		if _, err := b.Fetch(t.Context(), "lake", f); !errors.Is(err, app.ErrPaused) {
			t.Errorf("paused: %v", err)
		}
		b.must(b.PauseClient(t.Context(), fetcherID, false))
		b.must(b.SignOut(t.Context(), "lake"))
		b.is("lake", session.SignedOut)
		synctest.Wait()
		b.signedIn("lake")
		other := f
		other.ID = "Z" + fetcherID // as at an agent that was started again in between
		for _, one := range []clients.Fetcher{f, other, {ID: "short"}} {
			if got, err := b.Fetch(t.Context(), "lake", one); !errors.Is(err, app.ErrNoClient) {
				t.Errorf("%s got credentials of another sign-in: %+v %v", one.ID, got, err)
			}
		}
	})
}

// A fetcher joins an agent that was started again.
func TestFetch_joinsRestartedAgent(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.signedIn("lake")
		f := clients.Fetcher{ID: fetcherID, Name: "x", Scope: &limits.Scope{Locations: []location.Location{{Bucket: "data"}}}}
		first, err := b.Fetch(t.Context(), "lake", f)
		b.must(err)
		f.Session = first.Session
		b.Broker = broker.New(brokerSessions{b.Engine}, broker.Options{Log: slog.New(slog.DiscardHandler)}) // it knows nothing of it
		again, err := b.Fetch(t.Context(), "lake", f)
		if err != nil || again.Access.AccessKeyID == first.Access.AccessKeyID {
			t.Errorf("%+v %v", again, err)
		}
		b.must(b.RevokeClient(t.Context(), fetcherID))
		if _, err := b.Fetch(t.Context(), "lake", f); !errors.Is(err, app.ErrNoClient) {
			t.Errorf("revoked: %v", err)
		}
	})
}
