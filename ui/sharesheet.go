package ui

import (
	"daypass/ui/browser"
	"daypass/ui/share"
	"daypass/ui/share/shareview"
)

// openShareSheet opens the sheet that makes a link to the selected file.
func openShareSheet(u *Window) {
	s := u.browser.Shown()
	e, ok := s.Selection.Single()
	at := s.Listing.At()
	if !ok || e.Folder || at.Root() {
		return
	}
	shown := u.shown.Session
	c := share.New(u.agent, u.clipboard, u.Dispatch, u.Now, s.Source, share.File{
		Connection: shown.ID, Server: shown.Name, Bucket: at.Bucket, Key: e.Key,
		Name: s.Listing.Name(e), LocalName: browser.BaseName(e.Key), Renews: shown.Can.Renew,
	})
	u.sharing = c
	sheet := shareview.Show(u.kit, c, c.Model(), func() {
		c.Close()
		u.sharing = nil
	})
	c.Begin(sheet.Render)
}
