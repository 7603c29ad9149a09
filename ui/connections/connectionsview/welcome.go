package connectionsview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/messages"
	"daypass/ui/connections"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// WelcomeCommands are the ways to add a connection.
type WelcomeCommands interface {
	// Add shows an empty form, Import has a connection file chosen, UseSandbox takes that of the sandbox.
	Add()
	Import()
	UseSandbox()
	// Leave closes the screen.
	Leave()
}

// Welcome is the first start: what this is, and the ways to add a connection.
type Welcome struct {
	kit     *kit.Kit
	page    *kit.Page
	title   *kit.Paragraph
	text    *kit.Paragraph
	sandbox fyne.CanvasObject
	cancel  *kit.Button
	first   *kit.Button
}

// NewWelcome returns the screen, which shows nothing until Render.
func NewWelcome(k *kit.Kit, c WelcomeCommands) *Welcome {
	w := &Welcome{kit: k}
	m := kit.NewMeasure(welcomeWidth)
	w.title = kit.NewParagraph("", kit.Title, m, 0)
	w.text = kit.NewParagraph("", kit.Secondary, m, 0)
	var byAddress fyne.CanvasObject
	byAddress, w.first = w.way("enter-address", "server", messages.Text("connections.by-address"), messages.Text("connections.by-address.text"), messages.Text("connections.by-address.yes"), kit.Primary, c.Add)
	byFile, _ := w.way("open-file", "file-text", messages.Text("connections.by-file"), messages.Text("connections.by-file.text"), messages.Text("connections.by-file.yes"), kit.Plain, c.Import)
	w.sandbox, _ = w.way("use-sandbox", "bucket", messages.Text("connections.by-sandbox"), messages.Text("connections.by-sandbox.text"), messages.Text("connections.by-sandbox.yes"), kit.Plain, c.UseSandbox)
	w.cancel = k.Button("welcome.cancel", messages.Text("common.cancel"), "", kit.Plain, c.Leave)
	ways := kit.Inset(kit.Column(theme.Large, byAddress, byFile, w.sandbox), theme.Large, 0, theme.Large, 0)
	column := kit.Column(theme.Small, w.title, w.text, ways, kit.Line(0, w.cancel))
	w.page = kit.NewPage(m, kit.Centered, column)
	return w
}

// welcomeWidth is the width of the ways, wayWidth of the button of each.
const (
	welcomeWidth = 132 * theme.Grid
	wayWidth     = 30 * theme.Grid
)

// way returns one way to add a connection, and its button.
func (w *Welcome) way(id string, icon theme.IconName, title, text, label string, kind kit.Kind, do func()) (fyne.CanvasObject, *kit.Button) {
	words := kit.Column(0, kit.NewText(title, kit.Strong), kit.NewText(text, kit.Caption))
	button := w.kit.Button(id, label, "", kind, do)
	tile := container.NewStack(kit.NewBox(theme.ColorInfoFill, theme.Radius), kit.NewIcon(icon, theme.ColorAccentText, 20))
	picture := kit.Sized(tile, 10*theme.Grid, 10*theme.Grid)
	if theme.ForText(wayWidth) > welcomeWidth/3 { // large text leaves no room beside the words
		return kit.Stretch(theme.Medium, 1, picture, kit.Column(theme.Grid, words, kit.Line(0, button))), button
	}
	return kit.Stretch(theme.Medium, 1, picture, words, kit.Sized(button, theme.ForText(wayWidth), 0)), button
}

// Object returns what to put on screen.
func (w *Welcome) Object() fyne.CanvasObject { return w.page.Object() }

// Main returns the button that leads on.
func (w *Welcome) Main() fyne.Focusable { return w.first }

// Render shows m.
func (w *Welcome) Render(m connections.Welcome) {
	w.title.Set(m.Title)
	w.text.Set(m.Text)
	if w.sandbox.Visible() != m.Sandbox || w.cancel.Visible() != m.Cancel {
		kit.SetVisible(w.sandbox, m.Sandbox)
		kit.SetVisible(w.cancel, m.Cancel)
		w.page.Refresh()
	}
}
