package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"daypass/ui/kit"
)

// typed presses a key as the driver does: for what has the focus, or for the window.
func typed(c fyne.Canvas, name fyne.KeyName) {
	if focused := c.Focused(); focused != nil {
		key(focused, name)
		return
	}
	c.OnTypedKey()(&fyne.KeyEvent{Name: name})
}

// sheetStage shows a sheet with a check and a field, whose yes and whose end are counted.
func sheetStage(t *testing.T, kind kit.Kind) (c fyne.Canvas, s *kit.Sheet, check *kit.Check, yes *int) {
	t.Helper()
	w, k, _ := stage(t, nil, fyne.NewSize(600, 500))
	c, yes = w.Canvas(), new(int)
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if !k.Typed(e) {
			t.Errorf("%s came to the window", e.Name)
		}
	})
	s = k.NewSheet("Copy")
	check = kit.NewCheck("replace", "Replace", kit.NewMeasure(400), func(bool) {})
	s.Add(check)
	s.Add(kit.NewEntry("folder", "Folder", ""))
	no := k.Button("cancel", "Cancel", "", kit.Plain, s.Leave)
	s.Show(no, no, k.Button("copy", "Copy", "", kind, func() { *yes++; s.Leave() }))
	return c, s, check, yes
}

// Wherever in a sheet the focus is, and where it is nowhere, Escape leaves it.
func TestSheet_escape(t *testing.T) {
	for stop := range 5 {
		c, s, _, yes := sheetStage(t, kit.Primary)
		c.Unfocus()
		for range stop {
			c.FocusNext()
		}
		typed(c, fyne.KeyEscape)
		if s.Open() || *yes != 0 {
			t.Errorf("after %d times Tab the sheet is open %v, confirmed %d times", stop, s.Open(), *yes)
		}
	}
}

// Enter confirms a sheet from a check and from nowhere, unless something would be lost; a check is turned by Space.
func TestSheet_enter(t *testing.T) {
	for kind, want := range map[kit.Kind]int{kit.Primary: 1, kit.Danger: 0} {
		c, _, check, yes := sheetStage(t, kind)
		c.Focus(check)
		key(check, fyne.KeySpace)
		key(check, fyne.KeyReturn)
		if *yes != want || !check.On() {
			t.Errorf("from a check: confirmed %d times, want %d; the check is on: %v", *yes, want, check.On())
		}
		c, _, _, yes = sheetStage(t, kind)
		c.Unfocus()
		typed(c, fyne.KeyEnter)
		if *yes != want {
			t.Errorf("from nowhere: confirmed %d times, want %d", *yes, want)
		}
	}
}

// A click on the words of a sheet leaves the focus where it is. The toolkit takes it away between the two events.
func TestSheet_clickKeepsFocus(t *testing.T) {
	c, _, check, _ := sheetStage(t, kit.Primary)
	c.Focus(check)
	pane, ok := c.Overlays().Top().(fyne.Widget), false
	var ground desktop.Mouseable
	for _, o := range test.LaidOutObjects(pane) {
		if m, is := o.(desktop.Mouseable); is && !ok {
			ground, ok = m, true
		}
	}
	if !ok {
		t.Fatal("nothing takes clicks on the ground of the sheet")
	}
	ground.MouseDown(&desktop.MouseEvent{})
	c.Unfocus()
	ground.MouseUp(&desktop.MouseEvent{})
	if c.Focused() != check {
		t.Errorf("the focus is at %v", c.Focused())
	}
}

// What is harmless has its yes focused, what is not its no.
func TestAsk_focusesSafeAnswer(t *testing.T) {
	for harmless, want := range map[bool]string{true: "Close window", false: "Cancel"} {
		w, k, _ := stage(t, nil, fyne.NewSize(600, 400))
		k.Ask(kit.Question{ID: "close-window", Title: "Close?", Yes: "Close window", Harmless: harmless, Do: func() {}})
		if got := w.Canvas().Focused().(*kit.Button).Name(); got != want {
			t.Errorf("harmless %v: the focus is at %q", harmless, got)
		}
	}
}

