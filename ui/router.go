package ui

import (
	"daypass/ui/connections/connectionsview"
	"daypass/ui/present"
)

// router goes to screens, and takes commands to the controllers that run them.
type router struct{ u *Window }

// Select implements view.Commands.
func (r router) Select(id string) { r.u.showSession(id) }

// Show implements view.Commands.
func (r router) Show(screen present.Screen) { r.u.show(screen) }

// Dismiss implements view.Commands.
func (r router) Dismiss() {
	r.u.input.Failed = nil
	r.u.render()
}

// ShowShortcuts implements view.Commands.
func (r router) ShowShortcuts() { browserScreen(r).ShowShortcuts() }

// Do implements view.Commands.
func (r router) Do(id string, do present.Do) {
	switch do {
	case present.DoSignIn:
		r.u.sessions.SignIn(id)
	case present.DoCancel:
		r.u.sessions.CancelSignIn(id)
	case present.DoRenew:
		r.u.sessions.Renew(id)
	case present.DoSignOut:
		r.u.sessions.SignOut(id)
	case present.DoRemove:
		r.u.sessions.Remove(id)
	case present.DoCopyLink:
		r.u.sessions.CopyLink(id)
	case present.DoOpenLink:
		r.u.sessions.OpenLink(id)
	case present.DoAddScope:
		r.u.sessions.AddScope(id)
	case present.DoLimit:
		connectionsview.ShowLimits(r.u.kit, r.u.sessions.Limits(id))
	case present.DoEdit:
		r.u.editor.Edit(id)
	case present.DoUpdate:
		r.u.editor.Update(id)
	case present.DoDuplicate:
		r.u.editor.Duplicate(id)
	case present.DoMove:
		r.u.editor.Move(id)
	case present.DoExport:
		r.u.editor.Export(id)
	case present.DoLink:
		r.u.editor.CopyLink(id)
	case present.DoQR:
		r.u.editor.ShowQR(id)
	case present.DoTest:
		r.u.editor.Test(id)
	case present.DoDetails:
		diagnosisScreen(r).open(id)
	case present.DoUse:
		toolsScreen(r).open(id)
	case present.DoRetry:
		r.u.agent.Retry()
	}
}

// Quit implements view.Commands: it ends Daypass after a question where transfers are under way.
func (r router) Quit() { quitting(r).ask(present.PresentQuit(r.u.agent.Transfers())) }
