package vault_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"daypass/app/vault"
	"daypass/auth/secret"
)

// TestMain makes this program the child of a Process too: "child" is the real one, and the others
// answer as the test says.
func TestMain(m *testing.M) {
	if len(os.Args) < 3 || os.Args[1] != "keyring-child" {
		os.Exit(m.Run())
	}
	switch how := os.Args[2]; how {
	case "real":
		if err := vault.ServeKeyring(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
	case "hang":
		time.Sleep(time.Hour)
	case "crash":
		panic("as libraries do")
	default:
		fmt.Println(how)
	}
}

func child(how string) vault.Process {
	return vault.Process{Command: []string{os.Args[0], "keyring-child", how}}
}

// Every failure of the keyring has a name.
func TestRule23_everyKeyringFailureHasName(t *testing.T) {
	for name, want := range map[string]error{
		"not-found": vault.ErrNotFound, "locked": vault.ErrLocked, "absent": vault.ErrAbsent, "timed-out": vault.ErrTimedOut,
		"too-big": vault.ErrTooBig, "unknown": vault.ErrUnknown,
	} {
		if _, err := child(`{"failure":"`+name+`"}`).Get(t.Context(), "vault"); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, how := range []string{`{"text":"no idea"}`, `{"failure":"of the future"}`, "no JSON", "crash"} {
		_, err := child(how).Get(t.Context(), "vault")
		if err == nil || errors.Is(err, vault.ErrNotFound) {
			t.Errorf("%s: %v", how, err)
		}
	}
	got, err := child(`{"value":"abc"}`).Get(t.Context(), "vault")
	if err != nil || got.Reveal() != "abc" {
		t.Errorf("%q, %v", got.Reveal(), err)
	}
}

// A keyring that hangs is abandoned.
func TestRule23_abandonsHangingKeyring(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := child("hang").Set(ctx, "vault", secret.New("abc")); !errors.Is(err, vault.ErrTimedOut) {
		t.Fatal(err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if err := child("hang").Probe(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// Without a session bus there is no keyring.
func TestRule23_noKeyringWithoutSessionBus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	p := child("real")
	for _, err := range []error{p.Probe(t.Context()), p.Set(t.Context(), "vault", secret.New("abc"))} {
		if !errors.Is(err, vault.ErrAbsent) {
			t.Error(err)
		}
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/gone")
	if _, err := p.Get(t.Context(), "vault"); !errors.Is(err, vault.ErrAbsent) {
		t.Error(err)
	}
	if err := p.Probe(t.Context()); !errors.Is(err, vault.ErrAbsent) {
		t.Error(err)
	}
}

// Input that is not a request is refused.
func TestServeKeyring_refusesOtherInput(t *testing.T) {
	var out strings.Builder
	if err := vault.ServeKeyring(strings.NewReader("hello"), &out); err == nil || out.Len() != 0 {
		t.Errorf("%v, %q", err, out.String())
	}
}
