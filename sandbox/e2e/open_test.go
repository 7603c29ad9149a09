package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/minio/minio-go/v7"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// opened returns the files that the system's programs were given.
func (s *scene) opened() []string {
	data, _ := os.ReadFile(s.Path("opened"))
	return strings.Fields(string(data))
}

// hasPrograms has the system's way to open files write them down, and a folder for temporary files of its own.
func (s *scene) hasPrograms() {
	s.t.Helper()
	s.must(os.Mkdir(s.Path("tmp"), 0o700))
	s.Setenv("TMPDIR", s.Path("tmp"))
}

func (s *scene) put(key, text string) {
	s.t.Helper()
	_, err := s.admin().PutObject(s.ctx, "empty", key, strings.NewReader(text), int64(len(text)), minio.PutObjectOptions{})
	s.must(err)
	s.t.Cleanup(func() { _ = s.admin().RemoveObject(s.t.Context(), "empty", key, minio.RemoveObjectOptions{}) })
}

// What can run is not opened by whatever name, what can bring macros after a question, and what is opened is marked with
// where it comes from and goes with the window.
func TestRule34_programsAreNotOpened(t *testing.T) {
	s := &scene{Desk: newDesk(t, world.ClaimConnection), t: t, ctx: t.Context()}
	s.hasPrograms()
	s.put("budget.xlsm", "PK")
	s.put("notes.txt", "#!/bin/sh\ntouch ran\n")
	s.put("setup.EXE.", "")
	var err error
	s.window, err = s.StartWindow(s.ctx, checked)
	s.must(err)
	t.Cleanup(s.window.Kill)
	t.Cleanup(s.lookBack)
	s.signIn(servers.Ada)
	s.active("sandbox", servers.Ada)
	s.write(s.Path("bin", "xdg-open"), "#!/bin/sh\necho \"$1\" >>'"+s.Path("opened")+"'\n")
	s.openFolder("empty")

	s.clickText("setup.EXE.")
	s.press("Program not opened", "Return")
	s.picture("program")
	s.click("close")
	s.clickText("notes.txt")
	s.press("Script not opened", "Return")
	s.picture("script")
	s.click("close")
	s.clickText("budget.xlsm")
	s.press("Open a document with macros?", "Return")
	s.picture("macros")
	s.click("confirm.open")
	s.must(desktop.Until(s.ctx, "the document to be opened", func() bool { return len(s.opened()) > 0 }))
	file := s.opened()[0]
	if all := s.opened(); len(all) != 1 || filepath.Base(file) != "budget.xlsm" {
		t.Errorf("opened %q", all)
	}
	s.marked(file, world.Endpoint+"/empty/budget.xlsm")
	if info, err := os.Stat(file); err != nil || info.Mode()&0o111 != 0 {
		t.Errorf("%v, %v", info, err)
	}

	s.must(s.window.Close(s.ctx))
	if left, _ := filepath.Glob(s.Path("tmp", "daypass-open-*", "budget.xlsm")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

// marked checks where a file says that it comes from.
func (s *scene) marked(file, want string) {
	s.t.Helper()
	value := make([]byte, 1024)
	n, err := syscall.Getxattr(file, "user.xdg.origin.url", value)
	if err == syscall.ENOTSUP {
		return
	}
	s.must(err)
	if got := string(value[:n]); got != want {
		s.t.Errorf("marked %q, want %q", got, want)
	}
}
