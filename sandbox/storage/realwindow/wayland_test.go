package realwindow

import (
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"daypass/app/settings"
	"daypass/sandbox/desktop"
)

// wayland is the compositor sway with one screen that nobody sees.
type wayland struct {
	t   *testing.T
	dir string
	env []string
}

// screenConfig is one screen of the given scale on which a window has all the room.
const screenConfig = `xwayland disable
default_border none
output HEADLESS-1 resolution 2200x1400 scale %g
`

// newWayland starts it. It does not run as root.
func newWayland(t *testing.T, scale float64) *wayland {
	t.Helper()
	dir, err := os.MkdirTemp("", "sway") // short, as any socket's path
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	config := filepath.Join(dir, "config")
	if err := os.WriteFile(config, fmt.Appendf(nil, screenConfig, scale), 0o644); err != nil {
		t.Fatal(err)
	}
	command := []string{"sway", "--config", config}
	if os.Getuid() == 0 {
		const nobody = 65534
		if err := os.Chown(dir, nobody, nobody); err != nil {
			t.Fatal(err)
		}
		command = append([]string{"setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"}, command...)
	}
	w := &wayland{t: t, dir: dir, env: []string{
		"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + dir, "XDG_RUNTIME_DIR=" + dir, "SWAYSOCK=" + filepath.Join(dir, "ipc"),
		"WLR_BACKENDS=headless", "WLR_RENDERER=pixman", "WLR_LIBINPUT_NO_DEVICES=1",
	}}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = w.env
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	w.env = append(w.env, "WAYLAND_DISPLAY=wayland-1")
	if err := desktop.Until(t.Context(), "the compositor", func() bool { return w.run(t.Context(), "swaymsg", "-t", "get_outputs") == nil }); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *wayland) run(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = w.env
	return cmd.Run()
}

// Picture implements display.
func (w *wayland) Picture(ctx context.Context, file string) error { return w.run(ctx, "grim", file) }

// StartWindow implements display.
func (w *wayland) StartWindow(ctx context.Context, bin string) (*desktop.Window, error) {
	home := w.t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".cache"), 0o700); err != nil {
		return nil, err
	}
	return desktop.Start(ctx, bin, filepath.Join(home, "report.json"), []string{
		"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1", "HOME=" + home, "XDG_RUNTIME_DIR=" + os.Getenv("XDG_RUNTIME_DIR"),
		"DAYPASS_CONFIG_DIR=" + home, "XDG_SESSION_TYPE=wayland", "WAYLAND_DISPLAY=" + filepath.Join(w.dir, "wayland-1"),
	})
}

// setScale changes the scale of the screen.
func (w *wayland) setScale(scale float64) {
	w.t.Helper()
	if err := w.run(w.t.Context(), "swaymsg", "output", "HEADLESS-1", "scale", fmt.Sprint(scale)); err != nil {
		w.t.Fatal(err)
	}
}

// onWayland opens a window on a screen of the given scale.
func onWayland(t *testing.T, scale float64) (*scene, *wayland) {
	w := newWayland(t, scale)
	run, err := os.MkdirTemp("", "run")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(run) })
	s := newScene(t, w, run)
	s.fillsScreen()
	return s, w
}

// fillsScreen waits until the window has the size that the compositor gives it, which follows its first frame.
func (s *scene) fillsScreen() {
	s.t.Helper()
	s.until("on all of the screen", func(p image.Image) bool {
		end := p.Bounds().Max
		return count(p, image.Rectangle{end.Sub(image.Pt(6, 6)), end}, s.paint("background")) > 0
	})
}

// Everything is drawn for the scale of the screen at once, without waiting until something has it drawn again.
func TestScale_atStart(t *testing.T) {
	for _, scale := range []float64{1.5, 2} {
		t.Run(fmt.Sprint(scale), func(t *testing.T) {
			s, _ := onWayland(t, scale)
			s.sharp("start", corner)
		})
	}
}

// The same after the screen has another scale.
func TestScale_changed(t *testing.T) {
	s, w := onWayland(t, 1)
	s.sharp("1", corner)
	for _, scale := range []float64{2, 1} {
		w.setScale(scale)
		s.fillsScreen()
		s.sharp(fmt.Sprint(scale), corner)
	}
}

// sharp checks that the window looks as it does after all of it was drawn again, which a change of the looks does. It
// leaves pictures of both looks. ground is a part of the window that has nothing but its color.
func (s *scene) sharp(name string, ground image.Rectangle) {
	s.t.Helper()
	before := s.still(name)
	s.setTheme(settings.ThemeDark)
	s.until(name+" dark", func(p image.Image) bool { return differ(p, before, ground) > 0 })
	s.setTheme(settings.ThemeLight)
	s.until(name+" light", func(p image.Image) bool { return differ(p, before, ground) == 0 })
	after := s.still(name + " again")
	if n := differ(before, after, before.Bounds()); n > 0 {
		s.t.Errorf("%d points differ after everything is drawn again", n)
	}
}

// corner is a part of the sidebar's ground.
var corner = image.Rect(2, 2, 6, 6)

// still takes pictures until two of them, a little apart, are the same.
func (s *scene) still(name string) image.Image {
	s.t.Helper()
	last := s.picture(name)
	s.until(name, func(p image.Image) bool {
		same := p.Bounds() == last.Bounds() && differ(p, last, p.Bounds()) == 0
		last = p
		return same
	})
	return last
}
