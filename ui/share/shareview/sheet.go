// Package shareview draws the sheet that makes a link.
package shareview

import (
	"image"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/kit"
	"daypass/ui/share"
	"daypass/ui/theme"
)

// Commands are what the user can do in the sheet.
type Commands interface {
	// SetLifetime signs the link again, for another lifetime.
	SetLifetime(time.Duration)
	// CopyLink and CopyCurl put it on the clipboard.
	CopyLink()
	CopyCurl()
	// QR draws it, or says why that cannot be done.
	QR() (picture image.Image, fault string)
	// Renew requests new credentials first.
	Renew()
}

// Sheet shows a link and when it expires.
type Sheet struct {
	commands                     Commands
	sheet                        *kit.Sheet
	ends                         *kit.Text
	capped, problem, note, fault *kit.Paragraph
	renew, link, curl, qr        *kit.Button
	picture                      *kit.Picture
}

// The sizes of the code on screen, and the height of all else in the sheet.
const (
	maxCode    = 75 * theme.Grid
	minCode    = 30 * theme.Grid
	restHeight = 86 * theme.Grid
)

// Show opens the sheet; closed is called when it is closed.
func Show(k *kit.Kit, c Commands, m share.Model, closed func()) *Sheet {
	sheet := k.NewSheet(m.Title)
	s := &Sheet{commands: c, sheet: sheet, ends: kit.NewText("", kit.Strong.Whole())}
	sheet.OnLeave = closed
	sheet.AddText(m.Text, kit.Secondary)
	lifetime := newLifetime(k, c)
	sheet.Add(kit.Stretch(theme.Medium, 1, kit.NewText(messages.Text("share.lifetime"), kit.Body.Whole()), lifetime))
	s.renew = k.Button("share.renew", messages.Text("share.renew"), "renew", kit.Plain, c.Renew)
	sheet.Add(kit.Stretch(theme.Medium, 0, s.ends, s.renew))
	s.capped = sheet.AddText("", kit.Secondary)
	bad := kit.Body
	bad.Color = theme.ColorError
	s.problem = sheet.AddText("", bad)
	side := max(minCode, min(maxCode, k.Canvas().Size().Height-restHeight))
	s.picture = kit.NewPicture(messages.Text("share.qr"), fyne.NewSquareSize(side))
	s.picture.Hide()
	sheet.Add(s.picture)
	s.fault = sheet.AddText("", kit.Secondary)
	s.note = sheet.AddText("", kit.Caption)
	s.link = k.Button("share.copy-link", messages.Text("share.copy-link"), "copy", kit.Primary, c.CopyLink)
	s.curl = k.Button("share.copy-curl", messages.Text("share.copy-curl"), "", kit.Plain, c.CopyCurl)
	s.qr = k.Button("share.show-qr", messages.Text("share.qr.show"), "", kit.Plain, s.showQR)
	done := k.Button("close", messages.Text("common.close"), "", kit.Quiet, sheet.Leave)
	s.Render(m)
	sheet.Show(s.link, done, s.qr, s.curl, s.link)
	return s
}

// newLifetime returns the choice of how long the link is valid.
func newLifetime(k *kit.Kit, c Commands) *kit.Choice {
	lifetimes := share.Lifetimes()
	choice := k.NewChoice("share.lifetime", messages.Text("share.lifetime"), func(value string) {
		if d, err := time.ParseDuration(value); err == nil {
			c.SetLifetime(d)
		}
	})
	choice.Put(lifetimes, lifetimes[0].Value)
	return choice
}

// Render shows m. A code on screen goes away: it was of another link.
func (s *Sheet) Render(m share.Model) {
	s.ends.Set(m.Ends)
	s.capped.Set(m.Capped)
	s.problem.Set(m.Problem)
	s.note.Set(m.Note)
	s.fault.Set("")
	kit.SetVisible(s.renew, m.Renew)
	kit.SetVisible(s.picture, false)
	for _, b := range []*kit.Button{s.link, s.curl, s.qr} {
		b.SetEnabled(m.Ready)
	}
	s.sheet.Fit()
}

func (s *Sheet) showQR() {
	picture, fault := s.commands.QR()
	s.fault.Set(fault)
	if picture != nil {
		s.picture.Set(picture, true)
	}
	kit.SetVisible(s.picture, picture != nil)
	s.sheet.Fit()
}
