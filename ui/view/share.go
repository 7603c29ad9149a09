package view

import (
	"image"
	"time"

	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// ShareActs is what the sheet for a link can have done.
type ShareActs struct {
	// Life makes the link anew for another life.
	Life func(time.Duration)
	// CopyLink and CopyCurl put it on the clipboard.
	CopyLink, CopyCurl func()
	// QR draws it, or says why that cannot be.
	QR func() (picture image.Image, fault string)
	// Renew gets new keys first.
	Renew func()
	// Left is called when the sheet is put away.
	Left func()
}

// ShareSheet shows a link and its end.
type ShareSheet struct {
	acts                         ShareActs
	sheet                        *kit.Sheet
	ends                         *kit.Text
	capped, problem, note, fault *kit.Paragraph
	renew, link, curl, qr        *kit.Button
	picture                      *kit.Picture
}

// The largest and the least size of the code on screen, and the height of all else in the sheet.
const (
	qrMost    = 75 * theme.Grid
	qrLeast   = 30 * theme.Grid
	shareRest = 86 * theme.Grid
)

// ShowShare opens the sheet.
func (w *Window) ShowShare(m present.Share, acts ShareActs) *ShareSheet {
	sheet := w.env.Kit.NewSheet(m.Title)
	s := &ShareSheet{acts: acts, sheet: sheet, ends: kit.NewText("", kit.Strong.Whole())}
	sheet.OnLeave = acts.Left
	sheet.AddText(m.Text, kit.Secondary)
	life := w.env.Kit.NewChoice("Life", lifeLabels(), func(label string) { acts.Life(lifeOf(label)) })
	life.Put(lifeLabels(), present.ShareLives[0].Label)
	sheet.Add(kit.Stretch(theme.Medium, 1, kit.NewText("The link lives for", kit.Body.Whole()), life))
	s.renew = w.env.Kit.Button("Renew first", "renew", kit.Plain, acts.Renew)
	sheet.Add(kit.Stretch(theme.Medium, 0, s.ends, s.renew))
	s.capped = sheet.AddText("", kit.Secondary)
	bad := kit.Body
	bad.Color = theme.ColorBad
	s.problem = sheet.AddText("", bad)
	side := max(qrLeast, min(qrMost, w.env.Kit.Canvas().Size().Height-shareRest))
	s.picture = kit.NewPicture("QR code of the link", fyne.NewSquareSize(side))
	s.picture.Hide()
	sheet.Add(s.picture)
	s.fault = sheet.AddText("", kit.Secondary)
	s.note = sheet.AddText("", kit.Caption)
	s.link = w.env.Kit.Button("Copy link", "copy", kit.Primary, acts.CopyLink)
	s.curl = w.env.Kit.Button("Copy as curl", "", kit.Plain, acts.CopyCurl)
	s.qr = w.env.Kit.Button("Show QR code", "", kit.Plain, s.showQR)
	done := w.env.Kit.Button("Close", "", kit.Quiet, sheet.Leave)
	s.Update(m)
	sheet.Show(s.link, done, s.qr, s.curl, s.link)
	return s
}

func lifeLabels() []string {
	var out []string
	for _, l := range present.ShareLives {
		out = append(out, l.Label)
	}
	return out
}

func lifeOf(label string) time.Duration {
	for _, l := range present.ShareLives {
		if l.Label == label {
			return l.Life
		}
	}
	return present.ShareLives[0].Life
}

// Update shows another state. A code on screen goes away: it was of another link.
func (s *ShareSheet) Update(m present.Share) {
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

func (s *ShareSheet) showQR() {
	picture, fault := s.acts.QR()
	s.fault.Set(fault)
	if picture != nil {
		s.picture.Set(picture, true)
	}
	kit.SetVisible(s.picture, picture != nil)
	s.sheet.Fit()
}
