package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"daypass/app/connection"
	"daypass/app/vault"
	"daypass/auth"
	"daypass/auth/secret"
)

// confidential is the definition of the lake with a client secret.
func confidential() connection.Definition {
	def := definition("Lake")
	def.ID = "lake"
	def.Provider.ClientSecret = secret.New("of-the-client")
	return def
}

// given notes the client secrets that sessions work with, the latest last.
func (h *home) given() func() string {
	var latest string
	h.build = func(def connection.Definition, save auth.SaveFunc) (dependencies, error) {
		h.w.set(func() { latest = def.Provider.ClientSecret.Reveal() })
		return h.w.build(def, save)
	}
	return func() (now string) {
		synctest.Wait()
		h.w.set(func() { now = latest })
		return now
	}
}

func (h *home) connectionFile() string { return filepath.Join(h.dir, "connections", "lake.daypass") }

// A client secret is kept in the vault and in no file, and comes back after a restart (security rule 59).
func TestRule59_clientSecretInVault(t *testing.T) {
	atHome(t, nil, func(h *home) {
		given := h.given()
		h.run(func(b *bench) {
			if _, err := b.SaveConnection(h.t.Context(), confidential()); err != nil {
				h.t.Fatal(err)
			}
			if given() != "of-the-client" {
				h.t.Error("it is not used")
			}
		})
		for _, file := range []string{h.connectionFile(), h.file()} {
			if data, err := os.ReadFile(file); err != nil || strings.Contains(string(data), "of-the-client") {
				h.t.Errorf("%s: %v, or it has the client secret", file, err)
			}
		}
		h.run(func(b *bench) {
			if given() != "of-the-client" {
				h.t.Error("it is lost in the restart")
			}
			def, err := b.Connection(h.t.Context(), "lake")
			if err != nil || def.Provider.ClientSecret.Reveal() != "of-the-client" {
				h.t.Errorf("it is not told: %v", err)
			}
			def.Provider.ClientSecret = secret.Secret{}
			_, err = b.SaveConnection(h.t.Context(), def)
			b.must(err)
		})
		h.run(func(*bench) {
			if given() != "" {
				h.t.Error("it is back after its removal")
			}
		})
	})
}

// A stored client secret goes to no other provider (security rule 59).
func TestRule59_clientSecretForItsProvider(t *testing.T) {
	atHome(t, nil, func(h *home) {
		given := h.given()
		h.run(func(b *bench) {
			_, err := b.SaveConnection(h.t.Context(), confidential())
			b.must(err)
		})
		data, err := os.ReadFile(h.connectionFile())
		if err != nil {
			h.t.Fatal(err)
		}
		moved := confidential().Shared()
		moved.Provider.Issuer = "https://elsewhere.example"
		if err := os.WriteFile(h.connectionFile(), moved.Format(), 0o600); err != nil {
			h.t.Fatal(err)
		}
		h.run(func(*bench) {
			if given() != "" {
				h.t.Error("another provider gets it")
			}
		})
		if err := os.WriteFile(h.connectionFile(), data, 0o600); err != nil {
			h.t.Fatal(err)
		}
		h.run(func(*bench) {
			if given() != "" {
				h.t.Error("it is still stored")
			}
		})
	})
}

// A client secret that somebody wrote in the file is used, and goes to the vault when the connection is saved.
func TestClientSecret_inFile(t *testing.T) {
	atHome(t, nil, func(h *home) {
		given := h.given()
		if err := os.WriteFile(h.connectionFile(), confidential().Format(), 0o600); err != nil {
			h.t.Fatal(err)
		}
		h.run(func(b *bench) {
			if given() != "of-the-client" {
				h.t.Error("it is not used")
			}
			before := b.signIn()
			def, err := b.Connection(h.t.Context(), "lake")
			b.must(err)
			_, err = b.SaveConnection(h.t.Context(), def)
			b.must(err)
			if after := b.session("lake"); after.Phase != before.Phase {
				h.t.Errorf("saved without a change, the session is %v", after.Phase)
			}
		})
		if data, err := os.ReadFile(h.connectionFile()); err != nil || strings.Contains(string(data), "of-the-client") {
			h.t.Errorf("%v, or it is still in the file", err)
		}
		h.run(func(b *bench) {
			if given() != "of-the-client" || b.session("lake").Identity == "" {
				h.t.Error("it is lost, or the session")
			}
		})
	})
}

// With the connection its client secret is gone.
func TestClientSecret_removedWithConnection(t *testing.T) {
	atHome(t, nil, func(h *home) {
		given := h.given()
		h.run(func(b *bench) {
			_, err := b.SaveConnection(h.t.Context(), confidential())
			b.must(err)
			b.must(b.RemoveConnection(h.t.Context(), "lake"))
		})
		if err := os.WriteFile(h.connectionFile(), confidential().Shared().Format(), 0o600); err != nil {
			h.t.Fatal(err)
		}
		h.run(func(*bench) {
			if given() != "" {
				h.t.Error("it is still stored")
			}
		})
	})
}

// Where it cannot be stored, a client secret is used until Daypass ends, and the user is told.
func TestClientSecret_withoutKeyring(t *testing.T) {
	atHome(t, nil, func(h *home) {
		given := h.given()
		h.r.set(vault.ErrAbsent)
		h.run(func(b *bench) {
			_, err := b.SaveConnection(h.t.Context(), confidential())
			b.must(err)
			if given() != "of-the-client" || b.tells("client-secret-not-stored") == nil {
				h.t.Error("it is not used, or nobody is told")
			}
		})
	})
}
