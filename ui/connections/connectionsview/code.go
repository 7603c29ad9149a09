package connectionsview

import (
	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/connections"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// The sizes of the code on screen, and the height of all else in its sheet.
const (
	maxCode    = 90 * theme.Grid
	minCode    = 40 * theme.Grid
	restHeight = 60 * theme.Grid
)

// ShowCode opens a sheet with a QR code.
func ShowCode(k *kit.Kit, c connections.Code) {
	sheet := k.NewSheet(c.Title)
	sheet.AddText(c.Text, kit.Secondary)
	side := max(minCode, min(maxCode, k.Canvas().Size().Height-theme.ForText(restHeight)))
	picture := kit.NewPicture(messages.Text("connections.qr.picture"), fyne.NewSquareSize(side))
	picture.Set(c.Picture, true)
	sheet.Add(picture)
	done := k.Button("close", messages.Text("common.close"), "", kit.Plain, sheet.Leave)
	sheet.Show(done, done)
}
