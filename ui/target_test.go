package ui_test

import (
	"testing"
	"time"

	"daypass/app"
	"daypass/ui"
	"daypass/ui/uitest"
)

// A link shows its connection for review, and adds nothing (rule 37): in a window that opens with it, and in one that is
// open.
func TestTarget_rule37_linkIsReviewed(t *testing.T) {
	link := uitest.Definition("lake").Link()
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.Target = app.WindowTarget{Import: link} })
	b.see("Review before adding")
	if contains(b.core.Calls(), "save") {
		t.Error("it was added unseen")
	}

	b = newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.core.Raise(app.WindowTarget{Import: link})
	b.see("Review before adding")
	if b.focused != 1 || contains(b.core.Calls(), "save") {
		t.Errorf("brought to the front %d times, %q", b.focused, b.core.Calls())
	}
	b.core.Raise(app.WindowTarget{Import: "daypass://connection/broken"})
	b.see("Cannot import file")
}

// A file of a connection that is opened is reviewed too.
func TestTarget_fileIsReviewed(t *testing.T) {
	file := t.TempDir() + "/lake.daypass"
	writeConnection(t, file)
	b := newBench(t, app.Snapshot{Revision: 1}, func(o *ui.Options) { o.Target = app.WindowTarget{Import: file} })
	b.see("Review before adding")
}

// A place is shown once its storage is opened, or at once.
func TestTarget_location(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) {
		o.Target = app.WindowTarget{Connection: "research-lake", Location: "s3://empty/"}
	})
	b.see("This bucket is empty")
	b.core.Raise(app.WindowTarget{Connection: "research-lake", Location: "s3://measurements/"})
	b.see("readings.parquet")
}
