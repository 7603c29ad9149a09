// Package clipboard has the built daypass hold a secret on real clipboards, and reads them with the
// programs that people use for that.
package clipboard

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/sandbox/desktop"
)

var bin = filepath.Join("..", "..", "build", "bin")

const secret = "export AWS_SECRET_ACCESS_KEY='größer'\n"

// board is a clipboard and the commands that read it, list its types and write it.
type board struct {
	t                 *testing.T
	env               []string
	read, kinds, hint []string
	write             []string
}

func onX11(t *testing.T) *board {
	d, err := desktop.New(t.Context(), bin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	read := []string{"xclip", "-out", "-selection", "clipboard"}
	return &board{
		t: t, env: d.Command("true").Env, read: read, kinds: append(read, "-target", "TARGETS"),
		hint: append(read, "-target", "x-kde-passwordManagerHint"), write: []string{"xclip", "-in", "-selection", "clipboard"},
	}
}

// onWayland starts the compositor sway without a screen. It does not run as root.
func onWayland(t *testing.T) *board {
	dir, err := os.MkdirTemp("", "sway") // short, as any socket's path
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	config := filepath.Join(dir, "config")
	command := []string{"sway", "--config", config}
	if err := os.WriteFile(config, []byte("xwayland disable\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		const nobody = 65534
		if err := os.Chown(dir, nobody, nobody); err != nil {
			t.Fatal(err)
		}
		command = append([]string{"setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"}, command...)
	}
	cmd := exec.Command(command[0], command[1:]...)
	env := []string{"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + dir, "XDG_RUNTIME_DIR=" + dir}
	cmd.Env = append(env, "WLR_BACKENDS=headless", "WLR_RENDERER=pixman", "WLR_LIBINPUT_NO_DEVICES=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if err := desktop.Until(t.Context(), "the compositor", func() bool {
		_, err := os.Stat(filepath.Join(dir, "wayland-1"))
		return err == nil
	}); err != nil {
		t.Fatal(err)
	}
	return &board{
		t: t, env: append(env, "WAYLAND_DISPLAY=wayland-1"), read: []string{"wl-paste", "--no-newline"}, kinds: []string{"wl-paste", "--list-types"},
		hint: []string{"wl-paste", "--no-newline", "--type", "x-kde-passwordManagerHint"}, write: []string{"wl-copy"},
	}
}

// ask runs a command to its end; what it prints is empty where there is nothing on the clipboard.
func (b *board) ask(command []string) string {
	cmd := exec.CommandContext(b.t.Context(), command[0], command[1:]...)
	cmd.Env = b.env
	out, _ := cmd.Output()
	return string(out)
}

// put has another program put text on the clipboard.
func (b *board) put(text string) {
	b.t.Helper()
	cmd := exec.CommandContext(b.t.Context(), b.write[0], b.write[1:]...)
	cmd.Env, cmd.Stdin = b.env, strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		b.t.Fatal(err)
	}
	// Its child, which goes on, may be a little later.
	if err := desktop.Until(b.t.Context(), "the other program", func() bool { return b.ask(b.hint) != "secret" }); err != nil {
		b.t.Fatal(err)
	}
}

// holder is the built program with the secret on the clipboard.
type holder struct {
	t     *testing.T
	stdin io.Closer
	ended chan error
}

func (b *board) hold(after time.Duration) *holder {
	b.t.Helper()
	cmd := exec.Command(filepath.Join(bin, "daypass"), "agent", "clipboard")
	cmd.Env = b.env
	stdin, err := cmd.StdinPipe()
	if err != nil {
		b.t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		b.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	h := &holder{t: b.t, stdin: stdin, ended: make(chan error, 1)}
	if err := json.NewEncoder(stdin).Encode(map[string]any{"text": secret, "clear_ms": after.Milliseconds()}); err != nil {
		b.t.Fatal(err)
	}
	output := make([]byte, 100)
	n, err := stdout.Read(output)
	if err != nil || !bytes.Equal(output[:n], []byte("{}\n")) {
		b.t.Fatalf("said %s, %v", output[:n], err)
	}
	go func() { h.ended <- cmd.Wait() }()
	b.t.Cleanup(func() { _ = cmd.Process.Kill() })
	return h
}

// ends waits for the holder's end.
func (h *holder) ends() {
	h.t.Helper()
	select {
	case err := <-h.ended:
		if err != nil {
			h.t.Error(err)
		}
	case <-time.After(desktop.Timeout):
		h.t.Fatal("it goes on")
	}
}

func TestRule31_realClipboards(t *testing.T) {
	for name, start := range map[string]func(*testing.T) *board{"X11": onX11, "Wayland": onWayland} {
		t.Run(name, func(t *testing.T) {
			b := start(t)
			for what, check := range map[string]func(){
				"it is there, as a secret": b.isThere, "it goes after its time": b.goesAfterItsTime,
				"what others put there stays": b.othersStay, "it goes from those who took it over": b.goesFromManagers,
			} {
				t.Run(what, func(t *testing.T) {
					b.t = t
					check()
				})
			}
		})
	}
}

func (b *board) is(want string) {
	b.t.Helper()
	if got := b.ask(b.read); got != want {
		b.t.Errorf("the clipboard has %q, want %q", got, want)
	}
}

func (b *board) isThere() {
	h := b.hold(0)
	b.is(secret)
	b.is(secret) // for more than one reader
	if kinds := b.ask(b.kinds); !strings.Contains(kinds, "text/plain;charset=utf-8") || !strings.Contains(kinds, "UTF8_STRING") {
		b.t.Errorf("types: %s", kinds)
	}
	if hint := b.ask(b.hint); hint != "secret" {
		b.t.Errorf("histories are told %q", hint)
	}
	_ = h.stdin.Close()
	h.ends()
	b.is("")
}

func (b *board) goesAfterItsTime() {
	h := b.hold(time.Second)
	b.is(secret)
	h.ends()
	b.is("")
}

func (b *board) othersStay() {
	h := b.hold(0)
	b.put("a shopping list")
	_ = h.stdin.Close()
	h.ends()
	b.is("a shopping list")
}

// A program that keeps what is on the clipboard for the time after its owner's end.
func (b *board) goesFromManagers() {
	h := b.hold(0)
	b.put(secret)
	_ = h.stdin.Close()
	h.ends()
	b.is("")
}
