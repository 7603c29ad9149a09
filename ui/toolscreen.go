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

func (u *Window) newToolsScreen() view.Screen {
	v := toolsview.New(u.kit, u.tools, u.tools.Limit)
	return &screen[tools.Model]{view: v, model: func() tools.Model { return u.tools.Model(u.input.Now) }}
}

// openTools shows how to use the credentials of a connection.
func (u *Window) openTools(id string) {
	u.tools.Open(id)
	u.input.Selected, u.input.Screen, u.input.Failed = id, present.ShowUse, nil
	u.render()
}

// followTools tells the screen on other programs whether it is shown, and for which connection.
func (u *Window) followTools() {
	connection := ""
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
func (s toolsScreen) SignIn(connection string) { s.u.router.Do(connection, present.DoSignIn) }

// Leave implements tools.Window.
func (s toolsScreen) Leave() { s.u.router.Show(present.ShowSession) }

// toolsStorage is the storage of a connection as the screen on other programs sees it.
type toolsStorage struct{ *browser.Server }

// Location implements tools.Storage.
func (s toolsStorage) Location() location.Location { return s.Listing.At() }

// Buckets implements tools.Storage.
func (s toolsStorage) Buckets(ctx context.Context) ([]buckets.Bucket, error) {
	return s.Source.Buckets(ctx)
}
