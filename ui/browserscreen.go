package ui

import (
	"daypass/app"
	"daypass/ui/browser"
	"daypass/ui/browser/browserview"
	"daypass/ui/details"
	"daypass/ui/details/detailsview"
	"daypass/ui/problem"
	"daypass/ui/view"
)

// browserScreen is the window as the screen that browses buckets sees it.
type browserScreen struct{ u *Window }

// newControllers returns the controller of the screen that browses buckets, and that of the pane beside it.
func (s browserScreen) newControllers() (*browser.Controller, *details.Controller) {
	u := s.u
	b := browser.New(browser.Deps{
		Context: u.ctx, Dispatch: u.Dispatch, Now: u.Now, Agent: u.agent, Transfers: u.transfers, Window: s,
		Open: u.Storage, Show: u.OpenFile, Copy: u.clipboard.Copy, Chooser: u.Chooser, Downloads: u.Downloads, Bookmarks: u.bookmarks, Memory: u.memory,
	})
	d := details.New(details.Deps{
		Context: u.ctx, Dispatch: u.Dispatch, Now: u.Now, Decoder: u.Decoder, Memory: u.memory, Host: b.Pane(),
		Previews: func() bool { return u.agent.Snapshot().Settings.Previews },
	})
	b.SetDetails(d)
	return b, d
}

// newView returns what the screen is drawn by.
func (s browserScreen) newView() view.Browser {
	u := s.u
	pane := detailsview.New(u.kit, u.details)
	u.details.SetView(shownDetails{pane, u})
	b := u.browser
	v := browserview.New(u.kit, browserview.Commands{
		Runner: b, Navigation: b.Navigation, Selection: b.Selection, Columns: b.Columns, Results: b.Results, Status: b,
	}, pane)
	if u.browserView != nil {
		v.Continue(u.browserView)
	}
	u.browserView = v
	b.SetView(shownBrowser{v, u})
	b.Render()
	return v
}

// shownBrowser and shownDetails are rendered while somebody sees the window.
type (
	shownBrowser struct {
		*browserview.View
		u *Window
	}
	shownDetails struct {
		*detailsview.View
		u *Window
	}
)

// Render implements browser.View.
func (s shownBrowser) Render(m browser.Model) {
	if !s.u.view.Hidden() {
		s.View.Render(m)
	}
}

// Render implements details.View.
func (s shownDetails) Render(m details.Model) {
	if !s.u.view.Hidden() {
		s.View.Render(m)
	}
}

// Failed implements browser.Window.
func (s browserScreen) Failed(p *app.Problem) { s.u.failed(p) }

// Covered implements browser.Window.
func (s browserScreen) Covered() bool { return s.u.window.Canvas().Overlays().Top() != nil }

// Share implements browser.Window.
func (s browserScreen) Share() { openShareSheet(s.u) }

// ShowShortcuts implements browser.Window.
func (s browserScreen) ShowShortcuts() { browserview.ShowShortcuts(s.u.kit, browser.Shortcuts()) }

// show has the connection on screen browsed, where that can be.
func (s browserScreen) show() {
	u, shown := s.u, s.u.shown.Session
	changed, err := u.browser.Show(shown.ID, shown.Name, shown.Browse && u.agent.Core() != nil)
	if err != nil {
		u.input.Failed = problem.Of(err)
	}
	u.details.Follow()
	if changed {
		u.browser.Render()
	}
}

// PreviewReady reports whether the details show a preview.
func (u *Window) PreviewReady() bool { return u.details.HasPreview() }

// Searching reports whether a search is under way on screen.
func (u *Window) Searching() bool { return u.browser.Results.Searching() }
