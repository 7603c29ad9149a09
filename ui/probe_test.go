package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/ui"
	"daypass/ui/uitest"
)

func withProber(o *ui.Options) { o.Prober, o.Selected = uitest.Prober{}, "" }

// From an address of a console to the filled form: the host that the console names is asked once the user says so (rule 56).
func TestProbe_fromAddressToForm(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1}, withProber)
	b.entry("address").SetText("minio.example:9001")
	b.press("check-address")
	b.see("This is an S3 server: MinIO and AIStor.")
	b.see("login.example is on another site than the server, and was not contacted.")
	b.press("probe.allow")
	b.see("The issuer is https://login.example. It offers PKCE, PAR, DPoP.")
	b.press("probe.continue")
	for field, want := range map[string]string{
		"name": "minio.example", "endpoint": "https://minio.example:9000", "login.issuer": "https://login.example", "login.client_id": "minio-console",
	} {
		if got := b.entry(field).Text; got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	b.press("form.save")
	b.asked("save minio.example")
}

// What is not found can be entered, and the address that was typed is kept.
func TestProbe_nothingFound(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1}, withProber)
	b.entry("address").SetText("nothing.example")
	b.key(fyne.KeyReturn)
	b.see("There is no host named nothing.example.")
	b.press("probe.continue")
	if got := b.entry("endpoint").Text; got != "https://nothing.example" {
		t.Errorf("the address is %q", got)
	}
}

// Escape ends a probe that takes long, and the next one is a new one.
func TestProbe_canceled(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1}, withProber)
	b.entry("address").SetText("slow.example")
	b.press("check-address")
	b.see("Checking without credentials. No browser opens.")
	b.key(fyne.KeyEscape)
	b.see("Start with an address")
	b.entry("address").SetText("nothing.example")
	b.press("check-address")
	b.see("There is no host named nothing.example.")
}

// A connection is tested before it is saved, and after.
func TestProbe_testOfConnection(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1}, withProber)
	b.press("enter-address")
	b.entry("endpoint").SetText("http://minio.example")
	b.press("form.test")
	b.keyboardAt("endpoint")
	b.entry("endpoint").SetText("https://minio.example:9000")
	b.press("form.test")
	b.see("A sign-in would not work like this.")
	b.press("probe.close")

	b = newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.Prober = uitest.Prober{} })
	b.press("connection-menu")
	b.press("connection.test")
	b.see("Test of Research lake")
	b.press("probe.close")
}

// A company's domain leads to the connection that it publishes, which is shown for review as a file is (rule 37).
func TestProbe_rule37_invitationIsReviewed(t *testing.T) {
	b := newBench(t, app.Snapshot{Revision: 1}, withProber)
	b.entry("address").SetText("company.example")
	b.press("check-address")
	b.see("Your company publishes this connection. Nothing that it names was contacted: review it before you add it.")
	b.press("probe.continue")
	b.see("Review before adding")
	if contains(b.core.Calls(), "save") {
		t.Error("it was added unseen")
	}
}
