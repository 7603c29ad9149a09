package ui

import (
	"fyne.io/fyne/v2"

	"daypass/ui/browse"
	"daypass/ui/browser"
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

// Browser implements view.Intents.
func (i *intents) Browser() *browse.Browser {
	if s := i.u.browsers[i.u.shown.Session.ID]; s != nil {
		return s.Browser
	}
	return nil
}

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
	default:
		i.local(id, do)
	}
}

// local does what needs no core.
func (i *intents) local(id string, do present.Do) {
	if do == present.DoRetry && id == "" {
		i.u.agent.Retry()
		return
	}
	b := i.Browser()
	if b == nil {
		return
	}
	switch do {
	case present.DoRetry:
		b.Retry()
	case present.DoStop:
		b.Stop()
	case present.DoGoUp:
		b.Up()
	case present.DoOpenName:
		i.u.view.FocusPath()
	case present.DoShowDeleted:
		i.u.act(browser.CommandDeleted)
	}
}
