package kit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"daypass/ui/kit"
	"daypass/ui/theme"
	"daypass/ui/uitest"
)

// stage shows o in a window of the given size, in our theme.
func stage(t *testing.T, o fyne.CanvasObject, size fyne.Size) (fyne.Window, *kit.Kit, *uitest.Queue) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	q := uitest.NewQueue()
	w := a.NewWindow("kit")
	k := kit.New(kit.Host{Dispatch: q.Dispatch, Canvas: w.Canvas, Now: time.Now})
	w.SetPadded(false)
	if o == nil {
		o = container.NewWithoutLayout()
	}
	w.SetContent(container.NewStack(o, k.Hints()))
	w.Resize(size)
	w.Show()
	t.Cleanup(w.Close)
	return w, k, q
}

func key(o fyne.Focusable, name fyne.KeyName) { o.TypedKey(&fyne.KeyEvent{Name: name}) }

func TestButton_tapAndKeys(t *testing.T) {
	w, k, q := stage(t, nil, fyne.NewSize(300, 100))
	pressed := 0
	b := k.Button("sign-in", "Sign in", "sign-in", kit.Primary, func() { pressed++ })
	w.SetContent(container.NewStack(container.NewWithoutLayout(b), k.Hints()))
	b.Resize(b.MinSize())
	test.Tap(b)
	key(b, fyne.KeyReturn)
	key(b, fyne.KeySpace)
	key(b, fyne.KeyA)
	if pressed != 3 {
		t.Errorf("pressed %d times by click, Enter and Space", pressed)
	}
	b.SetEnabled(false)
	test.Tap(b)
	key(b, fyne.KeyReturn)
	if pressed != 3 {
		t.Error("a disabled button does something")
	}
	wide := b.MinSize().Width
	b.SetNarrow(true)
	if narrow := b.MinSize().Width; narrow != kit.ButtonHeight() || narrow >= wide {
		t.Errorf("narrow it is %v wide, before %v", narrow, wide)
	}
	if b.Name() != "Sign in" {
		t.Errorf("narrow it is called %q", b.Name())
	}
	// Without its label it tells its name when the pointer rests on it.
	b.MouseIn(&desktop.MouseEvent{})
	q.Await(t, "the hint", func() bool { return strings.Contains(test.RenderToMarkup(w.Canvas()), ">Sign in<") })
	b.MouseOut()
	if strings.Contains(test.RenderToMarkup(w.Canvas()), ">Sign in<") {
		t.Error("the hint stays when the pointer has gone")
	}
}

// The look of every kind of button, at rest and with the focus.
func TestButton_appearance(t *testing.T) {
	w, k, _ := stage(t, nil, fyne.NewSize(360, 420))
	column := kit.Column(4)
	kinds := []kit.Kind{kit.Plain, kit.Primary, kit.Quiet, kit.Link, kit.Danger, kit.Raised}
	for _, kind := range kinds {
		rest, focused, off := k.Button("do", "Do", "check", kind, nil), k.Button("do", "Do", "", kind, nil), k.Button("do", "Do", "", kind, nil)
		focused.FocusGained()
		off.Disable()
		column.Add(kit.Line(8, rest, focused, off))
	}
	w.SetContent(column)
	uitest.Golden(t, "buttons.xml", test.RenderToMarkup(w.Canvas()))
}

func TestCheck_toggle(t *testing.T) {
	var calls []bool
	c := kit.NewCheck("stay", "Keep me signed in", kit.NewMeasure(400), func(on bool) { calls = append(calls, on) })
	w, _, _ := stage(t, kit.Column(0, c), fyne.NewSize(300, 100))
	test.Tap(c)
	key(c, fyne.KeySpace)
	c.Put(true)
	if fmt.Sprint(calls) != "[true false]" || !c.On() {
		t.Errorf("told %v, on %v", calls, c.On())
	}
	w.Canvas().Focus(c)
	uitest.Golden(t, "check.xml", test.RenderToMarkup(w.Canvas()))
}

// Text that does not fit is cut with an ellipsis.
func TestText_ellipsis(t *testing.T) {
	text := kit.NewText("s3.example.com:9000 and more", kit.Body)
	w, _, _ := stage(t, container.NewWithoutLayout(text), fyne.NewSize(400, 40))
	shown := func(width float32) string {
		text.Resize(fyne.NewSize(width, 20))
		markup := test.RenderToMarkup(w.Canvas())
		from := strings.LastIndex(markup, "<text")
		line := markup[from : from+strings.Index(markup[from:], "</text>")]
		return line[strings.Index(line, ">")+1:]
	}
	if got := shown(400); got != "s3.example.com:9000 and more" {
		t.Errorf("with room it says %q", got)
	}
	if got := shown(100); !strings.HasSuffix(got, "…") || !strings.HasPrefix("s3.example.com:9000 and more", strings.TrimSuffix(got, "…")) {
		t.Errorf("cut it says %q", got)
	}
	if got := text.Text(); got != "s3.example.com:9000 and more" {
		t.Errorf("the report says %q", got)
	}
}

