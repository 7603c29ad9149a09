package ui

import (
	"daypass/ui/share"
	"daypass/ui/share/shareview"
)

// share opens the sheet that makes a link to the selected file.
func (u *Window) share(s *storage) {
	e, ok := s.selection.Single()
	if !ok || e.Folder || s.At().Root() {
		return
	}
	shown := u.shown.Session
	c := share.New(u.agent, u.clipboard, u.Dispatch, u.Now, s.server, share.File{
		Connection: shown.ID, Server: shown.Name, Bucket: s.At().Bucket, Key: e.Key,
		Name: s.Name(e), LocalName: localName(e.Key), Renews: shown.Can.Renew,
	})
	u.sharing = c
	sheet := shareview.Show(u.kit, c, c.Model(), func() {
		c.Close()
		u.sharing = nil
	})
	c.Begin(sheet.Render)
}
