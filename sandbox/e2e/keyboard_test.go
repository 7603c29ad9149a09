package e2e

import (
	"context"
	"testing"

	"github.com/minio/minio-go/v7"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// Somebody without a mouse makes a folder in the real window, finds it, goes into it and out again, copies
// where it is, and deletes it.
func TestKeyboard_wholeTour(t *testing.T) {
	s := open(t, world.ClaimConnection)
	const bucket = "by-keyboard"
	s.must(s.admin().MakeBucket(s.ctx, bucket, minio.MakeBucketOptions{}))
	t.Cleanup(func() {
		err := s.admin().RemoveBucketWithOptions(context.Background(), bucket, minio.RemoveBucketOptions{ForceDelete: true})
		if err != nil {
			t.Error(err)
		}
	})
	s.signIn(servers.Ada)
	s.active("sandbox", servers.Ada)
	s.see("measurements")
	s.typePath("s3://" + bucket + "/")
	s.see("This bucket is empty")
	s.press("Keyboard shortcuts", "F1")
	s.see("Ctrl+Shift+F")
	s.picture("shortcuts")
	s.leave("Keyboard shortcuts")

	s.pressFor("confirm.make-folder", "ctrl+shift+n")
	s.must(s.window.Type(s.ctx, "by hand"))
	s.must(s.window.Key(s.ctx, "Return"))
	s.see("by hand", "1 item")
	if !s.there(bucket, "by hand/") {
		t.Error("the server has no such folder")
	}
	s.press("1 selected", "Down")
	s.must(s.window.Key(s.ctx, "ctrl+c"))
	s.press("This folder is empty", "Return")
	s.press("1 item", "BackSpace")
	s.pressFor("path", "ctrl+l")
	s.must(s.window.Key(s.ctx, "ctrl+v"))
	s.must(desktop.Until(s.ctx, "the path that was copied", func() bool {
		r, err := s.window.Report()
		return err == nil && r.Has(func(w desktop.Widget) bool { return w.ID == "path" && w.Text == "s3://"+bucket+"/by hand/" })
	}))
	s.must(s.window.Key(s.ctx, "Escape"))

	s.press("Type part of a name.", "ctrl+shift+f")
	s.must(s.window.Type(s.ctx, "hand"))
	s.press("1 match", "Return")
	s.picture("found")
	s.leave("1 match")
	s.press("1 selected", "Down")
	s.press("Delete “by hand”?", "Delete")
	s.picture("delete")
	s.must(s.window.Key(s.ctx, "Tab", "Return")) // from the safe answer to the other
	s.lacks(bucket, "by hand/")
	s.see("This bucket is empty")
	s.must(s.window.Close(s.ctx))
}

// leave presses Escape until something is gone.
func (s *scene) leave(what string) {
	s.t.Helper()
	s.must(s.window.Key(s.ctx, "Escape"))
	s.must(desktop.Until(s.ctx, what+" to go", func() bool {
		r, err := s.window.Report()
		_, there := r.Find(what)
		return err == nil && !there
	}))
}
