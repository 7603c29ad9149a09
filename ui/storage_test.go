package ui_test

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app/connection"
	"daypass/ui/uitest"
)

func writeConnection(t *testing.T, file string) {
	t.Helper()
	const text = "version = 1\nname = \"Sandbox\"\nendpoint = \"http://127.0.0.1:9000\"\n\n[login]\nissuer = \"http://127.0.0.1:5556/dex\"\nclient_id = \"daypass\"\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := connection.ReadFile(file); err != nil {
		t.Fatal(err)
	}
}

// The first thing after signing in is the buckets, listed with keys from the agent.
func TestStorage_bucketsAfterSignIn(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	b.core.Set(one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.asked("keys research-lake")
	b.see("8 buckets")
}

// Anyone who signs in next does not see what the one before had on screen.
func TestStorage_droppedWithUser(t *testing.T) {
	ada, eve := uitest.SignedIn(time.Hour), uitest.SignedIn(time.Hour)
	eve.Identity = "eve@example.com"
	b := newBench(t, one(ada))
	b.see("measurements")
	b.core.Set(one(uitest.SignedOut()))
	b.see("Signed out of Research lake")
	b.storage.Hold = make(chan struct{})
	b.core.Set(one(eve))
	b.see("Signed in as eve@example.com  ·  s3.example.com:9000")
	if b.window.FindText("measurements") != nil {
		t.Error("the buckets of the user before are still there")
	}
	close(b.storage.Hold)
	b.see("measurements")
	moved := eve
	moved.Endpoint = "https://elsewhere.example.com"
	b.core.Set(one(moved))
	b.queue.Await(t, "another storage", func() bool { return len(b.storages) == 3 })
	if b.storages[2].Endpoint != moved.Endpoint {
		t.Errorf("the storage is at %q", b.storages[2].Endpoint)
	}
}

// A renewal changes the keys and nothing on screen: the place and what is loaded stay.
func TestStorage_renewalKeepsListing(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.path("s3://measurements/2026/")
	b.see("readings.parquet")
	renewed := uitest.SignedIn(2 * time.Hour)
	renewed.Renewals = 1
	b.core.Set(one(renewed))
	b.see("2 h")
	if b.window.FindText("readings.parquet") == nil || len(b.storages) != 1 {
		t.Error("the renewal loses the place")
	}
}

// top is where something is on screen.
func (b *bench) top(what string) float32 {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(b.see(what)).Y
}

// path types a path and goes there.
func (b *bench) path(text string) {
	b.t.Helper()
	b.press("edit-path")
	b.entry("path").SetText(text)
	b.key(fyne.KeyReturn)
}

func TestPathField_go(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.press("edit-path")
	e := b.entry("path")
	e.SetText("s3://Not A Bucket/")
	b.key(fyne.KeyReturn)
	b.see("“Not A Bucket” cannot be the name of a bucket. It can only contain letters, digits, dots and hyphens.")
	e.SetText("s3://not-a-bucket")
	b.gone("“Not A Bucket” cannot be the name of a bucket. It can only contain letters, digits, dots and hyphens.")
	b.key(fyne.KeyEscape)
	b.gone("Path")
	b.path("s3://empty/")
	b.see("This bucket is empty")
}

func TestBrowserKeys_shortcuts(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.path("s3://measurements/deep/")
	b.see("deep")
	b.see("readings.parquet")
	b.key(fyne.KeyBackspace) // the list has the focus
	b.gone("deep")
	b.key(fyne.KeyBackspace)
	b.see("8 buckets")
	for _, down := range []fyne.KeyName{fyne.KeyDown, fyne.KeyEnd, fyne.KeyHome, fyne.KeyReturn} {
		b.key(down)
	}
	b.see("readings.parquet")
	b.see("archive-2024")
}

func TestStorage_accessDenied(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	b.storage.Err = uitest.Denied()
	b.core.Set(one(uitest.SignedIn(time.Hour)))
	b.see("You may not list the buckets")
	b.press("copy-for-administrator")
	if text := fyne.CurrentApp().Clipboard().Content(); !contains([]string{text}, "s3:ListAllMyBuckets") {
		t.Errorf("copied %q", text)
	}
	b.storage.Err = nil
	b.press("open-name")
	b.entry("path").SetText("s3://measurements")
	b.key(fyne.KeyReturn)
	b.see("readings.parquet")
}

func TestStorage_filterAndSort(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.window.Window().Canvas().Focus(b.entry("filter"))
	b.entry("filter").SetText("re")
	b.see("2 of 8 buckets")
	b.gone("notebooks")
	b.key(fyne.KeyEscape)
	b.see("notebooks")
	b.press("sort:name") // it was by name: turns around
	if b.top("reports") > b.top("archive-2024") {
		t.Error("by name, descending: reports stands below archive-2024")
	}
	b.press("sort:modified")
	if b.top("archive-2024") < b.top("reports") {
		t.Error("by date: the newest stands above the oldest")
	}
}
