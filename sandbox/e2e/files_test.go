package e2e

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/minio/minio-go/v7"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// A user's way with files in the real window: they drop a file and a folder on it, look into a file,
// rename it, fetch it and delete it. What the window says is checked against what the server holds.
func TestFilesWindow_commands(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.signIn(servers.Ada)
	s.active("sandbox", servers.Ada)
	s.see("empty")
	s.openFolder("empty")
	s.see("This bucket is empty")

	home := s.Path("home")
	readings := "station,level_m\nnorth pier,1.42\nsouth pier,1.39\n"
	s.write(filepath.Join(home, "readings.csv"), readings)
	s.write(filepath.Join(home, "photos of May", "sea 100%.txt"), "blue")
	s.must(s.window.Drop(s.ctx, filepath.Join(home, "readings.csv"), filepath.Join(home, "photos of May")))
	s.see("readings.csv", "photos of May")
	s.holds("empty", "readings.csv", readings)
	s.holds("empty", "photos of May/sea 100%.txt", "blue")
	s.picture("uploaded")

	s.clickText("readings.csv")
	s.pressFor("details.preview", "ctrl+i")
	s.see("north pier", "1.39")
	s.picture("preview")
	s.must(s.window.Key(s.ctx, "ctrl+i"))

	s.clickText("readings.csv")
	s.pressFor("name", "F2")
	s.must(s.window.Type(s.ctx, "levels")) // the name without its ending is marked
	s.must(s.window.Key(s.ctx, "Return"))
	s.see("levels.csv")
	s.holds("empty", "levels.csv", readings)
	s.lacks("empty", "readings.csv")

	s.clickText("levels.csv")
	s.press("Cancel", "ctrl+d")
	s.picture("where-to")
	s.clickText("Download here")
	s.arrives(filepath.Join(home, "levels.csv"), readings)

	s.clickText("levels.csv")
	s.press("Delete “levels.csv”?", "Delete")
	s.picture("delete")
	s.click("confirm.delete")
	s.must(desktop.Until(s.ctx, "the file to be gone", func() bool { return !s.there("empty", "levels.csv") }))
	s.must(s.window.Close(s.ctx))
}

// Who may only read is told so at the first error, and sees from then on what is not allowed.
func TestFilesWindow_readOnlyUser(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.signIn(servers.Reader)
	s.active("sandbox", servers.Reader)
	s.openFolder("measurements")
	s.clickText("README.md")
	s.press("Delete “README.md”?", "Delete")
	s.click("confirm.delete")
	s.see("Access denied")
	s.picture("refused")
	s.click("close")
	s.clickText("README.md")
	s.must(desktop.Until(s.ctx, "the greyed button", func() bool {
		r, err := s.window.Report()
		return err == nil && r.Has(func(w desktop.Widget) bool {
			return w.Kind == "button" && !w.Enabled && strings.HasPrefix(w.Text, "Access denied")
		})
	}))
	if !s.there("measurements", "README.md") {
		t.Error("the file is gone")
	}
}

func (s *scene) write(path, text string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(path), 0o700))
	s.must(os.WriteFile(path, []byte(text), 0o600))
}

func (s *scene) admin() *minio.Client {
	s.t.Helper()
	client, err := world.Admin()
	s.must(err)
	return client
}

// holds waits until an object has a content.
func (s *scene) holds(bucket, key, want string) {
	s.t.Helper()
	client := s.admin()
	var got []byte
	err := desktop.Until(s.ctx, key, func() bool {
		object, err := client.GetObject(s.ctx, bucket, key, minio.GetObjectOptions{})
		if err != nil {
			return false
		}
		defer object.Close()
		got, err = io.ReadAll(object)
		return err == nil && bytes.Equal(got, []byte(want))
	})
	if err != nil {
		s.t.Logf("it holds %q", got)
	}
	s.must(err)
}

func (s *scene) there(bucket, key string) bool {
	_, err := s.admin().StatObject(context.WithoutCancel(s.ctx), bucket, key, minio.StatObjectOptions{})
	return err == nil
}

func (s *scene) lacks(bucket, key string) {
	s.t.Helper()
	s.must(desktop.Until(s.ctx, key+" to go", func() bool { return !s.there(bucket, key) }))
}

// arrives waits for a file of the desk.
func (s *scene) arrives(path, want string) {
	s.t.Helper()
	s.must(desktop.Until(s.ctx, path, func() bool {
		data, err := os.ReadFile(path)
		return err == nil && string(data) == want
	}))
}
