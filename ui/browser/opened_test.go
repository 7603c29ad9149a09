package browser_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"daypass/app"
	"daypass/ui/browser"
	"daypass/ui/uitest"
)

// A file is fetched to a folder of its own and shown by the system's program; what cannot be opened is refused.
func TestOpen_filesAndFolders(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.choose("2024/")
	s.c.Run(browser.CommandOpen)
	s.await("the folder", func() bool { return s.model.At.Prefix == "2026/2024/" })
	s.goTo("s3://measurements/2026/")
	s.choose("README.md")
	s.c.Run(browser.CommandOpen)
	s.await("the transfer", func() bool { return len(s.core.Started()) == 1 && len(s.c.Opened.Files()) == 1 })
	path := filepath.Join(s.core.Started()[0].Folder, "README.md")
	if err := os.WriteFile(path, []byte("as it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	done := uitest.Moving()
	done.ID, done.Phase, done.Path = "transfer-1", app.TransferDone, path
	s.all = []app.Transfer{done}
	s.c.Opened.Follow()
	s.await("the program", func() bool { return len(s.opened) == 1 && s.c.Opened.Files()[0].Saved })
	changed := time.Now().Add(time.Minute)
	if err := os.Chtimes(path, changed, changed); err != nil {
		t.Fatal(err)
	}
	s.await("the upload", func() bool { return len(s.core.Started()) == 2 && s.c.Opened.Files()[0].Returning })
	if up := s.core.Started()[1]; up.As != "README.md" || up.Prefix != "2026/" || up.Conflicts != app.Replace {
		t.Errorf("%+v", up)
	}
	done.ID = "transfer-2"
	s.all = []app.Transfer{done}
	s.c.Opened.Follow()
	if !s.c.Opened.Files()[0].Saved {
		t.Error("the change is not known to be in the storage")
	}
}

func TestTransfers_uploadAndDownload(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.files = []string{"/home/ada/a.csv"}
	s.c.Run(browser.CommandUpload)
	s.c.Run(browser.CommandUploadFolder)
	s.c.Drop([]string{"/home/ada/b.csv"}, true)
	s.c.Drop([]string{"/home/ada/b.csv"}, false)
	s.choose("2024/", "README.md")
	s.c.Run(browser.CommandDownload)
	var got []string
	for _, r := range s.core.Started() {
		got = append(got, string(r.Direction)+" "+r.URL())
	}
	into := "upload s3://measurements/2026/"
	want := []string{into, into, into + "2024/", into, "download s3://measurements/2026/"}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
	if s.bookmarks.Folder("research-lake") != "/home/ada/a.csv" {
		t.Errorf("downloads go to %q", s.bookmarks.Folder("research-lake"))
	}
}
