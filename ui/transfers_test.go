package ui_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"daypass/app"
	"daypass/ui"
	"daypass/ui/uitest"
)

// chooser answers at once with what the test wants.
type chooser struct {
	files  []string
	folder string
}

func (c *chooser) Files(done func([]string))             { done(c.files) }
func (c *chooser) Folder(_, _ string, done func(string)) { done(c.folder) }

// atFolder is a bench whose window shows measurements/2026/.
func atFolder(t *testing.T, c *chooser) *bench {
	t.Helper()
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.Chooser = c })
	b.see("measurements")
	b.press("edit-path")
	b.entry("path").SetText("s3://measurements/2026/")
	b.key(fyne.KeyReturn)
	b.see("README.md")
	return b
}

// click clicks a row with keys held.
func (b *bench) click(name string, held fyne.KeyModifier) {
	b.t.Helper()
	b.see(name)
	row := b.window.FindRow(name)
	row.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: held})
	test.Tap(row.(fyne.Tappable))
	b.queue.Drain()
}

// started waits for the transfers that were asked for.
func (b *bench) started() app.TransferRequest {
	b.t.Helper()
	b.queue.Await(b.t, "a transfer", func() bool { return len(b.core.Started()) > 0 })
	return b.core.Started()[0]
}

func TestUpload_byButton(t *testing.T) {
	b := atFolder(t, &chooser{files: []string{"/home/ada/a.csv", "/home/ada/b.csv"}})
	b.press("upload-menu")
	b.press("menu.upload")
	got := b.started()
	if got.Direction != app.Upload || got.Bucket != "measurements" || got.Prefix != "2026/" || !slices.Equal(got.Paths, []string{"/home/ada/a.csv", "/home/ada/b.csv"}) || got.Conflicts != app.Ask {
		t.Errorf("%+v", got)
	}
}

func TestUpload_byDropping(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.window.Drop([]fyne.URI{storage.NewFileURI("/home/ada/My files"), storage.NewFileURI("/home/ada/100%.csv")})
	if got := b.started(); !slices.Equal(got.Paths, []string{"/home/ada/My files", "/home/ada/100%.csv"}) {
		t.Errorf("%q", got.Paths)
	}
}

// Files that are dropped on the list of buckets need a bucket.
func TestDrop_onBucketsAsksForOne(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.window.Drop([]fyne.URI{storage.NewFileURI("/home/ada/a.csv")})
	b.see("Open a bucket first")
	if len(b.core.Started()) != 0 {
		t.Error("something was uploaded")
	}
}

func TestDownload_selection(t *testing.T) {
	b := atFolder(t, &chooser{folder: "/home/ada/Downloads"})
	b.click("README.md", 0)
	b.click("2024", fyne.KeyModifierShortcutDefault)
	b.see("2 selected")
	b.press("download")
	got := b.started()
	want := []app.TransferObject{{Key: "2026/2024/"}, {Key: "2026/README.md", Size: 2100}}
	if got.Direction != app.Download || got.Folder != "/home/ada/Downloads" || !slices.Equal(got.Objects, want) || got.Validate() != nil {
		t.Errorf("%+v %v", got, got.Validate())
	}
}

// Everything of a folder is one request for the folder, however long its listing is.
func TestDownload_wholeFolder(t *testing.T) {
	b := atFolder(t, &chooser{folder: "/home/ada/Downloads"})
	b.press("more")
	b.press("menu.select-all")
	b.see("14 selected")
	b.press("download")
	if got := b.started(); !slices.Equal(got.Objects, []app.TransferObject{{Key: "2026/"}}) {
		t.Errorf("%+v", got.Objects)
	}
}

func TestDownload_bucket(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.Chooser = &chooser{folder: "/tmp"} })
	b.click("measurements", 0)
	b.press("download")
	if got := b.started(); got.Bucket != "measurements" || got.Prefix != "" || !slices.Equal(got.Objects, []app.TransferObject{{}}) || got.Validate() != nil {
		t.Errorf("%+v", got)
	}
}

// Shift and the arrow keys extend the selection.
func TestSelectionKeys_extend(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.click("README.md", 0)
	list := b.window.Window().Canvas().Focused().(desktop.Keyable)
	list.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	b.key(fyne.KeyDown)
	b.key(fyne.KeyDown)
	b.see("3 selected, 3.8 MB")
	list.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	b.key(fyne.KeyDown)
	b.see("1 selected, 1.2 MB")
	b.key(fyne.KeyEscape)
	b.gone("1 selected, 1.2 MB")
}

// What the filter hides is no longer selected.
func TestFilter_deselectsHiddenRows(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.click("README.md", 0)
	b.entry("filter").SetText("station")
	b.gone("1 selected, 2.1 kB")
	b.entry("filter").SetText("")
	b.see("README.md")
	b.gone("1 selected, 2.1 kB")
}

