package ui_test

import (
	"strings"
	"testing"
	"time"

	"daypass/app/broker/clients"
	"daypass/ui/uitest"
)

// A key pair is made in the window for a program, limited or not; its secret is copied through the agent and never shown.
func TestRule47_keyPairHeldByAgent(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:gateway")
	b.fill("gateway.program", "restic")
	b.awaitPress("gateway.create")
	b.asked("add-gateway research-lake restic")
	b.see("http://127.0.0.1:40124")
	b.see("DAYPASSEXAMPLE123456")
	b.see("Full access, own key pair")
	b.press("gateway.copy:secret-access-key")
	b.awaitCopy(45*time.Second, func(text string) bool { return text == "hush-secret" })
	b.see("Copied.")
	if shown := string(b.window.Report()); strings.Contains(shown, "hush") {
		t.Error("a secret is on screen")
	}
	if got := clipboardText(); got != "" {
		t.Errorf("the window has %q on the clipboard itself", got)
	}
	b.press("gateway.copy:endpoint")
	b.queue.Await(t, "the endpoint on the clipboard", func() bool { return clipboardText() == "http://127.0.0.1:40124" })
	b.press("revoke:restic")
	b.see("Its key pair stops working immediately, and requests under way end.")
	b.press("confirm.revoke")
	b.asked("revoke 10")
	b.gone("DAYPASSEXAMPLE123456")
}

// The limits of a key pair are those of the form, and another form has another pair.
func TestKeyPair_limits(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:gateway")
	b.press("gateway.limited")
	b.see("Select at least one bucket.")
	b.fill("gateway.location", "measurements/2026/")
	b.press("gateway.write")
	b.awaitPress("gateway.create")
	b.asked("add-gateway research-lake Unnamed program")
	b.see("Read and write: measurements/2026/, own key pair")
	b.see("DAYPASSEXAMPLE123456")
	b.press("gateway.remove:measurements/2026/")
	b.gone("DAYPASSEXAMPLE123456")
}

// Requests and bytes of a program are live, and a sign-out takes the pair off the screen.
func TestKeyPair_trafficAndSignOut(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:gateway")
	b.awaitPress("gateway.create")
	b.see("No requests yet")
	b.core.SetClients([]clients.Client{{ID: "10", Name: "restic", Endpoint: true, Gateway: true, Fetches: 3, LastFetch: uitest.Now, Sent: 5e6, Received: 2000}})
	b.see("3 requests, last today 10:15, 5.0 MB sent, 2.0 kB received")
	b.press("pause:restic")
	b.asked("pause 10")
	b.core.Set(uitest.Snapshot(uitest.SignedOut()))
	b.gone("DAYPASSEXAMPLE123456")
}
