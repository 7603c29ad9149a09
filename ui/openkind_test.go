package ui_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/ui"
	"daypass/ui/uitest"
)

// openBench shows the folder of README.md; the file's program writes down what it is given.
func openBench(t *testing.T) (*bench, *shower) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	s := &shower{}
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.OpenFile = s.open })
	b.see("measurements")
	b.path("s3://measurements/2026/")
	return b, s
}

// arrives has the download of README.md end with some content.
func (b *bench) arrives(content string) {
	b.t.Helper()
	b.click("README.md", 0)
	b.key(fyne.KeyReturn)
	path := filepath.Join(b.started().Folder, "README.md")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		b.t.Fatal(err)
	}
	done := uitest.Moving()
	done.ID, done.Phase, done.Path = "transfer-1", app.TransferDone, path
	b.core.SetTransfers(app.TransferList{Revision: 1, Transfers: []app.Transfer{done}})
}

// A file whose content is a program is not started, whatever it is called.
func TestRule34_disguisedProgramIsNotOpened(t *testing.T) {
	b, s := openBench(t)
	b.arrives("#!/bin/sh\n")
	b.see("Script not opened")
	b.see("Despite its name, “README.md” is a script. Opening it could run it. Daypass does not open such files from the storage. Download the file if you trust its source.")
	b.press("close")
	if len(s.shown()) != 0 {
		t.Errorf("shown %q", s.shown())
	}
}

// One that can bring scripts is asked about, and opened by a yes alone.
func TestRule34_disguisedPageIsAskedAbout(t *testing.T) {
	b, s := openBench(t)
	b.arrives("<html>")
	b.see("Open a web page?")
	if len(s.shown()) != 0 {
		t.Errorf("shown before the answer: %q", s.shown())
	}
	b.press("confirm.open")
	b.queue.Await(t, "the program", func() bool { return len(s.shown()) == 1 })
}

// By its name a file is asked about before it is fetched.
func TestRule34_askedAboutByName(t *testing.T) {
	for name, title := range map[string]string{
		"setup.EXE.": "Program not opened", "deploy.sh": "Script not opened", "a.desktop": "Shortcut not opened", "x.iso": "Disk image not opened",
	} {
		openNamed(t, name).see(title)
	}
	for name, title := range map[string]string{
		"budget.xlsm": "Open a document with macros?", "page.svg": "Open a web page?", "q.dqy": "Open a data query?", "all.zip": "Open an archive?",
	} {
		b := openNamed(t, name)
		b.see(title)
		if n := len(b.core.Started()); n != 0 {
			t.Errorf("%s was fetched before the answer", name)
		}
		b.press("confirm.open")
		b.started()
	}
}

// openNamed opens a file of that name.
func openNamed(t *testing.T, name string) *bench {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.storage.Add("2026/" + name)
	b.see("measurements")
	b.path("s3://measurements/2026/")
	b.click(name, 0)
	b.key(fyne.KeyReturn)
	return b
}
