// Screens draws every screen of the window in each of its states, light and dark, at one and two
// pixels a unit, into a folder: go run ./ui/uitest/screens [FLAGS] FOLDER [NAME].
package main

import (
	"context"
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/messages"
	"daypass/ui"
	"daypass/ui/theme"
	"daypass/ui/uitest"
)

func main() {
	textSize := flag.Float64("text-size", 1, "size of text, as a share of the ordinary size")
	contrast := flag.Bool("high-contrast", false, "draw with high contrast")
	lang := flag.String("lang", "en", "language, as a BCP 47 tag")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: screens [FLAGS] FOLDER [NAME]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() < 1 {
		flag.Usage()
		os.Exit(2)
	}
	messages.Use(language.Make(*lang))
	folder := flag.Arg(0)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		fail(err)
	}
	look := func(a theme.Appearance) *theme.Theme {
		return theme.New(a).WithTextSize(float32(*textSize)).WithHighContrast(*contrast)
	}
	drawAll := func(t *testing.T) {
		for _, s := range scenes() {
			if strings.Contains(s.name, flag.Arg(1)) {
				s.draw(t, folder, look)
			}
		}
	}
	every := func(string, string) (bool, error) { return true, nil }
	testing.Main(every, []testing.InternalTest{{Name: "screens", F: drawAll}}, nil, nil) // package synctest needs a test
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "screens:", err)
	os.Exit(1)
}

var looks = []struct {
	name       string
	appearance theme.Appearance
}{{"light", theme.Light}, {"dark", theme.Dark}}

// draw makes the pictures of one scene.
func (s scene) draw(t *testing.T, folder string, look func(theme.Appearance) *theme.Theme) {
	for _, l := range looks {
		for _, scale := range []float32{1, 2} {
			name := fmt.Sprintf("%s-%s@%gx.png", s.name, l.name, scale)
			t.Run(name, inBubble(func(t *testing.T) {
				if err := s.capture(filepath.Join(folder, name), look(l.appearance), scale); err != nil {
					t.Fatal(err)
				}
			}))
		}
	}
}

func (s scene) capture(path string, look *theme.Theme, scale float32) error {
	a := test.NewApp()
	defer a.Quit()
	stage := newStage(a, s, int(100*look.Size(theme.SizeBody)/theme.New(theme.Light).Size(theme.SizeBody)))
	defer stage.window.Close()
	a.Settings().SetTheme(look)
	w := stage.window.Window()
	w.Canvas().(software.WindowlessCanvas).SetScale(scale)
	w.Resize(s.size)
	if s.act != nil {
		s.act(stage)
	}
	stage.rest()
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return png.Encode(f, w.Canvas().Capture())
}

// inBubble returns f as a test in a bubble of package synctest.
func inBubble(f func(*testing.T)) func(*testing.T) {
	return func(t *testing.T) { synctest.Test(t, f) }
}

// ordinarySize is the ordinary size of text, in percent.
const ordinarySize = 100

// largestSize is the largest size of text, in percent.
const largestSize = int(100 * theme.MaxTextSize)

// stage is a window with everything around it. It is in a bubble of package synctest.
type stage struct {
	queue   *uitest.Queue
	core    *uitest.Core
	window  *ui.Window
	storage *uitest.Storage
}

// newStage opens the window of a scene with text of a size, in percent of the ordinary one.
func newStage(a fyne.App, s scene, textSize int) *stage {
	if textSize != ordinarySize {
		s.snapshot.Settings.TextSize = textSize
	}
	if s.storage == nil {
		s.storage = &uitest.Storage{}
	}
	st := &stage{queue: uitest.NewQueue(), core: uitest.NewCore(s.snapshot), storage: s.storage}
	o := ui.Options{
		Dispatch: st.queue.Dispatch, Now: func() time.Time { return uitest.Now }, SandboxFile: s.sandbox, Prober: uitest.Prober{}, Selected: "research-lake", Settings: s.snapshot.Settings,
		Connect: func(ctx context.Context) (app.Core, error) {
			if s.connect == errNever {
				<-ctx.Done()
			}
			return st.core, s.connect
		},
		Storage: func(app.Session, buckets.CredentialSource) (ui.Storage, error) { return s.storage, nil },
	}
	if s.found {
		o.FindServers = uitest.Find
	}
	s.storage.Release() // a scene is drawn several times
	if s.slow {
		s.storage.Hold = make(chan struct{})
	}
	st.window = ui.New(a, o)
	st.window.Window().Show()
	st.window.Start()
	st.rest()
	return st
}

// rest returns when all that the window does in the background is done, and drawn.
func (st *stage) rest() {
	for drawn := -1; drawn != st.queue.Total(); {
		drawn = st.queue.Total()
		st.queue.Drain()
		synctest.Wait()
	}
}

// pass lets time go by, and then all come that follows.
func (st *stage) pass(d time.Duration) {
	st.rest()
	time.Sleep(d)
	st.rest()
}
