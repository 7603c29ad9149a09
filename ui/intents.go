package ui

import (
	"fyne.io/fyne/v2"

	"daypass/ui/present"
)

// intents is what the screens may call. All of it returns at once: what asks the core runs in a
// goroutine, and its result comes back through Dispatch.
type intents struct{ u *Window }

// Select implements view.Intents.
func (i *intents) Select(id string) {
	i.u.input.Selected, i.u.input.Screen, i.u.input.Failed = id, present.ShowSession, nil
	i.u.render()
}

// Show implements view.Intents.
func (i *intents) Show(screen present.Screen) {
	i.u.input.Screen = screen
	i.u.render()
}

// Dismiss implements view.Intents.
func (i *intents) Dismiss() {
	i.u.input.Failed = nil
	i.u.render()
}

// Copy implements view.Intents.
func (i *intents) Copy(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

// ShowShortcuts implements view.Intents.
func (i *intents) ShowShortcuts() { browserScreen{i.u}.ShowShortcuts() }

// Do implements view.Intents.
func (i *intents) Do(id string, do present.Do) {
	switch do {
	case present.DoSignIn:
		i.u.sessions.SignIn(id)
	case present.DoCancel:
		i.u.sessions.CancelSignIn(id)
	case present.DoRenew:
		i.u.sessions.Renew(id)
	case present.DoSignOut:
		i.u.sessions.SignOut(id)
	case present.DoRemove:
		i.u.sessions.Remove(id)
	case present.DoCopyLink:
		i.u.sessions.CopyLink(id)
	case present.DoOpenLink:
		i.u.sessions.OpenLink(id)
	case present.DoAddScope:
		i.u.sessions.AddScope(id)
	case present.DoEdit:
		i.u.editor.Edit(id)
	case present.DoDetails:
		i.u.openDiagnosis(id)
	case present.DoUse:
		i.u.openTools(id)
	case present.DoRetry:
		i.u.agent.Retry()
	}
}
