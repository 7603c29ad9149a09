package main

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/language"

	"daypass/app/messages"
	"daypass/ui/kit"
)

// element is what the toolkit tells a screen reader of one thing on screen.
type element struct {
	label string
	role  fyne.AccessibleRole
	at    fyne.Position
}

// elements returns what the toolkit's bridge finds in o: it goes through containers, and enters no widget.
func elements(o fyne.CanvasObject, at fyne.Position) (found []element) {
	one, ok := o.(fyne.Accessible)
	if !ok || !o.Visible() {
		return nil
	}
	at = at.Add(o.Position())
	if role := one.AccessibilityRole(); role != fyne.AccessibleRoleContainer {
		found = append(found, element{one.AccessibilityLabel(), role, at})
	}
	if box, ok := o.(*fyne.Container); ok {
		for _, child := range box.Objects {
			found = append(found, elements(child, at)...)
		}
	}
	return found
}

// bridged returns what a screen reader is told of the window.
func (st *stage) bridged() []element {
	c := st.window.Window().Canvas()
	found := elements(c.Content(), fyne.Position{})
	for _, o := range c.Overlays().List() {
		found = append(found, elements(o, fyne.Position{})...)
	}
	return found
}

// A screen reader is told of every control in sight: its name and state in the language of the window, and its role.
func TestScenes_accessible(t *testing.T) {
	withoutRaceDetector(t)
	for _, tag := range []language.Tag{language.English, language.German} {
		for _, s := range scenes() {
			t.Run(tag.String()+"/"+s.name, inBubble(func(t *testing.T) {
				messages.Use(tag)
				defer messages.Use(language.English)
				stage := newStage(test.NewTempApp(t), s, ordinarySize)
				defer stage.window.Close()
				stage.window.Window().Resize(s.size)
				if s.act != nil {
					s.act(stage)
				}
				stage.rest()
				stage.checkControls(t)
				stage.checkBridge(t)
			}))
		}
	}
}

// checkControls fails for a control without a name or role in the toolkit's accessible interface.
func (st *stage) checkControls(t *testing.T) {
	t.Helper()
	for rest := []fyne.CanvasObject{st.window.Top()}; len(rest) > 0; {
		o := rest[0]
		rest = rest[1:]
		if !o.Visible() {
			continue
		}
		rest = append(rest, kit.Inside(o)...)
		one, ok := o.(fyne.Accessible)
		if isControl(o) && (!ok || one.AccessibilityLabel() == "" || !roles[one.AccessibilityRole()]) {
			t.Errorf("%T at %v has no name or no role", o, fyne.CurrentApp().Driver().AbsolutePositionForObject(o))
		}
	}
}

var roles = map[fyne.AccessibleRole]bool{
	fyne.AccessibleRoleButton: true, fyne.AccessibleRoleContainer: true, fyne.AccessibleRoleLink: true, fyne.AccessibleRoleText: true,
}

// isControl reports whether the user can do something with o now.
func isControl(o fyne.CanvasObject) bool {
	if heading, ok := o.(*kit.Heading); ok && heading.Disabled() {
		return false // it has no name
	}
	if _, ground := o.(*widget.PopUp); ground {
		return false // a click beside a menu closes it
	}
	_, focusable := o.(fyne.Focusable)
	_, tappable := o.(fyne.Tappable)
	_, draggable := o.(fyne.Draggable)
	return focusable || tappable || draggable
}

// checkBridge holds what the bridge finds against what is on screen.
func (st *stage) checkBridge(t *testing.T) {
	t.Helper()
	told := map[fyne.Position][]element{}
	for _, one := range st.bridged() {
		told[one.at] = append(told[one.at], one)
	}
	for _, w := range st.report(t).Widgets {
		if !w.Visible || !pressable[w.Kind] {
			continue
		}
		if one := called(told[fyne.NewPos(w.X, w.Y)], w.Name); one == nil {
			t.Errorf("the %s %q is not told of", w.Kind, w.ID)
		} else if missing := w.unsaid(one.label); missing != "" {
			t.Errorf("%q does not say that the %s is %s", one.label, w.Kind, missing)
		}
	}
}

// called returns the element that begins with a name.
func called(all []element, name string) *element {
	for i := range all {
		if strings.HasPrefix(all[i].label, name) {
			return &all[i]
		}
	}
	return nil
}

// unsaid returns the state of a control that is not in its label.
func (w reportedWidget) unsaid(label string) string {
	states := map[string]bool{}
	states[messages.Text("window.state.disabled")] = !w.Enabled
	states[messages.Text("window.state.selected")] = w.Selected && w.Kind != "check"
	states[messages.Text("window.state.checked")] = w.Selected && w.Kind == "check"
	states[messages.Text("window.state.unchecked")] = !w.Selected && w.Kind == "check"
	states[w.Text] = w.Kind == "entry" || w.Kind == "select"
	for state, is := range states {
		if is && !strings.Contains(label, state) {
			return state
		}
	}
	return ""
}
