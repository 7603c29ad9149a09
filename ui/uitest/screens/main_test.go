package main

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"daypass/ui/theme"
	"daypass/ui/uitest"
)

// widgets is what the window reports of itself.
type widgets struct {
	Size    [2]float32
	Widgets []reportedWidget
}

type reportedWidget struct {
	ID               string
	Kind, Text, Name string
	X, Y, W, H       float32
	Focused, Enabled bool
	Selected, Cut    bool
	Visible          bool
}

// Every scene, as text: what is on screen, where, and what has the focus. And in each of them nothing
// sticks out of the window, no two things that can be pressed lie on each other, and everything that
// can be pressed has a name, and an ID of its own.
func TestScenes_golden(t *testing.T) {
	for _, s := range scenes() {
		t.Run(s.name, inBubble(func(t *testing.T) {
			a := test.NewTempApp(t)
			stage := newStage(a, s, ordinarySize)
			defer stage.window.Close()
			a.Settings().SetTheme(theme.New(theme.Light))
			stage.window.Window().Resize(s.size)
			if s.act != nil {
				s.act(stage)
			}
			stage.rest()
			shown := stage.report(t)
			shown.check(t)
			stage.checkKeyboard(t, shown)
			uitest.Golden(t, s.name+".txt", shown.String())
		}))
	}
}

func (w widgets) String() string {
	var b strings.Builder
	for _, one := range w.Widgets {
		if !one.Visible || one.Kind == "row" || one.Kind == "list" {
			continue
		}
		text := one.Text
		if one.Kind == "entry" || one.Kind == "select" {
			text = one.Name + " = " + one.Text
		}
		state := ""
		if one.Focused {
			state += " focused"
		}
		if !one.Enabled {
			state += " off"
		}
		if one.Selected {
			state += " selected"
		}
		fmt.Fprintf(&b, "%4d,%-4d %4dx%-3d %-7s %s%s\n", whole(one.X), whole(one.Y), whole(one.W), whole(one.H), one.Kind, text, state)
	}
	return b.String()
}

// checkKeyboard goes through the window by Tab, which reaches everything that can be pressed.
func (st *stage) checkKeyboard(t *testing.T, shown widgets) {
	t.Helper()
	canvas := st.window.Window().Canvas()
	before := canvas.Focused()
	reached := map[string]bool{}
	var order []reportedWidget
	for range 200 {
		canvas.FocusNext()
		for _, one := range st.report(t).Widgets {
			if one.Focused {
				order = append(order, one)
			}
		}
		if n := len(order); n > 1 && order[n-1] == order[0] {
			break
		}
	}
	for _, one := range order {
		reached[one.Name+"|"+one.Text] = true
	}
	for _, one := range shown.Widgets {
		if pressable[one.Kind] && one.Visible && one.Enabled && !reached[one.Name+"|"+one.Text] {
			t.Errorf("the keyboard does not reach %q", one.Text+one.Name)
		}
	}
	if before != nil {
		canvas.Focus(before)
	} else {
		canvas.Unfocus()
	}
}

func (st *stage) report(t *testing.T) widgets {
	t.Helper()
	var w widgets
	if err := json.Unmarshal(st.window.Report(), &w); err != nil {
		t.Fatal(err)
	}
	return w
}

// pressable are the kinds of widget that a user does something with.
var pressable = map[string]bool{"button": true, "check": true, "entry": true, "select": true}

// whole leaves out the fraction, which hangs on how letters were measured; a quarter keeps halves and
// what is nearly whole on the same side each time.
func whole(f float32) int { return int(math.Floor(float64(f) + 0.25)) }

// check holds what is true of every screen.
func (w widgets) check(t *testing.T) {
	t.Helper()
	var pressed []reportedWidget
	for _, one := range w.Widgets {
		if !one.Visible {
			continue
		}
		if one.X < -1 || one.X+one.W > w.Size[0]+1 {
			t.Errorf("%q sticks out of the window: %v to %v of %v", one.Text, one.X, one.X+one.W, w.Size[0])
		}
		if pressable[one.Kind] {
			if one.Text == "" && one.Name == "" && one.Kind != "select" {
				t.Errorf("a %s at %v,%v has no name", one.Kind, one.X, one.Y)
			}
			pressed = append(pressed, one)
		}
	}
	checkIDs(t, pressed)
	for i, a := range pressed {
		for _, b := range pressed[:i] {
			if a.X+1 < b.X+b.W && b.X+1 < a.X+a.W && a.Y+1 < b.Y+b.H && b.Y+1 < a.Y+a.H {
				t.Errorf("%q and %q lie on each other", a.Text, b.Text)
			}
		}
	}
}

// anID is what an ID looks like, up to the name of the row that a control belongs to.
var anID = regexp.MustCompile(`^[a-z][a-z0-9_.-]*(:.*)?$`)

// checkIDs reports controls without an ID, and those that share one.
func checkIDs(t *testing.T, controls []reportedWidget) {
	t.Helper()
	seen := map[string]string{}
	for _, one := range controls {
		if !anID.MatchString(one.ID) {
			t.Errorf("%q has the ID %q", one.Text+one.Name, one.ID)
		}
		if other, taken := seen[one.ID]; taken {
			t.Errorf("%q and %q have the ID %q", other, one.Text+one.Name, one.ID)
		}
		seen[one.ID] = one.Text + one.Name
	}
}
