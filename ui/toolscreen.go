package ui

import (
	"context"

	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/present"
	"daypass/ui/tools"
	"daypass/ui/tools/toolsview"
	"daypass/ui/view"
)

// toolsScreen is the window as the screen on other programs sees it.
type toolsScreen struct{ u *Window }

func (s toolsScreen) newView() view.Screen {
	u := s.u
	v := toolsview.New(u.kit, u.tools, u.tools.Limit, u.tools.Gateway)
	return &screen[tools.Model]{view: v, model: func() tools.Model { return u.tools.Model(u.input.Now) }}
}

// open shows how to use the credentials of a connection.
func (s toolsScreen) open(id string) {
	s.u.tools.Open(id)
	s.u.showScreenOf(id, present.ShowUse)
}

// follow tells the controller whether the screen is shown, and for which connection.
func (s toolsScreen) follow() {
	u, connection := s.u, ""
	if u.shown.Screen == present.ShowUse && u.shown.Message == nil {
		connection = u.shown.Selected
	}
	u.tools.Follow(connection)
}

// Render implements tools.Window.
func (s toolsScreen) Render() { s.u.render() }

// Storage implements tools.Window.
func (s toolsScreen) Storage(connection string) tools.Storage {
	if b := s.u.browser.Server(connection); b != nil {
		return toolsStorage{b}
	}
	return nil
}

// SignIn implements tools.Window.
func (s toolsScreen) SignIn(connection string) { s.u.sessions.SignIn(connection) }

// Leave implements tools.Window.
func (s toolsScreen) Leave() { s.u.show(present.ShowSession) }

// toolsStorage is the storage of a connection as the screen on other programs sees it.
type toolsStorage struct{ *browser.Server }

// Location implements tools.Storage.
func (s toolsStorage) Location() location.Location { return s.Listing.At() }

// Buckets implements tools.Storage.
func (s toolsStorage) Buckets(ctx context.Context) ([]buckets.Bucket, error) {
	return s.Source.Buckets(ctx)
}
