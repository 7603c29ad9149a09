package kit

import (
	"daypass/app/messages"
	"daypass/ui/theme"
)

// dialogWidth is the width of the text of a question.
const dialogWidth = 88 * theme.Grid

// Question is something to confirm. ConfirmID of its ID is that of the button that does.
type Question struct {
	ID               string
	Title, Text, Yes string
	// Harmless is true where nothing is lost by a yes.
	Harmless bool
	Do       func()
}

// Ask shows a question above the window; Escape or Cancel puts it away.
func (k *Kit) Ask(q Question) {
	s := k.newSheet(q.Title, dialogWidth)
	s.AddText(q.Text, Secondary)
	no := k.Button(ConfirmID("cancel"), messages.Text("common.cancel"), "", Plain, s.Leave)
	yes := k.Button(ConfirmID(q.ID), q.Yes, "", Danger, func() { s.Leave(); q.Do() })
	first := no
	if q.Harmless {
		yes.kind, first = Primary, yes
	}
	s.Show(first, no, yes)
}

// Tell says something above the window until it is put away.
func (k *Kit) Tell(title, text string) {
	s := k.newSheet(title, dialogWidth)
	s.AddText(text, Secondary)
	ok := k.Button("close", messages.Text("common.close"), "", Plain, s.Leave)
	s.Show(ok, ok)
}
