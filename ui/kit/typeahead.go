package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app/fold"
	"daypass/ui/selection"
)

// typeAhead is what is typed to go to an item whose name begins with it.
type typeAhead struct {
	text string
	last time.Time
}

// typeAheadTimeout is how long after a letter the next one begins a new text.
const typeAheadTimeout = time.Second

// add joins a letter and returns what to look for, and whether the item that is current counts too: it does while a
// name is being typed, and does not when the same letter, again and again, goes from one item to the next.
func (t *typeAhead) add(r rune, now time.Time) (text string, here bool) {
	if now.Sub(t.last) > typeAheadTimeout {
		t.text = ""
	}
	t.text, t.last = fold.String(t.text+string(r)), now
	if first := t.text[:len(string([]rune(t.text)[0]))]; strings.Trim(t.text, first) == "" {
		return first, false
	}
	return t.text, true
}

// active reports whether a text is being typed.
func (t *typeAhead) active(now time.Time) bool {
	return t.text != "" && now.Sub(t.last) <= typeAheadTimeout
}

// TypedRune implements fyne.Focusable: it goes to the next item whose name begins with what is typed.
func (l *List) TypedRune(r rune) { l.typeAhead(r, time.Now()) }

func (l *List) typeAhead(r rune, now time.Time) {
	if l.OnFind == nil || r == ' ' && !l.typed.active(now) {
		return
	}
	text, here := l.typed.add(r, now)
	from := l.selected
	if !here || from < 0 {
		from++
	}
	if i := l.OnFind(text, from); i >= 0 {
		l.pick(i, selection.Only)
	}
}

// space selects the current item as well, or no longer, unless the space is part of a name that is being typed.
func (l *List) space() {
	if l.OnFind == nil || !l.typed.active(time.Now()) {
		l.pick(l.selected, selection.Toggle)
	}
}

var _ fyne.Focusable = (*List)(nil)
