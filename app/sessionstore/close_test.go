package sessionstore_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"time"

	"daypass/app/sessionstore"
	"daypass/app/vault"
	"daypass/auth/secret"
)

// ring is a keyring in memory.
type ring struct {
	mu    sync.Mutex
	items map[string]secret.Secret
}

func (*ring) Probe(context.Context) error { return nil }

func (*ring) Changes(context.Context) <-chan struct{} { return nil }

func (r *ring) Get(_ context.Context, account string) (secret.Secret, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if value, there := r.items[account]; there {
		return value, nil
	}
	return secret.Secret{}, vault.ErrNotFound
}

func (r *ring) Set(_ context.Context, account string, value secret.Secret) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items[account] = value
	return nil
}

// What is to be stored at the moment in which the program ends is stored, also where it would be the first.
func TestStore_storesWhatComesLast(t *testing.T) {
	for range 20 { // which of the two the store sees first is chance
		dir, keys := t.TempDir(), &ring{items: map[string]secret.Secret{}}
		store := sessionstore.New(vault.New(dir, keys, "vault"), slog.New(slog.DiscardHandler), sessionstore.Events{
			Restored: func(map[string]json.RawMessage) {}, Ready: func() {}, Changed: func(sessionstore.Status) {},
		})
		store.Put(sessionstore.Request{ID: "lake", Entry: json.RawMessage(`{"stored_at":"2026-03-02T09:00:00Z"}`), At: time.Now()})
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		store.Run(ctx)
		next := vault.New(dir, keys, "vault")
		if err := next.Open(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		if _, stored := next.Entries()["lake"]; !stored {
			t.Error("it is not stored")
		}
		_ = next.Close()
	}
}