// A countdown keeps its place: its width does not depend on what it says.
func TestText_reservedWidth(t *testing.T) {
	text := kit.NewText("9:59", kit.Title.Keeping("00 h 00 min"))
	_, _, _ = stage(t, container.NewWithoutLayout(text), fyne.NewSize(400, 40))
	before := text.MinSize()
	for _, s := range []string{"0:01", "11 h 11 min", "44 min", ""} {
		text.Set(s)
		if got := text.MinSize(); got != before {
			t.Errorf("%q takes %v, before %v", s, got, before)
		}
	}
}

// A paragraph is wrapped to its measure.
func TestParagraph_width(t *testing.T) {
	m := kit.NewMeasure(400)
	p := kit.NewParagraph("Sign in with your company login. Your browser opens, and this window goes on by itself.\n\nAnother block, with a-word-that-is-longer-than-a-line-can-be-when-the-window-is-narrow.", kit.Body, m, 20)
	w, _, _ := stage(t, kit.Column(0, p), fyne.NewSize(400, 300))
	_ = w
	wide := p.MinSize()
	if wide.Width != 380 {
		t.Errorf("%v wide", wide.Width)
	}
	if got := m.Fit(200); got != 200 {
		t.Errorf("fits %v", got)
	}
	narrow := p.MinSize()
	if narrow.Width != 180 || narrow.Height <= wide.Height {
		t.Errorf("narrow %v, wide %v", narrow, wide)
	}
	for _, o := range test.WidgetRenderer(p).Objects() {
		if o.MinSize().Width > 180 {
			t.Errorf("a line is %v wide", o.MinSize().Width)
		}
	}
	m.Fit(1000)
	if got := p.MinSize(); got != wide {
		t.Errorf("wide again: %v, before %v", got, wide)
	}
}

// A hint stays within the window.
func TestHint_staysInWindow(t *testing.T) {
	w, k, q := stage(t, nil, fyne.NewSize(300, 100))
	corner := k.IconButton("more", "more", "A name that is longer than the button is wide", func() {})
	layer := container.NewWithoutLayout(corner)
	w.SetContent(container.NewStack(layer, k.Hints()))
	corner.Resize(corner.MinSize())
	corner.Move(fyne.NewPos(268, 68))
	corner.MouseIn(&desktop.MouseEvent{})
	var bubble fyne.CanvasObject
	q.Await(t, "the hint", func() bool {
		bubble = k.Hints().(*fyne.Container).Objects[0]
		return bubble.Visible()
	})
	at, size := bubble.Position(), bubble.Size()
	if at.X < 0 || at.Y < 0 || at.X+size.Width > 300 || at.Y+size.Height > 100 {
		t.Errorf("the hint is at %v with %v, outside of the window", at, size)
	}
}

func TestMenu_keysAndClicks(t *testing.T) {
	w, k, _ := stage(t, nil, fyne.NewSize(400, 300))
	var done string
	item := func(label string, disabled bool) kit.Item {
		return kit.Item{ID: label, Label: label, Disabled: disabled, Do: func() { done = label }}
	}
	opener := k.Button("open", "Open", "", kit.Plain, nil)
	w.SetContent(kit.Column(0, opener))
	w.Canvas().Focus(opener)
	open := func() {
		k.ShowMenu(fyne.NewPos(390, 290), []kit.Item{item("One", true), item("Two", false), item("Three", false)})
	}
	open()
	press := func(name fyne.KeyName) { key(w.Canvas().Focused(), name) }
	press(fyne.KeyDown)
	press(fyne.KeyDown) // over the disabled one, back to the second
	press(fyne.KeyReturn)
	if done != "Two" {
		t.Errorf("chose %q", done)
	}
	if w.Canvas().Focused() != opener {
		t.Error("the focus does not go back to where it was")
	}
	open()
	press(fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Escape leaves the menu open")
	}
}

// The default answer to a question is the safe one.
func TestAsk_defaultAnswerIsSafe(t *testing.T) {
	w, k, _ := stage(t, nil, fyne.NewSize(600, 400))
	done := false
	ask := func() {
		k.Ask(kit.Question{ID: "remove", Title: "Remove?", Text: "It is deleted.", Yes: "Remove", Do: func() { done = true }})
	}
	ask()
	key(w.Canvas().Focused(), fyne.KeyReturn)
	if done || w.Canvas().Overlays().Top() != nil {
		t.Error("Enter on a fresh question does what it warns of")
	}
	ask()
	uitest.Golden(t, "question.xml", test.RenderToMarkup(w.Canvas()))
	w.Canvas().FocusNext()
	key(w.Canvas().Focused(), fyne.KeyReturn)
	if !done {
		t.Error("the other button does nothing")
	}
}

func TestRing_appearance(t *testing.T) {
	r := kit.NewRing()
	w, _, _ := stage(t, container.NewWithoutLayout(r), fyne.NewSize(60, 60))
	r.Resize(r.MinSize())
	r.Set(0.25, theme.ColorWarning)
	uitest.Golden(t, "ring.xml", test.RenderToMarkup(w.Canvas()))
}
