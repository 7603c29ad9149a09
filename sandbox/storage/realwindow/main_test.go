// Package realwindow looks at the built window on a real display, under X11 and under Wayland, for what the
// toolkit's test driver hides: it keeps no textures, so that nothing is ever old, and knows one scale only. The
// window has an agent that shows what the test wants, in the test's own process, and a storage of a few names.
package realwindow

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/settings"
	"daypass/sandbox/desktop"
	"daypass/ui/theme"
	"daypass/ui/uitest"
)

var (
	// bin is where `make build` leaves the programs; DAYPASS_TEST_BIN names another folder.
	bin = cmp.Or(os.Getenv("DAYPASS_TEST_BIN"), filepath.Join("..", "..", "..", "build", "bin"))
	// pictures is where a look at every test is left.
	pictures = cmp.Or(os.Getenv("DAYPASS_TEST_PICTURES"), filepath.Join("..", "..", "..", "build", "realwindow"))
)

// start is when the tests began.
var start = time.Now()

// display is where a window is shown.
type display interface {
	// Picture takes a picture of all of it.
	Picture(ctx context.Context, file string) error
	// StartWindow opens the window of the folder bin.
	StartWindow(ctx context.Context, bin string) (*desktop.Window, error)
}

// scene is a window with somebody signed in, in front of a bucket.
type scene struct {
	t       *testing.T
	ctx     context.Context
	core    *uitest.Core
	display display
	window  *desktop.Window
	looks   settings.Theme
	words
	server string
}

// words are the language of the window and the size of text; the zero value is those of the system.
type words struct {
	language string
	textSize int
}

// noWindow is a core without a window yet: where there is one, the program raises that and ends.
type noWindow struct{ *uitest.Core }

// RaiseWindow implements app.Core.
func (noWindow) RaiseWindow(context.Context, app.WindowTarget) error {
	return errors.New("there is no window")
}

// newScene opens a window whose runtime folder is run.
func newScene(t *testing.T, d display, run string) *scene {
	t.Helper()
	server := httptest.NewServer(store{})
	t.Cleanup(server.Close)
	s := &scene{t: t, ctx: t.Context(), display: d, server: server.URL}
	s.core = uitest.NewCore(s.snapshot(settings.ThemeLight))
	s.serve(run)
	var err error
	if s.window, err = d.StartWindow(s.ctx, bin); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.window.Kill)
	s.see("measurements")
	return s
}

// serve answers the window in place of the agent.
func (s *scene) serve(run string) {
	s.t.Helper()
	s.t.Setenv("XDG_RUNTIME_DIR", run)
	s.t.Setenv("DAYPASS_STATE_DIR", s.t.TempDir()) // not the user's own, where this agent would be found by other programs
	ctx, end := context.WithCancel(context.Background())
	l, err := agent.Listen(ctx)
	if err != nil {
		end()
		s.t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- l.Serve(ctx, noWindow{s.core}, agent.Options{Version: "test"}) }()
	s.t.Cleanup(func() {
		end()
		if err := errors.Join(<-served, l.Close()); err != nil {
			s.t.Error(err)
		}
	})
}

// snapshot is what the agent shows.
func (s *scene) snapshot(looks settings.Theme) app.Snapshot {
	s.looks = looks
	session := uitest.SignedIn(time.Hour)
	session.Endpoint = s.server
	const life = 48*time.Hour + 30*time.Minute                                      // a clock that shows hours, and none that is about to change
	session.IssuedAt, session.ExpiresAt = start.Add(-17*time.Hour), start.Add(life) // and a ring between two of its steps
	session.RenewAt = start.Add(life - time.Hour)
	all := app.Snapshot{Revision: 1, Version: "test", Settings: settings.Default(), Sessions: []app.Session{session}}
	all.Settings.Theme, all.Settings.Language, all.Settings.TextSize = looks, s.language, s.textSize
	return all
}

// setTheme changes the looks, as the settings of another window or the desktop do.
func (s *scene) setTheme(looks settings.Theme) { s.core.Set(s.snapshot(looks)) }

// setWords changes the language and the size of text, as the settings do.
func (s *scene) setWords(w words) {
	s.words = w
	s.core.Set(s.snapshot(s.looks))
}

// openBucket goes into the bucket.
func (s *scene) openBucket() {
	s.t.Helper()
	s.must(s.window.DoubleClickText(s.ctx, "measurements"))
	s.see("README.md")
}

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.picture("failed")
		s.t.Fatalf("%v\nthe window said: %s", err, s.window.Output())
	}
}

func (s *scene) see(what string) desktop.Widget {
	s.t.Helper()
	w, err := s.window.See(s.ctx, what)
	s.must(err)
	return w
}

// control waits for the control with an ID.
func (s *scene) control(id string) desktop.Widget {
	s.t.Helper()
	w, err := s.window.Control(s.ctx, id)
	s.must(err)
	return w
}

// picture takes a picture of the display and keeps it by name.
func (s *scene) picture(name string) image.Image {
	s.t.Helper()
	file := filepath.Join(pictures, strings.ReplaceAll(s.t.Name()+"-"+name, "/", "-")+".png")
	if err := errors.Join(os.MkdirAll(pictures, 0o755), s.display.Picture(context.WithoutCancel(s.ctx), file)); err != nil {
		s.t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	p, err := png.Decode(f)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// until takes pictures until one is right: what was changed is painted a frame or two later.
func (s *scene) until(what string, right func(image.Image) bool) {
	s.t.Helper()
	err := desktop.Until(s.ctx, what, func() bool { return right(s.picture(what)) })
	s.must(err)
}

// paint is a color of the looks.
func (s *scene) paint(name fyne.ThemeColorName) color.Color {
	variant := fynetheme.VariantLight
	if s.looks == settings.ThemeDark {
		variant = fynetheme.VariantDark
	}
	return theme.New(theme.System).Color(name, variant)
}

// count counts the points of a part of a picture that have a color.
func count(p image.Image, part image.Rectangle, c color.Color) (n int) {
	r, g, b, _ := c.RGBA()
	part = part.Intersect(p.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			pr, pg, pb, _ := p.At(x, y).RGBA()
			if near(pr, r) && near(pg, g) && near(pb, b) {
				n++
			}
		}
	}
	return n
}

func near(a, b uint32) bool { return max(a, b)-min(a, b) < 0x0600 }

// differ counts the points in which a part of two pictures differs.
func differ(a, b image.Image, part image.Rectangle) (n int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		if sameLine(a, b, y) {
			continue
		}
		for x := part.Min.X; x < part.Max.X; x++ {
			if count(a, image.Rect(x, y, x+1, y+1), b.At(x, y)) == 0 {
				n++
			}
		}
	}
	return n
}

// sameLine reports whether a line of two pictures is the same, point by point.
func sameLine(a, b image.Image, y int) bool {
	first, ok := a.(*image.NRGBA)
	second, too := b.(*image.NRGBA)
	if !ok || !too || first.Rect != second.Rect {
		return false
	}
	from := first.PixOffset(first.Rect.Min.X, y)
	return bytes.Equal(first.Pix[from:from+first.Stride], second.Pix[from:from+second.Stride])
}
