package ui

import (
	"daypass/app"
	"daypass/ui/browser"
	"daypass/ui/present"
)

// transfersPanel is the window as the panel of transfers sees it.
type transfersPanel struct{ u *Window }

// Render implements transfers.Window.
func (p transfersPanel) Render() { p.u.render() }

// OpenFile implements transfers.Window.
func (p transfersPanel) OpenFile(path string) error { return p.u.OpenFile(path) }

// Tell implements transfers.Window.
func (p transfersPanel) Tell(title, text string) { p.u.kit.Tell(title, text) }

// ShowFailures implements transfers.Window.
func (p transfersPanel) ShowFailures(f present.Failures) { p.u.kit.ShowFailures(f) }

// Ended implements transfers.Window: it refreshes a listing when an upload or a copy into it has ended, or a move out
// of it.
func (p transfersPanel) Ended(t app.Transfer) {
	p.noticeDenial(t)
	if t.Done == 0 {
		return
	}
	if t.Direction == app.Upload || t.Move {
		p.u.browser.Refresh(t.Connection, t.Location)
	}
	if t.To != nil {
		p.u.browser.Refresh(t.To.Connection, t.To.Location)
	}
}

// deniedCode is the code of a problem that says that the server does not allow something.
const deniedCode = "storage-denied"

// noticeDenial disables uploading into a bucket that does not allow it.
func (p transfersPanel) noticeDenial(t app.Transfer) {
	if t.Direction != app.Upload || t.Done > 0 || len(t.Failures) == 0 || t.Failures[0].Problem.Code != deniedCode {
		return
	}
	denied := t.Failures[0].Problem
	p.u.browser.Deny(t.Connection, t.Bucket, browser.CommandUpload, present.ProblemSentence(denied))
}