// Transfers are shown, and can be paused, resumed and canceled.
func TestTransfers_pauseAndCancel(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.core.SetTransfers(uitest.Transfers())
	b.see("simulation-runs and 4 more transfers")
	b.press("transfers.fold")
	b.see("7.6 MB of 12.4 MB")
	b.press("transfer.pause:1")
	b.asked("pause-transfer 1")
	b.press("transfers.clear")
	b.asked("clear-transfers")
	b.press("transfers.fold")
	b.gone("7.6 MB of 12.4 MB")
	failed := uitest.Transfers()
	failed.Transfers = failed.Transfers[2:3]
	b.core.SetTransfers(failed)
	b.press("transfers.retry")
	b.asked("resume-transfer 3")
	b.press("transfers.fold")
	b.press("transfer.why:3")
	b.see("2 of 120 files failed")
	b.see("It cannot be read. You have no permission to read this file.")
	b.key(fyne.KeyEscape)
	b.core.SetTransfers(app.TransferList{Revision: 9})
	b.gone("Show all transfers")
}

// Transfers that an agent had belong to it: those of the next agent take their place, even where there are none.
func TestTransfers_ofEarlierAgent(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.core.SetTransfers(uitest.Transfers())
	b.see("simulation-runs and 4 more transfers")
	b.refuse(errNoAgent)
	b.core.Stop()
	b.see("Agent stopped")
	b.core.SetTransfers(app.TransferList{})
	b.refuse(nil)
	b.press("retry")
	b.see("README.md")
	b.gone("simulation-runs and 4 more transfers")
}

// A conflict is asked by itself once; put off, it waits for the user.
func TestConflict_askedOnce(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.core.SetTransfers(uitest.Asking())
	b.see("“README.md” already exists")
	b.key(fyne.KeyEscape)
	b.gone("“README.md” already exists")
	again := uitest.Asking()
	again.Revision++
	b.core.SetTransfers(again)
	b.press("transfers.ask")
	b.press("conflict.for-all")
	b.press("conflict.keep-both")
	b.asked("answer 1")
	if got := b.core.Answers(); !slices.Equal(got, []app.ConflictAnswer{{Question: "q1", Choice: app.KeepBoth, ForAll: true}}) {
		t.Errorf("%+v", got)
	}
}

// A question that is answered elsewhere goes away by itself.
func TestConflict_answeredElsewhere(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.core.SetTransfers(uitest.Asking())
	b.see("“README.md” already exists")
	b.core.SetTransfers(app.TransferList{Revision: 2, Transfers: []app.Transfer{uitest.Moving()}})
	b.gone("“README.md” already exists")
}

// An upload that has ended shows in the listing without being asked for.
func TestUpload_refreshesListing(t *testing.T) {
	b := atFolder(t, &chooser{})
	up := uitest.Moving()
	up.Direction = app.Upload
	b.core.SetTransfers(app.TransferList{Revision: 1, Transfers: []app.Transfer{up}, Total: up.Progress})
	b.see("61 %")
	n := b.storage.Asked()
	up.Phase, up.Done = app.TransferDone, 1
	b.core.SetTransfers(app.TransferList{Revision: 2, Transfers: []app.Transfer{up}})
	b.queue.Await(t, "another listing", func() bool { return b.storage.Asked() > n })
}

// A bucket that takes no uploads is not offered for them again.
func TestUpload_deniedIsDisabled(t *testing.T) {
	b := atFolder(t, &chooser{})
	up := uitest.Moving()
	up.Direction = app.Upload
	b.core.SetTransfers(app.TransferList{Revision: 1, Transfers: []app.Transfer{up}, Total: up.Progress})
	b.see("61 %")
	up.Phase, up.Failed = app.TransferFailed, 1
	up.Failures = []app.FileFailure{{Name: "a", Problem: app.Problem{Code: "storage-denied", Title: "You may not do this", Detail: "Not here."}}}
	b.core.SetTransfers(app.TransferList{Revision: 2, Transfers: []app.Transfer{up}})
	b.see("You may not do this")
	b.click("README.md", 0)
	if d := b.control("upload-menu").(fyne.Disableable); !d.Disabled() {
		t.Error("uploading is still offered")
	}
}

func TestShortcutsSheet_opens(t *testing.T) {
	b := newBench(t, one(uitest.SignedOut()))
	b.see("Sign in")
	b.window.Window().Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
	b.see("Keyboard shortcuts")
	b.see("Ctrl+Shift+F")
}

// Where the desktop has no dialogs, the toolkit's own ones ask.
func TestFileDialog_toolkitFallback(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	for _, button := range []string{"menu.upload", "menu.upload-folder", "download"} {
		t.Run(button, func(t *testing.T) {
			b := newBench(t, one(uitest.SignedIn(time.Hour)))
			b.see("measurements")
			b.press("edit-path")
			b.entry("path").SetText("s3://measurements/2026/")
			b.key(fyne.KeyReturn)
			b.click("README.md", 0)
			if button != "download" {
				b.press("upload-menu")
			}
			b.press(button)
			b.queue.Await(t, "a dialog", func() bool { return b.window.Window().Canvas().Overlays().Top() != nil })
		})
	}
}
