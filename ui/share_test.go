package ui_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app/session"
	"daypass/ui/uitest"
)

func shareSheet(t *testing.T) *bench {
	t.Helper()
	b := atFolder(t, &chooser{})
	b.click("readings.parquet", 0)
	b.press("share")
	return b
}

// The sheet tells when the link really ends: with the keys, where those end first.
func TestShare_realExpiry(t *testing.T) {
	b := shareSheet(t)
	b.did("share measurements 2026/readings.parquet  1h0m0s")
	b.see("Expires today 10:57, in 42 min")
	b.see("The link expires with the credentials that signed it. Renew them first to get a link that is valid longer.")
	b.press("share.lifetime")
	b.press("share.lifetime:15m0s")
	b.see("Expires today 10:30, in 15 min")
	b.gone("Renew first")
}

func TestShare_copy(t *testing.T) {
	b := shareSheet(t)
	b.see("Expires today 10:57, in 42 min")
	b.press("share.copy-link")
	b.awaitCopy(42*time.Minute, func(text string) bool {
		return strings.HasPrefix(text, "https://s3.example.com:9000/measurements/2026/readings.parquet?X-Amz-")
	})
	b.see("Copied. The link stays on the clipboard until it expires.")
	b.press("share.copy-curl")
	b.awaitCopy(42*time.Minute, func(text string) bool {
		return strings.HasPrefix(text, "curl --fail --output 'readings.parquet' 'https://")
	})
	b.press("share.show-qr")
	b.see("QR code of the link")
}

// “Renew first” asks for new keys and makes the link again when they are there.
func TestShare_renewFirst(t *testing.T) {
	b := shareSheet(t)
	b.press("share.renew")
	b.asked("renew research-lake")
	b.see("Waiting for new credentials")
	longer := uitest.SignedIn(2 * time.Hour)
	b.core.Set(one(longer))
	b.see("Expires today 10:57, in 42 min")
}

// Keys that have just come are left to age before newer ones are asked for, which nobody would give.
func TestShare_renewsFreshCredentialsLater(t *testing.T) {
	fresh := uitest.SignedIn(time.Hour) // issued now
	b := newBench(t, one(fresh))
	b.see("measurements")
	b.path("s3://measurements/2026/")
	b.click("readings.parquet", 0)
	b.press("share")
	now := time.Now()
	b.press("share.renew")
	b.see("Waiting for new credentials")
	b.asked("renew research-lake")
	if waited := time.Since(now); waited < session.FreshEnough {
		t.Errorf("asked after %s", waited)
	}
	newer := fresh
	newer.IssuedAt = fresh.IssuedAt.Add(10 * time.Second) // and they live no longer
	b.core.Set(one(newer))
	b.see("Expires today 10:57, in 42 min")
}

func TestShare_refused(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.storage.FailAt("share", uitest.NotAllowed("share"))
	b.click("readings.parquet", 0)
	b.press("share")
	b.see("You may not share. s3.example.com does not allow you to share in this bucket.")
	if d := b.control("share.copy-link").(fyne.Disableable); !d.Disabled() {
		t.Error("there is nothing to copy")
	}
}