// When a sheet closes that came from nowhere, the focus goes home.
func TestSheet_focusGoesHome(t *testing.T) {
	home := kit.NewEntry("home", "Home", "")
	w, k, _ := stage(t, home, fyne.NewSize(600, 400))
	k.Home = func() { w.Canvas().Focus(home) }
	k.Tell("Done", "All of it.")
	key(w.Canvas().Focused(), fyne.KeyReturn)
	if w.Canvas().Focused() != home {
		t.Errorf("the focus is at %v", w.Canvas().Focused())
	}
}

// A field hands Escape and the keys of the window on, and Tab moves on from it even where it has several lines,
// in which Ctrl+Enter is what Enter is in one.
func TestField_trapsNoKeys(t *testing.T) {
	e := kit.NewEntry("tags", "Tags", "")
	e.MultiLine = true
	w, _, _ := stage(t, e, fyne.NewSize(400, 200))
	var keys []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { keys = append(keys, e.Name) })
	saved := ""
	e.OnSubmitted = func(text string) { saved = text }
	w.Canvas().Focus(e)
	test.Type(e, "a")
	for _, name := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyF1, fyne.KeyF5, fyne.KeyBackspace, fyne.KeyReturn} {
		key(e, name)
	}
	test.Type(e, "b")
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	if len(keys) != 3 || e.AcceptsTab() || saved != "\nb" {
		t.Errorf("handed on %v, takes Tab %v, saved %q", keys, e.AcceptsTab(), saved)
	}
}

// The caret stands behind what the program has filled in, and where the user left it later.
func TestField_caretAfterPrefill(t *testing.T) {
	e := kit.NewEntry("path", "Path", "")
	w, _, _ := stage(t, e, fyne.NewSize(400, 40))
	e.Put("s3://lake/2026/")
	w.Canvas().Focus(e)
	test.Type(e, "x")
	key(e, fyne.KeyHome)
	w.Canvas().Unfocus()
	w.Canvas().Focus(e)
	test.Type(e, "y")
	if e.Text != "ys3://lake/2026/x" {
		t.Errorf("typed into it: %q", e.Text)
	}
}

// The wheel scrolls a form over a field too, 72 at a click.
func TestField_wheelScrollsForm(t *testing.T) {
	column := kit.Column(0)
	for range 20 {
		column.Add(kit.Sized(kit.NewEntry("field", "Field", ""), 0, 40))
	}
	scroll := container.NewVScroll(column)
	w, _, _ := stage(t, kit.Scrolling(scroll), fyne.NewSize(300, 200))
	test.Scroll(w.Canvas(), fyne.NewPos(50, 60), 0, -25)
	if scroll.Offset.Y != 72 {
		t.Errorf("a click scrolled %v", scroll.Offset.Y)
	}
	test.Scroll(w.Canvas(), fyne.NewPos(50, 60), 0, -3.2)
	if scroll.Offset.Y < 75 || scroll.Offset.Y > 75.3 {
		t.Errorf("after 3.2 by a touchpad it is at %v", scroll.Offset.Y)
	}
}

// A click in the trough of the scroll bar scrolls by a page, and selects nothing.
func TestScrollBar_clickInTrough(t *testing.T) {
	n := 100
	l, w, _ := listOf(t, &n)
	test.TapCanvas(w.Canvas(), fyne.NewPos(295, 190))
	if in := shown(l); in[0] != 9 || l.Selected() > 0 {
		t.Errorf("below the thumb: it shows %v, selected %d", in, l.Selected())
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(295, 2))
	if in := shown(l); in[0] != 0 || l.Selected() > 0 {
		t.Errorf("above the thumb: it shows %v, selected %d", in, l.Selected())
	}
}
