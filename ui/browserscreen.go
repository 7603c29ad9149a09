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

// newBrowser makes the screen that browses buckets, and the pane beside it.
func (u *Window) newBrowser() {
	u.browser = browser.New(browser.Deps{
		Context: u.ctx, Dispatch: u.Dispatch, Now: u.Now, Agent: u.agent, Transfers: u.transfers, Window: browserScreen{u},
		Open: u.Storage, Show: u.OpenFile, Copy: u.clipboard.Copy, Chooser: u.Chooser, Downloads: u.Downloads, Bookmarks: u.bookmarks, Memory: u.memory,
	})
	u.details = details.New(details.Deps{
		Context: u.ctx, Dispatch: u.Dispatch, Now: u.Now, Decoder: u.Decoder, Memory: u.memory, Host: u.browser.Pane(),
		Previews: func() bool { return u.agent.Snapshot().Settings.Previews },
	})
	u.browser.SetDetails(u.details)
}

// newBrowserView makes what the screen is drawn by.
func (u *Window) newBrowserView() view.Browser {
	pane := detailsview.New(u.kit, u.details)
	u.details.SetView(shownDetails{pane, u})
	b := u.browser
	v := browserview.New(u.kit, browserview.Commands{
		Runner: b, Navigation: b.Navigation, Selection: b.Selection, Columns: b.Columns, Results: b.Results, Status: b,
	}, pane)
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

// browserScreen is the window as the screen that browses buckets sees it.
type browserScreen struct{ u *Window }

// Failed implements browser.Window.
func (s browserScreen) Failed(p *app.Problem) {
	if p != nil || s.u.input.Failed != nil {
		s.u.input.Failed = p
		s.u.render()
	}
}

// Covered implements browser.Window.
func (s browserScreen) Covered() bool { return s.u.window.Canvas().Overlays().Top() != nil }

// Share implements browser.Window.
func (s browserScreen) Share() { s.u.share() }

// ShowShortcuts implements browser.Window.
func (s browserScreen) ShowShortcuts() { browserview.ShowShortcuts(s.u.kit, browser.Shortcuts()) }

// showBrowser has the connection on screen browsed, where that can be.
func (u *Window) showBrowser() {
	s := u.shown.Session
	changed, err := u.browser.Show(s.ID, s.Name, s.Browse && u.agent.Core() != nil)
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
